"""Figures with several layers side by side, as a task. Importing this module imports no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.explorer.figure import UnitTile, check_ending, write_beside
from engine.explorer.freshness import demand_pictures
from engine.explorer.index import Index
from engine.explorer.tasks import NINE, reader_of
from engine.files import check_writable
from engine.jobs import Task
from engine.progress import Pace, Progress


@dataclass(frozen=True)
class Sheet:
    """The units of one layer that a figure shows."""

    layer: str
    units: tuple[int, ...]


def draw_sheets(index: Index, sheets: Sequence[Sheet], output: Path) -> Task[Progress, Path]:
    """Write a figure with one sheet a layer, from left to right.

    Raises:
        EngineError: UNIT_UNKNOWN, FILE_MISSING, INDEX_STALE, BAD_VALUE, DISK_FULL or NOT_WRITABLE.
    """
    check_ending(output)
    check_writable(output)
    reader, pace = reader_of(index), Pace(sum(len(sheet.units) for sheet in sheets))
    drawn: list[tuple[str, list[UnitTile]]] = []
    done = 0
    for sheet in sheets:
        tiles: list[UnitTile] = []
        for unit in sheet.units:
            entries = index.entries(sheet.layer, unit, NINE)
            demand_pictures(index, (entry.file for entry in entries))
            tiles.append(UnitTile(unit, reader.patches(entries)))
            done += 1
            yield pace.at(done)
        size = " x ".join(map(str, index.layer(sheet.layer).field.size))
        drawn.append((f"{index.network} {sheet.layer}, receptive field {size}", tiles))
    write_beside(output, drawn)
    return output
