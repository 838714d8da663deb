"""Page: one page of the left column, scrolled where the window is low."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gui.theme import theme_of
from gui.widgets.card import label


class Page(QScrollArea):
    """A column of widgets under an explaining sentence; put content into :attr:`body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(2, theme.space_m, theme.space_m, theme.space_m)
        self.body.setSpacing(theme.space_l)
        self._lead = label("caption", wrap=True)
        self._lead.hide()
        self.body.addWidget(self._lead)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def retranslate(self) -> None:
        """Set every text again."""
        raise TypeError(f"{type(self).__name__} has no texts")

    def set_lead(self, sentence: str) -> None:
        """Say what this page is for."""
        self._lead.setText(sentence)
        self._lead.setVisible(bool(sentence))
