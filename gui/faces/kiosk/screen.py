"""KioskScreen: the whole screen of the desk, as a visitor sees it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

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

WAY = 0.1
"""Height of the buttons in heights of the screen."""

CALLED_MS = 8000
"""How long "somebody is coming" stands."""

WAYS = frozenset({Phase.STEP_UP, Phase.REFUSED, Phase.FAULT})
"""Phases in which the visitor chooses how to go on."""


class KioskScreen(QWidget):
    """A mirrored preview with an oval, one message, and three equal ways on. No numbers.

    Signals:
        claimed: a number or PIN that was typed.
        host_called, again_wanted: the other two ways on.
        closed: the screen was left (Escape).
    """

    claimed = Signal(str)
    host_called = Signal()
    again_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._view: DeskView | None = None
        self._colours: tuple[tuple[int, int, int], ...] = ()
        self._verified = Verified.NOT_RUN
        self._called = False
        self._flashed = -1
        self.preview, self.message, self.keypad = Preview(), Message(), Keypad()
        self.note = label("warn")
        self.badge = button("badge")
        self.host = button("bell")
        self.again = button("refresh")
        self._flash = QTimer(self)
        self._flash.setInterval(round(flash.PERIOD_S * 1000))
        self._flash.timeout.connect(self._next_colour)
        self._calling = QTimer(self)
        self._calling.setSingleShot(True)
        self._calling.setInterval(CALLED_MS)
        self._calling.timeout.connect(self._call_over)
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

    def show_frame(self, frame: Frame) -> None:
        """Show what the camera sees; a frame that shows a fault is not shown."""
        self.preview.show_image(to_qimage(frame.rgb) if frame.fault is None else None)

    def show_view(self, view: DeskView) -> None:
        """Say where the desk stands."""
        self._view = view
        phase = view.state.phase
        for way in self.ways():
            way.setVisible(phase in WAYS)
        self.again.setEnabled(phase is not Phase.FAULT)
        if phase is Phase.FAULT:
            self.preview.show_image(None)
        if phase is Phase.WELCOME:
            self.close_keypad()
        if view.flash > self._flashed and phase is Phase.CHALLENGE:
            self._flashed = view.flash
            self.flash(view.colours)
        if not self._called:
            self._say(verdict_of(view))

    def show_verified(self, verified: Verified) -> None:
        """Say at the foot whether liveness was verified on this camera."""
        self._verified = verified
        self.note.setText(verified_text(verified))
        self.note.setVisible(bool(self.note.text()))

    def flash(self, colours: tuple[tuple[int, int, int], ...]) -> None:
        """Show a sequence of colours around the oval, each for :data:`flash.PERIOD_S`."""
        self._colours = colours
        self._next_colour()
        self._flash.start()

    def tell(self, verdict: Verdict) -> None:
        """Say something that is no phase of the desk: a number that nobody has."""
        self._say(verdict)

    def open_keypad(self) -> None:
        """Let the visitor type a number."""
        self._right.setCurrentWidget(self.keypad)
        self.keypad.open()

    def close_keypad(self) -> None:
        """Show the message again."""
        if self._right.currentWidget() is self.keypad:
            self._right.setCurrentWidget(self.message)
            self.setFocus()

    def retranslate(self) -> None:
        """Set the words again."""
        self.setWindowTitle(self.tr("Front desk"))
        self.badge.setText(self.tr("Badge or PIN"))
        self.host.setText(self.tr("Call the host"))
        self.again.setText(self.tr("Try again"))
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
        """Fit letters and buttons to the screen."""
        height = event.size().height()
        self.message.fit_to(height)
        self.keypad.fit_to(height)
        high = max(48, round(WAY * height))
        for way in self.ways():
            way.setStyleSheet(f"font-size: {round(high * 0.28)}px; min-height: {round(high * 0.8)}px")
            side = round(high * 0.36)
            way.setIconSize(way.iconSize().scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the screen with Escape; there is no keyboard within a visitor's reach."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the screen was left."""
        self._flash.stop()
        self.closed.emit()
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
        right.addWidget(self._right, 1)
        right.addLayout(ways)
        middle = QHBoxLayout()
        middle.setSpacing(space)
        middle.addWidget(self.preview, 5)
        middle.addLayout(right, 6)
        foot = QHBoxLayout()
        foot.addWidget(self.note)
        foot.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(space, space, space, theme.space_m)
        outer.setSpacing(theme.space_m)
        outer.addLayout(middle, 1)
        outer.addLayout(foot)
        for way in self.ways():
            way.hide()

    def _say(self, verdict: Verdict) -> None:
        self.message.show_verdict(verdict)
        self.preview.set_tone(verdict.tone, verdict.icon)

    def _call(self) -> None:
        self.host_called.emit()
        self._called = True
        self._calling.start()
        self._say(
            Verdict("bell", self.tr("The host is called"), self.tr("Somebody will be with you."), "good")
        )

    def _call_over(self) -> None:
        self._called = False
        if self._view is not None:
            self.show_view(self._view)

    def _typed(self, number: str) -> None:
        self.close_keypad()
        self.claimed.emit(number)

    def _next_colour(self) -> None:
        if not self._colours:
            self._flash.stop()
            self.preview.flash(None)
            return
        self.preview.flash(self._colours[0])
        self._colours = self._colours[1:]
