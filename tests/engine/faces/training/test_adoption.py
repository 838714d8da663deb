"""A trained encoder at the desk: the plan, encoding from kept photos, models never mixed, the way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery, NewEncoding
from engine.faces.matching import Thresholds
from engine.faces.recogniser import as_png
from engine.faces.tasks import identify_photo, verify_photo
from engine.faces.training.adoption import (
    InUse,
    adopt,
    go_back,
    plan_adoption,
    read_in_use,
    take_into_use,
)
from engine.faces.training.encoders import file_encoder
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.tasks import Learned, learn
from engine.jobs import run
from engine.models import Models
from tests.engine.faces.training.patterns import patterns

FACES = patterns(8, 3)
RECIPE = TrainRecipe(epochs=1, people=3, photos=3)
THRESHOLDS = Thresholds(verify=1.1)


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Learned:
    folder = tmp_path_factory.mktemp("lab")
    return run(learn(Models(folder), RECIPE, FACES, folder / "encoder.safetensors", folder / "run"))


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """Ada with two kept photos, Bert without, both encoded by the encoder on board."""
    path, vector = tmp_path / "gallery.sqlite", np.eye(128, dtype=np.float32)[0]

    def row(photo: int | None) -> NewEncoding:
        kept = None if photo is None else as_png(FACES.crop(photo))
        return NewEncoding(vector, "sface", "photo", "", 0.9, kept)

    with Gallery(path) as opened:
        opened.add("Ada", [row(0), row(1)])
        opened.add("Bert", [row(None)])
    return path


def test_adopting_encodes_from_photos_and_can_be_undone(
    learned: Learned, gallery: Path, tmp_path: Path
) -> None:
    folder, file = tmp_path / "models", tmp_path / "desk-encoder.json"
    models = Models(folder)
    assert read_in_use(file) == InUse("sface", None, None)
    plan = run(plan_adoption(gallery, learned.path))
    assert [person.name for person in plan.from_photos] == ["Ada"]
    assert [person.name for person in plan.must_come] == ["Bert"]
    assert not plan.ready
    done = run(adopt(models, gallery, learned.path, folder, file, THRESHOLDS))
    assert done.encodings == 2
    assert done.in_use == read_in_use(file) == InUse(learned.card.id, learned.card.threshold, ("sface", 1.1))
    with Gallery(gallery) as opened:
        new, old = opened.known(learned.card.id), opened.known("sface")
    assert [person.name for person in new.people] == ["Ada"]
    assert [person.name for person in old.people] == ["Ada", "Bert"]
    expected = file_encoder(learned.path, models).encode(FACES.crops(np.array([0, 1])))
    assert np.allclose(new.vectors, expected, atol=1e-5)
    twice = run(adopt(models, gallery, learned.path, folder, file, THRESHOLDS)).in_use
    assert twice.before == ("sface", 1.1), "the way back leads to itself"
    again = run(plan_adoption(gallery, learned.path))
    assert [person.name for person in again.ready] == ["Ada"]
    assert run(go_back(file)) == InUse("sface", 1.1)
    with pytest.raises(EngineError) as refused:
        run(go_back(file))
    assert refused.value.code is ErrorCode.BAD_VALUE


def test_the_desk_compares_only_encodings_of_the_encoder_in_use(
    learned: Learned, gallery: Path, tmp_path: Path, people: dict[str, list[Path]]
) -> None:
    folder, file = tmp_path / "models", tmp_path / "desk-encoder.json"
    models, photo = Models(folder), people["Barack Obama"][0]
    done = run(adopt(models, gallery, learned.path, folder, file, THRESHOLDS))
    take_into_use(models, folder, done.in_use)
    assert models.face_encoder == learned.card.id
    assert run(identify_photo(models, gallery, photo, THRESHOLDS)).people == 1
    with pytest.raises(EngineError, match=learned.card.id):
        run(verify_photo(models, gallery, "Bert", photo, 1.1))
    take_into_use(models, folder, run(go_back(file)))
    assert run(identify_photo(models, gallery, photo, THRESHOLDS)).people == 2


def test_a_damaged_encoder_is_not_taken_into_use(learned: Learned, gallery: Path, tmp_path: Path) -> None:
    folder, file = tmp_path / "models", tmp_path / "desk-encoder.json"
    models = Models(folder)
    done = run(adopt(models, gallery, learned.path, folder, file, THRESHOLDS))
    installed = folder / f"{learned.card.id}.safetensors"
    installed.write_bytes(b"x" + installed.read_bytes()[1:])
    with pytest.raises(EngineError) as refused:
        take_into_use(models, folder, done.in_use)
    assert refused.value.code is ErrorCode.MODEL_DAMAGED
    assert models.face_encoder == "sface"
    file.write_text("nonsense")
    assert read_in_use(file) == InUse()


def test_a_pairwise_classifier_is_not_for_the_desk(gallery: Path, tmp_path: Path) -> None:
    models, out = Models(tmp_path), tmp_path / "pairs.safetensors"
    run(learn(models, replace(RECIPE, loss="logistic"), FACES, out, tmp_path / "run"))
    with pytest.raises(EngineError) as refused:
        run(adopt(models, gallery, out, tmp_path, tmp_path / "file", THRESHOLDS))
    assert refused.value.code is ErrorCode.MODEL_NOT_ENCODER
    assert read_in_use(tmp_path / "file").model == "sface"
