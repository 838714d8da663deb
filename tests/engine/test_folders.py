"""Which files of a folder are pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.folders import picture_files


def test_picture_files_are_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.jpg", "a/c.PNG", ".hidden/d.jpg", "e.txt", "._f.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    assert [path.name for path in picture_files(tmp_path)] == ["c.PNG", "b.jpg"]


def test_a_folder_without_pictures_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        picture_files(tmp_path)
    assert caught.value.code is ErrorCode.NO_PICTURES
    with pytest.raises(EngineError) as caught:
        picture_files(tmp_path / "none")
    assert caught.value.code is ErrorCode.FILE_MISSING
    (tmp_path / "b.jpg").write_bytes(b"")
    with pytest.raises(EngineError, match="is a file") as plain:
        picture_files(tmp_path / "b.jpg")
    assert plain.value.code is ErrorCode.NO_PICTURES
