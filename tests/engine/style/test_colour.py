from __future__ import annotations

import numpy as np
import torch

from engine.style.colour import protect
from engine.style.finish import keep_chroma
from engine.tensors import to_rgb, to_tensor


def yiq(rgb: np.ndarray) -> np.ndarray:
    """The NTSC matrix, written out."""
    matrix = np.array([[0.299, 0.587, 0.114], [0.5959, -0.2746, -0.3213], [0.2115, -0.5227, 0.3112]])
    return rgb @ matrix.T


def test_photo_colours_keep_the_painted_luminance_and_the_photos_chroma() -> None:
    painted, content = np.random.default_rng(1).random((2, 20, 30, 3), dtype=np.float32)
    kept = yiq(keep_chroma(painted, content))
    np.testing.assert_allclose(kept[..., 0], yiq(painted)[..., 0], atol=1e-5)
    np.testing.assert_allclose(kept[..., 1:], yiq(content)[..., 1:], atol=3e-4)


def test_a_full_mask_gives_the_content_back_to_the_bit() -> None:
    rgb = np.random.default_rng(6).integers(0, 256, (9, 11, 3), dtype=np.uint8)
    content = to_tensor(rgb)
    mask = torch.zeros(1, 1, 9, 11)
    mask[..., :5] = 1
    shown = to_rgb(protect(torch.rand_like(content), content, mask))
    assert (shown[:, :5] == rgb[:, :5]).all()
    assert (shown[:, 5:] != rgb[:, 5:]).any()
