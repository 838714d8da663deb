"""Painting with the real VGG16 and the pictures on board, small."""

from __future__ import annotations

import copy
import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.convnets import ConvNet
from engine.errors import EngineError, ErrorCode
from engine.images import Picture, read_picture
from engine.jobs import Priority, Runner, State, run
from engine.models import Models
from engine.style.features import Features
from engine.style.objective import make_objective
from engine.style.pictures import SHORTEST, Inputs, bring_to_size
from engine.style.recipe import CONTENT_LAYER, STYLE_LAYERS, Recipe
from engine.style.steps import PaintResult, PaintStep
from engine.style.style_losses import STYLE_LOSSES
from engine.style.stylise import stylise
from engine.style.targets import Targets
from engine.style.tasks import paint
from engine.tensors import to_tensor


@pytest.fixture(scope="module")
def inputs(pair: tuple[Path, Path]) -> Inputs:
    return Inputs(read_picture(pair[0]), (read_picture(pair[1]),))


def recipe(**values: Any) -> Recipe:
    return Recipe(content="c", styles=("s",), **({"size": 64, "iterations": 4} | values))


def steps(network: ConvNet, wanted: Recipe, inputs: Inputs) -> Iterator[PaintStep]:
    return (step for step in stylise(network, wanted, inputs) if isinstance(step, PaintStep))


@pytest.mark.parametrize(
    ("values", "share"),
    [
        ({"init": "content"}, 0.15),
        ({"init": "noise"}, 0.05),
        ({"optimizer": "adam"}, 0.6),
        ({"loss": "w2"}, 0.6),
    ],
    ids=["content", "noise", "adam", "w2"],
)
def test_a_short_run_lowers_the_total_loss(
    vgg16: ConvNet, inputs: Inputs, values: dict[str, Any], share: float
) -> None:
    alike = {f"lambda{index}": 0.2 for index in range(1, 6)}
    result = run(stylise(vgg16, recipe(size=80, iterations=25, **alike, **values), inputs))
    losses = [record.losses.total for record in result.log]
    assert losses[-1] < share * losses[0]
    assert result.rgb.shape == (53, 80, 3)
    assert result.rgb.dtype == np.uint8


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam"])
@pytest.mark.parametrize("init", ["content", "noise"])
def test_one_seed_gives_one_painting(vgg16: ConvNet, inputs: Inputs, optimizer: str, init: str) -> None:
    first, second = (
        run(stylise(vgg16, recipe(optimizer=optimizer, init=init, seed=7), inputs)) for _ in range(2)
    )
    assert (first.rgb == second.rgb).all()
    assert [record.losses for record in first.log] == [record.losses for record in second.log]


def test_another_seed_gives_another_painting(vgg16: ConvNet, inputs: Inputs) -> None:
    first, second = (
        run(stylise(vgg16, recipe(init="noise", iterations=2, seed=seed), inputs)) for seed in (1, 2)
    )
    assert (first.rgb != second.rgb).any()


def test_pausing_changes_nothing(models: Models, pair: tuple[Path, Path], vgg16: ConvNet) -> None:
    wanted = dataclasses.replace(recipe(iterations=6), content=str(pair[0]), styles=(str(pair[1]),))
    whole = run(paint(models, wanted))
    runner = Runner()
    try:
        job = runner.submit(paint(models, wanted), priority=Priority.BATCH)
        while (step := job.take()) is None or step.iteration < 2:
            time.sleep(0.001)
        job.pause()
        deadline = time.monotonic() + 20
        while job.state is not State.PAUSED and time.monotonic() < deadline:
            time.sleep(0.001)
        assert job.state is State.PAUSED
        job.resume()
        paused = job.result(60)
    finally:
        assert runner.close()
    assert paused is not None
    assert (paused.rgb == whole.rgb).all()


