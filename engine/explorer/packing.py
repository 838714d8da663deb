"""An index's arrays as they stand in its safetensors file. No torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.explorer.records import Layer, PictureFile
from engine.explorer.tally import BINS, SAMPLED, WEAKEST, Sample, Tally, key_of
from engine.explorer.topk import TopK

Arrays = dict[str, NDArray[Any]]
PARTS = ("values", "pictures", "positions")


def pack(
    layers: Sequence[Layer], tops: Mapping[str, TopK], tallies: Mapping[str, Tally], sample: Sample
) -> Arrays:
    """Return all arrays by the names that docs/explorer.md gives them."""
    arrays: Arrays = {"sample.pictures": np.ascontiguousarray(sample.numbers)}
    for name in (layer.name for layer in layers):
        tally = tallies[name]
        arrays |= _pack_top(name, tops[name]) | _pack_top(f"{name}.weakest", tally.weakest)
        counts, first = _trimmed(tally.counts)
        arrays[f"{name}.counts"] = counts
        arrays[f"{name}.first_bin"] = np.array([first], dtype=np.int32)
        arrays[f"{name}.sample.values"] = np.ascontiguousarray(sample.values[name])
        arrays[f"{name}.sample.positions"] = np.ascontiguousarray(sample.positions[name])
    return arrays


def unpack_top(name: str, arrays: Mapping[str, NDArray[Any]]) -> TopK:
    """Return a list by its name; KeyError when it is not there."""
    return TopK(*(arrays[f"{name}.{part}"] for part in PARTS))


def _pack_top(name: str, top: TopK) -> Arrays:
    return {f"{name}.{part}": np.ascontiguousarray(getattr(top, part)) for part in PARTS}


def _trimmed(counts: NDArray[np.int32]) -> tuple[NDArray[np.int32], int]:
    """Return the bins of a layer that are in use, and the number of the first."""
    used = np.flatnonzero(counts.any(axis=0))
    first, stop = (int(used[0]), int(used[-1]) + 1) if used.size else (0, 0)
    return np.ascontiguousarray(counts[:, first:stop]), first


def unpack_tally(layer: Layer, arrays: Mapping[str, NDArray[Any]]) -> Tally:
    """Return a layer's counts and weakest; KeyError or ValueError when they do not fit."""
    counts = np.zeros((layer.units, BINS), dtype=np.int32)
    stored, first = arrays[f"{layer.name}.counts"], int(arrays[f"{layer.name}.first_bin"][0])
    counts[:, first : first + stored.shape[1]] = stored
    weakest = unpack_top(f"{layer.name}.weakest", arrays)
    if weakest.values.shape != (layer.units, WEAKEST):
        raise ValueError(f"{layer.name} has the wrong number of weakest pictures")
    return Tally(counts, weakest)


def unpack_sample(
    layers: tuple[Layer, ...], pictures: tuple[PictureFile, ...], arrays: Mapping[str, NDArray[Any]]
) -> Sample:
    """Return the random sample; KeyError or ValueError when it does not fit."""
    numbers = arrays["sample.pictures"]
    keys = [key_of(pictures[number].file, pictures[number].sha256) for number in numbers]
    if len(numbers) != min(SAMPLED, len(pictures)):
        raise ValueError("the random sample has the wrong size")
    return Sample(
        np.array(keys, dtype=np.uint64),
        numbers,
        {layer.name: arrays[f"{layer.name}.sample.values"] for layer in layers},
        {layer.name: arrays[f"{layer.name}.sample.positions"] for layer in layers},
    )
