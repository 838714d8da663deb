"""Tracking, coaching, badges and evidence, each by itself."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.faces.desk.coach import Coach, is_usable
from engine.faces.desk.codes import CodeReader
from engine.faces.desk.evidence import Evidence, only
from engine.faces.desk.sight import Recognition
from engine.faces.desk.zone import Presence, Tracker, overlap
from engine.faces.face import Face
from engine.faces.matching import Known, Thresholds
from engine.faces.people import Person
from engine.faces.quality import Hint, measure
from engine.faces.recogniser import Recogniser
from engine.images import Rgb
from tests.engine.faces.desk.driving import LINES


def face(x: float, eyes: float = 50.0) -> Face:
    points = np.array([[0, 0], [1, 0], [0.5, 0.6], [0.1, 1.1], [0.9, 1.1]], np.float32) * eyes
    return Face((x, 100.0, 2 * eyes, 2.6 * eyes), points + np.float32([x, 120]), 0.9)


def test_the_nearest_face_is_followed_and_a_swap_is_a_new_track() -> None:
    tracker = Tracker()
    assert tracker.place([], 0.0).presence is Presence.NOBODY
    assert tracker.place([face(100, 10)], 0.1).presence is Presence.NOBODY, "somebody passes far behind"
    assert tracker.place([face(100, 25)], 0.2).presence is Presence.FAR
    first = tracker.place([face(100), face(400, 20)], 0.3)
    assert first.presence is Presence.ONE
    assert first.face is not None
    assert first.face.box[0] == 100
    assert tracker.place([face(110)], 0.4).track == first.track
    assert tracker.place([face(110), face(400, 45)], 0.5).presence is Presence.SEVERAL
    assert tracker.place([], 0.6).presence is Presence.NOBODY
    assert tracker.place([face(110)], 0.9).track == first.track, "a short gap is no departure"
    assert tracker.place([face(110)], 2.0).track != first.track, "a long one is"
    assert tracker.place([face(400)], 2.1).track == first.track + 2, "and so is a jump"


def test_leaving_the_zone_takes_more_than_entering() -> None:
    tracker = Tracker()
    tracker.place([face(100, 40)], 0.0)
    assert tracker.place([face(100, 29)], 0.1).presence is Presence.ONE
    assert tracker.place([face(100, 20)], 0.2).presence is Presence.FAR
    assert tracker.place([face(100, 29)], 0.3).presence is Presence.FAR


def test_overlap_of_boxes() -> None:
    assert overlap((0, 0, 2, 2), (0, 0, 2, 2)) == 1.0
    assert overlap((0, 0, 2, 2), (1, 0, 2, 2)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 1, 1), (5, 5, 1, 1)) == 0.0


def test_a_hint_appears_late_stands_long_and_is_alone() -> None:
    coach = Coach()
    assert coach.advise(Hint.HOLD_STILL, 0.0) is None
    assert coach.advise(Hint.HOLD_STILL, 0.4) is Hint.HOLD_STILL
    assert coach.advise(Hint.NEARER, 0.5) is Hint.HOLD_STILL
    assert coach.advise(Hint.NEARER, 1.0) is Hint.HOLD_STILL, "not yet read"
    assert coach.advise(Hint.NEARER, 1.7) is Hint.NEARER
    assert coach.advise(None, 1.8) is Hint.NEARER


def test_the_coach_names_what_is_wrong(recogniser: Recogniser, portrait: Rgb) -> None:
    found = recogniser.find_one(portrait, "a portrait")
    crop = found.crop
    assert is_usable(found.quality)
    half_dark = crop.copy()
    half_dark[:, 56:] //= 6
    small = Face(found.face.box, found.face.landmarks * (12 / found.face.eye_distance), 0.9)
    for changed, whose, hint in (
        (half_dark, found.face, Hint.EVEN_LIGHT),
        ((crop * 0.12).astype(np.uint8), found.face, Hint.MORE_LIGHT),
        (cv2.GaussianBlur(crop, (0, 0), 4.0).astype(np.uint8), found.face, Hint.HOLD_STILL),
        (crop, small, Hint.NEARER),
    ):
        quality = measure(whose, changed)
        assert quality.hint is hint
        assert not is_usable(quality)
        assert quality.score < found.quality.score


def test_a_badge_is_read_and_nonsense_is_not(no_face: Rgb) -> None:
    code = cv2.QRCodeEncoder.create().encode("staff:4711")
    code = cv2.resize(code, None, fx=6, fy=6, interpolation=cv2.INTER_NEAREST)
    picture = np.full((480, 640, 3), 200, np.uint8)
    picture[100 : 100 + code.shape[0], 200 : 200 + code.shape[1]] = code[..., None]
    reader = CodeReader()
    assert reader.read(picture) == "staff:4711"
    assert reader.read(no_face) is None


def unit(*values: float) -> NDArray[np.float32]:
    vector = np.zeros(128, np.float32)
    vector[: len(values)] = values
    scaled: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
    return scaled


def known(*, alike: bool = False) -> Known:
    people = (Person("a", "Ada", claim_only=alike), Person("b", "Bob"))
    return Known(people, np.array([0, 1]), np.stack([unit(1.0), unit(0.0, 1.0)]))


def test_evidence_weighs_and_says_what_it_means() -> None:
    def recognised(*vectors: NDArray[np.float32], claim: str = "", alike: bool = False) -> str:
        lines = Thresholds(strangers_accepted=0.0001)  # as strict as for a large gallery
        evidence = Evidence(only(known(), claim) if claim else known(alike=alike), lines)
        for vector in vectors:
            evidence.add(vector, 1.0)
        return evidence.recognise(evidence.match(), claim)[0].value

    assert recognised(unit(1.0, 0.1)) == Recognition.ACCEPT
    assert recognised(unit(1.0, 0.98)) == Recognition.TIE
    assert recognised(unit(0.3, 0.0, 1.0)) == Recognition.FAR_STRANGER
    assert recognised(unit(0.38, 0.0, 0.92)) == Recognition.BETWEEN
    assert recognised(unit(0.38, 0.0, 0.92), claim="a") == Recognition.ACCEPT, "1:1 has a wider line"
    assert recognised(unit(0.0, 1.0), claim="a") == Recognition.FAR_STRANGER
    assert recognised(unit(1.0), claim="nobody") == Recognition.FAR_STRANGER
    assert recognised(unit(1.0), alike=True) == Recognition.LOOKALIKE
    evidence = Evidence(known(), LINES)
    evidence.add(unit(1.0), 1.0)
    evidence.add(unit(0.0, 0.0, 1.0), 0.05)
    assert evidence.recognise(evidence.match())[0] is Recognition.ACCEPT, "a poor frame weighs little"


def test_a_face_that_changes_is_noticed_but_one_bad_frame_is_not() -> None:
    evidence = Evidence(known(), LINES)
    for vector in [unit(1.0)] * 3 + [unit(0.0, 1.0)] + [unit(1.0)] * 4:
        evidence.add(vector, 1.0)
    assert evidence.same
    for _ in range(2):
        evidence.add(unit(0.0, 1.0), 1.0)
    assert not evidence.same
    evidence.add(unit(np.nan), 1.0)
    assert not evidence.same
