"""What the window and the command line ask for. torch is imported only when a task runs."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from engine.images import Rgb, Rgb16
from engine.jobs import Checkpoint, Task
from engine.models import Models
from engine.style.finish import Finish, Finisher
from engine.style.live import Live
from engine.style.pictures import read_inputs
from engine.style.recipe import Recipe
from engine.style.runstate import RunState, load_state, save_state
from engine.style.save import read_painting, save_painting
from engine.style.steps import PaintResult, PaintStep, Provenance

if TYPE_CHECKING:
    from engine.convnets import ConvNet


def paint(
    models: Models,
    recipe: Recipe,
    live: Live | None = None,
    *,
    resume: RunState | None = None,
    start: Rgb | None = None,
    keep: Path | None = None,
) -> Task[PaintStep, PaintResult]:
    """Read the recipe's pictures and paint; a :class:`PaintStep` after every iteration.

    The driver keeps the newest step: it is what remains of a run that is stopped or that fails.

    Args:
        models: the networks.
        recipe: what to paint; with ``resume``, the one that the stopped run began with.
        live: changes controls while the painting grows, and takes the run's state out; made here where
            only ``keep`` is wanted.
        resume: the state of a stopped run, from ``live.state`` or :func:`load_run`.
        start: a picture to start from, such as a moment of an earlier run; one scale only.
        keep: where to write the run's state when the run ends early, whatever ends it: a cancelled job, a
            closed window, an error. The file vanishes when the painting is finished.

    Raises:
        EngineError: of reading the pictures, of the network's file, and of
            :func:`engine.style.stylise.stylise`.
    """
    recipe.check()
    inputs = read_inputs(recipe)
    yield None
    from engine.style.stylise import stylise

    network = cast("ConvNet", models.network(recipe.network))
    yield None
    wires = live or Live(recipe)
    finisher = Finisher(recipe, Finish(recipe.color, recipe.color_amount))
    try:
        steps = stylise(network, recipe, inputs, live=wires, resume=resume, start=start)
        result = yield from _coloured(steps, finisher)
    except BaseException:
        if (stopped := wires.deep.take()) is not None:
            wires.deep.put(_deep(finisher, stopped))
        if keep is not None and (state := wires.state.take()) is not None and state.iteration:
            wires.state.put(state)
            save_state(keep, state)
        raise
    if keep is not None:
        keep.unlink(missing_ok=True)
    return result


def _coloured(
    steps: Task[PaintStep, PaintResult], finisher: Finisher
) -> Generator[PaintStep | Literal[Checkpoint.WAIT] | None, None, PaintResult]:
    """Pass a painting on in the colours that its recipe wishes for."""
    with closing(steps):
        while True:
            try:
                step = next(steps)
            except StopIteration as stop:
                result = cast("PaintResult", stop.value)
                break
            yield replace(step, picture=finisher(step.picture)) if isinstance(step, PaintStep) else step
    deep = None if result.deep is None else _deep(finisher, result.deep)
    return replace(result, rgb=finisher(result.rgb), deep=deep)


def _deep(finisher: Finisher, picture: Rgb16) -> Rgb16:
    return finisher.apply(picture).astype(np.uint16, copy=False)


def save_run(path: Path, state: RunState) -> Task[None, Path]:
    """Write a run's state off the window's thread; see :func:`engine.style.runstate.save_state`."""
    yield None
    save_state(path, state)
    return path


def load_run(path: Path) -> Task[None, RunState]:
    """Read a run's state back; see :func:`engine.style.runstate.load_state`."""
    yield None
    return load_state(path)


def save(path: Path, rgb: Rgb | Rgb16, provenance: Provenance) -> Task[None, Path]:
    """Save a painting off the window's thread; see :func:`engine.style.save.save_painting`."""
    yield None
    save_painting(path, rgb, provenance)
    return path


def reopen(path: Path) -> Task[None, tuple[Rgb, Provenance] | None]:
    """Read a painting that was saved when the window closed; see :func:`engine.style.save.read_painting`."""
    yield None
    return read_painting(path)
