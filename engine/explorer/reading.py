"""Reads a picture that a person wants to point at. No torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.images import Rgb, fit_within, read_picture
from engine.jobs import Task


@dataclass(frozen=True)
class ReadPicture:
    """A picture, at most ``longest`` pixels long."""

    path: Path
    rgb: Rgb


def read_for_display(path: Path, longest: int = 1600) -> Task[None, ReadPicture]:
    """Read a picture, upright.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE or PICTURE_TOO_LARGE.
    """
    yield None
    return ReadPicture(path, fit_within(read_picture(path).rgb, longest))
