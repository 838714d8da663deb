"""Open-set identification: people enrolled with one photo each, and strangers at the door. NumPy only."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.pairs import wilson
from engine.faces.training.records import FaceSet, OpenSet, OpenSetRate

RATES: Final = (0.01, 0.003)
"""False positive identification rates that are reported."""

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


def open_set(
    mated: NDArray[np.float64],
    owners: NDArray[np.intp],
    gallery: NDArray[np.intp],
    unknown: NDArray[np.float64],
) -> OpenSet:
    """Evaluate identification (ISO/IEC 19795-1: FNIR at FPIR).

    A probe is missed when its nearest is not its own person or lies beyond τ; a stranger is a false positive
    when anybody lies within τ. τ is the largest at which no more strangers than wanted come in.

    Args:
        mated: M × N distances between the probes of enrolled people and the gallery.
        owners: M; whose the probes are.
        gallery: N; who is enrolled.
        unknown: S × N distances between strangers and the gallery.
    """
    nearest = mated.min(axis=1)
    right = gallery[mated.argmin(axis=1)] == owners
    closest = np.sort(unknown.min(axis=1))
    rates = []
    for rate in RATES:
        allowed = int(rate * len(closest) + 1e-9)
        threshold = float(np.nextafter(closest[allowed], -np.inf)) if allowed < len(closest) else np.inf
        missed = int((~(right & (nearest <= threshold))).sum())
        rates.append(OpenSetRate(rate, wilson(missed, len(nearest)), threshold))
    return OpenSet(len(gallery), len(nearest), len(closest), tuple(rates))
