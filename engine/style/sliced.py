"""The sliced Wasserstein distance between the activations of two pictures.

Bonneel, Rabin, Peyré, Pfister 2015, "Sliced and Radon Wasserstein Barycenters of Measures", eq. 8, as a
style loss: Heitz, Vanhoey, Chambon, Belcour 2021, "A Sliced Wasserstein Loss for Neural Texture Synthesis",
eq. 4. Unlike Gram matrices it compares the whole distribution of the activations, not two moments.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.style.losses import Statistics, positions_by_units

QUANTILES = 4096
"""Every style is kept as this many quantiles a direction, so that styles of all sizes can be blended."""


def directions(units: int, like: Tensor) -> Tensor:
    """Return unit vectors, N × K: always the same ones, so that the loss is one function for a whole run."""
    count = max(32, units // 4)
    generator = torch.Generator().manual_seed(units)
    drawn = torch.randn(units, count, generator=generator, dtype=torch.float64)
    unit: Tensor = drawn / torch.linalg.vector_norm(drawn, dim=0)
    return unit.to(like)


def sorted_projections(activation: Tensor, weights: Tensor | None = None) -> Statistics:
    """Return (the positions projected onto each direction, in ascending order,), K × M.

    Args:
        activation: 1 × N × H × W.
        weights: H × W, 0..1; only positions of more than a half count. None for all.
    """
    rows = positions_by_units(activation)
    if weights is not None:
        rows = rows[weights.flatten() > 0.5]
    projected: Tensor = (rows @ directions(rows.shape[1], rows)).T.contiguous()
    return (projected.sort(dim=1).values,)


def quantiles(statistics: Statistics) -> Statistics:
    """Return (sorted projections, resampled to :data:`QUANTILES`,); linear, so that styles can be blended:
    in one dimension the mean of quantile functions is the Wasserstein barycentre."""
    return (_resampled(statistics[0], QUANTILES),)


def sliced_distance(found: Statistics, target: Statistics) -> Tensor:
    """Return 1/(K M) Σ_k Σ_m (x_km − y_km)², x and y sorted: the mean squared 1-D Wasserstein-2 distance."""
    positions = found[0].shape[1]
    if positions == 0:
        return found[0].sum()
    return (found[0] - _resampled(target[0], positions)).square().mean()


def _resampled(ascending: Tensor, count: int) -> Tensor:
    """Read K × M sorted values as quantile functions at ``count`` midpoints, linearly in between."""
    if ascending.shape[1] == count:
        return ascending
    return F.interpolate(ascending[None], size=count, mode="linear", align_corners=False)[0]
