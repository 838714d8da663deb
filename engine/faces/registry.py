"""Short work on a gallery that has to be there: who is in it, erase, rename."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.people import Person
from engine.faces.store.consent import Policy, policy_of
from engine.faces.store.records import Receipt
from engine.jobs import Task

R = TypeVar("R")


def on_gallery(database: Path, work: Callable[[Gallery], R], actor: str = "desk") -> Task[None, R]:
    """Do something short with a gallery that has to be there, and return what it returned.

    Raises:
        EngineError: GALLERY_EMPTY, or what :class:`Gallery` and ``work`` raise.
    """
    yield None
    with existing(database, actor) as gallery:
        return work(gallery)


def opened(database: Path, work: Callable[[Gallery], R], actor: str = "desk") -> Task[None, R]:
    """As :func:`on_gallery`, but a gallery that is not there yet is made: for what holds from the start.

    Raises:
        EngineError: what :class:`Gallery` and ``work`` raise.
    """
    yield None
    with Gallery(database, actor) as gallery:
        return work(gallery)


def read_policy(database: Path) -> Task[None, Policy]:
    """Return what has to be given before a face is captured; a gallery that is not there asks for nothing."""
    yield None
    if not database.exists():
        return Policy()
    with Gallery(database) as gallery:
        return policy_of(gallery)


def list_people(database: Path) -> Task[None, tuple[Person, ...]]:
    """Return everybody enrolled, by name; nobody when there is no gallery yet."""
    yield None
    if not database.exists():
        return ()
    with Gallery(database) as gallery:
        return gallery.people()


def erase(database: Path, name: str, actor: str = "desk") -> Task[None, Receipt]:
    """Delete a person with all encodings and visits, and return the receipt.

    Raises:
        EngineError: PERSON_UNKNOWN, NAME_INVALID, GALLERY_EMPTY, or what :class:`Gallery` raises.
    """
    yield None
    with existing(database, actor) as gallery:
        return gallery.erase(name)


def rename(database: Path, name: str, new_name: str, actor: str = "desk") -> Task[None, Person]:
    """Give a person another name.

    Raises:
        EngineError: PERSON_UNKNOWN, NAME_INVALID, GALLERY_EMPTY, or what :class:`Gallery` raises.
    """
    yield None
    with existing(database, actor) as gallery:
        return gallery.rename(name, new_name)


def existing(database: Path, actor: str = "desk") -> Gallery:
    """Open a gallery that has to be there.

    Raises:
        EngineError: GALLERY_EMPTY, or what :class:`Gallery` raises.
    """
    if not database.exists():
        raise EngineError(
            ErrorCode.GALLERY_EMPTY,
            f"Nobody is enrolled yet: there is no gallery {database}. Enrol somebody first.",
            str(database),
        )
    return Gallery(database, actor)
