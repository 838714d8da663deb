"""Who may do what at the desk, and PINs: Argon2id, and a wait after wrong ones that outlives a restart."""

from __future__ import annotations

import hmac
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.store.database import naming
from engine.faces.store.keys import stretch

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery


class Role(StrEnum):
    """Who sits at the window."""

    KIOSK = "kiosk"
    RECEPTION = "reception"
    ADMIN = "admin"


class Right(StrEnum):
    """What a role may do."""

    RECOGNISE = "recognise"
    CHECK_IN = "check-in"
    SEE_PEOPLE = "see-people"
    SEE_VISITS = "see-visits"
    ENROL = "enrol"
    CHANGE_PEOPLE = "change-people"
    ERASE = "erase"
    IMPORT = "import"
    BACK_UP = "back-up"
    CALIBRATE = "calibrate"
    SEE_AUDIT = "see-audit"
    PROTECT = "protect"


RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.KIOSK: frozenset({Right.RECOGNISE}),
    Role.RECEPTION: frozenset(
        {Right.RECOGNISE, Right.CHECK_IN, Right.SEE_PEOPLE, Right.SEE_VISITS, Right.ENROL}
    ),
    Role.ADMIN: frozenset(Right),
}

FREE_FAILURES: Final = 4
"""Wrong PINs at one device before it has to wait."""
FIRST_WAIT_S: Final = 30
LONGEST_WAIT_S: Final = 3600

SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 12


def allowed(role: Role, right: Right) -> bool:
    """Whether a role may do something."""
    return right in RIGHTS[role]


def demand(role: Role, right: Right) -> None:
    """Refuse what a role may not do.

    Raises:
        EngineError: ROLE_LACKING.
    """
    if not allowed(role, right):
        needed = next(other for other in Role if allowed(other, right))
        detail = f"The role {role} may not do this ({right}): take the role {needed} with its PIN first."
        raise EngineError(ErrorCode.ROLE_LACKING, detail, needed.value)


def clean_pin(pin: str) -> str:
    """Return a PIN that may be set.

    Raises:
        EngineError: PIN_INVALID.
    """
    tidy = pin.strip()
    steps = {ord(after) - ord(before) for before, after in pairwise(tidy)}
    if (
        not (tidy.isascii() and tidy.isdigit())
        or not SHORTEST_PIN <= len(tidy) <= LONGEST_PIN
        or steps in ({0}, {1}, {-1})
    ):
        raise EngineError(
            ErrorCode.PIN_INVALID,
            f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits, not all the same and not counting up or "
            "down.",
        )
    return tidy


def holder_of(role: Role) -> str:
    """Return what a role's PIN stands under; a person's stands under the person's id."""
    return f"role:{role.value}"


def has_pin(gallery: Gallery, holder: str) -> bool:
    """Whether there is a PIN. Without one for the administrator, everybody at the window is one."""
    return gallery.database.row("SELECT 1 FROM pin WHERE holder = ?", (holder,)) is not None


def guard_of(gallery: Gallery, role: Role) -> str | None:
    """Return whose PIN a role is taken with: its own, else the administrator's, else (None) nobody's."""
    if role is Role.KIOSK:
        return None
    return next((holder for holder in map(holder_of, (role, Role.ADMIN)) if has_pin(gallery, holder)), None)


def needs_pin(gallery: Gallery, right: Right) -> bool:
    """Whether somebody has to show a PIN for something that the role of a kiosk may not do."""
    return bool(_guards(gallery, right))


def check_right(gallery: Gallery, right: Right, pin: str, device: str) -> None:
    """Return when nobody guards a right, or the PIN is that of a role that has it. Counted as one attempt.

    Raises:
        EngineError: ROLE_LACKING when a PIN is needed and none was given; PIN_REFUSED or PIN_WAIT.
    """
    guards = _guards(gallery, right)
    if not guards:
        return
    if not pin.strip():
        role = guards[0].removeprefix("role:")
        detail = f"This needs the PIN of the role {role} ({right}): give it with --pin or TRIPTYCH_PIN."
        raise EngineError(ErrorCode.ROLE_LACKING, detail, role)
    _check(gallery, guards, pin, device, None)


def _guards(gallery: Gallery, right: Right) -> list[str]:
    """Return whose PINs give a right; nobody's while its lowest role needs none."""
    if allowed(Role.KIOSK, right):
        return []
    having = [role for role in Role if allowed(role, right)]
    if guard_of(gallery, having[0]) is None:
        return []
    return [holder for holder in map(holder_of, having) if has_pin(gallery, holder)]


def set_pin(gallery: Gallery, holder: str, pin: str | None) -> None:
    """Set a PIN, or with None take it away.

    Raises:
        EngineError: PIN_INVALID, DISK_FULL or NOT_WRITABLE.
    """
    person = "" if holder.startswith("role:") else holder
    values: tuple[bytes, bytes] | None = None
    if pin is not None:
        salt = os.urandom(16)
        values = (salt, _hash(gallery, holder, clean_pin(pin), salt))
    with gallery.database.transaction():
        gallery.database.execute("DELETE FROM pin WHERE holder = ?", (holder,))
        if values is not None:
            gallery.database.execute("INSERT INTO pin VALUES (?, ?, ?)", (holder, *values))
        detail = {} if person else {"role": holder.removeprefix("role:")}
        gallery.record("pin set" if pin is not None else "pin removed", person, detail)
    remember_guard(gallery, gallery.path)


