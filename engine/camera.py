"""A camera: one thread that grabs from a source and puts each frame into mailboxes, where the newest wins.

No OpenCV and no Qt here: what opens devices and files is ``engine/sources.py``.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

import numpy as np

from engine.camera_health import Fault, HealthMonitor
from engine.errors import EngineError, ErrorCode
from engine.images import Rgb
from engine.latest import Latest

REATTACH_S: Final = 1.0
"""Seconds between two tries to open a camera that was lost: with opening it, it is back within five."""

WATCH_S: Final = 0.2
"""How often a silent read is looked for."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture from a camera. Nobody writes to ``rgb`` after it was put into a mailbox.

    ``index`` counts from 0; ``time`` is monotonic, in seconds, when it was grabbed; ``fresh`` is False when
    it equals the frame before it; ``fault`` is what is wrong with it, None when nothing is.
    """

    rgb: Rgb
    index: int
    time: float
    fresh: bool = True
    fault: Fault | None = None

    @property
    def frozen(self) -> bool:
        """Whether the camera stands still."""
        return self.fault in (Fault.FROZEN, Fault.STALLED)


class CameraState(Enum):
    """The life of a camera. ENDED: a video or folder that does not loop came to its end."""

    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"
    ENDED = "ended"
    STOPPED = "stopped"


class Source(Protocol):
    """Where a camera's frames come from. All methods are called on the grabbing thread.

    ``subject`` names it in errors; ``still`` says that equal frames are normal; ``pause`` is how many
    seconds it waits on purpose between two frames; ``stamp`` is the device's own time of the last frame in
    seconds, None where it has no clock. It can be opened again after it was closed.
    """

    subject: str
    still: bool
    pause: float
    stamp: float | None

    def open(self) -> None:
        """Open it.

        Raises:
            EngineError: CAMERA_MISSING, FILE_MISSING, FILE_UNREADABLE or NO_PICTURES.
        """

    def read(self) -> Rgb | None:
        """Wait for the next frame and return it; None at the end.

        Raises:
            EngineError: CAMERA_LOST.
        """

    def interrupt(self) -> None:
        """End a wait of the source's own early; the one method that is called from another thread."""

    def close(self) -> None:
        """Give it back."""


class FakeSource:
    """A camera for tests: given frames at a given pace, and every fault on demand.

    Args:
        frames: shown in turn, for ever; none at all ends at once.
        interval: seconds between two.
        blocks_after: from that read on, reads block until :attr:`unblock` is set.
        lost_after: from that read on, reads fail, until :attr:`unblock` is set.
    """

    subject = "fake camera"
    still = False
    pause = 0.0
    stamp: float | None = None

    def __init__(
        self,
        frames: Sequence[Rgb],
        interval: float = 0.005,
        blocks_after: int | None = None,
        lost_after: int | None = None,
    ) -> None:
        self.unblock = threading.Event()
        self.opened = self.closed = False
        self._frames = frames
        self._interval = interval
        self._blocks_after = blocks_after
        self._lost_after = lost_after
        self._reads = 0

    def open(self) -> None:
        """Note that it was opened."""
        if self._is_lost():
            raise lost(self.subject)
        self.opened = True

    def read(self) -> Rgb | None:
        """Return the next frame, or misbehave as asked."""
        time.sleep(self._interval)
        if self._blocks_after is not None and self._reads >= self._blocks_after:
            self.unblock.wait()
        if self._is_lost():
            raise lost(self.subject)
        self._reads += 1
        return self._frames[(self._reads - 1) % len(self._frames)] if self._frames else None

    def interrupt(self) -> None:
        """Go on blocking: a broken driver does not listen either."""

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True

    def _is_lost(self) -> bool:
        past = self._lost_after is not None and self._reads >= self._lost_after
        return past and not self.unblock.is_set()


