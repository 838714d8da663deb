"""Whose colours: the photo's chroma under the painting's luminance, or a style repainted in its palette.

Gatys, Bethge, Hertzmann, Shechtman 2016, "Preserving Color in Neural Artistic Style Transfer".
All pictures are 1 × 3 × H × W, RGB, 0..1.
"""

from __future__ import annotations

import torch
from torch import Tensor

LUMINANCE = (0.299, 0.587, 0.114)
"""ITU-R BT.601 luma of R, G, B, the Y of YIQ that the paper uses."""

_FLOOR = 1e-5
"""Added to the variances of a palette, so that a picture of one colour can be matched too."""


def luminance(picture: Tensor) -> Tensor:
    """Return Y, 1 × 1 × H × W."""
    weights = torch.tensor(LUMINANCE, dtype=picture.dtype, device=picture.device).view(1, 3, 1, 1)
    return (picture * weights).sum(dim=1, keepdim=True)


def keep_chroma(painted: Tensor, content: Tensor) -> Tensor:
    """Return the luminance of ``painted`` with the colours of ``content`` (section 3.2 of the paper).

    In YIQ the chroma does not change when the same amount is added to R, G and B, so no conversion is
    needed. Values may leave 0..1 where the photo's colour cannot be that light or dark.
    """
    return content + (luminance(painted) - luminance(content))


def match_palette(style: Tensor, content: Tensor) -> Tensor:
    """Return ``style`` with the mean and covariance of the colours of ``content`` (section 3.1).

    x ↦ Σ_C^½ Σ_S^−½ (x − μ_S) + μ_C, the paper's "Image Analogies" form; clipped to 0..1.
    """
    style_mean, style_covariance = _palette(style)
    content_mean, content_covariance = _palette(content)
    change = _power(content_covariance, 0.5) @ _power(style_covariance, -0.5)
    pixels = style.cpu().double().reshape(3, -1)
    matched = change @ (pixels - style_mean) + content_mean
    return matched.clamp(0, 1).reshape(style.shape).to(style)


def _palette(picture: Tensor) -> tuple[Tensor, Tensor]:
    pixels = picture.cpu().double().reshape(3, -1)
    mean = pixels.mean(dim=1, keepdim=True)
    centred = pixels - mean
    covariance = centred @ centred.T / pixels.shape[1]
    return mean, covariance + _FLOOR * torch.eye(3, dtype=torch.float64)


def _power(covariance: Tensor, exponent: float) -> Tensor:
    values, vectors = torch.linalg.eigh(covariance)
    power: Tensor = (vectors * values.clamp_min(_FLOOR).pow(exponent)) @ vectors.T
    return power


def protect(painted: Tensor, content: Tensor, mask: Tensor | None) -> Tensor:
    """Return the content where the mask (1 × 1 × H × W, 0..1) is 1, the painting where it is 0.

    Where the mask is full the result equals the content exactly.
    """
    return painted if mask is None else mask * content + (1 - mask) * painted
