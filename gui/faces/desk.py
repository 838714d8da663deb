"""Desk: what the Recognise panel does with faces and its gallery: enrol, verify, show the examples."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.camera import Frame
from engine.errors import EngineError
from engine.faces.answers import Burst, Enrolment, Verification
from engine.faces.examples import Examples, enrol_examples
from engine.faces.matching import Thresholds
from engine.faces.store import roles
from engine.faces.store.roles import Right
from engine.faces.tasks import (
    Register,
    enrol,
    enrol_from_camera,
    list_people,
    verify_from_camera,
    verify_photo,
)
from engine.jobs import Priority, Task
from engine.latest import Latest
from gui.faces.enrol_page import Newcomer
from gui.faces.live import Live
from gui.faces.people.clerk import Clerk
from gui.session import Session


class Work(Enum):
    """What is under way."""

    NOTHING = "nothing"
    ENROL = "enrol"
    VERIFY = "verify"
    EXAMPLES = "examples"


class Desk(QObject):
    """One piece of work at a time, on the person's gallery or on that of the examples.

    All of it has the camera's own priority: beside a camera that always has a new frame, less urgent work
    would get one step in half a second, and a person who pressed a button is waiting.

    Signals:
        people_listed: everybody enrolled, as a tuple of :class:`Person`.
        burst: a :class:`Burst` of the enrolment or verification under way.
        enrolled, verified: :class:`Enrolment`, :class:`Verification`.
        examples_ready: :class:`Examples`; the gallery is now that of the examples.
        work_changed: the :class:`Work` under way.
        failed: with the error; the work has ended.
    """

    people_listed = Signal(object)
    burst = Signal(object)
    enrolled = Signal(object)
    verified = Signal(object)
    examples_ready = Signal(object)
    work_changed = Signal(object)
    failed = Signal(Exception)

    def __init__(self, session: Session, live: Live, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._live = session, live
        self._examples = session.paths.cache / "example-people.sqlite"
        self.with_examples = False
        self._clerk = Clerk(session, lambda: self.database, self)
        self.work = Work.NOTHING
        self._frames: Latest[Frame] | None = None
        self._worker, self._lister = session.watcher(self), session.watcher(self)
        self._worker.updated.connect(self._updated)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self._worker.cancelled.connect(self._ended)
        self._lister.finished.connect(self.people_listed)
        self._lister.failed.connect(self.failed)

    @property
    def clerk(self) -> Clerk:
        """What reads and changes the gallery in use for the pages, and knows whose seat this is."""
        return self._clerk

    @property
    def database(self) -> Path:
        """The gallery in use."""
        return self._examples if self.with_examples else self._session.paths.gallery_file

    @property
    def thresholds(self) -> Thresholds:
        """The lines as the settings have them."""
        settings = self._session.settings
        return Thresholds(settings.verify_threshold, settings.strangers_accepted)

    def list_people(self) -> None:
        """Ask who is enrolled; ``people_listed`` follows."""
        self._lister.start(list_people(self.database), Priority.LIVE)

    def enrol_photos(self, who: Newcomer, photos: Sequence[Path]) -> None:
        """Enrol from photos; ``enrolled`` or ``failed`` follows."""
        if not self._may(Right.ENROL):
            return
        self._start(Work.ENROL, enrol(self._session.models, self._register(who), photos))

    def enrol_from_camera(self, who: Newcomer) -> None:
        """Enrol the person before the camera; ``burst`` and ``enrolled`` or ``failed`` follow."""
        if not self._may(Right.ENROL):
            return
        frames: Latest[Frame] = Latest()
        task = enrol_from_camera(self._session.models, self._register(who), frames)
        self._start(Work.ENROL, task, frames)

    def verify_photo(self, name: str, photo: Path) -> None:
        """Verify a claim with a photo; ``verified`` or ``failed`` follows."""
        if not self._may(Right.SEE_PEOPLE):
            return
        threshold = self._session.settings.verify_threshold
        self._start(Work.VERIFY, verify_photo(self._session.models, self.database, name, photo, threshold))

    def verify_from_camera(self, name: str) -> None:
        """Verify a claim before the camera; ``burst`` and ``verified`` or ``failed`` follow."""
        if not self._may(Right.SEE_PEOPLE):
            return
        frames: Latest[Frame] = Latest()
        threshold = self._session.settings.verify_threshold
        task = verify_from_camera(self._session.models, self.database, name, frames, threshold)
        self._start(Work.VERIFY, task, frames)

    def take_examples(self) -> None:
        """Enrol the people on board in a gallery of their own; ``examples_ready`` follows."""
        self._start(Work.EXAMPLES, enrol_examples(self._session.models, self._examples))

    def leave_examples(self) -> None:
        """Go back to the person's own gallery."""
        self.with_examples = False
        self.list_people()

    def stop(self) -> None:
        """Give up what is under way."""
        self._worker.stop()
        self._ended()

    @property
    def needs_camera(self) -> bool:
        """Whether the work under way waits for frames."""
        return self.work is not Work.NOTHING and self._frames is not None

    def _register(self, who: Newcomer) -> Register:
        keep, actor = self._session.settings.keep_photos, self._clerk.role.value
        details, limits = who.details, who.limits
        return Register(self.database, who.name, self.thresholds, keep, details, limits, actor=actor)

    def _may(self, right: Right) -> bool:
        try:
            roles.demand(self._clerk.role, right)
        except EngineError as error:
            self.failed.emit(error)
            return False
        return True

    def _start(self, work: Work, task: Task[Any, Any], frames: Latest[Frame] | None = None) -> None:
        self._release()
        if frames is None:
            self._worker.start(task, Priority.LIVE)
        else:
            self._frames = frames
            self._live.run_on_camera(self._worker, task, frames)
        self._enter(work)

    def _enter(self, work: Work) -> None:
        self.work = work
        self.work_changed.emit(work)

    def _release(self) -> None:
        if self._frames is not None:
            self._live.release(self._frames)
        self._frames = None

    def _ended(self) -> None:
        self._release()
        self._enter(Work.NOTHING)

    def _updated(self, snapshot: object) -> None:
        if isinstance(snapshot, Burst):
            self.burst.emit(snapshot)

    def _finished(self, result: object) -> None:
        self._ended()
        match result:
            case Enrolment():
                self.enrolled.emit(result)
            case Verification():
                self.verified.emit(result)
            case Examples():
                self.with_examples = True
                self.examples_ready.emit(result)
        if not isinstance(result, Verification):
            self.list_people()

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.list_people()  # a name that was edited in vain shows again as it is
        self.failed.emit(error)
