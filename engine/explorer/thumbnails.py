"""Draws tiles at the size of the screen, on the engine's thread, so that the window only has to show them.

No torch. What lies outside the picture stays transparent: the window says with its theme what that means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import EngineError
from engine.explorer.feed import decoders
from engine.explorer.patches import Patch, PatchReader
from engine.explorer.records import Entry
from engine.jobs import Task

GAP = 2
"""Pixels between two patches of a tile."""
PIXELS_SHOW = 3.0
"""From this enlargement on the pixels keep their edges: a person should see that there are only 11."""


@dataclass(frozen=True)
class Wanted:
    """A tile to be drawn: ``number`` is its place on the wall; its entries, strongest first."""

    number: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Thumbnail:
    """A drawn tile: ``rgba`` is side × side × 4 uint8, alpha 0 where there is no picture.

    ``exact`` is False while large photos in it were decoded at a fraction of their size.
    """

    number: int
    rgba: NDArray[np.uint8]
    exact: bool = True


@dataclass(frozen=True)
class Thumbnails:
    """The tiles drawn so far, in the order asked for."""

    tiles: tuple[Thumbnail, ...]


def draw_thumbnails(
    reader: PatchReader, wanted: Sequence[Wanted], side: int, *, exact: bool = True
) -> Task[Thumbnails, Thumbnails]:
    """Cut and draw several tiles ``side`` pixels wide; the snapshots grow by one each.

    A picture that cannot be read any more leaves its place empty.

    Args:
        exact: or else take for large photos what can be had at once.
    """
    done: list[Thumbnail] = []
    with decoders("tile") as pool:
        for tile in wanted:
            patches: list[Patch | None] = []
            sharp = True
            for patch, whole in pool.map(partial(_look, reader, exact=exact), tile.entries[:9]):
                patches.append(patch)
                sharp = sharp and whole
                yield None
            done.append(Thumbnail(tile.number, draw_nine(patches, side), sharp))
            yield Thumbnails(tuple(done))
    return Thumbnails(tuple(done))


def _look(reader: PatchReader, entry: Entry, *, exact: bool) -> tuple[Patch | None, bool]:
    """Return an entry's patch, and whether it is exact."""
    if not exact and not reader.at_hand(entry):
        quick = glimpse_patch(reader, entry)
        if quick is not None:
            return quick, False
    return read_patch(reader, entry), True


def read_patch(reader: PatchReader, entry: Entry) -> Patch | None:
    """Return an entry's patch, or None when its photo was moved or is damaged now."""
    try:
        return reader.patch(entry)
    except EngineError:
        return None


def draw_nine(patches: Sequence[Patch | None], side: int) -> NDArray[np.uint8]:
    """Return up to nine patches, 3 × 3, as a side × side × 4 picture; all else is transparent."""
    tile = np.zeros((side, side, 4), dtype=np.uint8)
    cell = cell_side(side)
    for place, patch in enumerate(patches[:9]):
        if patch is not None:
            left, top = ((place % 3) * (cell + GAP), (place // 3) * (cell + GAP))
            _paste(tile[top : top + cell, left : left + cell], patch)
    return tile


def cell_side(side: int) -> int:
    """Return how wide one of the nine patches of a tile is drawn."""
    return (side - 2 * GAP) // 3


def _paste(cell: NDArray[np.uint8], patch: Patch) -> None:
    """Draw the part of the receptive field that lies on the picture at its place in the cell."""
    side = cell.shape[0]
    width, height = patch.frame
    left, right = (round(x * side / width) for x in patch.inside[0::2])
    top, bottom = (round(y * side / height) for y in patch.inside[1::2])
    if right <= left or bottom <= top:
        return
    way = Image.Resampling.NEAREST if side >= PIXELS_SHOW * width else Image.Resampling.BICUBIC
    drawn = Image.fromarray(patch.rgb).resize((right - left, bottom - top), way)
    cell[top:bottom, left:right, :3] = np.asarray(drawn)
    cell[top:bottom, left:right, 3] = 255


@dataclass(frozen=True)
class Cut:
    """The patches of some entries, in their order; None where one is still to come, or cannot be read."""

    patches: tuple[Patch | None, ...]


def cut_patches(reader: PatchReader, entries: Sequence[Entry]) -> Task[Cut, Cut]:
    """Cut patches, decoding the pictures side by side.

    First come those that can be had at once (large photos at a fraction of their size), one after another;
    then one after another becomes exact.
    """
    cut: list[Patch | None] = [None] * len(entries)
    with decoders("patch") as pool:
        for look in (glimpse_patch, read_patch):
            for place, patch in enumerate(pool.map(partial(look, reader), entries)):
                if cut[place] is not patch:
                    cut[place] = patch
                    yield Cut(tuple(cut))
    return Cut(tuple(cut))


def glimpse_patch(reader: PatchReader, entry: Entry) -> Patch | None:
    """Return what can be shown of an entry at once, or None."""
    try:
        return reader.glimpse(entry)
    except EngineError:
        return None
