"""Wall: all units of a layer as 3 × 3 tiles. It keeps what is on screen up to date, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.explorer.patches import PatchReader
from engine.explorer.records import Entry, Layer
from engine.explorer.tasks import Tiles, cut_tiles
from engine.jobs import Priority
from gui.explorer.tiles import draw_nine
from gui.session import Session
from gui.widgets.patch_grid import PatchGrid

AT_ONCE = 6
"""Units cut per task, so that what scrolled away costs little."""

Entries = Callable[[int], tuple[Entry, ...]]


class Wall(QWidget):
    """Shows a layer of an index, or of a scan that is still running.

    Signals:
        chosen: the number of the unit that was clicked.
        failed: a task failed, with its error.
    """

    chosen = Signal(int)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = PatchGrid()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        self._layer: Layer | None = None
        self._entries: Entries | None = None
        self._reader: PatchReader | None = None
        self._drawn: dict[int, tuple[Entry, ...]] = {}
        self._under_way: dict[int, tuple[Entry, ...]] = {}
        self._cutter = session.watcher(self)
        self._cutter.updated.connect(self._show)
        self._cutter.finished.connect(self._finished)
        self._cutter.failed.connect(self.failed)
        self.grid.view_changed.connect(self.refresh)
        self.grid.chosen.connect(self.chosen)

    def show_layer(self, layer: Layer, entries: Entries, reader: PatchReader) -> None:
        """Show a layer's units; ``entries`` gives the current strongest pictures of one."""
        new = layer != self._layer or reader is not self._reader
        self._layer, self._entries, self._reader = layer, entries, reader
        if new:
            self._cutter.stop()
            self._drawn.clear()
            self._under_way.clear()
            self.grid.set_units(layer.units, self.tr("Unit {number}"))
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._cutter.stop()
        self._layer = self._entries = self._reader = None
        self._drawn.clear()
        self.grid.set_units(0, "")

    def stop(self) -> None:
        """End all work for good: a repaint after this asks for nothing."""
        self._cutter.stop()
        self._reader = None

    @property
    def settled(self) -> bool:
        """Whether every tile on screen shows what it should."""
        return not self._cutter.running and not self._outdated()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.grid.set_caption(self.tr("Unit {number}"))
        super().changeEvent(event)

    def refresh(self) -> None:
        """Cut again what is on screen and not up to date."""
        if self._cutter.running or self._reader is None or self._layer is None:
            return
        wanted = self._outdated()[:AT_ONCE]
        if wanted:
            self._under_way = dict(wanted)
            self._cutter.start(cut_tiles(self._reader, self._layer.name, wanted), Priority.USER)

    def _outdated(self) -> list[tuple[int, tuple[Entry, ...]]]:
        if self._entries is None:
            return []
        found = []
        for unit in self.grid.visible():
            entries = self._entries(unit)
            if self._drawn.get(unit) != entries or self.grid.tile(unit) is None:
                found.append((unit, entries))
        return found

    def _show(self, tiles: Tiles) -> None:
        side = round(self.grid.tile_side * self.devicePixelRatioF())
        for tile in tiles.tiles:
            entries = self._under_way.pop(tile.unit, None)
            if entries is not None:
                self._drawn[tile.unit] = entries
                self.grid.set_tile(tile.unit, draw_nine(tile.patches, side))

    def _finished(self, tiles: Tiles) -> None:
        self._show(tiles)
        QTimer.singleShot(0, self, self.refresh)
