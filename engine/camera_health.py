"""What can be wrong with a camera that still delivers pictures, each named, judged frame by frame."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np

from engine.images import Rgb

FROZEN_FRAMES: Final = 25
"""So many equal frames in a row never come from a working sensor: its noise differs every time."""

STALLED_FRAMES: Final = 25
"""So many frames with one and the same time stamp: the driver hands out an old buffer."""

BLACK: Final = 12
"""Grey value (0..255) below which 99 % of a picture lie when no light reaches the sensor."""

OVEREXPOSED: Final = 0.6
"""Share of white pixels that leaves nothing to recognise."""
WHITE: Final = 250

COVERED: Final = 14.0
"""Grey step between pixels four apart that not one in two hundred reaches when a thing lies on the lens:
it is out of focus everywhere, so only noise and slow shading are left. A room, even a dim one, has edges."""

STRIDE: Final = 4


class Fault(StrEnum):
    """What is wrong with a camera."""

    FROZEN = "frozen"
    STALLED = "stalled"
    BLACK = "black"
    COVERED = "covered"
    OVEREXPOSED = "overexposed"
    WRONG_SIZE = "wrong-size"
    VANISHED = "vanished"


class HealthMonitor:
    """Follows the frames of one opened source.

    Args:
        still: equal frames are normal (a folder of photographs, a video).
    """

    def __init__(self, *, still: bool) -> None:
        self._still = still
        self._size: tuple[int, ...] | None = None
        self._stamp: float | None = None
        self._stalled = 0

    def check(self, rgb: Rgb, repeats: int, stamp: float | None) -> Fault | None:
        """Return what is wrong with a frame, the gravest first; None when it is good.

        Args:
            rgb: uint8, H × W × 3.
            repeats: how many frames before it were equal to it.
            stamp: the device's own time of the frame in seconds; None when it has no clock.
        """
        size = rgb.shape[:2]
        self._size = self._size or size
        if size != self._size and not self._still:
            return Fault.WRONG_SIZE
        self._stalled = self._stalled + 1 if stamp is not None and stamp == self._stamp else 0
        self._stamp = stamp
        light = fault_of_light(rgb)
        if light is not None:
            return light
        if not self._still and repeats >= FROZEN_FRAMES:
            return Fault.FROZEN
        return Fault.STALLED if self._stalled >= STALLED_FRAMES else None


def fault_of_light(rgb: Rgb) -> Fault | None:
    """Return BLACK, OVEREXPOSED or COVERED for a picture that shows nothing."""
    grey = rgb[::STRIDE, ::STRIDE].astype(np.float32).mean(axis=2)
    if float(np.quantile(grey, 0.99)) < BLACK:
        return Fault.BLACK
    if float((grey >= WHITE).mean()) > OVEREXPOSED:
        return Fault.OVEREXPOSED
    steps = np.concatenate([np.abs(np.diff(grey, axis=axis)).ravel() for axis in (0, 1)])
    return Fault.COVERED if float(np.quantile(steps, 0.995)) < COVERED else None
