"""The application object: its looks, and how it hears that it should end."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from engine.settings import Settings
from gui.i18n import Translations
from gui.icons import icon
from gui.session import Session
from gui.theme import apply_theme


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


def make_application() -> QApplication:
    """Return the application object, which exists once per process."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setApplicationName("Triptych")
    app.setDesktopFileName("triptych")
    app.setWindowIcon(icon("triptych", tone="accent"))
    return app


def close_on_interrupt(close: Callable[[], object]) -> Callable[[], None]:
    """Call ``close`` on Ctrl+C or SIGTERM and end the event loop; return what ends this listening.

    Python runs signal handlers only between its own instructions, of which Qt's event loop executes
    none while nothing happens. So the interpreter writes to a socket that Qt watches.
    """
    receiver, sender = socket.socketpair()
    for each in (receiver, sender):
        each.setblocking(False)
    wakeup_before = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(receiver.fileno(), QSocketNotifier.Type.Read)

    def drain() -> None:
        receiver.recv(64)

    notifier.activated.connect(drain)

    def leave() -> None:
        close()
        QCoreApplication.quit()

    def ask(*_: object) -> None:
        QTimer.singleShot(0, leave)  # in the event loop, not in the middle of whatever Python is doing

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(wakeup_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        receiver.close()
        sender.close()

    return restore
