"""Whether something lies over the eyes of a face: lids change the eyes alone, a finger more than them.

Two frames are compared by the brightness of brows, bridge of the nose and cheeks. Pure.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb

CELL: Final = 2
"""Pixels of an aligned crop along a cell. Brightness is that of squares of 2 × 2 cells, which overlap."""

ROWS: Final = slice(12, 39)
COLUMNS: Final = slice(10, 46)
"""The cells of an aligned crop that show the eyes and what is about them."""

SHIFT: Final = 1
"""Landmarks tremble: the best of the comparisons that are shifted by so many cells counts."""

BRIDGE: Final = (22, 32, 24, 32)
ABOUT: Final = ((BRIDGE, (14, 21, 12, 24), (31, 38, 12, 24)), (BRIDGE, (14, 21, 32, 44), (31, 38, 32, 44)))
"""What is about the right eye and the left: the bridge of the nose, a brow, a cheek. First and past the last
row and column."""


_HEIGHT: Final = ROWS.stop - ROWS.start
_WIDTH: Final = COLUMNS.stop - COLUMNS.start


def _places(down: int, right: int) -> NDArray[np.intp]:
    """Return where in surroundings the squares of :data:`ABOUT` are, so many cells further: 2 × n."""
    at = np.arange(_HEIGHT * _WIDTH).reshape(_HEIGHT, _WIDTH)
    down, right = down - ROWS.start, right - COLUMNS.start
    return np.stack(
        [
            np.concatenate([at[a + down : b + down, c + right : d + right].ravel() for a, b, c, d in eye])
            for eye in ABOUT
        ]
    )


_STEPS: Final = range(-SHIFT, SHIFT + 1)
_PLACES: Final = np.stack([_places(down, right) for down in _STEPS for right in _STEPS])
"""For every shift, the one by nothing in the middle, and for both eyes: 9 × 2 × n."""


def surroundings(crop: Rgb) -> bytes:
    """Return the brightness about the eyes of an aligned crop (uint8, 112 × 112 × 3, RGB).

    27 × 36 values of 0..255, row by row.
    """
    grey = crop @ np.array([0.299, 0.587, 0.114])
    side = crop.shape[0] // CELL
    cells = grey.reshape(side, CELL, side, CELL).mean(axis=(1, 3))
    squares = (cells[:-1, :-1] + cells[1:, :-1] + cells[:-1, 1:] + cells[1:, 1:]) / 4.0
    around: NDArray[np.uint8] = squares[ROWS, COLUMNS].round().astype(np.uint8)
    return around.tobytes()


def likeness(before: bytes, after: bytes) -> float:
    """Return how alike the surroundings of two frames are, but for the eyes: a correlation, -1..1.

    That of the eye whose surroundings differ more; how bright the light is does not matter. NaN where there
    are none, -1 where they are all of one brightness.
    """
    if not len(before) == len(after) == _HEIGHT * _WIDTH:
        return math.nan
    old = _centred(np.frombuffer(before, np.uint8)[_PLACES[len(_PLACES) // 2]])
    new = _centred(np.frombuffer(after, np.uint8)[_PLACES])
    size = np.sqrt((old**2).sum(axis=-1) * (new**2).sum(axis=-1))
    alike = np.divide((old * new).sum(axis=-1), size, out=np.full(size.shape, -1.0), where=size > 0.0)
    return float(alike.min(axis=-1).max())


def _centred(values: NDArray[np.uint8]) -> NDArray[np.float64]:
    centred: NDArray[np.float64] = values - values.mean(axis=-1, keepdims=True)
    return centred
