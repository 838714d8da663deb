"""Receptive fields by tracing: branches that meet, ceil mode, torchvision's networks, published tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision.models as zoo
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from engine.explorer.fields import Exactness, Field, clip
from engine.explorer.graph import Graph
from engine.explorer.networks import Explained
from engine.explorer.patches import slices
from engine.explorer.preprocess import IMAGENET, Preprocessing
from engine.explorer.recordings import Windows
from engine.explorer.tracing import fields_of
from tests.engine.explorer.nets import explained

SIDE = 96


class Residual(nn.Module):
    """x + f(x), f of any depth with dilation; or both side by side."""

    def __init__(self, channels: int, dilations: list[int], joined: str) -> None:
        super().__init__()
        self.joined = joined
        self.branch = nn.Sequential(
            *(nn.Conv2d(channels, channels, 3, padding=d, dilation=d, bias=False) for d in dilations)
        )
        self.merge = nn.Conv2d(2 * channels, channels, 1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.branch(x)
        result: torch.Tensor = x + y if self.joined == "add" else self.merge(torch.cat([x, y], dim=1))
        return result


class Inception(nn.Module):
    """Branches of sizes 1, 3, 5 and a pooled one, side by side, as in GoogLeNet; functional pooling."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList(
            nn.Conv2d(channels, 2, k, padding=k // 2, bias=False) for k in (1, 3, 5)
        )
        self.after = nn.Conv2d(6 + channels, channels, 1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        parts = [branch(x) for branch in self.branches]
        parts.append(F.avg_pool2d(x, 3, 1, 1))
        result: torch.Tensor = self.after(torch.cat(parts, 1))
        return result


@st.composite
def networks(draw: st.DrawFn) -> nn.Sequential:
    parts: list[nn.Module] = [nn.Conv2d(3, 3, 3, stride=draw(st.integers(1, 2)), padding=1, bias=False)]
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["residual", "inception", "pool"]))
        if kind == "residual":
            dilations = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
            parts.append(Residual(3, dilations, draw(st.sampled_from(["add", "cat"]))))
        elif kind == "inception":
            parts.append(Inception(3))
        else:
            parts.append(nn.AvgPool2d(draw(st.integers(2, 3)), 2, ceil_mode=draw(st.booleans())))
    parts.append(nn.Conv2d(3, 2, 3, padding=1, bias=False))
    return nn.Sequential(*parts).eval()


