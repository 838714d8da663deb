"""What Qt made is taken apart on the thread of the window, whoever allocates."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.garbage import Collector


class Knot:
    """Garbage that only the collection of cycles finds; notes on which thread it went."""

    def __init__(self, gone_on: list[int]) -> None:
        self._self, self._gone_on = self, gone_on

    def __del__(self) -> None:
        self._gone_on.append(threading.get_ident())


def allocate(kept: list[list[object]]) -> None:
    kept += [[] for _ in range(20_000)]


@pytest.fixture
def python_collects() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_no_other_thread_collects(qtbot: QtBot, python_collects: None) -> None:
    collector = Collector()
    gone_on: list[int] = []
    Knot(gone_on)
    kept: list[list[object]] = []
    thread = threading.Thread(target=allocate, args=(kept,))
    thread.start()
    thread.join()
    assert gone_on == []
    qtbot.waitUntil(lambda: bool(gone_on), timeout=10_000)
    assert gone_on == [threading.get_ident()]
    collector.stop()
    assert gc.isenabled()


def test_without_it_another_thread_would(python_collects: None) -> None:
    gone_on: list[int] = []
    Knot(gone_on)
    kept: list[list[object]] = []
    thread = threading.Thread(target=allocate, args=(kept,))
    thread.start()
    thread.join()
    assert gone_on != [threading.get_ident()], "the danger is real"
