"""Pictures of every panel with real content, in every language and appearance."""

from __future__ import annotations

import dataclasses
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEventLoop, QSize

from engine.paths import ROOT
from engine.settings import Settings
from gui.main_window import MainWindow
from gui.panel import Panel
from gui.session import Session

log = logging.getLogger(__name__)

SIZE = QSize(1440, 900)
NAMES = ("recognise", "paint", "explain", "settings")
LANGUAGES = {"en": "en", "zh_CN": "zh"}
APPEARANCES = ("light", "dark")
EXAMPLE_ORDER = ("paint", "explain", "recognise")  # the camera goes on, and would slow the others down
PATIENCE_S = 300.0


def take_screenshots(
    window: MainWindow, session: Session, look: Callable[[Settings], None], folder: Path
) -> int:
    """Run every panel's example, save ``paint-en-light.png`` and so on, and return the exit status.

    ``look`` applies language and appearance; nothing is saved in the person's settings. The status is 3
    when the engine did not load or an example did not end: the pictures then show how far it came.
    """
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(SIZE)
    window.show()
    session.load()
    complete = _wait(lambda: session.device is not None)
    if complete:
        ended = [_run_example(window, NAMES.index(name)) for name in EXAMPLE_ORDER]
        complete = all(ended)
    for (language, short), appearance in product(LANGUAGES.items(), APPEARANCES):
        look(dataclasses.replace(session.settings, language=language, theme=appearance))
        for index, name in enumerate(NAMES):
            if not window.isVisible():
                return 3
            window.open_page(index)
            _settle()
            window.grab().save(str(folder / f"{name}-{short}-{appearance}.png"))
    complete = complete and _take_scenes(window, session, look, folder)
    if not complete:
        sys.stderr.write("Not every example could be completed; the log says more.\n")
    return 0 if complete else 3


def take_dense_screenshot(
    window: MainWindow, session: Session, look: Callable[[Settings], None], folder: Path
) -> int:
    """Save ``explain-en-light@2x.png``, as a screen with two pixels per length unit shows it."""
    window.resize(SIZE)
    window.show()
    session.load()
    look(dataclasses.replace(session.settings, language="en", theme="light"))
    index = NAMES.index("explain")
    complete = _wait(lambda: session.device is not None) and _run_example(window, index)
    _settle()
    window.grab().save(str(folder / "explain-en-light@2x.png"))
    return 0 if complete else 3


def run_at_double_density(folder: Path) -> int:
    """Run :func:`take_dense_screenshot` in a program of its own: Qt fixes the density when it starts."""
    environment = os.environ | {"QT_SCALE_FACTOR": "2"}
    command = [sys.executable, str(ROOT / "main.py"), "--screenshots", str(folder), "--dense"]
    return subprocess.run(command, env=environment, check=False).returncode


def _take_scenes(
    window: MainWindow, session: Session, look: Callable[[Settings], None], folder: Path
) -> bool:
    """Save what else the panels show, such as a training run under way; say whether all came so far."""
    for index in range(len(window.panels)):
        panel: Panel = window.panels[index]
        for name in panel.scenes():
            window.open_page(index)
            panel.show_scene(name)
            if not (_wait_for_scene(panel, window) and window.isVisible()):
                return False
            for (language, short), appearance in product(LANGUAGES.items(), APPEARANCES):
                look(dataclasses.replace(session.settings, language=language, theme=appearance))
                _settle()
                _save_small(window, folder / f"{name}-{short}-{appearance}.png")
    return True


def _save_small(window: MainWindow, path: Path) -> None:
    """Save the window in 256 colours, a third of the size: enough for charts and small pictures."""
    window.grab().save(str(path))
    with Image.open(path) as whole:
        small = whole.convert("RGB").quantize(256)
    small.save(path, optimize=True)


def _wait_for_scene(panel: Panel, window: MainWindow) -> bool:
    return _wait(lambda: panel.scene_ready() or not window.isVisible())


def _run_example(window: MainWindow, index: int) -> bool:
    if not window.isVisible():
        return False
    panel: Panel = window.panels[index]
    window.open_page(index)
    _settle()
    started = time.monotonic()
    panel.show_example()
    ended = _wait(lambda: not panel.is_busy() or not window.isVisible())
    log.info("example of %s: %.1f s", type(panel).__name__, time.monotonic() - started)
    return ended


def _wait(ready: Callable[[], bool]) -> bool:
    """Let the window live until ``ready``, but not for ever."""
    deadline = time.monotonic() + PATIENCE_S
    while not ready() and time.monotonic() < deadline:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    return ready()


def _settle() -> None:
    """Let layouts, decoders of small pictures and repaints finish."""
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.01)
