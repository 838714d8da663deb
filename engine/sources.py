"""What a camera can grab from: a device, a video file, a network stream, a folder of stills.

A video file is a full camera: it is paced in real time and runs through the same code as a device. OpenCV is
imported when something is opened, on the camera's thread, so that the window starts without it.
"""

from __future__ import annotations

import logging
import os
import platform
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from engine.camera import lost
from engine.errors import EngineError, ErrorCode
from engine.folders import picture_files
from engine.images import Rgb, fit_within, read_picture

if TYPE_CHECKING:
    import cv2

log = logging.getLogger(__name__)

LINUX: Final = platform.system() == "Linux"
STREAM_TIMEOUT_MS: Final = 5000
STILL_S: Final = 1.5
"""How long each picture of a folder is shown."""
STILL_LONGEST: Final = 1280
LAST_DEVICE: Final = 99
"""OpenCV takes hundreds for the choice of a backend, and no number that a C int does not hold."""


@dataclass(frozen=True)
class CameraInfo:
    """A camera of this computer: the number OpenCV opens it by now, and its name for a person.

    ``id`` stays the same when it is plugged in again or others come before it: the place on the bus on
    Linux, the name elsewhere.
    """

    index: int
    name: str
    id: str = ""


def list_cameras() -> tuple[CameraInfo, ...]:
    """List the cameras of this computer by name, without opening them (Linux) or by trying (elsewhere)."""
    if LINUX:
        nodes = sorted(Path("/sys/class/video4linux").glob("video*"))
        # further nodes of one camera (index 1, 2 …) carry metadata, not pictures
        own = [node for node in nodes if node.name[5:].isdecimal() and _text(node / "index") in ("", "0")]
        return tuple(_on_linux(node) for node in own)
    return tuple(
        CameraInfo(index, f"Camera {index + 1}", f"Camera {index + 1}") for index in range(4) if _opens(index)
    )


def _on_linux(node: Path) -> CameraInfo:
    name = _text(node / "name") or node.name
    place = (node / "device").resolve().name
    return CameraInfo(int(node.name[5:]), name, f"{name} @ {place}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _opens(index: int) -> bool:
    import cv2

    capture = cv2.VideoCapture(index)
    try:
        return bool(capture.isOpened())
    finally:
        capture.release()


class DeviceSource:
    """A camera of this computer, by its number.

    Args:
        index: the number.
        name: what a person calls it.
        id: as :class:`CameraInfo` has it; the number is looked up anew at every opening, because it may
            change when a camera is plugged in again. Empty: the number stays.
    """

    still = False
    pause = 0.0

    def __init__(self, index: int, name: str = "", id: str = "") -> None:
        self.subject = name or f"camera {index}"
        self.stamp: float | None = None
        self.id = id
        self._index = index
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        """Open the device; CAMERA_MISSING when it is not there or in use."""
        import cv2

        backend = cv2.CAP_V4L2 if LINUX else cv2.CAP_ANY
        self._capture = cv2.VideoCapture(self._number(), backend)
        if not self._capture.isOpened():
            raise _missing(self.subject, "Plug it in, or close the other program that uses it.")

    def _number(self) -> int:
        if not self.id or not LINUX:
            return self._index
        for camera in list_cameras():
            if camera.id == self.id:
                return camera.index
        raise _missing(self.subject, "Plug it in again.")

    def read(self) -> Rgb | None:
        """Wait for the next frame; CAMERA_LOST when it stopped delivering."""
        import cv2

        assert self._capture is not None
        ok, bgr = self._capture.read()
        if not ok:
            raise lost(self.subject)
        stamp = self._capture.get(cv2.CAP_PROP_POS_MSEC)
        self.stamp = stamp / 1000.0 if stamp > 0.0 else None  # a driver without a clock says 0 or less
        return _rgb(bgr)

    def interrupt(self) -> None:
        """Nothing to end early: a read returns with the next frame."""

    def close(self) -> None:
        """Give the device back."""
        if self._capture is not None:
            self._capture.release()


class StreamSource(DeviceSource):
    """A network stream (rtsp, http …), by its URL."""

    def __init__(self, url: str) -> None:
        super().__init__(-1, url)

    def open(self) -> None:
        """Connect; CAMERA_MISSING when nobody answers within five seconds."""
        import cv2

        limits = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            STREAM_TIMEOUT_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            STREAM_TIMEOUT_MS,
        ]
        self._capture = cv2.VideoCapture(self.subject, cv2.CAP_FFMPEG, limits)
        if not self._capture.isOpened():
            raise _missing(self.subject, "Check the address and the network.")


