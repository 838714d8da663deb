"""Strips: units layer by layer, a row of tiles for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.explorer.findings import Findings, UnitRef
from gui.explorer.wall import Wall
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import label

STRIP_TILE = 116


@dataclass(frozen=True)
class Strip:
    """One row: a title, a fact beside it, units from left to right with their captions."""

    title: str
    facts: str
    units: tuple[UnitRef, ...]
    captions: tuple[str, ...]


class _Row(QWidget):
    """A row's title and its tiles."""

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        self._title, self._facts = label("strong"), label("caption")
        self.wall = Wall(session, findings, smallest=STRIP_TILE, one_row=True)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._facts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme_of(self).space_xs)
        column.addLayout(head)
        column.addWidget(self.wall)

    def show_strip(self, strip: Strip) -> None:
        """Show other units; the same ones are only named anew."""
        self._title.setText(strip.title)
        self._facts.setText(strip.facts)
        self.wall.show_units(strip.units, strip.captions)
        self.wall.setVisible(bool(strip.units))


class Strips(QScrollArea):
    """A column of rows, scrolled as a whole.

    Signals:
        opened: the :class:`UnitRef` that was clicked.
        failed: a task failed, with its error.
    """

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        self._session, self._findings = session, findings
        self._rows: list[_Row] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, theme_of(self).space_s, 0)
        self._column.setSpacing(theme_of(self).space_l)
        self._column.addStretch(1)
        self.setWidget(inner)

    @property
    def strips(self) -> tuple[Wall, ...]:
        """The walls of the rows shown, from top to bottom."""
        return tuple(row.wall for row in self._rows if not row.isHidden())

    @property
    def settled(self) -> bool:
        """Whether every tile on screen shows what it should."""
        return all(wall.settled for wall in self.strips)

    def show_strips(self, strips: Sequence[Strip]) -> None:
        """Show these rows instead of the ones before."""
        while len(self._rows) < len(strips):
            row = _Row(self._session, self._findings)
            row.wall.opened.connect(self.opened)
            row.wall.failed.connect(self.failed)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for row, strip in zip(self._rows, strips, strict=False):
            row.show_strip(strip)
            row.show()
        for row in self._rows[len(strips) :]:
            row.hide()

    def refresh(self) -> None:
        """Bring the tiles up to date."""
        for wall in self.strips:
            wall.refresh()

    def stop(self) -> None:
        """End all work for good."""
        for row in self._rows:
            row.wall.stop()
