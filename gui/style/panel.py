"""PaintPanel: a photo, a painting, a recipe, and the picture that changes at every iteration."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from engine.errors import EngineError, ErrorCode
from engine.images import Rgb
from engine.jobs import Priority
from engine.options import options_of
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.save import save_painting
from engine.style.steps import PaintResult, PaintStep, Provenance
from engine.style.tasks import paint, reopen, save
from gui.icons import icon
from gui.imaging import to_qimage
from gui.panel import Panel
from gui.session import Session
from gui.style.column import RecipeColumn
from gui.style.easel import Easel
from gui.theme import theme_of

EXAMPLE = {"size": 384, "iterations": 60}
"""The example is small, so that it is done in well under a minute without a GPU."""


class Stage(Enum):
    """Where the panel is in a painting's life."""

    RESTING = "resting"
    WAITING = "waiting for the engine"
    BEGINNING = "beginning"
    PAINTING = "painting"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    REOPENED = "reopened"


BUSY = frozenset({Stage.WAITING, Stage.BEGINNING, Stage.PAINTING, Stage.PAUSED})


class PaintPanel(Panel):
    """Neural style transfer before one's eyes.

    Whatever ends a run, the newest picture stays on the easel and can be saved. A painting that was not
    saved when the window closes is kept in the user's data folder and is on the easel the next time.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._unfinished = session.paths.data / "paintings" / "unfinished.png"
        self._stage = Stage.RESTING
        self._kept: tuple[Rgb, Provenance] | None = None
        self._unsaved = False
        self._iteration = 0
        self._start_when_read = False
        self._turn = 0
        self.column = RecipeColumn(session)
        self.easel = Easel()
        self._watcher, self._filer, self._opener = (session.watcher(self) for _ in range(3))
        space = theme_of(self).space_xl
        around = QHBoxLayout(self)
        around.setContentsMargins(space, space, space, space)
        around.setSpacing(theme_of(self).space_l)
        around.addWidget(self.column)
        around.addWidget(self.easel, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        column = self.column
        for slot in (column.content, column.styles):
            slot.changed.connect(self._pictures_changed)
            slot.recipe_found.connect(self._take_over)
            slot.failed.connect(self._not_read)
        column.samples.clicked.connect(self.take_samples)
        column.start.clicked.connect(self.start)
        column.pause.clicked.connect(self.pause_or_resume)
        column.stop.clicked.connect(self.stop)
        self.easel.save_clicked.connect(self._ask_where)
        self.easel.samples_clicked.connect(self.show_example)
        self._watcher.updated.connect(self._stepped)
        self._watcher.finished.connect(self._painted)
        self._watcher.cancelled.connect(self._stopped)
        self._watcher.failed.connect(self._failed)
        self._filer.finished.connect(self._saved)
        self._filer.failed.connect(self.report)
        self._opener.finished.connect(self._reopened)
        self._opener.failed.connect(self.report)
        self._session.device_changed.connect(self._engine_loaded)
        self._session.problem.connect(self._engine_missing)

    def start(self) -> None:
        """Paint; while the engine is still loading, as soon as it is there."""
        if not self.column.complete or self._watcher.running:
            return
        if self._session.device is None:
            self._enter(Stage.WAITING)
            return
        recipe = self.column.recipe()
        try:
            recipe.check()
        except EngineError as error:
            self._enter(Stage.RESTING)
            self.report(error)
            return
        self.easel.clear()
        self._kept, self._unsaved, self._iteration = None, False, 0
        self._watcher.start(paint(self._session.models, recipe), Priority.BATCH)
        self._enter(Stage.BEGINNING)

    def pause_or_resume(self) -> None:
        """Pause the run, or let it go on."""
        if self._stage is Stage.PAUSED:
            self._watcher.resume()
            self._enter(Stage.PAINTING if self._iteration else Stage.BEGINNING)
        elif self._stage in (Stage.BEGINNING, Stage.PAINTING):
            self._watcher.pause()
            self._enter(Stage.PAUSED)

    def stop(self) -> None:
        """End the run and keep what was painted."""
        if self._stage is Stage.WAITING:
            self._enter(Stage.RESTING)
        self._watcher.cancel()

    def take_samples(self) -> None:
        """Put a photo and a painting on board into the zones; the next time another pair."""
        try:
            pairs = sample_pairs()
        except EngineError as error:
            self._start_when_read = False
            self.report(error)
            return
        content, style = pairs[self._turn % len(pairs)]
        self._turn += 1
        self.column.content.load([content])
        self.column.styles.load([style])

    def save_to(self, path: Path) -> None:
        """Save the painting as it is at this moment, at its full size."""
        if self._kept is not None:
            self._filer.start(save(path, *self._kept), Priority.USER)

    def show_example(self) -> None:
        """Paint the pictures on board, small."""
        self.column.form.set_value(EXAMPLE)
        self._start_when_read = True
        self.take_samples()

    def is_busy(self) -> bool:
        """Whether a painting, or reading or saving a picture, is under way."""
        slots = (self.column.content, self.column.styles)
        jobs = (self._filer.running, self._opener.running, *(slot.reading for slot in slots))
        return self._stage in BUSY or any(jobs)

    def shut_down(self) -> None:
        """Stop everything; an unsaved painting goes into the user's data folder."""
        for watcher in (self._watcher, self._filer, self._opener):
            watcher.stop()
        self.column.content.stop()
        self.column.styles.stop()
        if self._kept is not None and self._unsaved:
            save_painting(self._unfinished, *self._kept)

    def save_state(self, store: QSettings) -> None:
        """Remember the pictures and the recipe."""
        store.setValue("recipe", json.dumps(self.column.recipe().to_json(), ensure_ascii=False))

    def restore_state(self, store: QSettings) -> None:
        """Bring back the pictures, the recipe, and a painting that was not saved."""
        remembered = store.value("recipe")
        if isinstance(remembered, str):
            try:
                self._take_over(Recipe.from_json(remembered))
            except EngineError as error:
                self.report(error)
        if self._unfinished.is_file():
            self._opener.start(reopen(self._unfinished), Priority.USER)

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.column.retranslate()
        self.easel.retranslate()
        self._show_stage()

    def _take_over(self, recipe: Recipe) -> None:
        """Show the recipe of a painting, and fetch its pictures as far as they are still there."""
        self.column.form.set_value({each.name: getattr(recipe, each.name) for each in options_of(recipe)})
        content, styles = Path(recipe.content), [Path(path) for path in recipe.styles]
        lost = [path for path in (content, *styles) if str(path) != "." and not path.is_file()]
        if recipe.content and content.is_file():
            self.column.content.load([content])
        if styles and not any(path in lost for path in styles):
            self.column.styles.load(styles)
        if lost:
            detail = f"{lost[0]} is not there any more; choose the picture again."
            self.problem.emit(EngineError(ErrorCode.FILE_MISSING, detail, str(lost[0])))

    def _pictures_changed(self) -> None:
        self.easel.set_content(self.column.content.picture)
        self._show_stage()
        slots = (self.column.content, self.column.styles)
        if self._start_when_read and self.column.complete and not any(slot.reading for slot in slots):
            self._start_when_read = False
            self.start()

    def _not_read(self, error: BaseException) -> None:
        self._start_when_read = False
        self.report(error)

    def _engine_loaded(self, _device: object) -> None:
        if self._stage is Stage.WAITING:
            self.start()

    def _engine_missing(self, _error: Exception) -> None:
        if self._stage is Stage.WAITING:
            self._enter(Stage.RESTING)

    def _stepped(self, step: PaintStep) -> None:
        self._kept, self._unsaved, self._iteration = (step.picture, step.provenance), True, step.iteration
        self.easel.show_step(step)
        if self._stage is Stage.BEGINNING:
            self._enter(Stage.PAINTING)
        self._show_stage()

    def _painted(self, result: PaintResult) -> None:
        self._kept = (result.rgb, result.provenance)
        self._enter(Stage.DONE)
        self.told.emit(self.tr("The painting is finished."))

    def _stopped(self) -> None:
        self._enter(Stage.STOPPED if self._kept is not None else Stage.RESTING)

    def _failed(self, error: BaseException) -> None:
        self._stopped()
        self.report(error)

    def _reopened(self, found: tuple[Rgb, Provenance] | None) -> None:
        if found is None or self._stage is not Stage.RESTING:
            return
        self._kept, self._unsaved = found, True
        self.easel.show_painting(to_qimage(found[0]))
        self._enter(Stage.REOPENED)

    def _ask_where(self) -> None:
        """Open a file dialog that blocks nothing; the ending chooses the format."""
        if self._kept is None:
            return
        recipe = self._kept[1].recipe
        name = "-".join([Path(recipe.content).stem, *(Path(path).stem for path in recipe.styles)])
        dialog = QFileDialog(self, self.tr("Save the painting"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["PNG (*.png)", "JPEG (*.jpg *.jpeg)", "TIFF (*.tif *.tiff)", "WebP (*.webp)"])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{name[:120]}.png")
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def _saved(self, path: Path) -> None:
        self._unsaved = self._watcher.running
        self._unfinished.unlink(missing_ok=True)
        self.told.emit(self.tr("Saved as {name}.").format(name=path.name))

    def _enter(self, stage: Stage) -> None:
        self._stage = stage
        self._show_stage()

    def _show_stage(self) -> None:
        """Let the buttons and the sentence above the picture follow the stage."""
        column, stage = self.column, self._stage
        paused = stage is Stage.PAUSED
        column.start.setText(self.tr("Start"))
        column.stop.setText(self.tr("Stop"))
        column.stop.setToolTip(self.tr("Ends the run and keeps the picture"))
        column.pause.setText(self.tr("Continue") if paused else self.tr("Pause"))
        column.pause.setIcon(icon("play" if paused else "pause", column.pause))
        column.start.setEnabled(stage not in BUSY and column.complete)
        column.pause.setEnabled(stage in BUSY and stage is not Stage.WAITING)
        column.stop.setEnabled(stage in BUSY)
        column.samples.setEnabled(stage not in BUSY)
        column.next_run.setVisible(stage in BUSY)
        self.easel.set_running(stage in BUSY)
        self.easel.status.setText(self._sentence())

    def _sentence(self) -> str:
        match self._stage:
            case Stage.WAITING:
                return self.tr("The engine is still loading; painting starts by itself.")
            case Stage.BEGINNING:
                return self.tr("Looking at the pictures…")
            case Stage.PAINTING:
                return self.tr("Painting. Every iteration changes the picture.")
            case Stage.PAUSED:
                return self.tr("Paused after {count} iterations.").format(count=self._iteration)
            case Stage.DONE:
                return self.tr("Finished after {count} iterations.").format(count=self._iteration)
            case Stage.STOPPED:
                words = self.tr("Stopped after {count} iterations. The picture is kept.")
                return words.format(count=self._iteration)
            case Stage.REOPENED:
                return self.tr("This painting was not saved last time.")
        if self.column.complete:
            return self.tr("Ready. Press Start.")
        if self.column.content.paths:
            return self.tr("Now a painting for the style.")
        return self.tr("A photo, a painting, and a little time.")
