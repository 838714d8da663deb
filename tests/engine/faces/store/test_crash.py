"""kill -9 in the middle of writing, a full disk, a locked and a read-only file: nothing acknowledged is
lost.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces import visits
from engine.faces.gallery import Gallery
from engine.faces.store import audit, database
from engine.paths import ROOT
from tests.engine.faces.store.made_up import encoding

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def survives(path: Path, times: int) -> None:
    Gallery(path).close()
    killing = [sys.executable, "-m", "tests.engine.faces.store.kills", str(path), str(times), "7"]
    told = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    there, gone, present, going = set[str](), set[str](), set[str](), set[str]()
    for line in told.splitlines():
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


def test_a_file_that_may_not_grow_is_a_sentence_and_loses_nothing(path: Path) -> None:
    """The system itself refuses to write (RLIMIT_FSIZE), not SQLite."""
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    limit = path.stat().st_size + 30_000
    code = f"""
import resource
from pathlib import Path
from engine.errors import EngineError
from engine.faces.gallery import Gallery
from tests.engine.faces.store.made_up import encoding
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
with Gallery(Path({str(path)!r})) as gallery:
    for number in range(1000):
        try:
            gallery.add(f"P{{number}}", [encoding(number, photo=bytes(3000))])
        except EngineError as error:
            print(error.code, len(gallery.people()), flush=True)
            break
        print("told", flush=True)
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    *told, last = run.stdout.split()
    assert last == str(len(told))
    assert told[-1] in (ErrorCode.NOT_WRITABLE, ErrorCode.DISK_FULL)
    with Gallery(path) as gallery:
        assert gallery.database.rows("PRAGMA integrity_check") == [("ok",)]
        assert len(gallery.known("sface").people) == len(told)
        assert audit.check(gallery.database, gallery.vault).problem is None


@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
def test_devices_are_no_galleries(device: str) -> None:
    with pytest.raises(EngineError) as refused:
        Gallery(Path(device))
    assert refused.value.code in (ErrorCode.DISK_FULL, ErrorCode.NOT_WRITABLE, ErrorCode.GALLERY_DAMAGED)
