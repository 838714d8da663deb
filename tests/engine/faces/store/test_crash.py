"""kill -9 in the middle of writing, a full disk, a locked and a read-only file: nothing acknowledged is
lost.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces import visits
from engine.faces.gallery import Gallery
from engine.faces.store import audit, database
from engine.faces.visits import How
from tests.engine.faces.store.made_up import encoding

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def write_until_killed(path: Path, turn: int, told: int) -> None:
    """Enrol people and check them in, telling each name through a pipe once it is written."""
    with Gallery(path) as gallery:
        for number in range(10_000):
            name = f"P{turn}-{number}"
            person = gallery.add(name, [encoding(number)])
            os.write(told, f"person {name}\n".encode())
            visits.check_in(gallery, person.id, How.MANUAL, "desk")
            os.write(told, f"visit {name}\n".encode())
            if number % 5 == 4:
                os.write(told, f"erasing P{turn}-{number - 1}\n".encode())
                gallery.erase(f"P{turn}-{number - 1}")
                os.write(told, f"erased P{turn}-{number - 1}\n".encode())


def kill_in_the_middle(path: Path, turn: int, seconds: float) -> list[str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_until_killed(path, turn, writing)
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read().splitlines()


def survives(path: Path, times: int) -> None:
    Gallery(path).close()
    chance = random.Random(7)
    there, gone, present, going = set[str](), set[str](), set[str](), set[str]()
    for turn in range(times):
        for line in kill_in_the_middle(path, turn, chance.uniform(0.005, 0.12)):
            what, _, name = line.partition(" ")
            {"person": there, "visit": present, "erasing": going, "erased": gone}[what].add(name)
    assert there, "nothing was written before the kills: the test shows nothing"
    with Gallery(path) as gallery:
        assert gallery.database.rows("PRAGMA integrity_check") == [("ok",)]
        people = {person.name for person in gallery.people()}
        assert there - going - people == set(), "acknowledged people are lost"
        assert gone & people == set(), "acknowledged erasures are undone"
        assert {visit.name for visit in visits.inside(gallery)} >= present - going
        assert {person.name for person in gallery.known("sface").people} == people
        checked = audit.check(gallery.database, gallery.vault)
        assert checked.problem is None
        assert checked.head.number >= 2 * len(there) + len(present) + len(gone)


def test_twenty_kills_lose_nothing(path: Path) -> None:
    survives(path, 20)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_thousand_kills_lose_nothing(path: Path) -> None:
    survives(path, 1000)


def test_a_full_disk_is_a_sentence_and_loses_nothing(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        pages = gallery.database.pragma("page_count")
        gallery.database.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(EngineError) as full:
            gallery.add("Ben", [encoding(seed, photo=bytes(50_000)) for seed in range(9)])
        assert full.value.code is ErrorCode.DISK_FULL
        assert len(gallery.known("sface").people) == len(gallery.people())
    with Gallery(path) as gallery:
        assert gallery.database.rows("PRAGMA integrity_check") == [("ok",)]
        assert "Ada" in [person.name for person in gallery.people()]
        assert audit.check(gallery.database, gallery.vault).problem is None


def test_a_file_that_another_program_holds_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EngineError) as locked:
            gallery.add("Ben", [encoding(2)])
        assert locked.value.code is ErrorCode.NOT_WRITABLE
        assert "other program" in locked.value.detail
        assert [person.name for person in gallery.known("sface").people] == ["Ada"]
        other.close()
        gallery.add("Ben", [encoding(2)])


def test_a_read_only_connection_is_a_sentence(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        gallery.database.execute("PRAGMA query_only = ON")
        for attempt in (
            lambda: gallery.add("Ben", [encoding(2)]),
            lambda: gallery.erase("Ada"),
            lambda: gallery.rename("Ada", "Ben"),
        ):
            with pytest.raises(EngineError) as refused:
                attempt()
            assert refused.value.code is ErrorCode.NOT_WRITABLE
        assert [person.name for person in gallery.known("sface").people] == ["Ada"]
