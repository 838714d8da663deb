"""The program's own icons, tinted for the theme in force at the moment they are painted."""

from __future__ import annotations

import weakref
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.theme import ICONS, theme_of

ROLE_TONES: Final = {"primary": "on_accent", "danger": "bad"}


def icon(name: str, widget: QWidget | None = None, tone: str = "text") -> QIcon:
    """Return ``resources/icons/<name>.svg`` as an icon that follows the theme by itself.

    ``tone`` names a colour token. On a ``widget`` whose ``role`` is "primary" or "danger" the icon takes
    the colour of its text.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    _drawing(name)
    return QIcon(_TintedEngine(name, tone, weakref.ref(widget) if widget is not None else None))


def pixmap(name: str, size: int, tone: str = "text", ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of ``size`` device-independent pixels in the current theme."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, name, QRectF(0, 0, picture.width(), picture.height()), theme_of().color(tone).name())
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def draw(painter: QPainter, name: str, rectangle: QRectF, color: str) -> None:
    """Paint an icon in any colour."""
    _renderer(name, color).render(painter, rectangle)


@cache
def _drawing(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", color).encode()))


class _TintedEngine(QIconEngine):
    """Paints an SVG in a colour that is looked up when it paints, so no icon is ever out of date."""

    def __init__(self, name: str, tone: str, widget: weakref.ref[QWidget] | None) -> None:
        super().__init__()
        self._name, self._tone, self._widget = name, tone, widget

    def clone(self) -> QIconEngine:
        """Return an independent copy."""
        return _TintedEngine(self._name, self._tone, self._widget)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint in the colour of the moment."""
        draw(painter, self._name, QRectF(rect), self._color(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return a picture for a screen of normal density."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Return a picture for a screen of any density."""
        picture = QPixmap(size * scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), picture.size()), mode, state)
        painter.end()
        picture.setDevicePixelRatio(scale)
        return picture

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tone = self._tone
        widget = self._widget() if self._widget is not None else None
        if widget is not None and isValid(widget):
            tone = ROLE_TONES.get(str(widget.property("role")), tone)
        if mode is QIcon.Mode.Disabled:
            tone = "disabled"
        elif state is QIcon.State.On and tone in ("text", "muted"):
            tone = "accent"
        return theme_of().color(tone).name()
