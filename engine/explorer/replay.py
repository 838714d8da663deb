"""Proves an index: computes recorded entries again and compares."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from torch import Tensor

from engine.errors import EngineError, ErrorCode
from engine.explorer.activations import Responses, choose_block
from engine.explorer.feed import Loader
from engine.explorer.freshness import demand_pictures
from engine.explorer.index import Index
from engine.explorer.inputs import Numbers
from engine.explorer.networks import Explained
from engine.explorer.records import Skipped
from engine.explorer.streams import plan_for
from engine.jobs import Task
from engine.progress import Pace, Progress

TOLERANCE = 1e-4
"""Largest difference that passes: another machine may add in another order; the same one gives 0."""


@dataclass(frozen=True)
class Replayed:
    """What a replay found; ``max_abs_difference`` is over all checked entries."""

    checked: int
    max_abs_difference: float
    tolerance: float = TOLERANCE

    @property
    def agrees(self) -> bool:
        """Whether every recorded value was found again."""
        return self.max_abs_difference <= self.tolerance


@dataclass(frozen=True)
class _Card:
    layer: str
    unit: int
    rank: int


def replay(index: Index, network: Explained, *, sample: int, seed: int = 0) -> Task[Progress, Replayed]:
    """Recompute ``sample`` entries chosen at random (all, when there are fewer).

    Compared are the recorded value with the unit's maximum over the picture, and with its value at the
    recorded position.

    Raises:
        EngineError: FILE_MISSING or INDEX_STALE when a picture is gone or is another one.
    """
    cards = _choose(index, sample, seed)
    by_picture: dict[int, list[_Card]] = defaultdict(list)
    for card in cards:
        by_picture[int(index.tops[card.layer].pictures[card.unit, card.rank])].append(card)
    numbers = sorted(by_picture)
    demand_pictures(index, (index.pictures[number].file for number in numbers))
    taps = network.taps([layer.name for layer in index.layers])
    threads = plan_for(network.device).threads
    block_size = yield from choose_block(network, taps, threads)
    responses = Responses(network, taps, block_size, threads=threads)
    loader = Loader(Path(index.root), network.inputs)
    worst, pace = 0.0, Pace(len(numbers))
    for start in range(0, len(numbers), responses.block):
        block = numbers[start : start + responses.block]
        pixels = np.stack([_read(index, number, loader) for number in block])
        for layer, activation in responses.through(pixels):
            for place, number in enumerate(block):
                for card in by_picture[number]:
                    if card.layer == layer:
                        worst = max(worst, _difference(index, card, activation[place, card.unit]))
            yield None
        yield pace.at(start + len(block))
    return Replayed(len(cards), worst)


def _choose(index: Index, sample: int, seed: int) -> list[_Card]:
    """Draw entries without replacement, every entry of every layer equally likely."""
    kept = min(index.k, len(index.pictures))
    units = [(layer.name, unit) for layer in index.layers for unit in range(layer.units)]
    total = len(units) * kept
    drawn = np.random.default_rng(seed).choice(total, size=min(sample, total), replace=False)
    return [_Card(*units[int(number) // kept], int(number) % kept) for number in drawn]


def _read(index: Index, number: int, loader: Loader) -> Numbers:
    recorded = index.pictures[number]
    read = loader.load(recorded.file, number)
    if isinstance(read, Skipped):
        raise EngineError(ErrorCode.FILE_UNREADABLE, f"{read.file}: {read.reason}", read.file)
    if read.file.sha256 != recorded.sha256:
        raise EngineError(
            ErrorCode.INDEX_STALE,
            f"{read.file.file} was changed after it was scanned. Scan the pictures again.",
            read.file.file,
        )
    return read.pixels


def _difference(index: Index, card: _Card, response: Tensor) -> float:
    """Return how far the record is from one unit's activation map (height × width)."""
    top = index.tops[card.layer]
    recorded = float(top.values[card.unit, card.rank])
    position = int(top.positions[card.unit, card.rank])
    flat = response.flatten()
    return max(abs(float(flat.max()) - recorded), abs(float(flat[position]) - recorded))
