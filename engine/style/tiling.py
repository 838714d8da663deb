"""The exact gradient of a picture that does not fit into memory at once.

Style statistics are functions of sums over positions, and the content loss is one. So: pass 1, without
gradient, gathers the sums over each tile's own positions; the losses are differentiated with regard to the
sums, once; pass 2 goes through the network again tile by tile, and backpropagates the sums' gradients. A
tile is seen with a halo as wide as the network's view, so that the activations at its own positions are
those of the whole picture; origins on multiples of 16 keep the poolings in step.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from engine.device import full_precision
from engine.style.losses import Statistics, added, unit_activation
from engine.style.objective import Objective
from engine.style.recipe import CONTENT_LAYER
from engine.style.steps import Losses
from engine.style.style_losses import SummedLoss
from engine.style.tiles import Span, Tiles, own_activations, positions, without_gradient


@dataclass(frozen=True)
class TiledObjective:
    """An :class:`Objective` whose gradient is gathered tile by tile; its value and gradient are the same."""

    objective: Objective
    tiles: Tiles
    _masses: dict[tuple[int, str], float] = field(default_factory=dict)

    @property
    def _loss(self) -> SummedLoss:
        assert isinstance(self.objective.style_loss, SummedLoss)
        return self.objective.style_loss

    def differentiate(self, picture: Tensor) -> Generator[None, None, tuple[Tensor, Losses]]:
        """Return the gradient times the picture's number of values, and the losses; a checkpoint a tile."""
        objective, scale = self.objective, float(picture.numel())
        sums, content, unit = yield from self._gather(picture)
        losses, slopes, gradient = self._differentiate_sums(picture, sums, (content, unit), scale)
        for row, column in self.tiles.walk(objective.features, picture):
            gradient[:, :, row.seen, column.seen] += self._backpropagate(picture, row, column, slopes, scale)
            yield None
        return gradient, losses

    @torch.no_grad()
    def _tile_sums(
        self, found: Mapping[str, Tensor], row: Span, column: Span
    ) -> dict[tuple[int, str], Statistics]:
        return {
            (index, name): self._loss.sums(found[name], self._weights(index, name, row, column), None)
            for index in range(len(self.objective.groups))
            for name in self.objective.weights.layers
        }

    def _weights(self, group: int, name: str, row: Span, column: Span) -> Tensor | None:
        maps = self.objective.groups[group].weights
        if maps is None:
            return None
        stride = self.objective.features.strides()[name]
        return maps[name][row.whole(stride), column.whole(stride)]

    def _gather(
        self, picture: Tensor
    ) -> Generator[None, None, tuple[dict[tuple[int, str], Statistics], Tensor, Tensor]]:
        """Pass 1: the sums over all positions, the content loss, and the unit's answer."""
        total: dict[tuple[int, str], Statistics] = {}
        content, unit = picture.new_zeros(()), picture.new_zeros(())
        for row, column in self.tiles.walk(self.objective.features, picture):
            found = without_gradient(
                self.objective.features, picture[:, :, row.seen, column.seen], row, column
            )
            for key, more in self._tile_sums(found, row, column).items():
                total[key] = added(total.get(key), more)
            content = content + self._content(found, row, column).detach()
            unit = unit + self._unit(found, picture).detach()
            yield None
        return total, content, unit

    def _content(self, found: Mapping[str, Tensor], row: Span, column: Span) -> Tensor:
        """Return this tile's part of the content loss of the whole picture."""
        target = self.objective.content_target
        if target is None:
            return torch.zeros(())
        stride = self.objective.features.strides()[CONTENT_LAYER]
        part = target[:, :, row.whole(stride), column.whole(stride)]
        return (found[CONTENT_LAYER] - part).square().sum() / (2 * target.numel())

    def _unit(self, found: Mapping[str, Tensor], picture: Tensor) -> Tensor:
        """Return this tile's part of the unit's answer in the whole picture."""
        unit = self.objective.unit
        if unit is None:
            return torch.zeros(())
        own = found[unit.activation]
        share = own.shape[2] * own.shape[3] / positions(self.objective.features, unit.activation, picture)
        return share * unit_activation(own, unit.unit)

    @torch.enable_grad()
    def _differentiate_sums(
        self,
        picture: Tensor,
        sums: dict[tuple[int, str], Statistics],
        gathered: tuple[Tensor, Tensor],
        scale: float,
    ) -> tuple[Losses, dict[tuple[int, str], Statistics], Tensor]:
        """Return the losses, ∂J/∂sums, and the gradient of what acts on pixels directly (smoothing)."""
        objective = self.objective
        leaf = picture.detach().requires_grad_()
        leaves = {key: tuple(part.requires_grad_() for part in parts) for key, parts in sums.items()}
        layers = {}
        for name in objective.weights.layers:
            loss = picture.new_zeros(())
            for index, group in enumerate(objective.groups):
                found = self._loss.of_sums(leaves[index, name], self._mass(index, name, picture))
                loss = loss + group.share * objective.style_loss.distance(found, group.targets[name])
            layers[name] = loss
        terms = objective.add_up(gathered[0], layers, leaf, gathered[1])
        losses = terms.numbers(objective.weights)
        flat = [part for parts in leaves.values() for part in parts]
        if not flat and not terms.total.requires_grad:
            return losses, {}, torch.zeros_like(picture)
        found_slopes = torch.autograd.grad(terms.total * scale, [leaf, *flat], allow_unused=True)
        rest = iter(found_slopes[1:])
        slopes = {key: tuple(_or_zero(next(rest), part) for part in parts) for key, parts in leaves.items()}
        return losses, slopes, _or_zero(found_slopes[0], leaf).clone()

    def _mass(self, group: int, name: str, picture: Tensor) -> float:
        key = (group, name)
        if key not in self._masses:
            maps = self.objective.groups[group].weights
            whole = positions(self.objective.features, name, picture)
            self._masses[key] = whole if maps is None else max(float(maps[name].sum()), 1e-6)
        return self._masses[key]

    @full_precision()
    @torch.enable_grad()
    def _backpropagate(
        self,
        picture: Tensor,
        row: Span,
        column: Span,
        slopes: Mapping[tuple[int, str], Statistics],
        scale: float,
    ) -> Tensor:
        """Pass 2: the gradient that reaches the pixels a tile sees from the tile's own positions."""
        objective = self.objective
        leaf = picture[:, :, row.seen, column.seen].detach().requires_grad_()
        found = own_activations(objective.features, leaf, row, column)
        weights = objective.weights
        pull = scale * weights.alpha * self._content(found, row, column)
        pull = pull - scale * weights.gamma * self._unit(found, picture)
        for (index, name), parts in slopes.items():
            sums = self._loss.sums(found[name], self._weights(index, name, row, column), None)
            pull = pull + sum((part * slope).sum() for part, slope in zip(sums, parts, strict=True))
        (gradient,) = torch.autograd.grad(pull, leaf)
        return gradient


def _or_zero(gradient: Tensor | None, like: Tensor) -> Tensor:
    return torch.zeros_like(like) if gradient is None else gradient
