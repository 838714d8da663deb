"""The same picture twice: equal files, and files saved again whose faces are all but equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

SIDE: Final = 16
"""Crops are compared at this size, in grey."""

NEAR: Final = 3.0
"""Root mean squared difference in grey levels (0..255) below which two crops are one picture. Saving as JPEG
again changes about 1; two photos of one person taken in a row differ by more than 8."""

_BLOCK: Final = 1024


def same_pictures(digests: Sequence[str], crops: NDArray[np.uint8]) -> tuple[tuple[int, int], ...]:
    """Return pairs (i, j), i < j, where j shows the same picture as i; each j is named with its first i only.

    Args:
        digests: N; equal ones are equal files.
        crops: N × H × W × 3, H and W multiples of 16.
    """
    small = _small(crops)
    first: dict[int, int] = {}
    by_digest: dict[str, int] = {}
    for index, digest in enumerate(digests):
        if by_digest.setdefault(digest, index) != index:
            first[index] = by_digest[digest]
    squares = (small**2).sum(axis=1)
    for start in range(0, len(small), _BLOCK):
        rows = small[start : start + _BLOCK]
        apart = squares[start : start + _BLOCK, None] + squares[None] - 2 * rows @ small.T
        for row, column in np.argwhere(apart < NEAR**2 * SIDE**2):
            low, high = sorted((int(row) + start, int(column)))
            if low != high:
                first[high] = min(low, first.get(high, low))
    return tuple((low, high) for high, low in sorted(first.items()))


def _small(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    if not len(crops):
        return np.empty((0, SIDE * SIDE), np.float32)
    height, width = crops.shape[1:3]
    shape = (SIDE, height // SIDE, SIDE, width // SIDE, 3)
    means = [crop.reshape(shape).mean(axis=(1, 3, 4), dtype=np.float32).ravel() for crop in crops]
    return np.stack(means)
