"""The k strongest pictures of every unit, kept while pictures stream by.

Pure functions over numpy arrays. An entry is one picture's maximum over positions; a picture enters a
unit's list at most once. Entries are ordered by (−value, picture, position): a total order, so that the
result does not depend on the order or the grouping in which pictures arrive, and :func:`merge` is
associative and commutative, with :func:`empty` as its neutral element.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NOBODY = np.iinfo(np.int32).max
"""The picture number of an entry that is still free; ordered behind every real one."""


@dataclass(frozen=True)
class TopK:
    """The lists of all units of one layer, each row sorted strongest first.

    ``values``: units × k, float32, −inf where free. ``pictures``: units × k, int32, the picture's number,
    NOBODY where free. ``positions``: units × k, int32, the flat (row-major) position of the maximum.
    """

    values: NDArray[np.float32]
    pictures: NDArray[np.int32]
    positions: NDArray[np.int32]

    @property
    def k(self) -> int:
        """How many entries a list can hold."""
        return int(self.values.shape[1])

    @property
    def units(self) -> int:
        """How many lists there are."""
        return int(self.values.shape[0])

    def first(self, k: int) -> TopK:
        """Return fresh arrays with the first ``k`` entries of every list."""
        return TopK(self.values[:, :k].copy(), self.pictures[:, :k].copy(), self.positions[:, :k].copy())

    def filled(self, unit: int) -> int:
        """Return how many entries of a unit's list are taken."""
        return int((self.pictures[unit] != NOBODY).sum())


def empty(units: int, k: int) -> TopK:
    """Return lists without entries. Values start at −inf: a unit whose maxima are all negative counts."""
    return TopK(
        np.full((units, k), -np.inf, dtype=np.float32),
        np.full((units, k), NOBODY, dtype=np.int32),
        np.zeros((units, k), dtype=np.int32),
    )


def add(
    top: TopK, values: NDArray[np.float32], positions: NDArray[np.int32], pictures: NDArray[np.int32]
) -> TopK:
    """Return the lists after n more pictures that are in none of them yet.

    Args:
        values: n × units, the maximum of each picture over positions; finite.
        positions: n × units, the first flat position where it is reached.
        pictures: n picture numbers, ≥ 0 and < NOBODY.
    """
    batch = TopK(
        np.ascontiguousarray(values.T + np.float32(0)),  # −0 becomes 0: equal values must have equal bits
        np.repeat(pictures.astype(np.int32)[None, :], top.units, axis=0),
        np.ascontiguousarray(positions.T.astype(np.int32)),
    )
    return _best(_beside(top, batch), top.k)


def merge(one: TopK, other: TopK) -> TopK:
    """Return the lists of the pictures of both; a picture that is in both counts once.

    Both must number the pictures in the same way.
    """
    k = max(one.k, other.k)
    both = _best(_beside(one, other), one.k + other.k)
    twice = np.zeros(both.pictures.shape, dtype=np.bool_)
    twice[:, 1:] = (both.pictures[:, 1:] == both.pictures[:, :-1]) & (both.pictures[:, 1:] != NOBODY)
    once = TopK(
        np.where(twice, np.float32(-np.inf), both.values),
        np.where(twice, np.int32(NOBODY), both.pictures),
        np.where(twice, np.int32(0), both.positions),
    )
    return _best(once, k)


def renumber(top: TopK, numbers: NDArray[np.int32]) -> TopK:
    """Return the lists with picture i called ``numbers[i]``, sorted anew."""
    taken = top.pictures != NOBODY
    safe = np.where(taken, top.pictures, 0)
    pictures = np.where(taken, numbers[safe] if numbers.size else NOBODY, NOBODY).astype(np.int32)
    return _best(TopK(top.values, pictures, top.positions), top.k)


def _beside(one: TopK, other: TopK) -> TopK:
    return TopK(
        np.concatenate((one.values, other.values), axis=1),
        np.concatenate((one.pictures, other.pictures), axis=1),
        np.concatenate((one.positions, other.positions), axis=1),
    )


def _best(top: TopK, k: int) -> TopK:
    """Sort every list and keep its first ``k`` entries."""
    ranks = _ranks(top)
    if k < ranks.shape[1]:
        nearest = np.argpartition(ranks, k - 1, axis=1)[:, :k]
        within = np.argsort(np.take_along_axis(ranks, nearest, axis=1), axis=1)
        order = np.take_along_axis(nearest, within, axis=1)
    else:
        order = np.argsort(ranks, axis=1)
    return TopK(
        np.take_along_axis(top.values, order, axis=1),
        np.take_along_axis(top.pictures, order, axis=1),
        np.take_along_axis(top.positions, order, axis=1),
    )


def _ranks(top: TopK) -> NDArray[np.uint64]:
    """Return one whole number per entry whose order is (−value, picture).

    The bits of a float32 sort like the number itself once the sign bit is flipped (for negative numbers,
    all bits); inverted, the largest value comes first. Position never decides: a picture has one entry.
    """
    bits = top.values.view(np.uint32)
    ascending = np.where(bits >> 31 == 1, ~bits, bits | np.uint32(0x80000000))
    descending = (~ascending).astype(np.uint64)
    return (descending << np.uint64(32)) | top.pictures.astype(np.uint64)
