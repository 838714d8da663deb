"""Batches: folders painted one picture after the other, with a bar below the easel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.jobs import Priority
from engine.style.batch import BatchResult, BatchStep, orders, paint_batch
from engine.style.recipe import Recipe
from gui.session import Session
from gui.style.filing import Filing
from gui.widgets.job_bar import JobBar


class Batches(QObject):
    """Starts, shows and ends a batch. One that was cancelled goes on when it is started again.

    Signals:
        told: a sentence about the result.
        failed: with the error of a pair that could not be painted, or that ended the batch.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, parent: Filing) -> None:
        super().__init__(parent)
        self._session = session
        self.bar = JobBar()
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(self._stepped)
        self._watcher.finished.connect(self._finished)
        self._watcher.cancelled.connect(self._cancelled)
        self._watcher.failed.connect(self._broke)
        self.bar.cancel_clicked.connect(self._watcher.cancel)
        self.bar.pause_clicked.connect(lambda on: self._watcher.pause() if on else self._watcher.resume())

    @property
    def running(self) -> bool:
        """Whether a batch is under way."""
        return self._watcher.running

    def start(self, recipe: Recipe, contents: Sequence[Path], styles: Sequence[Path], folder: Path) -> None:
        """Paint every content in the manner of every style into a folder."""
        wanted = orders(recipe, contents, styles, folder)
        self.bar.start(self.tr("Painting {count} pictures").format(count=len(wanted)), pausable=True)
        self._watcher.start(paint_batch(self._session.models, wanted), Priority.BATCH)

    def stop(self) -> None:
        """Paint no more; what is finished is saved."""
        self._watcher.stop()

    def retranslate(self) -> None:
        """The bar follows the language by itself."""

    def _stepped(self, step: BatchStep) -> None:
        words = self.tr("{name} · {done} finished")
        self.bar.show_progress(
            step.progress, words.format(name=step.order.output.name, done=step.painted + step.kept)
        )

    def _finished(self, result: BatchResult) -> None:
        self.bar.finish("")
        words = self.tr("{painted} painted, {kept} were there already, {refused} could not be painted.")
        counts = (len(result.painted), len(result.kept), len(result.refused))
        self.told.emit(words.format(painted=counts[0], kept=counts[1], refused=counts[2]))
        for refused in result.refused[:3]:
            self.failed.emit(refused.reason)

    def _cancelled(self) -> None:
        self.bar.finish("")
        self.told.emit(self.tr("The batch was stopped; started again, it goes on where it was."))

    def _broke(self, error: BaseException) -> None:
        self.bar.finish("")
        self.failed.emit(error)
