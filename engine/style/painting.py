"""One run: its scales, its iterate and optimiser, its log, and all of it as a state that can be kept."""

from __future__ import annotations

import dataclasses
import math
import statistics
from collections.abc import Generator

import torch
from torch import Tensor

from engine.convnets import ConvNet
from engine.device import memory_guard, release_memory
from engine.errors import EngineError, ErrorCode
from engine.images import Rgb, Rgb16
from engine.progress import Progress
from engine.style.balance import LARGEST_MEASURED, Pulls, measure
from engine.style.controls import Controls
from engine.style.easel import Easel
from engine.style.features import Features
from engine.style.memory import free_memory_bytes
from engine.style.objective import Objective, make_objective
from engine.style.optimise import make_optimiser
from engine.style.pictures import (
    SHORTEST,
    Inputs,
    alpha_at,
    bring_to_size,
    elongation,
    size_at,
    styles_at,
)
from engine.style.plan import choose_tile
from engine.style.precision import precision_of
from engine.style.recipe import CONTENT_LAYER, STYLE_LAYERS, Recipe
from engine.style.runstate import RunState, damaged
from engine.style.scales import scale_sizes, share_iterations
from engine.style.steps import IterationRecord, Losses, PaintStep, Provenance
from engine.style.style_losses import STYLE_LOSSES, SummedLoss
from engine.style.targets import Targets
from engine.style.tiles import Tiles, halved
from engine.style.tiling import TiledObjective
from engine.style.unit_term import parse_unit
from engine.tensors import to_tensor

CURE = "Choose a smaller size; half of it needs a quarter of the memory."


