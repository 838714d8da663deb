"""Run: one painting from Start to the end, as the panel sees it: stages, what is kept, what can go on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from engine.images import Rgb, Rgb16
from engine.jobs import Priority
from engine.style.controls import Controls
from engine.style.finish import Finish
from engine.style.recipe import Recipe
from engine.style.runstate import RunState
from engine.style.save import save_painting
from engine.style.steps import PaintResult, Provenance
from engine.style.studio import (
    Studio,
    StudioStep,
    fetch_run,
    new_timeline,
    old_timeline,
    paint_in_studio,
    recolour,
)
from engine.style.tasks import reopen
from gui.session import Session


class Stage(Enum):
    """Where a painting is in its life."""

    RESTING = "resting"
    WAITING = "waiting for the engine"
    BEGINNING = "beginning"
    PAINTING = "painting"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    REOPENED = "reopened"


BUSY = frozenset({Stage.WAITING, Stage.BEGINNING, Stage.PAINTING, Stage.PAUSED})


@dataclass(frozen=True)
class Kept:
    """The newest picture of a run: as painted, in the colours wished for, and what belongs to it."""

    painted: Rgb
    shown: Rgb
    provenance: Provenance
    deep: Rgb16 | None = None


class Run(QObject):
    """Whatever ends a run, its newest picture stays. A run that was stopped, or that the closing window
    ended, can go on; a painting that was not saved is there again the next time.

    Signals:
        stage_changed: to another :class:`Stage`.
        stepped: an iteration is done, with the :class:`StudioStep`.
        shown: a picture to show that no iteration brought: recoloured, or of the last time.
        failed: with the error.
    """

    stage_changed = Signal()
    stepped = Signal(object)
    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        folder = session.paths.data / "paintings"
        self.unfinished, self._state_file = folder / "unfinished.png", folder / "run.safetensors"
        self._timeline_folder = folder / "timeline"
        self.stage = Stage.RESTING
        self.iteration = 0
        self.kept: Kept | None = None
        self.unsaved = False
        self.studio: Studio | None = None
        self._state: RunState | None = None
        self._afterwards: Callable[[], None] | None = None
        self._wanted: tuple[Recipe, RunState | None, Rgb | None] | None = None
        self._painter, self._recolourer, self._opener, self._fetcher = (
            session.watcher(self) for _ in range(4)
        )
        self._painter.updated.connect(self._stepped)
        self._painter.finished.connect(self._painted)
        self._painter.cancelled.connect(self._ended)
        self._painter.failed.connect(self._failed)
        self._recolourer.finished.connect(self._recoloured)
        self._opener.finished.connect(self._reopened)
        self._fetcher.finished.connect(self._fetched)
        for watcher in (self._recolourer, self._opener, self._fetcher):
            watcher.failed.connect(self.failed)
        session.device_changed.connect(self._engine_loaded)
        session.problem.connect(self._engine_missing)

    @property
    def busy(self) -> bool:
        """Whether a painting is under way or about to be."""
        return self.stage in BUSY

    @property
    def opening(self) -> bool:
        """Whether what was left of the last time is still being read."""
        return any(watcher.running for watcher in (self._opener, self._fetcher, self._recolourer))

    @property
    def can_go_on(self) -> bool:
        """Whether the painting on the easel was left before its last iteration."""
        return not self.busy and self._state is not None

    @property
    def left_recipe(self) -> Recipe | None:
        """The recipe of the run that can go on."""
        return None if self._state is None else self._state.recipe

    def start(self, recipe: Recipe, start: Rgb | None = None) -> None:
        """Paint from the beginning, or from a picture; once the engine is loaded.

        Raises:
            EngineError: BAD_VALUE for a recipe that cannot be painted.
        """
        recipe.check()
        self._begin(recipe, None, start)

    def go_on(self, recipe: Recipe) -> None:
        """Go on where the run was left; the controls of ``recipe`` act from the next iteration on."""
        if self._state is None:
            return
        self._begin(recipe, self._state, None)

    def pause_or_resume(self) -> None:
        """Pause the run, or let it go on."""
        if self.stage is Stage.PAUSED:
            self._painter.resume()
            self._enter(Stage.PAINTING if self.iteration else Stage.BEGINNING)
        elif self.stage in (Stage.BEGINNING, Stage.PAINTING):
            self._painter.pause()
            self._enter(Stage.PAUSED)

    def stop(self) -> None:
        """End the run and keep what was painted."""
        if self.stage is Stage.WAITING:
            self._wanted = None
            self._enter(Stage.RESTING)
        self._painter.cancel()

    def stop_then(self, act: Callable[[], None]) -> None:
        """End the run, keep what was painted, and do something as soon as it has ended."""
        self._afterwards = act
        self.stop()

    def change(self, recipe: Recipe) -> None:
        """Let the controls of this recipe act on the next iteration.

        Raises:
            EngineError: BAD_VALUE; nothing changes then.
        """
        if self.studio is not None and self.busy and recipe.styles == self.studio.recipe.styles:
            self.studio.live.change(Controls.of(recipe))

    def recolour(self, wish: Finish) -> None:
        """Show the painting in other colours at once, whatever the run does."""
        if self.studio is None:
            return
        self.studio.finisher.wish = wish
        if self.kept is not None:
            self._recolourer.start(recolour(self.studio.finisher, self.kept.painted), Priority.USER)

    def reopen(self) -> None:
        """Bring back what was not saved or not finished the last time."""
        if self.unfinished.is_file():
            self._opener.start(reopen(self.unfinished), Priority.USER)
        if self._state_file.is_file():
            self._fetcher.start(fetch_run(self._state_file), Priority.USER)

    def saved(self) -> None:
        """The painting was saved as a file."""
        self.unsaved = self._painter.running
        self.unfinished.unlink(missing_ok=True)

    def shut_down(self) -> None:
        """Stop everything; an unsaved painting goes into the user's data folder."""
        for watcher in (self._painter, self._recolourer, self._opener, self._fetcher):
            watcher.stop()
        if self.kept is not None and self.unsaved:
            save_painting(self.unfinished, self.kept.painted, self._colored(self.kept.provenance))

    def _colored(self, provenance: Provenance) -> Provenance:
        if self.studio is None:
            return provenance
        wish = self.studio.finisher.wish
        recipe = dataclasses.replace(provenance.recipe, color=wish.color, color_amount=wish.amount)
        return dataclasses.replace(provenance, recipe=recipe)

    def _begin(self, recipe: Recipe, state: RunState | None, start: Rgb | None) -> None:
        self._wanted = (recipe, state, start)
        if self._session.device is None:
            self._enter(Stage.WAITING)
            return
        self._wanted = None
        begun = recipe
        if state is None:
            self._state_file.unlink(missing_ok=True)
            self.kept, self.unsaved, self.iteration = None, False, 0
            timeline = new_timeline(recipe, self._timeline_folder)
        else:
            begun = dataclasses.replace(state.recipe, color=recipe.color, color_amount=recipe.color_amount)
            timeline = old_timeline(state.recipe, self._timeline_folder)
        self._state = None
        self.studio = Studio(begun, timeline)
        if state is not None and recipe.styles == begun.styles:
            self.studio.live.change(Controls.of(recipe))
        task = paint_in_studio(
            self._session.models, self.studio, resume=state, start=start, keep=self._state_file
        )
        self._painter.start(task, Priority.BATCH)
        self._enter(Stage.BEGINNING)

    def _engine_loaded(self, _device: object) -> None:
        if self.stage is Stage.WAITING and self._wanted is not None:
            self._begin(*self._wanted)

    def _engine_missing(self, _error: Exception) -> None:
        if self.stage is Stage.WAITING:
            self._enter(Stage.RESTING)

    def _stepped(self, step: StudioStep) -> None:
        painted = step.painted
        self.kept = Kept(painted.picture, step.shown, painted.provenance)
        self.unsaved, self.iteration = True, painted.iteration
        if self.stage is Stage.BEGINNING:
            self._enter(Stage.PAINTING)
        self.stepped.emit(step)

    def _tell_of_timeline(self) -> None:
        """A timeline that could not be kept is told once, when the run ends."""
        if self.studio is not None and self.studio.timeline.problem is not None:
            self.failed.emit(self.studio.timeline.problem)
            self.studio.timeline.problem = None

    def _painted(self, result: PaintResult) -> None:
        shown = self.kept.shown if self.kept is not None else result.rgb
        self.kept = Kept(result.rgb, shown, result.provenance, result.deep)
        self._enter(Stage.DONE)
        self._tell_of_timeline()

    def _ended(self) -> None:
        if self.studio is not None:
            self._state = self.studio.live.state.take()
            deep = self.studio.live.deep.take()
            if self.kept is not None and deep is not None and deep.shape == self.kept.painted.shape:
                self.kept = dataclasses.replace(self.kept, deep=deep)
        self._enter(Stage.STOPPED if self.kept is not None else Stage.RESTING)
        self._tell_of_timeline()
        afterwards, self._afterwards = self._afterwards, None
        if afterwards is not None:
            afterwards()

    def _failed(self, error: BaseException) -> None:
        self._ended()
        self.failed.emit(error)

    def _recoloured(self, shown: Rgb) -> None:
        if self.kept is not None and shown.shape == self.kept.painted.shape:
            self.kept = dataclasses.replace(self.kept, shown=shown)
            self.unsaved = True
            self.shown.emit(shown)

    def _reopened(self, found: tuple[Rgb, Provenance] | None) -> None:
        if found is None or self.stage is not Stage.RESTING:
            return
        painted, provenance = found
        self.kept, self.unsaved = Kept(painted, painted, provenance), True
        self.studio = Studio(provenance.recipe, old_timeline(provenance.recipe, self._timeline_folder))
        self._enter(Stage.REOPENED)
        self.shown.emit(painted)
        self.recolour(self.studio.finisher.wish)

    def _fetched(self, state: RunState | None) -> None:
        if state is not None and self.stage in (Stage.RESTING, Stage.REOPENED):
            self._state, self.iteration = state, state.iteration
            self.stage_changed.emit()

    def _enter(self, stage: Stage) -> None:
        self.stage = stage
        self.stage_changed.emit()
