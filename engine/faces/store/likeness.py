"""People who look alike: found at enrolment, and what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.faces.matching import Encodings, Known, Thresholds, distances
from engine.faces.people import Person
from engine.faces.store.vault import context

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery


class Likeness(StrEnum):
    """How near another person is: within the line of 1:N (most likely the same person), or of 1:1."""

    DUPLICATE = "duplicate"
    LOOKALIKE = "lookalike"


@dataclass(frozen=True)
class Alike:
    """The nearest other person to new encodings."""

    person: Person
    distance: float
    likeness: Likeness


def nearest_other(vectors: Encodings, known: Known, name: str, thresholds: Thresholds) -> Alike | None:
    """Return the nearest person of another name within τ of 1:1, or None.

    Args:
        vectors: M × 128, new encodings of ``name``.
        known: the gallery as it was before.
    """
    others = np.array([known.people[owner].name != name for owner in known.owners], bool)
    if not others.any() or not len(vectors):
        return None
    apart = np.where(others, distances(vectors, known.vectors).min(axis=0), np.inf)
    nearest = int(np.argmin(apart))
    distance = float(apart[nearest])
    if distance > thresholds.verify:
        return None
    near = distance <= thresholds.identify(len(known.people))
    likeness = Likeness.DUPLICATE if near else Likeness.LOOKALIKE
    return Alike(known.people[known.owners[nearest]], distance, likeness)


def mark(gallery: Gallery, name: str, other: str) -> None:
    """Say that two people look alike: from now on neither is welcomed by 1:N alone.

    Raises:
        EngineError: PERSON_UNKNOWN or NAME_INVALID.
    """
    first, second = sorted((gallery.person(name).id, gallery.person(other).id))
    if first == second:
        raise EngineError(ErrorCode.NAME_INVALID, "Two different people are needed for a pair.", name)
    with gallery.database.transaction():
        gallery.database.execute("INSERT OR IGNORE INTO lookalike VALUES (?, ?)", (first, second))
        gallery.record("lookalike marked", first, {"other": gallery.vault.pseudonym(second)})


def unmark(gallery: Gallery, name: str, other: str) -> None:
    """Take :func:`mark` back.

    Raises:
        EngineError: PERSON_UNKNOWN or NAME_INVALID.
    """
    first, second = sorted((gallery.person(name).id, gallery.person(other).id))
    with gallery.database.transaction():
        gallery.database.execute("DELETE FROM lookalike WHERE first = ? AND second = ?", (first, second))
        gallery.record("lookalike unmarked", first, {"other": gallery.vault.pseudonym(second)})


def pairs(gallery: Gallery) -> tuple[tuple[str, str], ...]:
    """Return the names of all pairs who look alike."""
    rows = gallery.database.rows(
        "SELECT one.name, two.name FROM lookalike JOIN person AS one ON one.id = first"
        " JOIN person AS two ON two.id = second ORDER BY one.name, two.name"
    )
    return tuple((one, two) for one, two in rows)


def merge(gallery: Gallery, name: str, duplicate: str) -> Person:
    """Give a person the encodings and visits of a duplicate, who is then gone.

    Raises:
        EngineError: PERSON_UNKNOWN or NAME_INVALID.
    """
    keep, gone = gallery.person(name), gallery.person(duplicate)
    if keep.id == gone.id:
        raise EngineError(ErrorCode.NAME_INVALID, "Two different people are needed for merging.", name)
    database = gallery.database
    with database.transaction():
        old, new = gallery.key_of(gone.id), gallery.key_of(keep.id)
        rows = database.rows(
            "SELECT id, model, vector, file, photo FROM encoding WHERE person = ?", (gone.id,)
        )
        for row, model, *parts in rows:
            sealed = [
                None
                if part is None
                else new.close(
                    gallery.open_part(old, part, gone.id, row, model, what),
                    context("encoding", keep.id, row, model, what),
                )
                for what, part in zip(("vector", "file", "photo"), parts, strict=True)
            ]
            database.execute(
                "UPDATE encoding SET person = ?, vector = ?, file = ?, photo = ? WHERE id = ?",
                (keep.id, *sealed, row),
            )
        database.execute("UPDATE visit SET person = ? WHERE person = ?", (keep.id, gone.id))
        database.execute("DELETE FROM pin WHERE holder = ?", (gone.id,))
        database.execute("DELETE FROM person WHERE id = ?", (gone.id,))
        gallery.record("duplicate merged", keep.id, {"encodings": len(rows)})
    database.overwrite_freed()
    return gallery.person(name)
