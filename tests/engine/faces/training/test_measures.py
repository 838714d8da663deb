"""The protocol against a hand-worked example, the ROC's area, the numbers explained, held-out evaluation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.cli.app import run_command
from engine.errors import EngineError, ErrorCode
from engine.faces.measuring import measure_pairs
from engine.faces.pairs import area_under, evaluate, roc
from engine.faces.training.evaluation import evaluate_encoder
from engine.faces.training.numbers import far_of_gallery, rule_of_three
from engine.faces.training.openset import divide
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.tasks import learn, measure_encoders, measure_list
from engine.faces.training.trained import read_card
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from engine.paths import SAMPLES
from tests.engine.faces.training.patterns import patterns
from tests.engine.faces.training.test_dataset import put


def test_ten_folds_by_hand() -> None:
    """Ten folds of one same and one different pair.

    Same pairs lie at 1 in folds 0 to 8 and at 5 in fold 9; different pairs at 3 everywhere. For every fold
    but the last the others hold eight same pairs at 1, one at 5 and nine different ones at 3, so τ lies
    between 1 and 3, halfway: 2. Folds 0 to 8 get both pairs right. Fold 9: its same pair (5 > 2) is wrong,
    the different one right: ½. Mean (9 · 1 + ½) / 10 = 0.95; standard deviation √(9 · 0.05² + 0.45²) / √9 =
    0.158114; standard error 0.158114 / √10 = 0.05.
    """
    same_at = np.array([1.0] * 9 + [5.0])
    distances = np.concatenate([same_at, np.full(10, 3.0)])
    same = np.arange(20) < 10
    report = evaluate(distances, same, np.tile(np.arange(10), 2))
    assert [fold.accuracy for fold in report.folds] == [1.0] * 9 + [0.5]
    assert all(fold.threshold == 2.0 for fold in report.folds)
    assert report.accuracy_mean == pytest.approx(0.95)
    assert report.accuracy_se == pytest.approx(0.05)


def test_the_area_is_the_chance_that_a_same_pair_is_nearer() -> None:
    rng = np.random.default_rng(0)
    distances = rng.integers(0, 12, 300).astype(float)  # many ties
    same = rng.random(300) < 0.3
    distances[same] -= 2
    distances[:5] = np.inf  # photos without a face
    far, tar, _ = roc(distances, same)
    mine, others = distances[same], distances[~same]
    wins = (mine[:, None] < others[None]).mean() + 0.5 * (mine[:, None] == others[None]).mean()
    assert area_under(far, tar) == pytest.approx(wins, abs=1e-12)


def test_the_numbers_explained() -> None:
    assert far_of_gallery(0.001, 1) == pytest.approx(0.001)
    assert far_of_gallery(0.001, 1000) == pytest.approx(1 - 0.999**1000)
    assert far_of_gallery(1e-12, 100) == pytest.approx(1e-10, rel=1e-6)
    assert far_of_gallery(1.0, 5) == 1.0
    assert far_of_gallery(0.5, 0) == 0.0
    assert rule_of_three(3000) == 0.001
    assert rule_of_three(0) == rule_of_three(2) == 1.0
    assert (1 - rule_of_three(3000)) ** 3000 == pytest.approx(0.05, abs=0.001)


def test_a_perfect_and_a_blind_encoder_are_told_apart() -> None:
    faces = patterns(8, 3, singles=6)
    means = faces.store.reshape(len(faces), -1).astype(np.float32).mean(axis=1)
    own = {float(mean): int(owner) for mean, owner in zip(means, faces.owners, strict=True)}

    def perfect(crops: np.ndarray) -> np.ndarray:
        keys = crops.reshape(len(crops), -1).astype(np.float32).mean(axis=1)
        return np.eye(128, dtype=np.float32)[[own[float(key)] for key in keys]]

    people = np.arange(len(faces.people))
    good = run(evaluate_encoder(perfect, faces, people, 0))
    nothing = np.eye(128, dtype=np.float32)[:1]
    blind = run(evaluate_encoder(lambda crops: nothing.repeat(len(crops), axis=0), faces, people, 0))
    assert good.auc == 1.0
    assert blind.auc == pytest.approx(0.5)
    assert good.report.eer == 0.0
    assert good.report.tar_at_far[0.0001].value == 1.0
    assert good.open_set is not None
    assert good.open_set.points[0.01].fnir.value == 0.0
    assert good.open_set.strangers == 6
    assert [case.same for case in blind.false_accepts] == [False] * 6


def test_enrolled_probes_and_strangers_are_apart() -> None:
    faces = patterns(9, 3, singles=1)
    enrolled, probes, strangers = divide(faces, np.arange(10), 0)
    groups = [set(faces.owners[each]) for each in (enrolled, probes, strangers)]
    assert groups[0] == groups[1]
    assert not groups[0] & groups[2]
    assert len(enrolled) == len(groups[0]) == 6
    assert not set(enrolled) & set(probes)


def test_pairs_that_do_not_match_the_folder_are_named(models: Models, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.txt"
    pairs.write_text("2\t1\nAda\t1\t2\nAda\t1\tBert\t1\nAda\t1\t2\nAda\t1\tBert\t1\n")
    with pytest.raises(EngineError, match="the first one Ada/Ada_0001") as refused:
        run(measure_pairs(models, SAMPLES, pairs))
    assert refused.value.code is ErrorCode.PAIRS_INVALID


def test_encoders_are_compared_on_a_list_of_pairs(
    people: dict[str, list[Path]], models: Models, tmp_path: Path
) -> None:
    photos = {"Ada": people["Barack Obama"][:2], "Bert": people["Joe Biden"][:1]}
    for name, paths in photos.items():
        for number, path in enumerate(paths, start=1):
            put(tmp_path, f"{name}/{name}_{number:04d}.png", read_picture(path).rgb[::2, ::2])
    pairs = tmp_path / "pairs.txt"
    pairs.write_text("2\t1\nAda\t1\t2\nAda\t1\tBert\t1\nAda\t1\t2\nAda\t2\tBert\t1\n")
    trained = tmp_path / "m.safetensors"
    run(learn(models, TrainRecipe(epochs=1, people=3), patterns(7, 2), trained, tmp_path / "run"))
    board, ours = run(measure_list(models, ["sface", str(trained)], tmp_path, pairs))
    assert (board.model, ours.model) == ("sface", read_card(trained).id)
    assert board.evaluation.auc == 1.0
    assert board.evaluation.report.tar_at_far[0.0001].value == 1.0
    assert (board.evaluation.same_pairs, board.evaluation.different_pairs, board.evaluation.people) == (
        2,
        2,
        2,
    )
    assert not np.array_equal(board.evaluation.report.thresholds, ours.evaluation.report.thresholds)


def test_encoders_are_compared_on_the_same_pairs_of_people_unknown_to_all(
    models: Models, tmp_path: Path
) -> None:
    faces, trained = patterns(8, 2), tmp_path / "m.safetensors"
    run(learn(models, TrainRecipe(epochs=1, people=3), faces, trained, tmp_path / "run"))
    board, ours = run(measure_encoders(models, ["sface", str(trained)], faces))
    assert board.left_out == ours.left_out == 6
    assert board.evaluation.different_pairs == ours.evaluation.different_pairs > 0
    assert board.evaluation.people == 2
    assert ours.model == read_card(trained).id


def test_the_commands_refuse_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "m.safetensors")
    assert run_command(["face", "train", "--data", str(tmp_path / "gone"), "--out", out]) == 2
    assert "There is no folder" in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert run_command(["face", "train", "--data", str(tmp_path / "file"), "--out", out]) == 2
    assert "is a file. Choose the folder that it lies in." in capsys.readouterr().err
    (tmp_path / "file").unlink()
    assert run_command(["face", "train", "--data", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err
    assert run_command(["face", "train", "--data", str(tmp_path), "--out", out, "--epochs", "0"]) == 2
    assert "epochs must lie between" in capsys.readouterr().err


@pytest.mark.slow
def test_train_and_evaluate_as_a_person_does(data: Path, tmp_path: Path) -> None:
    """A hundred people of LFW: slow because every photo is searched for faces once."""
    images, model, report = tmp_path / "images", tmp_path / "m", tmp_path / "r.json"
    people = sorted((data / "faces" / "lfw" / "images").iterdir())
    for person in [each for each in people if len(list(each.iterdir())) >= 3][:100]:
        (images / person.name).mkdir(parents=True)
        for photo in sorted(person.iterdir())[:4]:
            (images / person.name / photo.name).symlink_to(photo)
    words = ["face", "train", "--data", str(images), "--epochs", "25", "--out", str(model)]
    assert run_command([*words, "--report", str(report)]) == 0
    trained = json.loads(report.read_text())
    assert trained["auc"] > trained["auc_untrained"] + 0.05
    assert {"eer", "tar_at_far", "people", "steps"} <= set(trained)
    measured = tmp_path / "e.json"
    words = ["face", "evaluate", "--model", f"{model}.safetensors", "--data", str(images)]
    assert run_command([*words, "--report", str(measured)]) == 0
    assert json.loads(measured.read_text())["auc"] == pytest.approx(trained["auc"], abs=1e-5)
    assert run_command(["face", "evaluate", "--model", "sface", "--data", str(images)]) == 0
