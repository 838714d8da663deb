"""Shows where a patch was cut from: a photo, a recording as a strip, a volume as three slices. No torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from engine.explorer.drawing import AXIS, INK, PAPER, grey
from engine.explorer.fields import clip
from engine.explorer.inputs import Numbers
from engine.explorer.patches import PatchReader
from engine.explorer.records import Entry
from engine.images import Rgb, fit_within, read_bytes, read_picture, read_reduced
from engine.jobs import Task

LONGEST = 1600
"""Pixels of a photo's longer side: more than a window shows."""
COARSE = 360
"""Pixels of the shorter side of a large photo's first picture."""
STRIP = (1200, 420)
"""Pixels of a drawn recording."""
CONTEXT = 1.0
"""So many windows before and behind the one that the network was shown are drawn too."""
SLICE = 420
"""Pixels of the longest side of a slice."""
SPACE = 12
WINDOW = (233, 238, 247)
"""The ground below what the network was shown."""

Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class SourceShown:
    """A picture of an entry's source, and the receptive field on it as boxes (x0, y0, x1, y1) in pixels."""

    entry: Entry
    rgb: Rgb
    boxes: tuple[Corners, ...]


def show_source(reader: PatchReader, entry: Entry) -> Task[SourceShown, SourceShown]:
    """Read and draw an entry's photo, recording or volume; a large photo comes coarse first.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE or PICTURE_TOO_LARGE.
    """
    if reader.inputs.kind == "pictures":
        return (yield from _photo(reader, entry))
    field = reader.patch(entry).photo_box
    yield None
    decoded, _ = reader.inputs.decode(read_bytes(reader.root / reader.inputs.file_of(entry.file)), entry.file)
    yield None
    whole = (0,) * len(reader.inputs.size) + tuple(reversed(reader.inputs.size))
    window = reader.inputs.on_source(whole, decoded.shape[:-1], entry.file)
    # the decoded numbers are every n-th sample; boxes count the file's own
    every = (window[len(window) // 2] - window[0]) / whole[len(whole) // 2]
    field, window = (tuple(one / every for one in box) for box in (field, window))
    if reader.inputs.kind == "signals":
        return _strip(entry, decoded, field, window)
    return _slices(entry, decoded, field)


def _photo(reader: PatchReader, entry: Entry) -> Task[SourceShown, SourceShown]:
    data = read_bytes(reader.root / entry.file)
    coarse = read_reduced(data, COARSE)
    if coarse is not None:
        yield _framed(reader, entry, *coarse)
    whole = read_picture(data, name=entry.file).rgb
    yield None
    return _framed(reader, entry, whole, (whole.shape[1], whole.shape[0]))


def _framed(reader: PatchReader, entry: Entry, rgb: Rgb, size: tuple[int, int]) -> SourceShown:
    """Lay the entry's box over its photo of ``size`` (width, height), which may be shown smaller."""
    shown = fit_within(rgb, LONGEST)
    inside = clip(entry.box, tuple(reversed(reader.inputs.size)))
    x0, y0, x1, y1 = reader.inputs.on_source(inside, (size[1], size[0]), entry.file)
    across, down = shown.shape[1] / size[0], shown.shape[0] / size[1]
    return SourceShown(entry, shown, ((x0 * across, y0 * down, x1 * across, y1 * down),))


def _strip(
    entry: Entry, decoded: Numbers, field: tuple[float, ...], window: tuple[float, ...]
) -> SourceShown:
    """Draw the recording around the window; the window lies on a tinted ground."""
    around = (window[1] - window[0]) * CONTEXT
    first, last = max(0, round(window[0] - around)), min(len(decoded), round(window[1] + around))
    values = decoded[first:last].mean(axis=-1)
    width, height = STRIP
    across = width / max(1, last - first)
    image = Image.new("RGB", STRIP, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle(((window[0] - first) * across, 0, (window[1] - first) * across, height), WINDOW)
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    span = high - low or 1.0
    down = (height - 40) / span
    pen.line((0, 20 + (high - 0.0) * down, width, 20 + (high - 0.0) * down), AXIS, 2)
    points = [((i + 0.5) * across, 20 + (high - float(value)) * down) for i, value in enumerate(values)]
    pen.line(points, INK, 3)
    box = ((field[0] - first) * across, 4.0, (field[1] - first) * across, height - 4.0)
    return SourceShown(entry, np.asarray(image), (box,))


def _slices(entry: Entry, decoded: Numbers, field: tuple[float, ...]) -> SourceShown:
    """Draw three slices through the middle of the field, side by side, each with the field on it."""
    x0, y0, z0, x1, y1, z1 = field
    starts, stops = (z0, y0, x0), (z1, y1, x1)  # array order
    low, high = float(decoded.min()), float(decoded.max())
    volume = (decoded - low) / ((high - low) or 1.0)
    pictures: list[Image.Image] = []
    boxes: list[Corners] = []
    left = 0.0
    for axis in range(3):
        middle = min(decoded.shape[axis] - 1, max(0, int((starts[axis] + stops[axis]) / 2)))
        plane = np.take(volume, middle, axis=axis)
        scale = SLICE / max(plane.shape[:2])
        size = (max(1, round(plane.shape[1] * scale)), max(1, round(plane.shape[0] * scale)))
        pictures.append(Image.fromarray(grey(plane)).resize(size, Image.Resampling.NEAREST))
        down, across = (other for other in range(3) if other != axis)
        boxes.append(
            (
                left + starts[across] * scale,
                starts[down] * scale,
                left + stops[across] * scale,
                stops[down] * scale,
            )
        )
        left += size[0] + SPACE
    sheet = Image.new("RGB", (round(left) - SPACE, max(one.height for one in pictures)), PAPER)
    place = 0
    for picture in pictures:
        sheet.paste(picture, (place, 0))
        place += picture.width + SPACE
    return SourceShown(entry, np.asarray(sheet), tuple(boxes))
