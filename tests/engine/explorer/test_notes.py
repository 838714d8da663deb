"""Notes about units: kept, found again by any words, and never lost to a damaged file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.explorer.notes import Notes, read_notes, write_notes


def test_notes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "notes.json"
    notes = Notes().with_note("alexnet", "conv5", 17, "Dogs' faces,\nfrom the front 狗")
    notes = notes.with_note("vgg16", "conv1_1", 3, "red edges")
    write_notes(path, notes)
    assert read_notes(path) == notes
    assert read_notes(path).of("alexnet", "conv5", 17).startswith("Dogs'")
    assert json.loads(path.read_text(encoding="utf-8"))["notes"][0]["layer"] == "conv5"


def test_an_empty_note_is_none() -> None:
    notes = Notes().with_note("alexnet", "conv5", 17, "dogs").with_note("alexnet", "conv5", 17, "  \n")
    assert notes == Notes()


def test_all_words_have_to_occur_in_any_case() -> None:
    notes = (
        Notes().with_note("alexnet", "conv5", 17, "Faces of Dogs").with_note("alexnet", "conv4", 2, "faces")
    )
    notes = notes.with_note("vgg16", "conv4_1", 2, "dogs and faces")
    assert [found[:2] for found in notes.about("alexnet", "DOGS face")] == [("conv5", 17)]
    assert len(list(notes.about("alexnet"))) == 2


def test_a_file_that_is_not_there_holds_no_notes(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "none.json") == Notes()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "other"}', '{"format": "triptych-unit-notes"}'])
def test_a_damaged_file_is_named_and_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.json"
    path.write_text(text)
    with pytest.raises(EngineError) as refused:
        read_notes(path)
    assert refused.value.code is ErrorCode.FILE_UNREADABLE
    assert path.read_text() == text
