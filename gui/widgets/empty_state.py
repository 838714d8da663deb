"""EmptyState: an icon and a sentence where there is nothing to show yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import theme_of
from gui.widgets.image_view import paint_placeholder


class EmptyState(QWidget):
    """Says what belongs here, and what to do for it."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._title, self._text = icon_name, "", ""

    def set_texts(self, title: str, text: str) -> None:
        """Set the words."""
        self._title, self._text = title, text
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface"))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, theme.radius_l, theme.radius_l)
        paint_placeholder(painter, self, area, self._icon, self._title, self._text)
        painter.end()
