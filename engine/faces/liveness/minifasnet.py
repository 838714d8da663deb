"""MiniFASNet: a small network that tells a face from a picture of a face by one look.

The two networks of Silent-Face-Anti-Spoofing (Minivision, 2020): a pruned MobileFaceNet (Chen, Liu, Gao, Han:
MobileFaceNets, CCBR 2018), one of them with squeeze-and-excitation (Hu et al., CVPR 2018) at the end of each
series of residual blocks. Pruning left every width its own, so the widths are read from the weights.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIZE = 80
"""Pixels along each side of the input: BGR, 0..255, neither mean nor standard deviation."""

CLASSES = 3
"""Print, live, screen, in this order."""

LIVE = 1

SERIES = {"conv_3": 4, "conv_4": 6, "conv_5": 2}
"""Residual blocks of each series."""


class ConvUnit(nn.Module):
    """A convolution without bias, batch normalisation and, unless linear, PReLU with a slope a channel."""

    def __init__(
        self,
        before: int,
        after: int,
        kernel: int = 1,
        *,
        stride: int = 1,
        padding: int = 0,
        groups: int = 1,
        linear: bool = False,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(before, after, kernel, stride, padding, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(after)
        self.prelu: nn.Module = nn.Identity() if linear else nn.PReLU(after)

    def forward(self, x: Tensor) -> Tensor:
        """Map N × before × H × W to N × after × H/stride × W/stride."""
        activated: Tensor = self.prelu(self.bn(self.conv(x)))
        return activated


class Excitation(nn.Module):
    """Weighs each channel by a gate that is computed from all channels' means."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.fc1 = nn.Conv2d(channels, inner, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(inner)
        self.fc2 = nn.Conv2d(inner, channels, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape."""
        inner = F.relu(self.bn1(self.fc1(x.mean((2, 3), keepdim=True))))
        return x * torch.sigmoid(self.bn2(self.fc2(inner)))


class Bottleneck(nn.Module):
    """Widen, convolve each channel alone, narrow; with stride 1 the input is added."""

    def __init__(self, widths: tuple[int, int, int], stride: int, excitation: int = 0) -> None:
        super().__init__()
        before, inner, after = widths
        self.conv = ConvUnit(before, inner)
        self.conv_dw = ConvUnit(inner, inner, 3, stride=stride, padding=1, groups=inner)
        self.project = ConvUnit(inner, after, linear=True)
        self.se_module: nn.Module = Excitation(after, excitation) if excitation else nn.Identity()
        self._residual = stride == 1

    def forward(self, x: Tensor) -> Tensor:
        """Map N × before × H × W to N × after × H/stride × W/stride."""
        y: Tensor = self.se_module(self.project(self.conv_dw(self.conv(x))))
        return x + y if self._residual else y


class Series(nn.Module):
    """Residual blocks, one after the other."""

    def __init__(self, blocks: list[Bottleneck]) -> None:
        super().__init__()
        self.model = nn.Sequential(*blocks)

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape."""
        y: Tensor = self.model(x)
        return y


class MiniFasNet(nn.Module):
    """From an 80 × 80 crop to the probabilities of print, live, screen.

    Args:
        tensors: the weights, whose shapes give the widths.
    """

    def __init__(self, tensors: Mapping[str, Tensor]) -> None:
        super().__init__()

        def block(name: str, stride: int) -> Bottleneck:
            inner, before = tensors[f"{name}.conv.conv.weight"].shape[:2]
            after = tensors[f"{name}.project.conv.weight"].shape[0]
            gate = tensors.get(f"{name}.se_module.fc1.weight")
            return Bottleneck((before, inner, after), stride, 0 if gate is None else gate.shape[0])

        def series(name: str) -> Series:
            return Series([block(f"{name}.model.{number}", 1) for number in range(SERIES[name])])

        stem, last = tensors["conv1.conv.weight"].shape[0], tensors["conv_6_sep.conv.weight"].shape
        length = tensors["linear.weight"].shape[0]
        self.conv1 = ConvUnit(3, stem, 3, stride=2, padding=1)
        self.conv2_dw = ConvUnit(stem, stem, 3, padding=1, groups=stem)
        self.conv_23 = block("conv_23", 2)
        self.conv_3 = series("conv_3")
        self.conv_34 = block("conv_34", 2)
        self.conv_4 = series("conv_4")
        self.conv_45 = block("conv_45", 2)
        self.conv_5 = series("conv_5")
        self.conv_6_sep = ConvUnit(last[1], last[0])
        self.conv_6_dw = ConvUnit(last[0], last[0], SIZE // 16, groups=last[0], linear=True)
        self.linear = nn.Linear(last[0], length, bias=False)
        self.bn = nn.BatchNorm1d(length)
        self.prob = nn.Linear(length, CLASSES, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map N × 3 × 80 × 80 (BGR, 0..255) to N × 3 probabilities."""
        x = self.conv_23(self.conv2_dw(self.conv1(x)))
        x = self.conv_4(self.conv_34(self.conv_3(x)))
        x = self.conv_5(self.conv_45(x))
        x = self.conv_6_dw(self.conv_6_sep(x)).flatten(1)
        return F.softmax(self.prob(self.bn(self.linear(x))), dim=1)


def build_passive(tensors: Mapping[str, Tensor]) -> MiniFasNet:
    """Build a network from published weights, whose names begin with ``module.``.

    Raises:
        KeyError, RuntimeError: these are not the weights of a MiniFASNet.
    """
    plain = {name.removeprefix("module."): tensor for name, tensor in tensors.items()}
    network = MiniFasNet(plain)
    network.load_state_dict(plain)
    return network
