"""The sliced Wasserstein loss, averaging and 16 bits."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.convnets import ConvNet
from engine.images import read_picture
from engine.jobs import run
from engine.style.easel import Easel
from engine.style.features import Features
from engine.style.objective import make_objective
from engine.style.pictures import Inputs, bring_to_size
from engine.style.precision import precision_of
from engine.style.recipe import CONTENT_LAYER, STYLE_LAYERS, Recipe
from engine.style.sliced import directions
from engine.style.steps import PaintStep
from engine.style.style_losses import STYLE_LOSSES
from engine.style.stylise import stylise
from engine.style.targets import Targets
from engine.tensors import to_tensor

SLICED = STYLE_LOSSES["sliced"]


def activation(seed: int, height: int, width: int) -> Tensor:
    drawn = np.random.default_rng(seed).normal(0.3, 1.0, (1, 5, height, width))
    return torch.from_numpy(np.maximum(drawn, 0) + 0.01 * drawn)


def test_the_loss_is_the_mean_of_squared_differences_in_ascending_order() -> None:
    f, s = activation(1, 6, 7), activation(2, 6, 7)
    lines = directions(5, f).numpy()
    assert lines.shape == (5, 32)
    np.testing.assert_allclose(np.linalg.norm(lines, axis=0), 1, rtol=1e-12)
    expected = 0.0
    for line in lines.T:
        one, other = (sorted(x.numpy()[0].reshape(5, -1).T @ line) for x in (f, s))
        expected += float(np.mean((np.array(one) - np.array(other)) ** 2)) / lines.shape[1]
    assert SLICED.distance(SLICED.describe(f), SLICED.describe(s)).item() == pytest.approx(expected)


def test_quantiles_hold_a_style_of_any_size() -> None:
    f = activation(3, 40, 50)
    target = SLICED.blendable(SLICED.describe(f))
    assert SLICED.distance(SLICED.describe(f), target).item() < 1e-3
    assert SLICED.distance(SLICED.describe(activation(1, 6, 7) + 1), target).item() > 0.1


def test_its_gradient_equals_finite_differences() -> None:
    target = SLICED.blendable(SLICED.describe(activation(2, 9, 8)))
    f = activation(1, 4, 5).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: SLICED.distance(SLICED.describe(x), target), (f,), eps=1e-7)


@pytest.fixture(scope="module")
def inputs(pair: tuple[Path, Path]) -> Inputs:
    return Inputs(read_picture(pair[0]), (read_picture(pair[1]),))


def test_averaging_shows_the_weighted_mean_of_the_iterates(vgg16: ConvNet, inputs: Inputs) -> None:
    how = {"optimizer": "adam", "learning_rate": 0.1, "averaging": 0.0}
    recipe = Recipe(content="c", styles=("s",), size=64, iterations=3, **how)  # type: ignore[arg-type]
    plain, averaged = (
        [step.picture.astype(float) for step in stylise(vgg16, wanted, inputs) if isinstance(step, PaintStep)]
        for wanted in (recipe, dataclasses.replace(recipe, averaging=0.5))
    )
    weights = np.array([0.25, 0.5, 1.0])
    expected = sum(w * x for w, x in zip(weights / weights.sum(), plain, strict=True))
    assert np.abs(averaged[2] - expected).max() <= 1.5
    assert np.abs(plain[2] - expected).max() > 5


def test_a_changed_control_begins_a_new_mean_where_the_old_one_was(inputs: Inputs) -> None:
    recipe = Recipe(content="c", styles=("s",), size=64, averaging=0.98)
    easel = Easel(recipe, bring_to_size(inputs, 64), torch.device("cpu"))
    for value in (0.2, 0.3, 0.4):
        easel.picture = torch.full_like(easel.picture, value)
        easel.average()
    before = easel.averaged.clone()
    easel.average_anew()
    torch.testing.assert_close(easel.averaged, before)
    easel.picture = torch.full_like(easel.picture, 1.0)
    easel.average()
    torch.testing.assert_close(easel.averaged, (0.98 * before + 1.0) / 1.98)


def test_sixteen_bits_lead_the_same_way(vgg16: ConvNet, inputs: Inputs) -> None:
    """The losses agree within a hundredth, the gradients point much the same way; always to the same bit."""
    assert precision_of("fp32", torch.float32, torch.device("cpu")) is torch.float32
    half = precision_of("bf16", torch.float32, torch.device("cpu"))
    sized = bring_to_size(inputs, 64)
    content, style = to_tensor(sized.content), to_tensor(sized.styles[0])
    found = []
    for precision in (torch.float32, half, half):
        features = Features(vgg16, {CONTENT_LAYER, *STYLE_LAYERS}, precision)
        targets = Targets(features, STYLE_LOSSES["gram"], content, [style])
        objective = run(make_objective(targets, Recipe(styles=("s",))))
        found.append(run(objective.differentiate(content)))
    (exact, losses), (rough, rough_losses), (again, _) = found
    cosine = torch.nn.functional.cosine_similarity(exact.flatten(), rough.flatten(), dim=0)
    assert cosine.item() > 0.9
    assert rough_losses.total == pytest.approx(losses.total, rel=0.01)
    assert bool((rough == again).all())


@pytest.mark.slow
def test_a_run_in_sixteen_bits_ends_as_low(vgg16: ConvNet, inputs: Inputs) -> None:
    recipe = Recipe(content="c", styles=("s",), size=64, iterations=15)
    ends = [
        run(stylise(vgg16, dataclasses.replace(recipe, precision=each), inputs)).log[-1].losses.total
        for each in ("fp32", "bf16")
    ]
    assert ends[1] < 1.15 * ends[0]
