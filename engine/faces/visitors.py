"""Visitors: registered before they come; their encodings end with the visit, or with the day of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.answers import Enrolment
from engine.faces.enrolment import Register, enrol
from engine.faces.matching import Thresholds
from engine.faces.people import Person
from engine.faces.store.cards import change, details_of
from engine.faces.store.records import MOST_DAYS, Details, Kind, Limits, end_of
from engine.jobs import Task
from engine.models import Models
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery

KEPT_DAYS: Final = 30
"""So long after the day of the visit everything else of a visitor (name, host, visits) is kept."""


@dataclass(frozen=True)
class Expected:
    """A registered visitor: whom to see, until when the face is recognised (UTC), and whether arrived."""

    person: Person
    host: str
    until: str
    arrived: bool


def pre_register(
    models: Models,
    database: Path,
    name: str,
    photos: Sequence[Path],
    thresholds: Thresholds,
    day: str,
    *,
    host: str = "",
    details: Details | None = None,
    kept_days: int = KEPT_DAYS,
    keep_photos: bool = False,
    actor: str = "desk",
) -> Task[Progress, Enrolment]:
    """Enrol a visitor for one day. The encodings end at check-out, and at the latest with that day.

    Args:
        day: of the visit, ISO 8601 ("2027-01-31"); not in the past.
        host: whom the visitor comes to see.
        kept_days: so long after that day everything is erased.

    Raises:
        EngineError: BAD_VALUE for a day that is none or is over; NAME_INVALID when somebody of the staff has
            this name; what :func:`enrol` raises.
    """
    limits = visit_limits(day, kept_days)
    known = details or Details()
    known = replace(known, host=host or known.host)
    _renew(database, name, known, limits, actor)
    register = Register(database, name, thresholds, keep_photos, known, limits, Kind.VISITOR, actor)
    return (yield from enrol(models, register, photos))


def visit_limits(day: str, kept_days: int = KEPT_DAYS) -> Limits:
    """Return until when a visitor of a day is recognised, and until when kept.

    Raises:
        EngineError: BAD_VALUE.
    """
    until = end_of(day)
    if not until or datetime.fromisoformat(until) < datetime.now(UTC):
        detail = f"{day!r} is not a day to come. Write the day of the visit as year-month-day."
        raise EngineError(ErrorCode.BAD_VALUE, detail, day)
    if not 0 <= kept_days <= MOST_DAYS:
        detail = f"A visitor is kept for 0 to {MOST_DAYS} days after the visit, not for {kept_days}."
        raise EngineError(ErrorCode.BAD_VALUE, detail, str(kept_days))
    try:
        kept = datetime.fromisoformat(until) + timedelta(days=kept_days)
    except OverflowError as error:
        detail = f"{day} is too far away. Write the day of the visit as year-month-day."
        raise EngineError(ErrorCode.BAD_VALUE, detail, day) from error
    return Limits(until, kept.isoformat(timespec="seconds"))


def expected(gallery: Gallery, day: str = "") -> tuple[Expected, ...]:
    """Return the visitors of a day (empty: all days to come), by the time until which they are recognised.

    Raises:
        EngineError: BAD_VALUE for a day that is none.
    """
    rows = gallery.database.rows(
        "SELECT id, recognise_until, EXISTS (SELECT 1 FROM visit WHERE visit.person = person.id) FROM person"
        " WHERE kind = 'visitor' AND recognise_until IS NOT NULL ORDER BY recognise_until, name"
    )
    first, last = _day_of(day)
    found = []
    for person_id, until, arrived in rows:
        person = gallery.person_by_id(person_id)
        if person is not None and first <= datetime.fromisoformat(until) < last:
            found.append(Expected(person, details_of(gallery, person_id).host, until, bool(arrived)))
    return tuple(found)


def _day_of(day: str) -> tuple[datetime, datetime]:
    """Return when a day here begins and ends; of no day, from now on."""
    if not day:
        return datetime.now(UTC), datetime.max.replace(tzinfo=UTC)
    end = datetime.fromisoformat(end_of(day)).astimezone()
    start = datetime.combine(date(end.year, end.month, end.day), time()).astimezone()
    return start, end + timedelta(seconds=1)


def _renew(database: Path, name: str, details: Details, limits: Limits, actor: str) -> None:
    """Give a visitor who was here before the dates of the new visit.

    Somebody of the staff is refused: the end of a visit must never delete the encodings of who works here.
    """
    from engine.faces.gallery import Gallery

    if not database.exists():
        return
    with Gallery(database, actor) as gallery:
        try:
            person = gallery.person(name)
        except EngineError as error:
            if error.code is not ErrorCode.PERSON_UNKNOWN:
                raise
            return
        if person.kind != Kind.VISITOR:
            detail = f"{person.name} is enrolled and no visitor. Choose a name that tells the two apart."
            raise EngineError(ErrorCode.NAME_INVALID, detail, person.name)
        before = details_of(gallery, person.id).values()
        given = {key: value for key, value in details.values().items() if value}
        change(gallery, name, Details.read(before | given), limits)
