"""A training run: it learns, repeats, resumes to the bit, notices collapse; its file measures the same."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.errors import EngineError, ErrorCode
from engine.faces.training import checkpoint
from engine.faces.training.checkpoint import list_checkpoints
from engine.faces.training.collapse import collapse_of
from engine.faces.training.learner import Learner
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import FaceSet, StepRecord, Training
from engine.faces.training.sampler import Sampler
from engine.faces.training.split import held_out_pairs, split_people
from engine.faces.training.tasks import forget_old_runs, learn, measure_encoder
from engine.faces.training.train import TrainedRun, train
from engine.faces.training.trained import read_card
from engine.jobs import Job, State, run, step
from engine.models import Models
from tests.engine.faces.training.patterns import patterns

RECIPE = TrainRecipe(epochs=3, people=4, photos=4, rate=0.003)


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return patterns(14, 4, singles=4)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def uninterrupted(models: Models, faces: FaceSet) -> TrainedRun:
    return run(train(models, RECIPE, faces))


def equal(first: TrainedRun, second: TrainedRun) -> bool:
    same = first.tensors.keys() == second.tensors.keys()
    same = same and all(torch.equal(first.tensors[name], second.tensors[name]) for name in first.tensors)
    same = same and first.outcome.steps == second.outcome.steps
    return same and first.outcome.epochs == second.outcome.epochs


def test_it_learns_and_says_so_on_the_same_held_out_pairs(uninterrupted: TrainedRun, faces: FaceSet) -> None:
    outcome = uninterrupted.outcome
    assert outcome.after.auc > outcome.before.auc + 0.03
    assert outcome.after.same_pairs == outcome.before.same_pairs
    assert sum(outcome.people) == len(faces.people)
    parts = (uninterrupted.split.train, uninterrupted.split.validation, uninterrupted.split.test)
    assert sorted(np.concatenate(parts)) == list(range(len(faces.people)))
    assert outcome.best_epoch == max(outcome.epochs, key=lambda each: (each.auc, each.separation)).epoch


def test_a_seed_repeats_and_another_one_differs(
    uninterrupted: TrainedRun, models: Models, faces: FaceSet
) -> None:
    assert equal(uninterrupted, run(train(models, RECIPE, faces)))
    assert not equal(uninterrupted, run(train(models, replace(RECIPE, seed=1, epochs=1), faces)))


def test_pause_cancel_and_resume_end_as_the_uninterrupted_run(
    uninterrupted: TrainedRun, models: Models, faces: FaceSet, tmp_path: Path
) -> None:
    job: Job[Training, TrainedRun] = Job(train(models, RECIPE, faces, tmp_path))
    while len(list_checkpoints(tmp_path)) < 2:
        step(job)
        torch.rand(3)  # somebody else uses torch and its generator meanwhile, as in a paused window
    for _ in range(3):
        step(job)  # into the middle of an epoch, which is lost
    job.cancel()
    step(job)
    assert job.state is State.CANCELLED
    resumed: Job[Training, TrainedRun] = Job(train(models, RECIPE, faces, tmp_path))
    first: Training | None = None
    while resumed.state not in (State.DONE, State.FAILED):
        step(resumed)
        seen = resumed.take()
        first = first or (seen if seen is not None and seen.stage == "training" else None)
    assert first is not None
    assert len(first.steps) > 1, "it began anew"
    assert resumed.value is not None
    assert equal(uninterrupted, resumed.value)


@pytest.mark.parametrize("loss", ["logistic", "chi2", "softmax"])
def test_every_loss_trains_and_resumes(loss: str, models: Models, faces: FaceSet, tmp_path: Path) -> None:
    recipe = replace(RECIPE, loss=loss, epochs=2, mining="random")
    whole = run(train(models, recipe, faces))
    task = train(models, recipe, faces, tmp_path)
    while len(list_checkpoints(tmp_path)) < 2:
        next(task)
    task.close()
    assert equal(whole, run(train(models, recipe, faces, tmp_path)))
    assert (whole.outcome.plain is not None) == (loss != "softmax")
    assert np.isfinite([each.loss for each in whole.outcome.steps]).all()


def test_only_the_newest_runs_keep_their_checkpoints(tmp_path: Path) -> None:
    for age, name in enumerate(("old", "spared", "b", "a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "epoch-00001.safetensors").write_bytes(b"x")
        os.utime(tmp_path / name, (age, age))
    forget_old_runs(tmp_path, tmp_path / "spared", keep=3)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "b", "spared"]
    forget_old_runs(tmp_path / "none", tmp_path / "none" / "x")


def test_rollback_takes_an_earlier_epoch(models: Models, faces: FaceSet, tmp_path: Path) -> None:
    last = run(train(models, RECIPE, faces, tmp_path))
    first = run(train(models, RECIPE, faces, tmp_path, take_epoch=1))
    assert first.outcome.best_epoch == 1
    assert len(first.outcome.epochs) == 2
    assert first.outcome.model != last.outcome.model or last.outcome.best_epoch == 1


def test_checkpoints_of_another_run_are_refused(models: Models, faces: FaceSet, tmp_path: Path) -> None:
    run(train(models, replace(RECIPE, epochs=1), faces, tmp_path))
    with pytest.raises(EngineError, match="other settings") as refused:
        run(train(models, RECIPE, faces, tmp_path))
    assert refused.value.code is ErrorCode.CHECKPOINT_OTHER
    (tmp_path / "epoch-00009.safetensors").write_bytes(b"torn")
    with pytest.raises(EngineError) as refused:
        run(train(models, replace(RECIPE, epochs=1), faces, tmp_path))
    assert refused.value.code is ErrorCode.CHECKPOINT_OTHER


def test_a_full_disk_at_a_checkpoint_keeps_the_one_before(
    models: Models, faces: FaceSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uninterrupted: TrainedRun
) -> None:
    real = checkpoint.writing

    def full(path: Path) -> Any:
        if path.name == "epoch-00002.safetensors":
            raise EngineError(ErrorCode.DISK_FULL, f"The disk is full: {path} was not written.", str(path))
        return real(path)

    monkeypatch.setattr(checkpoint, "writing", full)
    with pytest.raises(EngineError) as refused:
        run(train(models, RECIPE, faces, tmp_path))
    assert refused.value.code is ErrorCode.DISK_FULL
    monkeypatch.undo()
    assert [epoch for epoch, _ in list_checkpoints(tmp_path)] == [0, 1]
    assert equal(uninterrupted, run(train(models, RECIPE, faces, tmp_path)))


def test_the_file_measures_as_the_run_did(models: Models, faces: FaceSet, tmp_path: Path) -> None:
    out = tmp_path / "encoder.safetensors"
    done = run(learn(models, replace(RECIPE, loss="logistic"), faces, out, tmp_path / "runs"))
    again = run(measure_encoder(models, str(out), faces))
    assert again.evaluation.auc == pytest.approx(done.outcome.after.auc, abs=1e-6)
    assert again.left_out == done.outcome.people[0] + done.outcome.people[1]
    assert again.model == done.card.id == read_card(out).id
    assert not any(name in out.with_suffix(".json").read_text() for name in faces.people), "names leaked"
    out.write_bytes(out.read_bytes()[:-1] + b"!")
    with pytest.raises(EngineError) as refused:
        read_card(out)
    assert refused.value.code is ErrorCode.MODEL_DAMAGED
    out.with_suffix(".json").write_text(json.dumps({"format": "other"}))
    with pytest.raises(EngineError) as refused:
        read_card(out)
    assert refused.value.code is ErrorCode.MODEL_NOT_ENCODER


def test_a_loss_that_is_no_number_stops_with_a_sentence(models: Models) -> None:
    learner = Learner(models, RECIPE, 4, 10)
    broken = torch.full((6, 128), torch.nan, requires_grad=True)
    labels = np.array([0, 0, 1, 1, 2, 2])
    with pytest.raises(EngineError, match="learning rate") as refused:
        run(learner.learn(0, np.empty((6, 112, 112, 3), np.uint8), broken, labels, labels))
    assert refused.value.code is ErrorCode.TRAINING_DIVERGED


def test_collapse_is_noticed_when_encodings_are_equal_and_not_before() -> None:
    def steps(spread: float, loss: float, count: int) -> list[StepRecord]:
        return [StepRecord(number, 1, loss, 1.0, 0.0, 0.0, spread) for number in range(count)]

    recipe = TrainRecipe()
    assert collapse_of(steps(0.0, 0.2, 7), recipe) is None
    assert collapse_of(steps(0.5, 0.2, 20), recipe) is None
    assert collapse_of(steps(0.0, 0.05, 20), recipe) is None
    found = collapse_of([*steps(0.5, 0.1, 5), *steps(0.001, 0.199, 10)], recipe)
    assert found is not None
    assert "learning rate" in found.sentence


def test_hard_negatives_at_a_high_rate_collapse_and_raise_the_alarm(models: Models, faces: FaceSet) -> None:
    recipe = replace(RECIPE, mining="hard", rate=0.1, epochs=12)
    seen = [each for each in train(models, recipe, faces) if isinstance(each, Training)]
    assert seen[0].collapse is None
    assert any(each.collapse is not None for each in seen)


def test_an_epoch_sees_everybody_with_two_photos_and_nobody_else(faces: FaceSet) -> None:
    split = split_people(faces, 0)
    sampler = Sampler(faces, split.train, replace(RECIPE, people=5))
    assert sampler.steps_per_epoch == len(sampler.people) // 5
    for epoch in range(2):
        batches = [
            sampler.draw(epoch * sampler.steps_per_epoch + place) for place in range(sampler.steps_per_epoch)
        ]
        seen = np.concatenate([np.unique(faces.owners[batch.photos]) for batch in batches])
        assert len(np.unique(seen)) == len(seen)
        assert set(seen) <= set(sampler.people)
        assert all((np.bincount(batch.labels) == 4).all() for batch in batches)


def test_held_out_pairs_are_distinct_and_right(faces: FaceSet) -> None:
    people = split_people(faces, 0).test
    pairs = held_out_pairs(faces, people, 0)
    keys = {tuple(sorted(pair)) for pair in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)}
    assert len(keys) == len(pairs.same)
    assert np.array_equal(pairs.same, faces.owners[pairs.first] == faces.owners[pairs.second])
    assert set(faces.owners[pairs.first]) | set(faces.owners[pairs.second]) <= set(people)
    assert np.array_equal(pairs.first, held_out_pairs(faces, people, 0).first)


def test_too_few_people_are_refused_with_the_number_needed(models: Models) -> None:
    with pytest.raises(EngineError, match="Training needs 6") as refused:
        run(train(models, RECIPE, patterns(5, 2, singles=3)))
    assert refused.value.code is ErrorCode.DATA_SET_UNFIT


def test_a_full_disk_is_named_by_the_real_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("engine.files.os.fsync", refuse)
    journal = checkpoint.Journal(RECIPE, "", 1, 1, (), ())
    with pytest.raises(EngineError) as refused:
        checkpoint.write_checkpoint(tmp_path, {"a": torch.zeros(2)}, journal)
    assert refused.value.code is ErrorCode.DISK_FULL
    assert not list(tmp_path.iterdir())
