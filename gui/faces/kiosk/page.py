"""DeskPage: what is needed before the desk opens, the button that opens it, and what staff do beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.faces.desk.tasks import DeskDecision, DeskView
from engine.faces.liveness.record import AttackTest, Verified
from engine.faces.people import Person
from engine.faces.store.roles import Right
from gui.faces.kiosk.control import DeskControl
from gui.faces.kiosk.staff import StaffView
from gui.faces.seat import Seat
from gui.icons import pixmap
from gui.theme import theme_of
from gui.widgets.card import button, label, set_role
from gui.widgets.scroll import scrolled

MARK, LINE, BUTTON = 20, 32, 76
"""Sizes in pixels: of a mark, the least height of a line, and the width of its button: all the same."""


@dataclass(frozen=True)
class Step:
    """One thing to do before the first visitor: what is so far, and a word for the button that does it."""

    done: bool
    text: str
    action: str = ""


class StepLine(QWidget):
    """A mark, what is so far, and the way to what is missing.

    Signals:
        wanted: the button was pressed.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._done = False
        self._mark, self.text, self.button = QLabel(), label(wrap=True), button()
        self._mark.setFixedWidth(MARK)
        self.button.setMinimumWidth(BUTTON)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space_s)
        row.addWidget(self._mark)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.setMinimumHeight(LINE)
        self.button.clicked.connect(self.wanted)

    @property
    def done(self) -> bool:
        """Whether nothing is lacking here."""
        return self._done

    def show_step(self, step: Step) -> None:
        """Show how far this is."""
        self._done = step.done
        self.text.setText(step.text)
        self.button.setText(step.action)
        self.button.setVisible(bool(step.action))
        self.button.setAccessibleName(f"{step.action}: {step.text}")
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        name, tone = ("check", "good") if self._done else ("warning", "warn")
        self._mark.setPixmap(pixmap(name, MARK, tone, self.devicePixelRatioF()))


class DeskPage(QWidget):
    """The page to begin with.

    Signals:
        open_wanted: the desk screen is asked for; the panel knows the source.
        enrol_wanted, pin_wanted, test_wanted: the way to what a step still lacks.
    """

    open_wanted = Signal()
    enrol_wanted = Signal()
    pin_wanted = Signal()
    test_wanted = Signal()

    def __init__(self, control: DeskControl, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control, self._seat = control, seat
        self._people: tuple[Person, ...] = ()
        self._source = ""
        self._title, self.go = label("strong"), button("recognise", "primary")
        self.source, self.enrolled, self.pin, self.tested = (StepLine() for _ in range(4))
        self.staff, self._room = StaffView(), QWidget()
        self._lay_out()
        self.go.clicked.connect(self._toggle)
        self.enrolled.wanted.connect(self.enrol_wanted)
        self.pin.wanted.connect(self.pin_wanted)
        self.tested.wanted.connect(self.test_wanted)
        self.staff.undo_wanted.connect(self._undo)
        self.staff.check_in_wanted.connect(control.check_in)
        self.staff.check_out_wanted.connect(control.check_out)
        self.staff.answered.connect(control.answer_call)
        control.opened.connect(self.retranslate)
        control.tested.connect(self._say)
        control.called.connect(self.staff.show_call)
        control.told.connect(lambda text, good: self.staff.tell(text, good=good))
        control.decided.connect(self._decided)
        seat.changed.connect(self._say)
        self.retranslate()

    def set_people(self, people: tuple[Person, ...]) -> None:
        """Know these people: for check-in by hand."""
        self._people = people
        self.staff.set_people(tuple(person.name for person in people))
        self._say()

    def set_source(self, name: str) -> None:
        """Know which source the desk would open on; empty: none is chosen."""
        self._source = name
        self._say()

    def retranslate(self) -> None:
        """Set the words again."""
        self._title.setText(self.tr("Before the first visitor"))
        is_open = self._control.is_open
        self.go.setText(self.tr("Close the desk screen") if is_open else self.tr("Open the desk screen"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        _, column = scrolled(self)
        column.setSpacing(theme.space_s)
        column.addWidget(self._title)
        for line in (self.source, self.enrolled, self.pin, self.tested):
            column.addWidget(line)
        column.addSpacing(theme.space_s)
        column.addWidget(self.go)
        column.addSpacing(theme.space_m)
        column.addWidget(self.staff, 1)
        column.addWidget(self._room, 1)

    def _say(self, _: object = None) -> None:
        self.source.show_step(
            Step(True, self.tr("Camera: {name}").format(name=self._source))
            if self._source
            else Step(False, self.tr("Choose a camera, a video or a stream at the top right."))
        )
        count = len(self._people)
        self.enrolled.show_step(
            Step(True, self.tr("People enrolled: {count}").format(count=count), self.tr("Enrol"))
            if count
            else Step(False, self.tr("Nobody is enrolled yet."), self.tr("Enrol"))
        )
        self.pin.show_step(
            Step(True, self.tr("This window is guarded by a PIN."))
            if self._seat.guarded
            else Step(False, self.tr("No PIN: whoever opens this window may do everything."), self.tr("Set"))
        )
        self._say_test(self._control.test)
        self._make_room()
        self._lead()

    def _make_room(self) -> None:
        """Once somebody is enrolled, what is done leaves its place to the decisions."""
        preparing = not self._control.is_open
        for widget in (self._title, self.source, self.enrolled):
            widget.setVisible(preparing)
        for line in (self.pin, self.tested):
            line.setVisible(preparing and not (line.done and self._people))

    def _lead(self) -> None:
        """Let one button stand out: that of the first thing that is lacking, then the one that opens."""
        steps = (self.source, self.enrolled, self.pin, self.tested)
        first = None if self._control.is_open else next((step for step in steps if not step.done), None)
        for step in steps:
            set_role(step.button, "primary" if step is first else "")
        ready = self.source.done and self.enrolled.done
        set_role(self.go, "primary" if ready and first not in (self.source, self.enrolled) else "")
        needed = bool(self._people) or self._control.is_open
        self.staff.setVisible(needed)
        self._room.setVisible(not needed)  # the steps stay together

    def _say_test(self, test: AttackTest) -> None:
        verified = test.verified()
        words = {
            Verified.VERIFIED: self.tr("Liveness is verified on this camera."),
            Verified.FAILED: self.tr("The attack test failed: the door stays off."),
        }
        lacking = self.tr("Liveness is not verified on this camera: the door stays off.")
        done = verified is Verified.VERIFIED
        way = self.tr("Test") if self._seat.may(Right.PROTECT) else ""  # none to a page that stays shut
        self.tested.show_step(Step(done, words.get(verified, lacking), way))

    def _toggle(self) -> None:
        if self._control.is_open:
            self._control.close()
        else:
            self.open_wanted.emit()

    def _undo(self) -> None:
        self._control.take_back(self.staff.lines()[0].decision)

    def _decided(self, decision: DeskDecision, view: DeskView) -> None:
        self.staff.add(decision, view)
