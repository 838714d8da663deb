"""Cooperative jobs on one worker thread: Task, Job, Runner. No Qt and no torch.

A piece of work is a *Task*: a generator that yields snapshots and returns a result. Each ``yield`` is
at once the preview, the progress report, the point where the work can be cancelled or paused, and the
point where more urgent work gets its turn. Three things can be yielded:

* a snapshot: a frozen dataclass of fresh CPU memory, which the task never writes to again;
* ``None``: a checkpoint with nothing to show;
* ``WAIT``: nothing to do until somebody calls :meth:`Job.wake`.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable, Generator
from enum import Enum, IntEnum
from typing import Any, Final, Generic, Literal, TypeVar, cast

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")


class Checkpoint(Enum):
    """What a task yields when it has no snapshot."""

    WAIT = "wait"


WAIT: Final = Checkpoint.WAIT

Task = Generator[T | Literal[Checkpoint.WAIT] | None, None, R]


class Priority(IntEnum):
    """Who goes first: the live camera, then a person's click, then long work in the background."""

    LIVE = 0
    USER = 1
    BATCH = 2


class State(Enum):
    """The life of a job. PAUSED and RUNNING may alternate; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


TERMINAL: Final = frozenset({State.DONE, State.FAILED, State.CANCELLED})


class Job(Generic[T, R]):
    """One task under way. Holds only its newest snapshot; all methods may be called from any thread.

    ``on_change`` is called on the engine thread when a snapshot arrives that nobody was told of yet,
    and once when the job ends. It carries no payload: read :meth:`take` and :attr:`state`.
    """

    def __init__(
        self,
        task: Task[T, R],
        priority: Priority = Priority.USER,
        on_change: Callable[[Job[T, R]], None] | None = None,
    ) -> None:
        self.priority = priority
        self.state = State.QUEUED
        self.value: R | None = None
        self.error: BaseException | None = None
        self._task = task
        self._on_change = on_change
        self._lock = threading.Lock()
        self._latest: T | None = None
        self._told = False
        self._cancel = threading.Event()
        self._paused = threading.Event()
        self._done = threading.Event()
        self._schedule: Callable[[Job[T, R]], None] | None = None

    def cancel(self) -> None:
        """Ask the job to end at its next checkpoint; its task's ``finally`` blocks run there."""
        self._cancel.set()
        self.wake()

    def pause(self) -> None:
        """Stop at the next checkpoint until :meth:`resume`. A paused job can be cancelled."""
        self._paused.set()

    def resume(self) -> None:
        """Go on after :meth:`pause`."""
        self._paused.clear()
        self.wake()

    def wake(self) -> None:
        """Tell a task that yielded WAIT that there is something to do. Never lost, never harmful."""
        if self._schedule is not None:
            self._schedule(self)

    def take(self) -> T | None:
        """Return the newest snapshot since the last call, or None. Older ones were dropped."""
        with self._lock:
            newest, self._latest, self._told = self._latest, None, False
        return newest

    def result(self, timeout: float | None = None) -> R | None:
        """Wait for the end and return the result (None when cancelled). Never call on the GUI thread.

        Raises:
            TimeoutError: the job did not end within ``timeout`` seconds.
            BaseException: whatever the task raised.
        """
        if not self._done.wait(timeout):
            raise TimeoutError
        if self.error is not None:
            raise self.error
        return self.value

    def _must_rest(self) -> bool:
        return self._paused.is_set() and not self._cancel.is_set()

    def _publish(self, snapshot: T) -> None:
        with self._lock:
            self._latest = snapshot
            tell, self._told = not self._told, True
        if tell:
            self._notify()

    def _finish(self, state: State) -> None:
        try:
            self._task.close()
        except Exception as error:  # noqa: BLE001 - a task's clean-up may raise anything; the job has to end
            self.error, state = error, State.FAILED
        self.state = state
        self._done.set()
        self._notify()

    def _notify(self) -> None:
        if self._on_change is None:
            return
        try:
            self._on_change(self)
        except Exception:  # a faulty observer must not end the engine thread
            log.exception("a job's observer failed")


