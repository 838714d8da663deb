"""The softmax foil: no answer for whom it was not trained on, while a distance needs one vector."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.faces.training import foil
from engine.faces.training.foil import softmax_foil
from engine.jobs import run
from engine.models import Models
from tests.engine.faces.training.patterns import patterns


def test_a_newcomer_is_unknown_to_the_softmax_and_costs_one_vector(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(foil, "STEPS", 12)
    found = run(softmax_foil(Models(tmp_path), patterns(4, 3)))
    assert found.people == 3
    assert found.photos == 6
    assert found.softmax_joined == 0.0
    assert found.vector_bytes == 512
    assert found.retrain_seconds > found.enrol_seconds
    assert 0 <= found.distance_after <= 1


def test_too_few_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="needs 3"):
        run(softmax_foil(Models(tmp_path), patterns(2, 2)))
