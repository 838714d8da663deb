"""Sections: the pages of the office, chosen from a list with headings at the left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from gui.icons import icon
from gui.theme import theme_of

WIDTH = 190
LINE = 36


class Sections(QWidget):
    """One page at a time; arrow keys move in the list.

    Signals:
        changed: another page is shown.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list, self._stack = QListWidget(), QStackedWidget()
        self.list.setFixedWidth(WIDTH)
        self.list.setIconSize(QSize(18, 18))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[QWidget, QListWidgetItem] = {}
        self._headings: list[tuple[QListWidgetItem, list[QWidget]]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).space_l)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self.list.currentItemChanged.connect(self._chosen)

    def add_heading(self) -> None:
        """Begin a new group of pages."""
        item = QListWidgetItem("")
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setSizeHint(QSize(0, LINE))
        self.list.addItem(item)
        self._headings.append((item, []))

    def add_page(self, page: QWidget, icon_name: str) -> None:
        """Add a page to the newest group."""
        item = QListWidgetItem(icon(icon_name), "")
        item.setSizeHint(QSize(0, LINE))
        self._items[page] = item
        self._headings[-1][1].append(page)
        self._stack.addWidget(page)
        self.list.addItem(item)

    def set_names(self, headings: list[str], pages: list[str]) -> None:
        """Name groups and pages, in the order in which they were added."""
        for (item, _), name in zip(self._headings, headings, strict=True):
            item.setText(name)
        for item, name in zip(self._items.values(), pages, strict=True):
            item.setText(name)

    def current(self) -> QWidget:
        """Return the page that is shown."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    def show_page(self, page: QWidget) -> None:
        """Show a page."""
        self.list.setCurrentItem(self._items[page])

    def is_offered(self, page: QWidget) -> bool:
        """Whether a page can be chosen."""
        return not self._items[page].isHidden()

    def offer(self, page: QWidget, offered: bool) -> None:
        """Offer a page or hide it; a group without pages has no heading."""
        self._items[page].setHidden(not offered)
        for item, pages in self._headings:
            item.setHidden(all(self._items[one].isHidden() for one in pages))
        if not self.is_offered(self.current()):
            left = [one for one in self._items if self.is_offered(one)]
            if left:
                self.show_page(left[0])

    def _chosen(self, item: QListWidgetItem | None) -> None:
        for page, mine in self._items.items():
            if mine is item:
                self._stack.setCurrentWidget(page)
                self.changed.emit()
