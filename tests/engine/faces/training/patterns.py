"""A generated data set: what makes an identity is faint, what changes from photo to photo is strong."""

from __future__ import annotations

import hashlib

import numpy as np

from engine.faces.training.records import FaceSet

SIDE = 112
Y, X = np.mgrid[0:SIDE, 0:SIDE] / SIDE


def patterns(people: int, photos: int, *, singles: int = 0, seed: int = 0) -> FaceSet:
    """Return ``people`` identities with ``photos`` pictures each, and ``singles`` with one."""
    rng = np.random.default_rng(seed)
    crops, owners = [], []
    for person in range(people + singles):
        own = 45 * waves(rng, 4, 8)
        for _ in range(photos if person < people else 1):
            other = 45 * waves(rng, 1, 3) + rng.normal(0, 10, (SIDE, SIDE, 3))
            crops.append(np.clip(127 + own + other, 0, 255).astype(np.uint8))
            owners.append(person)
    count = len(crops)
    return FaceSet(
        folder="generated",
        people=tuple(f"Person {number}" for number in range(people + singles)),
        owners=np.array(owners, np.intp),
        files=tuple(f"{owner}/{index}.png" for index, owner in enumerate(owners)),
        digests=tuple(hashlib.sha256(crop.tobytes()).hexdigest() for crop in crops),
        rows=np.arange(count),
        store=np.stack(crops),
    )


def waves(rng: np.random.Generator, low: int, high: int) -> np.ndarray:
    """Return one wave of random direction and phase for each colour, H × W × 3, −1..1."""
    planes = [
        np.cos(2 * np.pi * rng.integers(low, high) * X) * rng.choice([-1, 1])
        + np.cos(2 * np.pi * rng.integers(low, high) * Y) * rng.choice([-1, 1])
        for _ in range(3)
    ]
    return np.stack(planes, axis=2) / 2
