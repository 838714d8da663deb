"""Erasure: in one step, with a receipt; by date; and again after an older backup was restored.

A person's key is the only way to the person's encodings. With the row it is gone, and SQLite overwrites freed
pages (secure_delete); what copies of the disk or old backups still hold cannot be reached from here.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError, ErrorCode
from engine.faces.people import Person
from engine.faces.store import audit
from engine.faces.store.database import naming
from engine.faces.store.records import Kind, Receipt

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery


def erase(gallery: Gallery, person: Person, action: str) -> Receipt:
    """Erase one person and return the receipt.

    Raises:
        EngineError: NOT_WRITABLE or DISK_FULL; nothing was erased then.
    """
    pseudonym, at = gallery.vault.pseudonym(person.id), audit.now()
    database = gallery.database
    with database.transaction():
        visits = database.row("SELECT count(*) FROM visit WHERE person = ?", (person.id,))
        visit_count = int(visits[0]) if visits else 0
        # Zeros first: also where a copy of the page was made by something other than SQLite's own freeing.
        database.execute(
            "UPDATE person SET key = zeroblob(length(key)), details = zeroblob(length(details)) WHERE id = ?",
            (person.id,),
        )
        database.execute("DELETE FROM pin WHERE holder = ?", (person.id,))
        database.execute("DELETE FROM person WHERE id = ?", (person.id,))
        database.execute("INSERT OR REPLACE INTO erased VALUES (?, ?)", (pseudonym, at))
        gallery.record(action, person.id, {"encodings": person.encodings, "visits": visit_count})
    _add_to_ledger(gallery.path, pseudonym, at)
    overwritten = database.overwrite_freed()
    head = str(audit.head(database))
    return Receipt(person, pseudonym, at, person.encodings, visit_count, overwritten, head)


def expire(gallery: Gallery, now: str = "") -> tuple[Receipt, ...]:
    """Erase everybody whose retention ended, and the encodings of whom recognising ended.

    Args:
        now: UTC, ISO 8601; empty is the present.
    """
    now = now or audit.now()
    receipts = []
    for (person_id,) in gallery.database.rows("SELECT id FROM person WHERE retain_until <= ?", (now,)):
        person = gallery.person_by_id(person_id)
        if person is not None:
            receipts.append(erase(gallery, person, "person expired"))
    ended = gallery.database.rows(
        "SELECT id FROM person WHERE recognise_until <= ? AND id IN (SELECT person FROM encoding)", (now,)
    )
    for (person_id,) in ended:
        drop_encodings(gallery, person_id, "encodings expired")
    return tuple(receipts)


def drop_encodings(gallery: Gallery, person: str, action: str) -> int:
    """Delete all encodings of a person who stays on the list, and return how many there were."""
    with gallery.database.transaction():
        count = gallery.database.execute("DELETE FROM encoding WHERE person = ?", (person,)).rowcount
        gallery.record(action, person, {"count": count})
    gallery.database.overwrite_freed()
    return count


def visit_ended(gallery: Gallery, person: str) -> None:
    """Forget the face of a visitor who has left."""
    found = gallery.person_by_id(person)
    if found is not None and found.kind == Kind.VISITOR and found.encodings:
        drop_encodings(gallery, person, "encodings expired")


def tombstones(gallery: Gallery) -> dict[str, str]:
    """Return the pseudonyms of everybody erased, with the time: of this gallery and of the ledger beside
    it.
    """
    found = dict(gallery.database.rows("SELECT pseudonym, at FROM erased"))
    return read_ledger(gallery.path) | found


def reapply(gallery: Gallery, erased: dict[str, str]) -> tuple[Receipt, ...]:
    """Erase again whoever an older state of the gallery brought back."""
    receipts = [
        erase(gallery, person, "person erased again")
        for person in gallery.people()
        if gallery.vault.pseudonym(person.id) in erased
    ]
    with gallery.database.transaction():
        for pseudonym, at in erased.items():
            gallery.database.execute("INSERT OR IGNORE INTO erased VALUES (?, ?)", (pseudonym, at))
    return tuple(receipts)


def ledger_of(path: Path) -> Path:
    """Return the file beside a gallery that remembers erasures, in case the gallery itself is lost."""
    return path.with_name(path.name + ".erasures")


def read_ledger(path: Path) -> dict[str, str]:
    """Return the erasures of a gallery's ledger; half a line at the end (a crash) is passed over."""
    try:
        lines = ledger_of(path).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        detail = (
            f"The list of erasures {ledger_of(path)} cannot be read ({error.strerror}). Make it readable."
        )
        raise EngineError(ErrorCode.FILE_UNREADABLE, detail, str(ledger_of(path))) from error
    pairs = (line.split(" ") for line in lines)
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and len(pair[0]) == 24}


def _add_to_ledger(path: Path, pseudonym: str, at: str) -> None:
    with naming(path), ledger_of(path).open("a", encoding="ascii") as file:
        file.write(f"{pseudonym} {at}\n")


def discard(path: Path) -> None:
    """Remove a gallery that was only for trying, with its key and everything beside it."""
    from engine.faces.gallery import Gallery
    from engine.faces.store import keys

    if path.exists():
        with contextlib.suppress(EngineError), Gallery(path) as gallery:
            keys.forget(gallery.key_record)
    for part in ("", "-wal", "-shm", ".erasures", ".backups", ".guarded", ".attempts"):
        path.with_name(path.name + part).unlink(missing_ok=True)
