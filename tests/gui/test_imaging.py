"""Pictures cross between numpy and Qt unchanged."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from gui.imaging import from_qimage, to_pixmap, to_qimage


@pytest.mark.parametrize("shape", [(1, 1, 3), (7, 5, 3), (64, 33, 3), (3, 257, 3)])
def test_there_and_back(shape: tuple[int, int, int]) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    image = to_qimage(rgb)
    assert image.format() is QImage.Format.Format_RGB32
    assert (image.width(), image.height()) == (shape[1], shape[0])
    assert np.array_equal(from_qimage(image), rgb)


def test_channels_are_red_green_blue() -> None:
    rgb = np.array([[[255, 1, 2], [3, 255, 4]]], dtype=np.uint8)
    image = to_qimage(rgb)
    assert image.pixelColor(0, 0) == QColor(255, 1, 2)
    assert image.pixelColor(1, 0) == QColor(3, 255, 4)


def test_the_image_owns_its_memory() -> None:
    rgb = np.full((20, 20, 3), 200, dtype=np.uint8)
    image = to_qimage(rgb)
    rgb[:] = 0
    assert image.pixelColor(10, 10) == QColor(200, 200, 200)
    back = from_qimage(image)
    image.fill(0)
    assert back[10, 10, 0] == 200
    assert back.flags.writeable


def test_views_that_are_not_contiguous_are_fine(qapp: QApplication) -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (9, 8, 3), dtype=np.uint8)
    assert np.array_equal(from_qimage(to_qimage(rgb[::2, ::-1])), rgb[::2, ::-1])
    assert to_pixmap(rgb).width() == 8
