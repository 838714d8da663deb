"""Backup and restore through SQLite's online backup, verified before anything is believed or replaced."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.rescue import demand_pin, remember
from engine.faces.store import audit, erasure, roles
from engine.faces.store.database import BUSY_S, damaged, naming, read_only
from engine.faces.store.keys import KeyPlace
from engine.faces.store.rights import BESIDE, keep_private, make_private
from engine.faces.store.schema import APPLICATION
from engine.files import check_writable, sha256_of
from engine.jobs import Task
from engine.paths import user_paths
from engine.progress import Pace, Progress

PAGES_AT_ONCE = 256

_HEADER = 100
_NO_LOG = b"\x01\x01"
_OURS = APPLICATION.to_bytes(4, "big")


@dataclass(frozen=True)
class Saved:
    """A backup that was read again and found whole.

    ``key`` says where its master key is: only with a passphrase does the file open on another computer.
    ``at`` is the time of its last audit entry (UTC, ISO 8601).
    """

    file: Path
    people: int
    encodings: int
    sha256: str
    head: str
    key: KeyPlace
    at: str = ""


@dataclass(frozen=True)
class Restored:
    """What was brought back, and how many people were erased again because they had been erased since."""

    people: int
    encodings: int
    erased_again: int


def back_up(database: Path, to: Path, actor: str = "desk") -> Task[Progress, Saved]:
    """Copy a gallery while it may be in use, verify the copy, and put it at ``to`` in one step.

    Raises:
        EngineError: GALLERY_EMPTY, BAD_VALUE (also when there is anything but an older backup at ``to``),
            NOT_WRITABLE, DISK_FULL, BACKUP_INVALID; what :class:`Gallery` raises.
    """
    if not database.exists():
        detail = f"There is no gallery {database} to back up. Enrol somebody first."
        raise EngineError(ErrorCode.GALLERY_EMPTY, detail, str(database))
    check_writable(to)
    _refuse_to_replace(to, database)
    part = to.with_name(f".{to.name[:40]}.part")
    _remove(part)
    try:
        with Gallery(database, actor) as gallery:
            gallery.record("backed up")
            yield from _copy(gallery.database.connection, part)
        saved = verify_copy(part)
        with naming(to):
            part.replace(to)
        remember(database, to)
    finally:
        _remove(part)
    return replace(saved, file=to, sha256=sha256_of(to))


def _refuse_to_replace(to: Path, database: Path) -> None:
    """Refuse to put a backup in the place of a file that is none: a slip of the keyboard costs nothing."""
    beside = {database.resolve().with_name(database.resolve().name + part) for part in BESIDE}
    if to.resolve() in beside or (to.exists() and to.samefile(database)):
        detail = f"{to} is the gallery itself. Choose another file for the backup."
        raise EngineError(ErrorCode.BAD_VALUE, detail, str(to))
    if to.exists() and not _looks_like_backup(to):
        detail = f"{to} is there and is no backup. It was left alone: choose another name."
        raise EngineError(ErrorCode.BAD_VALUE, detail, str(to))


def _looks_like_backup(file: Path) -> bool:
    """Whether a file begins like a gallery that no program writes into: those that are used keep a log (WAL).

    The format of SQLite's header: https://www.sqlite.org/fileformat2.html, section 1.3.
    """
    head = _head(file)
    return head[18:20] == _NO_LOG and head[68:72] == _OURS


def _head(file: Path) -> bytes:
    with naming(file), file.open("rb") as opened:
        return opened.read(_HEADER)


def restore(
    database: Path, backup: Path, actor: str = "desk", *, pin: str = "", device: str = "desk"
) -> Task[Progress, Restored]:
    """Put a verified backup in place of a gallery, and erase again whoever was erased since.

    A gallery that cannot be opened any more is kept beside, as ``….damaged``. It cannot be asked who may do
    this, and neither can one that is gone: then the PIN of the backup itself is.

    Args:
        pin: an administrator's PIN in the backup; needed only where the gallery cannot be asked.
        device: what the PIN was typed on.

    Raises:
        EngineError: FILE_MISSING, BACKUP_INVALID, GALLERY_NEWER; NOT_WRITABLE also while another restore is
            under way; what :func:`demand_pin` raises; KEY_LOST and what else opening raises; nothing was
            changed then.
    """
    if not backup.is_file():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no backup {backup}.", str(backup))
    with _alone():
        return (yield from _restore(database, backup, actor, pin, device))


@contextmanager
def _alone() -> Iterator[None]:
    """Let one restore of this user at a time go on: the next one finds the wrong PINs of this one counted.

    SQLite's own lock of an empty file ends with the program, however that ends. The file stays: whoever waits
    for one that is deleted would wait for nobody.
    """
    lock = user_paths().data / "restore.lock"
    with naming(lock):
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = sqlite3.connect(lock, timeout=BUSY_S, isolation_level=None)
    with closing(held):
        with naming(lock):
            try:
                held.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                detail = "Another restore is under way. Wait until it is done, and try again."
                raise EngineError(ErrorCode.NOT_WRITABLE, detail, str(lock)) from error
        yield


def _restore(database: Path, backup: Path, actor: str, pin: str, device: str) -> Task[Progress, Restored]:
    staged = database.with_name(f".{database.name[:40]}.restoring")
    _remove(staged)
    try:
        with (
            _as_backup(backup),
            naming(backup),
            closing(sqlite3.connect(read_only(backup), uri=True)) as source,
        ):
            yield from _copy(source, staged)
        verify_copy(staged, backup)
        keep_private(backup)
        erased, whole = _erased_since(database)
        with Gallery(staged, actor) as fresh:
            if not whole:
                demand_pin(fresh, database, pin, device)
            again = erasure.reapply(fresh, erased)
            fresh.record("restored", detail={"erased_again": len(again)})
            fresh.database.overwrite_freed()
        saved = verify_copy(staged)
        yield from _put(staged, database)
        with Gallery(database, actor) as restored:
            roles.remember_guard(restored, database)
    finally:
        _remove(staged)
        erasure.ledger_of(staged).unlink(missing_ok=True)
    return Restored(saved.people, saved.encodings, len(again))


def _copy(source: sqlite3.Connection, to: Path) -> Task[Progress, None]:
    """Copy page by page, so that the desk goes on meanwhile."""
    steps: list[tuple[int, int]] = []
    with naming(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        make_private(to)
        with closing(sqlite3.connect(to, isolation_level=None)) as target:
            source.backup(
                target, pages=PAGES_AT_ONCE, progress=lambda _, left, all: steps.append((left, all))
            )
            target.execute("PRAGMA journal_mode = DELETE")
    pace = Pace(max(1, steps[-1][1] if steps else 1))
    yield pace.at(pace.at(1).total)


def _put(staged: Path, database: Path) -> Task[Progress, None]:
    """Bring a verified gallery to its place: into the open file where that is whole, else in its stead."""
    try:
        with Gallery(database) as there:
            in_use: sqlite3.Connection | None = there.database.connection
            assert in_use is not None
            with naming(database), closing(sqlite3.connect(staged)) as source:
                source.backup(in_use)
            there.database.overwrite_freed()
    except EngineError as error:
        if error.code is not ErrorCode.GALLERY_DAMAGED:
            raise
        with naming(database):
            for part in ("-wal", "-shm"):
                database.with_name(database.name + part).unlink(missing_ok=True)
            database.replace(database.with_name(database.name + ".damaged"))
            staged.replace(database)
    yield Pace(1).at(1)


def _erased_since(database: Path) -> tuple[dict[str, str], bool]:
    """Return who was erased from a gallery, and whether it could be asked."""
    if database.exists():
        try:
            with Gallery(database) as gallery:
                return erasure.tombstones(gallery), True
        except EngineError as error:
            if error.code is not ErrorCode.GALLERY_DAMAGED:
                raise
    return erasure.read_ledger(database), False


def verify_copy(file: Path, shown: Path | None = None) -> Saved:
    """Open a copy, walk all of it, and open every seal.

    Raises:
        EngineError: BACKUP_INVALID, or why its key cannot be had.
    """
    with _as_backup(shown or file):
        if _head(file)[68:72] != _OURS:  # an empty file would be taken for a gallery that is yet to be made
            raise damaged(file, "it is not a gallery of this program")
    with _as_backup(shown or file), Gallery(file) as gallery:
        findings = [row[0] for row in gallery.database.rows("PRAGMA integrity_check")]
        if findings != ["ok"]:
            raise EngineError(ErrorCode.BACKUP_INVALID, f"The copy is damaged ({findings[0]}).", str(file))
        models = [row[0] for row in gallery.database.rows("SELECT DISTINCT model FROM encoding")]
        encodings = sum(len(gallery.known(model).owners) for model in models)
        checked = audit.check(gallery.database, gallery.vault)
        if checked.problem is not None:
            detail = f"Its audit log is not whole: {checked.problem}"
            raise EngineError(ErrorCode.BACKUP_INVALID, detail, str(file))
        gallery.database.execute("PRAGMA journal_mode = DELETE")
        place = gallery.key_record.place
        newest = audit.entries(gallery.database, 1)
        at = newest[0].at if newest else ""
        return Saved(file, len(gallery.people()), encodings, "", str(checked.head), place, at)


@contextmanager
def _as_backup(file: Path) -> Iterator[None]:
    try:
        yield
    except EngineError as error:
        if error.code is not ErrorCode.GALLERY_DAMAGED:
            raise
        detail = (
            f"The backup {file.name} is damaged, or is no gallery. Nothing was changed: choose another one."
        )
        raise EngineError(ErrorCode.BACKUP_INVALID, detail, str(file)) from error


def _remove(file: Path) -> None:
    with naming(file):
        for part in BESIDE:
            file.with_name(file.name + part).unlink(missing_ok=True)
