"""The gallery: who is enrolled, in one SQLite file. Encodings only, unless photos are asked for.

Opened inside a task and closed before the task ends. Every write is one transaction that is on the disk
(WAL, synchronous FULL) when the method returns.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.matching import Encodings, Known
from engine.faces.people import Person, clean_name

APPLICATION: Final = 0x54525047
"""SQLite's application_id of a gallery ("TRPG"), so that no other database is taken for one."""

MIGRATIONS: Final = (
    """
    CREATE TABLE person (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT;
    CREATE INDEX person_by_name ON person (name);
    CREATE TABLE encoding (
        id INTEGER PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        vector BLOB NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('photo', 'camera')),
        file TEXT NOT NULL,
        quality REAL NOT NULL,
        photo BLOB,
        created TEXT NOT NULL
    ) STRICT;
    CREATE INDEX encoding_by_person ON encoding (person);
    CREATE INDEX encoding_by_model ON encoding (model);
    """,
)
"""Script n brings a gallery from version n to n + 1; PRAGMA user_version holds the number reached."""

VERSION: Final = len(MIGRATIONS)

ENCODING_LENGTH: Final = 128

BUSY_S: Final = 5.0
"""How long another program may hold the file before a write gives up."""


@dataclass(frozen=True, eq=False)
class NewEncoding:
    """An encoding to be stored and where it came from.

    ``vector`` is 128 float32 of length 1; ``source`` is "photo" or "camera"; ``file`` the photo's name or
    empty; ``photo`` a PNG of the aligned crop, or None when photos are not kept.
    """

    vector: NDArray[np.float32]
    model: str
    source: str
    file: str
    quality: float
    photo: bytes | None = None


