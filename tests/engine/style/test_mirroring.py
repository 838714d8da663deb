"""The mirrored border against torch's own."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from engine.style.mirroring import mirror_edges


@pytest.mark.parametrize("size", [(2, 2), (2, 5), (3, 3), (7, 4)])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_it_is_torchs_reflection_there_and_back(size: tuple[int, int], layout: torch.memory_format) -> None:
    generator = torch.Generator().manual_seed(0)
    activation = torch.rand(1, 6, *size, generator=generator, dtype=torch.float64).to(memory_format=layout)
    pull = torch.rand(1, 6, size[0] + 2, size[1] + 2, generator=generator, dtype=torch.float64)
    found, expected = (activation.clone().requires_grad_() for _ in range(2))
    ours, theirs = mirror_edges(found), F.pad(expected, (1, 1, 1, 1), mode="reflect")
    assert torch.equal(ours, theirs)
    assert ours.is_contiguous(memory_format=torch.channels_last)
    ours.backward(pull)
    theirs.backward(pull)
    torch.testing.assert_close(found.grad, expected.grad, rtol=0, atol=1e-15)