def test_losses_are_those_of_the_formulas(vgg16: ConvNet, inputs: Inputs) -> None:
    """The first iteration from the content: no content loss, and the style loss of the two pictures."""
    wanted = recipe(lambda1=0.5, lambda4=0.0, beta=3.0, edges="zeros")
    first = next(steps(vgg16, wanted, inputs))
    sized = bring_to_size(inputs, 64)
    found = Features(vgg16, STYLE_LAYERS)(to_tensor(sized.content))
    target = Features(vgg16, STYLE_LAYERS)(to_tensor(sized.styles[0]))
    expected = {}
    for name in STYLE_LAYERS:
        f, s = (x[name][0].flatten(1).double().numpy() for x in (found, target))
        n = len(f)
        difference = f @ f.T / f.shape[1] - s @ s.T / s.shape[1]
        expected[name] = (difference**2).sum() / (4 * n**2)
    weights = wanted.layer_weights
    assert first.losses.content == 0
    assert "relu4_1" not in first.losses.style_layers
    for name, loss in first.losses.style_layers.items():
        assert loss == pytest.approx(expected[name], rel=1e-3)
    style = sum(weights[name] * expected[name] for name in STYLE_LAYERS)
    assert first.losses.style == pytest.approx(style, rel=1e-3)
    assert first.losses.total == pytest.approx(3.0 * style, rel=1e-3)


def test_nothing_past_the_last_used_layer_is_computed(vgg16: ConvNet) -> None:
    features = Features(vgg16, {CONTENT_LAYER, "relu2_1"})
    assert features.last == CONTENT_LAYER
    assert set(features(torch.rand(1, 3, 32, 32))) == {CONTENT_LAYER, "relu2_1"}
    assert not any(parameter.requires_grad for parameter in vgg16.parameters())


def test_features_equal_the_network_itself(vgg16: ConvNet) -> None:
    picture = torch.rand(1, 3, 48, 40, generator=torch.Generator().manual_seed(0))
    activation = vgg16.normalise(picture)
    for _name, layer in vgg16.chain("relu3_1"):
        activation = layer(activation)
    found = Features(vgg16, {"relu3_1"})(picture)["relu3_1"]
    torch.testing.assert_close(found, activation, rtol=1e-4, atol=1e-4)


def test_the_gradient_of_the_whole_objective_equals_finite_differences(
    vgg16: ConvNet, inputs: Inputs
) -> None:
    """In fp64, along random directions: through the network, the losses and α, β, λ."""
    network = _double(vgg16)
    sized = bring_to_size(inputs, 32 * 3)
    content, style = to_tensor(sized.content).double(), to_tensor(sized.styles[0]).double()
    features = Features(network, {CONTENT_LAYER, *STYLE_LAYERS})
    targets = Targets(features, STYLE_LOSSES["gram"], content, [style])
    objective = run(make_objective(targets, recipe(smoothing=2.0)))
    generator = torch.Generator().manual_seed(3)
    start = torch.rand(content.shape, generator=generator, dtype=torch.float64)
    picture = start.clone().requires_grad_()
    objective(picture).total.backward()
    assert picture.grad is not None
    direction = torch.randn(start.shape, generator=generator, dtype=torch.float64)
    step = 1e-7
    with torch.no_grad():
        ahead, behind = (objective(start + sign * step * direction).total.item() for sign in (1, -1))
    slope = (picture.grad * direction).sum().item()
    assert slope == pytest.approx((ahead - behind) / (2 * step), rel=1e-5)


def _double(network: ConvNet) -> ConvNet:
    return copy.deepcopy(network).double()


def test_a_protected_region_equals_the_content(vgg16: ConvNet, inputs: Inputs) -> None:
    mask = np.zeros((427, 640, 3), np.uint8)
    mask[:, 320:] = 255
    masked = dataclasses.replace(inputs, mask=Picture(mask))
    result = run(stylise(vgg16, recipe(iterations=3, init="noise"), masked))
    content = bring_to_size(inputs, 64).content
    assert (result.rgb[:, 36:] == content[:, 36:]).all()
    assert (result.rgb[:, :28] != content[:, :28]).mean() > 0.9


