"""The active challenge: turn left or right, come nearer, blink twice, in an order that nobody can foresee.

A turn is judged by geometry. A waved photograph moves by a homography, under which the nose stays where it is
among eyes and mouth; the nose of a head stands out and moves across. Measured as the nose's offset along the
eye axis in the affine frame of eyes and mouth, in eye distances. Blinks are judged by the lids, while the
face keeps its shape. Pure: no clock, no camera, no randomness.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.liveness.blink import Blinks, Lids, watch
from engine.faces.quality import pose

TURN: Final = 0.35
"""Change of the nose's offset, in eye distances, that only a head that is not flat makes."""

FRAMES: Final = 3
"""Frames in a row that must show it: a single one may be the detector's mistake."""

BACK: Final = 0.15
"""The face is to the front again when the offset is this near to where it began."""

NEARER: Final = 1.25
"""Growth of the eye distance that "come nearer" asks for."""

REACTION_S: Final = 0.2
"""Nobody reacts sooner (about 0.25 s is usual); what moves before then was moving by itself."""

STEP_S: Final = 6.0
"""Time for each step."""

BLINK_S: Final = 4.0
"""Time for two blinks: the longer the wait, the likelier a recording has blinked twice by itself."""

EYES: Final = 32.0
"""Pixels between the eyes without which a blink is not asked: the lids of smaller eyes cannot be read."""

NOD: Final = 0.3
"""The head is raised as before when the nose is this near to where it began along the face, and ..."""

TILT: Final = 0.15
"""... a face is not tilted when its height changes by no larger share."""


class Ask(StrEnum):
    """What is asked. Left and right are the person's own; the mirrored preview shows them as in a mirror."""

    LEFT = "turn-left"
    RIGHT = "turn-right"
    NEARER = "come-nearer"
    BLINK = "blink-twice"
    FRONT = "look-ahead"


class Outcome(StrEnum):
    """How a challenge stands."""

    OPEN = "open"
    PASSED = "passed"
    WRONG_WAY = "wrong-way"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True)
class Pose:
    """One frame's geometry: nose offset (eye distances, positive to the person's left), eye distance (px).

    ``pitch`` is where the nose is along the face, as in :func:`~engine.faces.quality.pose`; ``height`` how
    far the mouth is below the eyes, in eye distances. ``lids`` is None where nobody looked.
    """

    time: float
    offset: float
    size: float
    pitch: float = 0.0
    height: float = 1.0
    lids: Lids | None = None


@dataclass(frozen=True)
class Challenge:
    """A challenge under way.

    ``asks`` are the steps, ``step`` the index of the one under way since ``asked`` (seconds). ``base`` is the
    pose before the first step. ``returning`` is True when the step was done and the face has to come back.
    ``blinks`` is what the eyes did, where a blink is among the steps.
    """

    asks: tuple[Ask, ...]
    base: Pose
    asked: float
    step: int = 0
    right: int = 0
    wrong: int = 0
    returning: bool = False
    blinks: Blinks = field(default_factory=Blinks)
    outcome: Outcome = Outcome.OPEN

    @property
    def ask(self) -> Ask:
        """What to do now."""
        return Ask.FRONT if self.returning or self.step >= len(self.asks) else self.asks[self.step]

    @property
    def needs_lids(self) -> bool:
        """Whether the next frame's lids matter: a blink is still to come."""
        return self.outcome is Outcome.OPEN and Ask.BLINK in self.asks[self.step + self.returning :]


def plan(seed: int, number: int, *, blink: bool = False) -> tuple[Ask, ...]:
    """Return the steps of the ``number``-th challenge of a desk: two of them, at least one a turn.

    A replayed head turn goes the asked way once in two times, so one step would be too few; one that turns
    both ways is refused because the first movement must not go the wrong way. A recording also blinks by
    itself, so a blink never stands alone.

    Args:
        blink: whether a blink may be asked.
    """
    draw = random.Random(f"{seed}:{number}")  # noqa: S311 - the seed is secret and drawn by the system
    others = (Ask.LEFT, Ask.RIGHT, Ask.NEARER, Ask.BLINK) if blink else (Ask.LEFT, Ask.RIGHT, Ask.NEARER)
    turn, second = draw.choice((Ask.LEFT, Ask.RIGHT)), draw.choice(others)
    return (turn, second) if draw.random() < 0.5 else (second, turn)


