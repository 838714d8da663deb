"""DeskControl: the desk under way: the visitor's screen, the camera behind it, and what is done by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from engine.camera import Frame, Source
from engine.errors import EngineError
from engine.faces import visits
from engine.faces.desk.books import keep_attack_test
from engine.faces.desk.policy import Phase
from engine.faces.desk.reception import check_in_by_hand, check_out_by_hand
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskDecision, DeskView
from engine.faces.gallery import Gallery
from engine.faces.liveness.record import FILE, AttackTest, load_test, save_test
from engine.faces.matching import Thresholds
from engine.faces.store.roles import Right
from engine.faces.visits import Visit
from gui.faces.kiosk.keypad import PIN_MARK
from gui.faces.kiosk.lane import Lane
from gui.faces.kiosk.screen import KioskScreen
from gui.faces.kiosk.voice import Voice
from gui.faces.kiosk.words import by_hand_text
from gui.faces.people.clerk import Clerk
from gui.faces.words import Verdict
from gui.session import Session


class DeskControl(QObject):
    """Everything of the desk that is no page: pages show it and press its buttons.

    Signals:
        opened: whether the desk screen is open now.
        decided: a :class:`DeskDecision` with the :class:`DeskView` it was made in.
        called: a visitor calls since this time; None: nobody calls any more.
        tested: the :class:`AttackTest` of this camera and these rules, as it stands now.
        told: a sentence for staff about what was done by hand, and whether it was done.
        problem: something a person can mend.
    """

    opened = Signal(bool)
    decided = Signal(object, object)
    called = Signal(object)
    tested = Signal(object)
    told = Signal(str, bool)
    problem = Signal(Exception)

    def __init__(self, session: Session, clerk: Clerk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._clerk = session, clerk
        self._rules = self._wanted = DeskRules()
        self._camera = ""
        self._leaving = False
        self._problem = ""
        self._keeper = session.watcher(self)
        self._keeper.failed.connect(self.problem)
        self.lane, self.voice = Lane(session, self), Voice(self)
        self.screen_: KioskScreen | None = None
        self.test = AttackTest("", "")
        self.lane.frame.connect(self._show_frame)
        self.lane.view.connect(self._show_view)
        self.lane.decided.connect(self._decided)
        self.lane.badge.connect(self._claim_badge)
        self.lane.failed.connect(self._failed)
        clerk.seat.refused.connect(self._leave_refused)
        clerk.seat.taken.connect(self._leave_allowed)

    @property
    def is_open(self) -> bool:
        """Whether the desk screen is open."""
        return self.screen_ is not None

    @property
    def camera(self) -> str:
        """The camera of the desk, as the attack test knows it; empty: none was used yet."""
        return self._camera

    @property
    def policy(self) -> str:
        """What the desk asks for, as the attack test knows it; while it is open, what it was opened with."""
        return self._rules.policy

    @property
    def rules_wait(self) -> bool:
        """Whether other rules than those of the open desk hold from the next one on."""
        return self._wanted != self._rules

    def window(self) -> QWindow | None:
        """Return the window that visitors touch, while it is open."""
        return self.screen_.windowHandle() if self.screen_ is not None else None

    def open(
        self,
        make_source: Callable[[], Source],
        camera: str,
        database: Path,
        thresholds: Thresholds,
        *,
        full_screen: bool = True,
        beside: QWidget | None = None,
    ) -> None:
        """Open the desk screen; on one screen with everything else, a window with a PIN is locked first.

        Args:
            make_source: makes the source of frames, again after each time it was lost.
            camera: what the attack test is stored under; the same for the same camera.
            beside: the staff's window: where there are two screens, the visitor's is the other one.
        """
        self.close()
        seat = self._clerk.seat
        self._camera = camera
        screen = KioskScreen(guarded=seat.guarded is not False)
        self.screen_ = screen
        screen.claimed.connect(self._claim)
        screen.host_called.connect(self._call_host)
        screen.call_over.connect(lambda: self.called.emit(None))
        screen.again_wanted.connect(self.look_again)
        screen.leave_wanted.connect(self._leave)
        self._load_test()
        self.voice.prepare()
        self.lane.start(make_source, database, thresholds, self._rules, camera, self.test.expected_gain())
        if full_screen:
            others = [one for one in QGuiApplication.screens() if beside and one is not beside.screen()]
            if others:
                screen.setGeometry(others[0].geometry())
            elif seat.guarded:
                seat.lock()
            screen.showFullScreen()
        self.opened.emit(True)

    def close(self) -> None:
        """Close the desk screen and give the camera back."""
        screen, self.screen_ = self.screen_, None
        self._leaving = False
        self.voice.stop()
        self.lane.stop()
        if screen is not None:
            screen.end()
            screen.deleteLater()
            self._adopt_rules()
            self.called.emit(None)
            self.opened.emit(False)

    def use_camera(self, camera: str) -> None:
        """Show the attack test of another camera, while the desk is not open."""
        if not self.is_open and camera != self._camera:
            self._camera = camera
            self._load_test()

    def use_rules(self, values: dict[str, object]) -> None:
        """Ask for other things from the next desk on.

        An attack test of the open desk would prove nothing about rules that it does not follow yet.
        """
        self._wanted = DeskRules(**values)  # type: ignore[arg-type]
        if not self.is_open:
            self._adopt_rules()

    def look_again(self) -> None:
        """Look again."""
        self.lane.orders.try_again()

    def answer_call(self) -> None:
        """Somebody is coming: the visitor is told."""
        if self.screen_ is not None:
            self.screen_.answer_call()
        self.called.emit(None)

    def take_back(self, decision: DeskDecision) -> None:
        """Take a welcome back ("not me"), whether its person still stands there or not."""
        if self.lane.phase is Phase.WELCOME:
            self.lane.orders.undo()
            self.told.emit(self.tr("Taken back: the visit is undone, and a badge is asked."), True)
            return
        name, camera = decision.person, self._camera

        def work(gallery: Gallery) -> bool:
            mine = [one for one in visits.today(gallery) if (one.name, one.device) == (name, camera)]
            for visit in mine[:1]:
                visits.undo(gallery, visit.id)
            return bool(mine)

        def done(found: bool) -> None:
            said = self.tr("Taken back: the visit of {name} is undone.").format(name=name)
            nothing = self.tr("There is no visit of {name} to take back.").format(name=name)
            self.told.emit(said if found else nothing, found)

        self._clerk.do(Right.CHECK_IN, work, done)

    def check_in(self, name: str) -> None:
        """Check somebody in by hand; staff and the visitor are told."""
        self._by_hand(name, coming=True)

    def check_out(self, name: str) -> None:
        """Check somebody out by hand; staff and the visitor are told."""
        self._by_hand(name, coming=False)

    def save_test(self, test: AttackTest) -> None:
        """Store the attack test, and tell the gallery what it proves."""
        self.test = test
        try:
            save_test(self._test_file, test)
        except EngineError as error:
            self.problem.emit(error)
        self._keeper.start(keep_attack_test(self._clerk.database, test))
        self._show_test()

    def rehearse(self, on: bool) -> None:
        """Attacks are held to the desk on purpose (or no longer): no visit, no door, no pause meanwhile."""
        if self.is_open:
            self.lane.orders.rehearse(on)

    def show_task(self, text: str) -> None:
        """Say on the desk screen what whoever tests the desk is to do next."""
        if self.screen_ is not None:
            self.screen_.show_task(text)

    def _by_hand(self, name: str, *, coming: bool) -> None:
        task = check_in_by_hand if coming else check_out_by_hand
        device, role = self._camera or "desk", self._clerk.role.value

        def done(visit: Visit | None) -> None:
            self.told.emit(by_hand_text(name, coming=coming, done=visit is not None), visit is not None)
            if visit is not None and self.screen_ is not None:
                self.screen_.tell(Verdict("check", by_hand_text(name, coming=coming, done=True), "", "good"))

        self._clerk.run(Right.CHECK_IN, task(self._clerk.database, name, device, role), done)

    def _show_frame(self, frame: Frame) -> None:
        if self.screen_ is not None:
            self.screen_.show_frame(frame)

    def _show_view(self, view: DeskView) -> None:
        screen = self.screen_
        if view.problem and view.problem != self._problem:
            said = self.tr("The desk could not write something down and welcomes nobody. Check the disk.")
            self.told.emit(said, False)
        self._problem = view.problem
        if screen is not None and view.unknown:
            title, advice = self.tr("This number is not known"), self.tr("Try again, or call the host.")
            screen.tell(Verdict("question", title, advice, "warn"))
        elif screen is not None:
            screen.show_view(view)

    def _decided(self, decision: DeskDecision, view: DeskView) -> None:
        person = view.state.person
        comes = decision.state is Phase.WELCOME and not view.leaves
        if comes and person is not None and view.greeting is not None:
            self.voice.welcome(person.name, view.greeting)
        self.decided.emit(decision, view)

    def _claim(self, text: str) -> None:
        """Take a number that was typed, with a PIN or without: the face is compared 1:1 then."""
        number, _, pin = text.partition(PIN_MARK)
        self.lane.orders.claim(number, pin)

    def _claim_badge(self, text: str) -> None:
        """Take a code that was held to the camera, whole: it may hold any character, and no PIN."""
        self.lane.orders.claim(text)

    def _call_host(self) -> None:
        self.lane.orders.call_host()
        QApplication.beep()
        self.called.emit(datetime.now().astimezone())

    def _leave(self, pin: str) -> None:
        if self._clerk.seat.guarded is False:
            self.close()
            return
        self._leaving = True
        self._clerk.seat.prove(pin)

    def _leave_allowed(self, _: object) -> None:
        if self._leaving:
            self.close()

    def _leave_refused(self, error: Exception) -> None:
        if self._leaving and self.screen_ is not None:
            self._leaving = False
            advice = self.tr("The desk screen stays open.")
            self.screen_.tell(Verdict("shield", self.tr("This PIN is not right"), advice, "warn"))

    def _failed(self, error: EngineError) -> None:
        self.close()
        self.problem.emit(error)

    @property
    def _test_file(self) -> Path:
        return self._session.paths.data / FILE

    def _adopt_rules(self) -> None:
        if self.rules_wait:
            self._rules = self._wanted
            self._load_test()

    def _load_test(self) -> None:
        self.test = load_test(self._test_file, self._camera, self.policy)
        self._show_test()

    def _show_test(self) -> None:
        if self.screen_ is not None:
            self.screen_.show_verified(self.test.verified())
        self.tested.emit(self.test)
