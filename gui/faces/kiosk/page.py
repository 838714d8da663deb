"""DeskPage: opens the desk screen, shows staff what it decides, and runs the attack test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from engine.camera import Frame, Source
from engine.errors import EngineError
from engine.faces.desk.books import keep_attack_test
from engine.faces.desk.policy import Phase
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskDecision, DeskView
from engine.faces.liveness.record import FILE, AttackTest, load_test, save_test
from engine.faces.matching import Thresholds
from engine.faces.people import Person
from gui.faces.kiosk.keypad import PIN_MARK
from gui.faces.kiosk.lane import Lane
from gui.faces.kiosk.screen import KioskScreen
from gui.faces.kiosk.staff import StaffView
from gui.faces.kiosk.voice import Greeting, Voice
from gui.faces.kiosk.wizard import AttackWizard
from gui.faces.words import Verdict
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.option_form import OptionForm

RULES = ("liveness", "context", "flash")


class DeskPage(QWidget):
    """Everything of the desk but the visitor's screen, which it opens.

    Signals:
        open_wanted: the desk screen is asked for; :meth:`open_desk` answers with a source.
        checked_in: somebody was welcomed (the person's id), or checked in by hand ("" and the name).
        host_called: a visitor calls the host.
        problem: something a person can mend.
    """

    open_wanted = Signal()
    checked_in = Signal(str, str)
    taken_back = Signal()
    host_called = Signal()
    problem = Signal(Exception)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people: tuple[Person, ...] = ()
        self._rules, self._camera = DeskRules(), ""
        self._database: Path | None = None
        self._keeper = session.watcher(self)
        self._keeper.failed.connect(self.problem)
        self.greet: Callable[[str], Greeting] = lambda person: Greeting.FULL
        self.lane, self.voice = Lane(session, self), Voice(self)
        self.screen_: KioskScreen | None = None
        self.help, self.go = label("caption", wrap=True), button("recognise", "primary")
        self.form = OptionForm(DeskRules, RULES)
        self.staff, self.wizard = StaffView(), AttackWizard()
        self._staff_title, self._test_title = label("strong"), label("strong")
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def is_open(self) -> bool:
        """Whether the desk screen is open."""
        return self.screen_ is not None

    def open_desk(
        self,
        make_source: Callable[[], Source],
        camera: str,
        database: Path,
        thresholds: Thresholds,
        *,
        full_screen: bool = True,
    ) -> None:
        """Open the desk screen.

        Args:
            make_source: makes the source of frames, again after each time it was lost.
            camera: what the attack test is stored under; the same for the same camera.
        """
        self.close_desk()
        self._camera = camera
        screen = KioskScreen()
        self.screen_ = screen
        screen.claimed.connect(self._claim)
        screen.host_called.connect(self.host_called)
        screen.again_wanted.connect(self._again)
        screen.closed.connect(self.close_desk)
        self._load_test()
        gain = self.wizard.test.expected_gain()
        self._database = database
        self.lane.start(make_source, database, thresholds, self._rules, camera, gain)
        if full_screen:
            screen.showFullScreen()
        self.retranslate()

    def close_desk(self) -> None:
        """Close the desk screen and give the camera back."""
        screen, self.screen_ = self.screen_, None
        self.voice.stop()
        self.lane.stop()
        if screen is not None:
            screen.close()
            screen.deleteLater()
            self.retranslate()

    def set_people(self, people: tuple[Person, ...]) -> None:
        """Know these people: for check-in by hand and for claims."""
        self._people = people
        self.staff.set_people(tuple(person.name for person in people))

    def retranslate(self) -> None:
        """Set the words again."""
        self.help.setText(self.tr("A screen of its own for visitors, on the source chosen at the right."))
        self.go.setText(self.tr("Close the desk screen") if self.is_open else self.tr("Open the desk screen"))
        self._staff_title.setText(self.tr("Decisions"))
        self._test_title.setText(self.tr("Attack test"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.space_s, 0)
        column.setSpacing(theme.space_m)
        self.staff.setMinimumHeight(260)
        for widget in (
            self.help,
            self.go,
            self.form,
            self._staff_title,
            self.staff,
            self._test_title,
            self.wizard,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self.go.clicked.connect(lambda: self.close_desk() if self.is_open else self.open_wanted.emit())
        self.form.changed.connect(self._change_rules)
        self.lane.frame.connect(self._show_frame)
        self.lane.view.connect(self._show_view)
        self.lane.decided.connect(self._decided)
        self.lane.badge.connect(self._claim)
        self.lane.failed.connect(self._failed)
        self.staff.undo_wanted.connect(self._undo)
        self.staff.check_in_wanted.connect(lambda name: self.checked_in.emit("", name))
        self.wizard.changed.connect(self._save_test)
        self.wizard.wanted.connect(lambda on: self.open_wanted.emit() if on and not self.is_open else None)

    def _show_frame(self, frame: Frame) -> None:
        if self.screen_ is not None:
            self.screen_.show_frame(frame)

    def _show_view(self, view: DeskView) -> None:
        screen = self.screen_
        if screen is not None and view.unknown:
            title, advice = self.tr("This number is not known"), self.tr("Try again, or call the host.")
            screen.tell(Verdict("question", title, advice, "warn"))
        elif screen is not None:
            screen.show_view(view)

    def _decided(self, decision: DeskDecision, view: DeskView) -> None:
        self.staff.add(decision, view)
        self.wizard.take(decision, view.gain)
        person = view.state.person
        if decision.state is Phase.WELCOME and person is not None:
            self.voice.welcome(person.name, self.greet(person.id))
            self.checked_in.emit(person.id, person.name)

    def _claim(self, text: str) -> None:
        """Take a number or the text of a badge, with a PIN or without: the face is compared 1:1 then."""
        number, _, pin = text.partition(PIN_MARK)
        self.lane.orders.claim(number, pin)

    def _again(self) -> None:
        self.lane.orders.try_again()

    def _undo(self) -> None:
        self.lane.orders.undo()
        self.taken_back.emit()

    def _failed(self, error: EngineError) -> None:
        self.close_desk()
        self.problem.emit(error)

    def _change_rules(self, values: dict[str, object]) -> None:
        self._rules = DeskRules(**values)  # type: ignore[arg-type]
        self._load_test()

    @property
    def _policy(self) -> str:
        return f"{self._rules.liveness}, {self._rules.context}"

    @property
    def _test_file(self) -> Path:
        return self._session.paths.data / FILE

    def _load_test(self) -> None:
        test = load_test(self._test_file, self._camera, self._policy)
        self.wizard.show_test(test)
        if self.screen_ is not None:
            self.screen_.show_verified(test.verified())

    def _save_test(self, test: AttackTest) -> None:
        try:
            save_test(self._test_file, test)
        except EngineError as error:
            self.problem.emit(error)
        if self._database is not None:
            self._keeper.start(keep_attack_test(self._database, test))
        if self.screen_ is not None:
            self.screen_.show_verified(test.verified())
