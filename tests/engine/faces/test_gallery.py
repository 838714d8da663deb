"""The gallery: names, erasure down to the bytes, and files it must not touch."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import VERSION, Gallery, NewEncoding
from engine.faces.people import clean_name


def encoding(seed: int, model: str = "sface", photo: bytes | None = None) -> NewEncoding:
    vector = np.random.default_rng(seed).normal(size=128).astype(np.float32)
    return NewEncoding(vector / np.linalg.norm(vector), model, "photo", f"secret-{seed}.jpg", 0.8, photo)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "gallery.sqlite"


def test_keeps_people_and_their_encodings(path: Path) -> None:
    first, second = encoding(1), encoding(2)
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", [first])
        assert gallery.add("Ada", [second]).id == ada.id
        gallery.add("Ben", [encoding(3), encoding(4, model="other")])
    with Gallery(path) as gallery:
        assert [(person.name, person.encodings) for person in gallery.people()] == [("Ada", 2), ("Ben", 2)]
        known = gallery.known("sface")
        assert [person.name for person in known.people] == ["Ada", "Ben"]
        assert known.owners.tolist() == [0, 0, 1]
        assert (known.vectors[:2] == np.stack([first.vector, second.vector])).all()


def test_is_durable_and_stores_no_photo_unless_given_one(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        gallery.add("Ben", [encoding(2, photo=b"png")])
        ask = gallery._db.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)
        assert ask("PRAGMA foreign_keys").fetchone() == (1,)
        kept = [photo for (photo,) in ask("SELECT photo FROM encoding ORDER BY rowid")]
        assert kept[0] is None
        assert b"png" not in kept[1]


def test_a_failed_enrolment_leaves_nothing(path: Path) -> None:
    broken = NewEncoding(np.ones(128, np.float32), "sface", "hearsay", "", 0.5)
    with Gallery(path) as gallery:
        with pytest.raises(EngineError):
            gallery.add("Ada", [encoding(1), broken])
        assert gallery.people() == ()


def test_erasure_leaves_no_byte_of_the_person(path: Path) -> None:
    secret = encoding(7)
    with Gallery(path) as gallery:
        ada = gallery.add("Ada Lovelace", [secret])
        sealed, key = gallery._db.execute("SELECT vector, key FROM encoding JOIN person").fetchone()
        gallery.add("Ben", [encoding(8)])
        gallery.erase("Ada Lovelace")
        assert [person.name for person in gallery.people()] == ["Ben"]
        with pytest.raises(EngineError) as refused:
            gallery.erase("Ada Lovelace")
        assert refused.value.code is ErrorCode.PERSON_UNKNOWN
        stored = b"".join(
            file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")
        )
    for trace in (b"Ada Lovelace", ada.id.encode(), sealed, key, secret.vector.tobytes()[:64]):
        assert trace not in stored
    assert b"Ben" in stored


def test_rename_refuses_a_name_that_is_taken(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        gallery.add("Ben", [encoding(2)])
        assert gallery.rename("Ada", " Ada  King ").name == "Ada King"
        with pytest.raises(EngineError) as refused:
            gallery.rename("Ben", "Ada King")
        assert refused.value.code is ErrorCode.NAME_INVALID


def test_notices_what_another_connection_wrote(path: Path) -> None:
    with Gallery(path) as here, Gallery(path) as there:
        before = here.change_count()
        assert here.change_count() == before
        there.add("Ada", [encoding(1)])
        assert here.change_count() != before


def refused_and_untouched(path: Path, code: ErrorCode) -> str:
    before = path.read_bytes()
    with pytest.raises(EngineError) as refused:
        Gallery(path)
    assert refused.value.code is code
    assert refused.value.subject == str(path)
    assert path.read_bytes() == before
    return refused.value.detail


def test_a_newer_gallery_is_refused_and_left_alone(path: Path) -> None:
    Gallery(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    refused_and_untouched(path, ErrorCode.GALLERY_NEWER)


def test_files_that_are_no_gallery_are_refused_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.sqlite"
    text.write_text("this is no database, and long enough to be looked at " * 20)
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE recipe (name)")
    db.close()
    refused_and_untouched(text, ErrorCode.GALLERY_DAMAGED)
    refused_and_untouched(other, ErrorCode.GALLERY_DAMAGED)
    for short in (b"x", b"SQLite format 3\0", bytes(511)):
        text.write_bytes(short)
        refused_and_untouched(text, ErrorCode.GALLERY_DAMAGED)


def test_a_damaged_gallery_is_refused_and_left_alone(path: Path) -> None:
    with Gallery(path) as gallery:
        for seed in range(40):
            gallery.add(f"P{seed}", [encoding(seed)])
    data = bytearray(path.read_bytes())
    data[5000:9000] = b"\xa5" * 4000
    path.write_bytes(data)
    refused_and_untouched(path, ErrorCode.GALLERY_DAMAGED)


def test_a_gallery_whose_tables_have_lost_their_names_is_damaged_not_a_fault(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    whole = path.read_bytes()
    for table in (b"audit", b"person", b"encoding"):
        path.write_bytes(whole.replace(b"CREATE TABLE " + table, b"CREATE TAB\xccE " + table))
        with pytest.raises(EngineError) as refused, Gallery(path) as gallery:
            gallery.known("sface")
        assert refused.value.code is ErrorCode.GALLERY_DAMAGED


@pytest.mark.parametrize("vector", [b"\1\2", bytes(64), np.full(128, np.nan, "<f4").tobytes()])
def test_an_encoding_that_was_changed_is_refused(path: Path, vector: bytes) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    with sqlite3.connect(path) as db:
        db.execute("UPDATE encoding SET vector = ?", (vector,))
    db.close()
    with Gallery(path) as gallery, pytest.raises(EngineError) as refused:
        gallery.known("sface")
    assert refused.value.code is ErrorCode.GALLERY_DAMAGED


@pytest.mark.parametrize("harm", ["DROP TABLE encoding", "DROP TABLE lookalike", "PRAGMA user_version = 1"])
def test_a_gallery_without_its_tables_is_damaged_and_no_fault_of_the_disk(path: Path, harm: str) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    with sqlite3.connect(path) as db:
        db.execute(harm)
    db.close()
    with pytest.raises(EngineError) as refused, Gallery(path) as gallery:
        gallery.known("sface")
    assert refused.value.code is ErrorCode.GALLERY_DAMAGED


def test_a_folder_or_a_device_is_no_gallery(tmp_path: Path) -> None:
    for place in (tmp_path, *filter(Path.exists, [Path("/dev/zero")])):
        with pytest.raises(EngineError) as refused:
            Gallery(place)
        assert refused.value.code is ErrorCode.GALLERY_DAMAGED


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(EngineError) as refused:
        Gallery(file / "gallery.sqlite")
    assert refused.value.code is ErrorCode.NOT_WRITABLE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Jose\u0301", "José"),
        ("\u5f20\u4f1f", "\u5f20\u4f1f"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
        ("x" * 200, "x" * 200),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        *(
            (name, "Obama")
            for name in ("Obama\u200b", "\ufeffObama", "Oba\u00adma", "Obama\u2060", "\u200eObama")
        ),
        *((name, "Obama") for name in ("Oba\u200dma", "Obama\u200d", "Obama \u3164", "Obama\U000e0041")),
    ],
)
def test_names_of_the_world_are_kept(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    "bad", ["", "  \u3000", "\u200b", "\u3164", "x" * 201, "a\x00b", "a\nb", "\u202ekcatta", "\ud800"]
)
def test_names_that_help_nobody_are_refused(bad: str) -> None:
    with pytest.raises(EngineError) as refused:
        clean_name(bad)
    assert refused.value.code is ErrorCode.NAME_INVALID


def test_somebody_whose_stored_name_holds_what_nobody_sees_can_still_be_erased(path: Path) -> None:
    with Gallery(path) as gallery:
        person = gallery.add("Ada", [encoding(1)])
        gallery.database.execute("UPDATE person SET name = ? WHERE id = ?", ("Ada\u200b", person.id))
        gallery.seal_row(person.id)
        assert gallery.erase("Ada\u200b").person.id == person.id
        assert gallery.people() == ()
