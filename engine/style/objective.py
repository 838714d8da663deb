"""J(G) = α·content + β·style + smoothing·tv − γ·unit at one scale, and its gradient."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.device import full_precision
from engine.style.features import Features
from engine.style.losses import content_loss, total_variation, unit_activation
from engine.style.recipe import CONTENT_LAYER, Recipe
from engine.style.steps import Losses
from engine.style.style_losses import StyleLoss, SummedLoss
from engine.style.targets import Group, Targets
from engine.style.unit_term import UnitName, parse_unit


@dataclass(frozen=True)
class Weights:
    """The weights in force: α, β, smoothing, λ_l of each style layer in use, and γ of the unit."""

    alpha: float
    beta: float
    smoothing: float
    layers: Mapping[str, float]
    gamma: float = 0.0

    @classmethod
    def of(cls, recipe: Recipe) -> Weights:
        """Return the recipe's own weights; layers with λ = 0 are left out, and all are when β = 0."""
        layers = {name: weight for name, weight in recipe.layer_weights.items() if weight > 0}
        return cls(recipe.alpha, recipe.beta, recipe.smoothing, layers if recipe.styled else {})


@dataclass(frozen=True)
class Terms:
    """The objective at one picture, as scalars that can be differentiated; see :class:`Losses`."""

    total: Tensor
    content: Tensor
    style: Tensor
    style_layers: Mapping[str, Tensor]
    tv: Tensor
    unit: Tensor

    def numbers(self, weights: Weights) -> Losses:
        """Fetch all values from the device at once."""
        names = list(self.style_layers)
        scalars = [self.total, self.content, self.style, self.tv, self.unit, *self.style_layers.values()]
        total, content, style, tv, unit, *layers = torch.stack([each.detach() for each in scalars]).tolist()
        by_layer = dict(zip(names, layers, strict=True))
        used = (weights.alpha, weights.beta, weights.smoothing)
        return Losses(total, content, style, by_layer, tv, *used, unit, weights.gamma)


@dataclass(frozen=True)
class Objective:
    """Calls the network up to the deepest layer in use and adds the losses up.

    Layers with λ = 0 are neither computed nor reported.
    """

    features: Features
    style_loss: StyleLoss
    weights: Weights
    content_target: Tensor | None
    groups: tuple[Group, ...]
    unit: UnitName | None = None

    def __call__(self, picture: Tensor) -> Terms:
        """Return the terms at a 1 × 3 × H × W picture in 0..1."""
        found, moments = self.features.with_moments(picture, self._summed_everywhere())
        content = picture.new_zeros(())
        if self.content_target is not None:
            content = content_loss(found[CONTENT_LAYER], self.content_target)
        layers = {
            name: self.style_loss_of(name, found[name], moments.get(name)) for name in self.weights.layers
        }
        unit = None if self.unit is None else unit_activation(found[self.unit.activation], self.unit.unit)
        return self.add_up(content, layers, picture, unit)

    def _summed_everywhere(self) -> Collection[str]:
        """Return the layers of whose activations a style loss wants the second moment over all positions."""
        summed = isinstance(self.style_loss, SummedLoss)
        return self.weights.layers if summed and all(each.weights is None for each in self.groups) else ()

    def style_loss_of(self, name: str, activation: Tensor, moment: Tensor | None = None) -> Tensor:
        """Return E_l of a whole activation of layer ``name``, of which the second moment may be known."""
        total = activation.new_zeros(())
        for group in self.groups:
            weights = None if group.weights is None else group.weights[name]
            statistics = self.style_loss.describe(activation, weights, moment)
            total = total + group.share * self.style_loss.distance(statistics, group.targets[name])
        return total

    def add_up(
        self, content: Tensor, layers: Mapping[str, Tensor], picture: Tensor, unit: Tensor | None = None
    ) -> Terms:
        """Return the terms, given the content loss, each layer's style loss and the unit's answer."""
        zero = picture.new_zeros(())
        weights = self.weights
        style = sum((weights.layers[name] * loss for name, loss in layers.items()), zero)
        tv = total_variation(picture) if weights.smoothing > 0 else zero
        answer = zero if unit is None else unit
        total = weights.alpha * content + weights.beta * style + weights.smoothing * tv
        total = total - weights.gamma * answer
        return Terms(total, content, style, layers, tv, answer)

    def differentiate(self, picture: Tensor) -> Generator[None, None, tuple[Tensor, Losses]]:
        """Return the gradient of J times the picture's number of values, and the losses; one checkpoint.

        The losses are means over positions, so that their gradients shrink as pictures grow; times the
        number of values they keep their size per pixel at every scale.
        """
        leaf = picture.detach().requires_grad_()
        terms = self._with_gradient(leaf)
        yield None
        with full_precision():
            (gradient,) = torch.autograd.grad(terms.total * leaf.numel(), leaf)
        return gradient, terms.numbers(self.weights)

    @torch.enable_grad()
    def _with_gradient(self, leaf: Tensor) -> Terms:
        return self(leaf)


def make_objective(targets: Targets, recipe: Recipe) -> Generator[None, None, Objective]:
    """Return the objective that the recipe's own weights describe, with a checkpoint after each picture that
    has to be measured for it."""
    weights = Weights.of(recipe)
    content = None
    if recipe.alpha > 0 or recipe.weighting == "strength" or recipe.pulled_by_unit:
        content = yield from targets.content_target()
    groups = yield from targets.style_groups(recipe)
    unit = parse_unit(recipe.unit) if recipe.unit_weight > 0 else None
    used = {*weights.layers, *(() if content is None else (CONTENT_LAYER,))}
    used |= set() if unit is None else {unit.activation}
    return Objective(targets.features.only(used), targets.style_loss, weights, content, groups, unit)
