"""What the tests of the desk's task share: a passive check, a scene, a clock, and how frames are fed."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np

from engine.camera import Frame
from engine.faces.desk.tasks import DeskView
from engine.faces.liveness.passive import PassiveCheck, PassiveLook
from engine.faces.matching import Thresholds
from engine.images import Rgb
from engine.jobs import WAIT
from engine.latest import Latest

LINES = Thresholds()


class Fake(PassiveCheck):
    """A passive check that says, raises or returns what it is told."""

    def __init__(self, answer: float | Exception) -> None:
        self.answer = answer

    def look(self, rgb: Rgb, box: tuple[float, float, float, float]) -> PassiveLook:
        if isinstance(self.answer, Exception):
            raise self.answer
        return PassiveLook(self.answer, True)


def scene(photo: Rgb, step: int, height: int = 300) -> Rgb:
    """A portrait before a wall that moves a little from frame to frame, as 640 × 480."""
    small = cv2.resize(photo, (round(photo.shape[1] * height / photo.shape[0]), height))
    frame = np.full((480, 640, 3), 120, np.uint8)
    frame[::9, :, :] = 90
    left, top = 200 + round(6 * math.sin(step)), 100 + step % 3
    width = min(small.shape[1], 640 - left)
    frame[top : top + height, left : left + width] = small[:, :width]
    return frame


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def drive(
    task: Iterator[object], frames: Latest[Frame], clock: Clock, pictures: list[Frame | None]
) -> list[DeskView]:
    """Step a desk through frames (None: the camera is silent for a while)."""
    views: list[DeskView] = []
    for frame in pictures:
        clock.now += 0.1 if frame is not None else 2.0
        if frame is not None:
            frames.put(Frame(frame.rgb, frame.index, clock.now - 0.02, frame.fresh, frame.fault))
        for shown in task:
            if isinstance(shown, DeskView):
                views.append(shown)
            if shown is WAIT:
                break
    return views
