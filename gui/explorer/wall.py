"""Wall: units as 3 × 3 tiles. It keeps what is on screen up to date, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.explorer.patches import PatchReader
from engine.explorer.records import Entry
from engine.explorer.thumbnails import Thumbnails, Wanted, draw_thumbnails
from engine.jobs import Priority
from gui.explorer.findings import Findings, UnitRef
from gui.session import Session
from gui.widgets.patch_grid import TILE, PatchGrid

AT_ONCE = 6
"""Tiles drawn per task, so that what scrolled away costs little."""
SHARPENED = 1
"""Tiles of large photos made exact per task: nine photos take a second or two."""


class Wall(QWidget):
    """Shows units with their nine strongest patches; pictures come from the engine's thread.

    Signals:
        opened: the :class:`UnitRef` that was clicked, or chosen with Enter.
        failed: a task failed, with its error.
    """

    opened = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        findings: Findings,
        parent: QWidget | None = None,
        *,
        smallest: int = TILE,
        one_row: bool = False,
    ) -> None:
        super().__init__(parent)
        self.grid = PatchGrid(smallest=smallest, one_row=one_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        self._findings = findings
        self._units: tuple[UnitRef, ...] = ()
        self._reader: PatchReader | None = None
        self._stopped = False
        self._drawn: dict[int, tuple[Entry, ...]] = {}
        self._glimpsed: dict[int, tuple[Entry, ...]] = {}
        self._under_way: dict[int, tuple[Entry, ...]] = {}
        self._sharpening = False
        self._cutter = session.watcher(self)
        self._cutter.updated.connect(self._show)
        self._cutter.finished.connect(self._finished)
        self._cutter.failed.connect(self.failed)
        self.grid.view_changed.connect(self.refresh)
        self.grid.opened.connect(lambda number: self.opened.emit(self._units[number]))

    def show_units(self, units: Sequence[UnitRef], captions: Sequence[str]) -> None:
        """Show these units; the same ones are only brought up to date."""
        if tuple(units) == self._units and self._findings.reader is self._reader:
            self.grid.set_captions(captions)
        else:
            self._cutter.stop()
            self._drawn.clear()
            self._glimpsed.clear()
            self._under_way.clear()
            self._units, self._reader = tuple(units), self._findings.reader
            self.grid.set_tiles(captions)
        self.refresh()

    def stop(self) -> None:
        """End all work for good: a repaint after this asks for nothing."""
        self._stopped = True
        self._cutter.stop()

    @property
    def units(self) -> tuple[UnitRef, ...]:
        """The units shown, in order."""
        return self._units

    @property
    def settled(self) -> bool:
        """Whether every tile on screen shows what it should."""
        return not self._cutter.running and not (self.isVisible() and self._outdated())

    def on_screen(self) -> tuple[UnitRef, ...]:
        """Return the units that are in view."""
        return tuple(self._units[number] for number in self.grid.visible())

    def choose(self, unit: UnitRef) -> None:
        """Put the keyboard's place on a unit, if it is here."""
        if unit in self._units:
            self.grid.choose(self._units.index(unit))

    def refresh(self) -> None:
        """Draw again what is on screen and not up to date: first as it can be had at once, then exactly."""
        if self._reader is None or self._stopped or not self.isVisible():
            return
        outdated = self._outdated()
        unseen = [one for one in outdated if self.grid.tile(one[0]) is None or not self._looked_at(*one)]
        if self._cutter.running:
            if not (self._sharpening and unseen):
                return
            self._cutter.stop()
        self._sharpening = not unseen
        at_once = unseen[:AT_ONCE] or outdated[:SHARPENED]
        self._under_way = dict(at_once)
        if at_once:
            side = round(self.grid.tile_side * self.devicePixelRatioF())
            wanted = [Wanted(number, entries) for number, entries in at_once]
            task = draw_thumbnails(self._reader, wanted, side, exact=self._sharpening)
            self._cutter.start(task, Priority.USER)

    def _looked_at(self, number: int, entries: tuple[Entry, ...]) -> bool:
        """Whether a tile shows these entries, if only about."""
        return self._glimpsed.get(number) == entries

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch what became outdated while nobody looked."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    def _outdated(self) -> list[tuple[int, tuple[Entry, ...]]]:
        found = []
        for number in self.grid.visible():
            entries = self._findings.entries(self._units[number])
            if self._drawn.get(number) != entries or self.grid.tile(number) is None:
                found.append((number, entries))
        return found

    def _show(self, thumbnails: Thumbnails) -> None:
        for tile in thumbnails.tiles:
            entries = self._under_way.pop(tile.number, None)
            if entries is not None:
                (self._drawn if tile.exact else self._glimpsed)[tile.number] = entries
                self.grid.set_tile(tile.number, _picture(tile.rgba), len(entries))

    def _finished(self, thumbnails: Thumbnails) -> None:
        self._show(thumbnails)
        QTimer.singleShot(0, self, self.refresh)


def _picture(rgba: NDArray[np.uint8]) -> QImage:
    """Return a drawn tile as a picture that owns its memory, in the format that paints fastest."""
    side = rgba.shape[0]
    borrowed = QImage(rgba.data, side, side, 4 * side, QImage.Format.Format_RGBA8888)
    return borrowed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
