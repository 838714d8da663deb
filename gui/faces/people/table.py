"""Table: read-only rows of text, one look for all pages of the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget


class Table(QTableWidget):
    """Rows of text. The column ``stretch`` takes the room that is left."""

    def __init__(self, stretch: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stretch = stretch
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)

    def set_headings(self, headings: Sequence[str]) -> None:
        """Name the columns."""
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        for column in range(len(headings)):
            mode = QHeaderView.ResizeMode.ResizeToContents
            if column == self._stretch:
                mode = QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(column, mode)

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows instead of the ones before."""
        self.setRowCount(len(rows))
        for index, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(index, column, item)

    def chosen(self) -> int | None:
        """Return the chosen row."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None


def local_time(text: str | None, *, seconds: bool = False) -> str:
    """Return a time of the gallery (UTC, ISO 8601) as a clock here shows it; empty stays empty."""
    if not text:
        return ""
    shown = "%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M"
    return datetime.fromisoformat(text).astimezone().strftime(shown)
