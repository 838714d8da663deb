"""Signals and volumes as inputs: windows of recordings, blocks of volumes. No torch.

A recording or volume is larger than what a network is shown; it is cut into windows side by side, and the
last one is shifted back so that nothing is missed. Each window is standardised for itself (mean 0, standard
deviation 1), so that a unit looks for shapes and not for how loud a recording was made.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.explorer.fields import Box
from engine.explorer.formats import SIGNAL_SUFFIXES, VOLUME_SUFFIXES, read_signal, read_volume
from engine.explorer.inputs import Numbers
from engine.folders import data_files
from engine.images import read_bytes

FLAT = 1e-12
"""Below this deviation a window is constant and stays 0."""


@dataclass(frozen=True)
class Windows:
    """:class:`engine.explorer.inputs.Inputs` for signals (one dimension) and volumes (three).

    ``window`` is the network's input in array order; ``every`` takes every n-th sample.
    """

    name: str
    window: tuple[int, ...]
    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (1.0,)
    every: int = 1

    @property
    def kind(self) -> str:
        """``signals`` or ``volumes``."""
        return "signals" if len(self.window) == 1 else "volumes"

    @property
    def size(self) -> tuple[int, ...]:
        """The window."""
        return self.window

    @property
    def channels(self) -> int:
        """One."""
        return 1

    def record(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        settings = {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items()}
        return {"kind": self.kind, **settings}

    def items(self, root: Path) -> tuple[str, ...]:
        """Return all windows of all files below a folder; a file that cannot be read is one item.

        Raises:
            EngineError: FILE_MISSING, FILE_UNREADABLE or NO_PICTURES.
        """
        suffixes = SIGNAL_SUFFIXES if self.kind == "signals" else VOLUME_SUFFIXES
        found: list[str] = []
        for path in data_files(root, suffixes, self.kind):
            file = path.relative_to(root).as_posix()
            try:
                shape = self.decode(read_bytes(path), f"{file}@")[0].shape[:-1]
            except EngineError:
                shape = self.window  # the scan meets the same fault and names it
            found += [f"{file}@{','.join(map(str, start))}" for start in starts(shape, self.window)]
        return tuple(sorted(found))

    def file_of(self, item: str) -> str:
        """Return what stands before the last ``@``."""
        return item.rpartition("@")[0]

    def decode(self, data: bytes, item: str) -> tuple[Numbers, str]:
        """Return the recording or volume as float32, its size + (1,).

        Raises:
            EngineError: FILE_UNREADABLE.
        """
        file = self.file_of(item)
        read = read_signal if self.kind == "signals" else read_volume
        numbers, remark = read(data, file)
        taken = numbers[(slice(None, None, self.every),) * numbers.ndim]
        bad = ~np.isfinite(taken)
        if bad.any():
            remark = f"{remark} {int(bad.sum())} of its numbers are not finite and count as 0.".strip()
        return np.where(bad, 0, taken).astype(np.float32)[..., None], remark

    def on_source(self, box: Box, shape: tuple[int, ...], item: str) -> tuple[float, ...]:
        """Map a box (x0, …, x1, …) of the window to samples of the recording or voxels of the volume."""
        start = tuple(reversed(start_of(item, len(self.window))))
        return tuple(float((value + start[i % len(start)]) * self.every) for i, value in enumerate(box))

    def cut(self, decoded: Numbers, item: str) -> Numbers:
        """Return one standardised window.

        Raises:
            EngineError: PICTURE_TOO_SMALL when the recording is shorter than the window.
        """
        start = start_of(item, len(self.window))
        window = decoded[tuple(slice(s, s + n) for s, n in zip(start, self.window, strict=True))]
        if window.shape[:-1] != self.window:
            wanted = " × ".join(map(str, self.window))
            raise EngineError(
                ErrorCode.PICTURE_TOO_SMALL,
                f"{self.file_of(item)} is smaller than the {wanted} samples that the network looks at.",
                self.file_of(item),
            )
        numbers = window.astype(np.float64)
        deviation = float(numbers.std())
        standard: Numbers = (numbers - numbers.mean()) / (deviation if deviation > FLAT else 1.0)
        return standard.astype(np.float32)


def starts(shape: Sequence[int], window: Sequence[int]) -> list[tuple[int, ...]]:
    """Return where windows begin so that they cover everything; at least one."""
    axes = []
    for length, size in zip(shape, window, strict=True):
        regular = list(range(0, max(1, length - size + 1), size))
        if regular[-1] + size < length:
            regular.append(length - size)
        axes.append(regular)
    return list(itertools.product(*axes))


def start_of(item: str, dimensions: int) -> tuple[int, ...]:
    """Return the first sample of an item, in array order; 0 when it names none."""
    text = item.rpartition("@")[2]
    return tuple(int(one) for one in text.split(",")) if text else (0,) * dimensions
