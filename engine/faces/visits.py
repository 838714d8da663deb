"""Visits: who came and went, who is inside, and when a look at the camera counts as coming or going."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.faces.store import erasure

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery

COOL_DOWN_S: Final = 120.0
"""How long somebody has to be out of sight before a new look means going (or coming) again."""


class How(StrEnum):
    """What a check-in or check-out rests on."""

    FACE = "face"
    CLAIM = "claim"
    MANUAL = "manual"


class Way(StrEnum):
    """What a desk is for: both ways, or one."""

    BOTH = "both"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True)
class Visit:
    """One stay. Times are UTC, ISO 8601; ``gone`` None: still inside."""

    id: str
    person: str
    name: str
    kind: str
    came: str
    came_how: str
    gone: str | None
    gone_how: str | None
    device: str


def check_in(
    gallery: Gallery, person: str, how: How, device: str, at: datetime | None = None
) -> Visit | None:
    """Write that a person came; None when the person is inside already."""
    with gallery.database.transaction():
        if gallery.database.row("SELECT 1 FROM visit WHERE person = ? AND gone IS NULL", (person,)):
            return None
        visit = uuid.uuid4().hex
        gallery.database.execute(
            "INSERT INTO visit VALUES (?, ?, ?, ?, NULL, NULL, ?)",
            (visit, person, _text(at), how.value, device),
        )
        gallery.record("checked in", person, {"how": how.value, "device": device})
    return _one(gallery, visit)


def check_out(
    gallery: Gallery, person: str, how: How, device: str, at: datetime | None = None
) -> Visit | None:
    """Write that a person left; None when the person is not inside. A visitor's encodings end here."""
    with gallery.database.transaction():
        row = gallery.database.row("SELECT id FROM visit WHERE person = ? AND gone IS NULL", (person,))
        if row is None:
            return None
        gallery.database.execute(
            "UPDATE visit SET gone = ?, gone_how = ? WHERE id = ?", (_text(at), how.value, row[0])
        )
        gallery.record("checked out", person, {"how": how.value, "device": device})
    erasure.visit_ended(gallery, person)
    return _one(gallery, row[0])


def undo(gallery: Gallery, visit: str) -> None:
    """Take back the last step of a visit ("that was not me"): the coming, or the going."""
    with gallery.database.transaction():
        row = gallery.database.row("SELECT person, gone FROM visit WHERE id = ?", (visit,))
        if row is None:
            return
        if row[1] is None:
            gallery.database.execute("DELETE FROM visit WHERE id = ?", (visit,))
        else:
            gallery.database.execute("UPDATE visit SET gone = NULL, gone_how = NULL WHERE id = ?", (visit,))
        gallery.record("visit undone", row[0])


def inside(gallery: Gallery) -> tuple[Visit, ...]:
    """Return who is inside, by name. Needs no key and no camera: this is the roll-call."""
    return _visits(gallery, "gone IS NULL ORDER BY name, came")


def between(gallery: Gallery, start: datetime, end: datetime) -> tuple[Visit, ...]:
    """Return the visits that began in a span of time, the newest first."""
    return _visits(gallery, "came >= ? AND came < ? ORDER BY came DESC", _text(start), _text(end))


def today(gallery: Gallery, now: datetime | None = None) -> tuple[Visit, ...]:
    """Return the visits of the day here, the newest first, and those that go on from earlier days."""
    local = (now or datetime.now(UTC)).astimezone()
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    where = "(came >= ? AND came < ?) OR gone IS NULL ORDER BY came DESC"
    return _visits(gallery, where, _text(start), _text(start + timedelta(days=1)))


def as_csv(visits: Sequence[Visit]) -> str:
    """Return visits as CSV with a header; a cell that a spreadsheet would take for a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["name", "kind", "came", "came_how", "gone", "gone_how", "device"])
    for visit in visits:
        row = (visit.name, visit.kind, visit.came, visit.came_how, visit.gone or "", visit.gone_how or "")
        writer.writerow([_harmless(cell) for cell in (*row, visit.device)])
    return text.getvalue()


@dataclass
class Attendance:
    """Turns looks into comings and goings: once a track, and not again while somebody lingers.

    A person who stays in sight is seen in many tracks; only after ``cool_down`` seconds out of sight does a
    new track count. The clock is that of the caller.
    """

    way: Way = Way.BOTH
    cool_down: float = COOL_DOWN_S
    _seen: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def observe(
        self, gallery: Gallery, person: str, track: int, at: datetime, device: str, how: How = How.FACE
    ) -> Visit | None:
        """Take note of a welcomed person; the visit that began or ended with this look, or None."""
        before, last = self._seen.get(person), self._last(gallery, person)
        lingers = (before is not None and before[0] == track) or (
            last is not None and at - last < timedelta(seconds=self.cool_down)
        )
        visit = None if lingers else self._pass_by(gallery, person, at, device, how)
        self._seen[person] = (track, at)
        return visit

    def forget(self, person: str) -> None:
        """Take the last look at a person for one that never was: it could not be written down."""
        self._seen.pop(person, None)

    def _pass_by(self, gallery: Gallery, person: str, at: datetime, device: str, how: How) -> Visit | None:
        is_inside = any(visit.person == person for visit in inside(gallery))
        if is_inside:
            return check_out(gallery, person, how, device, at) if self.way is not Way.IN else None
        return check_in(gallery, person, how, device, at) if self.way is not Way.OUT else None

    def _last(self, gallery: Gallery, person: str) -> datetime | None:
        """When the person was last seen here, or last came or went at any desk, whichever is later."""
        row = gallery.database.row(
            "SELECT max(max(came, coalesce(gone, came))) FROM visit WHERE person = ?", (person,)
        )
        known = [datetime.fromisoformat(row[0])] if row and row[0] else []
        if person in self._seen:
            known.append(self._seen[person][1])
        return max(known, default=None)


_VISITS: Final = (
    "SELECT visit.id, person, name, kind, came, came_how, gone, gone_how, device"
    " FROM visit JOIN person ON person.id = visit.person WHERE "
)


def _visits(gallery: Gallery, where: str, *values: object) -> tuple[Visit, ...]:
    rows = gallery.database.rows(_VISITS + where, values)
    return tuple(Visit(*row) for row in rows)


def _one(gallery: Gallery, visit: str) -> Visit | None:
    found = _visits(gallery, "visit.id = ?", visit)
    return found[0] if found else None


def _text(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings of a cell that spreadsheets take for a formula, those of East Asian ones with them."""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
