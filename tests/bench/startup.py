"""How long a person waits for the window: ``python tests/bench/startup.py [runs]``.

Prints medians of process start → window painted, and of process start → engine loaded.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys, time
from PySide6.QtCore import QTimer
from engine.paths import user_paths
from gui.app import PANELS, Looks, MainWindow, Session, after_first_paint, make_application, make_networks
app = make_application()
session = Session(user_paths())
looks = Looks(app, session)
window = MainWindow(session, PANELS, make_networks)
window.show()
def shown():
    print("torch" in sys.modules, time.time(), flush=True)
    window.complete()
    session.load()
def loaded(device):
    print(device.name, time.time(), flush=True)
    QTimer.singleShot(0, window.close)
session.device_changed.connect(loaded)
session.problem.connect(lambda error: (print(error, time.time()), window.close()))
after_first_paint(shown)
app.exec()
"""


def measure() -> tuple[float, float]:
    """Return the seconds until the window is painted and until the engine is loaded."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"TRIPTYCH_HOME": home}
        started = time.time()
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    shown, loaded = done.stdout.splitlines()
    assert shown.startswith("False"), "torch was imported before the window was on screen"
    return float(shown.split()[-1]) - started, float(loaded.split()[-1]) - started


def main() -> None:
    """Measure after one run that warms the disk cache."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    measure()
    shown, loaded = zip(*(measure() for _ in range(runs)), strict=True)
    print(f"window painted: median {statistics.median(shown):.2f} s of {runs} (min {min(shown):.2f})")
    print(f"engine loaded:  median {statistics.median(loaded):.2f} s of {runs} (min {min(loaded):.2f})")


if __name__ == "__main__":
    main()
