"""Opens the window: application, language, appearance, fault hooks; wires the engine to the window."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from engine.logs import log_to
from engine.paths import UserPaths, user_paths
from engine.settings import Settings
from gui.explorer.panel import ExplainPanel
from gui.faces.panel import RecognisePanel
from gui.faults import Faults
from gui.i18n import Translations
from gui.icons import icon
from gui.main_window import MainWindow, PanelEntry, after_first_paint
from gui.models_page import ModelsPage
from gui.screenshots import run_at_double_density, take_dense_screenshot, take_screenshots
from gui.session import Session
from gui.style.panel import PaintPanel
from gui.theme import apply_theme

PANELS = (
    PanelEntry("recognise", "recognise", RecognisePanel),
    PanelEntry("paint", "paint", PaintPanel),
    PanelEntry("explain", "explain", ExplainPanel),
)


class Looks(QObject):
    """Keeps language and appearance as the settings and the system want them."""

    def __init__(self, app: QApplication, session: Session) -> None:
        super().__init__(app)
        self._app, self._session = app, session
        self._translations = Translations(app)
        session.settings_changed.connect(self.follow)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.follow(session.settings)

    def follow(self, settings: Settings) -> None:
        """Apply the settings; what did not change costs nothing."""
        apply_theme(self._app, settings.theme)
        self._translations.speak(settings.language)

    def _follow_system(self) -> None:
        apply_theme(self._app, self._session.settings.theme)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application object, which exists once per process."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([sys.argv[0], *arguments])
    app.setStyle("Fusion")
    app.setApplicationName("Triptych")
    app.setDesktopFileName("triptych")
    app.setWindowIcon(icon("triptych", tone="accent"))
    return app


def run_window(arguments: Sequence[str]) -> int:
    """Open the window and return the exit status when it is closed.

    With ``--screenshots DIR``, save a picture of every panel in every language and appearance and end.
    """
    options = _parse(arguments)
    if options.screenshots is None:
        return _run(user_paths(), None)
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="triptych-") as home:
        os.environ["TRIPTYCH_HOME"] = home  # nobody's own people and pictures get into a screenshot
        status = _run(user_paths(), options.screenshots, dense=options.dense)
    return status if options.dense else max(status, run_at_double_density(options.screenshots))


def _run(paths: UserPaths, screenshots: Path | None, *, dense: bool = False) -> int:
    handler = log_to(paths.log_file)
    faults = Faults()
    faults.install()
    app = make_application()
    session = Session(paths)
    looks = Looks(app, session)
    window = MainWindow(session, PANELS, ModelsPage)
    faults.happened.connect(window.show_fault)
    stop_listening = close_on_interrupt(window.close)
    try:
        if screenshots is not None:
            take = take_dense_screenshot if dense else take_screenshots
            return take(window, session, looks.follow, screenshots)
        window.show()
        after_first_paint(session.load)
        return app.exec()
    finally:
        window.close()
        stop_listening()
        faults.uninstall()
        logging.getLogger().removeHandler(handler)
        handler.close()


def close_on_interrupt(close: Callable[[], object]) -> Callable[[], None]:
    """Call ``close`` on Ctrl+C or SIGTERM; return what ends this.

    Python runs signal handlers only between its own instructions, of which Qt's event loop executes
    none while nothing happens. So the interpreter writes to a socket that Qt watches.
    """
    receiver, sender = socket.socketpair()
    for end in (receiver, sender):
        end.setblocking(False)
    wakeup_before = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(receiver.fileno(), QSocketNotifier.Type.Read)

    def drain() -> None:
        receiver.recv(64)

    notifier.activated.connect(drain)
    before = {number: signal.signal(number, lambda *_: close()) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(wakeup_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        receiver.close()
        sender.close()

    return restore


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py", description="Open the window.")
    parser.add_argument(
        "--screenshots", type=Path, metavar="DIR", help="save a picture of every panel into DIR and end"
    )
    parser.add_argument("--dense", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(list(arguments))


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
