"""What a person drops on the Paint panel: pictures, several at once, folders of them, paintings. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.files import sha256_of
from engine.folders import picture_files
from engine.images import Rgb, fit_within, read_picture
from engine.jobs import Task
from engine.style.recipe import Recipe
from engine.style.save import recipe_in, sources_in
from engine.style.steps import Source

MOST_STYLES = 12
"""More styles in one blend are grey mud; a folder of more is for a batch."""


@dataclass(frozen=True)
class Glance:
    """A picture made small for a drop zone.

    ``rgb`` is uint8; ``width`` and ``height`` are those of the file; ``recipe`` is the one that it was
    painted by, None for other pictures; ``changed`` are inputs of that painting whose file is another
    one now.
    """

    path: Path
    rgb: Rgb
    width: int
    height: int
    recipe: Recipe | None = None
    changed: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Look:
    """What was in a drop: all its pictures, and the first ones small.

    ``folder`` is where they came from when one folder was dropped.
    """

    glances: tuple[Glance, ...]
    pictures: tuple[Path, ...]
    folder: Path | None = None

    @property
    def left_out(self) -> int:
        """How many pictures there are beyond those looked at."""
        return len(self.pictures) - len(self.glances)


def unpack(paths: Sequence[Path]) -> tuple[Path, ...]:
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
    return tuple(found)


def look(paths: Sequence[Path], longest: int, most: int) -> Task[None, Look]:
    """Unpack a drop and make its first ``most`` pictures small, longer sides at most ``longest`` pixels.

    Raises:
        EngineError: of unpacking or reading a picture, or BAD_VALUE for a recipe of a newer version.
    """
    pictures = unpack(paths)
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    found = []
    for path in pictures[:most]:
        found.append(glance(path, longest))
        yield None
    return Look(tuple(found), pictures, folder)


def glance(path: Path, longest: int) -> Glance:
    """Read one picture small, with the recipe inside.

    Raises:
        EngineError: of reading it, or BAD_VALUE for a recipe of a newer version.
    """
    picture = read_picture(path)
    width, height = picture.size
    recipe = recipe_in(picture.text)
    changed = () if recipe is None else tuple(filter(_is_another, sources_in(picture.text)))
    return Glance(path, fit_within(picture.rgb, longest), width, height, recipe, changed)


def _is_another(source: Source) -> bool:
    """Whether an input's file is there and holds something else than when it was painted."""
    path = Path(source.file)
    try:
        return path.is_file() and sha256_of(path) != source.sha256
    except OSError:
        return False
