"""Pictures between the engine (uint8 H × W × 3 RGB) and Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPixmap


def to_qimage(rgb: NDArray[np.uint8]) -> QImage:
    """Return an H × W × 3 RGB array as an image that owns its memory.

    RGB32, because a scaled RGB888 image draws five times slower.
    """
    rgb = np.ascontiguousarray(rgb)
    height, width = rgb.shape[:2]
    borrowed = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)


def from_qimage(image: QImage) -> NDArray[np.uint8]:
    """Return an image as a fresh H × W × 3 RGB array; transparency is dropped."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def to_pixmap(rgb: NDArray[np.uint8]) -> QPixmap:
    """Return an H × W × 3 RGB array as a pixmap."""
    return QPixmap.fromImage(to_qimage(rgb))
