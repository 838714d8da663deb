"""The host is called, people are checked in by hand: written down, and told to whoever is to be told."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.desk.reception import call_host, check_in_by_hand, check_out_by_hand
from engine.faces.gallery import Gallery
from engine.faces.hooks import DoorEvent, Hooks, Messenger, set_hooks, set_liveness
from engine.faces.store import audit
from engine.faces.store.records import Details
from engine.faces.visits import inside
from engine.jobs import run
from tests.engine.faces.store.made_up import encoding


def into(file: Path) -> str:
    """Return a command that adds its input to a file."""
    code = f"import sys; open({str(file)!r}, 'a').write(sys.stdin.read() + chr(10))"
    return shlex.join([sys.executable, "-S", "-c", code])


def told(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gallery.sqlite"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)], details=Details(host="Ben"))
    return path


def test_calls_and_hand_written_visits_are_told_apart_from_the_door(path: Path, tmp_path: Path) -> None:
    door, note = tmp_path / "door", tmp_path / "note"
    assert run(call_host(path, "desk 1")) is False, "nobody is set to be told"
    with Gallery(path) as gallery:
        set_hooks(gallery, Hooks(command=into(door), notify_command=into(note)))
    assert run(call_host(path, "desk 1", name="Ada")) is True
    visit = run(check_in_by_hand(path, "Ada", "desk 1"))
    assert visit is not None
    assert visit.came_how == "manual"
    assert run(check_in_by_hand(path, "Ada", "desk 1")) is None, "inside already"
    assert [(one["event"], one["name"], one["host"]) for one in told(note)] == [
        ("host-called", "Ada", "Ben"),
        ("checked-in-by-hand", "Ada", "Ben"),
    ]
    assert told(door) == []
    assert run(check_out_by_hand(path, "Ada", "desk 1")) is not None
    with Gallery(path) as gallery:
        assert inside(gallery) == ()
        actions = [(entry.action, entry.actor) for entry in audit.entries(gallery.database)]
    assert actions.count(("host called", "reception")) == 2
    with pytest.raises(EngineError) as unknown:
        run(call_host(path, "desk 1", name="Cy"))
    assert unknown.value.code is ErrorCode.PERSON_UNKNOWN


def test_the_doors_hooks_are_silent_until_liveness_is_verified_those_that_tell_are_not(
    path: Path, tmp_path: Path
) -> None:
    door, note = tmp_path / "door", tmp_path / "note"
    hooks = Hooks(command=into(door), notify_command=into(note))
    event = DoorEvent("welcome", "welcome", "id", "Ada", "camera 1", audit.now())
    with Gallery(path) as gallery:
        messenger = Messenger()
        assert messenger.send(gallery, event, hooks) is False
        assert messenger.notify(gallery, event, hooks) is True
        set_liveness(gallery, "camera 1", "{}")
        assert messenger.send(gallery, event, hooks) is True
        assert messenger.send(gallery, event, Hooks(notify_command=into(note))) is False
        messenger.close(10.0)
        assert messenger.ended(10.0)
    assert len(told(door)) == len(told(note)) == 1


def test_hooks_that_could_not_work_are_refused(path: Path) -> None:
    with Gallery(path) as gallery:
        for wrong in (
            Hooks(url="ftp://door"),
            Hooks(notify_url="http://host", secret="short"),
            Hooks(notify_command="'never closed"),
        ):
            with pytest.raises(EngineError) as refused:
                set_hooks(gallery, wrong)
            assert refused.value.code is ErrorCode.BAD_VALUE
