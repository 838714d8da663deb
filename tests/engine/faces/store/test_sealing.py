"""What is sealed stays sealed: migration, swapped and changed rows, and the places of the key."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.store import keys
from engine.faces.store.keys import KeyPlace
from engine.faces.store.protection import protect
from engine.faces.store.schema import APPLICATION, MIGRATIONS
from tests.engine.faces.store.made_up import encoding


def change(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as db:
        db.execute(statement, values)
    db.close()


def refusal(path: Path) -> EngineError:
    with Gallery(path) as gallery, pytest.raises(EngineError) as refused:
        gallery.known("sface")
    return refused.value


def test_a_gallery_of_the_first_version_is_sealed_and_keeps_nothing_in_the_clear(path: Path) -> None:
    vector = encoding(1).vector
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.executescript(MIGRATIONS[0])
        db.execute("INSERT INTO person VALUES ('p1', 'Ada', '2026-01-01')")
        for photo in (None, b"a face as png"):
            db.execute(
                "INSERT INTO encoding (person, model, vector, source, file, quality, photo, created)"
                " VALUES ('p1', 'sface', ?, 'photo', 'ada-home.jpg', 0.5, ?, '2026-01-01')",
                (vector.tobytes(), photo),
            )
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.close()
    with Gallery(path) as gallery:
        known = gallery.known("sface")
        assert [person.name for person in known.people] == ["Ada"]
        assert (known.vectors == vector).all()
        assert len(known.vectors) == 2
        stored = b"".join(file.read_bytes() for file in path.parent.iterdir() if "-shm" not in file.name)
    for trace in (vector.tobytes()[:32], b"a face as png", b"ada-home"):
        assert trace not in stored


def test_rows_that_were_swapped_or_changed_do_not_open(path: Path, tmp_path: Path) -> None:
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", [encoding(1), encoding(1, 1)]).id
        ben = gallery.add("Ben", [encoding(2)]).id
    whole = path.read_bytes()
    attacks: list[tuple[str, tuple[object, ...]]] = [
        ("UPDATE encoding SET person = ? WHERE person = ?", (ada, ben)),
        ("UPDATE encoding SET vector = (SELECT vector FROM encoding WHERE person = ?)", (ben,)),
        ("UPDATE encoding SET vector = zeroblob(length(vector)) WHERE person = ?", (ben,)),
        ("UPDATE encoding SET id = 'another' WHERE person = ?", (ben,)),
        ("UPDATE person SET key = (SELECT key FROM person WHERE id = ?)", (ben,)),
        ("UPDATE person SET name = CASE name WHEN 'Ada' THEN 'Ben' ELSE 'Ada' END", ()),
        ("UPDATE person SET retain_until = '2999-01-01' WHERE id = ?", (ada,)),
    ]
    for statement, values in attacks:
        path.write_bytes(whole)
        change(path, statement, *values)
        assert refusal(path).code is ErrorCode.GALLERY_DAMAGED, statement


def test_encodings_of_one_model_are_not_taken_for_those_of_another(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1), encoding(1, 1, model="other")])
        assert len(gallery.known("sface").vectors) == len(gallery.known("other").vectors) == 1
    change(path, "UPDATE encoding SET model = 'sface'")
    assert refusal(path).code is ErrorCode.GALLERY_DAMAGED


def test_without_a_keyring_the_key_lies_apart_and_only_for_its_owner(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        record = gallery.key_record
    assert record.place is KeyPlace.FILE
    file = keys.key_file(record.id)
    assert path.parent not in file.parents
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.rename(file.with_suffix(".away"))
    with Gallery(path) as gallery:
        assert [person.name for person in gallery.people()] == ["Ada"], "the list needs no key"
    lost = refusal(path)
    assert lost.code is ErrorCode.KEY_LOST
    assert str(file) in lost.detail
    file.write_text("bm9uc2Vuc2U=\n")
    assert refusal(path).code is ErrorCode.KEY_LOST


class FakeKeyring:
    """A keyring in memory."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, value: str) -> None:
        self.kept[service, name] = value

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


def test_the_keyring_is_taken_when_there_is_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = FakeKeyring()
    monkeypatch.setattr(keys, "_backend", lambda: ring)
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        record = gallery.key_record
    assert record.place is KeyPlace.KEYRING
    assert list(ring.kept) == [(keys.SERVICE, record.id)]
    assert not keys.key_file(record.id).exists()
    with Gallery(path) as gallery:
        assert len(gallery.known("sface").vectors) == 1
    ring.kept.clear()
    assert refusal(path).code is ErrorCode.KEY_LOST


def test_a_keyring_that_fails_is_not_a_lost_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.errors import KeyringLocked

    ring: Any = FakeKeyring()
    monkeypatch.setattr(keys, "_backend", lambda: ring)
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])

    def locked(*_: object) -> str:
        raise KeyringLocked("dismissed")

    ring.get_password = locked
    assert refusal(path).code is ErrorCode.KEY_UNREACHABLE


def test_a_passphrase_opens_and_another_does_not(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        before = gallery.key_record
        with pytest.raises(EngineError) as weak:
            protect(gallery, KeyPlace.PASSPHRASE, "short")
        assert weak.value.code is ErrorCode.PASSPHRASE_WEAK
        protect(gallery, KeyPlace.PASSPHRASE, "four words are long")
        record = gallery.key_record
    assert not keys.key_file(before.id).exists(), "the key file is gone once a passphrase guards the key"
    keys.lock(record)
    assert refusal(path).code is ErrorCode.GALLERY_LOCKED
    secret = tmp_path / "secret"
    monkeypatch.setenv(keys.PASSPHRASE_VARIABLE, str(secret))
    assert refusal(path).code is ErrorCode.FILE_MISSING
    secret.write_text("another passphrase\n")
    assert refusal(path).code is ErrorCode.GALLERY_LOCKED
    secret.write_text("four words are long\n")
    with Gallery(path) as gallery:
        assert np.array_equal(gallery.known("sface").vectors[0], encoding(1).vector)
        protect(gallery, KeyPlace.FILE, None)
    monkeypatch.delenv(keys.PASSPHRASE_VARIABLE)
    with Gallery(path) as gallery:
        assert len(gallery.known("sface").vectors) == 1


def test_a_new_gallery_takes_the_passphrase_that_was_given(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("four words are long\n")
    monkeypatch.setenv(keys.PASSPHRASE_VARIABLE, str(secret))
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        assert gallery.key_record.place is KeyPlace.PASSPHRASE
