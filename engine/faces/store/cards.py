"""One person's card: details, dates, provenance and age of the encodings, search, and the export of it
all.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.faces.people import Person
from engine.faces.search import matches
from engine.faces.store.records import Card, Coverage, Details, Limits, StoredEncoding
from engine.faces.store.vault import SealBrokenError, context

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery


def details_of(gallery: Gallery, person: str) -> Details:
    """Return the sealed details of an enrolled person.

    Raises:
        EngineError: GALLERY_DAMAGED.
    """
    from engine.faces.store.database import damaged

    row = gallery.database.row("SELECT details FROM person WHERE id = ?", (person,))
    try:
        plain = gallery.key_of(person).open(bytes(row[0]) if row else b"", context("details", person))
    except SealBrokenError as error:
        raise damaged(gallery.path, "the details of a person were changed or swapped") from error
    return Details.read(json.loads(plain))


def card(gallery: Gallery, name: str) -> Card:
    """Return everything about a person but the encodings themselves.

    Raises:
        EngineError: NAME_INVALID, PERSON_UNKNOWN or GALLERY_DAMAGED.
    """
    person, database = gallery.person(name), gallery.database
    row = database.row("SELECT recognise_until, retain_until FROM person WHERE id = ?", (person.id,))
    assert row is not None
    key = gallery.key_of(person.id)
    stored = database.rows(
        "SELECT id, model, source, file, quality, created, photo IS NOT NULL FROM encoding"
        " WHERE person = ? ORDER BY rowid",
        (person.id,),
    )
    encodings = tuple(
        StoredEncoding(
            *(encoding, model, source),
            gallery.open_part(key, file, person.id, encoding, model, "file").decode(),
            *(quality, created, bool(has_photo)),
        )
        for encoding, model, source, file, quality, created, has_photo in stored
    )
    alike = database.rows(
        "SELECT name FROM lookalike JOIN person ON person.id IN (first, second)"
        " WHERE ? IN (first, second) AND person.id <> ? ORDER BY name",
        (person.id, person.id),
    )
    pin = database.row("SELECT 1 FROM pin WHERE holder = ?", (person.id,)) is not None
    limits = Limits(row[0] or "", row[1] or "")
    details = details_of(gallery, person.id)
    return Card(person, details, limits, encodings, tuple(name for (name,) in alike), pin)


def change(gallery: Gallery, name: str, details: Details, limits: Limits) -> Card:
    """Replace details and dates of a person.

    Raises:
        EngineError: PERSON_UNKNOWN, NAME_INVALID or CODE_TAKEN.
    """
    person = gallery.person(name)
    with gallery.database.transaction():
        gallery.database.execute(
            "UPDATE person SET recognise_until = ?, retain_until = ? WHERE id = ?",
            (limits.recognise_until or None, limits.retain_until or None, person.id),
        )
        gallery.set_details(person.id, details)
        gallery.record("details changed", person.id)
    return card(gallery, name)


def remove_encoding(gallery: Gallery, encoding: str) -> None:
    """Delete one encoding, for example a bad or an old one."""
    with gallery.database.transaction():
        row = gallery.database.row("SELECT person FROM encoding WHERE id = ?", (encoding,))
        if row is not None:
            gallery.database.execute("DELETE FROM encoding WHERE id = ?", (encoding,))
            gallery.record("encoding removed", row[0])
    gallery.database.overwrite_freed()


def by_code(gallery: Gallery, kind: str, code: str) -> Person | None:
    """Return who has a number or a badge code (``kind`` "number" or "badge"), or None."""
    column = {"number": "number_tag", "badge": "badge_tag"}[kind]
    tag = gallery.vault.code_tag(kind, code.strip())
    row = gallery.database.row(f"SELECT id FROM person WHERE {column} = ?", (tag,))  # noqa: S608 - two kinds
    return gallery.person_by_id(row[0]) if row and code.strip() else None


def find(gallery: Gallery, query: str, most: int = 20) -> tuple[Person, ...]:
    """Return people by name, pinyin, initials, or exact number or badge; the best first.

    A locked gallery is searched by name only.
    """
    from engine.errors import EngineError

    people = gallery.people()
    exact: list[Person] = []
    try:
        exact = [found for kind in ("number", "badge") if (found := by_code(gallery, kind, query))]
    except EngineError:
        exact = []
    ranked = sorted(
        (
            (rank, person.name, person)
            for person in people
            if (rank := matches(query, person.name)) is not None
        ),
        key=lambda entry: entry[:2],
    )
    ordered = {person.id: person for person in (*exact, *(person for _, _, person in ranked))}
    return tuple(ordered.values())[:most]


def coverage(gallery: Gallery, model: str) -> Coverage:
    """Say who has encodings of a model, who lacks them, and of whom photos are kept to make them from."""
    have = {row[0] for row in gallery.database.rows("SELECT person FROM encoding WHERE model = ?", (model,))}
    shown = {row[0] for row in gallery.database.rows("SELECT person FROM encoding WHERE photo IS NOT NULL")}
    people = gallery.people()
    return Coverage(
        model,
        tuple(person for person in people if person.id in have),
        tuple(person for person in people if person.id not in have),
        tuple(person for person in people if person.id in shown),
    )


def photos(gallery: Gallery, name: str) -> tuple[bytes, ...]:
    """Return the kept crops of a person, PNG, the oldest first."""
    person = gallery.person(name)
    key = gallery.key_of(person.id)
    rows = gallery.database.rows(
        "SELECT id, model, photo FROM encoding WHERE person = ? AND photo IS NOT NULL ORDER BY rowid",
        (person.id,),
    )
    return tuple(gallery.open_part(key, photo, person.id, row, model, "photo") for row, model, photo in rows)


def drop_model(gallery: Gallery, model: str) -> int:
    """Delete all encodings of a model, once another one has taken its place; return how many."""
    with gallery.database.transaction():
        count = gallery.database.execute("DELETE FROM encoding WHERE model = ?", (model,)).rowcount
        gallery.record("model dropped", detail={"model": model, "encodings": count})
    gallery.database.overwrite_freed()
    return count


def export(gallery: Gallery, name: str) -> dict[str, Any]:
    """Return everything that is kept of a person, as a document the person can take along.

    Encodings are 128 numbers each; photos PNG in base64.
    """
    shown = card(gallery, name)
    person, key = shown.person, gallery.key_of(shown.person.id)
    parts = {
        row[0]: row[1:]
        for row in gallery.database.rows(
            "SELECT id, vector, photo FROM encoding WHERE person = ?", (person.id,)
        )
    }

    def opened(stored: StoredEncoding) -> dict[str, Any]:
        vector, photo = parts[stored.id]
        about = (person.id, stored.id, stored.model)
        numbers = np.frombuffer(gallery.open_part(key, vector, *about, "vector"), "<f4")
        return {
            "model": stored.model,
            "source": stored.source,
            "file": stored.file,
            "quality": stored.quality,
            "created": stored.created,
            "vector": [round(float(number), 7) for number in numbers],
            "photo_png": base64.b64encode(gallery.open_part(key, photo, *about, "photo")).decode()
            if photo is not None
            else None,
        }

    visits = gallery.database.rows(
        "SELECT came, came_how, gone, gone_how, device FROM visit WHERE person = ? ORDER BY came",
        (person.id,),
    )
    log = gallery.database.rows(
        "SELECT at, actor, action, detail FROM audit WHERE subject = ? ORDER BY number",
        (gallery.vault.pseudonym(person.id),),
    )
    with gallery.database.transaction():
        gallery.record("data exported", person.id)
    return {
        "person": person.id,
        "name": person.name,
        "kind": person.kind,
        "created": person.created,
        **shown.details.values(),
        "recognise_until": shown.limits.recognise_until,
        "retain_until": shown.limits.retain_until,
        "lookalikes": list(shown.lookalikes),
        "has_pin": shown.has_pin,
        "encodings": [opened(stored) for stored in shown.encodings],
        "visits": [
            dict(zip(("came", "came_how", "gone", "gone_how", "device"), row, strict=True)) for row in visits
        ],
        "log": [dict(zip(("at", "actor", "action", "detail"), row, strict=True)) for row in log],
    }
