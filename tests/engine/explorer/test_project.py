"""Projections: an independent implementation, the adjoint of the linear parts, the receptive field."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F

from engine.convnets import ConvNet
from engine.explorer.drawing import draw_signed
from engine.explorer.fields import clip
from engine.explorer.patches import slices
from engine.explorer.project import project
from engine.jobs import run
from tests.engine.explorer.nets import SMALL, explained, small_network


def picture(seed: int = 0) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (32, 32, 3), dtype=np.uint8)


def by_hand(
    network: ConvNet, pixels: NDArray[np.uint8], unit: int, place: tuple[int, int], way: str
) -> object:
    """Deconvnet and guided backpropagation of conv2's ReLU with explicit switches, without autograd."""
    x = network.normalise(torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255)
    one, two = network.layers["conv1"], network.layers["conv2"]
    before1 = F.conv2d(x, one.weight, one.bias, stride=2, padding=2)
    after1 = before1.clamp_min(0)
    pooled, switches = F.max_pool2d(after1, 3, 2, return_indices=True)
    before2 = F.conv2d(pooled, two.weight, two.bias, padding=1)
    signal = torch.zeros_like(before2)
    signal[0, unit, place[0], place[1]] = before2[0, unit, place[0], place[1]].clamp_min(0)
    signal = signal.clamp_min(0)
    if way == "guided":
        signal = signal * (before2 > 0)
    signal = F.conv_transpose2d(signal, two.weight, padding=1)
    unpooled = torch.zeros_like(after1).flatten(2)
    unpooled.scatter_add_(2, switches.flatten(2), signal.flatten(2))
    signal = unpooled.view_as(after1).clamp_min(0)
    if way == "guided":
        signal = signal * (before1 > 0)
    back = F.conv_transpose2d(signal, one.weight, stride=2, padding=2, output_padding=1)
    return back[0].permute(1, 2, 0).numpy()


@pytest.mark.parametrize("way", ["deconv", "guided"])
def test_equals_an_independent_implementation(way: str) -> None:
    network, pixels = small_network(), picture()
    whole = explained(network)
    tap = whole.tap("conv2")
    found = 0
    for unit in range(tap.units):
        for place in ((0, 0), (3, 4), (6, 6)):
            mine = run(project(whole, tap, unit, place, pixels, way))
            theirs = by_hand(network, pixels, unit, place, way)
            assert np.allclose(mine, theirs, atol=1e-6)
            found += bool(np.abs(mine).max() > 0)
    assert found > 5, "the comparison must not be of zeros"


def test_the_two_ways_differ_and_the_network_is_left_alone() -> None:
    whole, pixels = explained(small_network()), picture()
    tap = whole.tap("conv3")
    differ = 0
    for unit in range(tap.units):
        deconv, guided = (run(project(whole, tap, unit, (3, 4), pixels, way)) for way in ("deconv", "guided"))
        differ += not np.allclose(deconv, guided)
    assert differ
    assert not any(part.requires_grad for part in whole.graph.modules.parameters())


@pytest.mark.parametrize("way", ["deconv", "guided"])
def test_adjoint_of_the_linear_parts(way: str) -> None:
    """Without rectifiers and biases A is linear, and the projection of a = (A x)_p is a Aᵀ e_p:
    its product with any other input z is a · (A z)_p."""
    torch.manual_seed(0)
    chain = nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.AvgPool2d(2), nn.Conv2d(4, 5, 3, stride=2, bias=False)
    )
    whole = explained(chain.eval(), replace(SMALL, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0)))
    tap, one, other = whole.tap("2"), picture(1), picture(2)
    place = (2, 3)
    with torch.no_grad():
        start, end = (
            chain(torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255)[(0, 4, *place)].item()
            for pixels in (one, other)
        )
    back = run(project(whole, tap, 4, place, one, way))
    assert float((back * (other / 255)).sum()) == pytest.approx(start * end, rel=1e-4)


def test_nothing_outside_the_receptive_field() -> None:
    whole, pixels = explained(small_network()), picture(3)
    tap = whole.tap("conv3")
    for place in ((0, 0), (2, 5), (6, 6)):
        outside = np.ones((32, 32), dtype=bool)
        outside[slices(clip(tap.field.box(place), (32, 32)))] = False
        for way in ("deconv", "guided"):
            projected = run(project(whole, tap, 1, place, pixels, way))
            assert not projected[outside].any()


def test_display_is_grey_where_nothing_is() -> None:
    signed = np.array([[[0.0, 2.0, -2.0]]], dtype=np.float32)
    assert draw_signed(signed, (0, 0, 1, 1), (0, 0, 1, 1)).rgb.tolist() == [[[128, 255, 1]]]
    assert (draw_signed(np.zeros((2, 2, 3)), (0, 0, 2, 2), (0, 0, 2, 2)).rgb == 128).all()
