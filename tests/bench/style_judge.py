"""Two distances that no style loss optimises, to judge paintings by.

* style: the sliced Wasserstein-2 distance of the activations at relu1_2, relu2_2, relu3_3 and relu4_3 of
  VGG16 (every loss works at the first ReLU of a block, the content loss at relu4_2), in 64 random directions,
  each layer divided by the photo's own distance: 1 is as far from the style as the photo, 0 is the style;
* content: as in LPIPS without its learned weights (Zhang et al. 2018, eq. 1): the mean squared difference of
  activations of AlexNet, a network that painting never sees, each position brought to unit length;
  relu2 … relu5, mean of the four.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.convnets import ConvNet

STYLE_LAYERS = ("relu1_2", "relu2_2", "relu3_3", "relu4_3")
CONTENT_LAYERS = ("relu2", "relu3", "relu4", "relu5")
DIRECTIONS, QUANTILES, SEED = 64, 2048, 20_261

Projections = dict[str, NDArray[np.float64]]


@torch.no_grad()
def activations(network: ConvNet, picture: Tensor, layers: tuple[str, ...]) -> dict[str, NDArray[np.float64]]:
    """Positions × units of each layer."""
    found, activation = {}, network.normalise(picture)
    for name, layer in network.chain(layers[-1]):
        activation = layer(activation)
        if name in layers:
            found[name] = activation[0].flatten(1).T.double().numpy()
    return found


def projections(network: ConvNet, picture: Tensor) -> Projections:
    """The quantiles of each layer in each direction."""
    found = {}
    at = (np.arange(QUANTILES) + 0.5) / QUANTILES
    for name, rows in activations(network, picture, STYLE_LAYERS).items():
        lines = np.random.default_rng(SEED).normal(size=(rows.shape[1], DIRECTIONS))
        found[name] = np.quantile(rows @ (lines / np.linalg.norm(lines, axis=0)), at, axis=0)
    return found


def apart(one: Projections, other: Projections) -> dict[str, float]:
    """The sliced Wasserstein-2 distance of each layer."""
    return {name: float(np.sqrt(np.mean((one[name] - other[name]) ** 2))) for name in one}


@dataclass(frozen=True)
class Judge:
    """Judges paintings of one photo (1 × 3 × H × W) in one style, seen at the same size."""

    vgg16: ConvNet
    alexnet: ConvNet
    photo: Tensor
    style: Tensor

    def style_distance(self, painting: Tensor) -> float:
        """Return 0 for the style's own statistics, 1 for the photo's distance from them."""
        wanted = projections(self.vgg16, self.style)
        photo = apart(projections(self.vgg16, self.photo), wanted)
        found = apart(projections(self.vgg16, painting), wanted)
        return float(np.mean([found[name] / photo[name] for name in STYLE_LAYERS]))

    def content_distance(self, painting: Tensor) -> float:
        """Return 0 for the photo itself."""
        one, other = (activations(self.alexnet, each, CONTENT_LAYERS) for each in (self.photo, painting))
        return float(np.mean([np.mean(np.sum((_unit(one[n]) - _unit(other[n])) ** 2, axis=1)) for n in one]))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-10)
