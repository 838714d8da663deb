"""What a painting run shows and returns. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb
from engine.progress import Progress
from engine.style.recipe import Recipe


@dataclass(frozen=True)
class Losses:
    """The objective J(G) = α·content + β·style + smoothing·tv at one iterate.

    ``content``, ``style`` and ``tv`` are unweighted; ``style`` is Σ λ_l E_l and ``style_layers`` holds
    the E_l by layer name; ``total`` is J.
    """

    total: float
    content: float
    style: float
    style_layers: Mapping[str, float]
    tv: float


@dataclass(frozen=True)
class Source:
    """One input of a painting: its role ("content", "style" or "mask"), file and SHA-256."""

    role: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Provenance:
    """What is saved along with the pixels of a painting.

    ``alpha`` is H × W, 0..255, at the painting's size, or None; ``exif`` and the colour profile ``icc``
    are the content's.
    """

    recipe: Recipe
    sources: tuple[Source, ...] = ()
    alpha: NDArray[np.uint8] | None = field(default=None, repr=False)
    exif: bytes = field(default=b"", repr=False)
    icc: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class IterationRecord:
    """One line of a run's log: the iteration counted from 1, its own seconds, the losses it met."""

    iteration: int
    seconds: float
    losses: Losses


@dataclass(frozen=True)
class PaintStep:
    """The snapshot after each iteration.

    ``picture`` is the whole painting after this iteration, uint8, H × W × 3; ``losses`` are those that
    this iteration measured, at the iterate that it started from; ``seconds`` is the iteration's own
    time, without pauses and without the work of other jobs.
    """

    iteration: int
    iterations: int
    picture: Rgb
    losses: Losses
    progress: Progress
    seconds: float
    provenance: Provenance


@dataclass(frozen=True)
class PaintResult:
    """The finished painting.

    ``rgb`` is uint8, H × W × 3; ``device`` is torch's name of it; ``peak_memory_bytes`` is the device's
    peak (of the whole process on a CPU), 0 where it is unknown.
    """

    rgb: Rgb
    provenance: Provenance
    log: tuple[IterationRecord, ...]
    device: str
    peak_memory_bytes: int
