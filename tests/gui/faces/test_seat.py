"""The seat fails closed: nobody is more than the kiosk before the gallery said so, or a PIN was right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.faces.backup import back_up
from engine.faces.gallery import Gallery
from engine.faces.store import roles
from engine.faces.store.records import Details, Limits
from engine.faces.store.roles import Right, Role
from engine.jobs import run
from engine.paths import user_paths
from gui.faces.desk import Work
from gui.faces.enrol_page import Newcomer
from gui.faces.panel import RecognisePanel
from gui.faces.seat import Seat
from gui.session import Session

PATIENCE_MS = 60_000


def settle(qtbot: QtBot, ready: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(ready()), timeout=PATIENCE_MS)


@pytest.fixture
def guarded() -> Path:
    path = user_paths().gallery_file
    with Gallery(path) as gallery:
        gallery.add("Ada Lovelace", [])
        roles.set_pin(gallery, roles.holder_of(Role.ADMIN), "2580")
    return path


@pytest.fixture
def seat(qtbot: QtBot, session: Session) -> Iterator[Seat]:
    seat = Seat(session, lambda: user_paths().gallery_file)
    yield seat
    seat.stop()


@pytest.fixture
def panel(qtbot: QtBot, guarded: Path, session: Session) -> Iterator[RecognisePanel]:
    panel = RecognisePanel(session)
    qtbot.addWidget(panel, before_close_func=lambda _: panel.shut_down())
    panel.resize(1200, 800)
    panel.show()
    settle(qtbot, lambda: panel.seat.guarded)
    yield panel
    panel.shut_down()


def test_without_a_gallery_or_a_pin_whoever_sits_here_is_the_administrator(qtbot: QtBot, seat: Seat) -> None:
    assert seat.role is Role.KIOSK, "nothing was asked yet"
    seat.find_out()
    assert seat.role is Role.ADMIN
    with qtbot.waitSignal(seat.pin_set, timeout=PATIENCE_MS):
        seat.set_pin(Role.ADMIN, "2580")  # the lock comes before the first person
    settle(qtbot, lambda: seat.guarded)
    seat.lock()
    with qtbot.waitSignal(seat.refused, timeout=PATIENCE_MS) as refused:
        seat.set_pin(Role.ADMIN, "1379")
    assert refused.args[0].code is ErrorCode.ROLE_LACKING


def test_a_pin_keeps_the_seat_shut_after_a_restart(qtbot: QtBot, seat: Seat, guarded: Path) -> None:
    with qtbot.waitSignal(seat.changed, timeout=PATIENCE_MS):
        seat.find_out()
    assert seat.role is Role.KIOSK
    with qtbot.waitSignal(seat.refused, timeout=PATIENCE_MS):
        seat.prove("")
    with qtbot.waitSignal(seat.refused, timeout=PATIENCE_MS):
        seat.take(Role.ADMIN, "1379")
    assert seat.locked
    with qtbot.waitSignal(seat.taken, timeout=PATIENCE_MS):
        seat.prove("2580")
    assert seat.role is Role.RECEPTION
    assert not seat.may(Right.ERASE)
    with qtbot.waitSignal(seat.taken, timeout=PATIENCE_MS):
        seat.take(Role.ADMIN, "2580")
    assert seat.may(Right.ERASE)


def test_a_gallery_that_cannot_be_read_keeps_the_seat_shut(qtbot: QtBot, seat: Seat) -> None:
    path = user_paths().gallery_file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"no gallery at all" * 100)
    with qtbot.waitSignal(seat.unreadable, timeout=PATIENCE_MS):
        seat.find_out()
    assert seat.locked
    assert seat.guarded is None


def test_wrong_pins_at_the_desk_screen_do_not_keep_staff_from_their_window(
    qtbot: QtBot, seat: Seat, guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.faces.store.keys.MEMORY_KIB", 64)
    with Gallery(guarded) as gallery:
        roles.set_pin(gallery, roles.holder_of(Role.ADMIN), "2580")
    for _ in range(roles.FREE_FAILURES + 2):
        with qtbot.waitSignal(seat.refused, timeout=PATIENCE_MS) as refused:
            seat.prove("1379")
    assert refused.args[0].code is ErrorCode.PIN_WAIT
    with qtbot.waitSignal(seat.taken, timeout=PATIENCE_MS):
        seat.take(Role.ADMIN, "2580")


def test_a_guarded_gallery_that_is_gone_opens_nothing(qtbot: QtBot, seat: Seat, guarded: Path) -> None:
    with qtbot.waitSignal(seat.changed, timeout=PATIENCE_MS):
        seat.find_out()
    guarded.unlink()
    with qtbot.waitSignal(seat.unreadable) as told:
        seat.take(Role.ADMIN, "")
    assert str(guarded) in told.args[0].detail
    with qtbot.waitSignal(seat.unreadable):
        seat.find_out()
    assert seat.locked
    roles.guard_mark(guarded).unlink()
    seat.guarded = None
    seat.find_out()
    assert seat.role is Role.ADMIN, "begun anew"


def test_a_locked_window_shows_nobody_and_does_nothing(qtbot: QtBot, panel: RecognisePanel) -> None:
    assert panel.lock.isVisible()
    assert not panel.column.isVisible()
    assert panel.people.list.count() == 0
    panel.take_path(Path("clip.mp4"))
    assert not panel.live.running
    failures: list[Exception] = []
    panel.desk.failed.connect(failures.append)
    newcomer = Newcomer("Eve", Details(purpose="door", consent="2026-01-01"), Limits("", "2999-01-01"))
    panel.desk.enrol_photos(newcomer, [])
    panel.desk.enrol_from_camera(newcomer)
    panel.desk.verify_photo("Ada Lovelace", Path("ada.jpg"))
    panel.desk.verify_from_camera("Ada Lovelace")
    assert [error.code for error in failures] == [ErrorCode.ROLE_LACKING] * 4  # type: ignore[attr-defined]
    assert panel.desk.work is Work.NOTHING
    problems: list[Exception] = []
    panel.desk.clerk.failed.connect(problems.append)
    panel.people.erase_wanted.emit("Ada Lovelace")
    panel.people.rename_wanted.emit("Ada Lovelace", "Eve")
    assert len(problems) == 2
    panel.open_lab()
    assert not panel.lab.isVisible()
    with pytest.raises(EngineError):
        panel._session.change(verify_threshold=4.0)  # every stranger would be verified
    panel._session.change(theme="dark")
    with Gallery(user_paths().gallery_file) as gallery:
        assert [person.name for person in gallery.people()] == ["Ada Lovelace"]


def test_a_pin_unlocks_what_the_role_may_and_the_button_locks_again(
    qtbot: QtBot, panel: RecognisePanel
) -> None:
    settle(qtbot, panel.lock.pin.isVisible)
    assert panel.focusWidget() is panel.lock.pin, "the PIN is typed at once"
    panel.lock.pin.setText("1379")
    panel.lock.unlock.click()
    settle(qtbot, panel.lock.answer.isVisible)
    assert panel.lock.pin.text() == ""
    assert panel.lock.pin.echoMode() is QLineEdit.EchoMode.Password
    panel.lock.pin.setText("2580")
    panel.lock.unlock.click()  # reception without a PIN of its own is taken with the administrator's
    settle(qtbot, panel.column.isVisible)
    settle(qtbot, lambda: panel.people.list.count() == 1)
    assert panel.seat.role is Role.RECEPTION
    panel.column.open_page(3)
    assert not panel.people.erase.isVisible()
    assert not panel.column.lab.isVisible()
    panel.column.role.click()
    assert panel.lock.isVisible()


def test_a_damaged_gallery_is_offered_its_backup_without_a_role(
    qtbot: QtBot, guarded: Path, session: Session, tmp_path: Path
) -> None:
    run(back_up(guarded, tmp_path / "kept.sqlite"))
    guarded.write_bytes(b"damaged" * 1000)
    for leftover in guarded.parent.glob(guarded.name + "-*"):
        leftover.unlink()
    panel = RecognisePanel(session)
    qtbot.addWidget(panel, before_close_func=lambda _: panel.shut_down())
    panel.show()
    settle(qtbot, panel.lock.restore.go.isVisible)
    assert "1" in panel.lock.restore.choice.currentText()
    with qtbot.waitSignal(panel.lock.restore.failed, timeout=PATIENCE_MS) as refused:
        panel.lock.restore.go.click()
    assert refused.args[0].code is ErrorCode.ROLE_LACKING, "the backup's own PIN is asked"
    panel.lock.restore.pin.setText("2580")
    with qtbot.waitSignal(panel.receipt_given, timeout=PATIENCE_MS) as said:
        panel.lock.restore.go.click()
    assert "restored: 1" in said.args[0]
    settle(qtbot, lambda: panel.seat.guarded)
    assert panel.lock.isVisible(), "what came back still needs its PIN"
    assert not panel.lock.restore.isVisible()
    with Gallery(guarded) as gallery:
        assert [person.name for person in gallery.people()] == ["Ada Lovelace"]
    panel.shut_down()


def test_the_window_of_whoever_went_away_is_locked(
    qtbot: QtBot, panel: RecognisePanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("gui.faces.idle.time.monotonic", lambda: now)
    panel.seat.sit(Role.RECEPTION)
    idle, handle = panel.idle, panel.window().windowHandle()
    assert handle is not None
    idle._watch(handle)
    now += 60.0 * session.settings.lock_after - 1.0
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    now += 2.0
    idle._look()
    assert not panel.seat.locked, "somebody typed a moment ago"
    now += 60.0 * session.settings.lock_after
    monkeypatch.setattr(panel.lab, "is_busy", lambda: True)
    idle._look()
    assert not panel.seat.locked, "a lock would end the training run"
    monkeypatch.setattr(panel.lab, "is_busy", lambda: False)
    monkeypatch.setattr(idle, "_visitors", lambda: handle)
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    idle._look()
    assert panel.seat.locked, "what visitors touch keeps nobody's seat"
    panel.lock.show_call(datetime(2026, 1, 1, 9, 30))
    assert panel.lock.call.isVisible()
    assert "09:30" in panel.lock.call.text()
    panel.seat.sit(Role.RECEPTION)
    with pytest.raises(EngineError) as refused:
        session.change(lock_after=0)
    assert refused.value.code is ErrorCode.ROLE_LACKING


def test_what_the_desk_asks_for_outlives_a_restart(
    qtbot: QtBot, panel: RecognisePanel, session: Session, tmp_path: Path
) -> None:
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    panel.office.door.use_rules({"liveness": "always", "lockout": 30.0, "blink": False, "flash": "nonsense"})
    panel.save_state(store)
    panel.office.door.use_rules({})
    assert panel.control.policy == "standard, close, flash, blink"
    panel.restore_state(store)
    assert panel.control.policy == "always, close, flash"
    assert panel.office.door.rules()["lockout"] == 30.0
    assert panel.office.door.rules()["blink"] is False
    store.setValue("rules", "[nonsense")
    panel.restore_state(store)
    assert panel.control.policy == "always, close, flash", "what cannot be read changes nothing"
