"""Reads blocks of items and runs them through the network, several blocks at once. One idea: nobody waits.

On a CPU every stream is one thread that decodes a block's files and then computes the block, with its share
of the cores. So decoding needs no cores of its own, and no stream waits for another between two layers: with
all cores in every layer, each layer ends only when its slowest core does, and a core that decodes a picture
at that moment makes the others wait. For a GPU the streams only decode: the device belongs to the engine's
thread, which computes a block when it is there.

Memory does not grow with the number of items: a block keeps its pixels only while it is computed.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np
import torch

from engine.explorer.activations import Maxima, Responses
from engine.explorer.feed import Prepared
from engine.explorer.inputs import Numbers
from engine.explorer.records import PictureFile, Skipped
from engine.jobs import Task

FEW_CORES = 4
"""With up to so many threads each stream has one; with more, two streams share them."""

DECODERS = min(8, os.cpu_count() or 1)
"""Streams beside a GPU."""

PATIENCE_S = 0.01
"""How long the engine's thread waits for a block before other jobs get their turn."""


@dataclass(frozen=True)
class Block:
    """What became of a block of items: numbers and files of those scanned, in the order of ``maxima``."""

    numbers: tuple[int, ...]
    files: tuple[PictureFile, ...]
    skipped: tuple[Skipped, ...]
    maxima: dict[str, Maxima]


@dataclass(frozen=True)
class _Read:
    """A block that was decoded, and is yet to be computed."""

    pictures: tuple[Prepared, ...]
    skipped: tuple[Skipped, ...]

    @property
    def pixels(self) -> Numbers:
        """All of its items, n × size × channels."""
        return np.stack([one.pixels for one in self.pictures])

    def block(self, maxima: dict[str, Maxima]) -> Block:
        """Return what is kept of it once it is computed."""
        numbers = tuple(one.number for one in self.pictures)
        return Block(numbers, tuple(one.file for one in self.pictures), self.skipped, maxima)


@dataclass(frozen=True)
class Plan:
    """How many streams there are, and with how many threads each of them computes."""

    streams: int
    threads: int


def plan_for(device: torch.device) -> Plan:
    """Return how a scan is spread over the cores; replay computes with as many threads as one stream."""
    threads = torch.get_num_threads()
    if device.type != "cpu":
        return Plan(DECODERS, threads)
    if threads <= FEW_CORES:
        return Plan(threads, 1)
    return Plan(2, threads // 2)


class Streams:
    """Worker threads for one scan; close them when it ends."""

    def __init__(self, plan: Plan, load: Callable[[int], Prepared | Skipped], responses: Responses) -> None:
        self._load, self._responses = load, responses
        self._computes = responses.device.type == "cpu"
        self._stopped = threading.Event()
        self._count = plan.streams
        whole, ready = torch.get_num_threads(), threading.Barrier(plan.streams + 1)

        def begin() -> None:
            torch.get_num_threads()  # a thread's first question to torch would undo what was set before it
            torch.set_num_threads(plan.threads)  # of this thread, and of threads that are yet to come
            ready.wait()

        self._pool = ThreadPoolExecutor(plan.streams, thread_name_prefix="scan", initializer=begin)
        try:
            for _ in range(plan.streams):
                self._pool.submit(int)
        except RuntimeError:  # the system gives no more threads: those that began would wait for ever
            ready.abort()
            self._pool.shutdown(wait=False)
            raise
        ready.wait()
        torch.set_num_threads(whole)

    def blocks(self, numbers: Sequence[int], *, ahead: int) -> Task[Block, None]:
        """Yield every block in the order of ``numbers``, and None while waiting for one.

        Args:
            ahead: blocks asked for in advance; never fewer than keep all streams at work.
        """
        size = self._responses.block
        starts = iter(range(0, len(numbers), size))
        under_way: deque[Future[Block | _Read]] = deque()
        while True:
            while len(under_way) < max(ahead, self._count + 1):
                start = next(starts, None)
                if start is None:
                    break
                under_way.append(self._pool.submit(self._compute, numbers[start : start + size]))
            if not under_way:
                return
            if not wait([under_way[0]], timeout=PATIENCE_S).done:
                yield None
                continue
            done = under_way.popleft().result()
            if isinstance(done, _Read):
                done = done.block((yield from self._responses.maxima(done.pixels)) if done.pictures else {})
            yield done

    def close(self) -> None:
        """End the threads; what is under way stops before its next file or layer."""
        self._stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _compute(self, numbers: Sequence[int]) -> Block | _Read:
        loaded = [self._load(number) for number in numbers if not self._stopped.is_set()]
        read = _Read(
            tuple(one for one in loaded if isinstance(one, Prepared)),
            tuple(one for one in loaded if isinstance(one, Skipped)),
        )
        if not self._computes:
            return read
        return read.block(self._maxima(read.pixels) if read.pictures else {})

    def _maxima(self, pixels: Numbers) -> dict[str, Maxima]:
        walk = self._responses.maxima(pixels)
        while not self._stopped.is_set():
            try:
                next(walk)
            except StopIteration as end:
                found: dict[str, Maxima] = end.value
                return found
        return {}
