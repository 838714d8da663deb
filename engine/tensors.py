"""Between pictures (uint8, H × W × 3) and torch tensors (float, 1 × 3 × H × W, 0..1)."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.images import Rgb


def to_tensor(rgb: Rgb, device: torch.device | str = "cpu") -> Tensor:
    """Return a picture as float32, 1 × 3 × H × W, 0..1, on ``device``."""
    whole = torch.from_numpy(np.array(rgb, copy=True)).to(device)
    return whole.permute(2, 0, 1).unsqueeze(0).to(torch.float32).div_(255.0)


def to_rgb(picture: Tensor) -> Rgb:
    """Return a 1 × 3 × H × W (or 3 × H × W) tensor in 0..1 as a fresh uint8 array, clipped and rounded.

    Quantised and reordered on the device: a quarter of the bytes cross to the CPU, as they lie there.
    """
    chw = picture.detach().reshape(3, *picture.shape[-2:])
    whole = chw.float().mul(255.0).add_(0.5).clamp_(0, 255).to(torch.uint8)
    return np.asarray(whole.permute(1, 2, 0).contiguous().cpu().numpy())
