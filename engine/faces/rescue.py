"""A damaged gallery: it stays untouched, and the backups that could take its place are found and verified.

Where backups went is remembered in a file beside the gallery, because the gallery itself may be what is lost.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.errors import EngineError
from engine.faces.store.database import naming
from engine.files import writing
from engine.jobs import Task
from engine.progress import Pace, Progress

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
        if not file.is_file() or file.absolute() == database.absolute():
            return None
        with (
            naming(file),
            closing(sqlite3.connect(f"file:{file.absolute()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(staged, isolation_level=None)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        saved = verify_copy(staged, file)
    except (EngineError, OSError):
        return None
    finally:
        for part in ("", "-wal", "-shm", "-journal"):
            staged.with_name(staged.name + part).unlink(missing_ok=True)
    return Restorable(file, saved.at, saved.people, saved.encodings, saved.head)
