"""What a scan counts besides the strongest: the distribution of maxima, the weakest, and a random sample.

All of it is exact and does not depend on the order or the grouping in which pictures arrive: counts are
whole numbers, the weakest are a :class:`TopK` of the negated maxima, and the sample consists of the pictures
with the smallest hashes. So :func:`merge_tallies` and :func:`merge_samples` are associative, as
``topk.merge`` is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.explorer.topk import NOBODY, TopK, add, empty, merge, renumber

WEAKEST = 9
SAMPLED = 128
"""Pictures of the random sample: nine are shown, all tell how alike two units are."""

PER_OCTAVE = 16
LOWEST, HIGHEST = -10, 14
"""Maxima between 2^−10 and 2^14 are counted in bins of equal ratio, 16 a doubling."""

_SIDE = (HIGHEST - LOWEST) * PER_OCTAVE
BINS = 2 * _SIDE + 1


@dataclass(frozen=True)
class Tally:
    """One layer's counts: ``counts`` units × BINS int32; ``weakest`` holds negated maxima."""

    counts: NDArray[np.int32]
    weakest: TopK


@dataclass(frozen=True)
class Sample:
    """The same random pictures for every unit: ``numbers`` of the pictures, ordered by ``keys``.

    ``values`` and ``positions`` hold units × pictures per layer.
    """

    keys: NDArray[np.uint64]
    numbers: NDArray[np.int32]
    values: dict[str, NDArray[np.float32]]
    positions: dict[str, NDArray[np.int32]]


def bin_of(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the bin of each value: ascending, the middle one for what is nearer to 0 than 2^LOWEST.

    The bits of a float32 are its exponent and its mantissa, so that the bin is read off them exactly:
    bins are linear within an octave.
    """
    bits = np.abs(values).astype(np.float32).view(np.uint32).astype(np.int64)
    step = bits >> (23 - (PER_OCTAVE.bit_length() - 1))
    place = np.clip(step - (127 + LOWEST) * PER_OCTAVE + 1, 0, _SIDE)
    bins: NDArray[np.int64] = np.where(values < 0, _SIDE - place, _SIDE + place)
    return bins


def edges() -> NDArray[np.float64]:
    """Return the BINS + 1 edges of the bins; what lies beyond the outermost is counted in them."""
    within = 1 + np.arange(PER_OCTAVE) / PER_OCTAVE
    positive = (2.0 ** np.arange(LOWEST, HIGHEST)[:, None] * within).ravel()
    positive = np.append(positive, 2.0**HIGHEST)
    return np.concatenate((-positive[::-1], positive))


def no_tally(units: int) -> Tally:
    """Return a tally without pictures."""
    return Tally(np.zeros((units, BINS), dtype=np.int32), empty(units, WEAKEST))


def count(
    tally: Tally, values: NDArray[np.float32], positions: NDArray[np.int32], pictures: NDArray[np.int32]
) -> Tally:
    """Return the tally after n more pictures (arguments as in :func:`engine.explorer.topk.add`)."""
    counts = tally.counts.copy()
    units = np.broadcast_to(np.arange(counts.shape[0]), values.shape)
    np.add.at(counts, (units, bin_of(values)), 1)
    return Tally(counts, add(tally.weakest, -values, positions, pictures))


def merge_tallies(one: Tally, other: Tally) -> Tally:
    """Return the tally of the pictures of both; they must have none in common."""
    return Tally(one.counts + other.counts, merge(one.weakest, other.weakest))


def renumber_tally(tally: Tally, numbers: NDArray[np.int32]) -> Tally:
    """Return the tally with picture i called ``numbers[i]``."""
    return Tally(tally.counts, renumber(tally.weakest, numbers))


def key_of(file: str, sha256: str) -> int:
    """Return what decides whether an item belongs to the random sample: as good as random, and fixed.

    It follows from the file's contents and its own name without folders, which stay the same when a merge
    moves the root.
    """
    name = file.rpartition("/")[2]
    return int.from_bytes(hashlib.sha256(f"sample {sha256} {name}".encode()).digest()[:8], "big")


def no_sample(units: dict[str, int]) -> Sample:
    """Return an empty sample for layers with so many units."""
    return Sample(
        np.zeros(0, dtype=np.uint64),
        np.zeros(0, dtype=np.int32),
        {layer: np.zeros((n, 0), dtype=np.float32) for layer, n in units.items()},
        {layer: np.zeros((n, 0), dtype=np.int32) for layer, n in units.items()},
    )


def merge_samples(one: Sample, other: Sample) -> Sample:
    """Return the sample of the pictures of both; they must have none in common."""
    keys = np.concatenate((one.keys, other.keys))
    numbers = np.concatenate((one.numbers, other.numbers))
    order = np.lexsort((numbers, keys))[:SAMPLED]
    return Sample(
        keys[order],
        numbers[order],
        {
            layer: np.concatenate((values, other.values[layer]), axis=1)[:, order]
            for layer, values in one.values.items()
        },
        {
            layer: np.concatenate((places, other.positions[layer]), axis=1)[:, order]
            for layer, places in one.positions.items()
        },
    )


def renumber_sample(sample: Sample, numbers: NDArray[np.int32]) -> Sample:
    """Return the sample with picture i called ``numbers[i]``."""
    renamed = numbers[sample.numbers] if sample.numbers.size else sample.numbers
    order = np.lexsort((renamed, sample.keys))  # of equal keys (copies of a file) the number decides
    return Sample(
        sample.keys[order],
        renamed[order].astype(np.int32),
        {layer: values[:, order] for layer, values in sample.values.items()},
        {layer: places[:, order] for layer, places in sample.positions.items()},
    )


def sampled_of(sample: Sample, unit: int, layer: str, shown: int = WEAKEST) -> TopK:
    """Return ``shown`` pictures of the sample drawn at random for one unit, as a list of one unit.

    The draw depends on layer and unit alone: looking again shows the same.
    """
    seed = int.from_bytes(hashlib.sha256(f"{layer} {unit}".encode()).digest()[:8], "big")
    size = len(sample.numbers)
    drawn = np.random.default_rng(seed).choice(size, size=min(shown, size), replace=False)
    return TopK(
        sample.values[layer][unit][None, drawn],
        sample.numbers[None, drawn],
        sample.positions[layer][unit][None, drawn],
    )


def strongest_first(weakest: TopK) -> TopK:
    """Return the weakest list with the maxima themselves, weakest first."""
    values = np.where(weakest.pictures != NOBODY, -weakest.values, weakest.values).astype(np.float32)
    return TopK(values, weakest.pictures, weakest.positions)
