"""What is shown where a receptive field reaches beyond the picture: a calm hatching, never a hole."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from gui.theme import theme_of

STEP = 8


def paint_outside(painter: QPainter, place: QRectF) -> None:
    """Fill a place with the hatching that means "outside the picture"; it moves along when scrolled."""
    theme = theme_of()
    painter.save()
    painter.setBrushOrigin(place.topLeft())
    painter.fillRect(place, _hatching(theme.sunken, theme.hover))
    painter.restore()


@cache
def _hatching(ground: str, line: str) -> QBrush:
    """Return diagonal lines that join over the edges of the repeated square."""
    square = QPixmap(STEP, STEP)
    square.fill(QColor(ground))
    painter = QPainter(square)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), 1.4, c=Qt.PenCapStyle.FlatCap))
    for shift in (-STEP, 0, STEP):
        painter.drawLine(QPointF(shift - 1, STEP + 1), QPointF(shift + STEP + 1, -1))
    painter.end()
    return QBrush(square)
