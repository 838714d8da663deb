"""Fine-tuning of the encoder on board: what may learn does, the rest stays to the bit, nothing collapses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.faces.training.checkpoint import list_checkpoints
from engine.faces.training.drawn import draw_people
from engine.faces.training.encoders import encoder_by_name, file_encoder
from engine.faces.training.evaluation import evaluate_encoder
from engine.faces.training.learner import Learner
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import FaceSet
from engine.faces.training.split import split_people
from engine.faces.training.tasks import learn
from engine.jobs import run
from engine.models import Models

RECIPE = TrainRecipe(start="onboard", mining="random", epochs=1, people=3, photos=2, margin=1.5)
LAST = ("blocks.12.", "head_norm.", "dense.", "dense_norm.")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return run(draw_people(7, 2))


def learned(models: Models, faces: FaceSet, recipe: TrainRecipe, steps: int) -> Learner:
    learner = Learner(models, recipe, 3, 10)
    labels = np.repeat(np.arange(3), 2)
    crops = faces.crops(np.arange(6))
    for step in range(steps):
        encodings = run(learner.forward(crops))
        run(learner.learn(step, crops, encodings, labels, labels))
    return learner


@pytest.mark.parametrize("layers", ["last", "all"])
def test_only_the_chosen_layers_learn_and_statistics_stay(
    layers: str, models: Models, faces: FaceSet
) -> None:
    before = Learner(models, replace(RECIPE, layers=layers), 3, 10).weights()
    learner = learned(models, faces, replace(RECIPE, layers=layers), 1)
    gradients = {name for name, each in learner.encoder.named_parameters() if each.grad is not None}
    changed = {name for name, each in learner.weights().items() if not torch.equal(each, before[name])}
    everything = {name for name, _ in learner.encoder.named_parameters()}
    open_to = {name for name in everything if layers == "all" or name.startswith(LAST)}
    assert gradients == open_to
    assert changed <= open_to, "a frozen weight or a running statistic moved"
    assert len(changed) > 0.9 * len(open_to)
    assert not learner.encoder.training


def test_two_passes_give_the_gradient_of_one(
    models: Models, faces: FaceSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.faces.training.learner.SFACE_PART", 4)  # 6 photos: a whole part and a rest
    recipe, crops = replace(RECIPE, layers="all"), faces.crops(np.arange(6))
    labels = np.repeat(np.arange(3), 2)
    twice, once = Learner(models, recipe, 3, 10), Learner(models, recipe, 3, 10)
    once._two_passes = False
    for learner in (twice, once):
        run(learner.learn(0, crops, run(learner.forward(crops)), labels, labels))
    for (name, ours), (_, theirs) in zip(
        twice.encoder.named_parameters(), once.encoder.named_parameters(), strict=True
    ):
        assert ours.grad is not None
        assert theirs.grad is not None
        assert torch.allclose(
            ours.grad, theirs.grad, rtol=1e-3, atol=1e-5 * float(theirs.grad.abs().max())
        ), name


def test_before_a_step_it_encodes_as_the_encoder_on_board(models: Models, faces: FaceSet) -> None:
    crops = faces.crops(np.arange(4))
    ours = Learner(models, RECIPE, 3, 10).encode(crops)
    assert np.allclose(ours, encoder_by_name("sface", models).encode(crops), atol=2e-5)


def test_steps_move_encodings_a_little_and_lower_the_loss(models: Models, faces: FaceSet) -> None:
    crops, labels = faces.crops(np.arange(6)), np.repeat(np.arange(3), 2)
    learner = Learner(models, RECIPE, 3, 20)
    first = learner.encode(crops)
    losses = []
    for step in range(4):
        encodings = run(learner.forward(crops))
        losses.append(float(run(learner.learn(step, crops, encodings, labels, labels)).loss.detach()))
    moved = np.square(learner.encode(crops) - first).sum(axis=1)
    assert losses[-1] < losses[0]
    assert 0 < moved.max() < 0.5
    assert np.allclose(np.linalg.norm(learner.encode(crops), axis=1), 1, atol=1e-5)
    assert 1 - np.square(learner.encode(crops).mean(axis=0)).sum() > 0.2, "all encodings equal"


def test_a_run_is_measured_against_the_frozen_original_and_its_file_encodes_the_same(
    models: Models, faces: FaceSet, tmp_path: Path
) -> None:
    out = tmp_path / "m.safetensors"
    done = run(learn(models, RECIPE, faces, out, tmp_path / "run"))
    on_board, test = encoder_by_name("sface", models), split_people(faces, RECIPE.seed).test
    frozen = run(evaluate_encoder(on_board.encode, faces, test, RECIPE.seed))
    assert np.allclose(done.outcome.before.histograms.threshold, frozen.histograms.threshold, atol=1e-4)
    assert done.outcome.before.auc == frozen.auc
    assert done.card.architecture == "sface"
    assert [epoch for epoch, _ in list_checkpoints(tmp_path / "run")] == [0, 1]
    again = run(learn(models, RECIPE, faces, out, tmp_path / "run", take_epoch=1))
    assert again.outcome.best_epoch == 1
    crops = faces.crops(np.arange(4))
    assert 1e-6 < np.abs(file_encoder(out, models).encode(crops) - on_board.encode(crops)).max() < 0.3
