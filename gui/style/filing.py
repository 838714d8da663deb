"""Filing: everything of the panel that becomes a file, with dialogs that block nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.images import Rgb, Rgb16
from engine.jobs import Priority
from engine.progress import Progress
from engine.style.finish import Finisher
from engine.style.recipe import Recipe
from engine.style.sheet import Cell, save_sheet
from engine.style.steps import Provenance
from engine.style.studio import save_from_studio
from engine.style.timelapse import film
from engine.style.timeline import Timeline
from gui.session import Session

PICTURE_FILTERS = ("PNG (*.png)", "TIFF 16 bit (*.tif *.tiff)", "JPEG (*.jpg *.jpeg)", "WebP (*.webp)")
SUFFIXES = {"PNG": "png", "TIFF": "tif", "JPEG": "jpg", "WebP": "webp", "MP4": "mp4", "GIF": "gif"}


class Filing(QWidget):
    """Has no looks of its own; a widget only because dialogs need a window to belong to.

    Signals:
        saved: the :class:`pathlib.Path` of a whole file.
        film_step: how far a film is, a :class:`Progress`.
        failed: with the error; nothing that was there before is lost.
    """

    saved = Signal(object)
    film_step = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._saver, self._filmer = session.watcher(self), session.watcher(self)
        self._filmer.updated.connect(self._told)
        for watcher in (self._saver, self._filmer):
            watcher.finished.connect(self.saved)
            watcher.failed.connect(self.failed)

    @property
    def running(self) -> bool:
        """Whether something is being written."""
        return self._saver.running or self._filmer.running

    def save_picture(
        self,
        path: Path,
        painted: Rgb,
        provenance: Provenance,
        finisher: Finisher,
        deep: Rgb16 | None = None,
    ) -> None:
        """Write a painting."""
        self._saver.start(save_from_studio(path, painted, provenance, finisher, deep), Priority.USER)

    def save_film(self, path: Path, timeline: Timeline) -> None:
        """Write a timeline as a film."""
        self._filmer.start(film(timeline, path), Priority.BATCH)

    def save_sheet(self, path: Path, cells: Sequence[Cell]) -> None:
        """Write a contact sheet as one picture."""
        self._saver.start(save_sheet(path, tuple(cells)), Priority.USER)

    def ask_picture(self, recipe: Recipe, then: Callable[[Path], None], addition: str = "") -> None:
        """Ask where a painting should go."""
        name = "-".join([Path(recipe.content).stem, *(Path(path).stem for path in recipe.styles)])
        self._ask(self.tr("Save the painting"), f"{name[:120]}{addition}.png", PICTURE_FILTERS, then)

    def ask_film(self, recipe: Recipe, then: Callable[[Path], None]) -> None:
        """Ask where a film should go."""
        name = f"{Path(recipe.content).stem}-{Path(recipe.styles[0]).stem}"
        self._ask(self.tr("Save the film"), f"{name[:120]}.mp4", ("MP4 (*.mp4)", "GIF (*.gif)"), then)

    def ask_folder(self, then: Callable[[Path], None]) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self, self.tr("Where should the paintings go?"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def stop(self) -> None:
        """Write no more."""
        self._saver.stop()
        self._filmer.stop()

    def _ask(self, title: str, name: str, filters: Sequence[str], then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(SUFFIXES.get(chosen.split()[0], "png"))
        )
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def _told(self, progress: Progress) -> None:
        self.film_step.emit(progress)
