"""Clerk: works on the gallery for the pages, on the engine thread.

Short work is done in order, and beside longer work: a roll-call does not wait for an import.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.faces.gallery import Gallery
from engine.faces.store import roles
from engine.faces.store.roles import Right, Role
from engine.faces.tasks import on_gallery
from engine.jobs import Priority, Task
from gui.faces.seat import Seat
from gui.session import Session

Done = Callable[[Any], None]


class _Lane(QObject):
    """Work that waits for its turn."""

    failed = Signal(Exception)
    changed = Signal()
    busy_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Task[Any, Any], Done | None, bool]] = deque()
        self._now: tuple[Done | None, bool] | None = None
        self.watcher = session.watcher(self)
        self.watcher.finished.connect(self._finished)
        self.watcher.failed.connect(self._failed)
        self.watcher.cancelled.connect(self._next)

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._now is not None

    def add(self, task: Task[Any, Any], done: Done | None, changes: bool) -> None:
        """Do this after what is waiting; ``changes`` says whether ``changed`` follows."""
        self._waiting.append((task, done, changes))
        if self._now is None:
            self._next()

    def stop(self) -> None:
        """Give up all work."""
        for task, _, _ in self._waiting:
            task.close()
        self._waiting.clear()
        self.watcher.stop()
        self._now = None

    def _next(self) -> None:
        if not self._waiting:
            self._now = None
            self.busy_changed.emit(False)
            return
        task, done, changes = self._waiting.popleft()
        self._now = (done, changes)
        self.busy_changed.emit(True)
        self.watcher.start(task, Priority.LIVE)

    def _finished(self, result: Any) -> None:
        assert self._now is not None
        done, changes = self._now
        self._next()
        if done is not None:
            done(result)
        if changes:
            self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._next()
        self.failed.emit(error)


class Clerk(QObject):
    """What all pages share: the gallery, the seat with its role, and the work in order.

    Nothing is read or changed that the role may not see or do.

    Signals:
        failed: a piece of work failed, with the error.
        changed: the gallery was changed, so that lists should be read again.
        progress: a snapshot of longer work.
        role_changed: with the :class:`Role`, or when a PIN was set or taken away.
        busy_changed: whether a longer task is under way.
    """

    failed = Signal(Exception)
    changed = Signal()
    progress = Signal(object)
    role_changed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, session: Session, database: Callable[[], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.seat = Seat(session, lambda: session.paths.gallery_file, self)
        self.seat.changed.connect(self.role_changed)
        self._database = database
        self._short, self._long = _Lane(session, self), _Lane(session, self)
        for lane in (self._short, self._long):
            lane.failed.connect(self.failed)
            lane.changed.connect(self.changed)
        self._long.watcher.updated.connect(self.progress)
        self._long.busy_changed.connect(self.busy_changed)

    @property
    def role(self) -> Role:
        """The role of who sits here."""
        return self.seat.role

    @property
    def database(self) -> Path:
        """The gallery in use."""
        return self._database()

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._short.busy or self._long.busy

    @property
    def busy_long(self) -> bool:
        """Whether a longer task is under way."""
        return self._long.busy

    def ask(self, work: Callable[[Gallery], Any], done: Done, right: Right = Right.RECOGNISE) -> None:
        """Read something, when the role may see it and there is a gallery; otherwise nothing happens."""
        if self.seat.may(right) and self.database.exists():
            self._short.add(on_gallery(self.database, work, self.role.value), done, False)

    def do(self, right: Right, work: Callable[[Gallery], Any], done: Done | None = None) -> None:
        """Change something, when the role may; ``changed`` follows."""
        if self._may(right):
            self._short.add(on_gallery(self.database, work, self.role.value), done, True)

    def run(
        self, right: Right, task: Task[Any, Any], done: Done | None = None, *, changes: bool = True
    ) -> None:
        """Run a longer task, when the role may."""
        if self._may(right):
            self._long.add(task, done, changes)
        else:
            task.close()

    def stop(self) -> None:
        """Give up all work."""
        self.seat.stop()
        for lane in (self._short, self._long):
            lane.stop()

    def _may(self, right: Right) -> bool:
        try:
            roles.demand(self.role, right)
        except EngineError as error:
            self.failed.emit(error)
            return False
        return True
