"""The gradient gathered tile by tile is that of the whole picture; and what is predicted of memory."""

from __future__ import annotations

import copy
import dataclasses
import itertools
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from engine.convnets import VGG19_BLOCKS, VGG_CHANNELS, ConvNet, build_vgg19
from engine.errors import EngineError, ErrorCode
from engine.images import read_picture
from engine.jobs import run
from engine.style.features import Features
from engine.style.objective import Objective, make_objective
from engine.style.pictures import Inputs
from engine.style.plan import choose_tile, predict_bytes, predict_seconds
from engine.style.recipe import CONTENT_LAYER, STYLE_LAYERS, Recipe
from engine.style.speed import Speed
from engine.style.steps import Losses
from engine.style.style_losses import STYLE_LOSSES
from engine.style.stylise import stylise
from engine.style.targets import Targets
from engine.style.tiles import Tiles, halo_of, spans
from engine.style.tiling import TiledObjective

TILE = 64
STRIP, SQUARE = (40, 215), (150, 140)
"""Longer than a tile with its halo, so that no tile sees everything; and tiles in both directions."""


def objective(
    network: ConvNet,
    loss: str,
    dtype: torch.dtype,
    size: tuple[int, int],
    *,
    guided: bool = False,
    mirrored: bool = True,
) -> Objective:
    generator = torch.Generator().manual_seed(1)

    def drawn(height: int, width: int) -> Tensor:
        return torch.rand(1, 3, height, width, generator=generator, dtype=dtype)

    features = Features(network, {CONTENT_LAYER, *STYLE_LAYERS}, mirrored=mirrored)
    content, styles = drawn(*size), [drawn(45, 60), drawn(50, 35)]
    regions = ()
    if guided:
        ramp = torch.linspace(0, 1, size[1], dtype=dtype).expand(size)
        regions = (ramp, 1 - ramp)
    targets = Targets(features, STYLE_LOSSES[loss], content, styles, regions)
    recipe = Recipe(styles=("a", "b"), style_weights=(1, 3), loss=loss, smoothing=3.0)
    return run(make_objective(targets, recipe))


@pytest.mark.parametrize(
    ("dtype", "loss", "size", "guided", "mirrored", "allowed"),
    [
        (torch.float64, "gram", STRIP, True, True, 1e-10),
        (torch.float64, "w2", STRIP, False, False, 1e-10),
        (torch.float32, "gram", SQUARE, False, True, 1e-5),
    ],
)
def test_the_tiled_gradient_equals_the_untiled_one(
    vgg16: ConvNet,
    dtype: torch.dtype,
    loss: str,
    size: tuple[int, int],
    guided: bool,
    mirrored: bool,
    allowed: float,
) -> None:
    network = copy.deepcopy(vgg16).to(dtype)
    whole = objective(network, loss, dtype, size, guided=guided, mirrored=mirrored)
    seed = torch.Generator().manual_seed(2)
    picture = torch.rand(1, 3, *size, generator=seed, dtype=dtype)
    expected, losses = run(whole.differentiate(picture))
    found, tiled_losses = run(TiledObjective(whole, Tiles(TILE)).differentiate(picture))
    error = (found - expected).norm() / expected.norm()
    assert error.item() < allowed
    assert tiled_losses.total == pytest.approx(losses.total, rel=allowed)
    assert tiled_losses.content == pytest.approx(losses.content, rel=allowed)


