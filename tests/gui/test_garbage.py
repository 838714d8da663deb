"""What Qt made is taken apart on the thread of the window, whoever allocates."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
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


class Looped(QWidget):
    """A widget in a cycle, which allocates when its style changes."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.allocated = [[] for _ in range(1000)]
        super().changeEvent(event)


def test_a_new_style_meets_no_widget_half_gone(qtbot: QtBot, qapp: QApplication) -> None:
    """With Python's own collection this ends the process within a few rounds."""
    collector = Collector()
    for _ in range(20):
        for _ in range(60):
            Looped()
        qapp.setStyle("Fusion")
        collector.look()
    collector.stop()
