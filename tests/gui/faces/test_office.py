"""The office: people, visits, import, calibration, audit log and protection in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.faces.answers import Enrolment
from engine.faces.gallery import Gallery, NewEncoding
from engine.faces.hooks import hooks_of, set_liveness
from engine.faces.people import Person
from engine.faces.quality import Quality
from engine.faces.store import cards, likeness, roles
from engine.faces.store.consent import Policy, policy_of
from engine.faces.store.keys import KeyPlace
from engine.faces.store.records import Limits
from engine.faces.store.roles import Role
from engine.faces.visits import How, check_in, inside
from engine.models import Models
from engine.paths import user_paths
from engine.samples import samples
from gui.faces.kiosk.control import DeskControl
from gui.faces.people.alike import AlikeQuestion
from gui.faces.people.clerk import Clerk
from gui.faces.people.office import Office
from gui.session import Session

PATIENCE_MS = 60_000


def encoding(seed: int, look: int = 0) -> NewEncoding:
    centre = np.random.default_rng(seed).normal(size=128)
    vector = (centre + 0.5 * np.random.default_rng((seed, look + 1)).normal(size=128)).astype(np.float32)
    return NewEncoding(vector / np.linalg.norm(vector), "sface", "photo", f"{seed}-{look}.jpg", 0.8)


@pytest.fixture
def gallery() -> Path:
    path = user_paths().gallery_file
    with Gallery(path) as opened:
        for seed, name in enumerate(("Ada Lovelace", "Ben", "张伟")):
            opened.add(name, [encoding(seed), encoding(seed, 1)])
    return path


@pytest.fixture
def office(qtbot: QtBot, gallery: Path, tmp_path: Path) -> Iterator[Office]:
    session = Session(user_paths())
    session.models = Models(tmp_path / "downloads")
    parent = QWidget()
    qtbot.addWidget(parent)
    clerk = Clerk(session, lambda: gallery, parent)
    control = DeskControl(session, clerk, parent)
    office = Office(clerk, control)
    qtbot.addWidget(office, before_close_func=lambda _: office.shut_down())
    clerk.seat.find_out()
    office.show()
    settle(qtbot, lambda: clerk.role is Role.ADMIN)
    yield office
    office.shut_down()
    clerk.stop()
    assert session.close(), "the engine thread did not end"


def settle(qtbot: QtBot, ready: Callable[[], object]) -> None:
    def check() -> None:
        assert ready()

    qtbot.waitUntil(check, timeout=PATIENCE_MS)


def open_tab(office: Office, page: QWidget) -> None:
    office.sections.show_page(page)


def test_people_are_found_changed_exported_and_erased(
    qtbot: QtBot, office: Office, gallery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = office.people
    open_tab(office, people)
    settle(qtbot, lambda: people.list.count() == 3)
    people.search.setText("zw")
    settle(qtbot, lambda: people.list.count() == 1 and people.form.title.text() == "张伟")
    people.search.setText("ada")
    settle(qtbot, lambda: people.form.title.text() == "Ada Lovelace")
    assert people.form.encodings.rowCount() == 2
    people.form.edits["number"].setText("4711")
    people.form.edits["pin"].setText("1111")
    people.form.save.click()
    settle(qtbot, lambda: not office.clerk.busy)
    with Gallery(gallery) as opened:
        assert cards.card(opened, "Ada Lovelace").details.number == "", "no half of what was asked for"
    people.form.edits["number"].setText("4711")
    people.form.edits["pin"].setText("2580")
    people.form.edits["retain_until"].setText("2031-05-01")
    people.form.save.click()
    settle(qtbot, lambda: not office.clerk.busy)
    with Gallery(gallery) as opened:
        card = cards.card(opened, "Ada Lovelace")
        roles.check_pin(opened, card.person.id, "2580", "desk")
    assert card.details.number == "4711"
    assert card.limits.retain_until
    settle(qtbot, lambda: "PIN" in people.form.state.text() and people.form.edits["pin"].text() == "")
    people.search.setText("4711")
    settle(qtbot, lambda: people.list.count() == 1)
    people.export_to("Ada Lovelace", tmp_path / "ada.json")
    settle(qtbot, (tmp_path / "ada.json").exists)
    people.erase("Ada Lovelace")
    people.search.clear()
    settle(qtbot, lambda: people.list.count() == 2)
    settle(qtbot, lambda: any("Receipt" in notice.text() for notice in office.notices.notices()))
    monkeypatch.setattr("gui.faces.people.office.TOLD_MS", 1)
    office.people.told.emit("Saved.")
    settle(qtbot, lambda: all("Saved" not in notice.text() for notice in office.notices.notices()))
    assert any("Receipt" in notice.text() for notice in office.notices.notices()), "a receipt stays"


def test_a_wrong_date_is_told_and_changes_nothing(qtbot: QtBot, office: Office) -> None:
    open_tab(office, office.people)
    settle(qtbot, lambda: office.people.form.title.text() == "Ada Lovelace")
    office.people.form.edits["retain_until"].setText("soon")
    with qtbot.waitSignal(office.clerk.failed, timeout=PATIENCE_MS) as failed:
        office.people.form.save.click()
    assert failed.args[0].code is ErrorCode.BAD_VALUE


def test_visits_by_hand_and_the_roll_call_on_paper(
    qtbot: QtBot, office: Office, gallery: Path, tmp_path: Path
) -> None:
    visits = office.visits
    open_tab(office, visits)
    settle(qtbot, lambda: visits.who.count() == 3)
    visits.who.setEditText("Ben")
    visits.come.click()
    settle(qtbot, lambda: visits.table.rowCount() == 1)
    assert "1" in visits.count.text()
    visits.write_roll_call(tmp_path / "roll.pdf")
    assert (tmp_path / "roll.pdf").read_bytes().startswith(b"%PDF")
    visits.write_csv(tmp_path / "visits.csv")
    assert "Ben" in (tmp_path / "visits.csv").read_text(encoding="utf-8-sig")
    visits.table.selectRow(0)
    visits.undo.click()
    settle(qtbot, lambda: visits.table.rowCount() == 0)
    with Gallery(gallery) as opened:
        assert inside(opened) == ()


def test_an_import_is_judged_first_enrolled_and_undone(
    qtbot: QtBot, office: Office, gallery: Path, tmp_path: Path
) -> None:
    sample = next(one for one in samples("face") if one.person)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "New_Person.jpg").write_bytes(sample.path.read_bytes())
    (tmp_path / "photos" / "torn.jpg").write_text("no picture")
    page = office.bring
    open_tab(office, page)
    assert not page.enrol.isEnabled()
    page.judge(tmp_path / "photos")
    settle(qtbot, lambda: page.table.rowCount() == 2 and not office.clerk.busy)
    assert not page.enrol.isEnabled(), "looked at, but nobody has agreed to anything yet"
    page.consent.purpose.setText("entrance")
    page.consent.agrees.setChecked(True)
    assert page.enrol.isEnabled()
    with Gallery(gallery) as opened:
        assert len(opened.people()) == 3
    page.enrol.click()
    settle(qtbot, lambda: page.undo.isVisible() and page.undo.isEnabled())
    with Gallery(gallery) as opened:
        assert opened.person("New Person").encodings == 1
    page.undo.click()
    settle(qtbot, lambda: not office.clerk.busy)
    with Gallery(gallery) as opened:
        assert len(opened.people()) == 3


@pytest.mark.parametrize("itself", [True, False])
def test_a_list_without_consent_enrols_nobody_before_the_box_is_ticked(
    qtbot: QtBot, office: Office, tmp_path: Path, itself: bool
) -> None:
    sample = next(one for one in samples("face") if one.person)
    (tmp_path / "new.jpg").write_bytes(sample.path.read_bytes())
    heading, line = "name,photo,purpose,consent", "Eve,new.jpg,entrance," + ("2026-01-02" if itself else "")
    (tmp_path / "list.csv").write_text(f"{heading}\n{line}\n")
    page = office.bring
    open_tab(office, page)
    page.judge(tmp_path / "list.csv")
    settle(qtbot, lambda: page.table.rowCount() == 1 and not office.clerk.busy)
    assert page.enrol.isEnabled() is itself
    assert bool(page.lacks.text()) is not itself, "the button and the sentence say the same"
    page.consent.purpose.setText("entrance")
    page.consent.agrees.setChecked(True)
    assert page.enrol.isEnabled()


def test_calibration_says_how_far_it_is_proved(qtbot: QtBot, office: Office) -> None:
    page = office.calibration
    open_tab(office, page)
    page.measure.click()
    settle(qtbot, lambda: page.apply.isEnabled())
    assert "τ" in page.line.text()
    assert "3/n" in page.proof.text()
    page.apply.click()
    settle(qtbot, lambda: not office.clerk.busy)


def test_the_audit_log_is_shown_with_names_and_a_broken_one_is_located(
    qtbot: QtBot, office: Office, gallery: Path
) -> None:
    page = office.audit
    open_tab(office, page)
    settle(qtbot, lambda: page.verdict.property("role") == "good" and page.table.rowCount() == 6)
    assert page.table.item(0, 4).text() == "张伟"
    page.kept.setText("12:abc")
    page.check.click()
    assert page.verdict.property("role") == "warn", "nothing was compared, so nothing is said to be whole"
    page.kept.clear()
    with Gallery(gallery) as opened:
        opened.database.execute("UPDATE audit SET at = '2001' || substr(at, 5) WHERE number = 3")
    page.check.click()
    settle(qtbot, lambda: page.verdict.property("role") == "bad")
    assert "3" in page.verdict.text()


def test_the_kiosk_role_shows_no_people_and_needs_the_pin_back(
    qtbot: QtBot, office: Office, gallery: Path
) -> None:
    with Gallery(gallery) as opened:
        roles.set_pin(opened, roles.holder_of(Role.ADMIN), "2580")
    page = office.protection
    open_tab(office, page)
    office.clerk.seat.find_out()
    settle(qtbot, page.lock.isVisible)
    page.lock.click()
    shown = [each for each in office._rights if office.sections.is_offered(each)]
    assert shown == [page]
    page.role.setCurrentIndex(1)
    page.pin.setText("1379")
    with qtbot.waitSignal(office.clerk.seat.refused, timeout=PATIENCE_MS) as failed:
        page.take.click()
    assert failed.args[0].code is ErrorCode.PIN_REFUSED
    assert office.clerk.role is Role.KIOSK
    page.pin.setText("2580")
    page.take.click()
    settle(qtbot, lambda: office.clerk.role is Role.ADMIN)
    office.clerk.seat.sit(Role.RECEPTION)
    errors: list[EngineError] = []
    office.clerk.failed.connect(errors.append)
    office.people.erase("Ben")
    assert errors[0].code is ErrorCode.ROLE_LACKING


def test_a_pin_is_typed_twice_before_it_counts(qtbot: QtBot, office: Office) -> None:
    page = office.protection
    open_tab(office, page)
    page.pin.setText("2581")
    page.pin_again.setText("2851")
    assert not page.set_pin.isEnabled()
    page.pin_again.setText("2581")
    with qtbot.waitSignal(office.clerk.seat.pin_set, timeout=PATIENCE_MS):
        qtbot.keyClick(page.pin_again, Qt.Key.Key_Return)
    assert (page.pin.text(), page.pin_again.text()) == ("", "")


def test_a_plain_key_file_is_said_aloud_until_a_passphrase_locks_it(
    qtbot: QtBot, office: Office, gallery: Path
) -> None:
    page = office.protection
    open_tab(office, page)
    settle(qtbot, lambda: "file" in page.place.text())
    assert page.place.property("role") == "warn"
    page.passphrase.setText("four words are long")
    page.passphrase_again.setText("four words are lang")
    assert not page.to_passphrase.isEnabled(), "a typing mistake would shut everybody out"
    page.passphrase_again.setText("four words are long")
    page.to_passphrase.click()
    settle(qtbot, lambda: page.place.property("role") == "good")
    with Gallery(gallery) as opened:
        assert opened.key_record.place is KeyPlace.PASSPHRASE


def test_a_duplicate_asks_three_ways_on(qtbot: QtBot, office: Office, gallery: Path) -> None:
    with Gallery(gallery) as opened:
        twin = opened.add("Adele", [encoding(0, 5)], batch="b1")
        likeness.mark(opened, "Adele", "Ada Lovelace")
    quality = Quality(60, 0.1, 0.5, 0, 0, 0.9, None)
    question = AlikeQuestion()
    qtbot.addWidget(question)
    question.merge_wanted.connect(office.merge)
    question.mistake_made.connect(office.take_back)
    became: list[tuple[str, ...]] = []
    question.told_apart.connect(lambda *names: became.append(("apart", *names)))
    office.merged.connect(lambda *names: became.append(("merged", *names)))
    office.taken_back.connect(lambda name: became.append(("back", name)))
    question.ask_about(Enrolment(Person("1", "Eve"), 1, quality, ()))
    assert question.isHidden()
    question.ask_about(Enrolment(twin, 1, quality, (), "b1", "Ada Lovelace"))
    assert not question.isHidden()
    assert "Ada Lovelace" in question.question.text()
    question.alike.click()
    with Gallery(gallery) as opened:
        assert [set(pair) for pair in likeness.pairs(opened)] == [{"Ada Lovelace", "Adele"}]
    question.ask_about(Enrolment(twin, 1, quality, (), "b1", "Ada Lovelace"))
    question.same.click()
    settle(qtbot, lambda: not office.clerk.busy)
    with Gallery(gallery) as opened:
        assert opened.person("Ada Lovelace").encodings == 3
        opened.add("Adele", [encoding(0, 6)], batch="b2")
    question.ask_about(Enrolment(twin, 1, quality, (), "b2", "Ada Lovelace"))
    question.mistake.click()
    settle(qtbot, lambda: not office.clerk.busy)
    with Gallery(gallery) as opened:
        assert "Adele" not in [person.name for person in opened.people()]
    names = ("Ada Lovelace", "Adele")
    assert became == [("apart", *names), ("merged", *names), ("back", "Adele")]


def test_nightly_expiry_runs_whatever_the_role(qtbot: QtBot, office: Office, gallery: Path) -> None:
    with Gallery(gallery) as opened:
        card = cards.card(opened, "Ben")
        check_in(opened, card.person.id, How.MANUAL, "desk")
        cards.change(opened, "Ben", card.details, Limits(retain_until="2020-01-01T00:00:00+00:00"))
    office.clerk.seat.sit(Role.KIOSK)
    with qtbot.waitSignal(office.changed, timeout=PATIENCE_MS):
        office.expire()
    with Gallery(gallery) as opened:
        assert "Ben" not in [person.name for person in opened.people()]


def test_erasing_leaves_no_stray_notice(qtbot: QtBot, office: Office, gallery: Path) -> None:
    """A card that was asked for while its person was being erased is nobody's, not a problem."""
    people = office.people
    open_tab(office, people)
    settle(qtbot, lambda: people.form.title.text() == "Ada Lovelace")
    errors: list[EngineError] = []
    office.clerk.failed.connect(errors.append)
    people.erase("Ada Lovelace")
    people.list.setCurrentRow(1)
    people.list.setCurrentRow(0)  # asks for the card after the erasure, before the new list is there
    settle(qtbot, lambda: people.list.count() == 2 and not office.clerk.busy)
    assert errors == []
    assert people.form.title.text() == "Ben"
    notices = [notice.text() for notice in office.notices.notices()]
    assert len(notices) == 1
    assert "Receipt" in notices[0]