def can_blink(before: Sequence[Pose]) -> bool:
    """Whether the eyes are large enough for a blink to be seen, by the poses of the look (at least one)."""
    return statistics.median(seen.size for seen in before) >= EYES


def pose_of(landmarks: NDArray[np.float32], time: float, lids: Lids | None = None) -> Pose:
    """Return the geometry of one face from its 5 × 2 landmarks."""
    size = float(np.linalg.norm(landmarks[1] - landmarks[0]))
    across, along = pose(landmarks)
    down = float(np.linalg.norm(landmarks[3] + landmarks[4] - landmarks[0] - landmarks[1])) / 2.0
    return Pose(time, across / 2.0, size, along, down / max(size, 1e-6), lids)


def begin(asks: Sequence[Ask], before: Sequence[Pose], time: float) -> Challenge:
    """Ask the first step at ``time``; ``before`` are the poses of the look that led here (at least one)."""
    offset, size, pitch, height = (
        statistics.median(column)
        for column in zip(*((p.offset, p.size, p.pitch, p.height) for p in before), strict=True)
    )
    return Challenge(tuple(asks), Pose(time, offset, size, pitch, height), time)


def follow(challenge: Challenge, seen: Pose) -> Challenge:
    """Return the challenge after one more frame; a NaN counts as a frame that shows nothing."""
    if challenge.outcome is not Outcome.OPEN:
        return challenge
    if challenge.needs_lids:
        lids = seen.lids if _is_still(challenge.base, seen) else None
        challenge = replace(challenge, blinks=watch(challenge.blinks, seen.time, lids))
    if seen.time - challenge.asked < REACTION_S:
        return challenge
    if seen.time - challenge.asked > (BLINK_S if challenge.ask is Ask.BLINK else STEP_S):
        return replace(challenge, outcome=Outcome.TOO_SLOW)
    moved = seen.offset - challenge.base.offset
    if challenge.returning:
        return _come_back(challenge, seen.time, moved)
    ask = challenge.asks[challenge.step]
    if ask is Ask.BLINK:
        twice = challenge.blinks.twice(challenge.asked + REACTION_S)
        return _done(challenge, seen.time) if twice else challenge
    if ask is Ask.NEARER:
        return _count(challenge, seen.time, seen.size / challenge.base.size >= NEARER, wrong=False)
    ahead = moved if ask is Ask.LEFT else -moved
    return _count(challenge, seen.time, ahead >= TURN, wrong=ahead <= -TURN)


def swings(poses: Sequence[Pose]) -> bool:
    """Whether an unasked head turn shows in the poses: three frames in a row beyond :data:`TURN`.

    It says that the face is not flat. It does not say that it is no recording.
    """
    if len(poses) < 2 * FRAMES:
        return False
    base = statistics.median(seen.offset for seen in poses[: 2 * FRAMES])
    run_left = run_right = 0
    for seen in poses:
        run_left = run_left + 1 if seen.offset - base >= TURN else 0
        run_right = run_right + 1 if base - seen.offset >= TURN else 0
        if max(run_left, run_right) >= FRAMES:
            return True
    return False


def _count(challenge: Challenge, time: float, right: bool, *, wrong: bool) -> Challenge:
    ahead = challenge.right + 1 if right else 0
    astray = challenge.wrong + 1 if wrong else 0
    if astray >= FRAMES:
        return replace(challenge, wrong=astray, outcome=Outcome.WRONG_WAY)
    if ahead >= FRAMES:
        return _done(challenge, time)
    return replace(challenge, right=ahead, wrong=astray)


def _done(challenge: Challenge, time: float) -> Challenge:
    """The step was done; the face has to come back."""
    return replace(challenge, right=0, wrong=0, returning=True, asked=time)


def _is_still(base: Pose, seen: Pose) -> bool:
    """Whether a face is as before the challenge: not turned, not lowered, not tilted. False for NaN."""
    ahead = abs(seen.offset - base.offset) <= BACK and abs(seen.pitch - base.pitch) <= NOD
    return ahead and abs(seen.height - base.height) <= TILT * base.height


def _come_back(challenge: Challenge, time: float, moved: float) -> Challenge:
    front = challenge.right + 1 if abs(moved) <= BACK else 0
    if front < FRAMES:
        return replace(challenge, right=front)
    step = challenge.step + 1
    outcome = Outcome.PASSED if step == len(challenge.asks) else Outcome.OPEN
    return replace(challenge, step=step, right=0, wrong=0, returning=False, asked=time, outcome=outcome)
