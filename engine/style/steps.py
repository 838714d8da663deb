"""What a painting run shows and returns. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb, Rgb16
from engine.progress import Progress
from engine.style.controls import Controls
from engine.style.recipe import Recipe


@dataclass(frozen=True)
class Losses:
    """The objective J(G) = α·content + β·style + smoothing·tv at one iterate.

    ``content``, ``style`` and ``tv`` are unweighted; ``style`` is Σ λ_l E_l and ``style_layers`` holds
    the E_l by layer name; ``total`` is J. ``alpha``, ``beta`` and ``smoothing`` are the weights in force,
    which under ``weighting="strength"`` are not the recipe's own. ``unit`` is how strongly the recipe's unit
    answers and ``gamma`` its weight: −gamma·unit is a part of J.
    """

    total: float
    content: float
    style: float
    style_layers: Mapping[str, float]
    tv: float
    alpha: float = 1.0
    beta: float = 1.0
    smoothing: float = 0.0
    unit: float = 0.0
    gamma: float = 0.0


@dataclass(frozen=True)
class Source:
    """One input of a painting: its role ("content", "style" or "mask"), file and SHA-256."""

    role: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Provenance:
    """What is saved along with the pixels of a painting.

    ``recipe`` has the controls last in force; ``changes`` lists when a person changed them: (iterations
    done before, controls as JSON), oldest first, so that the painting can be made again. ``size`` is the
    width and height of the finished painting, which is saved at no less even if it was stopped at a
    smaller scale; None where unknown. ``alpha`` is H × W, 0..255, at that size, or None; ``exif`` and the
    colour profile ``icc`` are the content's.
    """

    recipe: Recipe
    sources: tuple[Source, ...] = ()
    changes: tuple[tuple[int, Mapping[str, Any]], ...] = ()
    size: tuple[int, int] | None = None
    alpha: NDArray[np.uint8] | None = field(default=None, repr=False)
    exif: bytes = field(default=b"", repr=False)
    icc: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class IterationRecord:
    """One line of a run's log: the iteration counted from 1, its own seconds, the losses it met, and the
    scale counted from 0."""

    iteration: int
    seconds: float
    losses: Losses
    scale: int = 0


@dataclass(frozen=True)
class PaintStep:
    """The snapshot after each iteration.

    ``iteration`` counts from 1 over all scales, up to ``iterations``. ``picture`` is the whole painting
    after this iteration, uint8, H × W × 3, at the size of the present scale; ``scale`` counts from 0 and
    indexes ``scales``, the longer sides of all scales in pixels, the last of which is the recipe's size.
    ``losses`` are those that this iteration measured, at the iterate that it started from; ``seconds`` is
    the iteration's own time, without pauses and without the work of other jobs. ``controls`` are those in
    force.
    """

    iteration: int
    iterations: int
    picture: Rgb
    losses: Losses
    progress: Progress
    seconds: float
    provenance: Provenance
    scale: int
    scales: tuple[int, ...]
    controls: Controls


@dataclass(frozen=True)
class PaintResult:
    """The finished painting.

    ``rgb`` is uint8, H × W × 3; ``device`` is torch's name of it; ``peak_memory_bytes`` is the device's
    peak (of the whole process on a CPU), 0 where it is unknown; ``deep`` is the painting as painted with
    16 bits a channel.
    """

    rgb: Rgb
    provenance: Provenance
    log: tuple[IterationRecord, ...]
    device: str
    peak_memory_bytes: int
    deep: Rgb16 | None = field(default=None, repr=False)
