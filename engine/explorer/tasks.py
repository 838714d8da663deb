"""What Explain can do, as tasks. Importing this module does not import torch."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError, ErrorCode
from engine.explorer.aligned import DETECTOR, read_record
from engine.explorer.figure import UnitTile, check_ending, write_figure
from engine.explorer.freshness import check_alignment, check_weights, demand_pictures, missing_pictures
from engine.explorer.index import HEADER, Index, entry_at, read_index, refuse_foreign, write_index
from engine.explorer.inputs import Inputs
from engine.explorer.kinds import explainable, inputs_from, weights_of
from engine.explorer.merge import merge_indexes
from engine.explorer.patches import Patch, PatchReader
from engine.explorer.records import Entry, LiveLayer, ScanOptions, ScanResult, ScanStep, Skipped, Wish
from engine.explorer.statistics import duplicate_files
from engine.explorer.unit_tasks import explained_for
from engine.files import check_writable
from engine.jobs import Task
from engine.models import ModelCard, Models
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.explorer.networks import Explained
    from engine.explorer.replay import Replayed

NINE = 9

SAVE_EVERY_S = 30.0
"""How much of a scan a crash can cost."""


def networks(models: Models) -> tuple[ModelCard, ...]:
    """Return the networks whose units can be explained."""
    return tuple(card for card in models.cards if explainable(card))


def scan_folder(
    models: Models,
    network: str,
    pictures: Path,
    index: Path,
    *,
    layers: Sequence[str] = (),
    options: ScanOptions | None = None,
    resume: bool = False,
    shard: tuple[int, int] = (0, 1),
    wish: Wish | None = None,
) -> Task[ScanStep, ScanResult]:
    """Scan the pictures below a folder and store the index.

    Every half minute, and when closed in the middle, it stores what it has as an incomplete index that the
    next scan can go on from; a complete index that it does not go on from stays until the new one is whole.

    Args:
        resume: go on from the index that stands there, if it fits; only new pictures are read.
        shard: (i, n): scan every n-th picture of the sorted folder, starting with the i-th.

    Raises:
        EngineError: FILE_MISSING, NO_PICTURES, UNIT_UNKNOWN, MODEL_*, BAD_VALUE, DISK_FULL, NOT_WRITABLE.
    """
    root = Path(os.path.abspath(pictures))  # noqa: PTH100 - resolve() would follow links out of the folder
    refuse_foreign(index)
    check_writable(index / HEADER)
    yield None
    from engine.explorer.loading import load_network
    from engine.explorer.scan import Scan

    explained = load_network(models, network)
    yield None
    names = explained.inputs.items(root)[shard[0] :: shard[1]]
    if not names:
        raise EngineError(ErrorCode.NO_PICTURES, f"This shard of {root} holds no picture.", str(root))
    options = options or ScanOptions()
    wanted = tuple(tap.layer for tap in explained.taps(layers))
    record = read_record(root)
    aligned = record.method if record is not None else ""
    before = _usable(index, explained, wanted, options, root, names) if resume else None
    before = before if before is not None and before.aligned == aligned else None
    scan = Scan(
        explained, root, names, layers=layers, options=options, before=before, wish=wish, aligned=aligned
    )
    keep_old = before is None and _is_complete(index)
    complete, saved = False, time.monotonic()
    try:
        for step in scan.steps():
            yield step
            if scan.scanned and not keep_old and time.monotonic() - saved > SAVE_EVERY_S:
                write_index(index, scan.index(complete=False))
                saved = time.monotonic()
        complete = True
    finally:
        if complete or (scan.scanned and not keep_old):
            write_index(index, scan.index(complete=complete))
    found = scan.index(complete=True)
    return ScanResult(
        index,
        len(found.pictures),
        scan.scanned,
        found.skipped,
        found.layers,
        scan.seconds,
        scan.scanned / scan.seconds if scan.seconds else 0.0,
        tuple(Skipped(one.file, one.remark) for one in found.pictures if one.remark),
        duplicate_files(found),
    )


def open_index(folder: Path, models: Models | None = None, images: Path | None = None) -> Index:
    """Read an index; ``images`` says where its pictures are now, if they were moved.

    Raises:
        EngineError: INDEX_MISSING, INDEX_DAMAGED; INDEX_STALE when ``models`` has other weights.
    """
    index = read_index(folder)
    if images is not None:
        index = replace(index, root=os.path.abspath(images))  # noqa: PTH100 - as in scan_folder
    if models is not None:
        check_weights(index, weights_of(models, index.network))
        check_alignment(index, models.card(DETECTOR).sha256)
    return index


def reader_of(index: Index) -> PatchReader:
    """Return a reader of the patches of an index."""
    return PatchReader(Path(index.root), inputs_of(index))


def inputs_of(index: Index) -> Inputs:
    """Return how the input was made that an index was made with.

    Raises:
        EngineError: INDEX_STALE when this program does not know it.
    """
    return inputs_from(index.preprocessing)


@dataclass(frozen=True)
class Opened:
    """An index that the window shows again; ``gone`` of its pictures are not where they were."""

    index: Index
    gone: int


def reopen(folder: Path, models: Models) -> Task[None, Opened]:
    """Open an index and look for all of its pictures.

    Raises:
        EngineError: as :func:`open_index`; INDEX_STALE when a picture was changed.
    """
    index = open_index(folder, models)
    yield None
    gone = missing_pictures(index, (picture.file for picture in index.pictures))
    return Opened(index, len(gone))


def entries_of_live(live: LiveLayer, unit: int) -> tuple[Entry, ...]:
    """Return a unit's entries in the middle of a scan."""
    return tuple(
        entry_at(live.layer, live.top, live.files, unit, rank) for rank in range(live.top.filled(unit))
    )


