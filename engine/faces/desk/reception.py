"""Reception without a camera: the host is called, people are checked in and out by hand. As tasks."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from engine.faces import visits
from engine.faces.hooks import DoorEvent, Messenger
from engine.faces.people import Person
from engine.faces.registry import existing
from engine.faces.store import audit
from engine.faces.store.cards import details_of
from engine.faces.visits import How, Visit
from engine.jobs import Task

SENDING_S: Final = 5.0
"""How long a task stays for its message to be sent; after that it is sent while others work."""

_STEP_S: Final = 0.005


def call_host(
    database: Path, desk: str, *, name: str = "", host: str = "", actor: str = "reception"
) -> Task[None, bool]:
    """Write down that somebody is asked to come to a desk, and tell who is to be told; whether anybody was.

    Args:
        desk: where; the camera's or the reception's name.
        name: an enrolled person who waits there; empty: somebody unknown.
        host: who is to come; empty: the person's own host.

    Raises:
        EngineError: GALLERY_EMPTY, PERSON_UNKNOWN, NAME_INVALID; what :class:`Gallery` raises.
    """
    yield None
    with existing(database, actor) as gallery:
        person = gallery.person(name) if name else Person("", "")
        asked = host or (details_of(gallery, person.id).host if person.id else "")
        gallery.record("host called", person.id, {"desk": desk})
        event = DoorEvent("host-called", "", person.id, person.name, desk, audit.now(), asked)
        messenger = Messenger()
        told = messenger.notify(gallery, event)
    yield from _sent(messenger)
    return told


def check_in_by_hand(
    database: Path, name: str, desk: str, actor: str = "reception"
) -> Task[None, Visit | None]:
    """Write that somebody came, and tell who is to be told; None when the person is inside already.

    Raises:
        EngineError: as :func:`call_host`.
    """
    yield None
    with existing(database, actor) as gallery:
        person = gallery.person(name)
        visit = visits.check_in(gallery, person.id, How.MANUAL, desk)
        if visit is None:
            return None
        host = details_of(gallery, person.id).host
        event = DoorEvent("checked-in-by-hand", "", person.id, person.name, desk, visit.came, host)
        messenger = Messenger()
        messenger.notify(gallery, event)
    yield from _sent(messenger)
    return visit


def check_out_by_hand(
    database: Path, name: str, desk: str, actor: str = "reception"
) -> Task[None, Visit | None]:
    """Write that somebody left; None when the person is not inside. A visitor's encodings end here.

    Raises:
        EngineError: as :func:`call_host`.
    """
    yield None
    with existing(database, actor) as gallery:
        return visits.check_out(gallery, gallery.person(name).id, How.MANUAL, desk)


def _sent(messenger: Messenger) -> Task[None, None]:
    """Stay until messages are sent, a few milliseconds a step, so that other work goes on."""
    messenger.end()
    end = time.monotonic() + SENDING_S
    while not messenger.ended(_STEP_S) and time.monotonic() < end:
        yield None
