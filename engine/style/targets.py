"""What a painting is measured against at one scale: the content's activation and the styles' statistics."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from engine.style.features import Features
from engine.style.losses import Statistics
from engine.style.recipe import CONTENT_LAYER, Recipe
from engine.style.regions import at_layers, weight_maps
from engine.style.style_losses import StyleLoss, SummedLoss
from engine.style.tiles import Tiles


@dataclass(frozen=True)
class Group:
    """A part of the painting and the style that it is held against.

    ``targets`` by layer name; ``share`` is the group's weight in the style loss; ``weights`` by layer
    name are those of the positions (H × W), or None for the whole picture.
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
        regions: H × W, 0..1, one for each style (None: everywhere), or none at all.
        tiles: measure in tiles; None for whole pictures.
    """

    features: Features
    style_loss: StyleLoss
    content: Tensor
    styles: Sequence[Tensor]
    regions: Sequence[Tensor | None] = ()
    tiles: Tiles | None = None
    _content: Tensor | None = None
    _styles: dict[tuple[int, str], Statistics] = field(default_factory=dict)

    def content_target(self) -> Generator[None, None, Tensor]:
        """Return P, the content's activation at relu4_2."""
        if self._content is None:
            features = self.features.only({CONTENT_LAYER})
            if self.tiles is None:
                self._content = _activations(features, self.content)[CONTENT_LAYER]
            else:
                self._content = yield from self.tiles.assemble(features, self.content, CONTENT_LAYER)
            yield None
        return self._content

    def style_groups(self, recipe: Recipe) -> Generator[None, None, tuple[Group, ...]]:
        """Return the styles blended by their shares, or one group for each where there are regions; a
        checkpoint after each picture that is measured."""
        if not recipe.styled:
            return ()
        layers = [name for name, weight in recipe.layer_weights.items() if weight > 0]
        for index in range(len(self.styles)):
            missing = {name for name in layers if (index, name) not in self._styles}
            if missing:
                yield from self._measure(index, missing)
                yield None
        if any(region is not None for region in self.regions):
            return self._guided(layers, recipe.style_shares)
        blended = {name: self._blend(name, recipe.style_shares) for name in layers}
        return (Group({name: self.style_loss.prepare(found) for name, found in blended.items()}),)

    def _measure(self, index: int, layers: set[str]) -> Generator[None, None, None]:
        features = self.features.only(layers)
        if self.tiles is None or not isinstance(self.style_loss, SummedLoss):
            activations = _activations(features, self.styles[index])
            found = {name: self.style_loss.describe(each) for name, each in activations.items()}
        else:
            found = yield from self.tiles.describe(features, self.styles[index], self.style_loss)
        for name, statistics in found.items():
            self._styles[index, name] = self.style_loss.blendable(statistics)

    def _blend(self, layer: str, shares: Sequence[float]) -> Statistics:
        return self.style_loss.blend(
            [self._styles[index, layer] for index in range(len(self.styles))], shares
        )

    def _guided(self, layers: Collection[str], shares: Sequence[float]) -> tuple[Group, ...]:
        """A group's share is the part of the picture that it covers, so that a pixel feels its style as
        strongly in a small region as in a large one."""
        height, width = self.content.shape[2:]
        maps = weight_maps(self.regions, shares, (height, width))
        return tuple(
            Group(
                {name: self.style_loss.prepare(self._styles[index, name]) for name in layers},
                float(pixels.mean()),
                at_layers(self.features, pixels, layers),
            )
            for index, pixels in enumerate(maps)
            if float(pixels.mean()) > 0
        )


@torch.no_grad()
def _activations(features: Features, picture: Tensor) -> dict[str, Tensor]:
    return features(picture)
