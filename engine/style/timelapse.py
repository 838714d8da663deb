"""A timeline as a film: MP4 through OpenCV, GIF through Pillow. No torch."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from engine import files
from engine.errors import EngineError, ErrorCode
from engine.files import write_error, writing
from engine.images import Rgb
from engine.jobs import Task
from engine.progress import Pace, Progress
from engine.style.timeline import Timeline

FORMATS = (".mp4", ".gif")
FRAMES_PER_SECOND = 15
HOLD_SECONDS = 1.5
"""How long the finished picture stands at the end."""

GIF_LONGEST, MP4_LONGEST = 640, 3840
"""Longer sides beyond which players or files become unwieldy; larger frames are shrunk."""


def check_film(path: Path) -> None:
    """Find out before a run that its film can be saved.

    Raises:
        EngineError: BAD_VALUE for an ending that is no film; NOT_WRITABLE.
    """
    if path.suffix.lower() not in FORMATS:
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"{path.name} does not end in .mp4 or .gif: the ending chooses the format.",
            path.name,
        )
    files.check_writable(path)


def film(
    timeline: Timeline, path: Path, *, frames_per_second: int = FRAMES_PER_SECOND
) -> Task[Progress, Path]:
    """Write the moments as a film, every one a frame of the newest one's size, the last one held.

    Raises:
        EngineError: BAD_VALUE for another ending or an empty timeline; DISK_FULL, NOT_WRITABLE.
    """
    check_film(path)
    moments = timeline.moments
    if not moments:
        raise EngineError(ErrorCode.BAD_VALUE, "Nothing was kept of this painting yet.", str(path))
    gif = path.suffix.lower() == ".gif"
    height, width = timeline.read(moments[-1]).shape[:2]
    size = _film_size(width, height, GIF_LONGEST if gif else MP4_LONGEST)
    pace = Pace(len(moments))
    frames: list[Image.Image] = []
    if gif:
        for done, moment in enumerate(moments, start=1):
            frames.append(
                _fitted(timeline.read(moment), size).quantize(256, dither=Image.Dither.FLOYDSTEINBERG)
            )
            yield pace.at(done)
        _write_gif(path, frames, frames_per_second)
        return path
    yield from _write_mp4(path, timeline, size, frames_per_second, pace)
    return path


def _film_size(width: int, height: int, longest: int) -> tuple[int, int]:
    """Return width and height within ``longest``, both even as MP4 wants them."""
    scale = min(1.0, longest / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _fitted(rgb: Rgb, size: tuple[int, int]) -> Image.Image:
    picture = Image.fromarray(rgb)
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def _write_gif(path: Path, frames: Sequence[Image.Image], frames_per_second: int) -> None:
    shown = [round(1000 / frames_per_second)] * len(frames)
    shown[-1] = round(HOLD_SECONDS * 1000)
    with writing(path) as file:
        frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=shown, loop=0)


def _write_mp4(
    path: Path, timeline: Timeline, size: tuple[int, int], frames_per_second: int, pace: Pace
) -> Iterator[Progress]:
    """OpenCV writes only to a path of its own, so the film is moved to its place when it is whole."""
    import cv2

    part = path.parent / f".{path.stem[:40]}.{uuid.uuid4().hex}.mp4"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = cv2.VideoWriter(str(part), cv2.VideoWriter.fourcc(*"mp4v"), float(frames_per_second), size)
        if not writer.isOpened():
            raise EngineError(
                ErrorCode.NOT_WRITABLE, f"{path} cannot be written. Choose another place.", str(path)
            )
        try:
            frame = np.zeros((size[1], size[0], 3), np.uint8)
            for done, moment in enumerate(timeline.moments, start=1):
                frame = np.ascontiguousarray(np.asarray(_fitted(timeline.read(moment), size))[:, :, ::-1])
                writer.write(frame)
                yield pace.at(done)
            for _ in range(round(HOLD_SECONDS * frames_per_second) - 1):
                writer.write(frame)
        finally:
            writer.release()
        if part.stat().st_size == 0:
            raise EngineError(ErrorCode.DISK_FULL, f"The disk is full: {path} was not written.", str(path))
        part.replace(path)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        part.unlink(missing_ok=True)
