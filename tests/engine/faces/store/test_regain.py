"""Whoever can damage a gallery does not become its administrator by restoring a backup."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.backup import back_up, restore
from engine.faces.gallery import Gallery
from engine.faces.store import roles
from engine.faces.store.roles import Role
from engine.jobs import run
from tests.engine.faces.store.made_up import encoding

ADMIN = roles.holder_of(Role.ADMIN)
PIN = "80417"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.faces.store.keys.MEMORY_KIB", 64)


def damage(path: Path) -> None:
    path.write_bytes(b"nothing of a gallery" * 400)


def vanish(path: Path) -> None:
    path.unlink()


def tried(path: Path, backup: Path, pin: str) -> ErrorCode | None:
    try:
        run(restore(path, backup, pin=pin))
    except EngineError as error:
        return error.code
    return None


@pytest.mark.parametrize("harm", [damage, vanish])
def test_a_gallery_that_cannot_be_asked_is_restored_with_the_pin_of_the_backup(
    path: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    backup = tmp_path / "monday.backup"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        roles.set_pin(gallery, ADMIN, PIN)
    run(back_up(path, backup))
    harm(path)
    assert tried(path, backup, "") is ErrorCode.ROLE_LACKING
    for _ in range(roles.FREE_FAILURES + 1):
        assert tried(path, backup, "0000") is ErrorCode.PIN_REFUSED
    assert tried(path, backup, PIN) is ErrorCode.PIN_WAIT, "counted although each copy is thrown away"
    path.with_name(path.name + ".attempts").write_bytes(b'[["desk", 1, "2026-01-01T00:00:00+00:00"], 7]')
    assert tried(path, backup, PIN) is None
    with Gallery(path) as gallery:
        assert roles.has_pin(gallery, ADMIN)
    assert not path.with_name(path.name + ".attempts").exists()


def test_a_backup_from_before_the_pin_opens_nothing(path: Path, tmp_path: Path) -> None:
    backup = tmp_path / "before.backup"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    run(back_up(path, backup))
    with Gallery(path) as gallery:
        roles.set_pin(gallery, ADMIN, PIN)
    damage(path)
    assert tried(path, backup, PIN) is ErrorCode.ROLE_LACKING
    assert path.read_bytes().startswith(b"nothing"), "left as it was"
    roles.guard_mark(path).unlink()
    assert tried(path, backup, "") is None


def test_the_mark_beside_a_gallery_follows_its_pin(path: Path, tmp_path: Path) -> None:
    backup = tmp_path / "open.backup"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    run(back_up(path, backup))
    with Gallery(path) as gallery:
        roles.set_pin(gallery, roles.holder_of(Role.RECEPTION), PIN)
        assert not roles.guard_mark(path).exists()
        roles.set_pin(gallery, ADMIN, PIN)
        assert roles.guard_mark(path).exists()
    run(restore(path, backup))
    assert not roles.guard_mark(path).exists(), "a whole gallery is replaced by whoever may"


def test_restores_at_the_same_time_have_no_more_tries_together(path: Path, tmp_path: Path) -> None:
    backup = tmp_path / "50% ? #1.backup"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        roles.set_pin(gallery, ADMIN, PIN)
    run(back_up(path, backup))
    damage(path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: tried(path, backup, f"00{number:02}"), range(8)))
    assert found.count(ErrorCode.PIN_REFUSED) <= roles.FREE_FAILURES + 1
    assert set(found) <= {ErrorCode.PIN_REFUSED, ErrorCode.PIN_WAIT, ErrorCode.NOT_WRITABLE}
    assert path.read_bytes().startswith(b"nothing")