class Camera:
    """Grabs frames from a source on a thread of its own and puts each into every subscribed mailbox.

    Args:
        source: where frames come from.
        deadline: seconds without a frame, beyond the source's own pause, after which the camera counts as
            lost. A blocked read cannot be interrupted; its thread is left behind and gives the device back
            when the read returns.
        reattach: makes the source anew after it was lost, until it delivers again; None: a lost camera stays
            lost. It is called on the camera's own threads.
    """

    def __init__(
        self, source: Source, deadline: float = 3.0, reattach: Callable[[], Source] | None = None
    ) -> None:
        self.source = source
        self._deadline = deadline
        self._reattach = reattach
        self._mailboxes: tuple[Latest[Frame], ...] = ()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._state = CameraState.OPENING
        self._error: EngineError | None = None
        self._last = time.monotonic()
        self._index = 0
        self._thread = self._grabber(source)
        self._watch = threading.Thread(target=self._look_after, name="camera watch", daemon=True)

    @property
    def state(self) -> CameraState:
        """What the camera does now; LOST as soon as a read has taken longer than the deadline."""
        return CameraState.LOST if self._state is CameraState.LIVE and self._is_silent() else self._state

    @property
    def error(self) -> EngineError | None:
        """Why the camera is LOST; None in every other state."""
        if self.state is not CameraState.LOST:
            return None
        return self._error or lost(self.source.subject)

    def subscribe(self, mailbox: Latest[Frame]) -> None:
        """Put every new frame into ``mailbox`` from now on."""
        with self._lock:
            self._mailboxes = (*self._mailboxes, mailbox)

    def unsubscribe(self, mailbox: Latest[Frame]) -> None:
        """Stop doing so; a mailbox that is not subscribed is no error."""
        with self._lock:
            self._mailboxes = tuple(other for other in self._mailboxes if other is not mailbox)

    def start(self) -> None:
        """Open the source and grab; once in a camera's life."""
        self._last = time.monotonic()
        self._thread.start()
        if self._reattach is not None:
            self._watch.start()

    def stop(self, timeout: float = 2.0) -> bool:
        """End the thread and say whether it ended in time; no frame is put after this returns True."""
        self._stop.set()
        with self._lock:
            self._mailboxes = ()
        self.source.interrupt()
        if self._watch.is_alive():
            self._watch.join(timeout)
        if self._thread.is_alive():
            self._thread.join(timeout)
        if self._state is not CameraState.LOST:
            self._state = CameraState.STOPPED
        return not self._thread.is_alive()

    def _grabber(self, source: Source) -> threading.Thread:
        return threading.Thread(target=self._grab, args=(source,), name="camera", daemon=True)

    def _is_silent(self) -> bool:
        return time.monotonic() - self._last > self._deadline + self.source.pause

    def _look_after(self) -> None:
        """Replace the source and its thread when it was lost or has gone silent, as often as it takes."""
        while not self._stop.wait(WATCH_S):
            ended = self._state is CameraState.LOST and not self._thread.is_alive()
            if not ended and not self._is_silent():
                continue
            self._state = CameraState.LOST
            if self._stop.wait(REATTACH_S):
                return
            assert self._reattach is not None
            self.source = self._reattach()
            self._last = time.monotonic()
            self._thread = self._grabber(self.source)
            self._thread.start()

    def _grab(self, source: Source) -> None:
        try:
            source.open()
            self._run(source)
        except EngineError as error:
            self._fail(source, error)
        finally:
            source.close()

    def _run(self, source: Source) -> None:
        monitor, repeats, before = HealthMonitor(still=source.still), 0, None
        while not self._stop.is_set() and source is self.source:
            rgb = source.read()
            if source is not self.source:
                return  # it blocked, and another one has taken its place
            if rgb is None:
                self._state = CameraState.ENDED
                return
            digest = zlib.crc32(np.ascontiguousarray(rgb[::4]).data)
            fresh = digest != before
            repeats, before = (0 if fresh else repeats + 1), digest
            fault = monitor.check(rgb, repeats, source.stamp)
            self._last = time.monotonic()
            self._state, self._error = CameraState.LIVE, None
            self._put(Frame(rgb, self._index, self._last, fresh, fault))
            self._index += 1

    def _put(self, frame: Frame) -> None:
        for mailbox in self._mailboxes:
            mailbox.put(frame)

    def _fail(self, source: Source, error: EngineError) -> None:
        if source is self.source:
            self._error, self._state = error, CameraState.LOST


def lost(subject: str) -> EngineError:
    """Return the error of a camera that was live and delivers nothing any more."""
    return EngineError(
        ErrorCode.CAMERA_LOST,
        f"{subject} delivers no pictures any more. Check the cable or the network, then start it again.",
        subject,
    )
