"""What OpenCV's own run of the published SFace file gives for pictures made of integers alone.

``python -m tests.bench.weights_precision --write-golden`` writes the numbers.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_suffix(".npy")
"""4 × 128 float32: encodings before normalisation."""


def patterns() -> NDArray[np.uint8]:
    """Return four 112 × 112 RGB pictures; integer arithmetic, so the same on every machine."""
    number, y, x, colour = np.meshgrid(
        np.arange(1, 5), np.arange(112), np.arange(112), np.arange(1, 4), indexing="ij"
    )
    waves = (x * colour + y * number) // 2 + (x - 56) * (y - 56) // (7 * number) + 40 * colour
    return np.abs(waves % 510 - 255).astype(np.uint8)
