"""Proves one card: runs its picture through the network again, as the scan did. No torch when imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.explorer.index import Index
from engine.explorer.records import Entry, Skipped
from engine.explorer.unit_tasks import explained_for
from engine.jobs import Task
from engine.models import Models


@dataclass(frozen=True)
class Rechecked:
    """What an index recorded for an entry, and what the unit's maximum over the picture is now."""

    entry: Entry
    recorded: float
    recomputed: float
    position: tuple[int, ...]
    tolerance: float

    @property
    def agrees(self) -> bool:
        """Whether the record was found again, at the recorded place."""
        near = abs(self.recorded - self.recomputed) <= self.tolerance
        return near and self.position == self.entry.position


def recheck_entry(models: Models, index: Index, layer: str, unit: int, entry: Entry) -> Task[None, Rechecked]:
    """Compute an entry again, in the block of the same shape that the scan used: the bits should be equal.

    Raises:
        EngineError: UNIT_UNKNOWN, FILE_MISSING, FILE_UNREADABLE, INDEX_STALE or MODEL_*.
    """
    index.unit(layer, unit)
    network = yield from explained_for(models, index)
    import numpy as np

    from engine.explorer.activations import Responses, choose_block
    from engine.explorer.feed import Loader
    from engine.explorer.freshness import demand_pictures
    from engine.explorer.replay import TOLERANCE
    from engine.explorer.streams import plan_for

    demand_pictures(index, [entry.file])
    read = Loader(Path(index.root), network.inputs).load(entry.file)
    if isinstance(read, Skipped):
        raise EngineError(ErrorCode.FILE_UNREADABLE, f"{read.file}: {read.reason}", read.file)
    yield None
    taps = network.taps([one.name for one in index.layers])
    threads = plan_for(network.device).threads
    responses = Responses(network, taps, (yield from choose_block(network, taps, threads)), threads=threads)
    maxima = (yield from responses.maxima(read.pixels[None]))[layer]
    place = np.unravel_index(int(maxima.positions[0, unit]), index.layer(layer).shape)
    position = tuple(int(one) for one in place)
    return Rechecked(entry, entry.value, float(maxima.values[0, unit]), position, TOLERANCE)
