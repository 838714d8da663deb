"""Backup and restore: verified, and whoever was erased stays erased."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.backup import back_up, restore
from engine.faces.gallery import Gallery
from engine.faces.store import audit, erasure, keys
from engine.jobs import run
from tests.engine.faces.store.made_up import encoding


@pytest.fixture
def saved(path: Path, tmp_path: Path) -> Path:
    with Gallery(path) as gallery:
        for seed, name in enumerate(("Ada", "Ben", "Cem")):
            gallery.add(name, [encoding(seed)])
        found = run(back_up(path, tmp_path / "backup.sqlite"))
    assert (found.people, found.encodings) == (3, 3)
    return found.file


def names(path: Path) -> list[str]:
    with Gallery(path) as gallery:
        assert audit.check(gallery.database, gallery.vault).problem is None
        return [person.name for person in gallery.known("sface").people]


def test_a_backup_brings_people_back_but_nobody_who_was_erased(path: Path, saved: Path) -> None:
    with Gallery(path) as gallery:
        gallery.erase("Ben")
        gallery.add("Dana", [encoding(9)])
    done = run(restore(path, saved))
    assert (done.people, done.erased_again) == (2, 1)
    assert names(path) == ["Ada", "Cem"]
    assert b"Ben" not in path.read_bytes()
    assert run(restore(path, saved)).erased_again == 1, "the list of erasures came through the restore"


def test_a_second_restore_is_told_of_the_first(
    path: Path, saved: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.faces.backup.BUSY_S", 0.05)
    first = restore(path, saved)
    next(first)
    before = path.read_bytes()
    with pytest.raises(EngineError, match="Another restore is under way"):
        run(restore(path, saved))
    assert path.read_bytes() == before
    first.close()
    assert run(restore(path, saved)).people == 3, "the lock went with the first"


def test_a_damaged_gallery_is_kept_aside_and_erasures_count_all_the_same(path: Path, saved: Path) -> None:
    with Gallery(path) as gallery:
        gallery.erase("Ben")
    path.write_bytes(path.read_bytes()[:4000] + b"\xa5" * 40_000)
    with pytest.raises(EngineError) as damaged:
        Gallery(path)
    assert damaged.value.code is ErrorCode.GALLERY_DAMAGED
    assert run(restore(path, saved)).erased_again == 1
    assert names(path) == ["Ada", "Cem"]
    assert path.with_name(path.name + ".damaged").exists()


def test_the_gallery_may_be_open_while_it_is_restored(path: Path, saved: Path) -> None:
    with Gallery(path) as watching:
        count = watching.change_count()
        with Gallery(path) as gallery:
            gallery.erase("Cem")
        run(restore(path, saved))
        assert watching.change_count() != count
        assert [person.name for person in watching.known("sface").people] == ["Ada", "Ben"]


@pytest.mark.parametrize("harm", ["cut", "flip", "text", "missing", "no key", "empty"])
def test_a_bad_backup_changes_nothing(path: Path, saved: Path, harm: str) -> None:
    data = bytearray(saved.read_bytes())
    with Gallery(saved) as gallery:
        record = gallery.key_record
        (vector,) = gallery.database.rows("SELECT vector FROM encoding LIMIT 1")[0]
    match harm:
        case "cut":
            saved.write_bytes(data[: len(data) // 2])
        case "flip":
            data[data.index(vector) + 40] ^= 1
            saved.write_bytes(data)
        case "text":
            saved.write_text("no database at all " * 100)
        case "empty":
            saved.write_bytes(b"")
        case "missing":
            saved.unlink()
        case "no key":
            keys.key_file(record.id).unlink()
    before = path.read_bytes()
    with pytest.raises(EngineError) as refused:
        run(restore(path, saved))
    assert refused.value.code in (ErrorCode.BACKUP_INVALID, ErrorCode.FILE_MISSING, ErrorCode.KEY_LOST)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))


def test_a_backup_does_not_replace_the_gallery_itself(path: Path, saved: Path) -> None:
    with pytest.raises(EngineError) as refused:
        run(back_up(path, path))
    assert refused.value.code is ErrorCode.BAD_VALUE
    with pytest.raises(EngineError) as empty:
        run(back_up(path.with_name("nothing.sqlite"), saved))
    assert empty.value.code is ErrorCode.GALLERY_EMPTY


def test_discarding_takes_the_key_along(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        file = keys.key_file(gallery.key_record.id)
    assert file.exists()
    erasure.discard(path)
    assert not file.exists()
    assert not list(path.parent.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of POSIX")
def test_nobody_else_on_the_computer_reads_names_and_visits(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        beside = [
            file for file in path.parent.glob(path.name + "*") if file.suffix == ".sqlite" or "-" in file.name
        ]
        assert len(beside) > 1, "the write-ahead log, too"
        assert {file.stat().st_mode & 0o077 for file in beside} == {0}
    run(back_up(path, copy))
    assert copy.stat().st_mode & 0o077 == 0


def test_a_backup_replaces_an_older_one_and_nothing_else(path: Path, saved: Path, tmp_path: Path) -> None:
    assert run(back_up(path, saved)).file == saved
    precious, other = tmp_path / "thesis.docx", tmp_path / "other.sqlite"
    precious.write_bytes(b"precious" * 100)
    link, hard = tmp_path / "link.sqlite", tmp_path / "hard.sqlite"
    with Gallery(other) as gallery, Gallery(path):
        gallery.add("Eve", [encoding(5)])
        link.symlink_to(path)
        hard.hardlink_to(path)
        for part in ("-wal", "-journal"):
            with pytest.raises(EngineError, match="the gallery itself"):
                run(back_up(path, path.with_name(path.name + part)))
        for place in (precious, other, link, hard, path.with_name(path.name + "-wal")):
            before = place.read_bytes()
            with pytest.raises(EngineError) as refused:
                run(back_up(path, place))
            assert refused.value.code is ErrorCode.BAD_VALUE
            assert place.read_bytes() == before
    assert names(path) == ["Ada", "Ben", "Cem"]


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of POSIX")
def test_an_older_gallery_and_backup_are_taken_from_others_when_they_are_opened(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy, foreign = tmp_path / "copy.sqlite", tmp_path / "foreign.sqlite"
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        run(back_up(path, copy))
        with closing(sqlite3.connect(foreign)) as other:
            other.execute("CREATE TABLE somebody (name)")
        written = [path, path.with_name(path.name + "-wal"), copy, foreign]
        for file in written:
            file.chmod(0o664)
        with Gallery(path) as again:
            assert [person.name for person in again.people()] == ["Ada"]
        with pytest.raises(EngineError):
            Gallery(foreign)
        run(restore(path, copy))
    assert {file.stat().st_mode & 0o777 for file in (path, copy)} == {0o600}
    assert foreign.stat().st_mode & 0o777 == 0o664, "not a gallery: left as it was"
    told = [record.getMessage() for record in caplog.records if "others on this computer" in record.message]
    assert len(told) == 3, "each file once"
    assert str(path) in told[0]
    with Gallery(path):
        pass
    assert len(caplog.records) == len(told)


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of POSIX")
def test_what_lies_beside_a_gallery_behind_a_link_is_taken_from_others_too(
    path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link" / "people.sqlite"
    link.parent.mkdir()
    link.symlink_to(path)
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        log = path.with_name(path.name + "-wal")
        log.chmod(0o644)
        with Gallery(link):
            assert log.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of POSIX")
def test_a_file_of_somebody_else_keeps_its_rights(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Gallery(path):
        pass
    path.chmod(0o640)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with Gallery(path):
        pass
    assert path.stat().st_mode & 0o777 == 0o640
