"""Sheets: the contact sheet as a job, shown in place of the painting."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.jobs import Priority
from engine.style.recipe import Recipe
from engine.style.sheet import Cell, contact_sheet, sheet_cells
from gui.session import Session
from gui.style.easel import Easel
from gui.style.filing import Filing


class Sheets(QObject):
    """Starts, shows and ends a sheet.

    Signals:
        failed: with the error.
    """

    failed = Signal(object)

    def __init__(self, session: Session, easel: Easel, filing: Filing) -> None:
        super().__init__(easel)
        self.open = False
        self._session, self._easel, self._filing = session, easel, filing
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(easel.sheet.show_step)
        self._watcher.finished.connect(self._finished)
        self._watcher.cancelled.connect(easel.sheet.finish)
        self._watcher.failed.connect(self._failed)
        easel.sheet.save_clicked.connect(self._ask)

    @property
    def running(self) -> bool:
        """Whether a sheet is being painted."""
        return self._watcher.running

    def start(self, recipe: Recipe) -> None:
        """Paint a sheet of this recipe's strengths and styles.

        Raises:
            EngineError: BAD_VALUE for a recipe that cannot be painted.
        """
        recipe.check()
        self.open = True
        self._easel.sheet.start(sheet_cells(recipe))
        self._easel.stack.setCurrentWidget(self._easel.sheet)
        self._watcher.start(contact_sheet(self._session.models, recipe), Priority.USER)

    def close(self) -> None:
        """Go back to the painting; a sheet under way is no longer wanted."""
        self.open = False
        self._watcher.stop()

    def stop(self) -> None:
        """Paint no more."""
        self._watcher.stop()

    def _finished(self, _cells: tuple[Cell, ...]) -> None:
        self._easel.sheet.finish()

    def _failed(self, error: BaseException) -> None:
        self._easel.sheet.finish()
        self.failed.emit(error)

    def _ask(self) -> None:
        cells = self._easel.sheet.cells
        self._filing.ask_picture(cells[0].recipe, lambda path: self._filing.save_sheet(path, cells), "-sheet")