def test_lookalikes_are_listed_told_apart_and_joined(qtbot: QtBot, office: Office, gallery: Path) -> None:
    with Gallery(gallery) as opened:
        for name in ("Ada Lovelace", "Ben"):
            likeness.mark(opened, name, "张伟")
    page = office.alike
    open_tab(office, page)
    settle(qtbot, lambda: page.table.rowCount() == 2)
    assert not page.apart.isEnabled()
    page.table.selectRow(0)
    page.apart.click()
    settle(qtbot, lambda: page.table.rowCount() == 1 and not office.clerk.busy)
    with Gallery(gallery) as opened:
        assert [set(pair) for pair in likeness.pairs(opened)] == [{"Ben", "张伟"}]
    page.merge("Ben", "张伟")
    settle(qtbot, page.empty.isVisible)
    with Gallery(gallery) as opened:
        assert opened.person("Ben").encodings == 4


def test_the_door_says_why_it_is_off_and_keeps_what_is_set(
    qtbot: QtBot, office: Office, gallery: Path
) -> None:
    page, hooks = office.door, office.door.hooks
    page._control.use_camera("front")
    open_tab(office, page)
    settle(qtbot, lambda: hooks._state is not None)
    assert hooks.state.tone() == "plain"
    hooks.edits["url"].setText("https://door.example/open")
    with qtbot.waitSignal(office.clerk.failed, timeout=PATIENCE_MS) as failed:
        hooks.save.click()
    assert failed.args[0].code is ErrorCode.BAD_VALUE, "a webhook without a secret"
    hooks.new_secret.click()
    hooks.save.click()
    settle(qtbot, lambda: hooks.state.tone() == "warn")
    with Gallery(gallery) as opened:
        assert hooks_of(opened).url == "https://door.example/open"
        set_liveness(opened, "front", page._control.policy, "{}")
    page.refresh()
    settle(qtbot, lambda: hooks.state.tone() == "good")
    hooks.off.click()
    settle(qtbot, lambda: hooks.state.tone() == "plain")
    assert hooks.edits["url"].text() == ""


