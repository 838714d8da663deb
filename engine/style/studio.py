"""One run as the window holds it: live controls, colours, timeline, and the state to go on from. No torch."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from engine.errors import EngineError
from engine.images import Rgb, Rgb16
from engine.jobs import Task
from engine.models import Models
from engine.style.finish import PAINTING, Finish, Finisher
from engine.style.live import Live
from engine.style.recipe import Recipe
from engine.style.runstate import RunState, load_state
from engine.style.save import save_painting
from engine.style.steps import PaintResult, PaintStep, Provenance
from engine.style.tasks import paint
from engine.style.timeline import Moment, Timeline, open_timeline, recorded, stride_for


@dataclass(frozen=True)
class StudioStep:
    """The snapshot after an iteration.

    ``shown`` is the painting in the colours wished for, ``painted.picture`` the painting as painted, both
    uint8 H × W × 3; ``memory_bytes`` is the peak so far, 0 where it is unknown.
    """

    painted: PaintStep
    shown: Rgb
    memory_bytes: int


class Studio:
    """What stays in a person's hands while a painting grows; every method may be called from any thread.

    Colours are put on what is shown, never on what is optimised, so that they can be changed at any time.

    Args:
        recipe: what is painted; its colours are where the finisher begins.
        timeline: where moments are kept.
    """

    def __init__(self, recipe: Recipe, timeline: Timeline) -> None:
        self.recipe = replace(recipe, color=PAINTING, color_amount=1.0)
        self.live = Live(self.recipe)
        self.timeline = timeline
        self.finisher = Finisher(self.recipe, Finish(recipe.color, recipe.color_amount))


def new_timeline(recipe: Recipe, folder: Path) -> Timeline:
    """Return an empty timeline for a run; what an earlier run left in the folder is deleted."""
    timeline = Timeline(folder, stride_for(recipe))
    timeline.clear()
    return timeline


def old_timeline(recipe: Recipe, folder: Path) -> Timeline:
    """Return the timeline that an earlier run left, or an empty one."""
    try:
        return open_timeline(folder)
    except EngineError:
        return Timeline(folder, stride_for(recipe))


def paint_in_studio(
    models: Models,
    studio: Studio,
    *,
    resume: RunState | None = None,
    start: Rgb | None = None,
    keep: Path | None = None,
) -> Task[StudioStep, PaintResult]:
    """Paint with everything that the studio offers; a :class:`StudioStep` after every iteration.

    Args:
        models: where the network is from.
        studio: the run's controls; its timeline is written.
        resume, start, keep: as for :func:`engine.style.tasks.paint`.

    Raises:
        EngineError: of :func:`engine.style.tasks.paint`.
    """
    painting = paint(models, studio.recipe, studio.live, resume=resume, start=start, keep=keep)
    with closing(recorded(painting, studio.timeline)) as steps:
        while True:
            try:
                step = next(steps)
            except StopIteration as stop:
                return cast("PaintResult", stop.value)
            if isinstance(step, PaintStep):
                yield StudioStep(step, studio.finisher(step.picture), _memory(models))
            else:
                yield step


def _memory(models: Models) -> int:
    from engine.style.memory import peak_memory_bytes

    return peak_memory_bytes(models.device)


def recolour(finisher: Finisher, painted: Rgb) -> Task[None, Rgb]:
    """Put the colours wished for on a painting (uint8 H × W × 3), without painting again.

    Raises:
        EngineError: of reading the content, where it has not been read yet.
    """
    yield None
    return finisher(painted)


def save_from_studio(
    path: Path, painted: Rgb, provenance: Provenance, finisher: Finisher, deep: Rgb16 | None = None
) -> Task[None, Path]:
    """Save a painting in the colours wished for, in a TIFF with 16 bits a channel where they are known.

    Args:
        path: its ending chooses the format.
        painted: as painted, uint8 H × W × 3.
        provenance: what is saved along; its recipe gets the colours.
        finisher: whose colours.
        deep: the same picture with 16 bits.

    Raises:
        EngineError: of reading the content and of :func:`engine.style.save.save_painting`.
    """
    yield None
    wish = finisher.wish
    recipe = replace(provenance.recipe, color=wish.color, color_amount=wish.amount)
    printed = path.suffix.lower() in (".tif", ".tiff") and deep is not None
    source = deep if printed and deep is not None else painted
    save_painting(path, finisher.apply(source), replace(provenance, recipe=recipe))
    return path


def fetch_run(path: Path) -> Task[None, RunState | None]:
    """Read a run's state; None when there is none that can be used."""
    yield None
    try:
        return load_state(path)
    except EngineError:
        return None


def view_moment(studio: Studio, moment: Moment) -> Task[None, tuple[Rgb, Rgb]]:
    """Return a kept picture as painted, and in the colours wished for.

    Raises:
        EngineError: FILE_MISSING or FILE_UNREADABLE.
    """
    painted = studio.timeline.read(moment)
    yield None
    return painted, studio.finisher(painted)
