"""The best of a few camera frames: for enrolment, and for a claim made before the camera."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from engine.camera import Frame
from engine.errors import EngineError, ErrorCode
from engine.faces.answers import Burst
from engine.faces.matching import distances
from engine.faces.quality import Hint
from engine.jobs import WAIT, Task
from engine.latest import Latest
from engine.progress import Pace

if TYPE_CHECKING:
    from engine.faces.recogniser import AlignedFace, Recogniser

FRAMES: Final = 5
"""Frames with a face from which the best is taken."""

SECONDS: Final = 10.0
"""How long a burst looks for a face before it gives up."""


def best_of_burst(
    recogniser: Recogniser, frames: Latest[Frame], threshold: float
) -> Task[Burst, AlignedFace]:
    """Return the best face of :data:`FRAMES` fresh frames; those with no or several faces only give hints.

    Raises:
        EngineError: NO_FACE or SEVERAL_FACES when ten seconds brought no good frame; SEVERAL_FACES when the
            person changed, that is, when a face is beyond ``threshold`` of the best one.
    """
    pace, end = Pace(FRAMES), time.monotonic() + SECONDS
    good: list[AlignedFace] = []
    problem: EngineError | None = None
    while len(good) < FRAMES and (problem is None or time.monotonic() < end):
        frame = frames.take()
        if frame is None or not frame.fresh:
            yield WAIT
            continue
        try:
            good.append(recogniser.find_one(frame.rgb, "the camera's picture"))
            hint = good[-1].quality.hint
        except EngineError as error:
            problem = error
            hint = Hint.NO_FACE if error.code is ErrorCode.NO_FACE else Hint.ONE_PERSON
        yield Burst(pace.at(len(good)), hint)
    if not good and problem is not None:
        raise problem
    best = max(good, key=lambda face: face.quality.score)
    vectors = recogniser.encode(good)
    if distances(vectors, vectors).max() > threshold:
        raise EngineError(
            ErrorCode.SEVERAL_FACES,
            "The person before the camera changed. Start again with one person at a time.",
            "the camera's picture",
        )
    return best
