"""The desk's task with cameras, clocks and visitors that misbehave."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.camera import Frame
from engine.camera_health import Fault
from engine.faces.desk.books import keep_attack_test
from engine.faces.desk.policy import Band, Phase, Reason
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskView, Orders, run_desk
from engine.faces.gallery import Gallery
from engine.faces.hooks import liveness_of
from engine.faces.liveness.challenge import Ask, plan
from engine.faces.liveness.record import AttackTest
from engine.faces.store.roles import set_pin
from engine.faces.visits import How, check_in, inside
from engine.images import read_picture
from engine.jobs import WAIT, run
from engine.latest import Latest
from engine.models import Models
from tests.engine.faces.desk.driving import LINES, Clock, Fake, drive, scene


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


def test_importing_the_desk_loads_neither_torch_nor_opencv() -> None:
    modules = "engine.faces.desk.tasks, engine.faces.liveness.record, engine.faces.liveness.clips"
    code = f"import sys, {modules}; assert not {{'torch', 'cv2'}} & {{*sys.modules}}"
    subprocess.run([sys.executable, "-c", code], check=True)
