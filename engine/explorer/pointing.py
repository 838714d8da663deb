"""A recording or a volume as pictures that a person can point at, part by part. No torch.

A recording is shown in stretches of four of the network's windows, a volume in slices along its first axis.
What a person points at is given back in the file's own samples or voxels, and the network is shown the
window around it: unlike in a scan, a window may begin anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.errors import EngineError, ErrorCode
from engine.explorer.drawing import AXIS, INK, PAPER, grey
from engine.explorer.inputs import Inputs, Numbers
from engine.images import Rgb, read_bytes
from engine.jobs import Task

STRETCH = (1200, 800)
"""Pixels of a drawn stretch of a recording."""
WINDOWS = 4
"""Windows of the network that one stretch shows."""
SLICE = 720
"""Pixels of the longer side of a drawn slice."""
MARGIN = 40

Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class Pointable:
    """A file whose numbers are at hand, and what of it is drawn: part ``number`` of ``count``.

    ``numbers`` are as the network takes them (every n-th of the file's); ``origin`` and ``scale`` lay pixels
    over them: sample = origin + pixel / scale.
    """

    path: Path
    inputs: Inputs
    numbers: Numbers
    number: int
    count: int
    rgb: Rgb
    origin: float
    scale: float

    def item(self, corners: Corners) -> str:
        """Return the name of the window around a box drawn on the part, in pixels."""
        return item_around(self.inputs, self.path.name, self.numbers.shape[:-1], self.spot(corners))

    def spot(self, corners: Corners) -> tuple[float, ...]:
        """Return a box drawn on the part as (x0, …, x1, …) in the file's own samples or voxels."""
        step = step_of(self.inputs)
        return tuple(one * step for one in self._inside(corners))

    def window(self, item: str) -> Corners:
        """Return where a window lies on the part, in pixels."""
        size = tuple(reversed(self.inputs.size))
        box = self.inputs.on_source((0,) * len(size) + size, self.numbers.shape[:-1], item)
        n, unit = len(size), step_of(self.inputs)
        left, right = ((box[i] / unit - self.origin) * self.scale for i in (0, n))
        if n == 1:
            return (left, 2.0, right, self.rgb.shape[0] - 2.0)
        return (left, box[1] / unit * self.scale, right, box[n + 1] / unit * self.scale)

    def _inside(self, corners: Corners) -> tuple[float, ...]:
        x0, y0, x1, y1 = corners
        if self.numbers.ndim == 2:
            return (self.origin + x0 / self.scale, self.origin + x1 / self.scale)
        depth = self.number + 0.5
        return (x0 / self.scale, y0 / self.scale, depth, x1 / self.scale, y1 / self.scale, depth)


def step_of(inputs: Inputs) -> float:
    """Return how many of the file's own samples one number of the network's input stands for."""
    n = len(inputs.size)
    return inputs.on_source((1,) * (2 * n), inputs.size, f"@{','.join('0' * n)}")[0]


def item_around(inputs: Inputs, name: str, shape: tuple[int, ...], spot: tuple[float, ...]) -> str:
    """Return the name of the window of a recording or volume around a spot.

    Args:
        shape: of what :meth:`Inputs.decode` gives, without channels.
        spot: (x0, …, x1, …) in the file's own samples or voxels.
    """
    n, step = len(shape), step_of(inputs)
    starts = []
    for axis, (length, size) in enumerate(zip(shape, inputs.size, strict=True)):
        middle = (spot[n - 1 - axis] + spot[2 * n - 1 - axis]) / 2 / step
        starts.append(max(0, min(length - size, round(middle - size / 2))))
    return f"{name}@{','.join(map(str, starts))}"


def read_pointable(inputs: Inputs, path: Path) -> Task[None, Pointable]:
    """Read a recording or volume and draw its first stretch or its middle slice.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE; PICTURE_TOO_SMALL when it is smaller than a window.
    """
    yield None
    numbers, _ = inputs.decode(read_bytes(path), f"{path.name}@{','.join('0' * len(inputs.size))}")
    shape = numbers.shape[:-1]
    if any(length < size for length, size in zip(shape, inputs.size, strict=True)):
        wanted = " × ".join(map(str, inputs.size))
        detail = f"{path.name} is smaller than the {wanted} samples that the network looks at."
        raise EngineError(ErrorCode.PICTURE_TOO_SMALL, detail, path.name)
    yield None
    return draw_part(inputs, path, numbers, 0 if len(shape) == 1 else shape[0] // 2)


def turn_to(pointable: Pointable, number: int) -> Pointable:
    """Return the same file with another part drawn."""
    number = max(0, min(pointable.count - 1, number))
    return draw_part(pointable.inputs, pointable.path, pointable.numbers, number)


def draw_part(inputs: Inputs, path: Path, numbers: Numbers, number: int) -> Pointable:
    """Draw one stretch of a recording, or one slice of a volume."""
    if numbers.ndim == 2:
        length = min(len(numbers), WINDOWS * inputs.size[0])
        count = -(-len(numbers) // length)
        first = min(number * length, len(numbers) - length)
        rgb = _curve(numbers[first : first + length].mean(axis=-1))
        return Pointable(path, inputs, numbers, number, count, rgb, float(first), STRETCH[0] / length)
    low, high = float(numbers.min()), float(numbers.max())
    plane = (numbers[number] - low) / ((high - low) or 1.0)
    scale = SLICE / max(plane.shape[:2])
    size = (max(1, round(plane.shape[1] * scale)), max(1, round(plane.shape[0] * scale)))
    rgb = np.asarray(Image.fromarray(grey(plane)).resize(size, Image.Resampling.NEAREST))
    return Pointable(path, inputs, numbers, number, len(numbers), rgb, 0.0, scale)


def _curve(values: Numbers) -> Rgb:
    width, height = STRETCH
    image = Image.new("RGB", STRETCH, PAPER)
    pen = ImageDraw.Draw(image)
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    down = (height - 2 * MARGIN) / ((high - low) or 1.0)
    pen.line((0, MARGIN + high * down, width, MARGIN + high * down), AXIS, 2)
    across = width / len(values)
    points = [((i + 0.5) * across, MARGIN + (high - float(value)) * down) for i, value in enumerate(values)]
    pen.line(points, INK, 2)
    return np.asarray(image)
