"""The gallery's file: opened, checked, written in transactions that are on the disk when they return."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.store.rights import keep_private, make_private
from engine.faces.store.schema import APPLICATION, VERSION

BUSY_S: Final = 5.0
"""How long another program may hold the file before a write gives up."""


class Database:
    """One connection to a gallery's file.

    Args:
        path: the file; it and its folder are created when missing.

    Raises:
        EngineError: GALLERY_NEWER or GALLERY_DAMAGED, with the file untouched; DISK_FULL or NOT_WRITABLE.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with naming(path):
            _refuse_strangers(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            make_private(path)
            self.connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        try:
            with naming(path):
                self._check()
                keep_private(path)
                self._configure()
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @property
    def version(self) -> int:
        """The version of the format; 0 is a file without tables."""
        return self.pragma("user_version")

    def pragma(self, name: str) -> int:
        """Return a pragma that is a whole number."""
        return int(self.connection.execute(f"PRAGMA {name}").fetchone()[0])

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement inside a transaction."""
        return self.connection.execute(statement, values)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with naming(self.path):
            return self.connection.execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        with naming(self.path):
            found: tuple[Any, ...] | None = self.connection.execute(query, values).fetchone()
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing; inside another transaction, become part of it.

        Raises:
            EngineError: DISK_FULL, NOT_WRITABLE or GALLERY_DAMAGED; nothing was changed then.
        """
        if self.connection.in_transaction:
            yield
            return
        with naming(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.OperationalError):  # a full disk has already rolled it back
                    self.connection.execute("ROLLBACK")
                raise

    def overwrite_freed(self) -> bool:
        """Bring the write-ahead log into the file and empty it; False: another program still reads from it,
        or a transaction is under way, after whose end this is to be asked again.

        Freed pages are already zeros (secure_delete); what is left of a deleted row stands in the log.
        """
        if self.connection.in_transaction:
            return False
        end = time.monotonic() + BUSY_S
        while True:
            row = self.row("PRAGMA wal_checkpoint(TRUNCATE)")
            if row is not None and row[0] == 0:
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.02)

    def note(self, name: str) -> bytes | None:
        """Return a value that the program keeps in the gallery."""
        row = self.row("SELECT value FROM note WHERE name = ?", (name,))
        return bytes(row[0]) if row else None

    def set_note(self, name: str, value: bytes | None) -> None:
        """Keep a value, or with None forget it."""
        with self.transaction():
            self.execute("DELETE FROM note WHERE name = ?", (name,))
            if value is not None:
                self.execute("INSERT INTO note VALUES (?, ?)", (name, value))

    def _check(self) -> None:
        """Refuse a file that is not a whole gallery of a known version, before anything is written."""
        version = self.version
        tables = self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if tables and self.pragma("application_id") != APPLICATION:
            raise damaged(self.path, "it is not a gallery of this program")
        if version > VERSION:
            raise EngineError(
                ErrorCode.GALLERY_NEWER,
                f"The gallery {self.path} was made by a newer version of the program "
                f"(its format is {version}, this program knows {VERSION}). "
                "Update the program, or choose another gallery.",
                str(self.path),
            )
        findings = [row[0] for row in self.connection.execute("PRAGMA quick_check(1)")]
        if findings != ["ok"]:
            raise damaged(self.path, findings[0].strip().splitlines()[-1])

    def _configure(self) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            self.connection.execute(f"PRAGMA {pragma}")


def damaged(path: Path, why: str) -> EngineError:
    """Return the error for a file that cannot be trusted."""
    return EngineError(
        ErrorCode.GALLERY_DAMAGED,
        f"The gallery {path} cannot be used ({why}). It was left as it is: restore a backup "
        "(main.py face restore --list names those that are whole), or choose another file.",
        str(path),
    )


_SMALLEST: Final = 512
"""Bytes of the smallest page. SQLite takes a shorter file for an empty one, and would write over it."""


def _refuse_strangers(path: Path) -> None:
    """Refuse what is there and cannot be a gallery, before SQLite opens it."""
    if not path.exists():
        return
    if not path.is_file():
        raise damaged(path, "it is a folder" if path.is_dir() else "it is a device or a pipe")
    if 0 < path.stat().st_size < _SMALLEST:
        raise damaged(path, "file is not a database")


_BROKEN: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""The last: tables or columns are missing, or are there although the version says otherwise."""

_CURES: Final = {
    sqlite3.SQLITE_BUSY: "Close the other program that uses it.",
    sqlite3.SQLITE_IOERR: "Check the disk, and whether there is room on it.",
}


def read_only(path: Path) -> str:
    """Return the URI by which SQLite opens a file without writing; a name may hold ``?``, ``#`` or ``%``."""
    return f"{path.absolute().as_uri()}?mode=ro"


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system raise into errors that name the file and the cure."""
    where = str(path)
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            detail = f"The disk is full: {path} was not changed. Make room and try again."
            raise EngineError(ErrorCode.DISK_FULL, detail, where) from error
        if code in _BROKEN:
            raise damaged(path, str(error)) from error
        cure = _CURES.get(code, "Choose another place.")
        raise EngineError(
            ErrorCode.NOT_WRITABLE, f"The gallery {path} cannot be used ({error}). {cure}", where
        ) from error
    except UnicodeDecodeError as error:  # SQLite names a damaged column or table by its bytes
        raise damaged(path, "a text in it is no text") from error
    except OSError as error:
        detail = f"The gallery {path} cannot be opened ({error.strerror}). Choose another place."
        raise EngineError(ErrorCode.NOT_WRITABLE, detail, where) from error
