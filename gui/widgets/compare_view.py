"""CompareView: two states of one picture, with a line between them that can be dragged across."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import theme_of
from gui.widgets.image_view import ImageView

GRIP = 14.0
STEP = 0.02


class CompareView(ImageView):
    """An ImageView that can show another picture to the left of a dividing line.

    The line is dragged, or moved with the left and right arrow keys.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._other: QImage | None = None
        self._other_scaled: QImage | None = None
        self._names = ("", "")
        self._split = 0.5
        self._moving = False

    @property
    def split(self) -> float:
        """Where the line stands, 0 (left) to 1 (right) of the view's width."""
        return self._split

    def other(self) -> QImage | None:
        """Return the picture at the left of the line, if any."""
        return self._other

    def compare_with(self, other: QImage | None, left: str = "", right: str = "") -> None:
        """Show another picture at the left of the line, and name both; None removes the line."""
        self._other, self._other_scaled = other, None
        self._names = (left, right)
        self.setCursor(Qt.CursorShape.SplitHCursor if other is not None else Qt.CursorShape.ArrowCursor)
        self.update()

    def set_split(self, split: float) -> None:
        """Move the line."""
        self._split = min(1.0, max(0.0, split))
        self.update()

    def _paint_image(self, painter: QPainter) -> None:
        super()._paint_image(painter)
        if self._other is None or self._image is None:
            return
        x = self._split * self.width()
        painter.save()
        painter.setClipRect(QRectF(0, 0, x, self.height()), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._transform().mapRect(QRectF(self._image.rect())), self._fitted_other())
        painter.restore()
        self._paint_line(painter, x)

    def _fitted_other(self) -> QImage:
        """Shrink the other picture smoothly to what is on screen, once per size."""
        assert self._other is not None
        assert self._image is not None
        place = self._transform().mapRect(QRectF(self._image.rect()))
        size = (place.size() * self.devicePixelRatioF()).toSize()
        if self._other.width() <= size.width():
            return self._other
        if self._other_scaled is None or self._other_scaled.size() != size:
            self._other_scaled = self._other.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        return self._other_scaled

    def _paint_line(self, painter: QPainter, x: float) -> None:
        theme = theme_of(self)
        dark, light = theme.color("shade"), theme.color("on_shade")
        for color, width in ((_faded(dark, 0.5), 4.0), (light, 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawLine(QLineF(x, 0, x, self.height()))
        painter.setPen(QPen(dark, 1.5))
        painter.setBrush(light)
        middle = QPointF(x, self.height() / 2)
        painter.drawEllipse(middle, GRIP, GRIP)
        for side in (-1, 1):
            tip = middle + QPointF(side * 8, 0)
            painter.drawLine(tip, tip + QPointF(-side * 4, -4))
            painter.drawLine(tip, tip + QPointF(-side * 4, 4))
        for name, at_left in zip(self._names, (True, False), strict=True):
            if name:
                self._paint_name(painter, name, x, at_left)

    def _paint_name(self, painter: QPainter, name: str, x: float, at_left: bool) -> None:
        theme = theme_of(self)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(name) + 16
        plate = QRectF(x - 8 - width if at_left else x + 8, 10, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faded(theme.color("shade"), 0.72))
        painter.drawRoundedRect(plate, theme.radius_s, theme.radius_s)
        painter.setPen(theme.color("on_shade"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the line, or of the picture."""
        near = abs(event.position().x() - self._split * self.width()) <= GRIP
        if self._other is not None and near and event.button() is Qt.MouseButton.LeftButton:
            self._moving = True
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what was taken hold of."""
        if self._moving:
            self.set_split(event.position().x() / max(1, self.width()))
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._moving:
            self._moving = False
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the line by keyboard."""
        if self._other is not None and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.set_split(self._split + (STEP if event.key() == Qt.Key.Key_Right else -STEP))
            return
        super().keyPressEvent(event)


def _faded(color: QColor, opacity: float) -> QColor:
    color.setAlphaF(opacity)
    return color
