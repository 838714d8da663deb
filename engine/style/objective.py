"""J(G) = α·content + β·style + smoothing·tv of one run: targets computed once, called every iteration."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.convnets import ConvNet
from engine.style.features import Features
from engine.style.losses import STYLE_LOSSES, Statistics, StyleLoss, content_loss, total_variation
from engine.style.recipe import CONTENT_LAYER, Recipe
from engine.style.steps import Losses


@dataclass(frozen=True)
class Terms:
    """The objective at one picture, as scalars that can be differentiated; see :class:`Losses`."""

    total: Tensor
    content: Tensor
    style: Tensor
    style_layers: Mapping[str, Tensor]
    tv: Tensor

    def numbers(self) -> Losses:
        """Fetch all values from the device at once."""
        names = list(self.style_layers)
        scalars = [self.total, self.content, self.style, self.tv, *self.style_layers.values()]
        total, content, style, tv, *layers = torch.stack([scalar.detach() for scalar in scalars]).tolist()
        return Losses(total, content, style, dict(zip(names, layers, strict=True)), tv)


@dataclass(frozen=True)
class Objective:
    """Calls the network up to the deepest layer in use and adds the losses up.

    Layers with λ = 0 are neither computed nor reported.
    """

    recipe: Recipe
    features: Features
    style_loss: StyleLoss
    content_target: Tensor | None
    style_targets: Mapping[str, Statistics]

    def __call__(self, picture: Tensor) -> Terms:
        """Return the terms at a 1 × 3 × H × W picture in 0..1."""
        recipe = self.recipe
        found = self.features(picture)
        zero = picture.new_zeros(())
        content = zero
        if self.content_target is not None:
            content = content_loss(found[CONTENT_LAYER], self.content_target)
        layers = {
            name: self.style_loss.distance(self.style_loss.describe(found[name]), target)
            for name, target in self.style_targets.items()
        }
        weights = recipe.layer_weights
        style = sum((weights[name] * loss for name, loss in layers.items()), zero)
        tv = total_variation(picture) if recipe.smoothing > 0 else zero
        total = recipe.alpha * content + recipe.beta * style + recipe.smoothing * tv
        return Terms(total, content, style, layers, tv)


def make_objective(
    network: ConvNet, recipe: Recipe, content: Tensor, styles: Sequence[Tensor]
) -> Generator[None, None, Objective]:
    """Compute the targets, with a checkpoint after each picture.

    Args:
        network: a frozen ConvNet on the device of the pictures.
        recipe: α, β, λ_l and the kind of style loss.
        content: 1 × 3 × H × W, 0..1.
        styles: each 1 × 3 × h × w, 0..1; any size.
    """
    wanted = {name for name, weight in recipe.layer_weights.items() if weight > 0 and recipe.beta > 0}
    style_loss = STYLE_LOSSES[recipe.loss]
    content_features = _activations(network, {CONTENT_LAYER}, content) if recipe.alpha > 0 else {}
    yield None
    blended: dict[str, Statistics] = {}
    for share, style in zip(recipe.style_shares, styles, strict=True):
        for name, activation in (_activations(network, wanted, style) if wanted else {}).items():
            scaled = tuple(share * part for part in style_loss.describe(activation))
            blended[name] = _added(blended.get(name), scaled)
        yield None
    used = wanted | ({CONTENT_LAYER} if recipe.alpha > 0 else set())
    return Objective(
        recipe,
        Features(network, used),
        style_loss,
        content_features.get(CONTENT_LAYER),
        {name: style_loss.prepare(blended[name]) for name in recipe.layer_weights if name in blended},
    )


def _added(before: Statistics | None, more: Statistics) -> Statistics:
    return more if before is None else tuple(a + b for a, b in zip(before, more, strict=True))


_no_grad: Callable[[Callable[..., dict[str, Tensor]]], Callable[..., dict[str, Tensor]]] = torch.no_grad()


@_no_grad
def _activations(network: ConvNet, layers: set[str], picture: Tensor) -> dict[str, Tensor]:
    return Features(network, layers)(picture)
