"""Open-set identification on held-out people: who is enrolled with one photo, and who plays the strangers."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.training.records import FaceSet

STRANGERS: Final = 1 / 3
"""Where too few people have one photo only, this share of the others plays the strangers."""


def divide(
    faces: FaceSet, people: NDArray[np.intp], seed: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the photos enrolled (one a person), the probes of the same people, and the strangers'."""
    counts = faces.photo_counts[people]
    paired = np.random.default_rng([seed, 5]).permutation(people[counts >= 2])
    singles = people[counts == 1]
    moved = 0 if len(singles) >= STRANGERS * len(paired) else max(1, round(STRANGERS * len(paired)))
    enrolled = np.sort(paired[moved:])
    first = np.array([np.flatnonzero(faces.owners == person)[0] for person in enrolled], dtype=np.intp)
    probes = np.setdiff1d(faces.photos_of(enrolled), first)
    strangers = faces.photos_of(np.concatenate([singles, paired[:moved]]))
    return first, probes, strangers
