"""The desk's eyes together, with a passive check and lids that misbehave."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.camera import Frame
from engine.faces.desk.observer import Observer
from engine.faces.desk.policy import DeskState, Phase, advance
from engine.faces.desk.rules import DeskRules
from engine.faces.face import Face
from engine.faces.liveness.blink import Lids
from engine.faces.liveness.challenge import Ask, Pose, begin
from engine.faces.liveness.passive import PassiveCheck
from engine.faces.matching import Known, Thresholds
from engine.faces.people import Person
from engine.faces.recogniser import Recogniser
from engine.images import Rgb, read_picture
from tests.engine.faces.desk.driving import LINES, Fake, scene


def decisions(
    recogniser: Recogniser, passive: PassiveCheck | None, gallery: Known, photo: Rgb, frames: int = 20
) -> set[Phase]:
    observer, state = Observer(recogniser, passive, gallery, LINES), DeskState()
    rules, seen = DeskRules(liveness="passive"), set()
    for step in range(frames):
        frame = Frame(scene(photo, step), step, step * 0.1)
        state = advance(state, observer.observe(frame, state, frame.time), rules, 0)
        seen.add(state.phase)
        if state.band is not None:
            break
    return seen


@pytest.fixture(scope="module")
def gallery(recogniser: Recogniser, people: dict[str, list[Path]]) -> Known:
    photo = read_picture(people["Barack Obama"][0]).rgb
    vector = recogniser.encode([recogniser.find_one(photo, "photo")])
    return Known((Person("a", "Ada"),), np.array([0]), vector)


def test_only_a_passive_check_that_says_live_welcomes(
    recogniser: Recogniser, gallery: Known, people: dict[str, list[Path]]
) -> None:
    photo = read_picture(people["Barack Obama"][1]).rgb
    assert Phase.WELCOME in decisions(recogniser, Fake(0.99), gallery, photo)
    assert Phase.REFUSED in decisions(recogniser, Fake(0.01), gallery, photo)
    stranger = read_picture(people["Joe Biden"][0]).rgb
    assert Phase.REFUSED in decisions(recogniser, Fake(0.99), gallery, stranger)
    for broken in (RuntimeError("no"), math.nan, math.inf, -1.0, 0.45):
        assert Phase.WELCOME not in decisions(recogniser, Fake(broken), gallery, photo, 8)
    assert Phase.WELCOME not in decisions(recogniser, None, gallery, photo, 8)


class FakeLids:
    """Counts how often it is asked and answers what it is told to."""

    def __init__(self, answer: Lids | Exception) -> None:
        self.answer, self.asked = answer, 0

    def look(self, rgb: Rgb, face: Face) -> Lids:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_lids_are_read_only_while_a_blink_is_to_come_and_a_failure_is_no_blink(
    recogniser: Recogniser, gallery: Known, portrait: Rgb
) -> None:
    base = [Pose(0.0, 0.0, 60.0)]
    blink, turn = begin((Ask.BLINK, Ask.LEFT), base, 1.0), begin((Ask.LEFT, Ask.RIGHT), base, 1.0)
    for answer, seen in ((Lids(0.3, 0.3), Lids(0.3, 0.3)), (RuntimeError("no"), None)):
        for challenge, phase, asked in (
            (blink, Phase.CHALLENGE, 1),
            (turn, Phase.CHALLENGE, 0),
            (replace(blink, step=1), Phase.CHALLENGE, 0),
            (blink, Phase.LOOK, 0),
            (None, Phase.LOOK, 0),
        ):
            lids = FakeLids(answer)
            observer = Observer(recogniser, None, gallery, Thresholds(), lids)  # type: ignore[arg-type]
            state = DeskState(phase, track=1, look=1, challenge=challenge)
            sight = observer.observe(Frame(portrait, 0, 2.0), state, 2.0)
            assert sight.pose is not None
            assert lids.asked == asked
            assert sight.pose.lids == (seen if asked else None)
