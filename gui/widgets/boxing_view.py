"""BoxingView: a picture on which a person points at a spot or drags a box."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import theme_of
from gui.widgets.image_view import Box, ImageView

FEWEST = 6
"""Widget pixels that the pointer has to move before a click becomes a box."""
STEPS = 24
"""The arrow keys move the keyboard's spot by this part of the shorter side."""


class BoxingView(ImageView):
    """An :class:`ImageView` in which dragging draws a box; with Shift it pans.

    By keyboard: arrow keys move a spot, Enter points at it.

    Signals:
        boxed: a box was dragged: a :class:`QRectF` in image pixels, inside the picture.
    """

    boxed = Signal(QRectF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        self._spot: QPointF | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a click or a box."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() is Qt.MouseButton.LeftButton and self.image() is not None and not shift:
            self._from, self._to = event.position(), None
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the box follow the pointer."""
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        if self._to is not None or (event.position() - self._from).manhattanLength() >= FEWEST:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a box."""
        started, ended = self._from, self._to
        self._from = self._to = None
        image = self.image()
        if started is None or image is None:
            super().mouseReleaseEvent(event)
            return
        self.update()
        inside = QRectF(image.rect())
        if ended is None:
            place = self.to_image(started)
            if inside.contains(place):
                self.clicked.emit(place)
            return
        box = inside.intersected(QRectF(self.to_image(started), self.to_image(ended)).normalized())
        if box.width() >= 1 and box.height() >= 1:
            self.boxed.emit(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do by keyboard what the mouse does."""
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        image, move = self.image(), steps.get(Qt.Key(event.key()))
        if image is not None and move is not None:
            step = min(image.width(), image.height()) / STEPS
            spot = self._spot or QPointF(image.width() / 2, image.height() / 2)
            moved = spot + QPointF(move[0] * step, move[1] * step)
            x, y = (
                min(max(moved.x(), 0.0), image.width() - 1.0),
                min(max(moved.y(), 0.0), image.height() - 1.0),
            )
            self._spot = QPointF(x, y)
            self.update()
        elif image is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self._spot or QPointF(image.width() / 2, image.height() / 2))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, the box being dragged, and the keyboard's spot."""
        super().paintEvent(event)
        if self.image() is None:
            return
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._from is not None and self._to is not None:
            painter.setPen(QPen(theme.color("picture_good"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(self._from, self._to).normalized())
        if self._spot is not None and self.hasFocus():
            centre = self.to_widget(Box(self._spot.x(), self._spot.y(), 0, 0)).topLeft()
            for pen in (QPen(theme.color("shade"), 4), QPen(theme.color("on_shade"), 2)):
                painter.setPen(pen)
                painter.drawEllipse(centre, 9.0, 9.0)
        painter.end()
