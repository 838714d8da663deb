"""Folders as people have them: what is used, what is left out and why, and what is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.faces.training.crops import CropCache
from engine.faces.training.dataset import gather
from engine.faces.training.records import FaceSet, Reason
from engine.faces.training.twins import same_pictures
from engine.images import Rgb, read_picture
from engine.jobs import run
from engine.models import Models


def put(folder: Path, name: str, rgb: Rgb, **options: int) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(rgb).save(folder / name, **options)


@pytest.fixture(scope="module")
def small(people: dict[str, list[Path]]) -> list[Rgb]:
    """Four photos on board, shrunk so that a search takes little."""
    four = [path for paths in people.values() for path in paths][:4]
    pictures = []
    for path in four:
        picture = Image.fromarray(read_picture(path).rgb)
        picture.thumbnail((400, 400))
        pictures.append(np.array(picture))
    return pictures


@pytest.fixture
def folder(tmp_path: Path, small: list[Rgb], no_face: Rgb) -> Path:
    folder = tmp_path / "people"
    put(folder, "Ada/1.png", small[0])
    put(folder, "Ada/2.png", small[1])
    put(folder, "Bert/1.png", small[2])
    put(folder, "Bert/2.png", small[3])
    put(folder, "Bert/wall.png", no_face)
    put(folder, "Bert/group.png", np.concatenate([small[2], small[2]], axis=1))
    put(folder, "loose.png", small[0])
    (folder / "Ada" / "broken.jpg").write_text("this is no picture")
    return folder


def reasons(faces: FaceSet) -> dict[str, Reason]:
    return {each.file: each.reason for each in faces.left_out}


def test_what_is_left_out_is_named_with_its_reason(folder: Path, models: Models, tmp_path: Path) -> None:
    faces = run(gather(models, folder, tmp_path / "cache"))
    assert faces.people == ("Ada", "Bert")
    assert faces.photo_counts.tolist() == [2, 2]
    assert reasons(faces) == {
        "Ada/broken.jpg": Reason.UNREADABLE,
        "Bert/wall.png": Reason.NO_FACE,
        "Bert/group.png": Reason.SEVERAL_FACES,
        "loose.png": Reason.NO_PERSON,
    }
    assert all(each.sentence.endswith(".") for each in faces.left_out)
    assert faces.crops(np.arange(4)).shape == (4, 112, 112, 3)


def test_one_photo_under_two_names_is_found_even_when_saved_again(
    folder: Path, small: list[Rgb], models: Models, tmp_path: Path
) -> None:
    put(folder, "Bert/also.jpg", small[1], quality=92)
    put(folder, "Bert/again.png", small[2])
    faces = run(gather(models, folder, tmp_path / "cache"))
    found = reasons(faces)
    assert found["Bert/also.jpg"] is found["Ada/2.png"] is Reason.TWO_NAMES
    assert Reason.REPEATED in (found.get("Bert/again.png"), found.get("Bert/1.png"))
    named = next(each.sentence for each in faces.left_out if each.file == "Bert/also.jpg")
    assert "Ada/2.png" in named
    assert "Bert/also.jpg" in named


def test_two_folders_of_one_name_are_named(
    folder: Path, small: list[Rgb], models: Models, tmp_path: Path
) -> None:
    put(folder, "bert /3.png", small[3])
    faces = run(gather(models, folder, tmp_path / "cache"))
    assert reasons(faces)["bert "] is Reason.NAME_TAKEN or reasons(faces).get("Bert") is Reason.NAME_TAKEN
    assert len(faces.people) == 2


@pytest.mark.parametrize("names", [["Ada/1.png", "Ada/2.png"], ["1.png"]])
def test_one_person_or_none_is_refused(
    names: list[str], small: list[Rgb], models: Models, tmp_path: Path
) -> None:
    for name, rgb in zip(names, small, strict=False):
        put(tmp_path / "few", name, rgb)
    with pytest.raises(EngineError, match="at least two") as refused:
        run(gather(models, tmp_path / "few", tmp_path / "cache"))
    assert refused.value.code is ErrorCode.DATA_SET_UNFIT


def test_folders_without_pictures_or_missing_are_refused(models: Models, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, code in (("empty", ErrorCode.NO_PICTURES), ("gone", ErrorCode.FILE_MISSING)):
        with pytest.raises(EngineError) as refused:
            run(gather(models, tmp_path / name, tmp_path / "cache"))
        assert refused.value.code is code


def test_the_cache_spares_the_search_and_survives_a_kill(
    folder: Path, models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(gather(models, folder, tmp_path / "cache"))
    index = next((tmp_path / "cache").rglob("index.jsonl"))
    crops = index.with_name("crops.bin")
    index.write_bytes(index.read_bytes()[:-20])  # killed while the last line was written
    crops.write_bytes(crops.read_bytes() + b"half a crop")
    again = run(gather(models, folder, tmp_path / "cache"))
    assert np.array_equal(whole.crops(np.arange(4)), again.crops(np.arange(4)))
    assert again.files == whole.files
    monkeypatch.setattr(
        "engine.faces.recogniser.Recogniser.find_one", lambda *_: pytest.fail("searched again")
    )
    assert run(gather(models, folder, tmp_path / "cache")).files == whole.files


def test_a_changed_photo_is_looked_at_again(tmp_path: Path) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(b"one")
    with CropCache(tmp_path / "cache", tmp_path) as cache:
        cache.refuse(photo, "a.png", "0", "no-face", "No.")
        assert cache.seen(photo, "a.png") is not None
        photo.write_bytes(b"three")
        assert cache.seen(photo, "a.png") is None


def test_twins_are_pixel_near_and_others_are_not() -> None:
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 255, (4, 16, 16, 3))
    crops = np.repeat(np.repeat(coarse, 7, axis=1), 7, axis=2).astype(np.uint8)
    saved_again = np.clip(crops[1] + rng.normal(0, 2, crops[1].shape), 0, 255).astype(np.uint8)
    brighter = np.clip(crops[2].astype(int) + 9, 0, 255).astype(np.uint8)
    found = same_pictures(["a", "b", "c", "a", "e", "f"], np.stack([*crops, saved_again, brighter]))
    assert found == ((0, 3), (1, 4))