class Painting:
    """Knows what the next iteration needs; :func:`engine.style.stylise.stylise` drives it.

    Args:
        network: a frozen ConvNet.
        recipe: a checked recipe.
        inputs: the pictures as read.
        start: a picture to start from, at one scale; None for the recipe's own ``init``.

    Raises:
        EngineError: PICTURE_TOO_SMALL.
    """

    def __init__(self, network: ConvNet, recipe: Recipe, inputs: Inputs, start: Rgb | None) -> None:
        self._begun, self._recipe, self._inputs = recipe, recipe, inputs
        self._device = network.mean.device
        precision = precision_of(recipe.precision, network.mean.dtype, self._device)
        mirrored = recipe.edges == "mirrored"
        self._features = Features(network, layers_of(network, recipe), precision, mirrored=mirrored)
        pyramid = recipe.pyramid and start is None
        self.scales = scale_sizes(
            recipe.size, pyramid=pyramid, elongation=elongation(inputs), shortest=SHORTEST
        )
        self._shares = share_iterations(recipe.iterations, len(self.scales))
        self._start = None if start is None else to_tensor(start, self._device)
        self.log: list[IterationRecord] = []
        self._optimiser = make_optimiser(recipe)
        self._changes: tuple[tuple[int, Controls], ...] = ()
        self._scale = -1
        self._easel: Easel | None = None
        self._targets: Targets | None = None
        self._objective: Objective | TiledObjective | None = None
        self._pulls: Pulls | None = None
        self._tile = 0
        bring_to_size(inputs, recipe.size)  # what is too small is refused before anything is painted

    @property
    def finished(self) -> bool:
        """Whether all iterations are done."""
        return len(self.log) >= self._begun.iterations

    @property
    def provenance(self) -> Provenance:
        """What is saved along with the picture as it is now."""
        size = size_at(self._inputs.content, self._begun.size)
        return Provenance(
            self._recipe,
            self._inputs.sources,
            tuple((after, controls.to_json()) for after, controls in self._changes),
            size,
            alpha_at(self._inputs.content, size),
            self._inputs.content.exif,
            self._inputs.content.icc,
        )

    def change(self, controls: Controls) -> None:
        """Let other controls act from the next iteration on."""
        if controls == Controls.of(self._recipe):
            return
        if controls.brush != self._recipe.brush:
            self._targets = self._pulls = None
        if controls.style_weights != self._recipe.style_weights:
            self._pulls = None
        self._recipe = controls.on(self._recipe)
        self._objective = None
        self._changes = (*self._changes, (len(self.log), controls))
        self._optimiser.objective_changed(self._recipe)
        if self._easel is not None:
            self._easel.average_anew()

    def iterate(self) -> Generator[None, None, Losses]:
        """Move the picture by one step, with checkpoints between the parts.

        Raises:
            EngineError: LOSS_NOT_FINITE; the picture shown before is the last good one.
        """
        easel = self._easel_of(self._scale_of(len(self.log)))
        gradient, losses = yield from self._differentiate(easel)
        if not math.isfinite(losses.total):
            raise self._not_finite()
        before = easel.picture.clone()
        self._optimiser.step(easel.picture, gradient)
        if not bool(torch.isfinite(easel.picture).all()):
            easel.picture = before
            raise self._not_finite()
        easel.average()
        return losses

    def _differentiate(self, easel: Easel) -> Generator[None, None, tuple[Tensor, Losses]]:
        """Return gradient and losses; a picture that does not fit into memory is tried again from the same
        iterate in tiles, and in tiles of half the size, down to the smallest.

        Raises:
            EngineError: OUT_OF_MEMORY.
        """
        while True:
            try:
                with memory_guard(CURE):
                    if self._objective is None:
                        self._objective = yield from self._make_objective(easel)
                    return (yield from easel.differentiate(self._objective))
            except EngineError as error:
                smaller = halved(self._tile or max(easel.size))
                if error.code is not ErrorCode.OUT_OF_MEMORY or smaller is None or not self._can_tile:
                    raise
                release_memory(error)
            self._tile, self._objective = smaller, None

    @property
    def _can_tile(self) -> bool:
        return isinstance(STYLE_LOSSES[self._begun.loss], SummedLoss)

    def _scale_of(self, iteration: int) -> int:
        """Return the scale of the iteration counted from 0."""
        done = 0
        for scale, count in enumerate(self._shares):
            done += count
            if iteration < done:
                return scale
        return len(self._shares) - 1

    def _easel_of(self, scale: int) -> Easel:
        """Return the easel of a scale; when it is a new one, the picture comes along, enlarged."""
        if self._easel is not None and scale == self._scale:
            return self._easel
        before, self._easel = self._easel, self._make_easel(scale)
        if before is not None:
            self._easel.take(before.averaged)
            self._optimiser.rescaled(*self._easel.size)
        elif self._start is not None:
            self._easel.take(self._start)
        return self._easel

    def _make_easel(self, scale: int) -> Easel:
        self._scale = scale
        self._targets = self._objective = self._pulls = None
        sized = bring_to_size(self._inputs, self.scales[scale])
        noisy = self._begun.init == "noise" and self._start is None and scale == self._scale_of(0)
        easel = Easel(self._begun, sized, self._device, from_noise=noisy)
        height, width = easel.size
        free = free_memory_bytes(self._device)
        self._tile = choose_tile(width, height, free, wish=self._begun.tile, can_tile=self._can_tile)
        return easel

    def _make_objective(self, easel: Easel) -> Generator[None, None, Objective | TiledObjective]:
        tiles = Tiles(self._tile) if self._tile else None
        if self._targets is None:
            styles = styles_at(self._inputs, self.scales[self._scale], self._recipe.brush)
            loss = STYLE_LOSSES[self._begun.loss]
            tensors = easel.styles(styles)
            self._targets = Targets(self._features, loss, easel.content, tensors, easel.regions, tiles)
        self._targets.tiles = tiles
        objective = yield from make_objective(self._targets, self._recipe)
        by_strength = self._recipe.weighting == "strength"
        if by_strength or objective.unit is not None:
            if self._pulls is None or not self._pulls.cover(objective.weights.layers, objective.unit):
                self._pulls = yield from self._measure_pulls(objective, easel)
            weights = self._pulls.weights(self._recipe) if by_strength else objective.weights
            weights = dataclasses.replace(weights, gamma=self._pulls.gamma(self._recipe, weights.alpha))
            objective = dataclasses.replace(objective, weights=weights)
        return objective if tiles is None else TiledObjective(objective, tiles)

    def _measure_pulls(self, objective: Objective, easel: Easel) -> Generator[None, None, Pulls]:
        size = max(LARGEST_MEASURED, math.ceil(SHORTEST * elongation(self._inputs)))
        if max(easel.size) > size:
            sized = bring_to_size(self._inputs, size, self._recipe.brush)
            easel = Easel(self._begun, sized, self._device)
            loss, styles = objective.style_loss, easel.styles(sized.styles)
            targets = Targets(self._features, loss, easel.content, styles, easel.regions)
            objective = yield from make_objective(targets, self._recipe)
        pulls = measure(objective, easel.content)
        yield None
        return pulls

    def show(self) -> Rgb:
        """Return the painting as a fresh uint8 array."""
        assert self._easel is not None
        return self._easel.show()

    def show_deep(self) -> Rgb16:
        """Return the painting as painted, with 16 bits a channel, for prints."""
        assert self._easel is not None
        return self._easel.show_deep()

    def record(self, losses: Losses, rgb: Rgb, seconds: float) -> PaintStep:
        """Enter a finished iteration into the log and return its snapshot."""
        self.log.append(IterationRecord(len(self.log) + 1, seconds, losses, self._scale))
        return PaintStep(
            len(self.log),
            self._begun.iterations,
            rgb,
            losses,
            self._progress(),
            seconds,
            self.provenance,
            self._scale,
            self.scales,
            Controls.of(self._recipe),
        )

    def _progress(self) -> Progress:
        """Count the run's own seconds, so that a pause does not spoil the time left; an iteration takes
        time in proportion to its pixels."""
        done, total = len(self.log), self._begun.iterations
        recent = [each.seconds / self.scales[each.scale] ** 2 for each in self.log[-20:]]
        work = sum(self.scales[self._scale_of(index)] ** 2 for index in range(done, total))
        left = statistics.median(recent) * work if done > 1 else None
        return Progress(done, total, sum(each.seconds for each in self.log), left)

    def _not_finite(self) -> EngineError:
        adam = self._begun.optimizer == "adam"
        cure = "a smaller learning rate" if adam else "Adam, or a smaller style strength"
        return EngineError(
            ErrorCode.LOSS_NOT_FINITE,
            "The losses grew beyond all numbers, so the painting stopped; the last good picture is kept. "
            f"Try {cure}.",
        )

    def capture(self) -> RunState:
        """Return the state after the last whole iteration; fresh memory on the CPU."""
        tensors = {f"optimiser.{name}": tensor for name, tensor in self._optimiser.memory().items()}
        if self._easel is not None:
            tensors |= {f"easel.{name}": tensor for name, tensor in self._easel.memory().items()}
        values = {
            "iteration": len(self.log),
            "scale": self._scale,
            "controls": Controls.of(self._recipe).to_json(),
            "changes": [[after, controls.to_json()] for after, controls in self._changes],
            "log": [dataclasses.asdict(record) for record in self.log],
        }
        arrays = {name: tensor.detach().cpu().numpy().copy() for name, tensor in tensors.items()}
        return RunState(self._begun, self._inputs.sources, values, arrays)

    def restore(self, state: RunState) -> None:
        """Take over a state of a run of the same recipe.

        Raises:
            EngineError: BAD_VALUE for another recipe, RUN_STALE for other pictures, RUN_DAMAGED.
        """
        if state.recipe != self._begun:
            raise EngineError(
                ErrorCode.BAD_VALUE, "This run was begun with another recipe; go on with its own.", "recipe"
            )
        state.check_sources(self._inputs.sources)
        try:
            self._take_over(state)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise damaged() from error

    def _take_over(self, state: RunState) -> None:
        values = state.values
        self._recipe = Controls.from_json(values["controls"]).on(self._begun)
        self._recipe.check()
        self._changes = tuple((after, Controls.from_json(each)) for after, each in values["changes"])
        self.log = [
            IterationRecord(**record | {"losses": Losses(**record["losses"])}) for record in values["log"]
        ]
        if len(self.log) != values["iteration"]:
            raise ValueError("the log is not whole")
        if not state.arrays:
            return
        self._easel = self._make_easel(int(values["scale"]))
        self._easel.restore(self._tensors(state, "easel."))
        self._optimiser.objective_changed(self._recipe)
        self._optimiser.restore(self._tensors(state, "optimiser."))

    def _tensors(self, state: RunState, prefix: str) -> dict[str, Tensor]:
        return {
            name.removeprefix(prefix): torch.from_numpy(array.copy()).to(self._device)
            for name, array in state.arrays.items()
            if name.startswith(prefix)
        }


def layers_of(network: ConvNet, recipe: Recipe) -> set[str]:
    """Return the layers that a recipe could look at.

    Raises:
        EngineError: BAD_VALUE when the network has no such layer for the recipe's unit.
    """
    wanted = {CONTENT_LAYER, *STYLE_LAYERS}
    unit = parse_unit(recipe.unit)
    if unit is None:
        return wanted
    if unit.activation not in network.layers:
        raise EngineError(ErrorCode.BAD_VALUE, f"{network.name} has no layer {unit.layer}.", "unit")
    return wanted | {unit.activation}
