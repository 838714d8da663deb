"""Invented people: drawn the same every time, alike within a person, and good for learning."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.cli.app import run_command
from engine.faces.training.checkpoint import list_checkpoints
from engine.faces.training.drawn import draw_face, draw_people
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.train import train
from engine.jobs import run
from engine.models import Models
from engine.paths import ROOT

SMALL = ["--people", "8", "--photos", "3", "--epochs"]


def test_a_seed_draws_the_same_people_and_another_one_others() -> None:
    faces = run(draw_people(3, 2))
    assert faces.store.shape == (6, 112, 112, 3)
    assert faces.people == ("Albo", "Bebo", "Dabo")
    assert faces.owners.tolist() == [0, 0, 1, 1, 2, 2]
    assert np.array_equal(faces.store, run(draw_people(3, 2)).store)
    assert not np.array_equal(faces.store, run(draw_people(3, 2, seed=1)).store)
    assert len(set(faces.digests)) == 6


def test_names_stay_apart_beyond_the_list() -> None:
    assert len(set(run(draw_people(50, 1)).people)) == 50


def test_eyes_lie_where_aligned_faces_have_them() -> None:
    mean = np.mean([draw_face(person, 0).astype(float).mean(axis=2) for person in range(24)], axis=0)
    cheek = mean[66:72, 34:42].mean()
    for x in (38, 73):
        assert mean[46:56, x - 3 : x + 4].mean() < cheek - 8, "no dark iris there"


def test_a_few_steps_of_learning_help_with_people_never_seen(tmp_path: Path) -> None:
    recipe = TrainRecipe(epochs=4, people=6, photos=3)
    outcome = run(train(Models(tmp_path), recipe, run(draw_people(18, 3)))).outcome
    assert outcome.after.auc > outcome.before.auc + 0.05


def test_the_command_trains_and_reports_what_the_contract_names(tmp_path: Path) -> None:
    out, report = tmp_path / "m", tmp_path / "r.json"
    words = ["face", "train", "--drawn", *SMALL, "1", "--loss", "triplet", "--mining", "random"]
    assert run_command([*words, "--out", str(out), "--report", str(report)]) == 0
    found = json.loads(report.read_text())
    assert {"auc_untrained", "auc", "eer", "tar_at_far", "people", "steps"} <= set(found)
    assert set(found["people"]) == {"train", "validation", "test"}
    assert set(found["tar_at_far"]) == {"0.01", "0.001", "0.0001"}
    assert {"loss", "active_fraction"} <= set(found["steps"][0])
    assert out.with_suffix(".safetensors").is_file()


def command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), "face", "train", "--drawn", *SMALL, *words]


@pytest.mark.slow
def test_a_killed_run_ends_as_one_that_was_left_alone(tmp_path: Path) -> None:
    """kill -9 between two checkpoints; the same command again goes on and ends in the same bits."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}

    def report(name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((tmp_path / f"{name}.json").read_text())
        return found

    def words(name: str) -> list[str]:
        out = ["--out", str(tmp_path / name), "--report", str(tmp_path / f"{name}.json")]
        return command("6", *out, "--checkpoints", str(tmp_path / f"{name}-run"))

    subprocess.run(words("whole"), env=environment, check=True, capture_output=True)
    run_of = tmp_path / "killed-run"
    killed = subprocess.Popen(
        words("killed"), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while len(list_checkpoints(run_of)) < 3 and killed.poll() is None:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL, "it was done before it could be killed"
    assert len(list_checkpoints(run_of)) < 7
    subprocess.run(words("killed"), env=environment, check=True, capture_output=True)
    whole, again = report("whole"), report("killed")
    assert whole["model"] == again["model"]
    assert whole["steps"] == again["steps"]
    assert whole["epochs"] == again["epochs"]
    assert (tmp_path / "whole.safetensors").read_bytes() == (tmp_path / "killed.safetensors").read_bytes()
