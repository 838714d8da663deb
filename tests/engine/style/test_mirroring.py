"""The convolution of a mirrored border against torch's own reflection and convolution."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from engine.style.mirroring import FEW, convolve_mirrored


@pytest.mark.parametrize("size", [(2, 2), (2, 5), (5, 2), (3, 3), (7, 4), (32, 35), (40, 33)])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_it_is_torchs_reflection_there_and_back(size: tuple[int, int], layout: torch.memory_format) -> None:
    generator = torch.Generator().manual_seed(0)

    def random(*shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=generator, dtype=torch.float64)

    activation, kernels = (random(1, 6, *size), random(5, 6, 3, 3))
    bias, pull = random(5), random(1, 5, *size)
    found, expected = (activation.to(memory_format=layout).clone().requires_grad_() for _ in range(2))
    ours = convolve_mirrored(found, kernels.to(memory_format=layout), bias)
    theirs = F.conv2d(F.pad(expected, (1, 1, 1, 1), mode="reflect"), kernels, bias)
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-12)
    ours.backward(pull)
    theirs.backward(pull)
    torch.testing.assert_close(found.grad, expected.grad, rtol=0, atol=1e-12)


def test_autograd_keeps_no_framed_copy() -> None:
    activation = torch.rand(1, 4, FEW, FEW).requires_grad_()
    kept: list[tuple[int, ...]] = []
    with torch.autograd.graph.saved_tensors_hooks(
        lambda saved: kept.append(saved.shape) or saved, lambda saved: saved
    ):
        convolve_mirrored(activation, torch.rand(3, 4, 3, 3), None)
    assert kept == [(3, 4, 3, 3)]
