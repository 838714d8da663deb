"""Cutting a picture into tiles such that a network's activations at each tile's own positions are exactly
those of the whole picture."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.style.features import Convolution, Features
from engine.style.losses import Statistics, added
from engine.style.style_losses import SummedLoss

STEP = 16
"""Origins of tiles lie on multiples of this: the stride of conv5."""

SMALLEST_TILE = 64


@dataclass(frozen=True)
class Span:
    """One axis of a tile: its own pixels from ``start`` to ``end``, those seen, the picture's length."""

    start: int
    end: int
    seen_start: int
    seen_end: int
    length: int

    def own(self, stride: int) -> slice:
        """Return the tile's own positions among those seen, at a layer of this stride."""
        first = (self.start - self.seen_start) // stride
        if self.end == self.length:
            return slice(first, None)
        return slice(first, (self.end - self.seen_start) // stride)

    def whole(self, stride: int) -> slice:
        """Return the tile's own positions among those of the whole picture."""
        return slice(self.start // stride, None if self.end == self.length else self.end // stride)

    @property
    def seen(self) -> slice:
        """The pixels that are seen."""
        return slice(self.seen_start, self.seen_end)


def spans(length: int, tile: int, halo: int) -> list[Span]:
    """Cut an axis into spans of ``tile`` pixels (a multiple of :data:`STEP`), each seen with a halo."""
    found = []
    for start in range(0, length, tile):
        end = min(start + tile, length)
        found.append(Span(start, end, max(0, start - halo), min(length, end + halo), length))
    return found


def halo_of(features: Features) -> int:
    """Return how far beyond its own pixels a position of the last layer sees, in multiples of 16.

    64 for VGG16 to relu5_1, 80 for VGG19.
    """
    field_, stride = 1, 1
    for _name, layer in features.chain:
        if isinstance(layer, Convolution):
            field_ += (layer.kernel - 1) * stride
        elif isinstance(layer, nn.MaxPool2d):
            field_, stride = field_ + stride, stride * 2
    reach = (field_ - stride + 1) // 2
    return -(-reach // STEP) * STEP


@dataclass(frozen=True)
class Tiles:
    """Walks over a picture in tiles; ``size`` is a tile's side without its halo, a multiple of 16."""

    size: int

    def walk(self, features: Features, picture: Tensor) -> Iterator[tuple[Span, Span]]:
        """Return (rows, columns) of every tile of a picture."""
        halo = halo_of(features)
        rows, columns = (spans(length, self.size, halo) for length in picture.shape[2:])
        return ((row, column) for row in rows for column in columns)

    def assemble(self, features: Features, picture: Tensor, layer: str) -> Generator[None, None, Tensor]:
        """Return a layer's activation of the whole picture, without gradient; a checkpoint a tile."""
        strips: dict[int, list[Tensor]] = {}
        for row, column in self.walk(features, picture):
            seen = picture[:, :, row.seen, column.seen]
            strips.setdefault(row.start, []).append(without_gradient(features, seen, row, column)[layer])
            yield None
        return torch.cat([torch.cat(strip, dim=3) for strip in strips.values()], dim=2)

    def describe(
        self, features: Features, picture: Tensor, loss: SummedLoss
    ) -> Generator[None, None, dict[str, Statistics]]:
        """Return each layer's statistics of the whole picture, without gradient; a checkpoint a tile."""
        sums: dict[str, Statistics] = {}
        for row, column in self.walk(features, picture):
            found = without_gradient(features, picture[:, :, row.seen, column.seen], row, column)
            for name, activation in found.items():
                sums[name] = added(sums.get(name), loss.sums(activation, None, None))
            yield None
        return {name: loss.of_sums(parts, positions(features, name, picture)) for name, parts in sums.items()}


def positions(features: Features, layer: str, picture: Tensor) -> float:
    """Return how many positions a layer has in a picture."""
    stride = features.strides()[layer]
    return float((picture.shape[2] // stride) * (picture.shape[3] // stride))


def own_activations(features: Features, seen: Tensor, row: Span, column: Span) -> dict[str, Tensor]:
    """Return the activations at a tile's own positions; gradients flow where they are enabled."""
    strides = features.strides()
    return {
        name: activation[:, :, row.own(strides[name]), column.own(strides[name])]
        for name, activation in features(seen).items()
    }


@torch.no_grad()
def without_gradient(features: Features, seen: Tensor, row: Span, column: Span) -> dict[str, Tensor]:
    """Return the same as :func:`own_activations`, without gradient."""
    return own_activations(features, seen, row, column)


def halved(size: int) -> int | None:
    """Return half a tile's size (or of a whole picture's longer side), or None when that is too small."""
    half = size // 2 // STEP * STEP
    return half if half >= SMALLEST_TILE else None
