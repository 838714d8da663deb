"""One strength for any pair of pictures: the losses are weighed by how hard each of them pulls at the pixels.

α and β mean something else for every pair, because the losses' sizes depend on the pictures. Here every
style layer's loss is divided by the norm of its gradient at the content, so that λ_l is its share of the
pull; then the content's pull is measured where the style would lead, a fixed distance away (at the content
itself it is nothing). The strength is the ratio of the two pulls there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.device import full_precision
from engine.style.losses import content_loss, unit_activation
from engine.style.objective import Objective, Weights
from engine.style.recipe import CONTENT_LAYER, STYLE_LAYERS, Recipe
from engine.style.unit_term import UnitName

DISTANCE = 0.1
"""How far from the content (root mean square over the values of the picture, 0..1) the pulls are compared."""

MIDDLE = 20.0
"""The ratio of the style's pull to the content's at strength 50."""

LARGEST_MEASURED = 512
"""Larger scales are measured at this size: the pulls are per pixel, and a large picture may not fit."""

LEAST = 1e-7
"""A root mean square pull below this is rounding: the picture has that layer's style already."""


@dataclass(frozen=True)
class Pulls:
    """Root mean square of each term's gradient (times the number of values, so per pixel)."""

    content: float
    layers: Mapping[str, float]
    unit: float = 0.0

    def cover(self, layers: Collection[str], unit: UnitName | None = None) -> bool:
        """Whether these are the layers that have been measured, and the unit was, if there is one."""
        return set(layers) == set(self.layers) and (unit is None or self.unit > 0)

    def weights(self, recipe: Recipe) -> Weights:
        """Return the weights that make the recipe's strength and λ_l come true: α = 1."""
        shares = {name: share for name, share in recipe.layer_weights.items() if share > 0}
        total = sum(shares.values())
        if not recipe.styled:
            return Weights(1.0, 0.0, recipe.smoothing, {})
        layers = {
            name: share / total / self.layers[name] if self.layers[name] > LEAST else 0.0
            for name, share in shares.items()
        }
        return Weights(1.0, ratio(recipe.strength) * self.content, recipe.smoothing, layers)

    def gamma(self, recipe: Recipe, alpha: float) -> float:
        """Return the unit's weight: with ``unit_weight`` 1 it pulls as hard as the content, whose weight is
        ``alpha`` (or as it would with α = 1, where it has none)."""
        if not recipe.pulled_by_unit or self.unit <= LEAST:
            return 0.0
        return recipe.unit_weight * (alpha or 1.0) * self.content / self.unit


def ratio(strength: float) -> float:
    """Return the ratio of the pulls at a strength: 0 at 0, :data:`MIDDLE` at 50, ten times more per 25."""
    lowest = math.pow(10.0, -50 / 25)
    raised = math.pow(10.0, (strength - 50) / 25)
    return MIDDLE * (raised - lowest) / (1 - lowest)


def measure(objective: Objective, content: Tensor) -> Pulls:
    """Return the pulls at one scale.

    Args:
        objective: with the content's target and every style layer in use.
        content: 1 × 3 × H × W, 0..1.
    """
    layers: dict[str, float] = {}
    direction = torch.zeros_like(content)
    for name, gradient in _style_gradients(objective, content).items():
        layers[name] = float(gradient.square().mean().sqrt())
        if layers[name] > LEAST:
            direction += gradient / layers[name]
    towards_unit = _unit_gradient(objective, content)
    unit = float(towards_unit.square().mean().sqrt())
    if not layers and unit > LEAST:
        direction = -towards_unit
    length = direction.square().mean().sqrt().clamp_min(1e-12)
    probe = (content - DISTANCE * direction / length).clamp(0, 1)
    return Pulls(_content_pull(objective, probe), layers, unit)


@full_precision()
@torch.enable_grad()
def _style_gradients(objective: Objective, content: Tensor) -> dict[str, Tensor]:
    leaf = content.detach().requires_grad_()
    found = objective.features.only(objective.weights.layers or STYLE_LAYERS[:1])(leaf)
    gradients = {}
    for name in objective.weights.layers:
        loss = objective.style_loss_of(name, found[name]) * leaf.numel()
        (gradients[name],) = torch.autograd.grad(loss, leaf, retain_graph=True)
    return gradients


@full_precision()
@torch.enable_grad()
def _unit_gradient(objective: Objective, content: Tensor) -> Tensor:
    if objective.unit is None:
        return torch.zeros_like(content)
    leaf = content.detach().requires_grad_()
    name = objective.unit.activation
    answer = unit_activation(objective.features.only({name})(leaf)[name], objective.unit.unit)
    (gradient,) = torch.autograd.grad(answer * leaf.numel(), leaf)
    return gradient


@full_precision()
@torch.enable_grad()
def _content_pull(objective: Objective, probe: Tensor) -> float:
    assert objective.content_target is not None
    leaf = probe.detach().requires_grad_()
    found = objective.features.only({CONTENT_LAYER})(leaf)[CONTENT_LAYER]
    loss = content_loss(found, objective.content_target) * leaf.numel()
    (gradient,) = torch.autograd.grad(loss, leaf)
    return float(gradient.square().mean().sqrt())
