"""Blinks: the aspect ratio of an eye, what counts as a blink, the step of the challenge, and real eyes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.faces.face import Face
from engine.faces.lids import EYE, MARGIN, SIDE, LidFinder, crop_to_picture, load_lids
from engine.faces.liveness.blink import Blinks, Lids, openness, watch
from engine.faces.liveness.challenge import (
    Ask,
    Challenge,
    Outcome,
    Pose,
    begin,
    can_blink,
    follow,
    plan,
    pose_of,
)
from engine.faces.recogniser import Recogniser
from engine.faces.recordings import recording
from engine.images import Rgb, read_picture
from engine.models import Models
from tests.engine.faces.moving import moving
from tests.golden import franck_blinks as marked

STEP = 0.04
WIDE, SHUT = 0.3, 0.1
AROUND = bytes(range(243)) * 4


@given(hnp.arrays(np.float64, (6, 2), elements=st.floats(-100, 100)))
def test_openness_is_the_eye_aspect_ratio(points: np.ndarray) -> None:
    p1, p2, p3, p4, p5, p6 = (complex(*point) for point in points)
    if abs(p1 - p4) < 1e-6:
        return
    expected = (abs(p2 - p6) + abs(p3 - p5)) / (2 * abs(p1 - p4))
    assert openness(points) == pytest.approx(expected, rel=1e-9)


def test_openness_does_not_depend_on_place_size_or_roll_and_is_no_number_for_a_point() -> None:
    eye = np.array([[0, 0], [2, 1], [4, 1], [6, 0], [4, -1], [2, -1]], float)
    assert openness(eye) == pytest.approx(1 / 3)
    turn = 5.0 * np.array([[math.cos(0.7), -math.sin(0.7)], [math.sin(0.7), math.cos(0.7)]])
    assert openness(eye @ turn.T + [30, -4]) == pytest.approx(1 / 3)
    assert math.isnan(openness(np.zeros((6, 2))))


def watched(readings: Iterable[tuple[float, float] | None], step: float = STEP) -> Blinks:
    blinks = Blinks()
    for index, reading in enumerate(readings):
        blinks = watch(blinks, index * step, Lids(*reading, AROUND) if reading is not None else None)
    return blinks


def eyes(*runs: tuple[float, int]) -> list[tuple[float, float] | None]:
    return [(value, value) for value, count in runs for _ in range(count)]


def test_a_blink_is_shut_and_open_again_soon() -> None:
    one = watched(eyes((WIDE, 20), (SHUT, 4), (WIDE, 5)))
    assert one.done == (pytest.approx(20 * STEP),)
    assert watched(eyes((WIDE, 20), (SHUT, 4))).done == (), "not open yet"
    assert watched(eyes((WIDE, 20), (SHUT, 25), (WIDE, 20))).done == (), "eyes that rest"
    assert watched(eyes((WIDE, 20), (0.21, 4), (WIDE, 5))).done == (), "half down"
    assert watched(eyes((WIDE, 3), (SHUT, 4), (WIDE, 20))).done == (), "nothing is known of the usual yet"
    assert watched(eyes((SHUT, 20), (0.03, 4), (SHUT, 20))).done == (), "eyes that are shut anyway"
    two = watched(eyes((WIDE, 20), (SHUT, 4), (WIDE, 5), (SHUT, 4), (WIDE, 5)))
    assert two.twice(0.0)
    assert not two.twice(21 * STEP), "the first began before it was asked"
    assert not one.twice(0.0)
    apart = watched(eyes((WIDE, 20), (SHUT, 4), (WIDE, 30), (SHUT, 4), (WIDE, 5)))
    assert len(apart.done) == 2
    assert not apart.twice(0.0)


@pytest.mark.parametrize("spoilt", [None, (math.nan, SHUT), (math.inf, math.inf)])
def test_a_blink_must_be_seen_from_beginning_to_end(spoilt: tuple[float, float] | None) -> None:
    readings = [*eyes((WIDE, 20), (SHUT, 2)), spoilt, *eyes((SHUT, 2), (WIDE, 20))]
    assert watched(readings).done == ()
    assert len(watched([*eyes((WIDE, 20)), spoilt, *eyes((WIDE, 3), (SHUT, 2), (WIDE, 3))]).done) == 1


def test_one_eye_is_a_wink_and_slow_or_old_frames_prove_nothing() -> None:
    wink: list[tuple[float, float] | None] = [(SHUT, WIDE)] * 4
    assert watched([*eyes((WIDE, 20)), *wink, *eyes((WIDE, 5))]).done == ()
    assert watched(eyes((WIDE, 10), (SHUT, 1), (WIDE, 5)), step=0.15).done != ()
    assert watched(eyes((WIDE, 10), (SHUT, 1), (WIDE, 5)), step=0.25).done == ()
    open_eyes = watched(eyes((WIDE, 20)))
    assert watch(open_eyes, open_eyes.last, Lids(SHUT, SHUT, AROUND)) == open_eyes
    assert watch(open_eyes, math.nan, Lids(SHUT, SHUT, AROUND)) == open_eyes


@pytest.mark.parametrize("other", [b"", bytes(972), AROUND[::-1], AROUND[:-1], b"\x80" + bytes(971)])
@pytest.mark.parametrize("at", [19, 20, 22, 24])
def test_eyes_with_other_surroundings_have_not_shut(other: bytes, at: int) -> None:
    """The last open frame, the first shut one, another, and the first that is open again."""
    blinks = Blinks()
    for index, reading in enumerate(eyes((WIDE, 20), (SHUT, 4), (WIDE, 5))):
        assert reading is not None
        blinks = watch(blinks, index * STEP, Lids(*reading, other if index == at else AROUND))
    assert blinks.done == ()
    assert blinks.open


@settings(deadline=None)
@given(st.lists(st.floats(0.26, 0.34), min_size=30, max_size=80))
def test_noise_does_not_blink(values: list[float]) -> None:
    assert watched([(value, value) for value in values]).done == ()


ASKED = 10.0


def asked_to_blink(*asks: Ask) -> Challenge:
    return begin(asks or (Ask.BLINK,), [Pose(ASKED - 0.1, 0.0, 50.0, 0.1, 1.1)], ASKED)


def shown(challenge: Challenge, values: Iterable[float], **changes: float) -> Challenge:
    """Show eyes frame by frame from where the challenge stands."""
    time = max(ASKED, challenge.blinks.last)
    for value in values:
        time += STEP
        pose = {"offset": 0.0, "size": 50.0, "pitch": 0.1, "height": 1.1} | changes
        challenge = follow(challenge, Pose(time, **pose, lids=Lids(value, value, AROUND)))
    return challenge


TWO = [*[WIDE] * 8, *[SHUT] * 4, *[WIDE] * 6, *[SHUT] * 4, *[WIDE] * 2]


def test_two_blinks_answer_and_the_face_has_to_be_ahead_again() -> None:
    start = asked_to_blink()
    assert start.needs_lids
    answered = shown(start, TWO)
    assert answered.returning
    assert answered.ask is Ask.FRONT
    assert not answered.needs_lids
    assert shown(answered, [WIDE] * 10).outcome is Outcome.PASSED
    assert shown(answered, [WIDE] * 10, offset=0.3).outcome is Outcome.OPEN


def test_what_does_not_answer_a_request_to_blink() -> None:
    start = asked_to_blink()
    once = shown(start, [*TWO[:18], *[WIDE] * 90])
    assert once.outcome is Outcome.TOO_SLOW
    for change in ({"offset": 0.3}, {"pitch": 0.6}, {"height": 0.8}, {"offset": math.nan}):
        assert not shown(start, TWO, **change).returning, change
    unread = start
    for index in range(60):
        unread = follow(unread, Pose(ASKED + index * STEP, 0.0, 50.0, 0.1, 1.1))
    assert not unread.returning
    early = asked_to_blink(Ask.NEARER, Ask.BLINK)
    early = shown(early, TWO)
    early = shown(early, [WIDE] * 4, size=70.0)
    early = shown(early, [WIDE] * 12)
    assert (early.step, early.ask) == (1, Ask.BLINK)
    assert not early.returning, "the blinks came before they were asked for"
    assert shown(early, TWO).returning


def test_a_blink_is_drawn_beside_a_turn_and_only_where_it_can_be_seen() -> None:
    plans = {plan(seed, 1, blink=True) for seed in range(600)}
    assert len(plans) == 12
    assert {frozenset(steps) for steps in plans if Ask.BLINK in steps} == {
        frozenset({Ask.LEFT, Ask.BLINK}),
        frozenset({Ask.RIGHT, Ask.BLINK}),
    }
    assert not any(Ask.BLINK in plan(seed, 1) for seed in range(200))
    assert can_blink([Pose(0.0, 0.0, 40.0)])
    assert not can_blink([Pose(0.0, 0.0, 25.0)])
    assert not can_blink([Pose(0.0, 0.0, math.nan)])


def face_with_eyes(right: tuple[float, float], left: tuple[float, float]) -> Face:
    rest = [(50.0, 60.0), (40.0, 80.0), (60.0, 80.0)]
    return Face((0, 0, 100, 100), np.array([right, left, *rest], np.float32), 0.9)


def test_the_crop_of_an_eye_is_level_about_it_and_mirrored_for_the_left_one() -> None:
    face = face_with_eyes((30.0, 40.0), (70.0, 70.0))
    for eye, sign in ((0, 1.0), (1, -1.0)):
        matrix = crop_to_picture(face, eye)
        middle = matrix[:, :2] @ [SIDE / 2, SIDE / 2] + matrix[:, 2]
        assert middle == pytest.approx(face.landmarks[eye])
        side = matrix[:, :2] @ [SIDE, 0.0]
        assert side == pytest.approx(sign * MARGIN * EYE * np.array([40.0, 30.0]))
        down = matrix[:, :2] @ [0.0, SIDE]
        assert down == pytest.approx(MARGIN * EYE * np.array([-30.0, 40.0]))
    for broken in (face_with_eyes((30, 40), (30, 40)), face_with_eyes((math.nan, 40), (70, 40))):
        with pytest.raises(ValueError, match="eyes"):
            crop_to_picture(broken, 0)


@pytest.fixture(scope="module")
def lids(models: Models) -> LidFinder:
    finder = load_lids(models)
    assert finder is not None
    return finder


def test_open_eyes_of_a_portrait_are_measured_whatever_its_roll_and_size(
    lids: LidFinder, recogniser: Recogniser, portrait: Rgb
) -> None:
    face = recogniser.locate(portrait)[0]
    seen = lids.look(portrait, face)
    assert min(seen.right, seen.left) > 0.15
    assert max(seen.right, seen.left) < 0.5
    for eye, outwards in ((0, -1.0), (1, 1.0)):
        points = lids.points(portrait, face, eye)
        assert np.linalg.norm(points.mean(axis=0) - face.landmarks[eye]) < 0.15 * face.eye_distance
        width = outwards * (points[0][0] - points[3][0])
        assert width == pytest.approx(EYE * face.eye_distance, rel=0.3), "outer corner first"
        assert max(points[1:3, 1]) < min(points[4:, 1]), "the upper lid above the lower one"
    height, width = portrait.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 20.0, 0.8)
    rolled = cv2.warpAffine(portrait, turn, (width, height)).astype(np.uint8)
    again = lids.look(rolled, recogniser.locate(rolled)[0])
    assert (again.right, again.left) == pytest.approx((seen.right, seen.left), rel=0.2)
    mirrored = np.ascontiguousarray(portrait[:, ::-1])
    other = lids.look(mirrored, recogniser.locate(mirrored)[0])
    assert (other.left, other.right) == pytest.approx((seen.right, seen.left), rel=0.2)


def test_without_its_network_nothing_reads_lids(tmp_path: Path) -> None:
    assert load_lids(Models(tmp_path, on_board=tmp_path)) is None


def test_the_blinks_of_a_recorded_man_are_found_and_his_looking_down_is_none(
    lids: LidFinder, recogniser: Recogniser, data: Path
) -> None:
    blinks = Blinks()
    parts = (range(150, 280), range(700, 740), range(1380, 1440))
    for index, frame in enumerate(recording(data / marked.CLIP, 1000.0)):
        if index >= parts[-1].stop:
            break
        faces = recogniser.locate(frame.rgb) if any(index in part for part in parts) else ()
        if faces:
            blinks = watch(blinks, frame.time, lids.look(frame.rgb, faces[0]))
    found = [round(at * marked.RATE) for at in blinks.done]
    wanted = [blink for blink in marked.BLINKS if any(blink in part for part in parts)]
    assert len(found) == len(wanted) == 4
    assert all(abs(a - b) <= marked.NEAR for a, b in zip(found, wanted, strict=True))


def test_a_photo_that_is_tilted_or_bent_does_not_blink(
    lids: LidFinder, recogniser: Recogniser, people: dict[str, list[Path]]
) -> None:
    photo = read_picture(people["Barack Obama"][0]).rgb
    for how in ("tilted ±60°", "bent about a level axis"):
        challenge: Challenge | None = None
        before: list[Pose] = []
        for time, picture in moving(photo, how, recogniser.locate):
            faces = recogniser.locate(picture)
            if not faces:
                continue
            pose = pose_of(faces[0].landmarks, time, lids.look(picture, faces[0]))
            if challenge is None:
                before.append(pose)
                challenge = begin((Ask.BLINK,), before, time) if time >= 0.5 else None
            else:
                challenge = follow(challenge, pose)
        assert challenge is not None
        assert not challenge.returning, how
        assert len(challenge.blinks.done) < 2, how
