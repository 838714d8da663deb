"""BrushCanvas: a picture on which a person paints soft regions, with mouse or keyboard, and undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QRadialGradient,
)
from PySide6.QtWidgets import QWidget

from gui.theme import theme_of
from gui.widgets.image_view import ImageView

LONGEST = 768
"""Longer side of the masks, in pixels: soft edges need no more."""
MOST_UNDO = 30
NUDGE = 0.02
"""How far an arrow key moves the brush, as a share of the longer side."""
TINT_OPACITY = 0.62


@dataclass(frozen=True)
class Brush:
    """``size`` is the diameter as a share of the longer side; ``softness`` 0 (hard edge) to 1."""

    size: float = 0.12
    softness: float = 0.5
    erasing: bool = False


class BrushCanvas(ImageView):
    """Holds one mask a region, of which one is painted on at a time.

    Left button or space paints, right button erases; arrows move the brush, [ and ] change its size,
    Ctrl+Z takes the last stroke back.

    Signals:
        edited: a mask changed.
        brush_changed: with the new :class:`Brush`, after a key changed its size.
    """

    edited = Signal()
    brush_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brush = Brush()
        self._masks: dict[str, QImage] = {}
        self._colors: dict[str, int] = {}
        self._active = ""
        self._undo: list[tuple[str, QImage]] = []
        self._last: QPointF | None = None
        self._stroke_erases = False
        self._cursor: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_picture(self, image: QImage | None) -> None:
        """Show another picture; the masks follow its shape and start empty when that changed."""
        before = self._mask_size()
        self.set_image(image)
        if self._mask_size() != before:
            self._masks.clear()
            self._undo.clear()
            self._cursor = None
            self.edited.emit()

    def set_regions(self, colors: Mapping[str, int]) -> None:
        """Say which regions there are and each one's line colour in the theme; others are forgotten."""
        self._colors = dict(colors)
        self._masks = {name: mask for name, mask in self._masks.items() if name in colors}
        self._undo = [step for step in self._undo if step[0] in colors]
        self.update()

    def set_active(self, region: str) -> None:
        """Choose the region that is painted on."""
        self._active = region
        self.update()

    def region(self, name: str) -> NDArray[np.uint8] | None:
        """Return a region's mask, H × W, 255 inside; None when nothing was painted."""
        found = self._masks.get(name)
        if found is None:
            return None
        rows = np.frombuffer(found.constBits(), np.uint8).reshape(found.height(), found.bytesPerLine())
        pixels = rows[:, : found.width()].copy()
        return pixels if pixels.any() else None

    def set_region(self, region: str, mask: NDArray[np.uint8]) -> None:
        """Take a mask from elsewhere (H × W, any size), stretched over the picture. Can be undone."""
        self._remember(region)
        mask = np.ascontiguousarray(mask)
        image = QImage(
            mask.data, mask.shape[1], mask.shape[0], mask.shape[1], QImage.Format.Format_Grayscale8
        )
        width, height = self._mask_size()
        self._masks[region] = image.scaled(
            width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        ).convertToFormat(QImage.Format.Format_Grayscale8)
        self._changed()

    def clear_region(self) -> None:
        """Empty the active region. Can be undone."""
        self._remember(self._active)
        self._mask_of(self._active).fill(0)
        self._changed()

    def invert_region(self) -> None:
        """Turn the active region inside out. Can be undone."""
        self._remember(self._active)
        self._mask_of(self._active).invertPixels()
        self._changed()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._undo:
            region, before = self._undo.pop()
            self._masks[region] = before
            self._changed()

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke to take back."""
        return bool(self._undo)

    def _mask_size(self) -> tuple[int, int]:
        if self._image is None:
            return 0, 0
        scale = min(1.0, LONGEST / max(self._image.width(), self._image.height()))
        return max(1, round(self._image.width() * scale)), max(1, round(self._image.height() * scale))

    def _mask_of(self, region: str) -> QImage:
        if region not in self._masks:
            made = QImage(*self._mask_size(), QImage.Format.Format_Grayscale8)
            made.fill(0)
            self._masks[region] = made
        return self._masks[region]

    def _remember(self, region: str) -> None:
        self._undo = [*self._undo[-MOST_UNDO + 1 :], (region, self._mask_of(region).copy())]

    def _changed(self) -> None:
        self.update()
        self.edited.emit()

    def _stroke(self, start: QPointF, end: QPointF, erase: bool) -> None:
        """Dab along a line given in picture pixels."""
        assert self._image is not None
        mask = self._mask_of(self._active)
        scale = mask.width() / self._image.width()
        radius = max(1.0, self.brush.size * max(mask.width(), mask.height()) / 2)
        distance = ((end - start) * scale).manhattanLength()
        count = max(1, round(distance / max(1.0, radius / 4)))
        painter = QPainter(mask)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(count + 1):
            centre = (start + (end - start) * (index / count)) * scale
            painter.setBrush(self._dab(centre, radius, erase))
            painter.drawEllipse(centre, radius, radius)
        painter.end()
        self.update()

    def _dab(self, centre: QPointF, radius: float, erase: bool) -> QRadialGradient:
        tone = QColor(0, 0, 0) if erase else QColor(255, 255, 255)
        clear = QColor(tone)
        clear.setAlpha(0)
        gradient = QRadialGradient(centre, radius)
        gradient.setColorAt(0.0, tone)
        gradient.setColorAt(min(0.99, 1.0 - self.brush.softness), tone)
        gradient.setColorAt(1.0, clear)
        return gradient

    def _paint_image(self, painter: QPainter) -> None:
        super()._paint_image(painter)
        if self._image is None:
            return
        place = self._transform().mapRect(QRectF(self._image.rect()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for region, mask in self._masks.items():
            tint = theme_of(self).series_color(self._colors.get(region, 0))
            painter.setOpacity(TINT_OPACITY if region == self._active else TINT_OPACITY / 2)
            painter.drawImage(place, _tinted(mask, tint))
        painter.setOpacity(1.0)
        self._paint_brush(painter)

    def _paint_brush(self, painter: QPainter) -> None:
        if self._cursor is None or not self._active:
            return
        assert self._image is not None
        radius = self.brush.size * max(self._image.width(), self._image.height()) / 2 * self._scale()
        centre = self._transform().map(self._cursor)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, width in (("shade", 3.0), ("on_shade", 1.5)):
            painter.setPen(QPen(theme_of(self).color(token), width))
            painter.drawEllipse(centre, radius, radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        buttons = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if self._image is None or not self._active or event.button() not in buttons:
            return
        self._remember(self._active)
        self._stroke_erases = self.brush.erasing or event.button() is Qt.MouseButton.RightButton
        self._last = self._cursor = self.to_image(event.position())
        self._stroke(self._last, self._last, self._stroke_erases)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._cursor = self.to_image(event.position())
        if self._last is not None:
            self._stroke(self._last, self._cursor, self._stroke_erases)
            self._last = self._cursor
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if self._last is not None:
            self._last = None
            self._changed()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick dabs are two dabs."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do by keyboard what the mouse does."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if self._image is None or not self._active:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.key() in moves:
            self._move_brush(*moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self._dab_here(self.brush.erasing)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._dab_here(True)
        elif event.key() in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            factor = 1.2 if event.key() == Qt.Key.Key_BracketRight else 1 / 1.2
            size = min(1.0, max(0.01, self.brush.size * factor))
            self.brush = Brush(size, self.brush.softness, self.brush.erasing)
            self.brush_changed.emit(self.brush)
            self.update()
        else:
            super().keyPressEvent(event)

    def _move_brush(self, right: int, down: int) -> None:
        assert self._image is not None
        width, height = self._image.width(), self._image.height()
        here = self._cursor or QPointF(width / 2, height / 2)
        step = NUDGE * max(width, height)
        self._cursor = QPointF(
            min(width, max(0.0, here.x() + right * step)), min(height, max(0.0, here.y() + down * step))
        )
        self.update()

    def _dab_here(self, erase: bool) -> None:
        if self._cursor is None:
            self._move_brush(0, 0)
        assert self._cursor is not None
        self._remember(self._active)
        self._stroke(self._cursor, self._cursor, erase)
        self._changed()


def _tinted(mask: QImage, color: QColor) -> QImage:
    """Return the colour with the mask as its opacity."""
    tint = QImage(mask.size(), QImage.Format.Format_ARGB32)
    tint.fill(color)
    alpha = QImage(mask)
    alpha.reinterpretAsFormat(QImage.Format.Format_Alpha8)
    tint.setAlphaChannel(alpha)
    return tint
