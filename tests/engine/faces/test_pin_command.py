"""``main.py face`` asks for the PIN of a role wherever something is changed or personal data shown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.cli.app import run_command
from engine.faces.gallery import Gallery
from engine.faces.store.roles import Role, holder_of, set_pin
from engine.models import Models
from tests.engine.faces.store.made_up import encoding

PIN = "80417"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gallery.sqlite"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        set_pin(gallery, holder_of(Role.ADMIN), PIN)
    return path


@pytest.fixture
def face(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, models: Models, path: Path
) -> Any:
    for module in ("face", "face_visitors"):
        monkeypatch.setattr(f"engine.cli.{module}.{'_' if module == 'face' else ''}models", lambda: models)
    monkeypatch.delenv("TRIPTYCH_PIN", raising=False)

    def call(*arguments: object) -> tuple[int, Any, str]:
        status = run_command(["face", *map(str, arguments), "--db", str(path), "--json"])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return call


GUARDED = (
    ("enrol", "Ben", "photo.jpg"),
    ("visitor", "Ben", "photo.jpg", "--day", "2099-01-01"),
    ("rename", "Ada", "Eve"),
    ("erase", "Ada"),
    ("list",),
    ("card", "Ada"),
    ("find", "Ada"),
    ("change", "Ada", "--note", "x"),
    ("alike", "--mark", "Ada", "Ben"),
    ("export", "Ada"),
    ("expire",),
    ("import", "folder"),
    ("visits",),
    ("visits", "--check-in", "Ada"),
    ("visitors",),
    ("call",),
    ("audit",),
    ("key", "--to", "file"),
    ("pin", "admin", "--remove"),
    ("backup", "copy.sqlite"),
    ("restore", "copy.sqlite"),
    ("calibrate", "--reset"),
    ("policy", "--require", "consent"),
    ("hooks", "--off"),
    ("desk", "--source", "clip.mp4", "--hook", "true"),
)


@pytest.mark.parametrize("command", GUARDED, ids=lambda command: " ".join(command))
def test_without_the_pin_nothing_is_changed_or_shown(face: Any, path: Path, command: tuple[str, ...]) -> None:
    before = path.read_bytes()
    status, answer, err = face(*command)
    assert (status, answer) == (2, None)
    assert "--pin" in err
    assert path.read_bytes() == before


def test_the_pin_is_taken_from_the_option_or_the_environment(
    face: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _, err = face("rename", "Ada", "Eve", "--pin", "80418")
    assert status == 2
    assert "not right" in err
    assert face("rename", "Ada", "Eve", "--pin", PIN)[0] == 0
    monkeypatch.setenv("TRIPTYCH_PIN", PIN)
    assert [person["name"] for person in face("list")[1]] == ["Eve"]
    assert face("erase", "Eve")[0] == 0


def test_wrong_pins_make_the_command_line_wait(face: Any) -> None:
    for _ in range(5):
        face("list", "--pin", "80418")
    status, _, err = face("list", "--pin", PIN)
    assert status == 2
    assert "Too many wrong PINs" in err


def test_the_receptions_pin_enrols_but_does_not_erase(face: Any, path: Path) -> None:
    with Gallery(path) as gallery:
        set_pin(gallery, holder_of(Role.RECEPTION), "70629")
    assert face("list", "--pin", "70629")[0] == 0
    assert face("list", "--pin", PIN)[0] == 0
    assert face("erase", "Ada", "--pin", "70629")[0] == 2


def test_policy_hooks_and_backups_as_a_script_sees_them(
    face: Any, people: dict[str, list[Path]], path: Path, tmp_path: Path
) -> None:
    admin = ("--pin", PIN)
    assert face("policy")[1] == {"consent": False, "purpose": False, "retention": False, "longest_days": 0}
    asked = face("policy", "--require", "consent", "--longest-days", "30", *admin)[1]
    assert (asked["consent"], asked["purpose"], asked["longest_days"]) == (True, False, 30)
    photo = people["Joe Biden"][0]
    status, _, err = face("enrol", "Joe", photo, *admin)
    assert status == 2
    assert "--consent" in err
    today = date.today().isoformat()
    given = ("--consent", today, "--retain-until", today, "--greeting", "first")
    status, done, _ = face("enrol", "Joe", photo, *given, *admin)
    assert (status, done["self_test"]["outcome"]) == (0, "passed")
    assert face("card", "Joe", *admin)[1]["greeting"] == "first"
    guest = face("visitor", "Kim", people["Eileen Collins"][0], "--day", today, "--kept-days", "5", *admin)
    assert guest[0] == 2, "a visitor's consent is asked for as well"
    visit = (
        "visitor",
        "Kim",
        people["Eileen Collins"][0],
        "--day",
        today,
        "--kept-days",
        "5",
        "--host",
        "Joe",
    )
    assert face(*visit, "--consent", today, *admin)[1]["kind"] == "visitor"
    assert [one["host"] for one in face("visitors", *admin)[1]["visitors"]] == ["Joe"]
    secret = tmp_path / "secret"
    secret.write_text("a secret that is long enough\n")
    hooks = face(
        "hooks", "--webhook", "https://door/", "--secret-file", secret, "--notify-hook", "true", *admin
    )
    assert hooks[1] == {
        "webhook": "https://door/",
        "hook": None,
        "notify_webhook": None,
        "notify_hook": "true",
        "signed": True,
        "verified_cameras": [],
    }
    assert face("call", "--name", "Kim", *admin)[1] == {"called": True, "sent": True}
    assert face("hooks", "--off", *admin)[1]["webhook"] is None
    copy = tmp_path / "copy.sqlite"
    assert face("restore", "--list")[:2] == (1, {"backups": []})
    assert face("backup", copy, *admin)[0] == 0
    path.write_bytes(b"\x00" * 4096)
    status, _, err = face("list", *admin)
    assert status == 2
    assert "restore --list" in err
    (found,) = face("restore", "--list")[1]["backups"]
    assert (found["file"], found["people"]) == (str(copy), 3)
    assert face("restore", copy)[0] == 0
    assert len(face("list", *admin)[1]) == 3
