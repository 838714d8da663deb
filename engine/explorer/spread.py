"""The distribution of a unit's maxima, in bins of equal width that a person can read. No torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.explorer.index import Index
from engine.explorer.tally import LOWEST, edges


@dataclass(frozen=True)
class Spread:
    """``counts`` pictures between each two of n + 1 rising ``edges``."""

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]


def spread_of(index: Index, layer: str, unit: int) -> Spread | None:
    """Return how strongly a unit responds to all pictures, or None when none was scanned.

    An index counts in bins of equal ratio. The widest one in use becomes the width of all: the narrower
    ones nest in it without a rest, because their edges are its edges halved again and again.
    """
    counts = index.tallies[layer].counts[unit].astype(np.int64)
    used = np.flatnonzero(counts)
    if not used.size:
        return None
    fine = edges()
    fine[np.abs(fine) <= 2.0**LOWEST] = 0.0  # the bin of zero has no width to speak of
    first, stop = int(used[0]), int(used[-1]) + 1
    width = float(np.diff(fine[first : stop + 1]).max()) or 2.0**LOWEST
    low = np.floor(fine[first] / width)
    high = max(low + 1, np.ceil(fine[stop] / width))
    centres = (fine[first:stop] + fine[first + 1 : stop + 1]) / 2
    bins = np.clip(np.floor(centres / width) - low, 0, high - low - 1).astype(np.int64)
    wide = np.bincount(bins, weights=counts[first:stop], minlength=int(high - low)).astype(np.int64)
    return Spread(np.arange(low, high + 1) * width, wide)
