"""View: a part of the lab that follows the language; and how numbers are written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.theme import theme_of

NARROW = 640
"""Below this width cards stand below one another."""


class View(QWidget):
    """A widget whose texts stand in :meth:`retranslate`; its maker calls that once when it is complete."""

    def retranslate(self) -> None:
        """Set every text again."""
        raise TypeError(f"{type(self).__name__} has no texts")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Cards(QWidget):
    """Cards side by side, or below one another where there is no room beside."""

    def __init__(self, *cards: tuple[QWidget, int]) -> None:
        """Take cards with their shares of the width."""
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme_of(self).space_m)
        for card, width in cards:
            self._row.addWidget(card, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction."""
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if event.size().width() < NARROW else ways.LeftToRight)
        super().resizeEvent(event)


def scrolled(content: QWidget) -> QScrollArea:
    """Return a view without a frame that scrolls downwards, and sideways where a window is too small."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def column(of: QWidget, *, right: int = 0) -> QVBoxLayout:
    """Give a widget a vertical layout with the theme's spacing and no margins."""
    theme = theme_of(of)
    layout = QVBoxLayout(of)
    layout.setContentsMargins(0, 0, right, 0)
    layout.setSpacing(theme.space_m)
    return layout


def share(value: float) -> str:
    """Return a share as per cent, with as many digits as a small one needs: "97.3 %", "0.012 %"."""
    percent = 100.0 * value
    if percent == 0 or percent >= 10:
        return f"{percent:.1f} %"
    return f"{percent:.2f} %" if percent >= 0.1 else f"{percent:.2g} %"
