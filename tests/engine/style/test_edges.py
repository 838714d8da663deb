"""What the network sees beyond the picture's edge, and that no rim is painted there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.convnets import ConvNet
from engine.images import read_picture
from engine.jobs import run
from engine.style.features import Features
from engine.style.pictures import Inputs
from engine.style.recipe import GATYS, STYLE_LAYERS, Recipe
from engine.style.stylise import stylise
from tests.bench.style_edges import flat, rim


def unevenness(activation: Tensor) -> float:
    """Return how much an activation differs between positions, as a share of its size."""
    return float(activation.std(dim=(2, 3)).square().sum().sqrt() / activation.square().mean().sqrt())


def test_a_plain_picture_has_no_rim_in_any_layer(vgg16: ConvNet) -> None:
    picture = torch.full((1, 3, 96, 80), 0.8)
    with torch.no_grad():
        mirrored = Features(vgg16, STYLE_LAYERS, mirrored=True)(picture)
        zeros = Features(vgg16, STYLE_LAYERS)(picture)
    assert unevenness(mirrored["relu1_1"]) < 1e-3 < unevenness(zeros["relu1_1"])
    for name in STYLE_LAYERS[1:]:
        assert unevenness(mirrored[name]) < 0.5 * unevenness(zeros[name])


def test_mirrored_padding_mirrors(vgg16: ConvNet) -> None:
    """The first layer at the edge is what it is inside of a picture that goes on mirrored."""
    picture = torch.rand(1, 3, 20, 24, generator=torch.Generator().manual_seed(0))
    around = torch.nn.functional.pad(picture, (4, 4, 4, 4), mode="reflect")
    features = Features(vgg16, {"relu1_1"}, mirrored=True)
    wide = features(around)["relu1_1"][:, :, 4:-4, 4:-4]
    torch.testing.assert_close(features(picture)["relu1_1"], wide, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("size", [(16, 40), (33, 32)])
def test_the_smallest_pictures_have_something_to_mirror(vgg16: ConvNet, size: tuple[int, int]) -> None:
    found = Features(vgg16, STYLE_LAYERS, mirrored=True)(torch.rand(1, 3, *size))
    assert found["relu5_1"].shape[2:] == (size[0] // 16, size[1] // 16)


def test_the_paper_keeps_its_zeros() -> None:
    assert Recipe(**GATYS).edges == "zeros"  # type: ignore[arg-type]
    assert Recipe().edges == "mirrored"


@pytest.mark.slow
def test_the_rim_is_painted_like_the_inside(vgg16: ConvNet, pair: tuple[Path, Path]) -> None:
    style = read_picture(pair[1])
    inputs = Inputs(flat(style, 96, 0), (style,))
    shift, spread = {}, {}
    for edges in ("zeros", "mirrored"):
        recipe = Recipe(content="c", styles=("s",), size=96, iterations=30, pyramid=False, edges=edges)
        shift[edges], spread[edges] = rim(run(stylise(vgg16, recipe, inputs)).rgb)
    assert np.mean(shift["mirrored"]) < np.mean(shift["zeros"])
    uneven = {edges: np.abs(np.log(each)).mean() for edges, each in spread.items()}
    assert uneven["mirrored"] < uneven["zeros"]
