"""The mirrored preview: the visitor sees where to put the face."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.icons import draw
from gui.theme import theme_of

OVAL_HEIGHT = 0.56
OVAL_WIDTH = 0.74
"""Sides of the oval: its height in heights of the picture, its width in its own height. A head that fills it
leaves the passive check enough of its surroundings; a larger oval would ask people to stand too near."""

OVAL_MIDDLE = 0.48
"""Height of its middle below the picture's upper edge, in heights of the picture."""

RIM = 0.012
"""Width of the oval's rim, in heights of the picture."""

VEIL = 110
"""Opacity (0..255) of what lies over the picture outside the oval."""


class Preview(QWidget):
    """Shows the newest frame as in a mirror, filling its place, with an oval in the colour of the tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._tone = "plain"
        self._flash: QColor | None = None
        self._icon = "camera"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for as much as there is."""
        return QSize(960, 720)

    def show_image(self, image: QImage | None) -> None:
        """Show the next picture, or none."""
        self._image = image
        self.update()

    def set_tone(self, tone: str, icon: str = "camera") -> None:
        """Colour the oval: "plain", "good", "warn" or "bad"; ``icon`` stands where there is no picture."""
        if (tone, icon) != (self._tone, self._icon):
            self._tone, self._icon = tone, icon
            self.update()

    def flash(self, color: tuple[int, int, int] | None) -> None:
        """Fill everything outside the oval with a colour, or stop."""
        self._flash = QColor(*color) if color is not None else None
        self.update()

    def oval(self) -> QRectF:
        """Return where the face belongs."""
        height = self.height() * OVAL_HEIGHT
        width = min(height * OVAL_WIDTH, self.width() * 0.8)
        middle = QPointF(self.width() / 2, self.height() * OVAL_MIDDLE)
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, veil and oval."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), theme.radius_l, theme.radius_l)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), theme.color("mat"))
        if self._image is not None:
            self._paint_mirrored(painter, self._image)
        outside = QPainterPath(whole)
        outside.addEllipse(self.oval())
        veil = QColor(self._flash) if self._flash is not None else theme.color("shade")
        veil.setAlpha(255 if self._flash is not None else (VEIL if self._image is not None else 0))
        painter.fillPath(outside, veil)
        self._paint_oval(painter)

    def _paint_mirrored(self, painter: QPainter, image: QImage) -> None:
        scale = max(self.width() / image.width(), self.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        painter.save()
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(-1.0, 1.0)
        painter.drawImage(QRectF(-width / 2, -height / 2, width, height), image)
        painter.restore()

    def _paint_oval(self, painter: QPainter) -> None:
        theme = theme_of(self)
        tones = {"good": "picture_good", "warn": "picture_warn", "bad": "picture_bad"}
        color = theme.color(tones.get(self._tone, "on_shade" if self._image is not None else "border_strong"))
        style = Qt.PenStyle.SolidLine if self._image is not None else Qt.PenStyle.DashLine
        painter.setPen(QPen(color, max(3.0, RIM * self.height()), style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.oval())
        if self._image is None:
            side = self.height() * 0.16
            middle = self.oval().center()
            where = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            draw(painter, self._icon, where, theme.color("muted").name())
