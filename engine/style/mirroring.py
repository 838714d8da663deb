"""A 3 × 3 convolution that sees the inside mirrored beyond the edge, at about the cost of zeros there.

``F.pad(mode="reflect")`` and ``F.conv2d`` give the same numbers. But a pad copies every activation there and
back, autograd keeps the copy, and the way back through a convolution without padding took 15 to 20 % longer
on a CPU than through one with it. So the way back is that of zeros beyond the edge, which is right everywhere
but for what the outermost rows and columns looked at beyond it; that is added to its mirror image by products
of one row or column each. Neither knows about the other's edge, so the corners come with the rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn.grad import conv2d_input

FEW = 32
"""Rows or columns below which torch's convolution of the framed activation is as quick: a line's product
reads as many kernels as a long line's, and a small activation has many units. On a graphics card it always
is: so many small products keep a card waiting."""


def convolve_mirrored(activation: Tensor, kernels: Tensor, bias: Tensor | None) -> Tensor:
    """Return the convolution with stride 1, of the activation's height and width.

    Args:
        activation: 1 × C × H × W; H and W are at least 2.
        kernels: N × C × 3 × 3. No gradient reaches them, nor the bias.
        bias: N.
    """
    if activation.device.type != "cpu" or min(activation.shape[2:]) < FEW:
        return F.conv2d(_Framed.apply(activation), kernels, bias)
    found: Tensor = _MirroredConvolution.apply(activation, kernels, bias)
    return found


class _Framed(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, activation: Tensor) -> Tensor:
        return framed(activation)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        """Add the frame's gradient to what it mirrors, in place: the convolution made it for this alone."""
        (seen,) = gradients
        seen[..., 2] += seen[..., 0]
        seen[..., -3] += seen[..., -1]
        inside = seen[..., 1:-1, 1:-1]
        inside[..., 1, :] += seen[..., 0, 1:-1]
        inside[..., -2, :] += seen[..., -1, 1:-1]
        return inside


class _MirroredConvolution(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, activation: Tensor, kernels: Tensor, bias: Tensor | None) -> Tensor:
        ctx.save_for_backward(kernels)
        ctx.shape = activation.shape
        return F.conv2d(framed(activation), kernels, bias)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        (kernels,) = ctx.saved_tensors
        pull = gradients[0].contiguous(memory_format=torch.channels_last)
        seen = conv2d_input(ctx.shape, kernels, pull, padding=1)  # type: ignore[no-untyped-call]
        inside = torch.as_tensor(seen).contiguous(memory_format=torch.channels_last)
        _add_mirrored(inside[0].permute(1, 2, 0), pull[0].permute(1, 2, 0), kernels.permute(0, 2, 3, 1))
        return inside, None, None


def framed(activation: Tensor) -> Tensor:
    """Return 1 × C × (H + 2) × (W + 2) in channels_last order, the inside mirrored around it."""
    count, channels, height, width = activation.shape
    positions = activation.permute(0, 2, 3, 1).reshape(height * width, channels)
    found = positions.index_select(0, _mirrored_positions(height, width, activation.device))
    return found.view(count, height + 2, width + 2, channels).permute(0, 3, 1, 2)


@lru_cache(maxsize=8)
def _mirrored_positions(height: int, width: int, device: torch.device) -> Tensor:
    """Return which of height × width positions is seen at each of (height + 2) × (width + 2), row by row.

    Kept, because a graphics card would wait for each of the small steps in which it is made.
    """
    rows, columns = (_mirrored_line(length, device) for length in (height, width))
    return (rows[:, None] * width + columns).flatten()


def _mirrored_line(length: int, device: torch.device) -> Tensor:
    """Return 1, 0, 1, …, length - 1, length - 2."""
    inside = torch.arange(length, dtype=torch.int32, device=device)
    return torch.cat([inside[1:2], inside, inside[-2:-1]])


def _add_mirrored(inside: Tensor, pull: Tensor, kernels: Tensor) -> None:
    """Add to ``inside`` (H × W × C) what ``pull`` (H × W × N) owes to the frame, at its mirror image.

    ``kernels`` is N × 3 × 3 × C. A row's frame reaches beyond both corners, a column's ends before them.
    """
    for row, beyond, tap in ((0, 1, 0), (-1, -2, 2)):
        beside = _spread(pull[row], kernels[:, tap])
        beside[2] += beside[0]
        beside[-3] += beside[-1]
        inside[beyond] += beside[1:-1]
    for column, beyond, tap in ((0, 1, 0), (-1, -2, 2)):
        inside[:, beyond] += _spread(pull[:, column], kernels[:, :, tap])[1:-1]


def _spread(pull: Tensor, kernels: Tensor) -> Tensor:
    """Return what a line of L × N pulls at the L + 2 positions that it saw through kernels of N × 3 × C."""
    length, channels = len(pull), kernels.shape[2]
    parts = (pull @ kernels.reshape(-1, 3 * channels)).view(length, 3, channels)
    found = pull.new_zeros((length + 2, channels))
    for tap in range(3):
        found[tap : tap + length] += parts[:, tap]
    return found
