"""Lane: the camera of the desk and the job that decides, with a camera that comes back when it was lost."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.camera import Camera, CameraState, Frame, Source
from engine.camera_health import Fault
from engine.errors import EngineError
from engine.faces.desk.policy import DECIDED, DeskState, Phase
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskView, Orders, decision_of, run_desk
from engine.faces.matching import Thresholds
from engine.jobs import Priority
from engine.latest import Latest
from gui.session import Session

REDRAW_MS = 33
DEADLINE_S = 2.0

STANDING = DECIDED | {Phase.FAULT}
"""Phases over which a lost camera is not told here: whoever is let in by PIN has to read it.

The desk ends them itself.
"""


class Lane(QObject):
    """One desk under way. A timer draws the newest frame from a mailbox: no frame ever waits in a queue.

    Signals:
        frame: a new :class:`Frame` to be drawn.
        view: the newest :class:`DeskView`.
        decided: a :class:`~engine.faces.desk.tasks.DeskDecision` with the :class:`DeskView` it was made in.
        badge: the text of a code that was held to the camera.
        failed: the desk itself ended with this :class:`EngineError`; nobody is welcomed any more.
    """

    frame = Signal(object)
    view = Signal(object)
    decided = Signal(object, object)
    badge = Signal(str)
    failed = Signal(Exception)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._camera: Camera | None = None
        self._shown: Latest[Frame] = Latest()
        self._judged: Latest[Frame] = Latest()
        self._before = DeskState()
        self.orders = Orders()
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(self._updated)
        self._watcher.failed.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self._look)
        self._wake: Callable[[], None] | None = None

    @property
    def running(self) -> bool:
        """Whether the desk is open."""
        return self._camera is not None

    @property
    def phase(self) -> Phase:
        """Where the desk stands."""
        return self._before.phase

    def start(
        self,
        make_source: Callable[[], Source],
        database: Path,
        thresholds: Thresholds,
        rules: DeskRules,
        camera: str = "",
        expected_gain: float | None = None,
    ) -> None:
        """Open the desk.

        Args:
            make_source: makes the source of frames, again after each time it was lost.
        """
        self.stop()
        self._shown, self._judged = Latest(), Latest()
        self._before, self.orders = DeskState(), Orders()
        self._camera = Camera(make_source(), DEADLINE_S, make_source)
        self._camera.subscribe(self._shown)
        seed = secrets.randbits(64)
        task = run_desk(
            self._session.models,
            database,
            self._judged,
            thresholds,
            rules,
            self.orders,
            seed,
            camera=camera,
            expected_gain=expected_gain,
        )
        job = self._watcher.start(task, Priority.LIVE)
        self._wake = job.wake
        self._judged.on_put = job.wake
        self._camera.subscribe(self._judged)
        self._camera.start()
        self._timer.start()

    def stop(self) -> None:
        """Close the desk and give the camera back; nothing is emitted after this."""
        self._timer.stop()
        self._watcher.stop()
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()

    def _look(self) -> None:
        camera = self._camera
        if camera is None:
            return
        frame = self._shown.take()
        if frame is not None:
            self.frame.emit(frame)
        elif camera.state in (CameraState.LOST, CameraState.ENDED) and self.phase not in STANDING:
            lost = DeskView(DeskState(Phase.FAULT), fault=Fault.VANISHED)
            self._before = lost.state
            self.view.emit(lost)
        if self._wake is not None:
            self._wake()  # an order, or the silence of the camera, is noticed without a frame

    def _updated(self, view: DeskView) -> None:
        decision = decision_of(self._before, view.state, view.state.since)
        self._before = view.state
        self.view.emit(view)
        if view.badge is not None:
            self.badge.emit(view.badge)
        if decision is not None:
            self.decided.emit(decision, view)

    def _failed(self, error: Exception) -> None:
        self.stop()
        if not isinstance(error, EngineError):
            raise error
        self.failed.emit(error)
