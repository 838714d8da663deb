"""Whether the desk ever blocks the window: ``python -m tests.bench.desk_window [--seconds N]``.

A recorded face (``TRIPTYCH_DATA``: ``faces/video/franck.mp4``) as a 640 × 480 clip at 25 frames a second is
the camera. Measured in the thread of the window, while the engine's thread recognises beside it:

* how long each turn of the event loop lasts, from waking up to waiting again;
* how late a timer is that should come every 4 ms: what a key or a mouse button would have to wait.

In turn: the desk screen at 1920 × 1080 with the staff's page beside it, then the panel's own live picture.
The promise is 33 ms at most.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, Qt, QTimer

from engine.faces.store.records import Details, Limits
from engine.paths import user_paths
from engine.sources import VideoSource
from gui.application import make_application
from gui.faces.column import DESK, ENROL
from gui.faces.desk import Work
from gui.faces.enrol_page import Newcomer
from gui.faces.panel import RecognisePanel
from gui.session import Session

DATA = Path(os.environ.get("TRIPTYCH_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
SIZE, RATE, FRAMES = (640, 480), 25.0, 400
BEAT_MS = 4
PROMISE_S = 0.033


class Pulse:
    """Notes how long the turns of the event loop last, and how late a timer is."""

    def __init__(self) -> None:
        self.turns: list[float] = []
        self.late: list[float] = []
        self._awake_at = self._beat_at = time.perf_counter()
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._dispatcher.awake.connect(self._awake)
        self._dispatcher.aboutToBlock.connect(self._rests)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        """Note nothing more."""
        self._timer.stop()
        self._dispatcher.awake.disconnect(self._awake)
        self._dispatcher.aboutToBlock.disconnect(self._rests)

    def _awake(self) -> None:
        self._awake_at = time.perf_counter()

    def _rests(self) -> None:
        self.turns.append(time.perf_counter() - self._awake_at)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._beat_at - BEAT_MS / 1000))
        self._beat_at = now


def live(seconds: float) -> None:
    """Let the window live, as its own event loop would."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def clip(folder: Path) -> Path:
    """Write the clip that is the camera, and return it."""
    made, recording = folder / "desk.avi", cv2.VideoCapture(str(DATA / "faces" / "video" / "franck.mp4"))
    writer = cv2.VideoWriter(str(made), cv2.VideoWriter.fourcc(*"MJPG"), RATE, SIZE)
    for _ in range(FRAMES):
        writer.write(cv2.resize(recording.read()[1], SIZE, interpolation=cv2.INTER_AREA))
    writer.release()
    recording.release()
    return made


def told(name: str, seconds: list[float]) -> str:
    """Return median, 99th percentile and longest in milliseconds, and how many broke the promise."""
    median, high = (float(np.quantile(seconds, share)) * 1000 for share in (0.5, 0.99))
    over = sum(one > PROMISE_S for one in seconds)
    return (
        f"{name}: median {median:.1f} ms, p99 {high:.1f} ms, longest {max(seconds) * 1000:.1f} ms, "
        f"{over} of {len(seconds)} beyond {PROMISE_S * 1000:.0f} ms"
    )


def measure(name: str, seconds: float) -> None:
    """Let the window live for a while and print how it was."""
    pulse = Pulse()
    live(seconds)
    pulse.stop()
    print(told(f"{name}, turns of the event loop", pulse.turns))
    print(told(f"{name}, a timer's delay", pulse.late))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as home:
        os.environ["TRIPTYCH_HOME"] = home
        os.environ["QT_NO_GLIB"] = "1"  # with GLib, Qt says "awake" after the work, not before
        camera = clip(Path(home))
        app = make_application()
        session = Session(user_paths())
        session.settings = replace(session.settings, language="en")
        panel = RecognisePanel(session)
        panel.resize(1330, 850)
        panel.show()
        session.load()
        while session.device is None:
            live(0.1)
        panel.column.open_page(ENROL)
        panel.start(VideoSource(camera))
        live(4.0)
        who = Newcomer("Franck", Details(purpose="bench", consent="2026-01-01"), Limits("", "2999-01-01"))
        panel.desk.enrol_from_camera(who)
        while panel.desk.work is not Work.NOTHING:
            live(0.1)
        measure("live picture of the panel", seconds)
        panel.stop()
        panel.column.open_page(DESK)
        desk, pulse = panel.desk, Pulse()

        def open_desk() -> None:
            panel.control.open(
                *(lambda: VideoSource(camera), "bench", desk.database, desk.thresholds), full_screen=False
            )
            assert panel.control.screen_ is not None
            panel.control.screen_.resize(1920, 1080)
            panel.control.screen_.show()

        QTimer.singleShot(0, open_desk)  # in the event loop, as a click is
        live(3.0)
        pulse.stop()
        print(told("opening the desk screen, turns of the event loop", pulse.turns))
        measure("desk screen and staff's page", seconds)
        print(f"decisions meanwhile: {len(panel.front.staff.lines())}")
        panel.shut_down()
        session.close()
        panel.hide()
        app.quit()


if __name__ == "__main__":
    main()
