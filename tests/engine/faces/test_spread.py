"""Work spread over threads: in order, lazily, to the end, and the same encodings as one after another."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.faces.encode import one_thread
from engine.faces.measuring import encode_photos
from engine.faces.recogniser import Recogniser
from engine.faces.spread import AHEAD, spread
from engine.images import read_picture
from engine.jobs import run


def test_results_come_in_order_whoever_is_first() -> None:
    asked = threading.Event()

    def slow_first(number: int) -> int:
        if number == 0:
            asked.wait(10)
        return number

    work = spread(slow_first, range(9), 3)
    assert next(work) is None, "other jobs get their turn while nothing is ready"
    asked.set()
    assert [number for number in work if number is not None] == list(range(9))


def test_several_are_under_way_at_once() -> None:
    together = threading.Barrier(2)  # broken unless two threads meet
    assert list(filter(None, spread(lambda _: together.wait(10) >= 0, range(4), 2))) == [True] * 4


def test_items_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    work = spread(lambda number: number, items(), 2)
    while next(work) is None:
        pass
    work.close()
    assert len(taken) <= 2 * AHEAD


def test_an_error_comes_in_its_turn_and_ends_the_threads() -> None:
    def fails_at_two(number: int) -> str:
        if number == 2:
            raise OSError("the third")
        return str(number)

    made: list[str | None] = []
    work = spread(fails_at_two, range(50), 2)

    def whole() -> None:
        for one in work:
            made.append(one)  # noqa: PERF402 - what came before the error counts

    with pytest.raises(OSError, match="the third"):
        whole()
    assert [one for one in made if one is not None] == ["0", "1"]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("photos")]


def test_threads_that_come_later_compute_with_as_many_threads_as_before() -> None:
    """Workers save and restore one count of the whole process, and the last to restore may have saved 1."""

    def count() -> int:
        with ThreadPoolExecutor(1) as later:
            return later.submit(torch.get_num_threads).result()

    first, second = threading.Event(), threading.Event()

    def overlapping(number: int) -> int:
        if number == 0:
            with one_thread():
                first.set()
                second.wait(10)
            return number
        first.wait(10)
        with one_thread():
            second.set()
            time.sleep(0.05)
        return number

    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        list(spread(overlapping, range(2), 2))
        assert (torch.get_num_threads(), count()) == (3, 3)
    finally:
        torch.set_num_threads(before)


def test_photos_are_encoded_as_one_by_one(recogniser: Recogniser, people: dict[str, list[Path]]) -> None:
    photos = [photo for photos in people.values() for photo in photos]
    threads = torch.get_num_threads()
    rows = run(encode_photos(recogniser, photos, recogniser.encode))
    assert torch.get_num_threads() == threads
    for photo, row in zip(photos, rows, strict=True):
        alone = recogniser.encode([recogniser.find(read_picture(photo).rgb)[0]])[0]
        assert row is not None
        np.testing.assert_allclose(row, alone, atol=1e-6)
