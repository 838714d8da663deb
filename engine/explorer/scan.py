"""The scan: every picture through the network once, the strongest of every unit kept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.device import memory_guard
from engine.explorer.activations import Responses, choose_block
from engine.explorer.feed import Loader, Prepared, no_pictures
from engine.explorer.index import Index
from engine.explorer.networks import Explained
from engine.explorer.records import Layer, LiveLayer, PictureFile, ScanOptions, ScanStep, Skipped, Wish
from engine.explorer.streams import Block, Streams, plan_for
from engine.explorer.tally import (
    Sample,
    Tally,
    count,
    key_of,
    merge_samples,
    no_sample,
    no_tally,
    renumber_sample,
    renumber_tally,
)
from engine.explorer.topk import TopK, add, empty, renumber
from engine.jobs import Task
from engine.options import validate
from engine.progress import Pace

SHOWN = 9
LIVE_EVERY_S = 0.7
"""How often the grid of the layer that is looked at is brought up to date."""

FOLDED = 64
"""Sorting so many pictures into the lists at once costs little more than sorting in eight."""


@dataclass(frozen=True)
class _Seen:
    """What a scan knows, replaced as a whole: an interruption finds it before or after a block.

    ``count`` is how many of the scan's list of files the lists ``tops`` and the blocks ``waiting`` to be
    sorted into them cover.
    """

    count: int
    skipped: tuple[Skipped, ...]
    tops: dict[str, TopK]
    tallies: dict[str, Tally]
    sample: Sample
    waiting: tuple[Block, ...] = ()


class Scan:
    """One scan over named pictures. :meth:`steps` does the work, :meth:`index` gives what was found.

    Args:
        network: the network and how its input is made.
        root: the folder that ``names`` start from.
        names: items below ``root``, sorted; their order numbers the pictures, so that ties do not
            depend on the order in which they are scanned.
        layers: convolution layers, all when empty.
        before: an index to go on from; its pictures are taken over and not read again. They must be
            among ``names``.
        seed: of the random order, when the options ask for one.
        aligned: how the pictures were cut out of photos; empty where they are whole.

    Raises:
        EngineError: UNIT_UNKNOWN for a layer that is not there; BAD_VALUE for an option out of range.
    """

    def __init__(
        self,
        network: Explained,
        root: Path,
        names: Sequence[str],
        *,
        layers: Sequence[str] = (),
        options: ScanOptions | None = None,
        before: Index | None = None,
        wish: Wish | None = None,
        seed: int = 0,
        aligned: str = "",
    ) -> None:
        self._options = options or ScanOptions()
        validate(self._options)
        self._network, self._root = network, root
        self._loader = Loader(root, network.inputs)
        self._names = tuple(names)
        self._wish = wish or Wish()
        self._seed, self._aligned = seed, aligned
        self._taps = network.taps(layers)
        self._layers = tuple(Layer(tap.layer, tap.units, tap.field, tap.shape) for tap in self._taps)
        self._live_at = 0.0
        self._files: list[tuple[int, PictureFile]] = []
        self._seen = self._start(before)
        self.scanned = 0
        self.seconds = 0.0

    @property
    def seen(self) -> int:
        """How many pictures the index would hold now."""
        return self._seen.count

    def steps(self) -> Task[ScanStep, None]:
        """Scan, block by block. It may be closed at any checkpoint; :meth:`index` then holds the rest.

        Raises:
            EngineError: NO_PICTURES when not one file could be scanned; OUT_OF_MEMORY; MODEL_DAMAGED.
        """
        began = time.monotonic()
        yield None
        plan = plan_for(self._network.device)
        block_size = yield from choose_block(self._network, self._taps, plan.threads)
        responses = Responses(self._network, self._taps, block_size, threads=plan.threads)
        to_do = self._order()
        done = len(self._names) - len(to_do)
        pace = Pace(len(self._names), done=done)
        streams = Streams(plan, self._load, responses)
        try:
            with memory_guard("Choose fewer pictures per step, or fewer layers."):
                for block in streams.blocks(to_do, ahead=self._options.batch // responses.block):
                    if not isinstance(block, Block):
                        yield None
                        continue
                    self._take(block)
                    done += len(block.files) + len(block.skipped)
                    self.seconds = time.monotonic() - began
                    yield ScanStep(pace.at(done), len(self._seen.skipped), self._layers, self._live())
        finally:
            streams.close()
            self.seconds = time.monotonic() - began
        if not self._seen.count:
            raise no_pictures(self._root, self._seen.skipped)

    def index(self, *, complete: bool) -> Index:
        """Return what was found so far as an index."""
        self._seen = folded(self._seen)
        files = dict(self._files[: self._seen.count])
        numbers = sorted(files)
        dense = np.full(len(self._names), -1, dtype=np.int32)
        dense[numbers] = np.arange(len(numbers), dtype=np.int32)
        return Index(
            self._network.name,
            self._network.weights,
            self._network.inputs.record(),
            str(self._root),
            tuple(files[number] for number in numbers),
            self._layers,
            {name: renumber(top, dense) for name, top in self._seen.tops.items()},
            {name: renumber_tally(tally, dense) for name, tally in self._seen.tallies.items()},
            renumber_sample(self._seen.sample, dense),
            tuple(sorted(self._seen.skipped, key=lambda one: one.file)),
            complete,
            self._aligned,
        )

    def _start(self, before: Index | None) -> _Seen:
        if before is None:
            tops = {tap.layer: empty(tap.units, self._options.top) for tap in self._taps}
            tallies = {tap.layer: no_tally(tap.units) for tap in self._taps}
            return _Seen(0, (), tops, tallies, no_sample({tap.layer: tap.units for tap in self._taps}))
        number_of = {name: number for number, name in enumerate(self._names)}
        numbers = np.array([number_of[picture.file] for picture in before.pictures], dtype=np.int32)
        self._files = [(number_of[picture.file], picture) for picture in before.pictures]
        return _Seen(
            len(self._files),
            (),
            {name: renumber(top, numbers) for name, top in before.tops.items()},
            {name: renumber_tally(tally, numbers) for name, tally in before.tallies.items()},
            renumber_sample(before.sample, numbers),
        )

    def _order(self) -> list[int]:
        known = {number for number, _ in self._files}
        to_do = [number for number in range(len(self._names)) if number not in known]
        if self._options.shuffle:
            np.random.default_rng(self._seed).shuffle(to_do)
        return to_do

    def _load(self, number: int) -> Prepared | Skipped:
        return self._loader.load(self._names[number], number)

    def _take(self, block: Block) -> None:
        """Add a block to what was seen; the files first, so that they are never fewer than the count."""
        before = self._seen
        self._files += zip(block.numbers, block.files, strict=True)
        self._seen = replace(
            before,
            count=before.count + len(block.files),
            skipped=before.skipped + block.skipped,
            waiting=(*before.waiting, block) if block.files else before.waiting,
        )
        self.scanned += len(block.files)
        if sum(len(one.files) for one in self._seen.waiting) >= FOLDED:
            self._seen = folded(self._seen)

    def _live(self) -> LiveLayer | None:
        now = time.monotonic()
        if self._wish.layer not in self._seen.tops or now - self._live_at < LIVE_EVERY_S:
            return None
        self._seen = folded(self._seen)
        for layer in self._layers:
            if layer.name == self._wish.layer:
                self._live_at = now
                return LiveLayer(layer, self._seen.tops[layer.name].first(SHOWN), self._names)
        return None


def folded(seen: _Seen) -> _Seen:
    """Return the same with the waiting blocks sorted into the lists."""
    if not seen.waiting:
        return seen
    numbers = np.array([number for block in seen.waiting for number in block.numbers], dtype=np.int32)
    keys = [key_of(file.file, file.sha256) for block in seen.waiting for file in block.files]
    values, positions = {}, {}
    for layer in seen.tops:
        found = [block.maxima[layer] for block in seen.waiting]
        values[layer] = np.concatenate([one.values for one in found])
        positions[layer] = np.concatenate([one.positions for one in found])
    fresh = Sample(
        np.array(keys, dtype=np.uint64),
        numbers,
        {layer: found.T + np.float32(0) for layer, found in values.items()},
        {layer: found.T for layer, found in positions.items()},
    )
    return _Seen(
        seen.count,
        seen.skipped,
        {layer: add(top, values[layer], positions[layer], numbers) for layer, top in seen.tops.items()},
        {
            layer: count(tally, values[layer], positions[layer], numbers)
            for layer, tally in seen.tallies.items()
        },
        merge_samples(seen.sample, fresh),
    )
