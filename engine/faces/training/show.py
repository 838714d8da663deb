"""What a training run shows of its last batches: histograms, and the triplets that are most wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.training.evaluation import histograms
from engine.faces.training.records import FaceSet, Histograms, ShownTriplet
from engine.faces.training.sampler import Batch

TRIPLETS: Final = 4


def batch_histograms(batches: Iterable[tuple[NDArray[np.float64], NDArray[np.bool_]]]) -> Histograms:
    """Count the distances of some batches over 0..4; each batch is P distances and whether they are same."""
    distances, same = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    return histograms(distances, same)


def hardest_triplets(
    faces: FaceSet, batch: Batch, distances: NDArray[np.float64]
) -> tuple[ShownTriplet, ...]:
    """Return the triplets of a batch whose d(A, P) exceeds d(A, N) most, at most one a person, as pictures.

    Args:
        distances: B × B squared distances of the batch.
    """
    same = batch.labels[:, None] == batch.labels[None]
    others = same & ~np.eye(len(same), dtype=bool)
    farthest = np.where(others, distances, -np.inf)
    nearest = np.where(same, np.inf, distances)
    positive, negative = farthest.argmax(axis=1), nearest.argmin(axis=1)
    wrong = farthest.max(axis=1) - nearest.min(axis=1)
    shown: list[ShownTriplet] = []
    people: set[int] = set()
    for anchor in np.argsort(-wrong, kind="stable"):
        if len(shown) == TRIPLETS or not np.isfinite(wrong[anchor]):
            break
        person = int(batch.labels[anchor])
        if person in people:
            continue
        people.add(person)
        a, p, n = (int(batch.photos[i]) for i in (anchor, positive[anchor], negative[anchor]))
        shown.append(
            ShownTriplet(
                faces.crop(a),
                faces.crop(p),
                faces.crop(n),
                (faces.people[faces.owners[a]], faces.people[faces.owners[n]]),
                float(distances[anchor, positive[anchor]]),
                float(distances[anchor, negative[anchor]]),
            )
        )
    return tuple(shown)
