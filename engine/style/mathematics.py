"""The style (Gram) matrices of style and painting side by side, computed only when somebody looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb, fit_within
from engine.jobs import Task
from engine.models import Models
from engine.style.pictures import read_inputs
from engine.style.recipe import Recipe

if TYPE_CHECKING:
    from engine.convnets import ConvNet

LONGEST = 256
"""Longer side at which both are looked at: one pass costs a fraction of an iteration at any size."""

SHOWN = 48
"""Units in the picture of a matrix: those with the largest second moments in the style."""


@dataclass(frozen=True)
class GramView:
    """G/M of a layer for the style and for the painting, n × n, the same units in the same order.

    Both are divided by the largest entry of the style's and mapped by a square root, 0..1, so that the
    same grey means the same number in both. ``distance`` is ‖G − A‖ / ‖A‖ over the whole matrix of all
    ``units_in_layer`` units; 0 means equal.
    """

    layer: str
    style: NDArray[np.float32]
    painting: NDArray[np.float32]
    distance: float
    units_in_layer: int


class GramLens:
    """Keeps the style's matrices of one recipe, layer by layer; lives on the engine thread.

    Args:
        recipe: names the styles, their shares and the network.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._pictures: tuple[Rgb, ...] = ()
        self._found: dict[str, NDArray[np.float32]] = {}

    def style(self, network: ConvNet, layer: str) -> NDArray[np.float32]:
        """Return A/M of the blended styles, N × N; read and computed once."""
        if not self._pictures:
            pictures = read_inputs(self.recipe).styles
            self._pictures = tuple(fit_within(picture.rgb, LONGEST) for picture in pictures)
        if layer not in self._found:
            shares = self.recipe.style_shares
            grams = [gram_matrix(network, picture, layer) for picture in self._pictures]
            self._found[layer] = blended(grams, shares)
        return self._found[layer]


def gram_view(models: Models, lens: GramLens, painted: Rgb, layer: str) -> Task[None, GramView]:
    """Compare the style matrices of one layer.

    Args:
        models: where the network is from.
        lens: the styles.
        painted: the painting, uint8 H × W × 3, at any size.
        layer: a layer's name, such as ``relu3_1``.

    Raises:
        EngineError: of reading the styles or the network.
    """
    network = cast("ConvNet", models.network(lens.recipe.network))
    yield None
    wanted = lens.style(network, layer)
    yield None
    found = gram_matrix(network, fit_within(painted, LONGEST), layer)
    return compared(layer, wanted, found)


def gram_matrix(network: ConvNet, picture: Rgb, layer: str) -> NDArray[np.float32]:
    """Return G/M = Fᵀ F / M of a picture at a layer, N × N (Gatys 2015, eq. 3, divided by M)."""
    import torch

    from engine.tensors import to_tensor

    with torch.no_grad():
        activation = network.normalise(to_tensor(picture, network.mean.device))
        for _, step in network.chain(layer):
            activation = step(activation)
        rows = activation.flatten(2)[0]
        return np.asarray((rows @ rows.T / rows.shape[1]).float().cpu().numpy())


def blended(grams: Sequence[NDArray[np.float32]], shares: Sequence[float]) -> NDArray[np.float32]:
    """Return the mean of several matrices, weighted by shares."""
    return np.asarray(sum(share * gram for share, gram in zip(shares, grams, strict=True)), np.float32)


def compared(layer: str, wanted: NDArray[np.float32], found: NDArray[np.float32]) -> GramView:
    """Choose the units to show and scale both matrices alike."""
    strongest = np.argsort(-np.diag(wanted), kind="stable")[:SHOWN]
    top = max(float(wanted[np.ix_(strongest, strongest)].max()), 1e-12)
    style, painting = (
        np.sqrt(np.clip(matrix[np.ix_(strongest, strongest)] / top, 0.0, 1.0)).astype(np.float32)
        for matrix in (wanted, found)
    )
    scale = max(float(np.linalg.norm(wanted)), 1e-12)
    return GramView(layer, style, painting, float(np.linalg.norm(found - wanted)) / scale, len(wanted))