class Gallery:
    """An open gallery; a context manager.

    Args:
        path: the file; it and its folder are created when missing.

    Raises:
        EngineError: GALLERY_NEWER (made by a later version of the program) or GALLERY_DAMAGED, with the
            file untouched; DISK_FULL or NOT_WRITABLE.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.is_dir():
            raise _damaged(path, "it is a folder")
        with _naming(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        try:
            with _naming(path):
                self._check()
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add(self, name: str, encodings: Sequence[NewEncoding]) -> Person:
        """Store encodings of the person with this name, who is created when new; all of them or none.

        Raises:
            EngineError: NAME_INVALID, DISK_FULL, NOT_WRITABLE or GALLERY_DAMAGED.
        """
        tidy, now = clean_name(name), datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction():
            row = self._db.execute("SELECT id FROM person WHERE name = ?", (tidy,)).fetchone()
            person = row[0] if row else str(uuid.uuid4())
            if row is None:
                self._db.execute("INSERT INTO person VALUES (?, ?, ?)", (person, tidy, now))
            self._db.executemany(
                "INSERT INTO encoding (person, model, vector, source, file, quality, photo, created)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (person, new.model, _blob(new.vector), new.source, new.file, new.quality, new.photo, now)
                    for new in encodings
                ],
            )
        return self.person(tidy)

    def people(self) -> tuple[Person, ...]:
        """Return everybody, by name."""
        with _naming(self.path):
            rows = self._db.execute(_PEOPLE + " GROUP BY person.id ORDER BY person.name").fetchall()
        return tuple(Person(*row) for row in rows)

    def person(self, name: str) -> Person:
        """Return the person with a name.

        Raises:
            EngineError: NAME_INVALID, or PERSON_UNKNOWN.
        """
        tidy = clean_name(name)
        with _naming(self.path):
            row = self._db.execute(_PEOPLE + " WHERE person.name = ? GROUP BY person.id", (tidy,)).fetchone()
        if row is None:
            raise EngineError(
                ErrorCode.PERSON_UNKNOWN,
                f"Nobody called {tidy} is enrolled. Check the spelling, or enrol this person first.",
                tidy,
            )
        return Person(*row)

    def rename(self, name: str, new_name: str) -> Person:
        """Give a person another name; one that somebody else has is refused.

        Raises:
            EngineError: NAME_INVALID or PERSON_UNKNOWN.
        """
        person, tidy = self.person(name), clean_name(new_name)
        with self._transaction():
            taken = self._db.execute("SELECT 1 FROM person WHERE name = ? AND id <> ?", (tidy, person.id))
            if taken.fetchone():
                raise EngineError(
                    ErrorCode.NAME_INVALID,
                    f"Somebody called {tidy} is already enrolled. Choose a name that tells the two apart.",
                    tidy,
                )
            self._db.execute("UPDATE person SET name = ? WHERE id = ?", (tidy, person.id))
        return self.person(tidy)

    def erase(self, name: str) -> Person:
        """Delete a person with all encodings and photos; the freed pages are overwritten with zeros.

        Raises:
            EngineError: PERSON_UNKNOWN, NAME_INVALID, NOT_WRITABLE or GALLERY_DAMAGED.
        """
        person = self.person(name)
        with self._transaction():
            self._db.execute("DELETE FROM person WHERE id = ?", (person.id,))
        with _naming(self.path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return person

    def known(self, model: str) -> Known:
        """Return all encodings made by one model; those of other models cannot be compared with them."""
        with _naming(self.path):
            rows = self._db.execute(
                "SELECT person.id, person.name, person.created, encoding.vector FROM encoding"
                " JOIN person ON person.id = encoding.person WHERE encoding.model = ?"
                " ORDER BY person.name, person.id, encoding.id",
                (model,),
            ).fetchall()
        places: dict[str, int] = {}
        people: list[Person] = []
        for person_id, name, created, _ in rows:
            if person_id not in places:
                places[person_id] = len(people)
                people.append(Person(person_id, name, created))
        owners = np.array([places[row[0]] for row in rows], dtype=np.intp)
        return Known(tuple(people), owners, _vectors([row[3] for row in rows], self.path))

    def change_count(self) -> int:
        """Return a number that differs after another connection wrote to the file."""
        with _naming(self.path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _check(self) -> None:
        """Refuse a file that is not a whole gallery of a known version, before anything is written."""
        version = self._pragma("user_version")
        tables = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if tables and self._pragma("application_id") != APPLICATION:
            raise _damaged(self.path, "it is not a gallery of this program")
        if version > VERSION:
            raise EngineError(
                ErrorCode.GALLERY_NEWER,
                f"The gallery {self.path} was made by a newer version of the program "
                f"(its format is {version}, this program knows {VERSION}). "
                "Update the program, or choose another gallery.",
                str(self.path),
            )
        findings = [row[0] for row in self._db.execute("PRAGMA quick_check(1)")]
        if findings != ["ok"]:
            raise _damaged(self.path, findings[0].strip().splitlines()[-1])

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA secure_delete = ON")
        if self._pragma("user_version") == VERSION:
            return
        with self._transaction():
            for number in range(self._pragma("user_version"), VERSION):
                for statement in MIGRATIONS[number].split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {number + 1}")
            self._db.execute(f"PRAGMA application_id = {APPLICATION}")

    def _pragma(self, name: str) -> int:
        return int(self._db.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _naming(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


_PEOPLE: Final = (
    "SELECT person.id, person.name, person.created, count(encoding.id) FROM person"
    " LEFT JOIN encoding ON encoding.person = person.id"
)


def _blob(vector: NDArray[np.float32]) -> bytes:
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def _vectors(blobs: Sequence[bytes], path: Path) -> Encodings:
    if any(len(blob) != 4 * ENCODING_LENGTH for blob in blobs):
        raise _damaged(path, f"an encoding does not hold {ENCODING_LENGTH} numbers")
    vectors = np.frombuffer(b"".join(blobs), dtype="<f4").reshape(-1, ENCODING_LENGTH).astype(np.float32)
    if not np.isfinite(vectors).all():
        raise _damaged(path, "an encoding holds something that is not a number")
    return vectors


def _damaged(path: Path, why: str) -> EngineError:
    return EngineError(
        ErrorCode.GALLERY_DAMAGED,
        f"The gallery {path} cannot be used ({why}). It was left as it is: restore a backup, "
        "or choose another file.",
        str(path),
    )


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system raise into errors that name the file and the cure."""
    where = str(path)
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            detail = f"The disk is full: {path} was not changed. Make room and try again."
            raise EngineError(ErrorCode.DISK_FULL, detail, where) from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise _damaged(path, str(error)) from error
        cure = (
            "Close the other program that uses it."
            if code == sqlite3.SQLITE_BUSY
            else "Choose another place."
        )
        raise EngineError(
            ErrorCode.NOT_WRITABLE, f"The gallery {path} cannot be used ({error}). {cure}", where
        ) from error
    except OSError as error:
        detail = f"The gallery {path} cannot be opened ({error.strerror}). Choose another place."
        raise EngineError(ErrorCode.NOT_WRITABLE, detail, where) from error
