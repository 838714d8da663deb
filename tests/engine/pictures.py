"""Small pictures in every format, for the tests that read and write them."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

WRITTEN = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "PPM", "AVIF", "JPEG2000")
LOSSLESS = ("PNG", "TIFF", "BMP", "PPM")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def noise(height: int = 24, width: int = 17, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


FILES = {kind: encoded(Image.fromarray(noise()), kind) for kind in WRITTEN}
