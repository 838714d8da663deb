from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.style.drops import unpack


def test_files_and_folders_become_pictures_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    for name in ("b.png", "a.jpg", "notes.txt", "inner/c.webp"):
        (folder / name).touch()
    drop = unpack([folder / "b.png", folder])
    assert [path.name for path in drop.pictures] == ["b.png", "a.jpg", "c.webp"]
    assert drop.folder is None
    assert unpack([folder]).folder == folder
    few = unpack([folder], most=2)
    assert len(few.pictures) == 2
    assert few.left_out == 1


def test_an_empty_folder_and_a_lost_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineError) as caught:
        unpack([tmp_path / "empty"])
    assert caught.value.code is ErrorCode.NO_PICTURES
    with pytest.raises(EngineError) as caught:
        unpack([tmp_path / "gone.png"])
    assert caught.value.code is ErrorCode.FILE_MISSING
