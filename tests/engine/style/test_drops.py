from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError, ErrorCode
from engine.files import sha256_of
from engine.images import write_picture
from engine.jobs import run
from engine.style.drops import look, unpack
from engine.style.recipe import Recipe
from engine.style.save import save_painting
from engine.style.steps import Provenance, Source

GREY = np.full((40, 50, 3), 99, np.uint8)


def test_files_and_folders_become_pictures_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    for name in ("b.png", "a.jpg", "inner/c.webp"):
        write_picture(folder / name, GREY)
    (folder / "notes.txt").touch()
    assert [path.name for path in unpack([folder / "b.png", folder])] == ["b.png", "a.jpg", "c.webp"]
    seen = run(look([folder], 32, most=2))
    assert seen.folder == folder
    assert [each.path.name for each in seen.glances] == ["a.jpg", "b.png"]
    assert max(seen.glances[0].rgb.shape) == 32
    assert seen.left_out == 1


def test_an_empty_folder_and_a_lost_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineError) as caught:
        unpack([tmp_path / "empty"])
    assert caught.value.code is ErrorCode.NO_PICTURES
    with pytest.raises(EngineError) as caught:
        unpack([tmp_path / "gone.png"])
    assert caught.value.code is ErrorCode.FILE_MISSING


def test_an_input_that_is_another_file_now_is_noticed(tmp_path: Path) -> None:
    photo, same = tmp_path / "photo.png", tmp_path / "same.png"
    for path in (photo, same):
        write_picture(path, GREY)
    sources = tuple(Source("content", str(path), sha256_of(path)) for path in (photo, same))
    save_painting(tmp_path / "ours.png", GREY, Provenance(Recipe(content="c", styles=("s",)), sources))
    write_picture(photo, GREY // 2)
    seen = run(look([tmp_path / "ours.png"], 32, most=1)).glances[0]
    assert [source.file for source in seen.changed] == [str(photo)]
