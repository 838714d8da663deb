"""How quick this machine is at painting: measured once in a few seconds, kept in the user's data. No torch
before the measurement."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from engine.errors import EngineError
from engine.files import writing
from engine.images import Picture
from engine.jobs import Task
from engine.models import Models
from engine.style.pictures import Inputs
from engine.style.recipe import Recipe
from engine.style.steps import PaintStep

if TYPE_CHECKING:
    from engine.convnets import ConvNet

SIDES = (64, 160)
"""Longer sides of the two pictures that are painted to measure with."""

ITERATIONS = 4
"""At each size; the first one, which measures the style too, does not count."""


@dataclass(frozen=True)
class Speed:
    """An iteration of P pixels takes ``fixed`` + ``per_pixel``·P seconds."""

    fixed: float
    per_pixel: float

    def iteration(self, pixels: float) -> float:
        """Return how long an iteration takes at so many pixels, in seconds."""
        return self.fixed + self.per_pixel * pixels


def fit(pixels: Sequence[float], seconds: Sequence[float]) -> Speed:
    """Draw the line through two measurements; neither part of it is below 0."""
    slope = (seconds[1] - seconds[0]) / (pixels[1] - pixels[0])
    slope = max(slope, 0.5 * seconds[1] / pixels[1])
    return Speed(max(0.0, seconds[1] - slope * pixels[1]), slope)


def key_of(recipe: Recipe, device: str) -> str:
    """Return what the speed depends on: device, network, style loss and precision."""
    return "/".join((device, recipe.network, recipe.loss, recipe.precision))


def known_speed(path: Path, key: str) -> Speed | None:
    """Return what was measured before; None where nothing was, or where the file cannot be read."""
    try:
        return Speed(**json.loads(path.read_text())[key])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_speed(path: Path, key: str, speed: Speed) -> None:
    """Keep a measurement beside the others.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    try:
        found = dict(json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        found = {}
    with writing(path) as file:
        file.write(json.dumps(found | {key: asdict(speed)}, indent=1).encode())


def measure_speed(models: Models, recipe: Recipe, path: Path) -> Task[None, Speed]:
    """Return the speed that is known, or paint two small pictures of noise in the recipe's manner.

    Raises:
        EngineError: of the network's file. That the measurement cannot be kept is no error.
    """
    key = key_of(recipe, models.device)
    known = known_speed(path, key)
    if known is not None:
        return known
    yield None
    from engine.style.stylise import stylise

    network = cast("ConvNet", models.network(recipe.network))
    pixels, seconds = [], []
    for side in SIDES:
        noise = np.random.default_rng(side).integers(0, 256, (2, side, side, 3), dtype=np.uint8)
        inputs = Inputs(Picture(noise[0]), (Picture(noise[1]),))
        trial = Recipe(styles=("noise",), size=side, iterations=ITERATIONS, pyramid=False)
        trial = replace(
            trial,
            **{name: getattr(recipe, name) for name in ("network", "loss", "precision", "optimizer")},
        )
        taken = []
        for step in stylise(network, trial, inputs):
            if isinstance(step, PaintStep):
                taken.append(step.seconds)
            yield None
        pixels.append(float(side * side))
        seconds.append(statistics.median(taken[1:]))
    speed = fit(pixels, seconds)
    with suppress(EngineError):  # the next start measures again
        keep_speed(path, key, speed)
    return speed
