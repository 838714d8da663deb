"""Figures: asks where the units on screen should be saved as a figure, and saves them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.explorer.index import Index
from engine.explorer.sheets import Sheet, draw_sheets
from gui.session import Session

UNITS = 36
"""More units than this make a figure that nobody can look at."""


class Figures(QObject):
    """One figure at a time.

    Signals:
        saved: the name of the file, when it is complete.
        failed: it could not be saved, with the error.
    """

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._filer = session.watcher(self)
        self._filer.finished.connect(lambda path: self.saved.emit(Path(path).name))
        self._filer.failed.connect(self.failed)

    @property
    def saving(self) -> bool:
        """Whether a figure is being written."""
        return self._filer.running

    def ask(self, index: Index, shown: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        """Ask for a file in a dialog that blocks nothing; its ending chooses the format."""
        dialog = QFileDialog(self._window, self.tr("Save figure"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["PNG (*.png)", "PDF (*.pdf)", "HTML (*.html)"])
        dialog.setDefaultSuffix("png")
        dialog.selectFile("-".join([index.network, *(layer for layer, _ in shown)]) + ".png")
        dialog.fileSelected.connect(lambda name: self.save(index, shown, Path(name)))
        dialog.open()

    def save(self, index: Index, shown: Sequence[tuple[str, tuple[int, ...]]], path: Path) -> None:
        """Write the units of one layer, or of several layers side by side."""
        sheets = [Sheet(layer, units[:UNITS]) for layer, units in shown]
        self._filer.start(draw_sheets(index, sheets, path))

    def stop(self) -> None:
        """End all work."""
        self._filer.stop()
