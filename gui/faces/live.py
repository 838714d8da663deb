"""Live: the camera in use, what the person sees of it, and the job that recognises faces in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.camera import Camera, CameraState, Frame, Source
from engine.errors import EngineError
from engine.faces.answers import FacesSeen
from engine.faces.matching import Thresholds
from engine.faces.tasks import watch_faces
from engine.jobs import Job, Priority, Task
from engine.latest import Latest
from gui.session import Session
from gui.watch import JobWatcher

REDRAW_MS = 30


class Live(QObject):
    """At most one camera. A timer draws the newest frame from a mailbox: no frame ever waits in a queue.

    Signals:
        frame: a new :class:`Frame` to be drawn.
        seen: :class:`FacesSeen` of the newest frame that was recognised.
        live_changed: whether a camera delivers pictures.
        failed: the camera or the recognition ended with this :class:`EngineError`.
        ended: a source that does not loop came to its end.
    """

    frame = Signal(object)
    seen = Signal(object)
    live_changed = Signal(bool)
    failed = Signal(Exception)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._camera: Camera | None = None
        self._live = False
        self._view: Latest[Frame] = Latest()
        self._recognised: Latest[Frame] = Latest()
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(self._show_seen)
        self._watcher.failed.connect(self._recognition_failed)
        self._timer = QTimer(self)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """Whether a camera is in use (it may still be opening)."""
        return self._camera is not None

    @property
    def live(self) -> bool:
        """Whether the camera delivers pictures."""
        return self._live

    def start(self, source: Source, database: Path, thresholds: Thresholds) -> None:
        """Use another source and recognise with this gallery."""
        self.stop()
        self._view, self._recognised = Latest(), Latest()
        self._camera = Camera(source)
        self._camera.subscribe(self._view)
        self.recognise(database, thresholds)
        self._camera.start()
        self._timer.start()

    def recognise(self, database: Path, thresholds: Thresholds) -> None:
        """Recognise with this gallery and these lines from now on."""
        if self._camera is None:
            return
        self._camera.unsubscribe(self._recognised)
        self._recognised = Latest()
        task = watch_faces(self._session.models, database, self._recognised, thresholds)
        self._feed(self._watcher.start(task, Priority.LIVE), self._recognised)

    def run_on_camera(self, watcher: JobWatcher, task: Task[object, object], frames: Latest[Frame]) -> None:
        """Start another task that reads this camera through ``frames``, until :meth:`release`."""
        self._feed(watcher.start(task, Priority.LIVE), frames)

    def release(self, frames: Latest[Frame]) -> None:
        """Put no more frames into a mailbox."""
        if self._camera is not None:
            self._camera.unsubscribe(frames)

    def stop(self) -> None:
        """Give the camera back; nothing is emitted after this but ``live_changed``."""
        self._timer.stop()
        self._watcher.stop()
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()
        self._set_live(False)

    def _feed(self, job: Job[object, object], frames: Latest[Frame]) -> None:
        assert self._camera is not None
        frames.on_put = job.wake
        self._camera.subscribe(frames)

    def _look(self) -> None:
        camera = self._camera
        if camera is None:
            return
        frame = self._view.take()
        if frame is not None:
            self._set_live(True)
            self.frame.emit(frame)
        state = camera.state
        if state is CameraState.LOST:
            error = camera.error
            self.stop()
            if error is not None:
                self.failed.emit(error)
        elif state is CameraState.ENDED and frame is None:
            self.stop()
            self.ended.emit()

    def _show_seen(self, seen: FacesSeen) -> None:
        self.seen.emit(seen)

    def _recognition_failed(self, error: Exception) -> None:
        if not isinstance(error, EngineError):
            raise error
        self.failed.emit(error)

    def _set_live(self, live: bool) -> None:
        if live != self._live:
            self._live = live
            self.live_changed.emit(live)
