"""Navigation: the pages of the Explain panel, and the search field."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from gui.theme import theme_of
from gui.widgets.card import button


class Page(IntEnum):
    """What the middle shows. UNIT opens over the others and has no button."""

    WALLS = 0
    FIND = 1
    ASK = 2
    LIVE = 3
    UNIT = 4


ICONS = {Page.WALLS: "layers", Page.FIND: "search", Page.ASK: "picture", Page.LIVE: "camera"}


class SearchField(QLineEdit):
    """Escape empties it and gives the keyboard back.

    Signals:
        left: the keyboard belongs to the page again.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)


class Navigation(QWidget):
    """A row above the pages.

    Signals:
        chosen: the :class:`Page` that was clicked.
        searched: the words that were typed, at Enter.
    """

    chosen = Signal(int)
    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self.buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space_xs)
        for page, name in ICONS.items():
            made = button(name, "quiet")
            made.setCheckable(True)
            self.buttons.addButton(made, page)
            row.addWidget(made)
        row.addStretch(1)
        self.search = SearchField()
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(280)
        row.addWidget(self.search, 4)
        self.buttons.idClicked.connect(self.chosen)
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text()))
        self.retranslate()

    def check(self, page: Page) -> None:
        """Mark the page that is in front."""
        if page is not Page.UNIT:
            self.buttons.button(page).setChecked(True)

    def start_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def retranslate(self) -> None:
        """Set every visible text again."""
        names = {
            Page.WALLS: self.tr("Units"),
            Page.FIND: self.tr("Find"),
            Page.ASK: self.tr("Point and ask"),
            Page.LIVE: self.tr("Live"),
        }
        for page, name in names.items():
            self.buttons.button(page).setText(name)
        self.search.setPlaceholderText(self.tr("conv5 17, or words   /"))
        self.search.setToolTip(self.tr("A layer and a unit, as in conv5 17, or words of your notes"))
        self.search.setAccessibleName(self.tr("Search"))
