"""Which style paints where: one map of weights for each style, with soft edges.

Gatys, Ecker, Bethge, Hertzmann, Shechtman 2017, "Controlling Perceptual Factors in Neural Style Transfer",
section 3: guided Gram matrices, here with the maps averaged by the network's own poolings.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.style.features import Features


def weight_maps(
    regions: Sequence[Tensor | None], shares: Sequence[float], shape: tuple[int, int]
) -> list[Tensor]:
    """Return for each style how much of each pixel it paints, H × W.

    Where regions overlap, the styles share a pixel by their weights; where only a soft edge covers it, its
    style pulls less there; where none does, nothing but the content acts.

    Args:
        regions: H × W, 0..1, one for each style; None for everywhere.
        shares: the styles' weights, adding up to 1.
        shape: height and width of the painting.
    """
    given = next((region for region in regions if region is not None), torch.ones(1))
    maps = [given.new_ones(shape) if region is None else region for region in regions]
    shared = torch.stack([share * region for share, region in zip(shares, maps, strict=True)])
    covered = torch.stack(maps).amax(dim=0)
    return list(covered * shared / shared.sum(dim=0).clamp_min(1e-6))


def at_layers(features: Features, pixels: Tensor, layers: Collection[str]) -> dict[str, Tensor]:
    """Return a map of weights (H × W) at the positions of each layer, averaged where the network pools."""
    found = {}
    weights = pixels[None, None]
    for name, layer in features.chain:
        if isinstance(layer, nn.MaxPool2d):
            weights = F.avg_pool2d(weights, 2)
        if name in layers:
            found[name] = weights[0, 0]
    return found
