"""Enrolment: consent, purpose and time come before a face; one hint at a time; the self-test is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from engine.faces.answers import Enrolment, FacesSeen, LookedAt, SelfTest, SelfTestOutcome
from engine.faces.people import Person
from engine.faces.quality import Hint, Quality
from gui.faces.enrol_page import EnrolPage, Newcomer, Settled

QUALITY = Quality(60, 0.1, 0.5, 0, 0, 0.9, None)
PHOTO = Path("ada.jpg")


@pytest.fixture
def page(qtbot: QtBot) -> EnrolPage:
    page = EnrolPage()
    qtbot.addWidget(page)
    page.resize(400, 900)
    page.show()
    page.set_live(True)
    return page


def fill(page: EnrolPage) -> None:
    page.name.setText("Ada")
    page.consent.purpose.setText("entrance")
    page.consent.agrees.setChecked(True)


def test_the_keyboard_begins_with_the_name_and_stays_on_the_page(qtbot: QtBot, page: EnrolPage) -> None:
    qtbot.waitUntil(lambda: page.focusWidget() is page.name)
    fill(page)
    page.camera.setFocus()
    page.set_busy(True)
    assert page.focusWidget() is page.name, "not the next button outside, which the space bar would press"


def test_nothing_is_captured_before_everything_was_agreed_on(qtbot: QtBot, page: EnrolPage) -> None:
    asked: list[object] = []
    page.camera_clicked.connect(asked.append)
    page.photos_dropped.connect(lambda who, _: asked.append(who))
    for step in (
        lambda: page.name.setText("Ada"),
        lambda: page.consent.purpose.setText("entrance"),
    ):
        step()
        assert not page.camera.isEnabled()
        assert page.lacking.isVisible()
        page.name.returnPressed.emit()
        page.zone.dropped.emit([PHOTO])
    assert asked == []
    assert "consent" in page.lacking.text()
    page.consent.agrees.setChecked(True)
    assert not page.lacking.isVisible()
    page.camera.click()
    page.zone.dropped.emit([PHOTO])
    assert len(asked) == 2
    newcomer = asked[0]
    assert isinstance(newcomer, Newcomer)
    assert newcomer.details.purpose == "entrance"
    assert newcomer.details.consent
    assert newcomer.limits.retain_until > newcomer.details.consent


def test_the_next_person_agrees_anew_and_a_consent_is_never_remembered(
    page: EnrolPage, tmp_path: Path
) -> None:
    fill(page)
    page.show_enrolment(Enrolment(Person("1", "Ada", encodings=1), 1, QUALITY, ()))
    assert not page.consent.agrees.isChecked()
    assert page.consent.purpose.text() == "entrance"
    store = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    page.consent.agrees.setChecked(True)
    page.consent.save(store)
    again = EnrolPage()
    again.consent.restore(store)
    assert again.consent.purpose.text() == "entrance"
    assert not again.consent.agrees.isChecked()


def test_a_look_added_to_somebody_enrolled_is_said_before(page: EnrolPage) -> None:
    page.set_people([Person("1", "Ada")])
    fill(page)
    assert page.camera.isEnabled()
    assert "added" in page.lacking.text()


def test_one_hint_at_a_time_coaches_the_person(
    qtbot: QtBot, page: EnrolPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("gui.faces.enrol_page.time.monotonic", lambda: now[0])
    seen = FacesSeen((), (640, 480), 0, 1.0, 0.1, Hint.NEARER)
    for _ in range(4):
        page.show_seen(seen)
        now[0] += 0.2
    first = page.coach.title()
    page.show_seen(replace(seen, hint=Hint.MORE_LIGHT))
    assert page.coach.title() == first, "a hint stands until it was read"
    now[0] += 2.0
    page.show_seen(replace(seen, hint=Hint.MORE_LIGHT))
    page.show_seen(replace(seen, hint=Hint.MORE_LIGHT))
    assert page.coach.title() != first
    page.set_live(False)
    page.show_seen(None)
    assert not page.coach.isVisible()


@pytest.mark.parametrize("outcome", list(SelfTestOutcome))
def test_the_self_test_is_said_in_words(page: EnrolPage, outcome: SelfTestOutcome) -> None:
    test = SelfTest(outcome, LookedAt.FRAME, 0.4, 1.2)
    page.show_enrolment(Enrolment(Person("1", "Ada", encodings=1), 1, QUALITY, (), "b", "", test))
    assert page.test.isVisible()
    assert (page.test.tone() == "good") == (outcome is SelfTestOutcome.PASSED)
    page.name.textEdited.emit("B")
    assert not page.test.isVisible(), "the next person's page begins empty"


@pytest.mark.parametrize("what", Settled)
def test_what_became_of_a_duplicate_replaces_what_was_said_of_it(page: EnrolPage, what: Settled) -> None:
    test = SelfTest(SelfTestOutcome.STEP_UP, LookedAt.FRAME, 0.1, 1.0)
    page.show_enrolment(Enrolment(Person("1", "Adele"), 1, QUALITY, (), "b1", "Ada", test))
    assert page.test.isVisible()
    page.show_settled(what, "Adele", "Ada")
    assert page.answer.title() != "Adele is enrolled"
    assert page.answer.tone() == "good"
    assert not page.test.isVisible(), "the self-test was about what is no more"
    said = page.answer.title()
    page.retranslate()
    assert page.answer.title() == said
