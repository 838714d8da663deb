"""Consent, purpose and retention before a face is captured: refused by the engine, whoever asks it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.camera import Frame
from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.importing import import_people
from engine.faces.matching import Thresholds
from engine.faces.store import consent
from engine.faces.store.cards import change
from engine.faces.store.consent import Policy, missing, policy_of, set_policy
from engine.faces.store.records import Details, Limits
from engine.faces.tasks import Register, enrol, enrol_from_camera
from engine.jobs import run
from engine.latest import Latest
from engine.models import Models
from tests.engine.faces.store.made_up import encoding

EVERYTHING = Policy(consent=True, purpose=True, retention=True)
GIVEN = Details(consent="2026-01-02", purpose="front desk")


def soon(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")


def test_what_is_missing_is_named_in_order() -> None:
    assert missing(Policy(), Details(), Limits()) is None
    assert missing(EVERYTHING, Details(), Limits()) == "consent"
    assert missing(EVERYTHING, Details(consent="2026-01-02"), Limits()) == "purpose"
    assert missing(EVERYTHING, GIVEN, Limits()) == "retention"
    assert missing(EVERYTHING, GIVEN, Limits(retain_until=soon(30))) is None
    month = Policy(longest_days=30)
    assert missing(month, Details(), Limits()) == "retention"
    assert missing(month, Details(), Limits(retain_until=soon(40))) == "retention"
    assert missing(month, Details(), Limits(retain_until=soon(30))) is None


def test_no_way_into_the_gallery_leads_past_the_policy(path: Path, models: Models) -> None:
    with Gallery(path) as gallery:
        set_policy(gallery, EVERYTHING)
        with pytest.raises(EngineError) as refused:
            gallery.add("Ada", [encoding(1)])
        assert (refused.value.code, refused.value.subject) == (ErrorCode.CONSENT_MISSING, "consent")
        assert gallery.people() == ()
    people = path.with_name("people.csv")
    people.write_text("name,photo,consent\nAda,none.jpg,2026-01-02\nBen,none.jpg,\n")
    with pytest.raises(EngineError) as refused:
        run(import_people(models, path, people, Thresholds(), dry_run=True))
    assert refused.value.detail.startswith("people.csv, line 2")
    frames: Latest[Frame] = Latest()
    nothing = path.with_name("no photo is opened.jpg")
    for task in (
        enrol(models, Register(path, "Ada", Thresholds()), [nothing]),
        enrol_from_camera(models, Register(path, "Ada", Thresholds(), details=GIVEN), frames),
    ):
        with pytest.raises(EngineError) as refused:
            run(task)
        assert refused.value.code is ErrorCode.CONSENT_MISSING


def test_the_card_of_who_is_enrolled_counts(path: Path) -> None:
    limits = Limits(retain_until=soon(30))
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        set_policy(gallery, EVERYTHING)
        with pytest.raises(EngineError):
            gallery.add("Ada", [encoding(1, 2)], details=GIVEN, limits=limits)
        change(gallery, "Ada", GIVEN, limits)
        assert gallery.add("Ada", [encoding(1, 2)]).encodings == 2
        assert gallery.add("Ben", [encoding(2)], details=GIVEN, limits=limits).encodings == 1


def test_a_policy_that_was_changed_outside_asks_for_everything(path: Path) -> None:
    with Gallery(path) as gallery:
        set_policy(gallery, Policy())
        gallery.database.set_note(consent._NOTE, bytes(60))
        assert policy_of(gallery) == EVERYTHING
