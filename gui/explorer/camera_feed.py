"""CameraFeed: the camera in use on the Explain panel, and the job that looks at its frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.camera import Camera, CameraState, Frame, Source
from engine.images import Rgb
from engine.jobs import Priority, Task
from engine.latest import Latest
from gui.session import Session

REDRAW_MS = 33

Watch = Callable[[Latest[Rgb]], Task[Any, Any]]


class CameraFeed(QObject):
    """At most one camera. A timer draws the newest frame: no frame ever waits in a queue.

    Signals:
        frame: a new :class:`Frame` to be drawn.
        seen: what the job made of the newest frame it had time for.
        failed: the camera or the job ended with this error.
        stopped: the camera is no longer in use.
    """

    frame = Signal(object)
    seen = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._camera: Camera | None = None
        self._view: Latest[Frame] = Latest()
        self._newest: Latest[Frame] = Latest(self._pass_on)
        self._pixels: Latest[Rgb] = Latest()
        self._watcher = session.watcher(self)
        self._watcher.updated.connect(self.seen)
        self._watcher.failed.connect(self._fail)
        self._timer = QTimer(self)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """Whether a camera is in use (it may still be opening)."""
        return self._camera is not None

    def start(self, source: Source, watch: Watch) -> None:
        """Use another source; ``watch`` makes the task that reads its frames from a mailbox."""
        self.stop()
        self._view = Latest()
        self._camera = Camera(source)
        self._camera.subscribe(self._view)
        self.look_with(watch)
        self._camera.start()
        self._timer.start()

    def look_with(self, watch: Watch) -> None:
        """Look at the frames in another way from now on."""
        if self._camera is None:
            return
        self._camera.unsubscribe(self._newest)
        pixels: Latest[Rgb] = Latest()
        job = self._watcher.start(watch(pixels), Priority.LIVE)
        pixels.on_put = job.wake
        self._pixels = pixels
        self._camera.subscribe(self._newest)

    def stop(self) -> None:
        """Give the camera back."""
        self._timer.stop()
        self._watcher.stop()
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()
            self.stopped.emit()

    def _pass_on(self) -> None:
        """Runs on the camera's thread: the job wants pixels only."""
        frame = self._newest.take()
        if frame is not None:
            self._pixels.put(frame.rgb)

    def _look(self) -> None:
        camera = self._camera
        if camera is None:
            return
        frame = self._view.take()
        if frame is not None:
            self.frame.emit(frame)
        if camera.state is CameraState.LOST:
            self._fail(camera.error)
        elif camera.state is CameraState.ENDED and frame is None:
            self.stop()

    def _fail(self, error: object) -> None:
        self.stop()
        if error is not None:
            self.failed.emit(error)
