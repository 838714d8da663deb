"""Explain: which pictures, and which part of each, make a unit of a ConvNet respond most.

Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional Networks", section 4.1.
"""
