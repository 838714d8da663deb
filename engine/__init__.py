"""All computation of Triptych. Imports torch, OpenCV, numpy and Pillow; never Qt."""
