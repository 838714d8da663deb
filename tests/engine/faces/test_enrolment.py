"""The self-test at the end of an enrolment, and visitors whose encodings end with the visit."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.camera import Frame
from engine.errors import EngineError, ErrorCode
from engine.faces import visits
from engine.faces.answers import Enrolment, LookedAt, SelfTestOutcome
from engine.faces.gallery import Gallery
from engine.faces.greeting import spoken_name
from engine.faces.matching import Thresholds
from engine.faces.store import audit, cards, erasure
from engine.faces.store.records import Greeting, Kind
from engine.faces.tasks import Register, enrol, enrol_from_camera
from engine.faces.visitors import expected, pre_register
from engine.faces.visits import How
from engine.images import Rgb
from engine.jobs import WAIT, run
from engine.latest import Latest
from engine.models import Models

LINES = Thresholds()


def test_photos_are_tested_against_each_other_as_stored(
    models: Models, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    path = tmp_path / "gallery.sqlite"
    tests = []
    for photos in (people["Barack Obama"][:2], people["Joe Biden"][:1]):
        done = run(enrol(models, Register(path, photos[0].stem, LINES), photos))
        assert done.self_test is not None
        tests.append(done.self_test)
    assert [test.picture for test in tests] == [LookedAt.PHOTO, LookedAt.MIRRORED]
    assert {test.outcome for test in tests} == {SelfTestOutcome.PASSED}
    assert all(test.distance is not None and 0.01 < test.distance < test.threshold for test in tests)
    mixed = [people["Barack Obama"][0], people["Joe Biden"][0]]
    failed = run(enrol(models, Register(tmp_path / "other.sqlite", "Two people", LINES), mixed)).self_test
    assert failed is not None
    assert failed.outcome is SelfTestOutcome.FAILED, "two photos of two people are no one person"


def test_a_duplicate_is_told_by_the_self_test(
    models: Models, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    path = tmp_path / "gallery.sqlite"
    run(enrol(models, Register(path, "Barack", LINES), people["Barack Obama"][:1]))
    done = run(enrol(models, Register(path, "The same", LINES), people["Barack Obama"][1:2]))
    assert done.duplicate_of == "Barack"
    assert done.self_test is not None
    assert done.self_test.outcome is SelfTestOutcome.STEP_UP


def camera(frames: Latest[Frame], pictures: list[Rgb], end: threading.Event) -> threading.Thread:
    """Put pictures into the mailbox by turns; each frame differs from the one before."""

    def play() -> None:
        index = 0
        while not end.is_set():
            picture = pictures[min(index, len(pictures) - 1)].copy()
            picture[0, 0] = index % 256
            frames.put(Frame(picture, index, time.monotonic()))
            index += 1
            time.sleep(0.02)

    thread = threading.Thread(target=play)
    thread.start()
    return thread


def test_the_camera_is_asked_for_a_fresh_look(models: Models, portrait: Rgb, tmp_path: Path) -> None:
    frames: Latest[Frame] = Latest()
    end = threading.Event()
    thread = camera(frames, [portrait], end)
    try:
        done = run(enrol_from_camera(models, Register(tmp_path / "gallery.sqlite", "Ada", LINES), frames))
    finally:
        end.set()
        thread.join()
    assert done.self_test is not None
    assert (done.self_test.outcome, done.self_test.picture) == (SelfTestOutcome.PASSED, LookedAt.FRAME)
    assert done.self_test.distance is not None
    assert done.self_test.distance < 0.1


def test_a_camera_that_ends_leaves_the_self_test_undone_but_the_person_enrolled(
    models: Models, portrait: Rgb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.faces.enrolment.TEST_S", 0.1)
    frames: Latest[Frame] = Latest()
    task = enrol_from_camera(models, Register(tmp_path / "gallery.sqlite", "Ada", LINES), frames)
    told: list[Enrolment] = []

    def whole() -> Iterator[object]:
        told.append((yield from task))

    for index, step in enumerate(whole()):
        if step is WAIT:
            frames.put(Frame(portrait, index, 0.0))
    (done,) = told
    assert done.person.encodings == 1
    assert done.self_test is not None
    assert done.self_test.outcome is SelfTestOutcome.NOT_DONE


def test_the_part_of_a_name_that_is_said() -> None:
    assert spoken_name("Ada Lovelace", Greeting.FIRST) == "Ada"
    assert spoken_name("Ada Lovelace", Greeting.FULL) == "Ada Lovelace"
    assert spoken_name("王小明", Greeting.FIRST) == "王小明"
    assert spoken_name("Ada", Greeting.OFF) == ""


@pytest.fixture
def visited(models: Models, people: dict[str, list[Path]], tmp_path: Path) -> Path:
    path = tmp_path / "gallery.sqlite"
    photos = people["Barack Obama"][:1]
    day = date.today().isoformat()
    run(pre_register(models, path, "Barack", photos, LINES, day, host="Ada", kept_days=7))
    return path


def test_a_visitor_is_expected_and_forgotten_at_check_out(visited: Path) -> None:
    today = date.today().isoformat()
    with Gallery(visited) as gallery:
        (guest,) = expected(gallery, today)
        assert (guest.person.name, guest.person.kind, guest.host) == ("Barack", Kind.VISITOR, "Ada")
        assert not guest.arrived
        assert expected(gallery, (date.today() + timedelta(days=1)).isoformat()) == ()
        assert len(expected(gallery)) == 1
        visits.check_in(gallery, guest.person.id, How.FACE, "desk")
        assert expected(gallery, today)[0].arrived
        visits.check_out(gallery, guest.person.id, How.FACE, "desk")
        assert gallery.known("sface").people == ()
        assert gallery.person("Barack").encodings == 0


def test_a_visitor_is_forgotten_when_the_day_is_over(visited: Path) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="seconds")
    with Gallery(visited) as gallery:
        assert erasure.expire(gallery, tomorrow) == ()
        assert gallery.person("Barack").encodings == 0
        later = (datetime.now(UTC) + timedelta(days=9)).isoformat(timespec="seconds")
        assert len(erasure.expire(gallery, later)) == 1
        assert gallery.people() == ()
        assert audit.check(gallery.database, gallery.vault).problem is None


def test_a_visitor_comes_again_but_is_never_staff(
    models: Models, people: dict[str, list[Path]], visited: Path
) -> None:
    photos = people["Barack Obama"][:1]
    next_week = (date.today() + timedelta(days=7)).isoformat()
    run(pre_register(models, visited, "Barack", photos, LINES, next_week))
    with Gallery(visited) as gallery:
        shown = cards.card(gallery, "Barack")
        assert shown.limits.recognise_until[:10] >= next_week
        assert shown.details.host == "Ada", "what is not given anew stays"
        gallery.add("Ben", [])
    with pytest.raises(EngineError) as refused:
        run(pre_register(models, visited, "Ben", photos, LINES, next_week))
    assert refused.value.code is ErrorCode.NAME_INVALID
    for day in ("2020-01-01", "", "tomorrow"):
        with pytest.raises(EngineError) as refused:
            run(pre_register(models, visited, "Cy", photos, LINES, day))
        assert refused.value.code is ErrorCode.BAD_VALUE
