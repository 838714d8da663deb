"""Painting by optimisation: the generator that the window, the command line and the tests all drive."""

from __future__ import annotations

import time
from collections.abc import Generator

from engine.convnets import ConvNet
from engine.device import memory_guard
from engine.images import Rgb
from engine.jobs import Task
from engine.style.live import Live
from engine.style.memory import peak_memory_bytes, start_counting
from engine.style.painting import CURE, Painting
from engine.style.pictures import Inputs
from engine.style.recipe import Recipe
from engine.style.runstate import RunState
from engine.style.steps import PaintResult, PaintStep


def stylise(
    network: ConvNet,
    recipe: Recipe,
    inputs: Inputs,
    *,
    live: Live | None = None,
    resume: RunState | None = None,
    start: Rgb | None = None,
) -> Task[PaintStep, PaintResult]:
    """Paint the content in the manner of the styles (Gatys, Ecker, Bethge 2015).

    Yields a :class:`PaintStep` after every iteration and ``None`` between the parts of one. Whoever
    drives it keeps the newest step: when the generator is closed or raises, that step's picture and
    provenance are all that there is to save. Every picture yielded is finite.

    Args:
        network: a frozen ConvNet with VGG's layer names; its device computes.
        recipe: checked here; its paths are not read.
        inputs: the pictures, at any size.
        live: changes controls while the painting grows, and takes the run's state out.
        resume: the state of a run of this recipe that was stopped: it goes on to the bit as if it had
            never stopped, on the same machine and device.
        start: a picture to start from at full size instead of the recipe's ``init``; one scale only.

    Raises:
        EngineError: BAD_VALUE, PICTURE_TOO_SMALL, OUT_OF_MEMORY, LOSS_NOT_FINITE, or of ``resume``
            RUN_STALE and RUN_DAMAGED.
    """
    recipe.check()
    device = network.mean.device
    with memory_guard(CURE):
        start_counting(device)
        painting = Painting(network, recipe, inputs, start)
        if resume is not None:
            painting.restore(resume)
        try:
            while not painting.finished:
                yield (yield from _iterate(painting, live))
        finally:
            if live is not None and not painting.finished:
                live.state.put(painting.capture())
                if painting.log:
                    live.deep.put(painting.show_deep())
    return PaintResult(
        painting.show(),
        painting.provenance,
        tuple(painting.log),
        str(device),
        peak_memory_bytes(device),
        painting.show_deep(),
    )


def _iterate(painting: Painting, live: Live | None) -> Generator[None, None, PaintStep]:
    """Do one iteration; its time leaves out what happens between checkpoints."""
    if live is not None and (controls := live.take_controls()) is not None:
        painting.change(controls)
    seconds = 0.0
    work = painting.iterate()
    while True:
        clock = time.perf_counter()
        try:
            next(work)
        except StopIteration as stop:
            losses = stop.value
            break
        finally:
            seconds += time.perf_counter() - clock
        yield None
    clock = time.perf_counter()
    rgb = painting.show()
    step = painting.record(losses, rgb, seconds + time.perf_counter() - clock)
    if live is not None and live.take_request():
        live.state.put(painting.capture())
    return step
