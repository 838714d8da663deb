"""Notebook: the person's notes about units, read once and saved at every change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.explorer.notes import Notes, read_notes, write_notes
from gui.explorer.findings import UnitRef


class Notebook(QObject):
    """Reads when first needed. A file that cannot be read is never written over.

    Signals:
        failed: reading or saving failed, with the error.
    """

    failed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._notes: Notes | None = None
        self._usable = True

    def note(self, network: str, ref: UnitRef) -> str:
        """Return what was written about a unit."""
        return self._read().of(network, ref.layer, ref.unit)

    def write(self, network: str, ref: UnitRef, text: str) -> None:
        """Replace a unit's note; nothing is written when it did not change."""
        notes = self._read()
        if not self._usable or notes.of(network, ref.layer, ref.unit) == text.strip():
            return
        self._notes = notes.with_note(network, ref.layer, ref.unit, text.strip())
        try:
            write_notes(self._path, self._notes)
        except EngineError as error:
            self.failed.emit(error)

    def find(self, network: str, words: str) -> tuple[tuple[UnitRef, str], ...]:
        """Return the units whose note holds all of these words, with the note."""
        return tuple((UnitRef(layer, unit), text) for layer, unit, text in self._read().about(network, words))

    def _read(self) -> Notes:
        if self._notes is None:
            try:
                self._notes = read_notes(self._path)
            except EngineError as error:
                self._notes, self._usable = Notes(), False
                self.failed.emit(error)
        return self._notes
