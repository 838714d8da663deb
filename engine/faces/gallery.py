"""The gallery: who is enrolled, in one SQLite file. Encodings only, sealed, unless photos are asked for.

Opened inside a task and closed before the task ends. Every write is one transaction that is on the disk
(WAL, synchronous FULL) when the method returns. Names and visits are readable in the file, so that the
roll-call works without a key; encodings, photos, numbers and details are sealed
(:mod:`engine.faces.store.vault`).
"""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.faces.matching import Known
from engine.faces.people import Person, clean_name
from engine.faces.store import audit, consent, erasure, keys
from engine.faces.store.database import Database, damaged
from engine.faces.store.migrate import migrate
from engine.faces.store.records import Details, Kind, Limits, NewEncoding, Receipt
from engine.faces.store.schema import APPLICATION, VERSION
from engine.faces.store.vault import Seal, SealBrokenError, Vault, context
from engine.faces.store.vectors import ENCODING_LENGTH, from_bytes, to_bytes

__all__ = ["APPLICATION", "ENCODING_LENGTH", "VERSION", "Gallery", "NewEncoding"]


class Gallery:
    """An open gallery; a context manager.

    Args:
        path: the file; it and its folder are created when missing.
        actor: who acts, for the audit log ("kiosk", "reception", "admin", "command line").

    Raises:
        EngineError: GALLERY_NEWER (made by a later version of the program) or GALLERY_DAMAGED, with the
            file untouched; DISK_FULL or NOT_WRITABLE. Reading or writing anything sealed raises
            GALLERY_LOCKED, KEY_LOST or KEY_UNREACHABLE when its key is not at hand.
    """

    def __init__(self, path: Path, actor: str = "desk") -> None:
        self.path, self.actor = path, actor
        self.database = Database(path)
        try:
            self.key_is_new = migrate(self.database)
        except BaseException:
            self.database.close()
            raise
        self._db = self.database.connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @property
    def key_record(self) -> keys.KeyRecord:
        """Where the master key is kept."""
        row = self.database.row("SELECT id, place, salt, wrapped, proof FROM vault")
        if row is None:
            raise damaged(self.path, "the record of its key is missing")
        return keys.KeyRecord(row[0], keys.KeyPlace(row[1]), row[2], row[3], bytes(row[4]))

    @cached_property
    def vault(self) -> Vault:
        """What seals and opens.

        Raises:
            EngineError: GALLERY_LOCKED, KEY_LOST or KEY_UNREACHABLE.
        """
        return Vault(keys.fetch(self.key_record))

    def unlock(self, passphrase: str) -> None:
        """Open a locked gallery for this run of the program.

        Raises:
            EngineError: GALLERY_LOCKED when it is the wrong one.
        """
        self.__dict__["vault"] = Vault(keys.fetch(self.key_record, passphrase))

    def add(
        self,
        name: str,
        encodings: Sequence[NewEncoding],
        *,
        details: Details | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        kind: Kind = Kind.STAFF,
        batch: str | None = None,
        captured: bool = True,
    ) -> Person:
        """Store encodings of the person with this name, who is created when new; all of them or none.

        ``details``, ``limits`` and ``kind`` are those of a new person and leave an enrolled one alone.
        ``captured`` False: no new picture was taken of anybody, so that no consent is asked again.

        Raises:
            EngineError: NAME_INVALID, CODE_TAKEN, CONSENT_MISSING, DISK_FULL, NOT_WRITABLE or
                GALLERY_DAMAGED.
        """
        tidy, now = clean_name(name), audit.now()
        if encodings and captured:
            consent.demand_for(self, tidy, details, limits)
        with self.database.transaction():
            row = self.database.row("SELECT id FROM person WHERE name = ?", (tidy,))
            person = row[0] if row else str(uuid.uuid4())
            if row is None:
                self._create(person, tidy, now, kind, details or Details(), limits)
                self.record("person added", person, {"kind": kind.value})
            key = self.key_of(person)
            for new in encodings:
                self._insert(key, person, new, now, batch)
            if encodings:
                models = sorted({new.model for new in encodings})
                self.record("encodings added", person, {"count": len(encodings), "models": models})
        return self.person(tidy)

    def people(self) -> tuple[Person, ...]:
        """Return everybody, by name."""
        rows = self.database.rows(_PEOPLE + " GROUP BY person.id ORDER BY person.name")
        return tuple(_person(row) for row in rows)

    def person(self, name: str) -> Person:
        """Return the person with a name.

        Raises:
            EngineError: NAME_INVALID, or PERSON_UNKNOWN.
        """
        tidy = clean_name(name)
        query = _PEOPLE + " WHERE person.name = ? GROUP BY person.id"
        row = self.database.row(query, (tidy,)) or self.database.row(query, (name,))
        if row is None:
            raise EngineError(
                ErrorCode.PERSON_UNKNOWN,
                f"Nobody called {tidy} is enrolled. Check the spelling, or enrol this person first.",
                tidy,
            )
        return _person(row)

    def person_by_id(self, person: str) -> Person | None:
        """Return the person with an id, or None."""
        row = self.database.row(_PEOPLE + " WHERE person.id = ? GROUP BY person.id", (person,))
        return _person(row) if row else None

    def rename(self, name: str, new_name: str) -> Person:
        """Give a person another name; one that somebody else has is refused.

        Raises:
            EngineError: NAME_INVALID or PERSON_UNKNOWN.
        """
        person, tidy = self.person(name), clean_name(new_name)
        with self.database.transaction():
            if self.database.row("SELECT 1 FROM person WHERE name = ? AND id <> ?", (tidy, person.id)):
                raise EngineError(
                    ErrorCode.NAME_INVALID,
                    f"Somebody called {tidy} is already enrolled. Choose a name that tells the two apart.",
                    tidy,
                )
            self.database.execute("UPDATE person SET name = ? WHERE id = ?", (tidy, person.id))
            self.seal_row(person.id)
            self.record("person renamed", person.id)
        return self.person(tidy)

    def erase(self, name: str) -> Receipt:
        """Destroy a person's key and all that is kept of the person; freed pages are overwritten.

        Raises:
            EngineError: PERSON_UNKNOWN, NAME_INVALID, NOT_WRITABLE or GALLERY_DAMAGED.
        """
        return erasure.erase(self, self.person(name), "person erased")

    def known(self, model: str) -> Known:
        """Return all encodings made by one model; those of other models cannot be compared with them.

        People whose time is over are left out at once, before the nightly expiry.

        Raises:
            EngineError: GALLERY_DAMAGED when a row was changed, moved or swapped.
        """
        now = audit.now()
        people_rows = self.database.rows(
            f"SELECT {_SEALED_FIELDS}, key, seal, {_CLAIM_ONLY} FROM person"  # noqa: S608 - no value in it
            " WHERE coalesce(recognise_until, '9') > ? AND coalesce(retain_until, '9') > ?"
            " AND id IN (SELECT person FROM encoding WHERE model = ?) ORDER BY name, id",
            (now, now, model),
        )
        rows = self.database.rows(
            "SELECT person, id, vector FROM encoding WHERE model = ? ORDER BY person, rowid", (model,)
        )
        sealed: dict[str, list[tuple[str, bytes]]] = {}
        for owner, encoding, vector in rows:
            sealed.setdefault(owner, []).append((encoding, vector))
        people: list[Person] = []
        owners: list[int] = []
        vectors: list[bytes] = []
        for *fields, key, seal, claim_only in people_rows:
            self._check_seal(fields, bytes(seal))
            person_key = self._opened_key(fields[0], key)
            for encoding, vector in sealed[fields[0]]:
                vectors.append(self.open_part(person_key, vector, fields[0], encoding, model, "vector"))
                owners.append(len(people))
            people.append(Person(fields[0], fields[1], fields[2], 0, bool(claim_only), fields[3]))
        return Known(tuple(people), np.array(owners, dtype=np.intp), from_bytes(vectors, self.path))

    def change_count(self) -> int:
        """Return a number that differs after another connection wrote to the file."""
        return self.database.pragma("data_version")

    def record(self, action: str, person: str = "", detail: Mapping[str, object] | None = None) -> None:
        """Write an entry into the audit log; inside the transaction of what it tells about."""
        subject = self.vault.pseudonym(person) if person else ""
        with self.database.transaction():
            audit.record(self.database, self.vault, self.actor, action, subject, detail)

    def key_of(self, person: str) -> Seal:
        """Return the key of an enrolled person.

        Raises:
            EngineError: GALLERY_DAMAGED when it was changed or swapped.
        """
        row = self.database.row("SELECT key FROM person WHERE id = ?", (person,))
        if row is None:
            raise damaged(self.path, "a row belongs to nobody")
        return self._opened_key(person, row[0])

    def open_part(self, key: Seal, sealed: bytes, person: str, encoding: str, model: str, part: str) -> bytes:
        """Open one part ("vector", "file", "photo") of an encoding.

        Raises:
            EngineError: GALLERY_DAMAGED when it was changed, or belongs to another person, encoding or model.
        """
        try:
            return key.open(sealed, context("encoding", person, encoding, model, part))
        except SealBrokenError as error:
            raise damaged(self.path, "an encoding was changed or moved: its seal does not fit") from error

    def seal_row(self, person: str) -> None:
        """Bind the readable fields of a person's row to each other again, after one was changed."""
        row = self.database.row(f"SELECT {_SEALED_FIELDS} FROM person WHERE id = ?", (person,))  # noqa: S608
        assert row is not None
        self.database.execute("UPDATE person SET seal = ? WHERE id = ?", (self._row_seal(row), person))

    def set_details(self, person: str, details: Details) -> None:
        """Seal a person's details and make number and badge findable; inside a transaction.

        Raises:
            EngineError: CODE_TAKEN.
        """
        tags = []
        for kind, code in (("number", details.number), ("badge", details.badge)):
            tag = self.vault.code_tag(kind, code) if code else None
            query = f"SELECT name FROM person WHERE {kind}_tag = ? AND id <> ?"  # noqa: S608 - two kinds
            taken = self.database.row(query, (tag, person))
            if taken:
                detail = f"The {kind} {code} belongs to {taken[0]}. Check it, or take it away there first."
                raise EngineError(ErrorCode.CODE_TAKEN, detail, code)
            tags.append(tag)
        sealed = self.key_of(person).close(
            json.dumps(details.values(), ensure_ascii=False).encode(), context("details", person)
        )
        self.database.execute(
            "UPDATE person SET number_tag = ?, badge_tag = ?, details = ? WHERE id = ?",
            (*tags, sealed, person),
        )
        self.seal_row(person)

    def _create(self, person: str, name: str, now: str, kind: Kind, details: Details, limits: Limits) -> None:
        _, wrapped = self.vault.new_person_key(person)
        self.database.execute(
            "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, x'', x'')",
            (
                person,
                name,
                now,
                kind.value,
                limits.recognise_until or None,
                limits.retain_until or None,
                wrapped,
            ),
        )
        self.set_details(person, details)

    def _insert(self, key: Seal, person: str, new: NewEncoding, now: str, batch: str | None) -> None:
        encoding = uuid.uuid4().hex

        def sealed(part: str, plain: bytes) -> bytes:
            return key.close(plain, context("encoding", person, encoding, new.model, part))

        self.database.execute(
            "INSERT INTO encoding (id, person, model, vector, source, file, quality, photo, created, batch)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(encoding, person, new.model, sealed("vector", to_bytes(new.vector)), new.source),
                *(sealed("file", new.file.encode()), new.quality),
                *(sealed("photo", new.photo) if new.photo is not None else None, now, batch),
            ),
        )

    def _opened_key(self, person: str, wrapped: bytes) -> Seal:
        try:
            return self.vault.person_key(person, wrapped)
        except SealBrokenError as error:
            raise damaged(self.path, "the key of a person was changed or swapped") from error

    def _row_seal(self, fields: Sequence[Any]) -> bytes:
        return self.vault.row_seal(
            "person", *(field.hex() if isinstance(field, bytes) else field or "" for field in fields)
        )

    def _check_seal(self, fields: Sequence[Any], seal: bytes) -> None:
        if not hmac.compare_digest(self._row_seal(fields), seal):
            raise damaged(self.path, "the name or the dates of a person were changed outside the program")


_SEALED_FIELDS: Final = "id, name, created, kind, recognise_until, retain_until, number_tag, badge_tag"

_CLAIM_ONLY: Final = "EXISTS (SELECT 1 FROM lookalike WHERE person.id IN (first, second))"

_PEOPLE: Final = (
    "SELECT person.id, person.name, person.created, count(encoding.id),"  # noqa: S608 - no value in it
    f" {_CLAIM_ONLY}, person.kind FROM person LEFT JOIN encoding ON encoding.person = person.id"
)


def _person(row: Sequence[Any]) -> Person:
    return Person(row[0], row[1], row[2], row[3], bool(row[4]), row[5])