def guard_mark(path: Path) -> Path:
    """Return the file beside a gallery that says that a PIN guards its administrator.

    A gallery that is damaged cannot say it any more, and must not be replaced by one that anybody may open.
    """
    return path.with_name(path.name + ".guarded")


def remember_guard(gallery: Gallery, path: Path) -> None:
    """Say beside the gallery at ``path`` whether a PIN guards its administrator.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    mark = guard_mark(path)
    with naming(path):
        if has_pin(gallery, holder_of(Role.ADMIN)):
            mark.touch()
        else:
            mark.unlink(missing_ok=True)


def check_pin(gallery: Gallery, holder: str, pin: str, device: str, now: datetime | None = None) -> None:
    """Return when the PIN is right. The attempt is counted before the answer is known.

    Args:
        device: what is being typed on; the wait after wrong PINs is that device's.

    Raises:
        EngineError: PIN_REFUSED (also when there is no PIN), or PIN_WAIT with the time in ``subject``.
    """
    _check(gallery, [holder], pin, device, now)


def _check(gallery: Gallery, holders: Sequence[str], pin: str, device: str, now: datetime | None) -> None:
    """Try a PIN as that of each holder; together they are one attempt.

    Counted at the device, and for each holder there: whoever knows one PIN (their own) must not be able to
    wipe out the wrong ones tried for somebody else.
    """
    counters = (device, *(_counter(gallery, device, holder) for holder in holders))
    with gallery.database.transaction():  # read and counted in one: many programs may try at the same time
        before = [_attempts(gallery, counter) for counter in counters]
        counted = _count(gallery, counters, before, now or datetime.now(UTC))
    failures = max(number for number, _ in counted)
    right = [holder for holder in holders if _is_pin(gallery, holder, pin)]
    told = (right or list(holders))[0]
    person = "" if told.startswith("role:") else told
    with gallery.database.transaction():
        if right:
            forgiven = {device, *(_counter(gallery, device, holder) for holder in right)}
            for counter, attempts, mine in zip(counters, before, counted, strict=True):
                if counter in forgiven:
                    _write_attempts(gallery, counter, None)
                elif _attempts(gallery, counter) == mine:  # else somebody tried meanwhile, and that counts
                    _write_attempts(gallery, counter, attempts)
        gallery.record("pin accepted" if right else "pin refused", person, {"failures": failures})
    if not right:
        raise EngineError(ErrorCode.PIN_REFUSED, "This PIN is not right. Try again.")


def _is_pin(gallery: Gallery, holder: str, pin: str) -> bool:
    """Whether a PIN is a holder's. As slow for a holder without one."""
    row = gallery.database.row("SELECT salt, hash FROM pin WHERE holder = ?", (holder,))
    salt, stored = (bytes(row[0]), bytes(row[1])) if row else (bytes(16), bytes(32))
    return hmac.compare_digest(_hash(gallery, holder, pin.strip(), salt), stored)


Attempts = tuple[int, str]
"""Wrong PINs so far, and the time (UTC, ISO 8601) before which no other one is taken."""


def _counter(gallery: Gallery, device: str, holder: str) -> str:
    """Return what the attempts at one holder's PIN on one device are counted under."""
    return f"{device} {gallery.vault.pseudonym(holder)}"


def _attempts(gallery: Gallery, counter: str) -> Attempts | None:
    row = gallery.database.row("SELECT failures, not_before FROM pin_failure WHERE device = ?", (counter,))
    return (int(row[0]), str(row[1])) if row else None


def _write_attempts(gallery: Gallery, counter: str, attempts: Attempts | None) -> None:
    gallery.database.execute("DELETE FROM pin_failure WHERE device = ?", (counter,))
    if attempts is not None:
        gallery.database.execute("INSERT INTO pin_failure VALUES (?, ?, ?)", (counter, *attempts))


def _count(
    gallery: Gallery, counters: Sequence[str], before: Sequence[Attempts | None], now: datetime
) -> list[Attempts]:
    """Write one more attempt down at each counter, inside a transaction, and return what was written.

    Raises:
        EngineError: PIN_WAIT; the attempt is not counted then.
    """
    blocked = [datetime.fromisoformat(attempts[1]) for attempts in before if attempts is not None]
    if blocked and now < max(blocked):
        until = max(blocked).astimezone()
        detail = f"Too many wrong PINs: this desk takes the next one after {until:%H:%M:%S}."
        raise EngineError(ErrorCode.PIN_WAIT, detail, f"{until:%H:%M:%S}")
    counted = []
    for counter, attempts in zip(counters, before, strict=True):
        failures = attempts[0] + 1 if attempts is not None else 1
        until = now + timedelta(seconds=_wait(failures))
        counted.append((failures, until.isoformat(timespec="seconds")))
        _write_attempts(gallery, counter, counted[-1])
    return counted


def _wait(failures: int) -> int:
    """Return how many seconds follow so many wrong PINs: none at first, then twice as many each time."""
    beyond = failures - FREE_FAILURES
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(beyond - 1, 10)) if beyond > 0 else 0


def _hash(gallery: Gallery, holder: str, pin: str, salt: bytes) -> bytes:
    """Stretch a PIN and bind it to its holder with the gallery's key: four digits alone are soon tried."""
    return gallery.vault.row_seal("pin", holder, stretch(pin, salt).hex())
