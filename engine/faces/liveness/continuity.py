"""One face from beginning to end: the encoding is followed, so that nobody answers for somebody else."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.matching import distances

FRAMES: Final = 3
"""Encodings whose median is compared: a single bad frame must neither pass nor fail anybody."""


class Continuity:
    """Compares the newest encodings with the first ones.

    Args:
        line: squared distance up to which two encodings count as one person (τ of 1:1).
    """

    def __init__(self, line: float) -> None:
        self._line = line
        self._first: list[NDArray[np.float32]] = []
        self._newest: deque[NDArray[np.float32]] = deque(maxlen=FRAMES)

    def add(self, vector: NDArray[np.float32]) -> bool:
        """Take one more encoding (128, length 1) and say whether it is still the same face.

        True as long as there are fewer than six: two medians need three each.
        """
        if len(self._first) < FRAMES:
            self._first.append(vector)
            return bool(np.isfinite(vector).all())
        self._newest.append(vector)
        if len(self._newest) < FRAMES:
            return bool(np.isfinite(vector).all())
        before, now = median_encoding(self._first), median_encoding(list(self._newest))
        return bool(distances(before[None], now[None])[0, 0] <= self._line)


def median_encoding(vectors: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the component-wise median of some unit encodings, of length 1 again."""
    middle = np.median(np.stack(vectors), axis=0)
    scaled: NDArray[np.float32] = (middle / np.linalg.norm(middle)).astype(np.float32)
    return scaled
