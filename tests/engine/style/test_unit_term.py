"""A unit of the network that pulls at the painting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.convnets import ConvNet
from engine.errors import EngineError
from engine.images import read_picture
from engine.jobs import run
from engine.style.features import Features
from engine.style.losses import unit_activation
from engine.style.objective import make_objective
from engine.style.painting import layers_of
from engine.style.pictures import Inputs
from engine.style.recipe import STYLE_LAYERS, Recipe
from engine.style.style_losses import STYLE_LOSSES
from engine.style.stylise import stylise
from engine.style.targets import Targets
from engine.style.tiles import Tiles
from engine.style.tiling import TiledObjective
from engine.style.unit_term import UnitName, parse_unit
from engine.tensors import to_tensor


@pytest.fixture(scope="module")
def inputs(pair: tuple[Path, Path]) -> Inputs:
    return Inputs(read_picture(pair[0]), (read_picture(pair[1]),))


def recipe(**values: Any) -> Recipe:
    usual = {"size": 48, "iterations": 5, "weighting": "strength", "unit": "conv3_1:7"}
    return Recipe(content="c", styles=("s",), **(usual | values))


def test_names() -> None:
    assert parse_unit("") is None
    assert parse_unit("conv4_1:12") == UnitName("conv4_1", 12)
    assert parse_unit("relu4_1") == UnitName("conv4_1")
    assert str(parse_unit("relu4_1:3")) == "conv4_1:3"
    for wrong in ("conv4_1:512", "conv1_1:64", "fc6:1", "conv6_1", "conv4_1:-1", "12"):
        with pytest.raises(EngineError, match="unit"):
            recipe(unit=wrong).check()


def test_a_layer_that_the_network_lacks_is_named(vgg16: ConvNet, inputs: Inputs) -> None:
    with pytest.raises(EngineError, match="conv3_4"):
        run(stylise(vgg16, recipe(unit="conv3_4:1"), inputs))


@pytest.mark.parametrize("unit", ["conv3_1:7", "conv4_2"])
def test_the_unit_answers_more_with_more_pull(vgg16: ConvNet, inputs: Inputs, unit: str) -> None:
    answers = []
    for pull in (0.0, 1.0, 4.0):
        result = run(stylise(vgg16, recipe(unit=unit, unit_weight=pull, strength=40.0), inputs))
        name = parse_unit(unit)
        assert name is not None
        with torch.no_grad():
            found = Features(vgg16, {name.activation})(to_tensor(result.rgb))[name.activation]
        answers.append(unit_activation(found, name.unit).item())
    assert answers[0] < answers[1] < answers[2]


def test_a_pull_of_1_is_as_hard_as_the_contents(vgg16: ConvNet, inputs: Inputs) -> None:
    """The weighted gradients have the same norm: measured here anew, by autograd alone."""
    log = run(stylise(vgg16, recipe(iterations=1), inputs)).log
    twice = run(stylise(vgg16, recipe(iterations=1, unit_weight=2.0), inputs)).log
    assert twice[0].losses.gamma == pytest.approx(2 * log[0].losses.gamma)
    losses = log[0].losses
    assert losses.total == pytest.approx(
        losses.alpha * losses.content + losses.beta * losses.style - losses.gamma * losses.unit
    )


def test_in_tiles_it_is_the_same(vgg16: ConvNet) -> None:
    generator = torch.Generator().manual_seed(3)
    content, style, picture = (torch.rand(1, 3, 64, 48, generator=generator) for _ in range(3))
    wanted = recipe(weighting="weights", unit="conv3_1:7")
    features = Features(vgg16, layers_of(vgg16, wanted))
    targets = Targets(features, STYLE_LOSSES["gram"], content, [style])
    objective = run(make_objective(targets, wanted))
    objective = replace(objective, weights=replace(objective.weights, gamma=3.0))
    whole, losses = run(objective.differentiate(picture))
    tiled, tiled_losses = run(TiledObjective(objective, Tiles(48)).differentiate(picture))
    assert losses.unit != 0
    assert tiled_losses.unit == pytest.approx(losses.unit, rel=1e-5)
    assert float((whole - tiled).norm() / whole.norm()) < 1e-5
    assert set(objective.weights.layers) == set(STYLE_LAYERS)


def test_it_is_saved_with_the_recipe() -> None:
    wanted = recipe(unit="conv5_1:3", unit_weight=2.5)
    assert Recipe.from_json(wanted.to_json()) == wanted
