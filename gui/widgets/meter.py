"""Meter: how strong something is now, beside the strongest that was ever seen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.theme import theme_of

HEIGHT = 40
FALL = 0.06
"""How much of the scale the mark of the recent peak falls with every value."""


class Meter(QAbstractButton):
    """A name, a value and a bar. The bar's full length is ``full``; a thin mark follows the recent peak.

    Clicking it means: show me what this is.
    """

    def __init__(self, name: str, full: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(name)
        self._full = full if full > 0 else 1.0
        self._value, self._peak = 0.0, 0.0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> float:
        """The value shown."""
        return self._value

    @property
    def peak(self) -> float:
        """Where the mark of the recent peak stands."""
        return self._peak

    def set_value(self, value: float) -> None:
        """Show the next value."""
        self._value = value
        self._peak = max(value, self._peak - FALL * self._full)
        self.setAccessibleDescription(f"{value:.2f} / {self._full:.2f}")
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line of text and a bar."""
        return QSize(220, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(area, theme.radius_s, theme.radius_s)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        painter.setFont(font)
        line = QRectF(area.left() + 6, area.top() + 2, area.width() - 12, 18)
        painter.setPen(theme.color("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setPen(theme.color("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{self._value:.2f}")
        bar = QRectF(line.left(), area.bottom() - 13, line.width(), 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("border"))
        painter.drawRoundedRect(bar, 4, 4)
        painter.setBrush(theme.color("accent"))
        length = bar.width() * self._part(self._value)
        if length >= 1:
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(8.0, length), bar.height()), 4, 4)
        peak = bar.left() + bar.width() * self._part(self._peak)
        painter.setBrush(theme.color("text"))
        painter.drawRect(QRectF(min(peak, bar.right() - 2), bar.top() - 1, 2, bar.height() + 2))
        painter.end()

    def _part(self, value: float) -> float:
        return min(1.0, max(0.0, value / self._full))
