"""The desk screen: every phase in words, never a number; the ways on; staff; the attack test."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.camera import FakeSource, Frame
from engine.camera_health import Fault
from engine.errors import ErrorCode
from engine.faces.desk.policy import Band, DeskState, Phase, Reason
from engine.faces.desk.sight import Name
from engine.faces.desk.tasks import DeskDecision, DeskView, Orders
from engine.faces.gallery import Gallery
from engine.faces.hooks import liveness_of, set_liveness
from engine.faces.liveness.challenge import Ask
from engine.faces.liveness.record import LIVE, SPECIES, TRIES, AttackTest, Verified, save_test
from engine.faces.matching import Thresholds
from engine.faces.people import Person
from engine.faces.quality import Hint
from engine.faces.store import cards, roles
from engine.faces.store.records import Greeting
from engine.faces.store.roles import Role
from engine.faces.visits import How, check_in, inside, today
from engine.paths import user_paths
from gui.faces.door.door_tab import DoorTab
from gui.faces.door.wizard import AttackWizard
from gui.faces.kiosk.control import DeskControl
from gui.faces.kiosk.page import DeskPage
from gui.faces.kiosk.screen import KioskScreen
from gui.faces.kiosk.staff import StaffView
from gui.faces.kiosk.voice import Voice
from gui.faces.kiosk.words import reason_text, verdict_of
from gui.faces.people.clerk import Clerk
from gui.session import Session
from gui.theme import ICONS

ADA = Name("1", "Ada Lovelace")
REASONS = (Reason.RECOGNISED, Reason.PASSIVE_LIVE)


def view(phase: Phase, **values: object) -> DeskView:
    person = ADA if phase is Phase.WELCOME else None
    return replace(DeskView(DeskState(phase, person=person)), **values)  # type: ignore[arg-type]


@pytest.fixture
def screen(qtbot: QtBot) -> Iterator[KioskScreen]:
    screen = KioskScreen()
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    yield screen
    screen.end()


def test_every_phase_has_its_own_icon_or_word_and_no_numbers(screen: KioskScreen) -> None:
    shown = {}
    for phase in Phase:
        details = {
            "hint": Hint.NEARER,
            "ask": Ask.LEFT,
            "fault": Fault.BLACK,
            "distance": 0.4217,
            "second": 1.3,
        }
        screen.show_view(view(phase, **details))
        verdict = verdict_of(view(phase, **details))
        assert screen.message.title() == verdict.title
        shown[phase] = (verdict.icon, verdict.title)
        for text in screen.findChildren(QLabel):
            assert not re.search(r"\d", text.text()), f"{phase}: {text.text()}"
    assert len(set(shown.values())) == len(shown)
    assert "Ada\N{NO-BREAK SPACE}Lovelace" in shown[Phase.WELCOME][1], "a name is not broken over two lines"


def test_each_movement_has_its_own_picture_and_words(screen: KioskScreen) -> None:
    verdicts = [verdict_of(view(Phase.CHALLENGE, ask=ask)) for ask in Ask]
    assert len({verdict.icon for verdict in verdicts}) == len(Ask)
    assert len({verdict.title for verdict in verdicts}) == len(Ask)
    for verdict in verdicts:
        assert (ICONS / f"{verdict.icon}.svg").is_file()
    screen.show_view(view(Phase.CHALLENGE, ask=Ask.BLINK))
    assert screen.message.title() == "Blink twice"


def test_a_hint_is_a_headline_without_a_full_stop() -> None:
    assert all(verdict_of(view(Phase.HINT, hint=hint)).title[-1] not in ".。" for hint in Hint)


def test_whoever_goes_out_reads_that_and_is_not_welcomed(screen: KioskScreen) -> None:
    screen.show_view(view(Phase.WELCOME, leaves=True))
    assert "Goodbye" in screen.message.title()
    assert "checked out" in verdict_of(view(Phase.WELCOME, leaves=True)).text
    assert "checked in" in verdict_of(view(Phase.WELCOME)).text


def test_letters_are_large_enough_for_two_metres(screen: KioskScreen) -> None:
    screen.resize(1920, 1080)
    screen.show_view(view(Phase.REFUSED))
    style = screen.message._title.styleSheet()
    pixels = int(re.search(r"(\d+)px", style)[1])  # type: ignore[index]
    assert pixels >= 70, "20 mm on a 24 inch screen"


def test_three_equal_ways_on_where_they_are_needed(qtbot: QtBot, screen: KioskScreen) -> None:
    for phase in (Phase.IDLE, Phase.LOOK, Phase.HINT, Phase.CHALLENGE):
        screen.show_view(view(phase, ask=Ask.LEFT, hint=Hint.NEARER))
        assert [way.isVisible() for way in screen.ways()] == [True, True, False], "a badge needs no face"
    screen.show_view(view(Phase.WELCOME))
    assert not any(way.isVisible() for way in screen.ways())
    screen.show_view(view(Phase.REFUSED))
    assert all(way.isVisible() and way.isEnabled() for way in screen.ways())
    qtbot.wait(20)
    assert len({way.width() // 4 for way in screen.ways()}) == 1
    assert len({way.property("role") for way in screen.ways()}) == 1, "none is recommended"
    screen.show_view(view(Phase.FAULT, fault=Fault.COVERED))
    assert screen.badge.isEnabled()
    assert not screen.again.isEnabled(), "looking again does not help"
    with qtbot.waitSignal(screen.again_wanted):
        screen.again.setEnabled(True)
        screen.again.click()


@pytest.mark.parametrize("size", [(1024, 680), (1440, 900), (1920, 1080)])
def test_nothing_jumps_when_the_third_way_appears(
    qtbot: QtBot, screen: KioskScreen, size: tuple[int, int]
) -> None:
    screen.resize(*size)
    screen.show_view(view(Phase.LOOK))
    qtbot.wait(20)
    before = screen.preview.geometry()
    screen.show_view(view(Phase.REFUSED))
    qtbot.wait(20)
    assert screen.preview.geometry() == before


def test_a_number_and_a_pin_are_typed_with_fingers(qtbot: QtBot, screen: KioskScreen) -> None:
    screen.show_view(view(Phase.FAULT, fault=Fault.VANISHED))
    screen.badge.click()
    assert screen.keypad.isVisible()
    for digit in "4711":
        screen.keypad._keys.get(digit, screen.keypad.zero).click()
    screen.keypad.enter.click()
    assert screen.keypad.line.echoMode() is screen.keypad.line.EchoMode.Password
    for digit in "123":
        screen.keypad._keys[digit].click()
    with qtbot.waitSignal(screen.claimed) as claimed:
        screen.keypad.enter.click()
    assert claimed.args == ["4711#123"]
    assert not screen.keypad.isVisible()
    screen.open_keypad()
    screen.keypad.back.click()
    assert not screen.keypad.isVisible(), "back on an empty line goes back"


def test_the_preview_is_a_mirror_and_hides_a_faulty_picture(qtbot: QtBot, screen: KioskScreen) -> None:
    half = np.zeros((90, 120, 3), np.uint8)
    half[:, :60] = 255
    screen.show_frame(Frame(half, 0, 0.0))
    picture = screen.preview.grab().toImage()
    across = picture.height() // 2
    left, right = picture.pixelColor(4, across), picture.pixelColor(picture.width() - 5, across)
    assert right.lightness() > left.lightness()
    screen.show_frame(Frame(half, 1, 0.0, fault=Fault.FROZEN))
    assert screen.preview._image is None


def test_an_upright_screen_has_the_picture_above_the_words(qtbot: QtBot, screen: KioskScreen) -> None:
    screen.show_view(view(Phase.REFUSED))
    assert screen.preview.geometry().right() < screen.message.mapTo(screen, QPoint(0, 0)).x()
    screen.resize(720, 1280)
    qtbot.waitUntil(
        lambda: screen.preview.geometry().bottom() < screen.message.mapTo(screen, QPoint(0, 0)).y()
    )
    assert screen.minimumSizeHint().width() <= 720


def test_colours_end_with_the_movement(screen: KioskScreen) -> None:
    screen.show_view(view(Phase.CHALLENGE, ask=Ask.LEFT, flash=1, colours=((255, 120, 120), (120, 255, 120))))
    assert screen.preview._flash is not None
    screen.show_view(view(Phase.STEP_UP))
    assert screen.preview._flash is None
    assert not screen._flash.isActive()


def test_liveness_that_is_not_verified_is_said(screen: KioskScreen) -> None:
    screen.show_verified(Verified.NOT_RUN)
    assert screen.note.isVisible()
    assert "not verified" in screen.note.text()
    screen.show_verified(Verified.VERIFIED)
    assert not screen.note.isVisible()


def test_a_badge_and_the_host_are_there_before_any_face_is_shown(screen: KioskScreen) -> None:
    screen.show_view(view(Phase.IDLE))
    assert screen.badge.isVisible()
    assert screen.host.isVisible()
    assert not screen.again.isVisible()


def test_a_call_is_answered_or_the_visitor_is_told_that_it_was_not(qtbot: QtBot, screen: KioskScreen) -> None:
    screen.show_view(view(Phase.REFUSED))
    with qtbot.waitSignal(screen.host_called):
        screen.host.click()
    called = screen.message.title()
    screen.show_view(view(Phase.REFUSED))
    assert screen.message.title() == called, "it can be read"
    assert screen.waiting.isVisible()
    assert not screen.host.isEnabled(), "one call is enough"
    screen.answer_call()
    assert screen.message.tone() == "good"
    assert not screen.waiting.isVisible()
    screen.host.click()
    with qtbot.waitSignal(screen.call_over):
        screen._calling.timeout.emit()
    assert screen.message.tone() == "warn"
    assert screen.host.isEnabled()
    screen.show_view(view(Phase.WELCOME))
    assert "Ada" in screen.message.title(), "a welcome waits for nothing"


def test_escape_leaves_only_with_the_pin_where_one_is_set(qtbot: QtBot, screen: KioskScreen) -> None:
    with qtbot.waitSignal(screen.leave_wanted) as left:
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert left.args == [""]
    guarded = KioskScreen(guarded=True)
    qtbot.addWidget(guarded, before_close_func=lambda _: guarded.end())
    guarded.show()
    qtbot.keyClick(guarded, Qt.Key.Key_Escape)
    assert guarded.keypad.isVisible()
    assert guarded.keypad.line.echoMode() is guarded.keypad.line.EchoMode.Password
    guarded.close()
    assert guarded.isVisible(), "closing the window by its frame asks as well"
    for digit in "2580":
        guarded.keypad._keys.get(digit, guarded.keypad.zero).click()
    with qtbot.waitSignal(guarded.leave_wanted) as left:
        guarded.keypad.enter.click()
    assert left.args == ["2580"]
    guarded.open_keypad()
    assert guarded.keypad.line.echoMode() is guarded.keypad.line.EchoMode.Normal, "a visitor's number"


def test_staff_leave_also_while_somebody_is_welcomed(qtbot: QtBot) -> None:
    guarded = KioskScreen(guarded=True)
    qtbot.addWidget(guarded, before_close_func=lambda _: guarded.end())
    guarded.show()
    guarded.show_view(view(Phase.WELCOME))
    qtbot.keyClick(guarded, Qt.Key.Key_Escape)
    guarded.show_view(view(Phase.WELCOME))
    assert guarded.keypad.isVisible(), "the next frame does not take the keypad away"
    guarded.close_keypad()
    guarded.open_keypad()
    guarded.show_view(view(Phase.LOOK))
    guarded.show_view(view(Phase.WELCOME))
    assert not guarded.keypad.isVisible(), "whoever is welcomed by face needs no number any more"


def test_half_a_number_is_forgotten(qtbot: QtBot, screen: KioskScreen) -> None:
    screen.open_keypad()
    screen.keypad.line.insert("47")
    screen.keypad._forgotten.timeout.emit()
    assert not screen.keypad.isVisible()
    screen.open_keypad()
    assert screen.keypad.line.text() == ""


def decision(phase: Phase, *reasons: Reason) -> DeskDecision:
    bands = {Phase.WELCOME: Band.WELCOME, Phase.STEP_UP: Band.STEP_UP}
    person = ADA.name if phase is Phase.WELCOME else None
    return DeskDecision(1.0, phase, bands.get(phase, Band.REFUSE), person, reasons, 0.5)


def test_staff_see_reasons_and_rounded_distances_and_can_undo(qtbot: QtBot) -> None:
    staff = StaffView()
    qtbot.addWidget(staff)
    assert not staff.undo.isEnabled()
    staff.add(decision(Phase.REFUSED, Reason.STRANGER), view(Phase.REFUSED, distance=1.4321))
    assert not staff.undo.isEnabled(), "there is no welcome to take back"
    staff.add(decision(Phase.WELCOME, *REASONS), view(Phase.WELCOME, distance=0.4217))
    cells = [staff.table.item(0, column).text() for column in range(3)]  # type: ignore[union-attr]
    assert "Ada" in cells[1]
    assert f"{reason_text(REASONS[0])}, {reason_text(REASONS[1])}" in cells[1]
    assert cells[2] == "0.4"
    with qtbot.waitSignal(staff.undo_wanted):
        staff.undo.click()
    staff.name.setEditText("  Grace ")
    with qtbot.waitSignal(staff.check_in_wanted) as wanted:
        staff.check_in.click()
    assert wanted.args == ["Grace"]


def test_no_reason_is_cut_at_any_width(qtbot: QtBot) -> None:
    staff = StaffView()
    qtbot.addWidget(staff)
    staff.show()
    staff.add(decision(Phase.WELCOME, *REASONS), view(Phase.WELCOME, distance=0.4))
    table, inset = staff.table, 2 * (8 + 3)  # the theme's padding and Qt's margin, at each side
    for width in range(240, 420, 3):
        staff.resize(width, 600)
        qtbot.wait(5)
        room = QRect(0, 0, table.columnWidth(1) - inset, 0)
        text = table.item(0, 1).text()  # type: ignore[union-attr]
        needed = table.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
        assert table.rowHeight(0) >= needed, width


def test_the_attack_test_leads_through_all_species(qtbot: QtBot) -> None:
    wizard = AttackWizard()
    qtbot.addWidget(wizard)
    wizard.show_test(AttackTest("c", "p"))
    refused, welcomed = decision(Phase.REFUSED, Reason.PASSIVE_ATTACK), decision(Phase.WELCOME, *REASONS)
    wizard.take(welcomed)
    assert not wizard.test.trials, "nothing is counted before the test begins"
    wizard.go.click()
    for _ in range(TRIES):
        wizard.take(welcomed)
    for _ in range(TRIES * len(SPECIES)):
        assert wizard.result.tone() == "warn"
        wizard.take(refused)
    assert wizard.test.verified() is Verified.VERIFIED
    assert wizard.result.tone() == "good"
    assert "0 of 5" in wizard._rates.text()
    wizard.anew.click()
    assert wizard.test.verified() is Verified.NOT_RUN


def test_the_welcome_is_spoken_as_wanted() -> None:
    voice = Voice()
    assert voice.welcome("Ada Lovelace", Greeting.OFF) == ""
    assert voice.welcome("Ada Lovelace", Greeting.FIRST) == "Welcome, Ada"
    assert voice.welcome("王小明", Greeting.FIRST) == "Welcome, 王小明"


@pytest.fixture
def control(qtbot: QtBot, session: Session) -> Iterator[DeskControl]:
    parent = QWidget()
    qtbot.addWidget(parent)
    clerk = Clerk(session, lambda: user_paths().gallery_file, parent)
    clerk.seat.find_out()
    control = DeskControl(session, clerk, parent)
    yield control
    control.close()
    clerk.stop()


def noise(frames: int = 4) -> list[np.ndarray]:
    return [np.random.default_rng(seed).integers(0, 255, (96, 128, 3), np.uint8) for seed in range(frames)]


def open_desk(control: DeskControl, make: Callable[[], FakeSource] | None = None) -> KioskScreen:
    source = make or (lambda: FakeSource(noise(), 0.02))
    control.open(source, "fake", user_paths().gallery_file, Thresholds(), full_screen=False)
    assert control.screen_ is not None
    control.screen_.show()
    return control.screen_


def someone(name: str = "Ada Lovelace") -> Path:
    with Gallery(user_paths().gallery_file) as gallery:
        gallery.add(name, [])
    return user_paths().gallery_file


def test_a_dead_camera_shows_a_fault_and_comes_back(qtbot: QtBot, control: DeskControl) -> None:
    made: list[FakeSource] = []

    def make() -> FakeSource:
        made.append(FakeSource(noise(), 0.02, lost_after=20 if len(made) == 0 else None))
        return made[-1]

    screen = open_desk(control, make)
    phases: list[Phase] = []
    control.lane.view.connect(lambda shown: phases.append(shown.state.phase))
    qtbot.waitUntil(lambda: Phase.FAULT in phases, timeout=60_000)
    assert screen.message.tone() == "bad"
    assert screen.badge.isVisible()
    qtbot.waitUntil(lambda: len(made) > 1, timeout=10_000)
    back = time.monotonic()
    qtbot.waitUntil(lambda: phases[-1] is Phase.IDLE, timeout=60_000)
    assert time.monotonic() - back < 30.0
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not control.lane.running, timeout=5_000)
    assert not control.is_open


def test_a_welcome_by_pin_stands_and_is_told_once_with_the_camera_dead(
    qtbot: QtBot, control: DeskControl
) -> None:
    with Gallery(someone()) as gallery:
        ada = cards.card(gallery, "Ada Lovelace")
        cards.change(gallery, "Ada Lovelace", replace(ada.details, number="4711"), ada.limits)
        roles.set_pin(gallery, ada.person.id, "2580")
    open_desk(control, lambda: FakeSource(noise(), 0.02, lost_after=2))
    phases: list[Phase] = []
    decided: list[Phase] = []
    control.lane.view.connect(lambda shown: phases.append(shown.state.phase))
    control.decided.connect(lambda made, _: decided.append(made.state))
    qtbot.waitUntil(lambda: phases[-1:] == [Phase.FAULT], timeout=60_000)
    control.lane.orders.claim("4711", "2580")
    qtbot.waitUntil(lambda: Phase.WELCOME in phases, timeout=60_000)
    qtbot.wait(500)
    qtbot.waitUntil(lambda: phases[-1] is Phase.FAULT, timeout=60_000)
    qtbot.wait(200)
    said = phases[phases.index(Phase.WELCOME) :]
    assert [phase for phase, _ in groupby(said)] == [Phase.WELCOME, Phase.FAULT], (
        "it stands until it was read"
    )
    assert decided == [Phase.WELCOME]


def test_a_guarded_desk_is_left_with_a_pin_only(qtbot: QtBot, control: DeskControl) -> None:
    with Gallery(someone()) as gallery:
        roles.set_pin(gallery, roles.holder_of(Role.ADMIN), "2580")
    seat = control._clerk.seat
    seat.find_out()
    qtbot.waitUntil(lambda: bool(seat.guarded), timeout=60_000)
    seat.lock()
    screen = open_desk(control)
    with qtbot.waitSignal(seat.refused, timeout=60_000):
        screen.leave_wanted.emit("1379")
    assert control.is_open
    assert screen.message.tone() == "warn"
    with qtbot.waitSignal(control.opened, timeout=60_000):
        screen.leave_wanted.emit("2580")
    assert not control.is_open


def test_by_hand_staff_and_the_visitor_are_told_and_a_welcome_is_taken_back(
    qtbot: QtBot, control: DeskControl
) -> None:
    database = someone()
    screen = open_desk(control)
    control._clerk.seat.sit(Role.RECEPTION)
    with qtbot.waitSignal(control.told, timeout=60_000) as told:
        control.check_in("Ada Lovelace")
    assert told.args[1] is True
    assert "Ada Lovelace" in screen.message.title()
    with qtbot.waitSignal(control.told, timeout=60_000) as told:
        control.check_in("Ada Lovelace")
    assert told.args == ["Ada Lovelace is inside already.", False]
    with Gallery(database) as gallery:
        assert len(inside(gallery)) == 1
    control.check_out("Ada Lovelace")
    qtbot.waitUntil(lambda: not control._clerk.busy, timeout=60_000)
    with Gallery(database) as gallery:
        assert inside(gallery) == ()
        ada = gallery.person("Ada Lovelace")
        for visit in today(gallery):
            gallery.database.execute("DELETE FROM visit WHERE id = ?", (visit.id,))
        check_in(gallery, ada.id, How.FACE, "fake")
    with qtbot.waitSignal(control.told, timeout=60_000) as told:
        control.take_back(decision(Phase.WELCOME, *REASONS))  # she has gone: the desk shows somebody else
    assert told.args[1] is True
    with Gallery(database) as gallery:
        assert today(gallery) == ()


def test_the_kiosk_role_checks_nobody_in(qtbot: QtBot, control: DeskControl) -> None:
    someone()
    control._clerk.seat.sit(Role.KIOSK)
    with qtbot.waitSignal(control._clerk.failed) as failed:
        control.check_in("Ada Lovelace")
    assert failed.args[0].code is ErrorCode.ROLE_LACKING


def test_a_call_reaches_staff_and_is_answered(qtbot: QtBot, control: DeskControl) -> None:
    page = DeskPage(control, control._clerk.seat)
    qtbot.addWidget(page)
    page.show()
    screen = open_desk(control)
    screen.show_view(view(Phase.REFUSED))
    screen.host.click()
    assert page.staff.call.isVisible()
    page.staff.answer.click()
    assert not page.staff.call.isVisible()
    assert screen.message.tone() == "good"


def test_the_desk_page_says_what_is_still_lacking(qtbot: QtBot, control: DeskControl) -> None:
    page = DeskPage(control, control._clerk.seat)
    qtbot.addWidget(page)
    assert "Choose a camera" in page.source.text.text()
    page.set_source("door camera")
    assert "door camera" in page.source.text.text()
    assert "Nobody" in page.enrolled.text.text()
    assert "No PIN" in page.pin.text.text()
    assert "not verified" in page.tested.text.text()
    for line, wanted in (
        (page.enrolled, page.enrol_wanted),
        (page.pin, page.pin_wanted),
        (page.tested, page.test_wanted),
    ):
        with qtbot.waitSignal(wanted):
            line.button.click()


def test_what_is_done_or_not_this_roles_to_do_takes_no_room(qtbot: QtBot, control: DeskControl) -> None:
    seat = control._clerk.seat
    page = DeskPage(control, seat)
    qtbot.addWidget(page)
    page.set_people((Person("1", "Ada Lovelace", "2026-01-01", 1),))
    seat.guarded = True
    seat.sit(Role.RECEPTION)
    page.retranslate()
    assert page.pin.isHidden()
    assert not page.tested.isHidden()
    assert page.tested.button.isHidden(), "the attack test is the administrator's"


def test_the_attack_test_is_led_by_the_desk_screen(
    qtbot: QtBot, control: DeskControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = DoorTab(control._clerk, control)
    qtbot.addWidget(door)
    rehearsed: list[bool] = []
    monkeypatch.setattr(Orders, "rehearse", lambda _, on: rehearsed.append(on))
    with qtbot.waitSignal(door.desk_wanted):
        door.wizard.go.click()
    screen = open_desk(control)
    assert rehearsed == [True], "attacks on purpose are no visits, open no door and make no pause"
    assert screen.task.isVisible()
    assert "1 of 5" in screen.task.text()
    control.decided.emit(decision(Phase.WELCOME, *REASONS), view(Phase.WELCOME))
    assert "2 of 5" in screen.task.text()
    assert len(control.test.trials) == 1
    door.wizard.go.click()
    assert rehearsed == [True, False]
    door.wizard.go.click()
    control.close()
    open_desk(control)
    assert not control.screen_.task.isVisible(), "a desk that was closed ends the test"  # type: ignore[union-attr]


def passed(camera: str, policy: str) -> AttackTest:
    test = AttackTest(camera, policy)
    while (species := test.next()) is not None:
        test = test.with_trial(species, Band.WELCOME if species == LIVE else Band.REFUSE)
    return test


def test_a_test_that_begins_anew_shuts_the_door_before_any_desk_was_opened(
    qtbot: QtBot, control: DeskControl
) -> None:
    database = someone()
    control.use_camera("fake")
    test = passed("fake", control.policy)
    with Gallery(database) as gallery:
        set_liveness(gallery, "fake", control.policy, "{}")
    save_test(control._test_file, test)
    control._load_test()
    door = DoorTab(control._clerk, control)
    qtbot.addWidget(door)
    assert door.wizard.test.verified() is Verified.VERIFIED
    with qtbot.waitSignal(control._keeper.finished, timeout=60_000):
        door.wizard.anew.click()
    with Gallery(database) as gallery:
        assert liveness_of(gallery, "fake", control.policy) is None


def test_an_open_desk_keeps_its_rules_so_that_a_test_proves_nothing_about_others(
    qtbot: QtBot, control: DeskControl
) -> None:
    door = DoorTab(control._clerk, control)
    qtbot.addWidget(door)
    open_desk(control)
    before = control.policy
    door.form.changed.emit({"liveness": "passive"})
    assert control.policy == before == control.test.policy
    assert not door.waits.isHidden(), "why nothing changes is said"
    control.close()
    assert control.policy.startswith("passive")
    assert control.test.policy == control.policy
    assert door.waits.isHidden()


def test_the_desk_screen_says_the_step_of_a_test_that_begins_anew(qtbot: QtBot, control: DeskControl) -> None:
    door = DoorTab(control._clerk, control)
    qtbot.addWidget(door)
    screen = open_desk(control)
    door.wizard.go.click()
    control.decided.emit(decision(Phase.WELCOME, *REASONS), view(Phase.WELCOME))
    assert "2 of 5" in screen.task.text()
    door.wizard.anew.click()
    assert "1 of 5" in screen.task.text()
    screen.show_task("another language")
    QApplication.sendEvent(door.wizard, QEvent(QEvent.Type.LanguageChange))
    assert "1 of 5" in screen.task.text()


def test_the_panel_says_what_to_choose_first(qtbot: QtBot, session: Session) -> None:
    from gui.faces.panel import RecognisePanel

    panel = RecognisePanel(session)
    qtbot.addWidget(panel, before_close_func=lambda _: panel.shut_down())
    told: list[str] = []
    panel.told.connect(told.append)
    panel.front.go.click()
    assert len(told) == 1 or panel.control.is_open
    panel.shut_down()
