"""Closing the window with work running ends the process cleanly, every time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TIMES = 20

PROGRAM = """
import sys, threading, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from engine.jobs import WAIT, Priority
from engine.paths import user_paths
from gui.application import close_on_interrupt, make_application
from gui.guide import Guide
from gui.main_window import MainWindow
from gui.panel_page import PanelEntry
from gui.panel import Panel
from gui.session import Session

started, ended = [], []

def work(kind):
    try:
        started.append(kind)
        while True:
            time.sleep(0.002)
            yield WAIT if kind == 2 else kind
    finally:
        ended.append(kind)

class Busy(Panel):
    kinds = iter((0, 1, 2))
    def __init__(self, session, parent):
        super().__init__(parent)
        self.watcher = session.watcher(self)
        kind = next(self.kinds)
        self.job = self.watcher.start(work(kind), list(Priority)[kind])
        if kind == 1:
            self.job.pause()
    def retranslate(self):
        pass
    def shut_down(self):
        self.watcher.stop()

app = make_application()
session = Session(user_paths())
entries = [PanelEntry(key, key, Busy, Guide("", "", (), ())) for key in ("recognise", "paint", "explain")]
window = MainWindow(session, entries, lambda _session: QWidget())
stop_listening = close_on_interrupt(window.close)
window.show()
if "wait" in sys.argv:
    print("ready", flush=True)
else:
    QTimer.singleShot(int(sys.argv[1]), window.close)
status = app.exec()
assert sorted(ended) == sorted(started), (started, ended)
assert not [thread for thread in threading.enumerate() if thread.name == "engine"]
stop_listening()
sys.exit(status)
"""


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"TRIPTYCH_HOME": str(home)}


def close_after(milliseconds: int, home: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(milliseconds)],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.replace("This plugin does not support propagateSizeHints()\n", "")


def test_twenty_times_out_of_twenty(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(lambda turn: close_after(turn * 7, tmp_path / str(turn)), range(TIMES)))
    assert ends == [(0, "")] * TIMES


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "wait"],
        cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        _out, problems = process.communicate(timeout=30)
    assert process.returncode == 0, problems
    assert (tmp_path / "config" / "window.ini").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("milliseconds", [0, 40, 120, 400, 2500])
def test_the_real_program_ends_at_whatever_moment_it_is_asked_to(tmp_path: Path, milliseconds: int) -> None:
    """From before the window is shown until torch is being loaded."""
    program = f"""
import os, signal, sys, threading
import gui.app
listen = gui.app.close_on_interrupt
def listen_and_ask(close):
    stop = listen(close)
    threading.Timer({milliseconds / 1000}, os.kill, (os.getpid(), signal.SIGTERM)).start()
    return stop
gui.app.close_on_interrupt = listen_and_ask
sys.exit(gui.app.run_window([]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
