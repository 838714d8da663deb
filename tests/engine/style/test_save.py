from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.files import sha256_of
from engine.images import read_picture
from engine.jobs import run
from engine.style.drops import look
from engine.style.pictures import read_inputs
from engine.style.recipe import VERSION, Recipe
from engine.style.samples import sample_pairs
from engine.style.save import TEXT_KEY, check_writable, read_painting, recipe_in, save_painting
from engine.style.steps import Provenance, Source

RGB = np.random.default_rng(1).integers(0, 256, (20, 30, 3), dtype=np.uint8)


def exif() -> bytes:
    made = Image.Exif()
    made[0x010F] = "A camera"
    return made.tobytes()


def test_a_png_holds_pixels_recipe_inputs_alpha_and_exif(tmp_path: Path) -> None:
    alpha = np.full((20, 30), 77, np.uint8)
    source = Source("content", "a.jpg", "ab" * 32)
    provenance = Provenance(
        Recipe(content="a.jpg", styles=("s.png",), seed=9), (source,), alpha=alpha, exif=exif()
    )
    path = tmp_path / "out.png"
    save_painting(path, RGB, provenance)
    found = read_painting(path)
    assert found is not None
    rgb, read = found
    assert (rgb == RGB).all()
    assert read.recipe == provenance.recipe
    assert read.sources == (source,)
    assert read.alpha is not None
    assert (read.alpha == alpha).all()
    assert Image.open(path).getexif()[0x010F] == "A camera"


def test_a_picture_of_somebody_else_has_no_recipe(pair: tuple[Path, Path]) -> None:
    assert read_painting(pair[0]) is None


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"recipe": 3}', json.dumps({"recipe": {"version": VERSION + 1}})]
)
def test_a_damaged_or_newer_recipe_is_told(text: str) -> None:
    with pytest.raises(EngineError) as caught:
        recipe_in({TEXT_KEY: text})
    assert caught.value.code is ErrorCode.BAD_VALUE


@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".webp"])
def test_other_formats_are_saved_too(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    save_painting(path, RGB, Provenance(Recipe(content="a", styles=("s",)), exif=exif()))
    assert read_picture(path).size == (30, 20)
    assert Image.open(path).getexif()[0x010F] == "A camera"


def test_an_unknown_ending_is_told_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"out\.xyz"):
        check_writable(tmp_path / "out.xyz")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(EngineError) as caught:
        check_writable(tmp_path / "folder.png")
    assert caught.value.code is ErrorCode.BAD_VALUE


@pytest.mark.parametrize("folder", [Path(), Path("pictures"), Path("pictures.png")])
def test_a_folder_is_no_place_for_a_painting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    folder.mkdir(exist_ok=True)
    with pytest.raises(EngineError) as caught:
        check_writable(folder)
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert caught.value.detail == f"{folder} is a folder. Name a file in it."


def test_inputs_are_named_by_their_hash(pair: tuple[Path, Path]) -> None:
    inputs = read_inputs(Recipe(content=str(pair[0]), styles=(str(pair[1]),), mask=str(pair[1])))
    assert [source.role for source in inputs.sources] == ["content", "style", "mask"]
    assert [source.sha256 for source in inputs.sources[:2]] == [sha256_of(path) for path in pair]


def test_a_missing_picture_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"gone\.png") as caught:
        read_inputs(Recipe(content=str(tmp_path / "gone.png"), styles=("s",)))
    assert caught.value.code is ErrorCode.FILE_MISSING
    with pytest.raises(EngineError, match="no content"):
        read_inputs(Recipe(styles=("s",)))


def test_a_glance_is_small_and_finds_the_recipe(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    recipe = Recipe(content="a", styles=("s",))
    save_painting(tmp_path / "ours.png", RGB, Provenance(recipe))
    photo, ours = run(look((pair[0], tmp_path / "ours.png"), 100, most=2)).glances
    assert max(photo.rgb.shape) == 100
    assert (photo.width, photo.height) == (640, 427)
    assert photo.recipe is None
    assert ours.recipe == recipe


def test_samples_are_there_and_can_be_read() -> None:
    pairs = sample_pairs()
    assert len(pairs) >= 3
    for path in {path for pair in pairs for path in pair}:
        assert min(read_picture(path).size) >= 200


def test_missing_samples_are_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="Install the program again"):
        sample_pairs(tmp_path)
