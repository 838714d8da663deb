"""KioskScreen: the whole screen of the desk, as a visitor sees it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from engine.camera import Frame
from engine.faces.desk.policy import Phase
from engine.faces.desk.tasks import DeskView
from engine.faces.liveness import flash
from engine.faces.liveness.record import Verified
from gui.faces.kiosk.keypad import Keypad
from gui.faces.kiosk.message import Message
from gui.faces.kiosk.preview import Preview
from gui.faces.kiosk.words import verdict_of, verified_text
from gui.faces.words import Verdict
from gui.imaging import to_qimage
from gui.theme import theme_of
from gui.widgets.card import button, label

WAY, WAY_LETTERS = 0.115, 0.03
"""Height of the buttons and of their letters, in heights of the screen."""

WAY_ROOM = 0.03
"""Height of those letters, at most, in widths of the column: three ways side by side must not widen it."""

PICTURE, WORDS = 5, 6
"""Shares of the width of the picture and of the column of words."""

NOTE_LETTERS = 0.018
"""Height of the letters at the foot, in heights of the screen."""

UPRIGHT = 0.9
"""On an upright screen its width, times this, counts as the height: the words have to fit across."""

SAID_MS = 8000
"""How long something stands that is no phase of the desk, such as "somebody is coming"."""

UNANSWERED_MS = 60_000
"""How long a call waits for an answer before the visitor is told that there was none."""

WAYS = frozenset({Phase.STEP_UP, Phase.REFUSED, Phase.FAULT, Phase.PAUSED})
"""Phases in which looking again is offered besides badge, number and host.

