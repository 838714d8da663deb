"""Who learns, who chooses, who is measured: a split by identity, and the pairs for measuring. NumPy only."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.training.records import FaceSet, HeldOutPairs, Split

LEAST: Final = 6
"""People with two photos that a split needs: two in each part."""

SHARES: Final = (0.1, 0.2)
"""Of the people, for validation and for the final measurement."""

PHOTOS_PAIRED: Final = 10
"""Of one person at most so many photos make same pairs, or the best known would decide everything."""

DIFFERENT_PAIRS: Final = 30_000
"""Different pairs at most: enough to see a false accept rate of 1e-4 (3 of them expected)."""


def split_people(faces: FaceSet, seed: int) -> Split:
    """Divide the people into training, validation and test, those with one photo likewise.

    Raises:
        EngineError: DATA_SET_UNFIT with fewer than six people who have two photos.
    """
    counts = faces.photo_counts
    rng = np.random.default_rng([seed, 1])
    paired, single = (rng.permutation(np.flatnonzero(which)) for which in (counts >= 2, counts == 1))
    if len(paired) < LEAST:
        raise EngineError(
            ErrorCode.DATA_SET_UNFIT,
            f"{faces.folder} has {len(paired)} people with two usable photos or more. Training needs "
            f"{LEAST}: two to learn from, two to choose with, two to measure.",
            faces.folder,
        )
    validation, test = (max(2, round(share * len(paired))) for share in SHARES)
    few_v, few_t = (round(share * len(single)) for share in SHARES)
    return Split(
        train=np.sort(np.concatenate([paired[validation + test :], single[few_v + few_t :]])),
        validation=np.sort(np.concatenate([paired[:validation], single[:few_v]])),
        test=np.sort(np.concatenate([paired[validation : validation + test], single[few_v : few_v + few_t]])),
    )


def held_out_pairs(faces: FaceSet, people: NDArray[np.intp], seed: int) -> HeldOutPairs:
    """Return all same pairs (of at most ten photos a person) and as many different ones as are useful.

    The order is mixed, same and different alike, so that any part of it is fair.

    Raises:
        EngineError: DATA_SET_UNFIT when there is no same or no different pair.
    """
    rng = np.random.default_rng([seed, 2])
    photos = faces.photos_of(people)
    same = [
        pair
        for person in people
        for pair in _combinations(rng.permutation(np.flatnonzero(faces.owners == person))[:PHOTOS_PAIRED])
    ]
    different = _different(faces.owners, photos, rng)
    if not same or not len(different):
        raise EngineError(
            ErrorCode.DATA_SET_UNFIT,
            f"{faces.folder} has no two photos of one person, or only one person, among those held out. "
            "Give more people two photos or more.",
            faces.folder,
        )
    pairs = np.concatenate([np.array(same, dtype=np.intp), different])
    labels = np.arange(len(pairs)) < len(same)
    order = rng.permutation(len(pairs))
    return HeldOutPairs(pairs[order, 0], pairs[order, 1], labels[order])


def balanced_folds(same: NDArray[np.bool_], folds: int = 10) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return equally many same and different pairs (the first ones) and the fold of each.

    Returns:
        indices of the chosen pairs, and their folds, 0 … folds − 1.
    """
    count = min(int(same.sum()), int((~same).sum()))
    chosen = np.concatenate([np.flatnonzero(same)[:count], np.flatnonzero(~same)[:count]])
    return chosen, np.tile(np.arange(count) % min(folds, max(2, count)), 2)


def _combinations(photos: NDArray[np.intp]) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for place, a in enumerate(photos) for b in photos[place + 1 :]]


def _different(
    owners: NDArray[np.intp], photos: NDArray[np.intp], rng: np.random.Generator
) -> NDArray[np.intp]:
    """Draw distinct pairs of photos of two people; all of them when there are few."""
    count = len(photos)
    if count * (count - 1) // 2 <= 2 * DIFFERENT_PAIRS:
        first, second = np.triu_indices(count, 1)
    else:
        drawn = rng.integers(0, count, (4 * DIFFERENT_PAIRS, 2))
        low, high = drawn.min(axis=1), drawn.max(axis=1)
        codes = np.unique((low * count + high)[low < high])
        first, second = codes // count, codes % count
    pairs = np.column_stack([photos[first], photos[second]])
    pairs = pairs[owners[pairs[:, 0]] != owners[pairs[:, 1]]]
    chosen: NDArray[np.intp] = pairs[rng.permutation(len(pairs))[:DIFFERENT_PAIRS]]
    return chosen
