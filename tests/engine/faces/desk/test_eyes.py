"""Tracking, coaching, badges, evidence, and the desk's task with cameras and networks that misbehave."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.camera import Frame
from engine.camera_health import Fault
from engine.errors import EngineError, ErrorCode
from engine.faces.desk.books import keep_attack_test
from engine.faces.desk.coach import Coach, is_usable
from engine.faces.desk.codes import CodeReader
from engine.faces.desk.evidence import Evidence, only
from engine.faces.desk.observer import Observer
from engine.faces.desk.policy import Band, DeskState, Phase, Reason, advance
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.sight import Recognition
from engine.faces.desk.tasks import DeskDecision, DeskView, Orders, replay_clip, run_desk
from engine.faces.desk.zone import Presence, Tracker, overlap
from engine.faces.face import Face
from engine.faces.gallery import Gallery
from engine.faces.hooks import liveness_of
from engine.faces.liveness.blink import Lids
from engine.faces.liveness.challenge import Ask, Pose, begin, plan
from engine.faces.liveness.passive import PassiveCheck, PassiveLook
from engine.faces.liveness.record import AttackTest
from engine.faces.matching import Known, Thresholds
from engine.faces.people import Person
from engine.faces.quality import Hint, measure
from engine.faces.recogniser import Recogniser
from engine.faces.recordings import recording
from engine.faces.store.roles import set_pin
from engine.faces.tasks import Register, enrol
from engine.faces.visits import How, check_in, inside
from engine.images import Rgb, read_picture, write_picture
from engine.jobs import WAIT, run
from engine.latest import Latest
from engine.models import Models

LINES = Thresholds()


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


class Fake(PassiveCheck):
    """A passive check that says, raises or returns what it is told."""

    def __init__(self, answer: float | Exception) -> None:
        self.answer = answer

    def look(self, rgb: Rgb, box: tuple[float, float, float, float]) -> PassiveLook:
        if isinstance(self.answer, Exception):
            raise self.answer
        return PassiveLook(self.answer, True)


@pytest.fixture
def enrolled(models: Models, people: dict[str, list[Path]], tmp_path: Path) -> Path:
    database = tmp_path / "gallery.sqlite"
    for name in ("Barack Obama", "Joe Biden"):
        run(enrol(models, Register(database, name, LINES), people[name][:1]))
    return database


def scene(photo: Rgb, step: int, height: int = 300) -> Rgb:
    """A portrait before a wall that moves a little from frame to frame, as 640 × 480."""
    small = cv2.resize(photo, (round(photo.shape[1] * height / photo.shape[0]), height))
    frame = np.full((480, 640, 3), 120, np.uint8)
    frame[::9, :, :] = 90
    left, top = 200 + round(6 * math.sin(step)), 100 + step % 3
    width = min(small.shape[1], 640 - left)
    frame[top : top + height, left : left + width] = small[:, :width]
    return frame


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


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def drive(
    task: Iterator[object], frames: Latest[Frame], clock: Clock, pictures: list[Frame | None]
) -> list[DeskView]:
    """Step a desk through frames (None: the camera is silent for a while)."""
    views: list[DeskView] = []
    for frame in pictures:
        clock.now += 0.1 if frame is not None else 2.0
        if frame is not None:
            frames.put(Frame(frame.rgb, frame.index, clock.now - 0.02, frame.fresh, frame.fault))
        for shown in task:
            if isinstance(shown, DeskView):
                views.append(shown)
            if shown is WAIT:
                break
    return views


def test_a_camera_that_misbehaves_is_named_and_never_welcomes(
    models: Models, enrolled: Path, people: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.faces.liveness.passive.load_passive", lambda _models: Fake(0.99))
    photo = read_picture(people["Barack Obama"][1]).rgb
    good = [Frame(scene(photo, step), step, 0.0) for step in range(8)]
    frames: Latest[Frame] = Latest()
    clock, orders = Clock(), Orders()
    task = run_desk(models, enrolled, frames, LINES, DeskRules(), orders, 1, clock=clock)
    views = drive(task, frames, clock, [*good])
    assert views[-1].state.phase is Phase.WELCOME
    assert views[-1].state.person is not None
    assert views[-1].state.person.name == "Barack Obama"
    for fault in Fault:
        broken = [Frame(good[0].rgb, 50, 0.0, fault=fault)] * 3
        views = drive(task, frames, clock, list(broken))
        assert {view.state.phase for view in views} == {Phase.FAULT}
        assert views[-1].fault is fault
    views = drive(task, frames, clock, [None])
    assert views == [] or views[-1].state.phase is Phase.FAULT
    views = drive(task, frames, clock, [*good])
    assert views[-1].state.phase is Phase.WELCOME, "and it goes on once the camera is back"
    empty = np.zeros((0, 0, 3), np.uint8)
    views = drive(task, frames, clock, [Frame(empty, 60, 0.0)] * 3)
    assert {view.state.phase for view in views} == {Phase.FAULT}, "whatever raises is a fault, not a crash"
    orders.claim("Joe Biden")
    views = drive(task, frames, clock, [*good, *good])
    assert {view.state.band for view in views} <= {None, Band.REFUSE}, "1:1: this is not the claimed person"
    orders.claim("nobody at all")
    assert drive(task, frames, clock, good[:1])[0].unknown == "nobody at all"
    with Gallery(enrolled) as gallery:
        assert [visit.name for visit in inside(gallery)] == ["Barack Obama"], "once, however often seen"


def test_a_claim_is_for_one_visitor(
    models: Models, enrolled: Path, people: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.faces.liveness.passive.load_passive", lambda _models: Fake(0.99))
    photo = read_picture(people["Barack Obama"][1]).rgb
    good = [Frame(scene(photo, step), step, 0.0) for step in range(8)]
    nobody = [Frame(np.full((480, 640, 3), 90 + step, np.uint8), 20 + step, 0.0) for step in range(2)]
    frames: Latest[Frame] = Latest()
    clock, orders = Clock(), Orders()
    task = run_desk(models, enrolled, frames, LINES, DeskRules(), orders, 1, clock=clock)
    orders.claim("Joe Biden")
    views = drive(task, frames, clock, nobody)
    assert views[-1].claimed, "the visitor is told that the badge was read"
    clock.now += 25.0
    assert not drive(task, frames, clock, nobody)[-1].claimed, "a badge that nobody came with"
    orders.claim("Joe Biden")
    refused = drive(task, frames, clock, [*nobody, *good])[-1]
    assert (refused.state.phase, refused.claimed) == (Phase.REFUSED, True)
    clock.now += 3.0
    drive(task, frames, clock, nobody)
    last = drive(task, frames, clock, good)[-1]
    assert last.state.phase is Phase.WELCOME, "whoever comes next is compared with everybody"
    assert not last.claimed


def test_number_and_pin_work_with_the_camera_dead_and_a_welcome_is_taken_back(
    models: Models, enrolled: Path
) -> None:
    with Gallery(enrolled) as gallery:
        set_pin(gallery, gallery.person("Joe Biden").id, "80417")
    frames: Latest[Frame] = Latest()
    clock, orders = Clock(), Orders()
    task = run_desk(models, enrolled, frames, LINES, DeskRules(), orders, 1, clock=clock)
    black = Frame(np.zeros((48, 64, 3), np.uint8), 1, 0.0, fault=Fault.BLACK)
    assert drive(task, frames, clock, [black])[-1].state.phase is Phase.FAULT
    orders.claim("Joe Biden", "80418")
    views = drive(task, frames, clock, [black])
    assert views[0].unknown == "Joe Biden"
    assert views[-1].state.phase is Phase.FAULT
    orders.claim("Joe Biden", "80417")
    state = drive(task, frames, clock, [black])[-1].state
    assert (state.phase, state.reasons) == (Phase.WELCOME, (Reason.PIN,))
    with Gallery(enrolled) as gallery:
        assert [visit.came_how for visit in inside(gallery)] == ["claim"]
    orders.undo()
    drive(task, frames, clock, [black])
    with Gallery(enrolled) as gallery:
        assert inside(gallery) == ()
    views = drive(task, frames, clock, [black] * 40)
    assert views[-1].state.phase is Phase.FAULT


def test_whoever_goes_out_is_told_so(models: Models, enrolled: Path) -> None:
    with Gallery(enrolled) as gallery:
        joe = gallery.person("Joe Biden").id
        set_pin(gallery, joe, "80417")
        check_in(gallery, joe, How.MANUAL, "desk", datetime.now(UTC) - timedelta(hours=1))
    frames: Latest[Frame] = Latest()
    clock, orders = Clock(), Orders()
    task = run_desk(models, enrolled, frames, LINES, DeskRules(), orders, 1, clock=clock)
    black = Frame(np.zeros((48, 64, 3), np.uint8), 1, 0.0, fault=Fault.BLACK)
    for _ in range(2):  # the second time lingers: still outside
        orders.claim("Joe Biden", "80417")
        shown = drive(task, frames, clock, [black])[-1]
        assert (shown.state.phase, shown.leaves) == (Phase.WELCOME, True)
        with Gallery(enrolled) as gallery:
            assert inside(gallery) == ()


def test_the_door_hears_of_a_camera_once_nothing_passed_there(enrolled: Path) -> None:
    test = AttackTest("camera 1", "standard")
    while (species := test.next()) is not None:
        run(keep_attack_test(enrolled, test))
        with Gallery(enrolled) as gallery:
            assert liveness_of(gallery, "camera 1", "standard") is None
        test = test.with_trial(species, Band.WELCOME if species == "live" else Band.REFUSE)
    run(keep_attack_test(enrolled, test))
    with Gallery(enrolled) as gallery:
        assert liveness_of(gallery, "camera 1", "standard") is not None
        assert liveness_of(gallery, "camera 1", "passive") is None, "tested under another policy"
    run(keep_attack_test(enrolled, test.with_trial("print", Band.WELCOME)))
    with Gallery(enrolled) as gallery:
        assert liveness_of(gallery, "camera 1", "standard") is None, "what passed later shuts the door again"


def test_a_vanished_camera_is_told_after_a_second(models: Models, enrolled: Path) -> None:
    frames: Latest[Frame] = Latest()
    clock = Clock()
    task = run_desk(models, enrolled, frames, LINES, DeskRules(), Orders(), 1, clock=clock)
    assert [next(task), next(task)] == [None, WAIT]
    views = drive(task, frames, clock, [None])
    assert views[-1].fault is Fault.VANISHED


@pytest.mark.parametrize("there", [True, False])
def test_a_blink_is_asked_only_where_lids_can_be_read(
    there: bool,
    models: Models,
    enrolled: Path,
    people: dict[str, list[Path]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A damaged network leaves the other movements; the desk does not ask for what it cannot judge."""
    monkeypatch.setattr("engine.faces.liveness.passive.load_passive", lambda _models: None)
    if not there:
        monkeypatch.setattr("engine.faces.lids.load_lids", lambda _models: None)
    seed = next(seed for seed in range(50) if plan(seed, 1, blink=True)[0] is Ask.BLINK)
    photo = read_picture(people["Barack Obama"][1]).rgb
    frames: Latest[Frame] = Latest()
    task = run_desk(models, enrolled, frames, LINES, DeskRules(), Orders(), seed, clock=(clock := Clock()))
    assert [next(task), next(task)] == [None, WAIT]
    pictures = [Frame(scene(photo, step, 370), step, 0.0) for step in range(40)]
    views = drive(task, frames, clock, list(pictures))
    asked = {view.ask for view in views if view.state.phase is Phase.CHALLENGE}
    assert asked
    assert (Ask.BLINK in asked) is there
    assert Phase.WELCOME not in {view.state.phase for view in views}


