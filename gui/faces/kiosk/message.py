"""The message of the desk screen: icon, word and sentence, large enough to be read from two metres."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.faces.verdict_frame import VerdictFrame
from gui.faces.words import Verdict
from gui.icons import pixmap
from gui.theme import theme_of

TITLE = 0.075
"""Height of the word's letters in heights of the screen: 22 mm on a 24 inch screen, read at 2 m and more."""
TEXT = 0.036
MARK = 0.17


class Message(VerdictFrame):
    """A card in the colour of its tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("title", parent=parent)
        self._screen_height = 0
        theme = theme_of(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space_xl * 2, theme.space_xl, theme.space_xl * 2, theme.space_xl)
        column.setSpacing(theme.space_xl)
        column.addStretch(1)
        for widget in (self._mark, self._title, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget)
        column.addStretch(1)

    def fit_to(self, screen_height: int) -> None:
        """Choose the sizes for a screen of this height in pixels."""
        if screen_height != self._screen_height:
            self._screen_height = screen_height
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name may need smaller letters."""
        super().resizeEvent(event)
        self._fit()

    def _draw(self, verdict: Verdict) -> None:
        self._fit()

    def _fit(self) -> None:
        height = self._screen_height or 900
        longest = max(len(word) for word in self._title.text().split(" "))
        room = max(200, self.width() - 4 * theme_of(self).space_xl)
        pixels = min(round(TITLE * height), round(room / max(1, longest) / 0.62))
        self._title.setStyleSheet(f"font-size: {max(24, pixels)}px")
        self._text.setStyleSheet(f"font-size: {max(16, round(TEXT * height))}px")
        if self._verdict is not None:
            tone = "accent" if self._verdict.tone == "plain" else self._verdict.tone
            mark = pixmap(self._verdict.icon, round(MARK * height), tone, self.devicePixelRatioF())
            self._mark.setPixmap(mark)
