"""The parts of liveness: passive networks, the geometry of a challenge, the flash, statistics, the record."""

from __future__ import annotations

import math
import pickle
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, ErrorCode
from engine.faces.desk.policy import Band
from engine.faces.liveness import flash
from engine.faces.liveness.challenge import (
    Ask,
    Challenge,
    Outcome,
    Pose,
    begin,
    follow,
    plan,
    pose_of,
    swings,
)
from engine.faces.liveness.clips import Verdict, decide, find_clips, measure_clips
from engine.faces.liveness.labels import Labels
from engine.faces.liveness.minifasnet import build_passive
from engine.faces.liveness.passive import (
    NETWORKS,
    MiniFasNetCheck,
    PassiveLook,
    crop_box,
    is_inside,
    load_passive,
)
from engine.faces.liveness.record import (
    SPECIES,
    TRIES,
    AttackTest,
    Verified,
    load_test,
    save_test,
)
from engine.faces.liveness.statistics import Presentation, attack_report, clopper_pearson
from engine.faces.liveness.verdict import Passive, passive_verdict
from engine.faces.recogniser import Recogniser
from engine.faces.recordings import recording
from engine.images import Rgb, read_picture
from engine.jobs import run
from engine.models import Models

LIVE = PassiveLook(0.9, True)


def test_the_passive_networks_are_built_from_their_weights(passive_models: Models, portrait: Rgb) -> None:
    sizes = {}
    for name, _ in NETWORKS:
        network = passive_models.network(name)
        sizes[name] = sum(weights.numel() for weights in network.parameters())
        out = network(torch.zeros(2, 3, 80, 80))
        assert out.shape == (2, 3)
        assert torch.allclose(out.sum(1), torch.ones(2))
    assert sizes == {"minifasnet-v2": 434_560, "minifasnet-v1se": 433_586}


def test_recorded_faces_look_alive_and_screens_do_not(
    passive_models: Models, recogniser: Recogniser, data: Path
) -> None:
    check = MiniFasNetCheck(passive_models)
    means = {}
    for name in ("lest_real", "lest_fake", "tran_real", "tran_fake"):
        frames = recording(data / "faces" / "liveness" / "clips" / f"{name}.mp4", 2.0)
        looks = []
        for _, frame in zip(range(4), frames, strict=False):
            looks.append(check.look(frame.rgb, recogniser.locate(frame.rgb)[0].box).live)
        means[name] = sum(looks) / len(looks)
    assert min(means["lest_real"], means["tran_real"]) > 0.5
    assert max(means["lest_fake"], means["tran_fake"]) < 1 / 3


def test_without_its_networks_there_is_no_passive_check(models: Models, tmp_path: Path) -> None:
    assert load_passive(models) is None
    for name, _ in NETWORKS:
        (tmp_path / models.card(name).file).write_bytes(pickle.dumps({"harm": print}))
    assert load_passive(Models(tmp_path)) is None, "a file with another hash is not even opened"
    with pytest.raises(KeyError):
        build_passive({"conv1.conv.weight": torch.zeros(4, 3, 3, 3)})


@given(
    st.floats(0, 600), st.floats(0, 400), st.floats(8, 500), st.floats(8, 400), st.sampled_from([2.7, 4.0])
)
def test_the_crop_always_lies_in_the_frame(x: float, y: float, w: float, h: float, scale: float) -> None:
    left, top, right, bottom = crop_box((x, y, w, h), 640, 480, scale)
    assert 0 <= left < right <= 639
    assert 0 <= top < bottom <= 479
    if is_inside((x, y, w, h), 640, 480, scale):
        assert right - left == pytest.approx(w * scale, abs=2)


@pytest.mark.parametrize(
    ("looks", "verdict"),
    [
        ([], Passive.MISSING),
        ([LIVE] * 4 + [None], Passive.MISSING),
        ([LIVE] * 4 + [PassiveLook(math.nan, True)], Passive.MISSING),
        ([LIVE] * 5, Passive.LIVE),
        ([PassiveLook(0.9, False)] * 5, Passive.CONTEXT),
        ([PassiveLook(0.4, True)] * 5, Passive.UNSURE),
        ([PassiveLook(0.1, False)] * 5, Passive.ATTACK),
    ],
)
def test_the_passive_verdict(looks: list[PassiveLook | None], verdict: Passive) -> None:
    assert passive_verdict(looks) is verdict


