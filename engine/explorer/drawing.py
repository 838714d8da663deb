"""Draws what a unit saw as a picture: a photo as it is, a signal as a curve, a volume as its middle slice.

No torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from engine.explorer.fields import Box
from engine.explorer.inputs import Numbers
from engine.images import Rgb

CURVE_SIDE = 192
"""Pixels along each side of a drawn signal."""

DEVIATIONS = 2.5
"""A standardised volume is drawn from black to white over so many deviations to both sides of its mean."""

PAPER, INK, AXIS = (250, 250, 252), (28, 78, 140), (205, 208, 214)


@dataclass(frozen=True)
class Drawing:
    """``rgb`` fills the part ``inside`` (x0, y0, x1, y1) of a frame of (width, height) pixels."""

    rgb: Rgb
    inside: tuple[int, int, int, int]
    frame: tuple[int, int]


def draw(numbers: Numbers, box: Box, inner: Box) -> Drawing:
    """Draw a clipped field.

    Args:
        numbers: the field's own numbers, array order, channels last.
        box: the whole field, before clipping.
        inner: the part of it that ``numbers`` are.
    """
    if len(box) == 2:
        return _signal(numbers, box, inner)
    x0, y0, x1, y1 = box[0], box[1], box[len(box) // 2], box[len(box) // 2 + 1]
    left, top, right, bottom = inner[0], inner[1], inner[len(box) // 2], inner[len(box) // 2 + 1]
    plane = numbers if len(box) == 4 else numbers[numbers.shape[0] // 2]
    rgb = plane if plane.dtype == np.uint8 else grey(plane / (2 * DEVIATIONS) + 0.5)
    inside = (left - x0, top - y0, right - x0, bottom - y0)
    return Drawing(np.ascontiguousarray(rgb), inside, (x1 - x0, y1 - y0))


def draw_signed(numbers: Numbers, box: Box, inner: Box) -> Drawing:
    """Draw a projection cut like a patch: grey is 0, the largest magnitude reaches black or white."""
    if len(box) == 2:
        return _signal(numbers, box, inner)
    largest = float(np.abs(numbers).max(initial=0.0))
    scaled = numbers / largest if largest > 0 else numbers
    shades = np.clip(scaled * 127.0 + 128.0, 0, 255).astype(np.uint8)
    if len(box) == 6:
        shades = np.repeat(shades.mean(axis=-1, keepdims=True).astype(np.uint8), 3, axis=-1)
    return draw(shades, box, inner)


def picture_of(numbers: Numbers) -> Rgb:
    """Return an optimised input (size + channels; pictures in 0..1, the others in any range) as a picture."""
    if numbers.ndim == 2:
        whole = (0, len(numbers))
        return _signal(numbers, whole, whole).rgb
    plane = numbers if numbers.ndim == 3 else numbers[len(numbers) // 2]
    if plane.shape[-1] != 3:
        low, high = float(plane.min()), float(plane.max())
        return grey((plane - low) / max(high - low, 1e-12))
    return np.clip(plane * 255.0 + 0.5, 0, 255).astype(np.uint8)


def grey(plane: Numbers) -> Rgb:
    """Return H × W × channels in 0..1 as a grey picture (the mean of its channels)."""
    shades = np.clip(plane.mean(axis=-1) * 255.0 + 0.5, 0, 255).astype(np.uint8)
    return np.repeat(shades[..., None], 3, axis=-1)


def _signal(numbers: Numbers, box: Box, inner: Box) -> Drawing:
    """Draw one curve a channel; the field's full width spans the frame, the largest amplitude its height."""
    length = max(1, box[1] - box[0])
    left = round(CURVE_SIDE * (inner[0] - box[0]) / length)
    right = max(left + 1, round(CURVE_SIDE * (inner[1] - box[0]) / length))
    image = Image.new("RGB", (right - left, CURVE_SIDE), PAPER)
    pen = ImageDraw.Draw(image)
    middle = CURVE_SIDE / 2
    pen.line((0, middle, right - left, middle), AXIS)
    largest = float(np.abs(numbers).max(initial=1e-12))
    for channel in range(numbers.shape[-1]):
        heights = middle - numbers[:, channel] / largest * (middle - 8)
        places = (np.arange(len(heights)) + 0.5) * (right - left) / max(1, len(heights))
        pen.line([(float(x), float(y)) for x, y in zip(places, heights, strict=True)], INK, 2)
    return Drawing(np.array(image), (left, 0, right, CURVE_SIDE), (CURVE_SIDE, CURVE_SIDE))
