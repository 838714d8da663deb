"""The frames of a recording, by its own clock: a video file or a folder of stills."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from engine.camera import Frame
from engine.camera_health import HealthMonitor
from engine.errors import EngineError, ErrorCode
from engine.folders import picture_files
from engine.images import Rgb, fit_within, read_picture

STILL_S: Final = 0.1
"""Stills have no clock: they count as ten a second."""

LONGEST: Final = 1280


def recording(place: Path, rate: float) -> Iterator[Frame]:
    """Yield at most ``rate`` frames a second of a video, or every picture of a folder in numerical order.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE or NO_PICTURES.
    """
    if place.is_dir():
        return stills(in_order(picture_files(place)))
    return _frames(_video(place, rate))


def stills(pictures: Sequence[Path]) -> Iterator[Frame]:
    """Yield pictures as the frames of a clip; unreadable ones are passed over.

    Raises:
        EngineError: FILE_UNREADABLE when none can be read.
    """
    return _frames((index * STILL_S, rgb) for index, rgb in enumerate(_readable(pictures)))


def in_order(pictures: Iterable[Path]) -> list[Path]:
    """Sort pictures by the numbers in their names: 2 before 10."""
    return sorted(
        pictures,
        key=lambda path: [
            (int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", path.name)
        ],
    )


def _readable(pictures: Sequence[Path]) -> Iterator[Rgb]:
    found = False
    for path in pictures:
        try:
            rgb = read_picture(path).rgb
        except EngineError:
            continue
        found = True
        yield fit_within(rgb, LONGEST)
    if not found and pictures:
        where = pictures[0].parent if len(pictures) > 1 else pictures[0]
        detail = f"No picture of {where} can be read. Use other copies of them."
        raise EngineError(ErrorCode.FILE_UNREADABLE, detail, str(where))


def _video(path: Path, rate: float) -> Iterator[tuple[float, Rgb]]:
    if not path.is_file():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {path}.", str(path))
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        own = capture.get(cv2.CAP_PROP_FPS)
        own = own if 1.0 <= own <= 240.0 else 25.0
        index, due, found = 0, 0.0, False
        while capture.grab():
            time, index = index / own, index + 1
            if time + 1e-9 < due:
                continue
            due += 1.0 / rate
            ok, bgr = capture.retrieve()
            if not ok:
                continue
            found = True
            yield time, fit_within(np.ascontiguousarray(bgr[:, :, ::-1], dtype=np.uint8), LONGEST)
        if not found:
            raise EngineError(
                ErrorCode.FILE_UNREADABLE,
                f"{path} is not a video that can be read. Convert it to MP4 (H.264) first.",
                str(path),
            )
    finally:
        capture.release()


def _frames(pictures: Iterable[tuple[float, Rgb]]) -> Iterator[Frame]:
    monitor, before, repeats = HealthMonitor(still=True), None, 0
    for index, (time, rgb) in enumerate(pictures):
        digest = zlib.crc32(rgb.data)
        fresh = digest != before
        repeats, before = (0 if fresh else repeats + 1), digest
        yield Frame(rgb, index, time, fresh, monitor.check(rgb, repeats, None))