def test_slow_machines_do_not_welcome_on_old_frames(
    models: Models, enrolled: Path, people: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.faces.liveness.passive.load_passive", lambda _models: Fake(0.99))
    photo = read_picture(people["Barack Obama"][1]).rgb
    frames: Latest[Frame] = Latest()
    clock = Clock()
    task = run_desk(models, enrolled, frames, LINES, DeskRules(), Orders(), 1, clock=clock)
    phases = set()
    for step in range(8):
        clock.now += 0.5
        frames.put(Frame(scene(photo, step), step, clock.now - 0.35))
        phases |= {shown.state.phase for shown in (next(task), next(task)) if isinstance(shown, DeskView)}
    assert Phase.LOOK in phases
    assert Phase.WELCOME not in phases


def write_clip(path: Path, photo: Rgb, frames: int) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (640, 480))
    for step in range(frames):
        writer.write(cv2.cvtColor(scene(photo, step), cv2.COLOR_RGB2BGR))
    writer.release()
    return path


def test_a_recording_is_decided_the_same_every_time_and_without_a_passive_check_never_welcomed(
    models: Models, enrolled: Path, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.avi", read_picture(people["Barack Obama"][1]).rgb, 20)
    made = [run(replay_clip(models, enrolled, clip, LINES, DeskRules())) for _ in range(2)]
    assert made[0] == made[1]
    assert [decision.band for decision in made[0]] == [Band.STEP_UP]
    with pytest.raises(EngineError) as refused:
        run(replay_clip(models, tmp_path / "none.sqlite", clip, LINES, DeskRules()))
    assert refused.value.code is ErrorCode.GALLERY_EMPTY


def test_recorded_people_and_attacks(data: Path, passive_models: Models, tmp_path: Path) -> None:
    """A person who turns the head is welcomed; the same person on a phone is refused; nobody else gets in."""
    clips = data / "faces" / "liveness" / "clips"
    database = tmp_path / "gallery.sqlite"
    first = next(iter(recording(clips / "tran_real.mp4", 5.0)))
    write_picture(tmp_path / "tran.png", first.rgb)
    run(enrol(passive_models, Register(database, "Tran", LINES), [tmp_path / "tran.png"]))

    def decide(name: str) -> DeskDecision:
        task = replay_clip(passive_models, database, clips / name, LINES, DeskRules(), rate=6.0)
        return next(step for step in task if isinstance(step, DeskDecision))

    real = decide("tran_real.mp4")
    assert (real.band, real.person) == (Band.WELCOME, "Tran")
    assert decide("tran_fake.mp4").band is Band.REFUSE
    assert decide("lest_real.mp4").band is not Band.WELCOME


def test_importing_the_desk_loads_neither_torch_nor_opencv() -> None:
    modules = "engine.faces.desk.tasks, engine.faces.liveness.record, engine.faces.liveness.clips"
    code = f"import sys, {modules}; assert not {{'torch', 'cv2'}} & {{*sys.modules}}"
    subprocess.run([sys.executable, "-c", code], check=True)