def test_a_visitor_is_announced_only_with_consent(qtbot: QtBot, office: Office, gallery: Path) -> None:
    page = office.visitors
    open_tab(office, page)
    photo = next(one for one in samples("face") if one.person).path
    page.name.setText("Vera Visitor")
    page.host.setText("Ben")
    page.purpose.setText("entrance on this day")
    page.zone.dropped.emit([photo])
    assert not office.clerk.busy_long
    assert "consent" in page.lacking.text()
    page.agrees.setChecked(True)
    page.zone.dropped.emit([photo])
    settle(qtbot, lambda: page.table.rowCount() == 1 and not office.clerk.busy)
    cells = [page.table.item(0, column).text() for column in range(4)]  # type: ignore[union-attr]
    assert cells[:2] == ["Vera Visitor", "Ben"]
    assert not page.agrees.isChecked(), "the next visitor agrees anew"
    with Gallery(gallery) as opened:
        assert opened.person("Vera Visitor").kind == "visitor"


def test_the_policy_makes_every_enrolment_ask(qtbot: QtBot, office: Office, gallery: Path) -> None:
    page = office.protection
    open_tab(office, page)
    settle(qtbot, lambda: not office.clerk.busy)
    page.policy.consent.setChecked(True)
    page.policy.days.setValue(365)
    page.policy.save.click()
    settle(qtbot, lambda: not office.clerk.busy)
    with Gallery(gallery) as opened:
        assert policy_of(opened) == Policy(consent=True, longest_days=365)
    with qtbot.waitSignal(office.clerk.failed, timeout=PATIENCE_MS) as failed:
        sample = next(one for one in samples("face") if one.person)
        (gallery.parent / "Eve.jpg").write_bytes(sample.path.read_bytes())
        office.bring.judge(gallery.parent)
    assert failed.args[0].code is ErrorCode.CONSENT_MISSING
    office.bring.consent.agrees.setChecked(True)
    office.bring.judge(gallery.parent)
    settle(qtbot, lambda: office.bring.table.rowCount() == 1 and not office.clerk.busy)


def test_the_office_fits_a_small_screen_also_with_a_notice(qtbot: QtBot, office: Office) -> None:
    office.open(office.people)
    office._tell("Saved.")
    assert office.minimumSizeHint().width() <= 1024
    assert office.minimumSizeHint().height() <= 640


def test_a_group_without_pages_has_no_heading(qtbot: QtBot, office: Office) -> None:
    headings = [item for item, _ in office.sections._headings]
    assert not any(item.isHidden() for item in headings)
    office.clerk.seat.sit(Role.KIOSK)
    assert [item.isHidden() for item in headings] == [True, True, False]
    assert office.sections.current() is office.protection
