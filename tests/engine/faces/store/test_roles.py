"""PINs and roles: wrong ones cost time, also after a restart; nobody does what is another's."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.store import roles
from engine.faces.store.roles import Right, Role
from tests.engine.faces.store.made_up import encoding

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ADMIN = roles.holder_of(Role.ADMIN)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.faces.store.keys.MEMORY_KIB", 64)


def code(gallery: Gallery, pin: str, at: datetime, device: str = "desk") -> ErrorCode | None:
    try:
        roles.check_pin(gallery, ADMIN, pin, device, at)
    except EngineError as error:
        return error.code
    return None


def test_wrong_pins_cost_time_per_device_and_over_restarts(path: Path) -> None:
    with Gallery(path) as gallery:
        roles.set_pin(gallery, ADMIN, "2580")
        for _ in range(roles.FREE_FAILURES + 1):
            assert code(gallery, "0000", NOW) is ErrorCode.PIN_REFUSED
    with Gallery(path) as gallery:
        assert code(gallery, "2580", NOW) is ErrorCode.PIN_WAIT
        assert code(gallery, "2580", NOW - timedelta(days=1)) is ErrorCode.PIN_WAIT, "a clock set back"
        assert code(gallery, "2580", NOW, "another") is None
        later = NOW + timedelta(seconds=roles.FIRST_WAIT_S)
        assert code(gallery, "1111", later) is ErrorCode.PIN_REFUSED
        assert code(gallery, "2580", later + timedelta(seconds=roles.FIRST_WAIT_S)) is ErrorCode.PIN_WAIT
        assert code(gallery, "2580", later + timedelta(seconds=2 * roles.FIRST_WAIT_S)) is None
        assert code(gallery, "0000", later) is ErrorCode.PIN_REFUSED, "a right one forgives the wrong ones"


def test_whoever_knows_one_pin_cannot_wipe_out_wrong_ones_tried_for_another(path: Path) -> None:
    with Gallery(path) as gallery:
        roles.set_pin(gallery, ADMIN, "2580")
        mine = gallery.add("Eve", [encoding(1)]).id
        roles.set_pin(gallery, mine, "1379")
        found = []
        for _ in range(roles.FREE_FAILURES + 2):
            found.append(code(gallery, "0000", NOW))
            roles.check_pin(gallery, mine, "1379", "desk", NOW)
        assert found[-1] is ErrorCode.PIN_WAIT
        roles.check_pin(gallery, mine, "1379", "desk", NOW)  # Eve herself may still come in


def test_programs_that_try_at_the_same_time_have_no_more_tries_together(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "_is_pin", lambda *_: False)
    with Gallery(path) as gallery:
        roles.set_pin(gallery, ADMIN, "2580")
    start = threading.Barrier(12)

    def guess(number: int) -> ErrorCode | None:
        with Gallery(path) as gallery:
            start.wait()
            return code(gallery, f"00{number:02}", NOW)

    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(guess, range(12)))
    assert found.count(ErrorCode.PIN_REFUSED) == roles.FREE_FAILURES + 1
    assert found.count(ErrorCode.PIN_WAIT) == 12 - found.count(ErrorCode.PIN_REFUSED)


def test_a_right_pin_does_not_wipe_out_what_others_try_meanwhile(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gallery(path) as gallery:
        roles.set_pin(gallery, ADMIN, "2580")
        roles.set_pin(gallery, "role:reception", "1379")
    is_pin, later = roles._is_pin, datetime.now(UTC) + timedelta(hours=1)
    tried: list[str] = []

    def beside(gallery: Gallery, holder: str, pin: str) -> bool:
        if pin == "1379" and not tried:
            tried.append(pin)
            with Gallery(path) as other:
                for _ in range(roles.FREE_FAILURES + 1):
                    code(other, "0000", later)
        return is_pin(gallery, holder, pin)

    monkeypatch.setattr(roles, "_is_pin", beside)
    with Gallery(path) as gallery:
        roles.check_right(gallery, Right.CHECK_IN, "1379", "desk")
        assert code(gallery, "2580", later) is ErrorCode.PIN_WAIT


def test_a_pin_of_one_holder_is_not_that_of_another(path: Path) -> None:
    with Gallery(path) as gallery:
        roles.set_pin(gallery, "role:reception", "2580")
        roles.set_pin(gallery, ADMIN, "1379")
    with sqlite3.connect(path) as db:
        db.execute(
            "UPDATE pin SET (salt, hash) = (SELECT salt, hash FROM pin WHERE holder = 'role:reception')"
        )
    db.close()
    with Gallery(path) as gallery:
        assert code(gallery, "2580", NOW) is ErrorCode.PIN_REFUSED
        roles.set_pin(gallery, ADMIN, None)
        assert not roles.has_pin(gallery, ADMIN)
        assert code(gallery, "", NOW) is ErrorCode.PIN_REFUSED


def test_a_role_without_a_pin_of_its_own_is_guarded_by_the_administrators(path: Path) -> None:
    with Gallery(path) as gallery:
        assert roles.guard_of(gallery, Role.RECEPTION) is None
        roles.set_pin(gallery, ADMIN, "2580")
        assert roles.guard_of(gallery, Role.RECEPTION) == ADMIN
        assert roles.guard_of(gallery, Role.KIOSK) is None
        roles.set_pin(gallery, "role:reception", "1379")
        assert roles.guard_of(gallery, Role.RECEPTION) == "role:reception"


@pytest.mark.parametrize("pin", ["", "123", "1234", "9876", "0000", "12a4", "1" * 13, "２５８０"])
def test_pins_that_are_soon_guessed_are_refused(pin: str) -> None:
    with pytest.raises(EngineError) as refused:
        roles.clean_pin(pin)
    assert refused.value.code is ErrorCode.PIN_INVALID


def test_a_kiosk_recognises_and_nothing_else() -> None:
    assert roles.allowed(Role.KIOSK, Right.RECOGNISE)
    for right in set(Right) - {Right.RECOGNISE}:
        with pytest.raises(EngineError) as refused:
            roles.demand(Role.KIOSK, right)
        assert refused.value.code is ErrorCode.ROLE_LACKING
        roles.demand(Role.ADMIN, right)
    assert not roles.allowed(Role.RECEPTION, Right.ERASE)
