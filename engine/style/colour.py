"""Where the content stays as it is. Pictures are 1 × 3 × H × W, RGB, 0..1."""

from __future__ import annotations

from torch import Tensor


def protect(painted: Tensor, content: Tensor, mask: Tensor | None) -> Tensor:
    """Return the content where the mask (1 × 1 × H × W, 0..1) is 1, the painting where it is 0.

    Where the mask is full the result equals the content exactly.
    """
    return painted if mask is None else mask * content + (1 - mask) * painted
