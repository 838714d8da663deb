"""Faces: detect, align, encode, compare, and remember people."""
