"""A camera: one thread that grabs from a source and puts each frame into mailboxes, where the newest wins.

No OpenCV and no Qt here: what opens devices and files is ``engine/sources.py``.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.images import Rgb
from engine.latest import Latest

FROZEN_FRAMES: Final = 25
"""So many equal frames in a row never come from a working sensor: its noise differs every time."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture from a camera. Nobody writes to ``rgb`` after it was put into a mailbox.

    ``index`` counts from 0; ``time`` is monotonic, in seconds, when it was grabbed; ``fresh`` is False when
    it equals the frame before it; ``frozen`` is True after :data:`FROZEN_FRAMES` equal ones in a row.
    """

    rgb: Rgb
    index: int
    time: float
    fresh: bool = True
    frozen: bool = False


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
    seconds it waits on purpose between two frames.
    """

    subject: str
    still: bool
    pause: float

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
        lost_after: from that read on, reads fail.
    """

    subject = "fake camera"
    still = False
    pause = 0.0

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
        self.opened = True

    def read(self) -> Rgb | None:
        """Return the next frame, or misbehave as asked."""
        time.sleep(self._interval)
        if self._blocks_after is not None and self._reads >= self._blocks_after:
            self.unblock.wait()
        if self._lost_after is not None and self._reads >= self._lost_after:
            raise lost(self.subject)
        self._reads += 1
        return self._frames[(self._reads - 1) % len(self._frames)] if self._frames else None

    def interrupt(self) -> None:
        """Go on blocking: a broken driver does not listen either."""

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True


class Camera:
    """Grabs frames from a source on a thread of its own and puts each into every subscribed mailbox.

    Args:
        source: where frames come from.
        deadline: seconds without a frame, beyond the source's own pause, after which the camera counts as
            lost. A blocked read cannot be interrupted; its thread is left behind and gives the device back
            when the read returns.
    """

    def __init__(self, source: Source, deadline: float = 3.0) -> None:
        self.source = source
        self._deadline = deadline
        self._mailboxes: tuple[Latest[Frame], ...] = ()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._state = CameraState.OPENING
        self._error: EngineError | None = None
        self._last = time.monotonic()
        self._thread = threading.Thread(target=self._grab, name="camera", daemon=True)

    @property
    def state(self) -> CameraState:
        """What the camera does now; LOST as soon as a read has taken longer than the deadline."""
        silent = time.monotonic() - self._last
        if self._state is CameraState.LIVE and silent > self._deadline + self.source.pause:
            return CameraState.LOST
        return self._state

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

    def stop(self, timeout: float = 2.0) -> bool:
        """End the thread and say whether it ended in time; no frame is put after this returns True."""
        self._stop.set()
        with self._lock:
            self._mailboxes = ()
        self.source.interrupt()
        if self._thread.is_alive():
            self._thread.join(timeout)
        if self._state is not CameraState.LOST:
            self._state = CameraState.STOPPED
        return not self._thread.is_alive()

    def _grab(self) -> None:
        try:
            self.source.open()
            self._run()
        except EngineError as error:
            self._fail(error)
        finally:
            self.source.close()

    def _run(self) -> None:
        index, repeats, before = 0, 0, 0
        while not self._stop.is_set():
            rgb = self.source.read()
            if rgb is None:
                self._state = CameraState.ENDED
                return
            digest = zlib.crc32(np.ascontiguousarray(rgb[::4]).data)
            fresh = index == 0 or digest != before
            repeats, before = (0 if fresh else repeats + 1), digest
            frozen = not self.source.still and repeats >= FROZEN_FRAMES
            self._last = time.monotonic()
            self._state = CameraState.LIVE
            self._put(Frame(rgb, index, self._last, fresh, frozen))
            index += 1

    def _put(self, frame: Frame) -> None:
        for mailbox in self._mailboxes:
            mailbox.put(frame)

    def _fail(self, error: EngineError) -> None:
        self._error, self._state = error, CameraState.LOST


def lost(subject: str) -> EngineError:
    """Return the error of a camera that was live and delivers nothing any more."""
    return EngineError(
        ErrorCode.CAMERA_LOST,
        f"{subject} delivers no pictures any more. Check the cable or the network, then start it again.",
        subject,
    )
