"""Joins the indexes of shards: the same index as one scan over all of their pictures. No torch.

Merging is associative, so a cluster's own scheduler may scan shards in any grouping.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.explorer.index import Index
from engine.explorer.records import PictureFile, Skipped
from engine.explorer.tally import merge_samples, merge_tallies, renumber_sample, renumber_tally
from engine.explorer.topk import merge, renumber


def merge_indexes(indexes: Sequence[Index]) -> Index:
    """Return one index for the pictures of all.

    The root becomes the folder that all roots share.

    Raises:
        EngineError: INDEX_STALE when they were not made with the same network, weights, preprocessing,
            layers and k; BAD_VALUE when a picture stands in two of them: it would be counted twice.
    """
    root = os.path.commonpath([index.root for index in indexes])
    moved = [_below(index, root) for index in indexes]
    for other in moved[1:]:
        _demand_alike(moved[0], other)
    files = _all_files(moved)
    names = sorted(files)
    number_of = {name: number for number, name in enumerate(names)}
    numbers = [
        np.array([number_of[picture.file] for picture in index.pictures], dtype=np.int32) for index in moved
    ]
    both = list(zip(moved, numbers, strict=True))
    layers = [layer.name for layer in moved[0].layers]
    skipped: dict[str, Skipped] = {one.file: one for index in moved for one in index.skipped}
    return replace(
        moved[0],
        root=root,
        pictures=tuple(files[name] for name in names),
        tops={
            layer: reduce(merge, (renumber(index.tops[layer], new) for index, new in both))
            for layer in layers
        },
        tallies={
            layer: reduce(merge_tallies, (renumber_tally(index.tallies[layer], new) for index, new in both))
            for layer in layers
        },
        sample=reduce(merge_samples, (renumber_sample(index.sample, new) for index, new in both)),
        skipped=tuple(skipped[name] for name in sorted(skipped)),
        complete=all(index.complete for index in moved),
    )


def _below(index: Index, root: str) -> Index:
    """Return the index with its paths starting from another root above its own."""
    prefix = Path(index.root).relative_to(root).as_posix()
    if prefix == ".":
        return index
    return replace(
        index,
        root=root,
        pictures=tuple(replace(one, file=f"{prefix}/{one.file}") for one in index.pictures),
        skipped=tuple(replace(one, file=f"{prefix}/{one.file}") for one in index.skipped),
    )


def _demand_alike(one: Index, other: Index) -> None:
    for what, mine, its in (
        ("network", one.network, other.network),
        ("weights", one.weights, other.weights),
        ("preprocessing", dict(one.preprocessing), dict(other.preprocessing)),
        ("detector of faces", one.aligned, other.aligned),
        ("layers", one.layers, other.layers),
        ("number of pictures per unit", one.k, other.k),
    ):
        if mine != its:
            raise EngineError(
                ErrorCode.INDEX_STALE,
                f"The indexes differ in {what} and cannot be merged. Scan the shards with the same settings.",
                what,
            )


def _all_files(indexes: Sequence[Index]) -> dict[str, PictureFile]:
    files: dict[str, PictureFile] = {}
    for index in indexes:
        for picture in index.pictures:
            if picture.file in files:
                raise EngineError(
                    ErrorCode.BAD_VALUE,
                    f"{picture.file} stands in more than one of the indexes and would be counted twice. "
                    "Scan every picture in one shard only.",
                    picture.file,
                )
            files[picture.file] = picture
    return files
