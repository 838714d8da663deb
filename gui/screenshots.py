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
from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, Qt
from PySide6.QtWidgets import QWidget

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
PATIENCE_S, SCENE_S = 300.0, 60.0
SCENE_WIDTH, SCENE_QUALITY, QUALITY = 1120, 82, 90


def take_screenshots(
    window: MainWindow,
    session: Session,
    look: Callable[[Settings], None],
    folder: Path,
    only: str | None = None,
) -> int:
    """Run every panel's example, save ``paint-en-light.jpg`` and so on, and return the exit status.

    ``look`` applies language and appearance; nothing is saved in the person's settings. The status is 3
    when the engine did not load or an example did not end: the pictures then show how far it came.

    Args:
        only: one of :data:`NAMES`: the pictures of this page and no others.
    """
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(SIZE)
    window.show()
    session.load()
    complete = _wait(lambda: session.device is not None)
    if complete:
        wanted = [name for name in EXAMPLE_ORDER if only in (None, name)]
        ended = [_run_example(window, NAMES.index(name)) for name in wanted]
        complete = all(ended)
    for (language, short), appearance in product(LANGUAGES.items(), APPEARANCES):
        look(dataclasses.replace(session.settings, language=language, theme=appearance))
        for index, name in enumerate(NAMES):
            if only not in (None, name):
                continue
            if not window.isVisible():
                return 3
            window.open_page(index)
            _settle()
            window.grab().save(str(folder / f"{name}-{short}-{appearance}.jpg"), quality=QUALITY)
    complete = _take_scenes(window, session, look, folder, only) and complete
    if not complete:
        sys.stderr.write("Not every example could be completed; the log says more.\n")
    return 0 if complete else 3


def _take_scenes(
    window: MainWindow,
    session: Session,
    look: Callable[[Settings], None],
    folder: Path,
    only: str | None,
) -> bool:
    """Save ``desk-welcome-en.jpg`` and so on: what a panel's example does not show."""
    complete = True
    for index, panel in enumerate(window.panels):
        scenes = panel.scenes(window) if only in (None, NAMES[index]) else ()
        if scenes:
            window.open_page(index)
        for scene in scenes:
            scene.begin()
            ready = _wait(scene.ready, SCENE_S)
            complete = complete and ready
            if not window.isVisible():
                return False
            if not ready:
                log.warning("the scene %s did not come about", scene.name)
            appearances = APPEARANCES[:1] if scene.photographs else APPEARANCES
            for (language, short), appearance in product(LANGUAGES.items(), appearances):
                look(dataclasses.replace(session.settings, language=language, theme=appearance))
                _settle()
                if scene.photographs:
                    _save_photographs(scene.widget(), folder / f"{scene.name}-{short}.jpg")
                else:
                    _save_chart(scene.widget(), folder / f"{scene.name}-{short}-{appearance}.png")
    return complete


def _save_photographs(widget: QWidget, path: Path) -> None:
    picture = widget.grab().toImage()
    picture = picture.scaledToWidth(SCENE_WIDTH, Qt.TransformationMode.SmoothTransformation)
    picture.save(str(path), quality=SCENE_QUALITY)


def _save_chart(widget: QWidget, path: Path) -> None:
    """Save in 256 colours, a third of the size: enough for charts and small pictures."""
    widget.grab().save(str(path))
    with Image.open(path) as whole:
        small = whole.convert("RGB").quantize(256)
    small.save(path, optimize=True)


def take_dense_screenshot(
    window: MainWindow, session: Session, look: Callable[[Settings], None], folder: Path
) -> int:
    """Save ``explain-en-light@2x.jpg``, as a screen with two pixels per length unit shows it."""
    window.resize(SIZE)
    window.show()
    session.load()
    look(dataclasses.replace(session.settings, language="en", theme="light"))
    index = NAMES.index("explain")
    complete = _wait(lambda: session.device is not None) and _run_example(window, index)
    _settle()
    window.grab().save(str(folder / "explain-en-light@2x.jpg"), quality=QUALITY)
    return 0 if complete else 3


def run_at_double_density(folder: Path) -> int:
    """Run :func:`take_dense_screenshot` in a program of its own: Qt fixes the density when it starts."""
    environment = os.environ | {"QT_SCALE_FACTOR": "2"}
    command = [sys.executable, str(ROOT / "main.py"), "--screenshots", str(folder), "--dense"]
    return subprocess.run(command, env=environment, check=False).returncode


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


def _wait(ready: Callable[[], bool], patience: float = PATIENCE_S) -> bool:
    """Let the window live until ``ready``, but not for ever."""
    deadline = time.monotonic() + patience
    while not ready() and time.monotonic() < deadline:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    return ready()


def _settle() -> None:
    """Let layouts, decoders of small pictures and repaints finish."""
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.01)
