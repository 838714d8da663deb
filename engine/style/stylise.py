"""Painting by optimisation: the generator that the window, the command line and the tests all drive."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor

from engine.convnets import ConvNet
from engine.device import memory_guard
from engine.errors import EngineError, ErrorCode
from engine.images import Rgb
from engine.jobs import Task
from engine.progress import Progress
from engine.style.colour import keep_chroma, match_palette, protect
from engine.style.memory import peak_memory_bytes, start_counting
from engine.style.objective import Objective, Terms, make_objective
from engine.style.optimise import gradient_scale, make_optimiser
from engine.style.pictures import Inputs, Sized, bring_to_size
from engine.style.recipe import Recipe
from engine.style.steps import IterationRecord, Losses, PaintResult, PaintStep, Provenance
from engine.tensors import to_rgb, to_tensor

_CURE: Final = "Choose a smaller size; half of it needs a quarter of the memory."
_NOISE_MEAN, _NOISE_DEVIATION = 0.5, 0.25


def stylise(network: ConvNet, recipe: Recipe, inputs: Inputs) -> Task[PaintStep, PaintResult]:
    """Paint the content in the manner of the styles (Gatys, Ecker, Bethge 2015).

    Yields a :class:`PaintStep` after every iteration and ``None`` between the parts of one. Whoever
    drives it keeps the newest step: when the generator is closed or raises, that step's picture and
    provenance are all that there is to save. Every picture yielded is finite.

    Args:
        network: a frozen ConvNet with VGG's layer names; its device computes.
        recipe: checked here; its paths are not read.
        inputs: the pictures, at any size.

    Raises:
        EngineError: BAD_VALUE, PICTURE_TOO_SMALL, OUT_OF_MEMORY, or LOSS_NOT_FINITE.
    """
    recipe.check()
    sized = bring_to_size(inputs, recipe.size)
    provenance = Provenance(recipe, inputs.sources, sized.alpha, inputs.content.exif)
    device = network.mean.device
    with memory_guard(_CURE):
        start_counting(device)
        easel = Easel(recipe, sized, device)
        objective = yield from make_objective(network, recipe, easel.content, easel.styles(sized))
        optimiser = make_optimiser(recipe, easel.picture)
        log: list[IterationRecord] = []
        for iteration in range(1, recipe.iterations + 1):
            clock = time.perf_counter()
            terms = easel.measure(objective)
            elapsed = time.perf_counter() - clock
            yield None
            clock = time.perf_counter()
            losses = easel.advance(terms, optimiser.step)
            rgb = easel.show()
            seconds = elapsed + time.perf_counter() - clock
            log.append(IterationRecord(iteration, seconds, losses))
            progress = _progress(log, recipe.iterations)
            yield PaintStep(iteration, recipe.iterations, rgb, losses, progress, seconds, provenance)
    return PaintResult(rgb, provenance, tuple(log), str(device), peak_memory_bytes(device))


class Easel:
    """The picture being painted: the free pixels, what is protected, and how the result is shown.

    Args:
        recipe: where to start, and whose colours.
        sized: the pictures at the painting's size.
        device: where to compute.
    """

    def __init__(self, recipe: Recipe, sized: Sized, device: torch.device) -> None:
        self._recipe = recipe
        self.content = to_tensor(sized.content, device)
        self._mask: Tensor | None = None
        if sized.mask is not None:
            self._mask = torch.from_numpy(sized.mask).to(device).float().div(255)[None, None]
        start = self.content if recipe.init == "content" else _noise(self.content, recipe.seed)
        self.picture = start.clone(memory_format=torch.contiguous_format).requires_grad_()

    def styles(self, sized: Sized) -> list[Tensor]:
        """Return the style pictures as tensors, in the content's palette if the recipe says so."""
        styles = [to_tensor(style, self.content.device) for style in sized.styles]
        if self._recipe.color == "match":
            return [match_palette(style, self.content) for style in styles]
        return styles

    @torch.enable_grad()
    def measure(self, objective: Objective) -> Terms:
        """Evaluate the objective at the present iterate."""
        return objective(protect(self.picture, self.content, self._mask))

    def advance(self, terms: Terms, move: Callable[[Tensor], None]) -> Losses:
        """Differentiate, move the picture one step, and bring it back to 0..1.

        Raises:
            EngineError: LOSS_NOT_FINITE; the picture shown before is the last good one.
        """
        self.picture.grad = None
        (terms.total * gradient_scale(self.picture)).backward()  # type: ignore[no-untyped-call]
        losses = terms.numbers()
        if not math.isfinite(losses.total):
            raise _not_finite(self._recipe)
        move(terms.total.detach())
        with torch.no_grad():
            if not bool(torch.isfinite(self.picture).all()):
                raise _not_finite(self._recipe)
            self.picture.clamp_(0, 1)
        return losses

    @torch.no_grad()
    def show(self) -> Rgb:
        """Return the painting as a fresh uint8 array, with the recipe's colours and protection."""
        painted = self.picture
        if self._recipe.color == "photo":
            painted = keep_chroma(painted, self.content)
        return to_rgb(protect(painted, self.content, self._mask))


def _noise(like: Tensor, seed: int) -> Tensor:
    """Gaussian white noise around mid-grey, drawn on the CPU so that every device starts alike."""
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(like.shape, generator=generator) * _NOISE_DEVIATION + _NOISE_MEAN
    return noise.clamp_(0, 1).to(like)


def _progress(log: list[IterationRecord], total: int) -> Progress:
    """Count the run's own seconds, so that a pause does not spoil the time left."""
    seconds = sum(record.seconds for record in log)
    recent = statistics.median(record.seconds for record in log[-20:])
    return Progress(len(log), total, seconds, recent * (total - len(log)) if len(log) > 1 else None)


def _not_finite(recipe: Recipe) -> EngineError:
    cure = "a smaller learning rate" if recipe.optimizer == "adam" else "Adam, or a smaller style strength"
    return EngineError(
        ErrorCode.LOSS_NOT_FINITE,
        f"The losses grew beyond all numbers, so the painting stopped; the last good picture is kept. "
        f"Try {cure}.",
    )