class VideoSource:
    """A video file, paced in real time.

    Args:
        path: the file.
        loop: start again at the end.
    """

    still = True
    pause = 0.0
    stamp: float | None = None

    def __init__(self, path: Path, *, loop: bool = True) -> None:
        self.subject = str(path)
        self._path = path
        self._loop = loop
        self._capture: cv2.VideoCapture | None = None
        self._interval = 0.04
        self._due = 0.0
        self._any = False

    def open(self) -> None:
        """Open the file; FILE_MISSING, or FILE_UNREADABLE when it is not a video."""
        import cv2

        if not self._path.is_file():
            raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {self._path}.", self.subject)
        self._capture = cv2.VideoCapture(self.subject, cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise self._unreadable()
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self._interval = 1.0 / rate if 1.0 <= rate <= 240.0 else 0.04
        self._due = time.monotonic()

    def read(self) -> Rgb | None:
        """Wait until the next frame is due and return it."""
        assert self._capture is not None
        ok, bgr = self._capture.read()
        if not ok and self._any and self._loop:
            self._capture.release()
            self.open()
            ok, bgr = self._capture.read()
        if not ok:
            if not self._any:
                raise self._unreadable()
            return None
        self._any = True
        self._due += self._interval
        time.sleep(max(0.0, self._due - time.monotonic()))
        return _rgb(bgr)

    def interrupt(self) -> None:
        """Nothing to end early: a frame is due within a second."""

    def close(self) -> None:
        """Close the file."""
        if self._capture is not None:
            self._capture.release()

    def _unreadable(self) -> EngineError:
        return EngineError(
            ErrorCode.FILE_UNREADABLE,
            f"{self._path} is not a video that can be read. Convert it to MP4 (H.264) first.",
            self.subject,
        )


class StillsSource:
    """A folder of pictures, or some picture files, shown one after the other."""

    still = True
    stamp: float | None = None

    def __init__(
        self, pictures: Path | Sequence[Path], *, loop: bool = True, seconds: float = STILL_S
    ) -> None:
        self.subject = str(pictures) if isinstance(pictures, Path) else str(pictures[0].parent)
        self._pictures = pictures
        self._loop = loop
        self.pause = seconds
        self._files: tuple[Path, ...] = ()
        self._next = 0
        self._stopped = threading.Event()

    def open(self) -> None:
        """List the pictures; FILE_MISSING or NO_PICTURES."""
        self._files = (
            picture_files(self._pictures) if isinstance(self._pictures, Path) else tuple(self._pictures)
        )

    def read(self) -> Rgb | None:
        """Wait until the next picture is due and return it; unreadable files are passed over."""
        if self._next and self._stopped.wait(self.pause):
            return None
        for _ in self._files:
            if self._next >= len(self._files) and not self._loop:
                return None
            path = self._files[self._next % len(self._files)]
            self._next += 1
            try:
                return fit_within(read_picture(path).rgb, STILL_LONGEST)
            except EngineError as error:
                log.info("passed over: %s", error.detail)
        return None

    def interrupt(self) -> None:
        """End the wait for the next picture."""
        self._stopped.set()

    def close(self) -> None:
        """Nothing is held open between two pictures."""


def source_for(place: str) -> DeviceSource | VideoSource | StillsSource:
    """Return the source that a person named: a camera's number or name, a file, a folder, or a URL.

    Raises:
        EngineError: CAMERA_MISSING when it is none of these.
    """
    if "://" in place:
        return StreamSource(place)
    if place.isdecimal() and int(place) <= LAST_DEVICE:
        return DeviceSource(int(place))
    if not place.strip():
        raise _missing("A camera without a name", _CURE)
    path = Path(os.path.expanduser(place))  # noqa: PTH111 - Path's own fails for ~nobody
    if path.is_dir():
        return StillsSource(path)
    if path.is_file():
        return VideoSource(path)
    for camera in list_cameras():
        if camera.name == place:
            return DeviceSource(camera.index, camera.name, camera.id)
    raise _missing(place, _CURE)


_CURE: Final = "Give a camera's name or number, a video file, a folder of pictures, or a URL."


def _missing(subject: str, cure: str) -> EngineError:
    return EngineError(ErrorCode.CAMERA_MISSING, f"{subject} cannot be opened. {cure}", subject)


def _rgb(bgr: Any) -> Rgb:
    return np.ascontiguousarray(bgr[:, :, ::-1], dtype=np.uint8)
