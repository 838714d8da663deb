"""Nearest neighbours instead of statistics: the relaxed earth mover's distance between two pictures.

Kolkin, Salavon, Shakhnarovich 2019, "Style Transfer by Relaxed Optimal Transport and Self-Similarity"
(STROTSS), eq. 2 to 4: every position of the painting wants to be like some position of the style, and every
position of the style wants to be like some position of the painting. With the cosine distance c of
activations,

    R = max( 1/M Σ_i min_j c(F_i, S_j),  1/K Σ_j min_i c(F_i, S_j) ).

The cosine does not see how strong activations are, so mean and covariance are held as well (their eq. 6).
There it is the sum of absolute differences; here of squares, relative to the style's, so that L-BFGS meets a
smooth function: |μ − μ′|² / |μ′|² + |Σ − Σ′|² / |Σ′|².
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.style.losses import Statistics, gram, mean_of, positions_by_units

SAMPLE = 1024
"""Positions kept of the styles of a painting, spread evenly over them; the paper draws as many."""

CHUNK = 8192
"""Positions of the painting that are held against the sample at once."""

_LEAST = 1e-6
"""Added under the root of a squared length: after a ReLU a whole activation can be 0."""


def rows_and_moments(activation: Tensor, weights: Tensor | None = None) -> Statistics:
    """Return (F, M × N; mean, N; second moment, N × N).

    Args:
        activation: 1 × N × H × W.
        weights: H × W, 0..1; only positions of more than a half count. None for all.
    """
    rows = positions_by_units(activation)
    if weights is None:
        return rows, rows.mean(dim=0), gram(activation) / rows.shape[0]
    rows = rows[weights.flatten() > 0.5]
    count = max(rows.shape[0], 1)
    return rows, rows.sum(dim=0) / count, rows.T @ rows / count


def sampled(statistics: Statistics) -> Statistics:
    """Return the same with :data:`SAMPLE` of the positions, always the same ones."""
    rows, mean, second = statistics
    return _some(rows, SAMPLE), mean, second


def pooled(parts: Sequence[Statistics], shares: Sequence[float]) -> Statistics:
    """Blend styles: positions of each in proportion to its share, and the mean of their moments."""
    rows = [_some(part[0], round(SAMPLE * share)) for part, share in zip(parts, shares, strict=True)]
    return (torch.cat(rows), *mean_of([part[1:] for part in parts], shares))


def unit_target(statistics: Statistics) -> Statistics:
    """Bring the positions of a target to unit length, once."""
    rows, mean, second = statistics
    return unit(rows), mean, second


def relaxed_distance(found: Statistics, target: Statistics) -> Tensor:
    """Return R + |μ − μ′|² / |μ′|² + |Σ − Σ′|² / |Σ′|²."""
    rows, mean, second = found
    wanted_rows, wanted_mean, wanted_second = target
    if rows.shape[0] == 0:
        return rows.sum()
    ours = unit(rows)
    nearest_style, nearest_ours = nearest(ours.detach(), wanted_rows)
    towards_style = 1 - (ours * wanted_rows[nearest_style]).sum(dim=1).mean()
    towards_ours = 1 - (ours[nearest_ours] * wanted_rows).sum(dim=1).mean()
    spread = second - torch.outer(mean, mean)
    wanted = wanted_second - torch.outer(wanted_mean, wanted_mean)
    moments = _relative(mean, wanted_mean) + _relative(spread, wanted)
    return torch.maximum(towards_style, towards_ours) + moments


@torch.no_grad()
def nearest(ours: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
    """Return the index of the nearest style position for each of ours (M), and of ours for each of the
    style's (K); both sets have unit length. No more than :data:`CHUNK` × K numbers are held at once."""
    best = torch.full((style.shape[0],), -2.0, dtype=ours.dtype, device=ours.device)
    of_style = torch.zeros(style.shape[0], dtype=torch.long, device=ours.device)
    of_ours = []
    for start in range(0, ours.shape[0], CHUNK):
        likeness = ours[start : start + CHUNK] @ style.T
        of_ours.append(likeness.argmax(dim=1))
        value, index = likeness.max(dim=0)
        of_style = torch.where(value > best, index + start, of_style)
        best = torch.maximum(best, value)
    return torch.cat(of_ours), of_style


def unit(rows: Tensor) -> Tensor:
    """Return every row at (nearly) unit length."""
    return rows / (rows.square().sum(dim=1, keepdim=True) + _LEAST).sqrt()


def _some(rows: Tensor, count: int) -> Tensor:
    """Return ``count`` rows drawn without repetition, or all where there are fewer."""
    generator = torch.Generator().manual_seed(rows.shape[0])
    order = torch.randperm(rows.shape[0], generator=generator)[:count].sort().values
    return rows[order.to(rows.device)]


def _relative(found: Tensor, wanted: Tensor) -> Tensor:
    return (found - wanted).square().sum() / wanted.square().sum().clamp_min(1e-12)
