"""Masks that a person paints: kept as files, because a recipe names files. No torch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.images import read_picture, write_picture
from engine.jobs import Task

Mask = NDArray[np.uint8]
"""H × W, 255 inside the region, 0 outside, between at a soft edge."""


def keep_mask(folder: Path, mask: Mask) -> Path:
    """Write a mask as a PNG named by its content, so that the same mask is the same file.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    name = hashlib.sha256(str(mask.shape).encode() + np.ascontiguousarray(mask).tobytes()).hexdigest()[:32]
    path = folder / f"{name}.png"
    if not path.is_file():
        write_picture(path, np.repeat(mask[:, :, None], 3, axis=2))
    return path


def read_masks(files: Mapping[str, Path]) -> Task[None, dict[str, Mask]]:
    """Read pictures as masks: their light is how much belongs to the region.

    Raises:
        EngineError: of reading a picture.
    """
    found = {}
    for name, path in files.items():
        found[name] = np.array(Image.fromarray(read_picture(path).rgb).convert("L"))
        yield None
    return found