@settings(max_examples=20, deadline=None)
@given(networks())
def test_branches_see_exactly_their_field(network: nn.Sequential) -> None:
    """With positive random weights the gradient touches all four edges; outside, the bits do not change."""
    torch.manual_seed(0)
    for weight in network.parameters():
        nn.init.uniform_(weight, 0.1, 1.0)
    graph = Graph(network, (SIDE, SIDE), 3)
    last = next(node for node in reversed(graph.nodes) if node.op == "call_module")
    field = fields_of(graph)[last.name]
    assert field.exactness is Exactness.EXACT
    picture = torch.rand(1, 3, SIDE, SIDE, requires_grad=True)
    activation = network(picture)
    position = tuple(size // 2 for size in activation.shape[2:])
    activation[(0, 0, *position)].backward()
    assert picture.grad is not None
    support = np.argwhere(picture.grad[0].abs().sum(dim=0).numpy() != 0)
    box = field.box(position)
    inner = clip(box, (SIDE, SIDE))
    assert tuple(support.min(axis=0)[::-1]) + tuple(support.max(axis=0)[::-1] + 1) == inner
    with torch.no_grad():
        other = torch.randn_like(picture)
        inside = (slice(None), slice(None), *slices(inner))
        other[inside] = picture[inside]
        before, after = (network(one)[(0, 0, *position)] for one in (picture, other))
    assert torch.equal(before, after)


def random_weights(name: str) -> nn.Module:
    special = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    return zoo.get_model(name, **special).eval()


@pytest.mark.parametrize(
    ("name", "layer", "size", "stride"),
    [
        ("resnet18", "layer4.1.conv2", 435, 32),
        # 107 with branches of 5 × 5 as in the paper; torchvision's have 3 × 3 in their place.
        ("googlenet", "inception4a.branch1.conv", 75, 16),
    ],
)
def test_torchvision_networks_are_traced(name: str, layer: str, size: int, stride: int) -> None:
    tap = Explained(name, "w", random_weights(name), IMAGENET).tap(layer)
    assert (tap.field.size[0], tap.field.stride[0]) == (size, stride)
    assert tap.field.exactness is Exactness.EXACT


def test_what_sees_everything_is_only_bounded() -> None:
    """Behind squeeze-and-excitation a unit sees the whole picture, and the label says no more than that."""
    network = Explained("m", "w", random_weights("mobilenet_v3_small"), IMAGENET)
    first, last = network.taps()[0], network.taps()[-1]
    assert first.field == Field((3, 3), (2, 2), (1, 1))
    assert last.field == Field((224, 224), (0, 0), (0, 0), Exactness.UPPER_BOUND)
    assert last.field.box((3, 5)) == (0, 0, 224, 224)


def test_grouped_convolutions_over_different_channels_are_only_bounded() -> None:
    class Groups(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.wide = nn.Conv2d(3, 3, 5, padding=2)
            self.each = nn.Conv2d(6, 6, 3, padding=1, groups=6)
            self.all = nn.Conv2d(6, 4, 1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            result: torch.Tensor = self.all(self.each(torch.cat([x, self.wide(x)], 1)))
            return result

    taps = {tap.layer: tap.field for tap in explained(Groups().eval()).taps()}
    assert taps["wide"].exactness is Exactness.EXACT
    assert taps["each"] == Field((7, 7), (1, 1), (3, 3), Exactness.UPPER_BOUND)
    assert taps["all"].size == (7, 7)


def test_published_table(data: Path) -> None:
    """The two networks of the table that torchvision has in the same form."""
    text = (data / "reference" / "receptive_field" / "google_RECEPTIVE_FIELD_TABLE.md").read_text()
    rows = {
        (m[1], m[2]): (int(m[3]), int(m[4]))
        for m in re.finditer(r"^(\S+) +\| None +\| (\S+) +\| \S+ +\| (\d+) +\| (\d+) +\|", text, re.MULTILINE)
    }
    for name, blocks in (("vgg_16", VGG16), ("alexnet_v2", ALEXNET)):
        for row, layer in blocks.items():
            network = "alexnet" if name == "alexnet_v2" else "vgg16"
            found = _taps(network)[layer]
            assert (found.size[0], found.stride[0]) == rows[(name, f"{name}/{row}")], row


VGG16 = {
    "conv1/conv1_1": "features.0",
    "conv2/conv2_1": "features.5",
    "conv3/conv3_2": "features.12",
    "conv4/conv4_2": "features.19",
    "conv5/conv5_2": "features.26",
}
ALEXNET = {"conv1": "features.0", "conv2": "features.3", "conv5": "features.10"}
_known: dict[str, dict[str, Field]] = {}


def _taps(name: str) -> dict[str, Field]:
    if name not in _known:
        with torch.device("meta"):
            network = zoo.get_model(name).features.to_empty(device="cpu").eval()
        _known[name] = {f"features.{t.layer}": t.field for t in explained(network, IMAGENET).taps()}
    return _known[name]


def google_rows(data: Path) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Return size, stride and padding by network and end-point of Google's table, where it has all three."""
    text = (data / "reference" / "receptive_field" / "google_RECEPTIVE_FIELD_TABLE.md").read_text()
    row = r"^(\S+) +\| None +\| (\S+) +\| \S+ +\| (\d+) +\| (\d+) +\| (\d+)"
    return {(m[1], m[2]): (int(m[3]), int(m[4]), int(m[5])) for m in re.finditer(row, text, re.MULTILINE)}


@pytest.mark.parametrize(("name", "table"), [("vgg16", "vgg_16"), ("vgg11", "vgg_a")])
def test_every_convolution_of_a_vgg_is_in_googles_table(data: Path, name: str, table: str) -> None:
    taps = _taps(name).values()
    rows = [row for (network, end), row in google_rows(data).items() if network == table and "conv" in end]
    found = {(field.size[0], field.stride[0], field.padding[0]) for field in taps}
    assert len(rows) >= 8
    assert found >= set(rows), "size, stride and padding"
    assert all(field.exactness is Exactness.EXACT for field in taps)


def test_every_block_of_inception_v3_is_in_googles_table(data: Path) -> None:
    """What the first 1 × 1 convolution of a block sees is what the block before it gives."""
    rows = google_rows(data)
    inputs = Preprocessing("inception_v3", 299, 299)
    fields = {t.layer: t.field for t in Explained("i", "w", random_weights("inception_v3"), inputs).taps()}
    for layer, end in (
        ("Conv2d_1a_3x3.conv", "Conv2d_1a_3x3"),
        ("Conv2d_2b_3x3.conv", "Conv2d_2b_3x3"),
        ("Conv2d_4a_3x3.conv", "Conv2d_4a_3x3"),
        ("Mixed_5b.branch1x1.conv", "MaxPool_5a_3x3"),
        ("Mixed_5c.branch1x1.conv", "Mixed_5b"),
        ("Mixed_5d.branch1x1.conv", "Mixed_5c"),
        ("Mixed_6a.branch3x3dbl_1.conv", "Mixed_5d"),
        ("Mixed_6b.branch1x1.conv", "Mixed_6a"),
        ("Mixed_6c.branch1x1.conv", "Mixed_6b"),
        ("Mixed_6e.branch1x1.conv", "Mixed_6d"),
        ("Mixed_7a.branch3x3_1.conv", "Mixed_6e"),
        ("Mixed_7b.branch1x1.conv", "Mixed_7a"),
        ("Mixed_7c.branch1x1.conv", "Mixed_7b"),
    ):
        field = fields[layer]
        assert (field.size[0], field.stride[0], field.padding[0]) == rows[("inception_v3", end)], layer
        assert field.exactness is Exactness.EXACT


@pytest.mark.parametrize("name", ["alexnet", "vgg16", "resnet18"])
def test_sizes_of_every_convolution_in_the_second_table(data: Path, name: str) -> None:
    text = (data / "reference" / "receptive_field" / "tonyfu97_model_info.txt").read_text()
    wanted = [int(row.split()[3]) for row in text.splitlines() if row.startswith(f"{name} ")]
    if name == "resnet18":
        fields = [tap.field for tap in Explained(name, "w", random_weights(name), IMAGENET).taps()]
    else:
        fields = list(_taps(name).values())
    assert [field.size[0] for field in fields] == wanted


def dilated() -> nn.Module:
    return zoo.resnet50(replace_stride_with_dilation=[True, True, True]).eval()


SEEN: dict[str, tuple[Callable[[], nn.Module], str]] = {
    "residual": (lambda: random_weights("resnet18"), "layer2.1.conv2"),
    "inception": (lambda: random_weights("googlenet"), "inception4b.branch3.1.conv"),
    "dense": (lambda: random_weights("densenet121"), "features.denseblock2.denselayer3.conv2"),
    "dilated": (dilated, "layer2.1.conv2"),
}


@pytest.fixture
def doubles() -> Iterator[None]:
    """Compute in float64: what reaches an edge through many layers is small."""
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


@pytest.mark.usefixtures("doubles")
@pytest.mark.parametrize(
    "kind", [pytest.param(k, marks=pytest.mark.slow) if k == "dilated" else k for k in SEEN]
)
def test_torchvisions_blocks_see_exactly_their_field(kind: str) -> None:
    """With positive weights the gradient's support is the box: it touches all four edges."""
    make, layer = SEEN[kind]
    network = make()
    for weight in network.parameters():
        nn.init.uniform_(weight, 0.1, 1.0)
        weight.data.div_(max(1, weight[0].numel()))
    field = Explained(kind, "w", network, IMAGENET).tap(layer).field
    assert field.exactness is Exactness.EXACT
    side = 32 * (field.size[0] // 32 + 2)
    whole = Explained(kind, "w", network, Preprocessing(kind, side, side))
    tap = whole.tap(layer)
    position = tuple(n // 2 for n in tap.shape)
    rising = torch.arange(side)[:, None] + torch.arange(side)
    support = torch.zeros(side, side)
    for slope in (1.0, -1.0):  # a maximum pooling lets the last of its pixels through, then the first
        given = (slope * rising / side).expand(1, 3, side, side).clone().add_(3).requires_grad_()
        for _, result in whole.graph.walk(given, [tap.node]):
            activation = result
        (gradient,) = torch.autograd.grad(activation[(0, 0, *position)], given)
        support += gradient[0].abs().sum(dim=0)
    places = np.argwhere(support.numpy() != 0)
    seen = tuple(places.min(axis=0)[::-1]) + tuple(places.max(axis=0)[::-1] + 1)
    assert seen == clip(tap.field.box(position), (side, side))


MODERATE = [n for n in zoo.list_models(module=zoo) if not re.search(r"_(h|l)_|128gf", n)]


@pytest.mark.slow
@pytest.mark.parametrize("name", MODERATE)
def test_every_torchvision_classifier_is_traced(name: str) -> None:
    """The gradient's support lies inside every tenth layer's box, which is exact or says that it is not."""
    side = (
        299 if name == "inception_v3" else int(zoo.get_model_weights(name).DEFAULT.transforms().crop_size[0])
    )
    network = Explained(name, "w", random_weights(name), Preprocessing(name, side, side))
    for tap in network.taps()[::10]:
        given = torch.rand(1, 3, side, side, requires_grad=True)
        for _, result in network.graph.walk(given, [tap.node]):
            activation = result
        position = tuple(n // 2 for n in tap.shape)
        (gradient,) = torch.autograd.grad(activation[(0, 0, *position)], given)
        outside = gradient[0].abs().sum(dim=0)
        outside[slices(clip(tap.field.box(position), (side, side)))] = 0
        assert not outside.any(), tap.layer


def test_signals_are_traced_too() -> None:
    network = nn.Sequential(
        nn.Conv1d(1, 2, 7, stride=2, padding=3), nn.ReLU(), nn.MaxPool1d(3, 2), nn.Conv1d(2, 2, 5)
    )
    taps = explained(network.eval(), Windows("t", (200,))).taps()
    assert [tap.field for tap in taps] == [Field((7,), (2,), (3,)), Field((27,), (4,), (3,))]
