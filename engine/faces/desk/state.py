"""Where a desk can stand: phases, bands, reasons, and what the policy carries from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.faces.desk.sight import Judged, Name
from engine.faces.liveness.challenge import Challenge, Pose
from engine.faces.liveness.passive import PassiveLook


class Phase(StrEnum):
    """What the desk shows."""

    IDLE = "idle"
    NEARER = "come-closer"
    HINT = "hint"
    LOOK = "look"
    CHALLENGE = "challenge"
    WELCOME = "welcome"
    STEP_UP = "step-up"
    REFUSED = "not-recognised"
    CROWD = "one-person"
    PAUSED = "paused"
    FAULT = "camera-fault"


DECIDED: Final = frozenset({Phase.WELCOME, Phase.STEP_UP, Phase.REFUSED})


class Band(StrEnum):
    """All that a visitor and the local interface learn of a decision."""

    WELCOME = "welcome"
    STEP_UP = "step-up"
    REFUSE = "refuse"


BANDS: Final = {Phase.WELCOME: Band.WELCOME, Phase.STEP_UP: Band.STEP_UP, Phase.REFUSED: Band.REFUSE}


class Reason(StrEnum):
    """Why. For staff and the log."""

    RECOGNISED = "recognised"
    PASSIVE_LIVE = "passive-live"
    CHALLENGE_PASSED = "challenge-passed"
    HEAD_TURN_SEEN = "head-turn-seen"
    BETWEEN_LINES = "between-the-lines"
    TIE = "tie"
    LOOKALIKE = "lookalike"
    STRANGER = "stranger"
    PASSIVE_ATTACK = "passive-attack"
    PASSIVE_UNSURE = "passive-unsure"
    PASSIVE_CONTEXT = "passive-context"
    PASSIVE_MISSING = "passive-missing"
    FLASH_SHINES = "flash-shines"
    WRONG_WAY = "challenge-wrong-way"
    TOO_SLOW = "challenge-too-slow"
    IDENTITY_CHANGED = "identity-changed"
    NO_GOOD_LOOK = "no-good-look"
    LATE = "late"
    LEFT = "left"
    FAULT = "fault"
    NOT_ME = "not-me"
    PIN = "pin"
    MANUAL = "manual"
    ATTACK_PAUSE = "attack-pause"
    NOT_WRITTEN = "not-written"


SUSPECT: Final = frozenset({Reason.PASSIVE_ATTACK, Reason.FLASH_SHINES, Reason.IDENTITY_CHANGED})
"""What looks like an attack and not like a mistake: after it the desk looks at no face for a while."""


@dataclass(frozen=True)
class Guard:
    """What suspected attacks leave behind: how many there were in a row, and until when no face counts."""

    attacks: int = 0
    until: float = 0.0

    def after_attack(self, time: float, lockout: float) -> Guard:
        """Return the guard after one more suspected attack at ``time``.

        The pause doubles with each attack in a row, up to :data:`LONGEST_PAUSES` times ``lockout`` seconds.
        """
        row = self.attacks + 1 if time - self.until < FORGOTTEN_S else 1
        return Guard(row, time + lockout * min(2 ** (row - 1), LONGEST_PAUSES))


LONGEST_PAUSES: Final = 16
FORGOTTEN_S: Final = 600.0
"""So long after the end of a pause, the next attack counts as the first again."""


@dataclass(frozen=True)
class DeskState:
    """Where the desk stands. ``look`` numbers the looks: evidence of another look does not count.

    ``first`` and ``last`` are when the first and last good frame were grabbed; ``began`` when the look did.
    ``person`` is set in WELCOME only. ``guard`` outlives looks, people and faults.
    """

    phase: Phase = Phase.IDLE
    since: float = 0.0
    track: int = 0
    look: int = 0
    began: float = 0.0
    good: int = 0
    first: float = 0.0
    last: float = 0.0
    seen: float = 0.0
    retries: int = 0
    looks: tuple[PassiveLook | None, ...] = ()
    poses: tuple[Pose, ...] = ()
    judged: Judged | None = None
    challenge: Challenge | None = None
    after: int = 0
    reasons: tuple[Reason, ...] = ()
    person: Name | None = None
    guard: Guard = Guard()

    @property
    def band(self) -> Band | None:
        """The decision, if there is one."""
        return BANDS.get(self.phase)

    def paused(self, time: float) -> float:
        """Return for how many seconds more no face is looked at, after a suspected attack."""
        return max(0.0, self.guard.until - time)
