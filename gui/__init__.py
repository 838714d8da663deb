"""All that a person sees. Imports PySide6; never torch or OpenCV."""