def closely(*crops: float, live: float = 0.95) -> list[PassiveLook | None]:
    return [PassiveLook(live, False, crops)] * 5


def test_without_its_surroundings_a_face_must_surely_look_living_by_itself() -> None:
    assert passive_verdict(closely(0.9, 0.9)) is Passive.LIVE
    for doubtful in (
        closely(0.9, 0.6),
        closely(0.5, 0.9),
        closely(0.9, 0.9, live=0.6),
        closely(),
        closely(0.9, math.nan),
        closely(math.inf, 0.9),
        [*closely(0.9, 0.9)[:4], *closely(0.9)[:1]],
        [*closely(0.9, 0.9)[:4], PassiveLook(0.95, False)],
    ):
        assert passive_verdict(doubtful) is Passive.CONTEXT
    assert passive_verdict(closely(0.9, 0.9), "whole") is Passive.CONTEXT
    assert passive_verdict(closely(0.9, 0.9), "nonsense") is Passive.CONTEXT
    assert passive_verdict(closely(0.1, 0.1), "shrunk") is Passive.LIVE
    assert passive_verdict(closely(0.9, 0.9, live=0.2)) is Passive.ATTACK
    assert passive_verdict([LIVE] * 3 + closely(0.1, 0.1)[:2]) is Passive.LIVE, "mostly seen whole"


def swept(photo: Rgb, degrees: float) -> Rgb:
    """A flat photograph, turned about its vertical axis before a pinhole camera, as 640 × 480."""
    height, width = photo.shape[:2]
    half_width, half_height = 200 * width / height, 200.0
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float) * [half_width, half_height]
    angle, distance = math.radians(degrees), 900.0
    shrink = distance / (distance + corners[:, 0] * math.sin(angle))
    place = np.stack([corners[:, 0] * math.cos(angle) * shrink + 320, corners[:, 1] * shrink + 240], axis=1)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(flat, place.astype(np.float32))
    return cv2.warpPerspective(photo, warp, (640, 480), borderValue=(110, 110, 110)).astype(np.uint8)


def test_flat_photos_do_not_turn_and_a_head_does(
    recogniser: Recogniser, people: dict[str, list[Path]], data: Path
) -> None:
    """The geometry of the challenge, on the real detector: photos swept ±60°, and a recorded person."""
    for name in ("Barack Obama", "Joe Biden"):
        photo = read_picture(people[name][0]).rgb
        poses = []
        for step, degrees in enumerate([0, 0, 0, 0, 0, 0, *range(0, 61, 6), *range(54, -61, -6)]):
            faces = recogniser.locate(swept(photo, degrees))
            if faces:
                poses.append(pose_of(faces[0].landmarks, step * 0.1))
        assert len(poses) > 20
        assert not swings(poses), name
    poses = []
    for frame in recording(data / "faces" / "liveness" / "clips" / "tran_real.mp4", 8.0):
        faces = recogniser.locate(frame.rgb)
        if faces:
            poses.append(pose_of(faces[0].landmarks, frame.time))
        if frame.time > 7.0:
            break
    assert swings(poses)


def done(challenge: Challenge, offsets: list[float], size: float = 50.0) -> Challenge:
    time = challenge.asked + 0.3
    for offset in offsets:
        challenge = follow(challenge, Pose(time, offset, size))
        time += 0.1
    return challenge


def test_a_turn_counts_after_three_frames_and_the_way_back() -> None:
    start = begin((Ask.LEFT,), [Pose(0.0, 0.1, 50.0)], 1.0)
    assert done(start, [0.5, 0.5]).returning is False
    turned = done(start, [0.5, 0.5, 0.5])
    assert turned.ask is Ask.FRONT
    assert done(turned, [0.3, 0.1, 0.1]).outcome is Outcome.OPEN
    assert done(turned, [0.1, 0.1, 0.1]).outcome is Outcome.PASSED
    assert done(start, [0.5, 0.1, 0.5, 0.1, 0.5]).returning is False, "not in a row"
    assert done(start, [-0.4, -0.4, -0.4]).outcome is Outcome.WRONG_WAY
    assert done(start, [math.nan] * 20).returning is False
    assert follow(start, Pose(1.1, 0.9, 50.0)) == start, "nobody reacts in a tenth of a second"
    assert follow(start, Pose(9.0, 0.9, 50.0)).outcome is Outcome.TOO_SLOW