def test_several_styles_are_blended_by_their_shares(vgg16: ConvNet, inputs: Inputs) -> None:
    other = Picture(np.full((64, 64, 3), 128, np.uint8))
    both = dataclasses.replace(inputs, styles=(inputs.styles[0], other))

    def style_loss(*weights: float) -> float:
        wanted = Recipe(content="c", styles=("s", "t"), style_weights=weights, size=64, iterations=1)
        return next(steps(vgg16, wanted, both)).losses.style

    only = next(steps(vgg16, recipe(), inputs)).losses.style
    assert style_loss(1.0, 0.0) == pytest.approx(only, rel=1e-5)
    assert style_loss(1.0, 1.0) != pytest.approx(only, rel=1e-3)


@pytest.mark.parametrize("color", ["photo", "match"])
def test_colours_of_the_photo(models: Models, pair: tuple[Path, Path], inputs: Inputs, color: str) -> None:
    files = {"content": str(pair[0]), "styles": (str(pair[1]),)}
    result = run(paint(models, dataclasses.replace(recipe(color=color), **files)))
    mean = result.rgb.reshape(-1, 3).mean(axis=0)
    photo = bring_to_size(inputs, 64).content.reshape(-1, 3).mean(axis=0)
    chroma, photo_chroma = mean - mean.mean(), photo - photo.mean()
    assert np.abs(chroma - photo_chroma).max() < 12


def test_alpha_and_exif_of_the_content_come_along(vgg16: ConvNet, inputs: Inputs) -> None:
    alpha = np.zeros((427, 640), np.uint8)
    alpha[:200] = 255
    content = dataclasses.replace(inputs.content, alpha=alpha, exif=b"Exif\x00\x00")
    step = next(steps(vgg16, recipe(), dataclasses.replace(inputs, content=content)))
    assert step.provenance.alpha is not None
    assert step.provenance.alpha.shape == step.picture.shape[:2]
    assert step.provenance.exif == b"Exif\x00\x00"


def test_a_run_that_blows_up_stops_and_every_picture_seen_is_finite(vgg16: ConvNet, inputs: Inputs) -> None:
    seen: list[PaintStep] = []
    broken = _double(vgg16).float()

    def follow() -> None:
        for step in steps(broken, recipe(iterations=5), inputs):
            seen.append(step)
            with torch.no_grad():
                broken.std.zero_()  # from now on no activation is a finite number

    with pytest.raises(EngineError) as caught:
        follow()
    assert caught.value.code is ErrorCode.LOSS_NOT_FINITE
    assert [step.iteration for step in seen] == [1]


@pytest.mark.parametrize(("width", "height"), [(20_000, 10), (10, 20_000)])
def test_a_sliver_is_refused_in_words(vgg16: ConvNet, inputs: Inputs, width: int, height: int) -> None:
    sliver = Picture(np.zeros((height, width, 3), np.uint8), "sliver.png")
    with pytest.raises(EngineError, match=r"sliver\.png") as caught:
        run(stylise(vgg16, recipe(), dataclasses.replace(inputs, content=sliver)))
    assert caught.value.code is ErrorCode.PICTURE_TOO_SMALL


@pytest.mark.parametrize("size", [(1, 1), (40, 33), (300, 150)])
def test_small_pictures_work(vgg16: ConvNet, inputs: Inputs, size: tuple[int, int]) -> None:
    tiny = Picture(np.full((*size, 3), 90, np.uint8))
    result: PaintResult = run(stylise(vgg16, recipe(iterations=2), Inputs(tiny, (tiny,))))
    assert max(result.rgb.shape) == 64
    assert min(result.rgb.shape[:2]) >= SHORTEST


def test_progress_counts_up_and_the_log_is_whole(vgg16: ConvNet, inputs: Inputs) -> None:
    task = stylise(vgg16, recipe(iterations=3), inputs)
    seen: list[PaintStep] = []
    while True:
        try:
            step = next(task)
        except StopIteration as stop:
            result: PaintResult = stop.value
            break
        if isinstance(step, PaintStep):
            seen.append(step)
    assert [step.progress.done for step in seen] == [1, 2, 3]
    assert seen[-1].progress.seconds_left == 0
    assert [record.iteration for record in result.log] == [1, 2, 3]
    assert result.device == "cpu"
    assert result.peak_memory_bytes > 50_000_000
    assert len({id(step.picture) for step in seen}) == 3
