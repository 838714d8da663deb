"""Drawing: what all drawn charts share: small letters, and a sentence while there is nothing to draw."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme, theme_of


class Drawing(QWidget):
    """Draws with the theme in force; a kind of drawing says when it is empty and how it is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_empty_text(self, text: str) -> None:
        """Say what will appear here."""
        self._empty = text
        self.update()

    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return False

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw; the pen is that of small texts."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, or say what will appear here."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        if self.is_empty():
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(centred), self._empty)
        else:
            self.draw(painter, theme)
        painter.end()
