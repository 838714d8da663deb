"""The only place where jobs meet Qt: JobWatcher turns an engine job into signals."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.jobs import TERMINAL, Job, Priority, Runner, State, Task


class _Bell(QObject):
    """What the engine thread touches instead of the watcher, which Qt may take apart at the same moment.

    A bell has no parent, and the job that may ring it keeps it alive; so it can also cancel that job when
    Qt deletes the watcher. Qt guards the way from a signal to a receiver that is being destroyed; nothing
    guards an emit on an object that is itself being destroyed.
    """

    rung = Signal()  # no payload: queued events with frames in them pile up faster than a screen draws

    def __init__(self) -> None:
        super().__init__()
        self.job: Job[Any, Any] | None = None

    def ring(self, _job: Job[Any, Any]) -> None:
        """Runs on the engine thread."""
        self.rung.emit()

    def cancel(self, *_: object) -> None:
        job, self.job = self.job, None
        if job is not None:
            job.cancel()


class JobWatcher(QObject):
    """Follows one job at a time and reports on the GUI thread.

    ``updated`` brings snapshots: lossy, in order, the last one before the terminal signal. Exactly one of
    ``finished``, ``failed`` and ``cancelled`` ends a job. After :meth:`stop` there is silence. A watcher
    that Qt destroys cancels its job.
    """

    updated = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    running_changed = Signal(bool)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._bell = _Bell()
        self._bell.rung.connect(self._drain, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._bell.cancel)

    @property
    def running(self) -> bool:
        """Whether a job is under way (a paused one is)."""
        return self._bell.job is not None

    def start(self, task: Task[Any, Any], priority: Priority = Priority.USER) -> Job[Any, Any]:
        """Submit a task; the job before it, if any, is cancelled and forgotten."""
        was_running = self.running
        self._bell.cancel()
        job = self._runner.submit(task, priority=priority, on_change=self._bell.ring)
        self._bell.job = job
        self._bell.rung.emit()  # a very fast job may have ended before the line above
        if not was_running:
            self.running_changed.emit(True)
        return job

    def stop(self) -> None:
        """Cancel and forget: nothing of the old job is delivered after this returns."""
        if self.running:
            self._bell.cancel()
            self.running_changed.emit(False)

    def cancel(self) -> None:
        """Ask the job to end; ``cancelled`` (or, when it was quicker, ``finished``) follows."""
        if self._bell.job is not None:
            self._bell.job.cancel()

    def pause(self) -> None:
        """Stop the job at its next checkpoint."""
        if self._bell.job is not None:
            self._bell.job.pause()

    def resume(self) -> None:
        """Let a paused job go on."""
        if self._bell.job is not None:
            self._bell.job.resume()

    @Slot()
    def _drain(self) -> None:
        job = self._bell.job
        if job is None:
            return
        ended = job.state in TERMINAL  # read before take(): the last snapshot is published before the end
        snapshot = job.take()
        if snapshot is not None:
            self.updated.emit(snapshot)
        if not ended or job is not self._bell.job:
            return
        self._bell.job = None
        match job.state:
            case State.DONE:
                self.finished.emit(job.value)
            case State.FAILED:
                self.failed.emit(job.error)
            case _:
                self.cancelled.emit()
        if not self.running:
            self.running_changed.emit(False)