def test_coming_nearer_is_growth_and_plans_cannot_be_foreseen() -> None:
    start = begin((Ask.NEARER,), [Pose(0.0, 0.0, 50.0)], 1.0)
    assert done(start, [0.0] * 3, size=55.0).returning is False
    assert done(start, [0.0] * 3, size=63.0).returning is True
    plans = {plan(seed, 1) for seed in range(400)}
    assert len(plans) == 8
    assert all(Ask.LEFT in steps or Ask.RIGHT in steps for steps in plans)
    assert plan(7, 3) == plan(7, 3)


def lit(colours: np.ndarray, share: float, noise: float, seed: int = 0) -> np.ndarray:
    room = np.array([110.0, 90.0, 80.0])
    draw = np.random.default_rng(seed)
    return room + share * (colours - colours.mean(axis=0)) + draw.normal(0, noise, colours.shape)


def test_a_face_answers_the_flash_and_a_screen_does_not() -> None:
    screen = np.repeat(np.array(flash.sequence(3, 1), float), 5, axis=0)
    face = flash.answer(screen, lit(screen, 0.08, 0.4))
    assert flash.judge(face, None) is flash.FlashVerdict.REFLECTS
    phone = flash.answer(screen, lit(screen, 0.004, 0.4))
    assert flash.judge(phone, face.gain) is flash.FlashVerdict.SHINES
    assert flash.judge(phone, None) is not flash.FlashVerdict.SHINES, "an unknown desk proves nothing"
    assert flash.judge(flash.answer(screen, np.full_like(screen, 90.0)), None) is flash.FlashVerdict.UNCLEAR
    colours = flash.sequence(3, 1)
    assert all(a != b for a, b in pairwise(colours))
    assert 1.0 / flash.PERIOD_S <= 3.0, "at most three changes a second"
    assert len({flash.sequence(seed, 1) for seed in range(50)}) > 20


def test_the_flash_of_a_desk_is_judged_once_it_is_over_whatever_the_delay() -> None:
    expected = 0.08
    for share, verdict in ((0.08, flash.FlashVerdict.REFLECTS), (0.002, flash.FlashVerdict.SHINES)):
        flashing = flash.Flashing(seed=4, expected_gain=expected)
        flashing.begin(1, 10.0)
        draw = np.random.default_rng(1)
        shown = np.array(flashing.colours, float)
        for step in range(40):
            now = 10.0 + step * 0.08
            late = min(len(shown) - 1, max(0, int((now - 0.2 - 10.0) / flash.PERIOD_S)))
            light = 100 + share * (shown[late] - shown.mean(axis=0)) + draw.normal(0, 0.3, 3)
            assert flashing.verdict(10.5) is flash.FlashVerdict.UNCLEAR
            flashing.add(now, tuple(light))
        assert flashing.verdict(14.0) is verdict
    assert flash.Flashing(4, None).verdict(0.0) is flash.FlashVerdict.UNCLEAR


def test_the_skin_of_a_face_is_measured_inside_its_box() -> None:
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[40:60, 40:60] = (200, 100, 50)
    assert flash.face_colour(picture, (30, 30, 40, 40)) == pytest.approx((200, 100, 50), abs=1)


def exact_bounds(count: int, trials: int) -> tuple[float, float]:
    """Clopper–Pearson by scanning p, with binomials summed directly."""
    grid = np.linspace(0, 1, 20001)
    terms = np.array([math.comb(trials, k) for k in range(trials + 1)], float)
    powers = np.stack([terms[k] * grid**k * (1 - grid) ** (trials - k) for k in range(trials + 1)])
    at_least, at_most = powers[count:].sum(axis=0), powers[: count + 1].sum(axis=0)
    low = 0.0 if count == 0 else float(grid[np.flatnonzero(at_least >= 0.025)[0]])
    high = 1.0 if count == trials else float(grid[np.flatnonzero(at_most >= 0.025)[-1]])
    return low, high


@pytest.mark.parametrize(("count", "trials"), [(0, 5), (1, 5), (5, 5), (2, 30), (15, 30), (0, 0)])
def test_bounds_are_those_of_clopper_and_pearson(count: int, trials: int) -> None:
    share = clopper_pearson(count, trials)
    assert (share.low, share.high) == pytest.approx(
        exact_bounds(count, trials) if trials else (0, 1), abs=2e-4
    )


