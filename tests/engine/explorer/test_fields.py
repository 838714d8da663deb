"""Receptive fields: the published tables, and the network itself as the witness."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from engine.convnets import VGG16_BLOCKS, ConvNet, _vgg, build_alexnet
from engine.explorer.fields import Exactness, Field, clip, field_of
from engine.explorer.preprocess import IMAGENET
from engine.explorer.tracing import window_of
from tests.engine.explorer.nets import explained

VGG16 = {
    "conv1_1": (3, 1, 1),
    "conv1_2": (5, 1, 2),
    "conv2_1": (10, 2, 4),
    "conv2_2": (14, 2, 6),
    "conv3_1": (24, 4, 10),
    "conv3_2": (32, 4, 14),
    "conv3_3": (40, 4, 18),
    "conv4_1": (60, 8, 26),
    "conv4_2": (76, 8, 34),
    "conv4_3": (92, 8, 42),
    "conv5_1": (132, 16, 58),
    "conv5_2": (164, 16, 74),
    "conv5_3": (196, 16, 90),
}
ALEXNET = {
    "conv1": (11, 4, 2),
    "conv2": (51, 8, 18),
    "conv3": (99, 16, 34),
    "conv4": (131, 16, 50),
    "conv5": (163, 16, 66),
}


def bare_alexnet() -> ConvNet:
    class Zeros(dict[str, torch.Tensor]):
        def __missing__(self, name: str) -> torch.Tensor:
            return torch.zeros(1)

    return build_alexnet(Zeros())


@pytest.mark.parametrize(
    ("network", "table"),
    [(ConvNet("vgg16", _vgg(VGG16_BLOCKS)), VGG16), (bare_alexnet(), ALEXNET)],
    ids=["vgg16", "alexnet"],
)
def test_published_tables(network: ConvNet, table: dict[str, tuple[int, int, int]]) -> None:
    taps = explained(network, IMAGENET).taps()
    found = {tap.layer: (tap.field.size[0], tap.field.stride[0], tap.field.padding[0]) for tap in taps}
    assert found == table
    assert all(tap.field.exactness is Exactness.EXACT for tap in taps)
    assert all(tap.node == tap.layer.replace("conv", "relu") for tap in taps)


def test_box_is_before_clipping() -> None:
    field = Field((11, 11), (4, 4), (2, 2))
    assert field.box((0, 1)) == (2, -2, 13, 9)  # x first, as people draw
    assert clip(field.box((0, 1)), (224, 224)) == (2, 0, 13, 9)


def test_mirrored_padding_is_only_bounded() -> None:
    mirrored = nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect")
    window = window_of(mirrored)
    assert window is not None
    assert field_of([window]).exactness is Exactness.UPPER_BOUND
    with pytest.raises(TypeError, match="wraps around"):
        window_of(nn.Conv2d(1, 1, 3, padding=1, padding_mode="circular"))
    with pytest.raises(TypeError, match="AdaptiveAvgPool2d"):
        window_of(nn.AdaptiveAvgPool2d(1))


CONV = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}
MAX = {1: nn.MaxPool1d, 2: nn.MaxPool2d, 3: nn.MaxPool3d}
AVERAGE = {1: nn.AvgPool1d, 2: nn.AvgPool2d, 3: nn.AvgPool3d}


@st.composite
def chains(draw: st.DrawFn) -> tuple[int, list[nn.Module]]:
    dimensions = draw(st.sampled_from([1, 2, 2, 3]))
    modules: list[nn.Module] = []
    for _ in range(draw(st.integers(1, 4 if dimensions < 3 else 2))):
        kind = draw(st.sampled_from(["conv", "conv", "max", "average"]))
        numbers = st.tuples(*[st.integers(1, 3)] * dimensions)
        kernel, stride = draw(numbers), draw(numbers)
        if kind == "average":
            padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
            modules.append(AVERAGE[dimensions](kernel, stride, padding))
            continue
        dilation = draw(st.tuples(*[st.integers(1, 2)] * dimensions))
        if kind == "max":
            padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
            modules.append(MAX[dimensions](kernel, stride, padding, dilation))
        else:
            padding = draw(st.tuples(*[st.integers(0, 2)] * dimensions))
            modules.append(CONV[dimensions](1, 1, kernel, stride, padding, dilation))
    return dimensions, modules


@settings(max_examples=60, deadline=None)
@given(chains())
def test_field_is_what_the_gradient_and_the_activation_see(
    chain: tuple[int, list[nn.Module]],
) -> None:
    """Gradient support lies inside and touches all edges; outside, any change leaves the bits alone."""
    dimensions, modules = chain
    windows = [window for module in modules if (window := window_of(module)) is not None]
    field = field_of(windows, dimensions)
    side = max(size + 3 * stride for size, stride in zip(field.size, field.stride, strict=True)) + 12
    if side**dimensions > 60_000:
        return
    torch.manual_seed(0)
    for module in modules:
        for weight in module.parameters():
            nn.init.uniform_(weight, 0.1, 1.0)
    # An average in place of each maximum has the same window but passes gradient everywhere; dilated
    # pooling has no average, so a convolution of positive weights stands for it.
    smooth = nn.Sequential(*[_positive(module, dimensions) for module in modules])
    picture = torch.rand(1, 1, *[side] * dimensions, requires_grad=True)
    activation = smooth(picture)
    position = tuple(size // 2 for size in activation.shape[2:])
    activation[(0, 0, *position)].backward()
    assert picture.grad is not None
    support = np.argwhere(picture.grad[0, 0].numpy() != 0)
    box = field.box(position)
    starts, stops = tuple(reversed(box[:dimensions])), tuple(reversed(box[dimensions:]))
    lows = [max(0, start) for start in starts]
    highs = [min(side, stop) for stop in stops]
    assert (support >= lows).all()
    assert (support < highs).all()
    for axis in range(dimensions):
        if starts[axis] >= 0:
            assert support[:, axis].min() == starts[axis]
        if stops[axis] <= side:
            assert support[:, axis].max() == stops[axis] - 1
    network = nn.Sequential(*modules)
    with torch.no_grad():
        before = network(picture)[(0, 0, *position)]
        inside = tuple(slice(low, high) for low, high in zip(lows, highs, strict=True))
        other = torch.randn_like(picture)
        other[(0, 0, *inside)] = picture[(0, 0, *inside)]
        assert torch.equal(network(other)[(0, 0, *position)], before)


def _positive(module: nn.Module, dimensions: int) -> nn.Module:
    if not isinstance(module, nn.MaxPool1d | nn.MaxPool2d | nn.MaxPool3d):
        return module
    stand_in = CONV[dimensions](1, 1, module.kernel_size, module.stride, module.padding, module.dilation)
    nn.init.uniform_(stand_in.weight, 0.1, 1.0)
    return stand_in
