"""What a painting is measured against at one scale: the content's activation and the styles' statistics."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from engine.style.features import Features
from engine.style.losses import Statistics, StyleLoss
from engine.style.recipe import CONTENT_LAYER, Recipe


@dataclass(frozen=True)
class Group:
    """A part of the painting and the style that it is held against.

    ``targets`` by layer name; ``share`` is the group's weight in the style loss; ``weights`` by layer
    name are those of the positions (H·W), or None for the whole picture.
    """

    targets: Mapping[str, Statistics]
    share: float = 1.0
    weights: Mapping[str, Tensor] | None = None


@dataclass
class Targets:
    """Computes targets when they are first needed and keeps them, so that a blend or a layer's weight can
    be changed while a painting grows.

    Args:
        features: of all layers that could be wanted.
        style_loss: what is kept of a style.
        content: 1 × 3 × H × W, 0..1.
        styles: each 1 × 3 × h × w, 0..1, at the size that the brush asks for.
    """

    features: Features
    style_loss: StyleLoss
    content: Tensor
    styles: Sequence[Tensor]
    _content: Tensor | None = None
    _styles: dict[tuple[int, str], Statistics] = field(default_factory=dict)

    def content_target(self) -> Tensor:
        """Return P, the content's activation at relu4_2."""
        if self._content is None:
            self._content = _activations(self.features.only({CONTENT_LAYER}), self.content)[CONTENT_LAYER]
        return self._content

    def style_groups(self, recipe: Recipe) -> Generator[None, None, tuple[Group, ...]]:
        """Return the styles blended by their shares; a checkpoint after each picture that is measured."""
        layers = [name for name, weight in recipe.layer_weights.items() if weight > 0 and recipe.beta > 0]
        if not layers:
            return ()
        for index, style in enumerate(self.styles):
            missing = {name for name in layers if (index, name) not in self._styles}
            if missing:
                for name, activation in _activations(self.features.only(missing), style).items():
                    self._styles[index, name] = self.style_loss.describe(activation)
                yield None
        blended = {name: self._blend(name, recipe.style_shares) for name in layers}
        return (Group({name: self.style_loss.prepare(found) for name, found in blended.items()}),)

    def _blend(self, layer: str, shares: Sequence[float]) -> Statistics:
        parts = zip(*(self._styles[index, layer] for index in range(len(self.styles))), strict=True)
        return tuple(
            sum((share * each for share, each in zip(shares, part, strict=True)), torch.zeros_like(part[0]))
            for part in parts
        )


_no_grad: Callable[[Callable[..., dict[str, Tensor]]], Callable[..., dict[str, Tensor]]] = torch.no_grad()


@_no_grad
def _activations(features: Features, picture: Tensor) -> dict[str, Tensor]:
    return features(picture)
