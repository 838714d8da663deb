"""What an index says about its units beyond their nine: distribution, rarity, likeness. No torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.explorer.index import Index
from engine.explorer.tally import edges, strongest_first
from engine.explorer.topk import NOBODY

ALIKE = 0.999
"""Correlation over the random sample from which two units that peak at the same places are one twice."""

ALWAYS = 0.5
"""A unit is always on when its weakest picture reaches this share of its strongest."""


@dataclass(frozen=True)
class Distribution:
    """How often a unit's maximum over a picture lay where, over all scanned pictures.

    ``counts[i]`` pictures lie in ``edges[i]`` … ``edges[i + 1]``; ``shown`` are the values of the (at most
    nine) strongest, ``weakest`` the smallest maximum of all.
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.int32]
    shown: tuple[float, ...]
    weakest: float
    pictures: int


def distribution(index: Index, layer: str, unit: int, shown: int = 9) -> Distribution:
    """Return a unit's distribution, cut to the bins that hold pictures.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    nine = tuple(entry.value for entry in index.entries(layer, unit, shown))
    counts = index.tallies[layer].counts[unit]
    used = np.flatnonzero(counts)
    first, stop = (int(used[0]), int(used[-1]) + 1) if used.size else (0, 0)
    weakest = float(strongest_first(index.tallies[layer].weakest).values[unit, 0])
    return Distribution(
        edges()[first : stop + 1], counts[first:stop].copy(), nine, weakest, len(index.pictures)
    )


def share_below(index: Index, layer: str, values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for every unit of a layer which share of the scanned pictures stays below a value.

    Exact among the strongest that are kept; below them it is read off the counts, linearly within a bin.

    Args:
        values: one per unit.
    """
    counts = index.tallies[layer].counts.astype(np.float64)
    pictures = max(1, len(index.pictures))
    limits = edges()
    place = np.clip(np.searchsorted(limits, values, side="right") - 1, 0, counts.shape[1] - 1)
    units = np.arange(len(values))
    before = np.cumsum(counts, axis=1)[units, place] - counts[units, place]
    within = np.clip((values - limits[place]) / (limits[place + 1] - limits[place]), 0, 1)
    below = before + within * counts[units, place]
    top = index.tops[layer]
    stronger = ((top.values >= values[:, None]) & (top.pictures != NOBODY)).sum(axis=1)
    kept = (top.pictures != NOBODY).sum(axis=1)
    share: NDArray[np.float64] = np.where(stronger < kept, pictures - stronger, below) / pictures
    return np.clip(share, 0.0, 1.0)


@dataclass(frozen=True)
class Neighbour:
    """A unit and how alike it is: the correlation of maxima over the random sample, −1 to 1."""

    unit: int
    likeness: float


def neighbours(index: Index, layer: str, unit: int, count: int = 8) -> tuple[Neighbour, ...]:
    """Return the units of the same layer that respond most like this one, most alike first.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    index.unit(layer, unit)
    likeness = _correlations(index, layer)[unit]
    likeness[unit] = -np.inf
    order = np.argsort(-likeness, kind="stable")[:count]
    return tuple(Neighbour(int(one), float(likeness[one])) for one in order if np.isfinite(likeness[one]))


@dataclass(frozen=True)
class Oddities:
    """Units of a layer that a person should know about.

    ``dead``: the maximum was the same on every picture and not above 0 (behind a ReLU: never anything).
    ``always_on``: even the weakest picture reaches half of the strongest. ``duplicates``: groups of units
    that respond alike (correlation ≥ 0.999) and peak at the same places on the random sample.
    """

    layer: str
    dead: tuple[int, ...]
    always_on: tuple[int, ...]
    duplicates: tuple[tuple[int, ...], ...]


def oddities(index: Index, layer: str) -> Oddities:
    """Look for dead, always-on and duplicate units.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    index.layer(layer)
    strongest = index.tops[layer].values[:, 0]
    weakest = strongest_first(index.tallies[layer].weakest).values[:, 0]
    dead = (strongest <= 0) & (strongest == weakest)
    always = ~dead & (strongest > 0) & (weakest >= ALWAYS * strongest)
    return Oddities(
        layer,
        tuple(int(unit) for unit in np.flatnonzero(dead)),
        tuple(int(unit) for unit in np.flatnonzero(always)),
        _duplicates(index, layer, dead),
    )


def _duplicates(index: Index, layer: str, dead: NDArray[np.bool_]) -> tuple[tuple[int, ...], ...]:
    positions = index.sample.positions[layer]
    alike = _correlations(index, layer) >= ALIKE
    groups, grouped = [], set(np.flatnonzero(dead).tolist())
    for unit in range(len(positions)):
        if unit in grouped:
            continue
        same = [
            int(other)
            for other in np.flatnonzero(alike[unit])
            if other not in grouped and np.array_equal(positions[unit], positions[other])
        ]
        if len(same) > 1:
            groups.append(tuple(same))
            grouped.update(same)
    return tuple(groups)


def _correlations(index: Index, layer: str) -> NDArray[np.float64]:
    """Return units × units; −∞ where a unit never varies."""
    values = index.sample.values[layer].astype(np.float64)
    centred = values - values.mean(axis=1, keepdims=True) if values.shape[1] else values
    lengths = np.linalg.norm(centred, axis=1)
    scaled = centred / np.where(lengths > 0, lengths, 1)[:, None]
    correlations: NDArray[np.float64] = scaled @ scaled.T
    correlations[lengths == 0] = -np.inf
    correlations[:, lengths == 0] = -np.inf
    return correlations


def duplicate_files(index: Index) -> tuple[tuple[str, ...], ...]:
    """Return groups of files with the same contents, each sorted: they count twice in every list."""
    groups: dict[str, set[str]] = {}
    for picture in index.pictures:
        groups.setdefault(picture.sha256, set()).add(str(index.path(picture.file).relative_to(index.root)))
    return tuple(tuple(sorted(files)) for files in groups.values() if len(files) > 1)
