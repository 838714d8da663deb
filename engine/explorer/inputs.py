"""What a network is shown, for signals, pictures and volumes alike. No torch.

A scan goes through *items*. An item is a picture, a window of a recording, or a block of a volume; it is
named by its file's path below the scanned folder, and where one file holds several, by ``@`` and its first
sample: ``ecg.npz@4096``, ``head.nii.gz@32,64,0`` (in array order).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from numpy.typing import NDArray

from engine.explorer.fields import Box

Numbers = NDArray[Any]


class Inputs(Protocol):
    """How a network's input is made from files.

    ``size`` is the input's size in array order (length; height, width; depth, height, width), ``channels``
    how many numbers stand at each place. Mean and standard deviation, one per channel, are those of the
    network, and are applied on the device.
    """

    @property
    def kind(self) -> str:
        """``pictures``, ``signals`` or ``volumes``."""

    @property
    def size(self) -> tuple[int, ...]:
        """The input's size in array order."""

    @property
    def channels(self) -> int:
        """Numbers at each place."""

    @property
    def mean(self) -> tuple[float, ...]:
        """Per channel, on the scale of 0..1 for pictures."""

    @property
    def std(self) -> tuple[float, ...]:
        """Per channel, on the same scale."""

    def record(self) -> dict[str, Any]:
        """Return the settings as JSON values, as an index stores them."""

    def items(self, root: Path) -> tuple[str, ...]:
        """Return the names of all items below a folder, sorted: the numbering of a scan.

        Raises:
            EngineError: FILE_MISSING, FILE_UNREADABLE or NO_PICTURES.
        """

    def file_of(self, item: str) -> str:
        """Return the path, below the root, of the file that holds an item."""

    def decode(self, data: bytes, item: str) -> tuple[Numbers, str]:
        """Return what a file holds, and a remark in a sentence when something of it was left out.

        Raises:
            EngineError: NOT_A_PICTURE, FILE_UNREADABLE, PICTURE_TOO_LARGE or PICTURE_TOO_SMALL.
        """

    def on_source(self, box: Box, shape: tuple[int, ...], item: str) -> tuple[float, ...]:
        """Map a box from input pixels to those of the photo, recording or volume (of ``shape``)."""

    def cut(self, decoded: Numbers, item: str) -> Numbers:
        """Return an item, size + (channels,): uint8 for pictures, float32 else.

        Raises:
            EngineError: PICTURE_TOO_LARGE or PICTURE_TOO_SMALL.
        """
