"""A damaged gallery is left as it is, and the backups that could take its place are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.backup import back_up, restore
from engine.faces.gallery import Gallery
from engine.faces.rescue import find_backups, ledger_of
from engine.jobs import run
from tests.engine.faces.store.made_up import encoding


def test_a_damaged_gallery_stays_untouched_and_whole_backups_are_offered(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick" / "monday.backup"
    elsewhere.parent.mkdir()
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    run(back_up(path, elsewhere))
    with Gallery(path) as gallery:
        gallery.add("Ben", [encoding(2), encoding(2, 1)])
    beside = path.with_name("tuesday.sqlite")
    run(back_up(path, beside))
    (path.parent / "notes.sqlite").write_bytes(b"no gallery at all")
    spoiled = path.with_name("spoiled.sqlite")
    data = bytearray(beside.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = bytes(3000)
    spoiled.write_bytes(data)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 5000 + whole[5100:])
    before = path.read_bytes()
    names = {file.name for file in path.parent.iterdir()}
    with pytest.raises(EngineError) as refused:
        Gallery(path)
    assert refused.value.code is ErrorCode.GALLERY_DAMAGED
    assert "restore --list" in refused.value.detail
    found = run(find_backups(path))
    assert [(one.file, one.people, one.encodings) for one in found][-1] == (elsewhere, 1, 1)
    assert {one.file for one in found} == {beside, elsewhere}
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == names, "looking leaves nothing behind"
    assert run(restore(path, found[0].file)).people == 2
    with Gallery(path) as gallery:
        assert [person.name for person in gallery.people()] == ["Ada", "Ben"]


def test_a_ledger_that_cannot_be_read_hides_nothing_else(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
    run(back_up(path, path.with_name("copy.sqlite")))
    for nonsense in (b"\xff\xfe", b"[1, null]", b'{"a": 1}', b"[" * 100_000):
        ledger_of(path).write_bytes(nonsense)
        assert [one.people for one in run(find_backups(path))] == [1]
