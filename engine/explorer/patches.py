"""Cuts the patch that a unit saw out of a picture, a recording or a volume. No torch.

A patch is taken from the item as the network was shown it (of a photo: after resizing and cropping), because
only there is the receptive field a whole number of pixels.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.explorer.drawing import draw
from engine.explorer.feed import decoders
from engine.explorer.fields import Box, clip
from engine.explorer.inputs import Inputs, Numbers
from engine.explorer.preprocess import Preprocessing
from engine.explorer.records import Entry
from engine.images import Rgb, read_bytes

KEPT_BYTES = 100_000_000
"""Items kept in memory: some 600 pictures of 224 × 224."""

COARSE_KEPT = 200
"""Large photos kept at a fraction of their size: one photo is among the nine of many units."""


@dataclass(frozen=True)
class Shown:
    """An item as the network was shown it (size + (channels,)), and the size of what it was cut from."""

    numbers: Numbers
    source: tuple[int, ...]

    @property
    def size(self) -> tuple[int, ...]:
        """The input's size as people draw: (width, height, …)."""
        return tuple(reversed(self.numbers.shape[:-1]))


@dataclass(frozen=True)
class Patch:
    """What one entry's unit saw.

    ``rgb`` is the part of the receptive field that lies on the picture; ``box`` the whole field in
    network-input pixels, before clipping; ``inside`` the part (x0, y0, x1, y1) that ``rgb`` fills of the
    frame of ``frame`` (width, height) pixels that stands for the whole field; ``photo_box`` the clipped
    field in pixels of the upright photo. Of a recording or a volume, ``rgb`` is a drawing, box and
    ``photo_box`` have one or three dimensions; ``numbers`` are the clipped field's own numbers.
    """

    entry: Entry
    rgb: Rgb
    box: Box
    inside: Box
    frame: tuple[int, int]
    photo_box: tuple[float, ...]
    numbers: Numbers


class PatchReader:
    """Reads patches of one folder; keeps the items used last. Safe to use from threads.

    Args:
        root: the folder that the entries' files start from.
        inputs: those that the index was made with.
    """

    def __init__(self, root: Path, inputs: Inputs) -> None:
        self.root = root
        self.inputs = inputs
        self._kept: OrderedDict[str, Shown] = OrderedDict()
        self._coarse: OrderedDict[str, Shown] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def shown(self, item: str) -> Shown:
        """Return an item as the network was shown it.

        Raises:
            EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE or PICTURE_TOO_LARGE.
        """
        with self._lock:
            if item in self._kept:
                self._kept.move_to_end(item)
                return self._kept[item]
        decoded, _ = self.inputs.decode(read_bytes(self.root / self.inputs.file_of(item)), item)
        shown = Shown(self.inputs.cut(decoded, item), decoded.shape[:-1])
        with self._lock:
            if item in self._kept:  # another thread was quicker
                return self._kept[item]
            self._coarse.pop(item, None)
            self._kept[item] = shown
            self._bytes += shown.numbers.nbytes
            while self._bytes > KEPT_BYTES and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].numbers.nbytes
        return shown

    def glimpse(self, entry: Entry) -> Patch | None:
        """Return a patch without delay: of a large photo, decoded at a fraction of its size.

        It may differ a little from :meth:`patch` in its pixels, not in its place. None when there is nothing
        quicker than :meth:`patch`.
        """
        with self._lock:
            at_hand = self._kept.get(entry.file) or self._coarse.get(entry.file)
        if at_hand is not None:
            return cut_patch(self.inputs, at_hand, entry)
        if not isinstance(self.inputs, Preprocessing):
            return None
        found = self.inputs.glimpse(read_bytes(self.root / entry.file))
        if found is None:
            return None
        coarse = Shown(*found)
        with self._lock:
            self._coarse[entry.file] = coarse
            while len(self._coarse) > COARSE_KEPT:
                self._coarse.popitem(last=False)
        return cut_patch(self.inputs, coarse, entry)

    def at_hand(self, entry: Entry) -> bool:
        """Whether an entry's item need not be read again."""
        with self._lock:
            return entry.file in self._kept

    def patch(self, entry: Entry) -> Patch:
        """Cut one entry's patch.

        Raises:
            EngineError: as :meth:`shown`.
        """
        return cut_patch(self.inputs, self.shown(entry.file), entry)

    def patches(self, entries: Sequence[Entry]) -> tuple[Patch, ...]:
        """Cut several patches, decoding the pictures side by side.

        Raises:
            EngineError: as :meth:`shown`, for the first entry concerned.
        """
        with decoders("patch") as pool:
            return tuple(pool.map(self.patch, entries))


def cut_patch(inputs: Inputs, shown: Shown, entry: Entry) -> Patch:
    """Cut an entry's field out of an item at hand."""
    inner = clip(entry.box, shown.size)
    numbers = shown.numbers[slices(inner)]
    drawing = draw(numbers, entry.box, inner)
    source_box = inputs.on_source(inner, shown.source, entry.file)
    return Patch(entry, drawing.rgb, entry.box, drawing.inside, drawing.frame, source_box, numbers)


def slices(box: Box) -> tuple[slice, ...]:
    """Return a box (x0, y0, …, x1, y1, …) as slices of an array (…, y, x)."""
    half = len(box) // 2
    return tuple(
        slice(start, stop) for start, stop in zip(reversed(box[:half]), reversed(box[half:]), strict=True)
    )
