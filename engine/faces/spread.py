"""One function for many photos, with a photo of its own for every core.

Cores that share a photo wait for each other after every short layer, and beside another busy program each
wait lasts until that one has had its turn: two threads then take ten times as long for a face as one. Cores
that have a photo each wait for nobody.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Final, TypeVar

A = TypeVar("A")
B = TypeVar("B")

AHEAD: Final = 2
"""Items begun or waiting, for every worker: none waits for the engine's thread to hand out the next."""

PATIENCE_S: Final = 0.01
"""How long the engine's thread waits for an item before other jobs get their turn."""


def spread(work: Callable[[A], B], items: Iterable[A], workers: int) -> Generator[B | None, None, None]:
    """Yield ``work`` of every item, in the order of ``items``; None while the next one is under way.

    Whoever closes it early waits for the items that are begun; no others are.

    Args:
        work: called on several threads at once. What it raises comes up when the item's turn has come.
        workers: threads.
    """
    import torch

    threads = torch.get_num_threads()
    under_way: deque[Future[B]] = deque()
    left = iter(items)
    pool = ThreadPoolExecutor(workers, "photos")
    try:
        while True:
            for item in islice(left, AHEAD * workers - len(under_way)):
                under_way.append(pool.submit(work, item))
            if not under_way:
                return
            if wait([under_way[0]], PATIENCE_S).done:
                yield under_way.popleft().result()
            else:
                yield None
    finally:
        pool.shutdown(cancel_futures=True)
        torch.set_num_threads(threads)  # a worker that sets its own count also sets that of threads to come
