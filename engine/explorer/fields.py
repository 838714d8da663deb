"""Receptive fields: which input pixels a unit can see. Exact arithmetic, any number of dimensions.

Araujo, Norris and Sim 2019, "Computing Receptive Fields of Convolutional Neural Networks" (Distill),
equations 1-4, written per dimension and extended by dilation. No torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Box = tuple[int, ...]
"""First corner, then second: (x0, y0, x1, y1) for pictures; the second corner is excluded."""


class Exactness(StrEnum):
    """Whether a field is the smallest box that holds every pixel the unit can see."""

    EXACT = "EXACT"
    UPPER_BOUND = "UPPER BOUND"


@dataclass(frozen=True)
class Window:
    """What one layer sees of the layer before: a convolution or a pooling, one number per dimension.

    ``padding`` is what stands before the first element; the amount behind the last one does not move
    any window. ``exactness`` is UPPER_BOUND where the layer may look elsewhere inside the box (padding
    that mirrors or repeats the picture).
    """

    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    exactness: Exactness = Exactness.EXACT


@dataclass(frozen=True)
class Field:
    """The receptive field of every unit of one layer, in pixels of the network's input.

    The unit at position p sees, in each dimension, the half-open interval
    [p · stride − padding, p · stride − padding + size), before it is clipped to the picture.
    """

    size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    exactness: Exactness = Exactness.EXACT

    def box(self, position: tuple[int, ...]) -> Box:
        """Return the box of the unit at ``position`` (y, x), before clipping: (x0, y0, x1, y1).

        Positions are in array order (…, y, x); the box is in the order people draw in (x, y, …).
        """
        starts = [p * s - pad for p, s, pad in zip(position, self.stride, self.padding, strict=True)]
        stops = [start + size for start, size in zip(starts, self.size, strict=True)]
        return tuple(reversed(starts)) + tuple(reversed(stops))


def pixel(dimensions: int = 2) -> Field:
    """Return the field of the input itself: one pixel."""
    ones = (1,) * dimensions
    return Field(ones, ones, (0,) * dimensions)


def whole(size: tuple[int, ...]) -> Field:
    """Return the field of a unit that may see the whole input of ``size``, wherever it stands.

    Its stride is 0: it does not move with the position.
    """
    nothing = (0,) * len(size)
    return Field(tuple(size), nothing, nothing, Exactness.UPPER_BOUND)


def around(fields: Sequence[Field]) -> Field:
    """Return the smallest field that holds all of the given ones, for branches that meet.

    One that does not move (:func:`whole`) holds all others.

    Raises:
        ValueError: the strides differ.
    """
    still = [field for field in fields if not any(field.stride)]
    if still:
        return max(still, key=lambda field: field.size)
    if len({field.stride for field in fields}) != 1:
        raise ValueError(f"branches with strides {sorted({field.stride for field in fields})} meet")
    dimensions = range(len(fields[0].size))
    starts = [min(-field.padding[d] for field in fields) for d in dimensions]
    stops = [max(field.size[d] - field.padding[d] for field in fields) for d in dimensions]
    exact = all(field.exactness is Exactness.EXACT for field in fields)
    return Field(
        tuple(stop - start for start, stop in zip(starts, stops, strict=True)),
        fields[0].stride,
        tuple(-start for start in starts),
        Exactness.EXACT if exact else Exactness.UPPER_BOUND,
    )


def through(field: Field, window: Window) -> Field:
    """Return the field of a layer from the field of the layer before it.

    size' = size + (kernel − 1) · dilation · stride; padding' = padding + layer padding · stride;
    stride' = stride · layer stride.
    """
    rows = list(
        zip(
            field.size,
            field.stride,
            field.padding,
            window.kernel,
            window.stride,
            window.padding,
            window.dilation,
            strict=True,
        )
    )
    return Field(
        tuple(size + (kernel - 1) * dilation * jump for size, jump, _, kernel, _, _, dilation in rows),
        tuple(jump * stride for _, jump, _, _, stride, _, _ in rows),
        tuple(before + pad * jump for _, jump, before, _, _, pad, _ in rows),
        Exactness.EXACT if field.exactness is window.exactness is Exactness.EXACT else Exactness.UPPER_BOUND,
    )


def field_of(windows: Iterable[Window], dimensions: int = 2) -> Field:
    """Return the field at the end of a chain of windows, the first one nearest to the input."""
    field = pixel(dimensions)
    for window in windows:
        field = through(field, window)
    return field


def clip(box: Box, size: tuple[int, ...]) -> Box:
    """Cut a box to a picture of ``size`` (width, height, …)."""
    half = len(box) // 2
    starts = tuple(min(max(0, start), length) for start, length in zip(box[:half], size, strict=True))
    stops = tuple(max(0, min(stop, length)) for stop, length in zip(box[half:], size, strict=True))
    return starts + stops
