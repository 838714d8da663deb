"""A damaged gallery: it stays untouched, and the backups that could take its place are found and verified.

Where backups went is remembered in a file beside the gallery, because the gallery itself may be what is lost.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.store import roles
from engine.faces.store.database import naming, read_only
from engine.faces.store.rights import BESIDE, keep_private, make_private
from engine.faces.store.roles import Right, Role
from engine.files import writing
from engine.jobs import Task
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery

REMEMBERED: Final = 50
"""Backups whose places are remembered, the newest first."""

LARGEST_LEDGER: Final = 1_000_000


@dataclass(frozen=True)
class Restorable:
    """A backup that was opened, walked and unsealed just now. ``at`` is the time of its last entry (UTC)."""

    file: Path
    at: str
    people: int
    encodings: int
    head: str


def find_backups(database: Path) -> Task[Progress, tuple[Restorable, ...]]:
    """Return the backups of a gallery that can be restored, the newest first. The gallery is not opened.

    Looked at are the places that :func:`remember` knows and the files beside the gallery; each is copied and
    the copy is verified as before a restore. What cannot be read, or not be opened with this user's key, is
    passed over.
    """
    candidates = tuple(dict.fromkeys((*_remembered(database), *_beside(database))))
    yield None
    pace, found = Pace(max(1, len(candidates))), []
    for done, file in enumerate(candidates, start=1):
        restorable = _verified(file, database)
        if restorable is not None:
            found.append(restorable)
        yield pace.at(done)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def remember(database: Path, backup: Path) -> None:
    """Write down where a backup went.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    places = [str(backup.absolute()), *(str(place) for place in _remembered(database))]
    with writing(ledger_of(database)) as file:
        file.write(json.dumps(list(dict.fromkeys(places))[:REMEMBERED], indent=1).encode())


def ledger_of(database: Path) -> Path:
    """Return the file that remembers the backups of a gallery."""
    return database.with_name(database.name + ".backups")


def demand_pin(backup: Gallery, database: Path, pin: str, device: str) -> None:
    """Refuse to let a backup take the place of a gallery that cannot be asked, without the backup's own PIN.

    Otherwise whoever can damage the file, or finds it damaged, would become administrator. Wrong PINs are
    counted beside the gallery, because the copy that was asked is thrown away.

    Args:
        backup: a copy of the backup, open.
        database: whose place it is to take.

    Raises:
        EngineError: ROLE_LACKING (no PIN was given, or the backup has none although the gallery had one),
            PIN_REFUSED, PIN_WAIT, DISK_FULL or NOT_WRITABLE.
    """
    mark = roles.guard_mark(database)
    if mark.exists() and not roles.has_pin(backup, roles.holder_of(Role.ADMIN)):
        detail = (
            "The list of people was guarded by a PIN, and this backup is from before: anybody could open it. "
            f"Choose a newer one, or delete {mark} first."
        )
        raise EngineError(ErrorCode.ROLE_LACKING, detail, Role.ADMIN.value)
    counted = database.with_name(database.name + ".attempts")
    with backup.database.transaction():
        for row in _attempts(counted):
            backup.database.execute("INSERT OR REPLACE INTO pin_failure VALUES (?, ?, ?)", row)
    try:
        roles.check_right(backup, Right.BACK_UP, pin, device)
    except EngineError as error:
        if error.code is ErrorCode.PIN_REFUSED:
            with writing(counted) as file:
                file.write(json.dumps(backup.database.rows("SELECT * FROM pin_failure")).encode())
        raise
    counted.unlink(missing_ok=True)


def _attempts(file: Path) -> list[tuple[str, int, str]]:
    """Return the wrong PINs that were counted; what is no count is passed over."""
    rows: list[tuple[str, int, str]] = []
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        for device, failures, not_before in json.loads(file.read_text(encoding="utf-8")):
            datetime.fromisoformat(not_before)
            rows.append((str(device), int(failures), not_before))
    return rows


def _remembered(database: Path) -> tuple[Path, ...]:
    ledger = ledger_of(database)
    try:
        if ledger.stat().st_size > LARGEST_LEDGER:
            return ()
        places = json.loads(ledger.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    return (
        tuple(Path(place) for place in places if isinstance(place, str)) if isinstance(places, list) else ()
    )


def _beside(database: Path) -> Iterator[Path]:
    """Yield the SQLite files in the gallery's folder and in a folder "backups" there."""
    for folder in (database.parent, database.parent / "backups"):
        if folder.is_dir():
            for file in sorted(folder.iterdir()):
                if file.suffix in (".sqlite", ".db", ".backup") and file.name != database.name:
                    yield file.absolute()


def _verified(file: Path, database: Path) -> Restorable | None:
    """Verify a copy of a file: opening a gallery would already write beside it."""
    from engine.faces.backup import verify_copy

    staged = database.with_name(f".{uuid.uuid4().hex[:12]}.verifying")
    try:
        make_private(staged)
        if not file.is_file() or file.absolute() == database.absolute():
            return None
        with (
            naming(file),
            closing(sqlite3.connect(read_only(file), uri=True)) as source,
            closing(sqlite3.connect(staged, isolation_level=None)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        saved = verify_copy(staged, file)
        keep_private(file)
    except (EngineError, OSError):
        return None
    finally:
        for part in BESIDE:
            staged.with_name(staged.name + part).unlink(missing_ok=True)
    return Restorable(file, saved.at, saved.people, saved.encodings, saved.head)
