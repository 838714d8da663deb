"""PaintPanel: a photo, a painting, a recipe, and the picture that changes at every iteration."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.images import Rgb
from engine.options import options_of
from engine.style.finish import Finish
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.studio import StudioStep
from gui.imaging import to_qimage
from gui.panel import Panel
from gui.session import Session
from gui.style.batches import Batches
from gui.style.column import RecipeColumn
from gui.style.comeback import Comeback
from gui.style.easel import Easel
from gui.style.entrance import Entrance
from gui.style.estimate import Estimate
from gui.style.filing import Filing
from gui.style.looker import Looker
from gui.style.masks import Masks
from gui.style.rewinder import Rewinder
from gui.style.run import Run, Stage
from gui.style.sheets import Sheets
from gui.style.stage_words import StageWords
from gui.theme import theme_of

NETWORKS = next(each for each in options_of(Recipe) if each.name == "network").choices

EXAMPLE = {"size": 320, "iterations": 45, "weighting": "strength", "strength": 50.0, "pyramid": True}
"""The example is small, so that it is done in about a minute without a GPU."""


class PaintPanel(Panel):
    """Neural style transfer before one's eyes: the parts of the studio, joined.

    Whatever ends a run, the newest picture stays on the easel and can be saved. A painting that was not
    saved when the window closes is kept in the user's data folder and is on the easel the next time; a run
    that was not finished can go on.

    Signals:
        layer_for_explain: network and layer that the person wants to look at in Explain.
    """

    layer_for_explain = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start_when_read = False
        self._turn = 0
        self.easel = Easel()
        self.column = RecipeColumn(session, self.easel.brush)
        self.run = Run(session, self)
        self.filing = Filing(session, self)
        self.masks = Masks(session, self.column, self.easel.brush)
        self.comeback = Comeback(self.column, self.masks, self)
        self.rewinder = Rewinder(session, self.run, self.column.timeline, self.easel, self.filing)
        self.looker = Looker(session, self.run, self.column)
        self.sheets = Sheets(session, self.easel, self.filing)
        self.batches = Batches(session, self.filing)
        self.entrance = Entrance(self, self.column, self.easel.stack)
        self.overlay = self.entrance.overlay
        self._parts = (self.filing, self.rewinder, self.looker, self.sheets, self.batches)
        self.estimate = Estimate(session, self.run, self.column, self)
        self._words = StageWords(self.column, self.run)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        right = QVBoxLayout()
        right.setSpacing(theme.space_m)
        right.addWidget(self.easel, 1)
        right.addWidget(self.batches.bar)
        around = QHBoxLayout(self)
        around.setContentsMargins(theme.space_xl, theme.space_l, theme.space_xl, theme.space_l)
        around.setSpacing(theme.space_l)
        around.addWidget(self.column)
        around.addLayout(right, 1)

    def _connect(self) -> None:
        column, easel, run = self.column, self.easel, self.run
        for slot in (column.content, column.styles):
            slot.changed.connect(self._pictures_changed)
            slot.recipe_found.connect(self.comeback.take)
            slot.failed.connect(self._not_read)
            slot.noted.connect(self.told)
        column.pictures.samples_clicked.connect(self.take_samples)
        column.pictures.batch_clicked.connect(self._ask_batch)
        column.strength.sheet_clicked.connect(self.start_sheet)
        column.edited.connect(self._edited)
        column.colour.changed.connect(self._recolour)
        column.page_changed.connect(self._show_page)
        column.start.clicked.connect(self.start)
        column.pause.clicked.connect(self.pause_or_go_on)
        column.stop.clicked.connect(run.stop)
        easel.save_clicked.connect(self._ask_where)
        easel.samples_clicked.connect(self.show_example)
        easel.brush.edited.connect(self._show_stage)
        easel.sheet.chosen.connect(self._paint_chosen)
        easel.sheet.closed.connect(self._close_sheet)
        run.stage_changed.connect(self._stage_changed)
        run.stepped.connect(self._stepped)
        run.shown.connect(self._shown)
        self.rewinder.restart_wanted.connect(self._start_from)
        self.filing.saved.connect(self._saved)
        parts = (
            self.filing,
            self.masks,
            self.comeback,
            self.rewinder,
            self.looker,
            self.sheets,
            self.batches,
        )
        for part in (run, *parts):
            part.failed.connect(self.report)
        self.batches.told.connect(self.told)
        self.entrance.told.connect(self.told)
        column.layers.look_clicked.connect(self._look_at_layer)

    def start(self) -> None:
        """Paint; while the engine is still loading, as soon as it is there."""
        self._begin(None)

    def pause_or_go_on(self) -> None:
        """Pause the run, let it go on, or go on with the one that was left."""
        if self.run.busy:
            self.run.pause_or_resume()
            return
        try:
            self.run.go_on(self._recipe())
        except EngineError as error:
            self.report(error)

    def stop(self) -> None:
        """End the run and keep what was painted."""
        self.run.stop()

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

    def offer(self, mime: QMimeData | None) -> None:
        """Take what was pasted or dropped somewhere in the panel to where it is missing."""
        self.entrance.offer(mime)

    def take_unit(self, network: str, layer: str, unit: int) -> None:
        """Let a unit pull at the next painting; a unit of -1 is the whole layer."""
        name = layer if unit < 0 else f"{layer}:{unit}"
        if network not in NETWORKS:
            words = self.tr("Painting looks through VGG; {network} cannot pull at a picture here.")
            self.told.emit(words.format(network=network))
            return
        self.column.set_values({"network": network})
        self.column.tabs.choose("layers")
        self.column.layers.unit.take(name)

    def save_to(self, path: Path) -> None:
        """Save the painting as it is at this moment, at its full size."""
        kept, studio = self.run.kept, self.run.studio
        if kept is not None and studio is not None:
            self.filing.save_picture(path, kept.painted, kept.provenance, studio.finisher, kept.deep)

    def start_sheet(self) -> None:
        """Paint nine small pictures to choose from."""
        if not self.column.complete:
            self.told.emit(self.tr("Choose a photo and a painting first."))
            return
        try:
            self.sheets.start(self._recipe())
        except EngineError as error:
            self.report(error)

    def show_example(self) -> None:
        """Paint the pictures on board, small."""
        self.column.set_values(EXAMPLE)
        self._start_when_read = True
        self.take_samples()

    def is_busy(self) -> bool:
        """Whether a painting, or reading or saving a picture, is under way."""
        slots = (self.column.content, self.column.styles)
        parts = (self.filing.running, self.run.opening, self.sheets.running, self.batches.running)
        return self.run.busy or any(parts) or any(slot.reading for slot in slots)

    def shut_down(self) -> None:
        """Stop everything; an unsaved painting goes into the user's data folder."""
        for slot in (self.column.content, self.column.styles):
            slot.stop()
        for part in (*self._parts, self.masks, self.estimate):
            part.stop()
        self.run.shut_down()

    def save_state(self, store: QSettings) -> None:
        """Remember the pictures and the recipe."""
        self.comeback.keep(store, self._recipe())
        store.setValue("losses-folded", self.easel.facts.fold.isChecked())

    def restore_state(self, store: QSettings) -> None:
        """Bring back the pictures, the recipe, and a painting that was not saved."""
        self.comeback.bring_back(store)
        self.easel.facts.set_folded(str(store.value("losses-folded")) == "true")
        self.run.reopen()

    def retranslate(self) -> None:
        """Set every visible text again."""
        for part in (self.column, self.easel, self.overlay, self.rewinder, self.looker, self.batches):
            part.retranslate()
        self._show_stage()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer two large places while something is dragged over the panel."""
        event.acceptProposedAction()
        self.overlay.appear()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the places away again."""
        self.overlay.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a drop beside the places, too."""
        event.acceptProposedAction()
        self.overlay.leave()
        self.offer(event.mimeData())

    def _recipe(self) -> Recipe:
        """Return the recipe with the painted regions as files."""
        self.column.masks = self.masks.files()
        return self.column.recipe()

    def _begin(self, start: Rgb | None) -> None:
        if not self.column.complete or self.run.busy:
            return
        try:
            recipe = self._recipe()
            self.run.start(recipe, start)
        except EngineError as error:
            self.report(error)
            return
        self.easel.clear()
        self.rewinder.clear()
        self.looker.clear()
        self._close_sheet()

    def _start_from(self, picture: Rgb) -> None:
        self._begin(picture)

    def _paint_chosen(self, recipe: Recipe) -> None:
        self.column.show_recipe(recipe)
        if recipe.styles != self.column.recipe().styles:
            self._start_when_read = True
            self.column.styles.load([Path(style) for style in recipe.styles])
        else:
            self._begin(None)
        self._close_sheet()

    def _close_sheet(self) -> None:
        self.sheets.close()
        self._show_page(self.column.page)

    def _ask_batch(self) -> None:
        recipe = self._recipe()
        slots = (self.column.content, self.column.styles)
        contents, styles = (slot.folder[1] if slot.folder else slot.paths for slot in slots)
        self.filing.ask_folder(lambda folder: self.batches.start(recipe, contents, styles, folder))

    def _ask_where(self) -> None:
        if self.run.kept is not None:
            self.filing.ask_picture(self.run.kept.provenance.recipe, self.save_to)

    def _edited(self) -> None:
        try:
            self.run.change(self.column.recipe())
        except EngineError as error:
            self.report(error)
        self._show_stage()

    def _recolour(self, wish: Finish) -> None:
        self.run.recolour(wish)
        self.rewinder.refresh()

    def _pictures_changed(self) -> None:
        self.easel.set_content(self.column.content.picture)
        self.masks.picture_changed()
        self.looker.styles_changed()
        self._show_stage()
        slots = (self.column.content, self.column.styles)
        if self._start_when_read and self.column.complete and not any(slot.reading for slot in slots):
            self._start_when_read = False
            self.start()

    def _look_at_layer(self, layer: str) -> None:
        self.layer_for_explain.emit(self.column.recipe().network, layer)

    def _not_read(self, error: BaseException) -> None:
        self._start_when_read = False
        self.report(error)

    def _stepped(self, step: StudioStep) -> None:
        self.easel.show_step(step, looked_at=self.rewinder.at_now)
        self.rewinder.follow()
        self.looker.show_step(step.painted)
        self._show_stage()

    def _shown(self, picture: Rgb) -> None:
        self.easel.show_painting(to_qimage(picture), looked_at=self.rewinder.at_now)
        self.rewinder.follow()

    def _stage_changed(self) -> None:
        self._show_stage()
        self.rewinder.follow()
        if self.run.stage is Stage.DONE:
            self.told.emit(self.tr("The painting is finished."))

    def _saved(self, path: Path) -> None:
        if self.run.kept is not None and path.suffix.lower() not in (".mp4", ".gif"):
            self.run.saved()
        self.told.emit(self.tr("Saved as {name}.").format(name=path.name))

    def _show_page(self, page: str) -> None:
        """Let the right side follow the page: regions are painted on the photo."""
        right = self.easel.brush if page == "regions" else self.easel.canvas
        self.easel.stack.setCurrentWidget(self.easel.sheet if self.sheets.open else right)
        self.looker.set_page(page)

    def _show_stage(self) -> None:
        self.easel.set_running(self.run.busy)
        self.easel.status.setText(self._words.show())
        self.column.timeline.set_picture_shown(self.run.kept is not None)
        self.estimate.show()
