"""Signals and volumes with something planted in them, to train and to test the small networks on board."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]

MOTIFS = ("beat", "step", "chirp", "burst", "sawtooth", "dip")
"""What can be planted in a signal; unit i of the network's last layer is trained for the i-th."""

SHAPES = ("ball", "shell", "rod", "plate")
"""What can be planted in a volume."""

LENGTH, MOTIF_LENGTH = 256, 32
SIDE, SHAPE_SIDE = 16, 9


def motif(name: str, rng: np.random.Generator) -> Real:
    """Return a motif of 32 samples, a little different each time, about 1 high."""
    t = np.linspace(-1, 1, MOTIF_LENGTH)
    width = rng.uniform(0.85, 1.15)
    if name == "beat":  # a small wave, a sharp one up and down, a broad one: as in an electrocardiogram
        bumps = (
            (-0.55, 0.13, 0.25),
            (-0.08, 0.05, -0.3),
            (0.0, 0.06, 1.3),
            (0.1, 0.05, -0.5),
            (0.55, 0.2, 0.4),
        )
        heights: Real = np.sum([h * np.exp(-(((t - c) / (w * width)) ** 2)) for c, w, h in bumps], axis=0)
        return heights
    if name == "step":
        return np.where(np.abs(t) < 0.55 * width, 1.0, 0.0)
    if name == "chirp":
        return (
            np.sin(2 * np.pi * (1.2 * (t + 1) + 1.6 * width * (t + 1) ** 2 / 2))
            * np.hanning(MOTIF_LENGTH) ** 0.5
        )
    if name == "burst":
        return np.sin(2 * np.pi * 6 * width * t) * np.hanning(MOTIF_LENGTH)
    if name == "sawtooth":
        return ((2.0 * width * (t + 1)) % 1.0) * 2 - 1
    return -np.exp(-((t / (0.35 * width)) ** 2)) * 1.2


def signal(planted: str | None, rng: np.random.Generator) -> tuple[Real, int]:
    """Return 256 samples of slow drift and noise with a motif somewhere, and where it begins (−1: none)."""
    slow = np.interp(np.arange(LENGTH), np.linspace(0, LENGTH, 6), rng.normal(0, 0.25, 6))
    numbers = slow + rng.normal(0, rng.uniform(0.08, 0.2), LENGTH)
    if planted is None:
        return numbers, -1
    start = int(rng.integers(0, LENGTH - MOTIF_LENGTH + 1))
    numbers[start : start + MOTIF_LENGTH] += rng.uniform(0.8, 1.4) * motif(planted, rng)
    return numbers, start


def shape(name: str, rng: np.random.Generator) -> Real:
    """Return a shape in 9 × 9 × 9 voxels, 0 or 1, turned at random by right angles."""
    middle = (SHAPE_SIDE - 1) / 2
    z, y, x = np.mgrid[0:SHAPE_SIDE, 0:SHAPE_SIDE, 0:SHAPE_SIDE] - middle
    distance = np.sqrt(x**2 + y**2 + z**2)
    radius = rng.uniform(2.8, 3.9)
    if name == "ball":
        solid = distance <= radius
    elif name == "shell":
        solid = np.abs(distance - radius) <= 0.9
    elif name == "rod":
        solid = (x**2 + y**2 <= rng.uniform(1.0, 3.0)) & (np.abs(z) <= 4)
    else:
        solid = np.abs(z) <= rng.uniform(0.4, 1.2)
    return np.ascontiguousarray(np.transpose(solid.astype(np.float64), rng.permutation(3)))


def volume(planted: str | None, rng: np.random.Generator) -> tuple[Real, tuple[int, ...]]:
    """Return 16 × 16 × 16 voxels of noise with a shape somewhere, and its first corner (−1s: none)."""
    numbers = rng.normal(0, rng.uniform(0.1, 0.25), (SIDE, SIDE, SIDE))
    if planted is None:
        return numbers, (-1, -1, -1)
    corner = tuple(int(one) for one in rng.integers(0, SIDE - SHAPE_SIDE + 1, 3))
    numbers[tuple(slice(c, c + SHAPE_SIDE) for c in corner)] += rng.uniform(0.7, 1.3) * shape(planted, rng)
    return numbers, corner


def standardised(numbers: Real) -> NDArray[np.float32]:
    """Return the numbers with mean 0 and deviation 1, as the explorer shows a window to a network."""
    standard: NDArray[np.float32] = ((numbers - numbers.mean()) / numbers.std()).astype(np.float32)
    return standard