@dataclass(frozen=True)
class Tiles:
    """Tiles cut so far, in the order asked for; a unit whose pictures cannot be read has none."""

    layer: str
    tiles: tuple[UnitTile, ...]


def cut_tiles(
    reader: PatchReader, layer: str, wanted: Sequence[tuple[int, tuple[Entry, ...]]]
) -> Task[Tiles, Tiles]:
    """Cut the patches of several units; the snapshots grow by one unit each.

    A picture that cannot be read any more leaves its place empty.
    """
    done: list[UnitTile] = []
    for unit, entries in wanted:
        done.append(UnitTile(unit, _readable(reader, entries)))
        yield Tiles(layer, tuple(done))
    return Tiles(layer, tuple(done))


def replay_index(models: Models, index: Index, *, sample: int, seed: int = 0) -> Task[Progress, Replayed]:
    """Compute entries chosen at random again and compare them with the index.

    Raises:
        EngineError: FILE_MISSING, INDEX_STALE or MODEL_*.
    """
    explained = yield from explained_for(models, index)
    from engine.explorer.replay import replay

    return (yield from replay(index, explained, sample=sample, seed=seed))


def draw_figure(index: Index, layer: str, units: Sequence[int], output: Path) -> Task[Progress, Path]:
    """Write a figure of some units of a layer.

    Raises:
        EngineError: UNIT_UNKNOWN, FILE_MISSING, INDEX_STALE, BAD_VALUE, DISK_FULL or NOT_WRITABLE.
    """
    from engine.progress import Pace

    check_ending(output)
    chosen = [(unit, index.entries(layer, unit, NINE)) for unit in units]
    demand_pictures(index, (entry.file for _, entries in chosen for entry in entries))
    reader, pace = reader_of(index), Pace(len(chosen))
    tiles = []
    for unit, entries in chosen:
        tiles.append(UnitTile(unit, reader.patches(entries)))
        yield pace.at(len(tiles))
    size = " x ".join(map(str, index.layer(layer).field.size))
    title = f"{index.network} {layer}: top {NINE} of {len(index.pictures)} pictures, receptive field {size}"
    write_figure(output, title, tiles)
    return output


def merge_folders(folders: Sequence[Path], output: Path) -> Task[Progress, Index]:
    """Merge stored indexes into one.

    Raises:
        EngineError: INDEX_MISSING, INDEX_DAMAGED, INDEX_STALE, BAD_VALUE, DISK_FULL or NOT_WRITABLE.
    """
    refuse_foreign(output)
    indexes = []
    for folder in folders:
        indexes.append(read_index(folder))
        yield None
    merged = merge_indexes(indexes)
    write_index(output, merged)
    return merged


def _readable(reader: PatchReader, entries: Sequence[Entry]) -> tuple[Patch, ...]:
    patches = []
    for entry in entries:
        try:
            patches.append(reader.patch(entry))
        except EngineError:
            continue  # the photo was moved or is damaged now; its place in the tile stays empty
    return tuple(patches)


def _is_complete(folder: Path) -> bool:
    try:
        return read_index(folder).complete
    except EngineError:
        return False


def _usable(
    folder: Path,
    explained: Explained,
    layers: tuple[str, ...],
    options: ScanOptions,
    root: Path,
    names: Sequence[str],
) -> Index | None:
    """Return the stored index if a scan can go on from it: same settings, none of its pictures changed."""
    try:
        index = read_index(folder)
        same = (
            index.weights == explained.weights
            and dict(index.preprocessing) == explained.inputs.record()
            and tuple(layer.name for layer in index.layers) == layers
            and index.k == options.top
            and Path(index.root) == root
            and {picture.file for picture in index.pictures} <= set(names)
        )
        if same and not missing_pictures(index, (picture.file for picture in index.pictures)):
            return index
    except EngineError:
        return None  # no index, a damaged or a stale one: the scan starts from the beginning
    return None