def test_error_rates_are_counted_a_species() -> None:
    shown = [
        *(Presentation("print", accepted, not accepted) for accepted in (True, False, False)),
        Presentation("phone", False, False),
        *(Presentation("live", accepted, not accepted) for accepted in (True, True, True, False)),
        Presentation("", True, False),
    ]
    report = attack_report(shown)
    assert report.apcer["print"].value == pytest.approx(1 / 3)
    assert (report.apcer["phone"].count, report.apcer_doubt["phone"].count) == (0, 1)
    assert report.bpcer.value == 0.25


def test_the_door_stays_shut_until_the_attack_test_is_complete_and_nothing_passed(tmp_path: Path) -> None:
    path = tmp_path / "attack-test.json"
    test = load_test(path, "camera 1", "standard")
    assert test.verified() is Verified.NOT_RUN
    while (species := test.next()) is not None:
        assert test.verified() in (Verified.NOT_RUN, Verified.INCOMPLETE)
        test = test.with_trial(species, Band.WELCOME if species == "live" else Band.REFUSE)
        save_test(path, test)
    assert len(test.trials) == TRIES * (1 + len(SPECIES))
    assert load_test(path, "camera 1", "standard").verified() is Verified.VERIFIED
    assert load_test(path, "camera 2", "standard").verified() is Verified.NOT_RUN
    assert load_test(path, "camera 1", "passive").verified() is Verified.NOT_RUN
    save_test(path, test.with_trial("phone", Band.WELCOME))
    assert load_test(path, "camera 1", "standard").verified() is Verified.FAILED
    save_test(path, AttackTest("camera 2", "standard"))
    assert load_test(path, "camera 1", "standard").trials, "tests of other cameras are kept"
    path.write_text("{")
    assert load_test(path, "camera 1", "standard").verified() is Verified.NOT_RUN


def test_a_desk_that_refuses_its_own_people_is_not_verified() -> None:
    test = AttackTest("c", "p")
    while (species := test.next()) is not None:
        test = test.with_trial(species, Band.STEP_UP)
    assert test.verified() is Verified.FAILED


def test_clips_are_found_in_folders(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"live_a_{number}.jpg").touch()
    for name in ("print_1.png", "print_2.png", "film.mp4", "readme.txt"):
        (tmp_path / name).touch()
    found = {clip.name: (clip.species, len(clip.files)) for clip in find_clips(tmp_path)}
    assert found["live_a_*"] == ("live", 6)
    assert found["print_1.png"] == ("print", 1)
    assert "film.mp4" in found
    assert len(found) == 4
    assert find_clips(tmp_path / "film.mp4", Labels("phone"))[0].species == "phone"
    for wrong, code in (("none", ErrorCode.FILE_MISSING), ("readme.txt", ErrorCode.NO_PICTURES)):
        with pytest.raises(EngineError) as refused:
            find_clips(tmp_path / wrong)
        assert refused.value.code is code


def test_a_clip_is_accepted_only_on_whole_evidence() -> None:
    front = [Pose(step * 0.1, 0.0, 50.0) for step in range(10)]
    turned = [*front, *(Pose(2.0, 0.5, 50.0) for _ in range(3))]
    cut_off = [PassiveLook(0.9, False)] * 6
    assert decide([LIVE] * 6, front, 6, "whole")[0] is Verdict.ACCEPT
    assert decide(cut_off, front, 6, "whole")[0] is Verdict.STEP_UP
    assert decide(cut_off, turned, 6, "whole")[0] is Verdict.ACCEPT
    assert decide(cut_off, front, 6, "shrunk")[0] is Verdict.ACCEPT
    assert decide([PassiveLook(0.1, True)] * 6, turned, 6, "whole")[0] is Verdict.REFUSE
    assert decide([None] * 6, turned, 6, "whole")[0] is Verdict.STEP_UP
    assert decide([], [], 6, "whole") == (Verdict.REFUSE, ("no-face",))
    assert decide([LIVE] * 2, front, 6, "whole")[0] is Verdict.REFUSE, "too few fresh frames"


def test_recorded_stills_are_measured(passive_models: Models, data: Path) -> None:
    report = run(measure_clips(passive_models, data / "faces" / "liveness" / "stills_vietmoney"))
    assert {verdict.clip.species for verdict in report.clips} == {"live", "attack"}
    assert report.rates.apcer["attack"].count == 0
    assert report.rates.bpcer.count == 0


def test_without_networks_no_clip_is_accepted(models: Models, data: Path) -> None:
    report = run(measure_clips(models, data / "faces" / "liveness" / "stills_vietmoney"))
    assert {verdict.decision for verdict in report.clips} == {Verdict.STEP_UP}
