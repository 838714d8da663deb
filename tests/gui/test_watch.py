"""JobWatcher: what a widget may rely on."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.jobs import WAIT, Runner, State, Task
from gui.watch import JobWatcher


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    assert runner.close()


class Record:
    """Writes down everything a watcher says, and on which thread."""

    def __init__(self, watcher: JobWatcher) -> None:
        self.said: list[tuple[str, Any]] = []
        self.threads: set[QThread] = set()
        watcher.updated.connect(lambda value: self._note("updated", value))
        watcher.finished.connect(lambda value: self._note("finished", value))
        watcher.failed.connect(lambda error: self._note("failed", type(error)))
        watcher.cancelled.connect(lambda: self._note("cancelled", None))

    def _note(self, what: str, value: Any) -> None:
        self.said.append((what, value))
        self.threads.add(QThread.currentThread())

    @property
    def ends(self) -> list[tuple[str, Any]]:
        return [entry for entry in self.said if entry[0] != "updated"]

    @property
    def snapshots(self) -> list[Any]:
        return [value for what, value in self.said if what == "updated"]


def counting(count: int) -> Task[int, str]:
    yield from range(count)
    return "all"


def endless() -> Task[int, None]:
    number = 0
    while True:
        yield number
        number += 1


def failing() -> Task[int, None]:
    yield 1
    raise ValueError("broken on purpose")


def test_ten_thousand_emits_survive(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 lost a reference at every emit and aborted after about 570."""

    class Emitter(QObject):
        flagged = Signal(bool)
        plain = Signal()

    emitter, heard = Emitter(), []
    emitter.flagged.connect(heard.append)
    emitter.plain.connect(lambda: heard.append(True))
    for _ in range(10_000):
        emitter.flagged.emit(True)
        emitter.plain.emit()
    assert heard == [True] * 20_000


def test_snapshots_arrive_in_order_on_the_gui_thread_and_the_last_before_the_end(
    qtbot: QtBot, runner: Runner
) -> None:
    watcher = JobWatcher(runner)
    record = Record(watcher)
    watcher.start(counting(5000))
    qtbot.waitUntil(lambda: bool(record.ends), timeout=10_000)
    assert record.said[-1] == ("finished", "all")
    assert record.said[-2] == ("updated", 4999)
    assert record.snapshots == sorted(set(record.snapshots))
    assert record.threads == {QThread.currentThread()}


def test_a_slow_window_misses_snapshots_and_does_not_fall_behind(qtbot: QtBot, runner: Runner) -> None:
    watcher = JobWatcher(runner)
    record = Record(watcher)
    watcher.start(endless())
    time.sleep(0.3)  # the window is busy elsewhere
    qtbot.waitUntil(lambda: bool(record.snapshots))
    assert record.snapshots[0] > 100
    watcher.stop()


def test_a_failure_is_told_once(qtbot: QtBot, runner: Runner) -> None:
    watcher = JobWatcher(runner)
    record = Record(watcher)
    watcher.start(failing())
    qtbot.waitUntil(lambda: bool(record.ends))
    qtbot.wait(20)
    assert record.ends == [("failed", ValueError)]
    assert not watcher.running


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.integers(0, 30),
    acts=st.lists(st.sampled_from(["cancel", "pause", "resume", "turn", "sleep"]), max_size=8),
    fails=st.booleans(),
)
def test_any_interleaving_gives_exactly_one_terminal_signal(
    qtbot: QtBot, runner: Runner, steps: int, acts: list[str], fails: bool
) -> None:
    def task() -> Task[int, str]:
        yield from counting(steps)
        if fails:
            raise ValueError
        return "all"

    watcher = JobWatcher(runner)
    record = Record(watcher)
    watcher.start(task())
    for act in acts:
        if act == "turn":
            QCoreApplication.processEvents()
        elif act == "sleep":
            time.sleep(0.001)
        else:
            getattr(watcher, act)()
    watcher.resume()
    qtbot.waitUntil(lambda: bool(record.ends))
    for _ in range(3):
        QCoreApplication.processEvents()
    assert len(record.ends) == 1
    assert record.said[-1] == record.ends[0]


def test_silence_after_stop(qtbot: QtBot, runner: Runner) -> None:
    watcher = JobWatcher(runner)
    record = Record(watcher)
    job = watcher.start(endless())
    qtbot.waitUntil(lambda: bool(record.said))
    watcher.stop()
    heard = len(record.said)
    job.result(timeout=5)
    qtbot.wait(50)
    assert len(record.said) == heard
    assert not watcher.running


def test_a_new_job_silences_the_one_before(qtbot: QtBot, runner: Runner) -> None:
    watcher = JobWatcher(runner)
    record = Record(watcher)
    first = watcher.start(endless())
    watcher.start(counting(3))
    qtbot.waitUntil(lambda: bool(record.ends))
    first.result(timeout=5)
    qtbot.wait(20)
    assert record.ends == [("finished", "all")]


def test_a_destroyed_widget_cancels_its_job(qtbot: QtBot, runner: Runner) -> None:
    started, closed = threading.Event(), threading.Event()

    def task() -> Task[int, None]:
        try:
            started.set()
            yield from endless()
        finally:
            closed.set()

    widget = QWidget()
    watcher = JobWatcher(runner, widget)
    watcher.start(task())
    assert started.wait(5)
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(watcher)
    assert closed.wait(5)


def test_widgets_may_go_at_any_moment_while_jobs_report(qtbot: QtBot, runner: Runner) -> None:
    """Watchers deleted in the middle of a storm of snapshots: no wake meets half an object."""
    moments = random.Random(0)
    jobs, ends = [], time.monotonic() + 3
    while time.monotonic() < ends:
        widget = QWidget()
        jobs += [JobWatcher(runner, widget).start(endless()) for _ in range(3)]
        time.sleep(moments.random() * 0.004)
        QCoreApplication.processEvents()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for job in jobs:
        job.result(timeout=5)
    assert {job.state for job in jobs} == {State.CANCELLED}


def test_a_destroyed_widget_cancels_a_job_that_waits(qtbot: QtBot, runner: Runner) -> None:
    started, closed = threading.Event(), threading.Event()

    def task() -> Task[int, None]:
        try:
            started.set()
            while True:
                yield WAIT
        finally:
            closed.set()

    widget = QWidget()
    JobWatcher(runner, widget).start(task())
    assert started.wait(5)
    time.sleep(0.05)
    shiboken6.delete(widget)
    assert closed.wait(5)


def test_pause_holds_and_resume_goes_on(qtbot: QtBot, runner: Runner) -> None:
    watcher = JobWatcher(runner)
    record = Record(watcher)
    watcher.start(endless())
    qtbot.waitUntil(lambda: bool(record.snapshots))
    watcher.pause()
    qtbot.wait(50)
    before = record.snapshots[-1]
    qtbot.wait(100)
    assert record.snapshots[-1] == before
    watcher.resume()
    qtbot.waitUntil(lambda: record.snapshots[-1] > before)
    watcher.stop()