The others are there all the time, but for a welcome: nobody has to show a face to be let in.
"""


class KioskScreen(QWidget):
    """A mirrored preview with an oval, one message, and three equal ways on. No numbers.

    Signals:
        claimed: a number or PIN that was typed.
        host_called, again_wanted: the other two ways on.
        call_over: nobody answered the call.
        leave_wanted: somebody asks to leave the screen (Escape), with what was typed for it.
    """

    claimed = Signal(str)
    host_called = Signal()
    again_wanted = Signal()
    call_over = Signal()
    leave_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, guarded: bool = False) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._view: DeskView | None = None
        self._colours: tuple[tuple[int, int, int], ...] = ()
        self._verified = Verified.NOT_RUN
        self._guarded = guarded
        self._leaving = self._may_close = False
        self._flashed = -1
        self.preview, self.message, self.keypad = Preview(), Message(), Keypad()
        self.note, self.waiting, self.task = label("warn"), label("good"), label("warn", wrap=True)
        self.badge = button("badge")
        self.host = button("bell")
        self.again = button("refresh")
        self._flash = QTimer(self)
        self._flash.setInterval(round(flash.PERIOD_S * 1000))
        self._flash.timeout.connect(self._next_colour)
        self._saying, self._calling = QTimer(self), QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.timeout.connect(self._said)
        self._calling.setSingleShot(True)
        self._calling.setInterval(UNANSWERED_MS)
        self._calling.timeout.connect(self._unanswered)
        self._lay_out()
        self.badge.clicked.connect(self.open_keypad)
        self.host.clicked.connect(self._call)
        self.again.clicked.connect(self.again_wanted)
        self.keypad.cancelled.connect(self.close_keypad)
        self.keypad.typed.connect(self._typed)
        self.retranslate()

    def ways(self) -> tuple[QPushButton, ...]:
        """Return the three equal ways on."""
        return self.badge, self.host, self.again

    def phase(self) -> Phase | None:
        """Return which phase of the desk is shown; None before the first."""
        return self._view.state.phase if self._view is not None else None

    def show_frame(self, frame: Frame) -> None:
        """Show what the camera sees; a frame that shows a fault is not shown."""
        self.preview.show_image(to_qimage(frame.rgb) if frame.fault is None else None)

    def show_view(self, view: DeskView) -> None:
        """Say where the desk stands."""
        before, phase = self.phase(), view.state.phase
        self._view = view
        for way in self.ways():
            way.setVisible(phase in WAYS if way is self.again else phase is not Phase.WELCOME)
        self.again.setEnabled(phase not in (Phase.FAULT, Phase.PAUSED))
        if phase is Phase.FAULT:
            self.preview.show_image(None)
        if phase is Phase.WELCOME and before is not phase:
            self._saying.stop()
            if not self._leaving:
                self.close_keypad()
        if phase is not Phase.CHALLENGE:
            self.flash(())
        elif view.flash > self._flashed:
            self._flashed = view.flash
            self.flash(view.colours)
        if not self._saying.isActive():
            self._say(verdict_of(view))

    def show_verified(self, verified: Verified) -> None:
        """Say at the foot whether liveness was verified on this camera."""
        self._verified = verified
        self.note.setText(verified_text(verified))
        self.note.setVisible(bool(self.note.text()))

    def show_task(self, text: str) -> None:
        """Say above everything what whoever tests the desk is to do next; empty: no test is under way."""
        self.task.setText(text)
        self.task.setVisible(bool(text))

    def flash(self, colours: tuple[tuple[int, int, int], ...]) -> None:
        """Show colours around the oval in turn, each for :data:`flash.PERIOD_S`; none at all ends it."""
        if not colours and not self._flash.isActive():
            return
        self._colours = colours
        self._flash.start()
        self._next_colour()

    def tell(self, verdict: Verdict) -> None:
        """Say something that is no phase of the desk, long enough to be read: a number that nobody has."""
        self._saying.start(SAID_MS)
        self._say(verdict)

    def answer_call(self) -> None:
        """Tell the visitor that somebody is coming."""
        self._end_call()
        self.tell(Verdict("bell", self.tr("Somebody is coming"), self.tr("Please wait here."), "good"))

    def open_keypad(self) -> None:
        """Let the visitor type a number."""
        self._leaving = False
        self._right.setCurrentWidget(self.keypad)
        self.keypad.open()

    def close_keypad(self) -> None:
        """Show the message again."""
        self._leaving = False
        if self._right.currentWidget() is self.keypad:
            self._right.setCurrentWidget(self.message)
            self.setFocus()

    def end(self) -> None:
        """Close, whoever asks for it."""
        self._may_close = True
        self._flash.stop()
        self.close()

    def retranslate(self) -> None:
        """Set the words again."""
        self.setWindowTitle(self.tr("Front desk"))
        self.preview.setAccessibleName(self.tr("What the camera sees, as in a mirror"))
        self.badge.setText(self.tr("Badge or PIN"))
        self.host.setText(self.tr("Call the host"))
        self.again.setText(self.tr("Try again"))
        self.waiting.setText(self.tr("The host is called"))
        self.show_verified(self._verified)
        if self._view is not None:
            self.show_view(self._view)
        else:
            self._say(Verdict("clock", self.tr("One moment"), self.tr("The desk is opening."), "plain"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit letters and buttons to the screen; on an upright one the picture stands above the words."""
        width, height = event.size().width(), event.size().height()
        upright = height > width
        self._middle.setDirection(
            QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        )
        column = width if upright else width * WORDS / (PICTURE + WORDS)
        height = min(height, round(width * UPRIGHT)) if upright else height
        self.message.fit_to(height)
        self.keypad.fit_to(height)
        high = max(48, round(WAY * height))
        letters = max(15, round(min(WAY_LETTERS * height, WAY_ROOM * column)))
        for way in self.ways():
            way.setStyleSheet(f"font-size: {letters}px; min-height: {round(high * 0.8)}px; padding: 0 8px")
            way.setIconSize(way.iconSize().scaled(letters, letters, Qt.AspectRatioMode.IgnoreAspectRatio))
        small = max(12, round(NOTE_LETTERS * height))
        for note in (self.note, self.waiting):
            note.setStyleSheet(f"font-size: {small}px")
        self.task.setStyleSheet(f"font-size: {letters}px")
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape asks to leave; where a PIN guards the window, the PIN is typed first."""
        if event.key() == Qt.Key.Key_Escape:
            self._ask_to_leave()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window by its frame asks to leave, too."""
        if not self._may_close:
            event.ignore()
            self._ask_to_leave()
            return
        self._flash.stop()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        space = theme.space_xl
        self.setAutoFillBackground(True)
        self._right = QStackedWidget()
        self._right.addWidget(self.message)
        self._right.addWidget(self.keypad)
        ways = QHBoxLayout()
        ways.setSpacing(theme.space_l)
        for way in self.ways():
            way.setSizePolicy(way.sizePolicy().Policy.Expanding, way.sizePolicy().Policy.Fixed)
            ways.addWidget(way, 1)
        right = QVBoxLayout()
        right.setSpacing(space)
        right.addWidget(self.task)
        right.addWidget(self._right, 1)
        right.addLayout(ways)
        self._middle = middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.setSpacing(space)
        middle.addWidget(self.preview, PICTURE)
        middle.addLayout(right, WORDS)
        foot = QHBoxLayout()
        foot.addWidget(self.note)
        foot.addStretch(1)
        foot.addWidget(self.waiting)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(space, space, space, theme.space_m)
        outer.setSpacing(theme.space_m)
        outer.addLayout(middle, 1)
        outer.addLayout(foot)
        for hidden in (*self.ways(), self.waiting, self.task):
            hidden.hide()

    def _say(self, verdict: Verdict) -> None:
        self.message.show_verdict(verdict)
        self.preview.set_tone(verdict.tone, verdict.icon)

    def _call(self) -> None:
        self.host_called.emit()
        self._calling.start()
        self.waiting.show()
        self.host.setEnabled(False)
        self.tell(Verdict("bell", self.tr("The host is called"), self.tr("Please wait here."), "plain"))

    def _end_call(self) -> None:
        self._calling.stop()
        self.waiting.hide()
        self.host.setEnabled(True)

    def _unanswered(self) -> None:
        self._end_call()
        self.call_over.emit()
        advice = self.tr("Please call again, or ask somebody who works here.")
        self.tell(Verdict("question", self.tr("Nobody has answered yet"), advice, "warn"))

    def _said(self) -> None:
        if self._view is not None:
            self.show_view(self._view)

    def _ask_to_leave(self) -> None:
        if not self._guarded:
            self.leave_wanted.emit("")
            return
        self._leaving = True
        self._right.setCurrentWidget(self.keypad)
        self.keypad.open(staff=True)

    def _typed(self, text: str) -> None:
        leaving = self._leaving
        self.close_keypad()
        (self.leave_wanted if leaving else self.claimed).emit(text)

    def _next_colour(self) -> None:
        if not self._colours:
            self._flash.stop()
            self.preview.flash(None)
            return
        self.preview.flash(self._colours[0])
        self._colours = self._colours[1:]