def test_a_narrower_halo_would_not_do(vgg16: ConvNet, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above could not fail if tiles saw more than they need."""
    network = copy.deepcopy(vgg16).double()
    whole = objective(network, "gram", torch.float64, STRIP)
    picture = torch.rand(1, 3, *STRIP, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    expected, _ = run(whole.differentiate(picture))
    monkeypatch.setattr("engine.style.tiles.halo_of", lambda features: 48)
    found, _ = run(TiledObjective(whole, Tiles(TILE)).differentiate(picture))
    assert ((found - expected).norm() / expected.norm()).item() > 1e-10


def test_targets_measured_in_tiles_are_the_same(vgg16: ConvNet) -> None:
    network = copy.deepcopy(vgg16).double()
    features = Features(network, {CONTENT_LAYER, *STYLE_LAYERS})
    picture = torch.rand(1, 3, 40, 215, dtype=torch.float64, generator=torch.Generator().manual_seed(4))
    found = {}
    for tiles in (None, Tiles(64)):
        targets = Targets(features, STYLE_LOSSES["w2"], picture, [picture], (), tiles)
        groups = run(targets.style_groups(Recipe(styles=("s",))))
        found[tiles] = [run(targets.content_target()), *groups[0].targets["relu5_1"][:2]]
    for whole, tiled in zip(*found.values(), strict=True):
        torch.testing.assert_close(tiled, whole, rtol=1e-10, atol=1e-12)


def test_the_halo_is_as_wide_as_the_networks_view(vgg16: ConvNet) -> None:
    assert halo_of(Features(vgg16, {"relu5_1"})) == 64
    tensors: dict[str, Tensor] = {}
    position, before = 0, 3
    for count, channels in zip(VGG19_BLOCKS, VGG_CHANNELS, strict=True):
        for _ in range(count):
            tensors[f"features.{position}.weight"] = torch.zeros(channels, before, 3, 3)
            tensors[f"features.{position}.bias"] = torch.zeros(channels)
            position, before = position + 2, channels
        position += 1
    assert halo_of(Features(build_vgg19(tensors), {"relu5_1"})) == 80


def test_spans_cover_an_axis_once_on_multiples_of_16() -> None:
    for length in (10, 64, 150, 219):
        found = spans(length, 64, 64)
        assert [span.start for span in found] == list(range(0, length, 64))
        assert found[-1].end == found[-1].length == length
        assert all(a.end == b.start and b.seen_start % 16 == 0 for a, b in itertools.pairwise(found))


def test_out_of_memory_halves_the_tile_and_goes_on_from_the_same_iterate(
    vgg16: ConvNet, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = Inputs(read_picture(pair[0]), (read_picture(pair[1]),))
    recipe = Recipe(content="c", styles=("s",), size=140, iterations=2, pyramid=False)
    expected = run(stylise(vgg16, recipe, inputs))
    real = Objective.differentiate

    def no_room(self: Objective, picture: Tensor) -> Generator[None, None, tuple[Tensor, Losses]]:
        if self.content_target is not None and bool((picture != 0).any()):
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")
        return (yield from real(self, picture))

    monkeypatch.setattr(Objective, "differentiate", no_room)
    found = run(stylise(vgg16, recipe, inputs))
    assert found.log[0].losses.total == pytest.approx(expected.log[0].losses.total, rel=1e-5)
    assert abs(found.rgb.astype(int) - expected.rgb).max() <= 1


def test_a_loss_that_cannot_be_tiled_says_that_memory_is_short(
    vgg16: ConvNet, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(Objective, "differentiate", no_room)
    inputs = Inputs(read_picture(pair[0]), (read_picture(pair[1]),))
    recipe = Recipe(content="c", styles=("s",), size=64, iterations=2, loss="sliced")
    with pytest.raises(EngineError) as caught:
        run(stylise(vgg16, recipe, inputs))
    assert caught.value.code is ErrorCode.OUT_OF_MEMORY


def test_the_planner_tiles_only_what_does_not_fit() -> None:
    gigabyte = 1 << 30
    assert choose_tile(512, 341, 8 * gigabyte) == 0
    tile = choose_tile(2048, 1365, 8 * gigabyte)
    assert tile % 16 == 0
    assert 64 <= tile <= 1024
    assert predict_bytes(2048, 1365, tile) < 8 * gigabyte < predict_bytes(4096, 2730, 0)
    assert choose_tile(2048, 1365, 8 * gigabyte, can_tile=False) == 0
    assert choose_tile(512, 341, 8 * gigabyte, wish=100) == 96
    assert choose_tile(4096, 4096, gigabyte // 2) == 64
    assert predict_seconds([100, 200], [10, 5], Speed(0.1, 0.01)) == pytest.approx(21.5)


def test_a_wish_for_tiles_is_followed(vgg16: ConvNet, pair: tuple[Path, Path]) -> None:
    inputs = Inputs(read_picture(pair[0]), (read_picture(pair[1]),))
    recipe = Recipe(content="c", styles=("s",), size=140, iterations=1, pyramid=False, weighting="strength")
    whole = run(stylise(vgg16, recipe, inputs))
    tiled = run(stylise(vgg16, dataclasses.replace(recipe, tile=64), inputs))
    assert tiled.log[0].losses.total == pytest.approx(whole.log[0].losses.total, rel=1e-4)
    assert abs(tiled.rgb.astype(int) - whole.rgb).max() <= 1
