"""The audit log: whatever is done to it outside the program is found, and where."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.faces.gallery import Gallery
from engine.faces.store import audit
from tests.engine.faces.store.made_up import encoding


@pytest.fixture
def log(path: Path) -> Path:
    with Gallery(path, "reception") as gallery:
        for seed in range(6):
            gallery.add(f"P{seed}", [encoding(seed)])
        gallery.rename("P0", "Ada Lovelace")
    return path


def checked(path: Path, kept: audit.Head | None = None) -> audit.Checked:
    with Gallery(path) as gallery:
        return audit.check(gallery.database, gallery.vault, kept)


def head(path: Path) -> audit.Head:
    with Gallery(path) as gallery:
        return audit.head(gallery.database)


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def test_a_whole_log_is_whole_and_names_nobody(log: Path) -> None:
    found = checked(log)
    assert found.problem is None
    assert found.head == head(log)
    assert audit.parse_head(str(found.head)) == found.head
    with Gallery(log) as gallery:
        entries = audit.entries(gallery.database)
    assert entries[0].action == "person renamed"
    assert entries[0].actor == "reception"
    assert not any("Ada" in part for entry in entries for part in (entry.subject, entry.detail))


@pytest.mark.parametrize(
    ("tamper", "place"),
    [
        ("UPDATE audit SET action = 'person erased' WHERE number = 4", 4),
        ("UPDATE audit SET at = '2020-01-01' WHERE number = 1", 1),
        ("UPDATE audit SET subject = '' WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number = 6", 6),
        ("DELETE FROM audit WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number > 9", 10),
        ("UPDATE audit SET mac = zeroblob(32) WHERE number = 3", 3),
        ("DELETE FROM audit_head", 14),
        ("DELETE FROM audit", 1),
    ],
)
def test_flips_deletions_and_cuts_are_found_and_located(log: Path, tamper: str, place: int) -> None:
    change(log, tamper)
    found = checked(log)
    assert found.problem is not None
    assert found.place == place


def test_two_entries_that_changed_places_are_found(log: Path) -> None:
    change(
        log,
        "UPDATE audit SET number = 100 WHERE number = 2",
        "UPDATE audit SET number = 2 WHERE number = 3",
        "UPDATE audit SET number = 3 WHERE number = 100",
    )
    assert checked(log).place == 2


def test_a_rolled_back_log_shows_against_a_head_that_was_kept(log: Path) -> None:
    before = log.read_bytes()
    with Gallery(log) as gallery:
        gallery.erase("P3")
    kept = head(log)
    log.write_bytes(before)
    for part in ("-wal", "-shm"):
        log.with_name(log.name + part).unlink(missing_ok=True)
    assert checked(log).problem is None, "without the head nothing is to be seen"
    assert checked(log, kept).place == 14
    with Gallery(log) as gallery:
        gallery.erase("P4")
        gallery.erase("P5")
    forked = checked(log, kept)
    assert forked.problem is not None
    assert forked.place == kept.number


def test_an_older_head_still_fits(log: Path) -> None:
    kept = head(log)
    with Gallery(log) as gallery:
        gallery.erase("P3")
    assert checked(log, kept).problem is None


def test_what_failed_is_not_in_the_log(log: Path) -> None:
    before = head(log)
    with Gallery(log) as gallery:
        attempts: list[Callable[[], object]] = [
            lambda: gallery.erase("Nobody"),
            lambda: gallery.rename("P1", "P2"),
            lambda: gallery.add("P1", [replace(encoding(1), source="hearsay")]),
        ]
        for attempt in attempts:
            with pytest.raises(EngineError):
                attempt()
    assert head(log) == before


@pytest.mark.parametrize("text", ["", "12", "x:" + "0" * 64, "12:zz", "12:" + "g" * 64])
def test_a_head_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(EngineError):
        audit.parse_head(text)
