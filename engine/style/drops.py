"""What a person drops on the Paint panel: pictures, several at once, folders of them. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.images import picture_files

MOST_STYLES = 12
"""More styles in one blend are grey mud; a folder of more is for a batch."""


@dataclass(frozen=True)
class Drop:
    """The pictures in a drop. ``folder`` is where they came from when one folder was dropped;
    ``left_out`` counts pictures beyond the most that can be used."""

    pictures: tuple[Path, ...]
    folder: Path | None = None
    left_out: int = 0


def unpack(paths: Sequence[Path], most: int | None = None) -> Drop:
    """Replace folders by the pictures below them, in order, each once.

    Raises:
        EngineError: FILE_MISSING or FILE_UNREADABLE, or NO_PICTURES for a folder without any.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(picture_files(path))
        elif path.is_file():
            found[path] = None
        else:
            raise EngineError(ErrorCode.FILE_MISSING, f"{path} is not there any more.", str(path))
    pictures = tuple(found)
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    if most is not None and len(pictures) > most:
        return Drop(pictures[:most], folder, len(pictures) - most)
    return Drop(pictures, folder)
