"""What the desk's policy is told of one frame. Frozen records without pictures, which can be replayed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.camera_health import Fault
from engine.faces.desk.zone import Presence
from engine.faces.liveness.challenge import Pose
from engine.faces.liveness.flash import FlashVerdict
from engine.faces.liveness.passive import PassiveLook
from engine.faces.quality import Hint


class Recognition(StrEnum):
    """What the encodings of a look say together."""

    ACCEPT = "accept"
    BETWEEN = "between-the-lines"
    TIE = "tie"
    LOOKALIKE = "lookalike"
    STRANGER = "stranger"
    FAR_STRANGER = "far-stranger"


@dataclass(frozen=True)
class Name:
    """Who was recognised."""

    id: str
    name: str


@dataclass(frozen=True)
class Judged:
    """One good frame of the face in the zone, and what all good frames of its look say together.

    ``look`` is the number of the look that the evidence belongs to. ``same`` is False as soon as the newest
    encodings are no longer those of the face at the beginning. ``distance`` and ``second`` are squared
    distances, for staff only.
    """

    look: int
    weight: float
    recognition: Recognition
    person: Name | None
    same: bool
    passive: PassiveLook | None
    distance: float | None = None
    second: float | None = None


@dataclass(frozen=True)
class Sight:
    """One frame. ``broken``: looking at it failed, so that nothing is known of it.

    ``time`` is the desk's clock when the frame was judged, ``grabbed`` when it was taken, both in seconds.
    ``fresh`` is False for a frame equal to the one before. ``pose`` is there whenever a face is in the zone,
    ``judged`` when the frame was good enough to count.
    """

    time: float
    grabbed: float
    presence: Presence = Presence.NOBODY
    track: int = 0
    fresh: bool = True
    fault: Fault | None = None
    broken: bool = False
    hint: Hint | None = None
    pose: Pose | None = None
    judged: Judged | None = None
    flash: FlashVerdict = FlashVerdict.UNCLEAR
