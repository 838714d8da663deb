"""Where somebody has to stand to be looked at, and who of several that is. No clock, no pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.faces.face import Face

NOTICED: Final = 14.0
"""Eye distance in pixels below which somebody only passes in the background."""

IN_ZONE: Final = 32.0
"""Eye distance in pixels from which a face shows what an encoding needs; leaving takes :data:`LEAVING`."""

LEAVING: Final = 26.0

RIVAL: Final = 0.6
"""A second face in the zone of this share of the nearest one's size makes it unclear who is meant."""

OVERLAP: Final = 0.3
"""Two boxes of one face in successive frames share at least this much of their union."""

LOST_S: Final = 0.6
"""A track survives a gap of this length: a blink of the detector, not a person who left."""


class Presence(StrEnum):
    """Who is there."""

    NOBODY = "nobody"
    FAR = "far"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True, eq=False)
class Placed:
    """The face that the desk looks at, if any, and the number of its track."""

    presence: Presence
    face: Face | None = None
    track: int = 0


class Tracker:
    """Follows the nearest face. All others are left alone: they are never cut out, never encoded."""

    def __init__(self) -> None:
        self._box: tuple[float, float, float, float] | None = None
        self._seen = 0.0
        self._inside = False
        self._track = 0

    def place(self, faces: Sequence[Face], time: float) -> Placed:
        """Choose among the faces of a frame that was grabbed at ``time`` (seconds)."""
        near = [face for face in faces if face.eye_distance >= NOTICED]
        if not near:
            if time - self._seen > LOST_S:
                self._box, self._inside = None, False
            return Placed(Presence.NOBODY, None, self._track)
        ranked = sorted(near, key=lambda face: face.eye_distance, reverse=True)
        nearest = ranked[0]
        self._follow(nearest, time)
        line = LEAVING if self._inside else IN_ZONE
        self._inside = nearest.eye_distance >= line
        if not self._inside:
            return Placed(Presence.FAR, nearest, self._track)
        rivals = [f for f in ranked[1:] if f.eye_distance >= max(line, RIVAL * nearest.eye_distance)]
        return Placed(Presence.SEVERAL if rivals else Presence.ONE, nearest, self._track)

    def renew(self) -> int:
        """Begin a new track on the face in view: it turned out to be somebody else. Return its number."""
        self._track += 1
        return self._track

    def _follow(self, face: Face, time: float) -> None:
        gone = time - self._seen > LOST_S
        if self._box is None or gone or overlap(self._box, face.box) < OVERLAP:
            self._track += 1
            self._inside = False
        self._box, self._seen = face.box, time


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """Return the intersection of two boxes (x, y, w, h) over their union, 0..1."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(0.0, width) * max(0.0, height)
    union = one[2] * one[3] + other[2] * other[3] - shared
    return shared / union if union > 0 else 0.0
