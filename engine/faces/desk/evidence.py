"""What the encodings of one look say together: weighed by quality, compared with the gallery."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.desk.sight import Name, Recognition
from engine.faces.liveness.continuity import Continuity
from engine.faces.matching import Decision, Known, Match, Thresholds, identify, nearest_people

SURE: Final = 0.1
"""So far beyond the 1:1 line (squared distance) a stranger is refused without waiting for better frames."""


class Evidence:
    """The encodings of one look. Their mean, weighed by quality, is the best estimate of the face."""

    def __init__(self, known: Known, thresholds: Thresholds) -> None:
        self._known, self._thresholds = known, thresholds
        self._sum = np.zeros(known.vectors.shape[1] if known.vectors.size else 128, np.float64)
        self._continuity = Continuity(thresholds.verify)
        self.same = True

    def add(self, vector: NDArray[np.float32], weight: float) -> None:
        """Take the encoding (128, length 1) of one frame; weight 0 only tells if it is the same face."""
        self.same = self._continuity.add(vector) and self.same
        if np.isfinite(vector).all():
            self._sum += max(0.0, weight) * vector

    def match(self) -> Match:
        """Return who is nearest to the mean of all frames."""
        length = float(np.linalg.norm(self._sum))
        if length <= 0.0:
            return Match(None, None)
        mean = (self._sum / length).astype(np.float32)
        return nearest_people(mean[None], self._known)[0]

    def recognise(self, match: Match, claim: str = "") -> tuple[Recognition, Name | None]:
        """Say what a match means: 1:N, or 1:1 when somebody ``claim`` (a person's id) is expected.

        A person of a pair of lookalikes (``claim_only``) is not recognised by 1:N alone.
        """
        if match.person is None or match.distance is None or not np.isfinite(match.distance):
            return Recognition.FAR_STRANGER, None
        name = Name(match.person.id, match.person.name)
        if claim:
            return self._verified(match.distance, name, claim)
        decision = identify(match, self._thresholds, len(self._known.people))
        if decision is Decision.ACCEPT:
            return Recognition.ACCEPT, name
        if decision is Decision.STRANGER:
            far = match.distance > self._thresholds.verify + SURE
            return (Recognition.FAR_STRANGER if far else Recognition.STRANGER), None
        within = match.distance <= self._thresholds.identify(len(self._known.people))
        if within and match.person.claim_only:
            return Recognition.LOOKALIKE, name
        return (Recognition.TIE if within else Recognition.BETWEEN), name

    def _verified(self, distance: float, name: Name, claim: str) -> tuple[Recognition, Name | None]:
        if name.id == claim and distance <= self._thresholds.verify:
            return Recognition.ACCEPT, name
        far = distance > self._thresholds.verify + SURE
        return (Recognition.FAR_STRANGER if far else Recognition.STRANGER), None


def only(known: Known, person: str) -> Known:
    """Return the part of a gallery that belongs to one person (by id): what 1:1 compares with."""
    ids = [other.id for other in known.people]
    if person not in ids:
        return Known((), np.zeros(0, np.intp), np.zeros((0, 128), np.float32))
    mine = known.owners == ids.index(person)
    who = known.people[ids.index(person)]
    return Known((who,), np.zeros(int(mine.sum()), np.intp), known.vectors[mine])
