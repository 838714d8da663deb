"""Cuts the patch that a unit saw out of a picture. No torch.

A patch is taken from the picture as the network was shown it (after resizing and cropping), because only
there is the receptive field a whole number of pixels.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.explorer.feed import WORKERS
from engine.explorer.fields import Box, clip
from engine.explorer.preprocess import Placement, Preprocessing
from engine.explorer.records import Entry
from engine.images import Rgb, read_picture

KEPT = 600
"""Pictures kept in memory, 150 kB each."""


@dataclass(frozen=True)
class Shown:
    """A picture as the network was shown it, and how that lies on the photo."""

    rgb: Rgb
    placement: Placement


@dataclass(frozen=True)
class Patch:
    """What one entry's unit saw.

    ``rgb`` is the part of the receptive field that lies on the picture; ``box`` the whole field in
    network-input pixels, before clipping; ``inside`` the part (x0, y0, x1, y1) that ``rgb`` fills,
    relative to the box; ``photo_box`` the clipped field in pixels of the upright photo.
    """

    entry: Entry
    rgb: Rgb
    box: Box
    inside: Box
    photo_box: tuple[float, float, float, float]


class PatchReader:
    """Reads patches of one folder of pictures; keeps the pictures used last. Safe to use from threads.

    Args:
        root: the folder that the entries' files start from.
        preprocessing: the one that the index was made with.
    """

    def __init__(self, root: Path, preprocessing: Preprocessing) -> None:
        self.root = root
        self.preprocessing = preprocessing
        self._kept: OrderedDict[str, Shown] = OrderedDict()
        self._lock = threading.Lock()

    def shown(self, file: str) -> Shown:
        """Return a picture as the network was shown it.

        Raises:
            EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE or PICTURE_TOO_LARGE.
        """
        with self._lock:
            if file in self._kept:
                self._kept.move_to_end(file)
                return self._kept[file]
        rgb = read_picture(self.root / file, name=file).rgb
        shown = Shown(self.preprocessing.apply(rgb), self.preprocessing.place(rgb.shape[1], rgb.shape[0]))
        with self._lock:
            self._kept[file] = shown
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return shown

    def patch(self, entry: Entry) -> Patch:
        """Cut one entry's patch.

        Raises:
            EngineError: as :meth:`shown`.
        """
        shown = self.shown(entry.file)
        height, width = shown.rgb.shape[:2]
        x0, y0, x1, y1 = clip(entry.box, (width, height))
        left, top = entry.box[:2]
        inside = (x0 - left, y0 - top, x1 - left, y1 - top)
        rgb = np.ascontiguousarray(shown.rgb[y0:y1, x0:x1])
        return Patch(entry, rgb, entry.box, inside, shown.placement.on_photo((x0, y0, x1, y1)))

    def patches(self, entries: Sequence[Entry]) -> tuple[Patch, ...]:
        """Cut several patches, decoding the pictures side by side.

        Raises:
            EngineError: as :meth:`shown`, for the first entry concerned.
        """
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="patch") as pool:
            return tuple(pool.map(self.patch, entries))
