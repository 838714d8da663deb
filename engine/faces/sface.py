"""SFace: the network that turns an aligned face into its encoding.

Zhong, Deng, Hu, Zhao, Li, Wen: *SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition*,
IEEE TIP 30 (2021). The weights on board are the OpenCV Zoo's release of December 2021, whose backbone is
a MobileNet (Howard et al. 2017): depthwise-separable convolutions with PReLU.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_weights

SIZE = 112
"""Pixels along each side of an aligned face."""

DIMENSIONS = 128
"""Length of an encoding."""

BLOCKS = (
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (1024, 2),
    (1024, 1),
)
"""(channels, stride) of each depthwise-separable block."""

_STEM = 32
_GRID = SIZE // 16


class ConvUnit(nn.Module):
    """A convolution without bias, batch normalisation, PReLU with one slope a channel."""

    def __init__(self, before: int, after: int, kernel: int, *, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(
            before, after, kernel, stride=stride, padding=kernel // 2, groups=groups, bias=False
        )
        self.norm: nn.Module = nn.BatchNorm2d(after, eps=1e-3)
        self.activation = nn.PReLU(after)

    def forward(self, x: Tensor) -> Tensor:
        """Map N × before × H × W to N × after × H/stride × W/stride."""
        activated: Tensor = self.activation(self.norm(self.convolution(x)))
        return activated

    def fold(self) -> None:
        """Put the normalisation of evaluation mode into the convolution's weight and bias."""
        norm = self.norm
        if isinstance(norm, nn.BatchNorm2d):
            assert norm.running_mean is not None
            assert norm.running_var is not None
            weight, bias = fuse_conv_bn_weights(
                self.convolution.weight,
                None,
                norm.running_mean,
                norm.running_var,
                norm.eps,
                norm.weight,
                norm.bias,
            )
            self.convolution.weight = weight
            self.convolution.bias = bias
            self.norm = nn.Identity()


class DepthwiseSeparable(nn.Module):
    """A 3 × 3 convolution of every channel for itself, then a 1 × 1 convolution across them."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.depthwise = ConvUnit(before, before, 3, stride=stride, groups=before)
        self.pointwise = ConvUnit(before, after, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map N × before × H × W to N × after × H/stride × W/stride."""
        separated: Tensor = self.pointwise(self.depthwise(x))
        return separated


class SFace(nn.Module):
    """Encodes aligned faces. Trainable: batch normalisation is kept apart until :meth:`folded`."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvUnit(3, _STEM, 3)
        blocks = []
        before = _STEM
        for channels, stride in BLOCKS:
            blocks.append(DepthwiseSeparable(before, channels, stride))
            before = channels
        self.blocks = nn.Sequential(*blocks)
        self.head_norm = nn.BatchNorm2d(before, eps=2e-5)
        self.dropout = nn.Dropout(0.4)
        self.dense = nn.Linear(before * _GRID * _GRID, DIMENSIONS)
        self.dense_norm = nn.BatchNorm1d(DIMENSIONS, eps=2e-5)

    def raw(self, faces: Tensor) -> Tensor:
        """Return N × 128 encodings before normalisation; a short one tells of a poor picture.

        Args:
            faces: N × 3 × 112 × 112, RGB, 0..255, aligned.
        """
        activation = self.blocks(self.stem((faces - 127.5) / 128.0))
        flat = self.dropout(self.head_norm(activation)).flatten(1)
        encodings: Tensor = self.dense_norm(self.dense(flat))
        return encodings

    def forward(self, faces: Tensor) -> Tensor:
        """Return N × 128 encodings of unit length for N × 3 × 112 × 112 aligned faces (RGB, 0..255)."""
        return F.normalize(self.raw(faces), dim=1)

    def folded(self) -> SFace:
        """Return a copy for evaluation, batch normalisation of every unit folded into its convolution."""
        network = copy.deepcopy(self).eval()
        for unit in network.modules():
            if isinstance(unit, ConvUnit):
                unit.fold()
        return network


def dequantise(integers: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """Return (q − z) · s, with one scale s and zero point z for each block along the last axis.

    ONNX operator DequantizeLinear, opset 21, blocked.

    Args:
        integers: int8, ... × L.
        scale: float32, ... × B, where B divides L.
        zero_point: int8, ... × B.
    """
    block = integers.shape[-1] // scale.shape[-1]
    centred = integers.to(scale.dtype) - zero_point.to(scale.dtype).repeat_interleave(block, dim=-1)
    return centred * scale.repeat_interleave(block, dim=-1)


def build_sface(tensors: Mapping[str, Tensor]) -> SFace:
    """Build the network from the file on board, or from the state of a trained one.

    ``NAME.int8``, ``NAME.scale`` and ``NAME.zero_point`` together stand for the parameter ``NAME``.

    Raises:
        RuntimeError: a tensor is missing or has the wrong shape.
    """
    network = SFace()
    state = {name: tensor for name, tensor in tensors.items() if not _quantised(name)}
    shapes = {name: tensor.shape for name, tensor in network.state_dict().items()}
    for name, integers in tensors.items():
        parameter = name.removesuffix(".int8")
        if parameter != name and parameter in shapes:
            whole = dequantise(integers, tensors[f"{parameter}.scale"], tensors[f"{parameter}.zero_point"])
            state[parameter] = whole.reshape(shapes[parameter])
    for name in shapes:
        if name.endswith("num_batches_tracked"):
            state.setdefault(name, torch.tensor(0))
    network.load_state_dict(state)
    return network


def build_encoder(tensors: Mapping[str, Tensor]) -> SFace:
    """Build the network for encoding alone: batch normalisation folded, weights laid out channels last.

    Raises:
        RuntimeError: as :func:`build_sface`.
    """
    encoder: SFace = build_sface(tensors).folded().to(memory_format=torch.channels_last)
    return encoder


def _quantised(name: str) -> bool:
    return name.endswith((".int8", ".scale", ".zero_point"))
