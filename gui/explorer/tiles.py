"""Paints one patch (arrays from the engine), with what lies outside the picture hatched."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from engine.explorer.patches import Patch
from engine.explorer.thumbnails import PIXELS_SHOW
from engine.images import Rgb
from gui.imaging import to_qimage
from gui.widgets.outside import paint_outside


def draw_patch(painter: QPainter, patch: Patch, place: QRectF) -> None:
    """Paint the whole receptive field into a place; the part that lies on the photo shows the photo."""
    draw_part(painter, patch, patch.rgb, place)


def draw_part(painter: QPainter, patch: Patch, rgb: Rgb, place: QRectF) -> None:
    """Paint another picture of what ``patch.rgb`` covers, such as a projection, in the same way."""
    paint_outside(painter, place)
    width, height = patch.frame
    x0, y0, x1, y1 = patch.inside
    if x1 <= x0 or y1 <= y0:
        return
    across, down = place.width() / width, place.height() / height
    target = QRectF(place.x() + x0 * across, place.y() + y0 * down, (x1 - x0) * across, (y1 - y0) * down)
    image = to_qimage(rgb)
    if across < 1.0:
        size = QSize(max(1, round(target.width())), max(1, round(target.height())))
        ignore = Qt.AspectRatioMode.IgnoreAspectRatio
        image = image.scaled(size, ignore, Qt.TransformationMode.SmoothTransformation)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, across < PIXELS_SHOW)
    painter.drawImage(target, image)