class Next(Enum):
    """What a runner does with a job after a step."""

    AGAIN = "again"
    WAIT = "wait"
    ENDED = "ended"


def step(job: Job[Any, Any]) -> Next:
    """Advance a job by one checkpoint. Tests may call it with no thread at all."""
    if job._cancel.is_set():
        job._finish(State.CANCELLED)
        return Next.ENDED
    job.state = State.RUNNING
    try:
        snapshot = next(job._task)
    except StopIteration as stop:
        job.value = stop.value
        job._finish(State.DONE)
        return Next.ENDED
    except BaseException as error:  # noqa: BLE001 - the one place where any fault becomes the job's own
        job.error = error
        job._finish(State.FAILED)
        return Next.ENDED
    if snapshot is WAIT:
        return Next.WAIT
    if snapshot is not None:
        job._publish(snapshot)
    return Next.AGAIN


def run(task: Task[Any, R]) -> R:
    """Drive a task inline, as the command line and unit tests do.

    A task that yields WAIT is stepped again after a millisecond: inline there is nobody to wake it.
    """
    while True:
        try:
            if next(task) is WAIT:
                time.sleep(0.001)
        except StopIteration as stop:
            return cast("R", stop.value)


class Runner:
    """One thread that owns the device and steps all live jobs.

    The best priority goes first, round robin within one. So that a camera that always has a new frame
    cannot starve a painting, a job that has waited ``PATIENCE_S`` gets one step out of turn; the step
    after that goes by priority again, so a LIVE job never waits for more than one step of another.
    """

    PATIENCE_S = 0.5

    def __init__(self, name: str = "engine") -> None:
        self._ready: list[tuple[int, int, float, Job[Any, Any]]] = []
        self._resting: set[Job[Any, Any]] = set()
        self._woken: set[Job[Any, Any]] = set()
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._closing = False
        self._out_of_turn = False
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        task: Task[T, R],
        *,
        priority: Priority = Priority.USER,
        on_change: Callable[[Job[T, R]], None] | None = None,
    ) -> Job[T, R]:
        """Queue a task and return its job at once.

        Raises:
            RuntimeError: the runner is closed.
        """
        job: Job[T, R] = Job(task, priority, on_change)
        job._schedule = self._wake
        with self._changed:
            if self._closing:
                raise RuntimeError("the runner is closed")
            self._push(job)
        return job

    def close(self, timeout: float = 5.0) -> bool:
        """Cancel every job, wait for the thread, and say whether it ended in time."""
        with self._changed:
            self._closing = True
            for job in self._resting:
                self._push(job)
            self._resting.clear()
            self._changed.notify()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _push(self, job: Job[Any, Any]) -> None:
        heapq.heappush(self._ready, (job.priority, next(self._order), time.monotonic(), job))
        self._changed.notify()

    def _wake(self, job: Job[Any, Any]) -> None:
        with self._changed:
            if job in self._resting:
                self._resting.discard(job)
                self._push(job)
            elif job.state not in TERMINAL:
                self._woken.add(job)

    def _pick(self) -> Job[Any, Any]:
        """Choose the next job; called with the lock held and at least one job ready."""
        if not self._out_of_turn:
            overdue = time.monotonic() - self.PATIENCE_S
            late = [entry for entry in self._ready if entry[2] < overdue and entry[0] > self._ready[0][0]]
            if late:
                longest = min(late, key=lambda entry: entry[2])
                self._ready.remove(longest)
                heapq.heapify(self._ready)
                self._out_of_turn = True
                return longest[3]
        self._out_of_turn = False
        return heapq.heappop(self._ready)[3]

    def _loop(self) -> None:
        while True:
            with self._changed:
                while not self._ready and not self._closing:
                    self._changed.wait()
                if not self._ready:
                    return
                job = self._pick()
                self._woken.discard(job)
                if self._closing:
                    job._cancel.set()
                if job._must_rest():
                    job.state = State.PAUSED
                    self._resting.add(job)
                    continue
            after = step(job)
            with self._changed:
                if after is Next.ENDED:
                    self._woken.discard(job)
                elif after is Next.WAIT and job not in self._woken and not self._closing:
                    self._resting.add(job)
                else:
                    self._push(job)
