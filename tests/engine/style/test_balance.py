"""One strength for any pair, and styles that paint in their own regions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.convnets import ConvNet
from engine.images import Picture, read_picture
from engine.jobs import run
from engine.style.balance import MIDDLE, Pulls, measure, ratio
from engine.style.features import Features
from engine.style.losses import gram, weighted_sums
from engine.style.objective import make_objective
from engine.style.pictures import Inputs, bring_to_size
from engine.style.recipe import CONTENT_LAYER, STYLE_LAYERS, Recipe
from engine.style.regions import at_layers, weight_maps
from engine.style.samples import sample_pairs
from engine.style.style_losses import STYLE_LOSSES
from engine.style.stylise import stylise
from engine.style.targets import Targets
from engine.tensors import to_tensor


@pytest.fixture(scope="module")
def inputs(pair: tuple[Path, Path]) -> Inputs:
    return Inputs(read_picture(pair[0]), (read_picture(pair[1]),))


def recipe(**values: Any) -> Recipe:
    usual = {"size": 64, "iterations": 6, "weighting": "strength"}
    return Recipe(content="c", **({"styles": ("s",)} | usual | values))


def test_the_balanced_weights_make_the_measured_pulls_equal() -> None:
    pulls = Pulls(0.5, {name: 10.0**-index for index, name in enumerate(STYLE_LAYERS)})
    weights = pulls.weights(recipe(lambda1=0.6, lambda2=0.3, lambda3=0.1, lambda4=0.0, lambda5=0.0))
    pull = {name: weights.layers[name] * pulls.layers[name] for name in weights.layers}
    assert pull == pytest.approx({"relu1_1": 0.6, "relu2_1": 0.3, "relu3_1": 0.1})
    assert weights.alpha == 1
    assert weights.beta * sum(pull.values()) == pytest.approx(pulls.content * MIDDLE)
    assert ratio(0) == 0
    assert ratio(75) / ratio(50) == pytest.approx(10, rel=0.02)


def test_pulls_are_the_norms_of_the_gradients(vgg16: ConvNet) -> None:
    generator = torch.Generator().manual_seed(1)
    content, style = (torch.rand(1, 3, 48, 48, generator=generator) for _ in range(2))
    targets = Targets(Features(vgg16, {CONTENT_LAYER, *STYLE_LAYERS}), STYLE_LOSSES["gram"], content, [style])
    objective = run(make_objective(targets, recipe()))
    found = measure(objective, content)
    leaf = content.clone().requires_grad_()
    activation = Features(vgg16, {"relu3_1"})(leaf)["relu3_1"]
    target = Features(vgg16, {"relu3_1"})(style)["relu3_1"]
    units, positions = activation.shape[1], activation.shape[2] * activation.shape[3]
    loss = (gram(activation) - gram(target)).square().sum() / (4 * units**2 * positions**2)
    (loss * leaf.numel()).backward()
    assert leaf.grad is not None
    assert found.layers["relu3_1"] == pytest.approx(leaf.grad.square().mean().sqrt().item(), rel=1e-4)
    assert found.content > 0


def test_strength_does_not_depend_on_the_size_of_the_losses(vgg16: ConvNet, inputs: Inputs) -> None:
    """All λ a thousand times larger: by α and β another painting, by strength the same."""
    small, large = (dict.fromkeys([f"lambda{index}" for index in range(1, 6)], each) for each in (0.2, 200.0))
    apart = {}
    for weighting in ("strength", "weights"):
        content = [
            run(stylise(vgg16, recipe(weighting=weighting, iterations=3, beta=1.0, **more), inputs))
            .log[-1]
            .losses.content
            for more in (small, large)
        ]
        apart[weighting] = abs(np.log(content[0] / content[1]))
    assert apart["strength"] < 1e-3
    assert apart["weights"] > 0.1


def test_more_strength_changes_more_and_none_changes_nothing(vgg16: ConvNet, inputs: Inputs) -> None:
    content = []
    for strength in (0.0, 30.0, 70.0):
        log = run(stylise(vgg16, recipe(strength=strength, iterations=5), inputs)).log
        content.append(log[-1].losses.content)
    assert content[0] == 0
    assert content[0] < content[1] < content[2]


def test_a_guided_gram_matrix_is_that_of_the_weighted_activations() -> None:
    rng = np.random.default_rng(1)
    f, w = np.maximum(rng.normal(size=(4, 30)), 0), rng.uniform(size=30)
    sums = weighted_sums(
        torch.from_numpy(f.reshape(1, 4, 5, 6)), torch.from_numpy(w.reshape(5, 6)), means=True
    )
    expected = sum(w[k] * np.outer(f[:, k], f[:, k]) for k in range(30))
    np.testing.assert_allclose(sums[0].numpy(), expected, rtol=1e-12)
    np.testing.assert_allclose(sums[1].numpy(), f @ w, rtol=1e-12)


def test_maps_share_pixels_and_keep_soft_edges() -> None:
    left = torch.tensor([[1.0, 1.0, 0.25, 0.0]])
    right = torch.tensor([[0.0, 1.0, 0.0, 0.0]])
    a, b = weight_maps([left, right], [0.75, 0.25], (1, 4))
    torch.testing.assert_close(a, torch.tensor([[1.0, 0.75, 0.25, 0.0]]))
    torch.testing.assert_close(b, torch.tensor([[0.0, 0.25, 0.0, 0.0]]))
    everywhere, nowhere = weight_maps([None, torch.zeros(1, 4)], [0.5, 0.5], (1, 4))
    assert bool((everywhere == 1).all())
    assert bool((nowhere == 0).all())


def test_maps_follow_the_poolings(vgg16: ConvNet) -> None:
    pixels = torch.zeros(35, 48)
    pixels[:, :16] = 1
    maps = at_layers(Features(vgg16, {"relu5_1"}), pixels, STYLE_LAYERS)
    assert [tuple(each.shape) for each in maps.values()] == [(35, 48), (17, 24), (8, 12), (4, 6), (2, 3)]
    assert maps["relu5_1"].tolist() == [[1, 0, 0], [1, 0, 0]]


@pytest.mark.parametrize("loss", ["gram", "sliced"])
def test_each_style_paints_in_its_own_region(vgg16: ConvNet, inputs: Inputs, loss: str) -> None:
    """Left one style, right another, nothing between: each half ends nearer to its own style.

    Neither content nor deep layers pull, so that only a third of the network is computed.
    """
    other = read_picture(sample_pairs()[1][1])
    masks = [np.zeros((64, 96, 3), np.uint8) for _ in range(2)]
    masks[0][:, :32], masks[1][:, 64:] = 255, 255
    pictures = Inputs(
        inputs.content, (inputs.styles[0], other), regions=tuple(Picture(mask) for mask in masks)
    )
    shallow = {"weighting": "weights", "alpha": 0.0, "lambda4": 0.0, "lambda5": 0.0}
    wanted = recipe(styles=("s", "t"), size=96, iterations=8, loss=loss, **shallow)
    painted = run(stylise(vgg16, wanted, pictures)).rgb
    features = Features(vgg16, {"relu2_1", "relu3_1"})
    parts = [features(to_tensor(painted[:, side])) for side in (slice(0, 32), slice(64, 96))]
    styles = [features(to_tensor(bring_to_size(pictures, 96).styles[index])) for index in range(2)]
    gram_loss = STYLE_LOSSES["gram"]
    for layer in ("relu2_1", "relu3_1"):
        apart = [
            [
                float(gram_loss.distance(gram_loss.describe(part[layer]), gram_loss.describe(style[layer])))
                for style in styles
            ]
            for part in parts
        ]
        assert apart[0][0] / apart[0][1] < apart[1][0] / apart[1][1]
    changed = np.abs(painted.astype(int) - bring_to_size(pictures, 96).content).mean(axis=(0, 2))
    assert changed[44:52].mean() < 0.2 * changed[:32].mean()
