"""The table of style losses: how each describes an activation, and how far two descriptions are apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from torch import Tensor

from engine.style.losses import (
    Statistics,
    gaussian_of_sums,
    gaussian_target,
    gram_distance,
    gram_of_sums,
    mean_of,
    w2_distance,
    weighted_sums,
)
from engine.style.relaxed import pooled, relaxed_distance, rows_and_moments, sampled, unit_target
from engine.style.sliced import quantiles, sliced_distance, sorted_projections


class StyleLoss(Protocol):
    """What the objective asks of a style loss."""

    @property
    def distance(self) -> Callable[[Statistics, Statistics], Tensor]:
        """How far statistics are from a prepared target's."""

    @property
    def prepare(self) -> Callable[[Statistics], Statistics]:
        """Completes the blended statistics of a target, once."""

    def describe(
        self, activation: Tensor, weights: Tensor | None = None, moment: Tensor | None = None
    ) -> Statistics:
        """Return the statistics of an activation, 1 × N × H × W, with weights (H × W) of its positions.

        ``moment`` is its second moment over all positions, N × N, where that is known.
        """

    def blendable(self, statistics: Statistics) -> Statistics:
        """Bring a style's statistics to a form that is kept, and that can be blended."""

    def blend(self, parts: Sequence[Statistics], shares: Sequence[float]) -> Statistics:
        """Return one target of several styles' blendable statistics, by shares that add up to 1."""


@dataclass(frozen=True)
class SummedLoss:
    """A style loss of sums over positions, which can be gathered tile by tile.

    ``sums`` gathers an activation, of which the second moment may be known; ``of_sums`` makes
    statistics of the sums and the positions' total weight.
    """

    sums: Callable[[Tensor, Tensor | None, Tensor | None], Statistics]
    of_sums: Callable[[Statistics, float], Statistics]
    prepare: Callable[[Statistics], Statistics]
    distance: Callable[[Statistics, Statistics], Tensor]

    def describe(
        self, activation: Tensor, weights: Tensor | None = None, moment: Tensor | None = None
    ) -> Statistics:
        """Return the statistics of a whole activation."""
        mass = float(activation.shape[2] * activation.shape[3]) if weights is None else float(weights.sum())
        return self.of_sums(self.sums(activation, weights, moment), max(mass, 1e-6))

    def blendable(self, statistics: Statistics) -> Statistics:
        """Moments are blended as they are."""
        return statistics

    def blend(self, parts: Sequence[Statistics], shares: Sequence[float]) -> Statistics:
        """Return the mean of the moments."""
        return mean_of(parts, shares)


@dataclass(frozen=True)
class WholeLoss:
    """A style loss that needs all positions of the picture at once, and so cannot be tiled.

    ``gather`` describes an activation, ``keep`` makes it blendable, ``mix`` blends.
    """

    gather: Callable[[Tensor, Tensor | None], Statistics]
    keep: Callable[[Statistics], Statistics]
    mix: Callable[[Sequence[Statistics], Sequence[float]], Statistics]
    prepare: Callable[[Statistics], Statistics]
    distance: Callable[[Statistics, Statistics], Tensor]

    def describe(
        self, activation: Tensor, weights: Tensor | None = None, moment: Tensor | None = None
    ) -> Statistics:
        """Return the statistics of a whole activation; ``moment`` is not needed."""
        return self.gather(activation, weights)

    def blendable(self, statistics: Statistics) -> Statistics:
        """Return what is kept of a style."""
        return self.keep(statistics)

    def blend(self, parts: Sequence[Statistics], shares: Sequence[float]) -> Statistics:
        """Blend several styles."""
        return self.mix(parts, shares)


STYLE_LOSSES: Mapping[str, SummedLoss | WholeLoss] = {
    "gram": SummedLoss(partial(weighted_sums, means=False), gram_of_sums, tuple, gram_distance),
    "w2": SummedLoss(partial(weighted_sums, means=True), gaussian_of_sums, gaussian_target, w2_distance),
    "sliced": WholeLoss(sorted_projections, quantiles, mean_of, tuple, sliced_distance),
    "remd": WholeLoss(rows_and_moments, sampled, pooled, unit_target, relaxed_distance),
}
