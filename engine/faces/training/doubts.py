"""Photos that look like somebody else than the other photos in their folder. NumPy only."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.matching import Thresholds
from engine.faces.training.records import Doubt, FaceSet

LINE: Final = Thresholds().verify
"""Squared distance beyond which the desk refuses a claim (1:1)."""


def find_doubts(faces: FaceSet, encodings: NDArray[np.float32], line: float = LINE) -> tuple[Doubt, ...]:
    """Return the photos that do not look like the person whose folder they lie in.

    The photos of a folder fall into groups: two that are no farther apart than ``line`` share one. The
    largest group is the person; every photo outside it is doubtful. Where no group is larger than all others,
    nobody can say who is meant, and all photos of the folder are.

    Args:
        encodings: N × 128 unit encodings of the photos of ``faces``, all by one encoder.
    """
    found: list[Doubt] = []
    for person, name in enumerate(faces.people):
        photos = np.flatnonzero(faces.owners == person)
        odd, undecided = _odd_ones(encodings[photos], line)
        for photo in photos[odd].tolist():
            like = _nearest_other(faces, encodings, photo, line)
            found.append(
                Doubt(
                    faces.files[photo],
                    name,
                    like,
                    undecided,
                    _sentence(faces.files[photo], name, like, undecided),
                )
            )
    return tuple(found)


def groups(encodings: NDArray[np.float32], line: float) -> NDArray[np.intp]:
    """Return for each of N encodings the number of its group: the first member's place."""
    near = 2.0 - 2.0 * encodings @ encodings.T <= line
    reached = near | np.eye(len(near), dtype=bool)
    while True:  # each round doubles how many steps from photo to photo are followed
        farther = (reached.astype(np.float32) @ reached.astype(np.float32)) > 0
        if np.array_equal(farther, reached):
            first: NDArray[np.intp] = reached.argmax(axis=1)
            return first
        reached = farther


def _odd_ones(encodings: NDArray[np.float32], line: float) -> tuple[NDArray[np.bool_], bool]:
    """Say of each photo of one folder whether it is doubtful, and whether no group is the largest."""
    group = groups(encodings, line)
    sizes = np.bincount(group)
    largest = np.flatnonzero(sizes == sizes.max())
    if len(largest) > 1:
        return np.ones(len(group), dtype=bool), True
    return group != largest[0], False


def _nearest_other(faces: FaceSet, encodings: NDArray[np.float32], photo: int, line: float) -> str:
    """Return the name of another person whose photo is nearest and within the line, or nothing."""
    distances = 2.0 - 2.0 * encodings @ encodings[photo]
    distances[faces.owners == faces.owners[photo]] = np.inf
    nearest = int(distances.argmin())
    return faces.people[faces.owners[nearest]] if distances[nearest] <= line else ""


def _sentence(file: str, name: str, like: str, undecided: bool) -> str:
    other = f" It looks more like {like}." if like else ""
    if undecided:
        return f"{file} may show another person: the photos of {name} do not look like one person.{other}"
    return f"{file} looks like another person than the other photos of {name}.{other}"
