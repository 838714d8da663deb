"""IdleLock: the window of whoever went away is locked."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from gui.faces.seat import Seat
from gui.session import Session

TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
    }
)

AGAIN_S = 20.0
"""When to look again after a lock that had to wait for work under way."""


class IdleLock(QObject):
    """Locks a guarded seat after ``lock_after`` minutes in which nobody touched the staff's windows.

    Watched are the windows that get the keyboard, not every widget: input comes to them first.

    Args:
        visitors: the desk screen, when it is open: what visitors touch keeps nobody's seat.
        busy: whether work is under way that a lock would end, such as a training run.
    """

    def __init__(
        self,
        session: Session,
        seat: Seat,
        visitors: Callable[[], QWindow | None],
        busy: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._seat, self._visitors, self._busy = session, seat, visitors, busy
        self._touched = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        session.settings_changed.connect(self._begin)
        seat.changed.connect(self._begin)
        self._watch(QGuiApplication.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; every event goes on its way."""
        if event.type() in TOUCHES and watched is not self._visitors():
            self._touched = time.monotonic()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # again is no harm: Qt keeps one

    def _begin(self, _: object = None) -> None:
        """Count anew: a role was just taken, or the setting is another one."""
        self._touched = time.monotonic()
        self._wait(self._patience())

    def _patience(self) -> float:
        """Return the seconds after which the seat is locked; 0: never."""
        guarded = bool(self._seat.guarded) and not self._seat.locked
        return 60.0 * self._session.settings.lock_after if guarded else 0.0

    def _wait(self, seconds: float) -> None:
        self._timer.stop()
        if seconds > 0.0:
            self._timer.start(max(1, round(seconds * 1000)))

    def _look(self) -> None:
        patience = self._patience()
        left = patience - (time.monotonic() - self._touched)
        if patience <= 0.0:
            return
        if left > 0.0:
            self._wait(left)
        elif self._busy():
            self._wait(min(AGAIN_S, patience))
        else:
            self._seat.lock()
