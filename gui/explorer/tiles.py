"""Turns patches (arrays from the engine) into pictures for the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from engine.explorer.patches import Patch
from gui.imaging import to_qimage

GAP = 2.0
PIXELS_SHOW = 3.0
"""From this enlargement on the pixels keep their edges: a person should see that there are only 11."""


def draw_patch(painter: QPainter, patch: Patch, place: QRectF) -> None:
    """Paint the part of the receptive field that lies on the photo; the rest is left as it is."""
    width, height = patch.box[2] - patch.box[0], patch.box[3] - patch.box[1]
    x0, y0, x1, y1 = patch.inside
    if x1 <= x0 or y1 <= y0:
        return
    across, down = place.width() / width, place.height() / height
    target = QRectF(place.x() + x0 * across, place.y() + y0 * down, (x1 - x0) * across, (y1 - y0) * down)
    image = to_qimage(patch.rgb)
    if across < 1.0:
        size = QSize(max(1, round(target.width())), max(1, round(target.height())))
        ignore = Qt.AspectRatioMode.IgnoreAspectRatio
        image = image.scaled(size, ignore, Qt.TransformationMode.SmoothTransformation)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, across < PIXELS_SHOW)
    painter.drawImage(target, image)


def draw_nine(patches: Sequence[Patch], side: int) -> QImage:
    """Return a square picture of up to nine patches, 3 × 3, strongest first; gaps are transparent."""
    tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    cell = (side - 2 * GAP) / 3
    for place, patch in enumerate(patches[:9]):
        corner = (place % 3) * (cell + GAP), (place // 3) * (cell + GAP)
        draw_patch(painter, patch, QRectF(*corner, cell, cell))
    painter.end()
    return tile
