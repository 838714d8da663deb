"""The audit log: who did what, as a chain of HMACs. No names stand in it, only pseudonyms.

Each entry's link is HMAC-SHA256(key, link before ‖ fields), after Schneier and Kelsey, "Secure audit logs to
support computer forensics" (1999), without their key evolution. A sealed head in the gallery tells a cut-off
end; that both were rolled back together only shows against a head that was written down elsewhere.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from engine.errors import EngineError, ErrorCode
from engine.faces.store.database import Database
from engine.faces.store.vault import Vault

ORIGIN: Final = bytes(32)
"""The link before the first entry."""

_CHUNK: Final = 1000


@dataclass(frozen=True)
class Entry:
    """One entry. ``subject`` is the pseudonym of a person, or empty; ``detail`` JSON without names."""

    number: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many entries, and the last link as hexadecimal digits."""

    number: int
    mac: str

    def __str__(self) -> str:
        return f"{self.number}:{self.mac}"


@dataclass(frozen=True)
class Checked:
    """What checking found: the head, and the first thing wrong (None: nothing) with its entry's number."""

    head: Head
    problem: str | None = None
    place: int | None = None


def now() -> str:
    """Return the present time as the gallery writes it: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def record(
    database: Database,
    vault: Vault,
    actor: str,
    action: str,
    subject: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add an entry inside the transaction of what it tells about."""
    number, before = _last(database)
    text = json.dumps(detail or {}, sort_keys=True, ensure_ascii=False)
    entry = Entry(number + 1, now(), actor, action, subject, text)
    link = vault.chain(before, *_fields(entry))
    database.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", (*_row(entry), link))
    database.execute(
        "INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?, ?)",
        (entry.number, link, _head_seal(vault, entry.number, link)),
    )


def entries(database: Database, newest: int = 500) -> tuple[Entry, ...]:
    """Return the newest entries, the newest first."""
    query = "SELECT number, at, actor, action, subject, detail FROM audit ORDER BY number DESC LIMIT ?"
    return tuple(Entry(*row) for row in database.rows(query, (newest,)))


def head(database: Database) -> Head:
    """Return the end of the chain, to be kept in a safe place."""
    number, link = _last(database)
    return Head(number, link.hex())


def parse_head(text: str) -> Head:
    """Read a head as it is shown, ``number:hexadecimal``.

    Raises:
        EngineError: BAD_VALUE.
    """
    number, _, mac = text.strip().partition(":")
    if not number.isdecimal() or len(mac) != 64 or set(mac.lower()) - set("0123456789abcdef"):
        detail = (
            f"{text!r} is no head of an audit log. It looks like 12:0a1b… with 64 digits after the colon."
        )
        raise EngineError(ErrorCode.BAD_VALUE, detail, text)
    return Head(int(number), mac.lower())


def check(database: Database, vault: Vault, kept: Head | None = None) -> Checked:
    """Walk the chain and say where it is broken.

    Args:
        kept: a head that was written down before; an entry deleted since then shows against it.
    """
    link, expected = ORIGIN, 1
    kept_link: str | None = None
    cursor = database.execute(
        "SELECT number, at, actor, action, subject, detail, mac FROM audit ORDER BY number"
    )
    while rows := cursor.fetchmany(_CHUNK):
        for *fields, mac in rows:
            entry = Entry(*fields)
            at = Head(expected - 1, link.hex())
            if entry.number != expected:
                return Checked(at, f"Entry {expected} is missing (the next one is {entry.number}).", expected)
            link = vault.chain(link, *_fields(entry))
            if not hmac.compare_digest(link, bytes(mac)):
                return Checked(at, f"Entry {expected} was changed or moved.", expected)
            if kept is not None and kept.number == expected:
                kept_link = link.hex()
            expected += 1
    found = Head(expected - 1, link.hex())
    return _against_heads(database, vault, found, kept, kept_link)


def _against_heads(
    database: Database, vault: Vault, found: Head, kept: Head | None, kept_link: str | None
) -> Checked:
    stored = database.row("SELECT number, mac, seal FROM audit_head")
    if stored is None:
        if found.number == 0 and kept is None:
            return Checked(found)
        return Checked(found, "The sealed head of the log is missing.", found.number + 1)
    number, mac, seal = stored
    if not hmac.compare_digest(_head_seal(vault, number, bytes(mac)), bytes(seal)):
        return Checked(found, "The sealed head of the log was changed.", found.number)
    if (number, bytes(mac).hex()) != (found.number, found.mac):
        gone = f"{number - found.number} entries were cut off at the end (after entry {found.number})."
        return Checked(found, gone, found.number + 1)
    if kept is not None and kept.number > found.number:
        gone = f"The log ends with entry {found.number}, before the head that was kept ({kept.number})."
        return Checked(found, gone, found.number + 1)
    if kept is not None and kept.number > 0 and kept_link != kept.mac:
        return Checked(found, f"Entry {kept.number} is not the one of the head that was kept.", kept.number)
    return Checked(found)


def _last(database: Database) -> tuple[int, bytes]:
    row = database.row("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1")
    return (int(row[0]), bytes(row[1])) if row else (0, ORIGIN)


def _head_seal(vault: Vault, number: int, link: bytes) -> bytes:
    return vault.row_seal("audit head", str(number), link.hex())


def _row(entry: Entry) -> tuple[object, ...]:
    return (entry.number, entry.at, entry.actor, entry.action, entry.subject, entry.detail)


def _fields(entry: Entry) -> tuple[str, ...]:
    return (str(entry.number), entry.at, entry.actor, entry.action, entry.subject, entry.detail)
