from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.style.colour import keep_chroma, match_palette, protect
from engine.tensors import to_rgb, to_tensor


def picture(seed: int, height: int = 20, width: int = 30) -> Tensor:
    rng = np.random.default_rng(seed)
    mixing = rng.uniform(0, 0.3, (3, 3))
    pixels = np.clip(mixing @ rng.uniform(0, 1, (3, height * width)) + rng.uniform(0, 0.3, (3, 1)), 0, 1)
    return torch.from_numpy(pixels.reshape(1, 3, height, width)).float()


def yiq(tensor: Tensor) -> np.ndarray:
    """The NTSC matrix, written out."""
    matrix = np.array([[0.299, 0.587, 0.114], [0.5959, -0.2746, -0.3213], [0.2115, -0.5227, 0.3112]])
    return matrix @ tensor.numpy()[0].reshape(3, -1)


def test_photo_colours_keep_the_painted_luminance_and_the_photos_chroma() -> None:
    painted, content = picture(1), picture(2)
    kept = yiq(keep_chroma(painted, content))
    np.testing.assert_allclose(kept[0], yiq(painted)[0], atol=1e-5)
    np.testing.assert_allclose(kept[1:], yiq(content)[1:], atol=3e-4)


def test_a_matched_palette_has_the_contents_mean_and_covariance() -> None:
    style, content = picture(3) * 0.5 + 0.2, picture(4) * 0.4 + 0.3
    pixels = match_palette(style, content).double().reshape(3, -1)
    expected = content.double().reshape(3, -1)
    np.testing.assert_allclose(pixels.mean(1), expected.mean(1), atol=2e-3)
    np.testing.assert_allclose(np.cov(pixels), np.cov(expected), atol=2e-3)


def test_a_style_of_one_colour_can_be_matched() -> None:
    flat = torch.full((1, 3, 8, 8), 0.5)
    assert bool(torch.isfinite(match_palette(flat, picture(5))).all())


def test_a_full_mask_gives_the_content_back_to_the_bit() -> None:
    rgb = np.random.default_rng(6).integers(0, 256, (9, 11, 3), dtype=np.uint8)
    content = to_tensor(rgb)
    mask = torch.zeros(1, 1, 9, 11)
    mask[..., :5] = 1
    shown = to_rgb(protect(torch.rand_like(content), content, mask))
    assert (shown[:, :5] == rgb[:, :5]).all()
    assert (shown[:, 5:] != rgb[:, 5:]).any()
