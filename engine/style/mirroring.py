"""A 3 × 3 convolution that sees the inside mirrored beyond the edge, at about the cost of zeros there.

``F.pad(mode="reflect")`` and ``F.conv2d`` give the same numbers. But a pad copies every activation there and
back, autograd keeps the copy, and the way back through a convolution without padding took 15 to 20 % longer
on a CPU than through one with it. So the way back is that of zeros beyond the edge, which is right everywhere
but for what the outermost rows and columns looked at beyond it; that is added to its mirror image by products
of one row or column each. Neither knows about the other's edge, so the corners come with the rows.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn.grad import conv2d_input

FEW = 32
"""Rows or columns below which the way back goes through the framed activation as a whole: a line's product
reads as many kernels as a long line's, and a small activation has many units. A graphics card always goes
that way: it would wait for so many small products."""


def convolve_mirrored(activation: Tensor, kernels: Tensor, bias: Tensor | None) -> Tensor:
    """Return the convolution with stride 1, of the activation's height and width.

    Args:
        activation: 1 × C × H × W; H and W are at least 2.
        kernels: N × C × 3 × 3. No gradient reaches them, nor the bias.
        bias: N.
    """
    found: Tensor = _MirroredConvolution.apply(activation, kernels, bias)
    return found


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
        if min(ctx.shape[2:]) < FEW or pull.device.type != "cpu":
            return _folded(_towards(ctx.shape, kernels, pull, beyond=1)), None, None
        inside = _towards(ctx.shape, kernels, pull, beyond=0)
        _add_mirrored(inside[0].permute(1, 2, 0), pull[0].permute(1, 2, 0), kernels.permute(0, 2, 3, 1))
        return inside, None, None


def _towards(shape: torch.Size, kernels: Tensor, pull: Tensor, *, beyond: int) -> Tensor:
    """Return what reaches an activation of this shape with a frame so wide, zeros lying beyond that."""
    count, channels, height, width = shape
    size = (count, channels, height + 2 * beyond, width + 2 * beyond)
    found = conv2d_input(size, kernels, pull, padding=1 - beyond)  # type: ignore[no-untyped-call]
    return torch.as_tensor(found).contiguous(memory_format=torch.channels_last)


def _folded(seen: Tensor) -> Tensor:
    """Add a frame's gradient to what the frame mirrors."""
    columns = seen[..., 1:-1]
    columns[..., 1] += seen[..., 0]
    columns[..., -2] += seen[..., -1]
    inside = columns[:, :, 1:-1]
    inside[:, :, 1] += columns[:, :, 0]
    inside[:, :, -2] += columns[:, :, -1]
    return inside.contiguous(memory_format=torch.channels_last)


def framed(activation: Tensor) -> Tensor:
    """Return 1 × C × (H + 2) × (W + 2) in channels_last order, the inside mirrored around it."""
    count, channels, height, width = activation.shape
    found = activation.new_empty((count, height + 2, width + 2, channels)).permute(0, 3, 1, 2)
    found[:, :, 1:-1, 1:-1] = activation
    found[:, :, 0, 1:-1], found[:, :, -1, 1:-1] = activation[:, :, 1], activation[:, :, -2]
    found[..., 0], found[..., -1] = found[..., 2], found[..., -3]
    return found


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
