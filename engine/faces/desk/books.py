"""What a desk writes down: visits, the audit chain, and events for the door. Runs on the engine thread."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.faces.desk.sight import Name
from engine.faces.desk.state import Band, DeskState
from engine.faces.gallery import Gallery
from engine.faces.hooks import DoorEvent, Hooks, Messenger, set_liveness
from engine.faces.liveness.record import AttackTest, Verified
from engine.faces.store import audit
from engine.faces.store.cards import by_code, details_of
from engine.faces.store.records import Greeting, Kind
from engine.faces.store.roles import check_pin
from engine.faces.visits import Attendance, How, Visit, check_in, inside, undo
from engine.jobs import Task

if TYPE_CHECKING:
    from engine.faces.people import Person

ACTOR = "desk"


class Books:
    """The records of one desk under way.

    Args:
        gallery: open, and open for as long as this is used.
        camera: the desk's camera; the door stays shut while liveness is not verified on it.
        policy: what the desk asks for (:attr:`DeskRules.policy`): the same as when liveness was verified.
        hooks: where events go; None: where the gallery says.
    """

    def __init__(self, gallery: Gallery, camera: str, policy: str, hooks: Hooks | None = None) -> None:
        self._gallery, self._camera, self._policy, self._hooks = gallery, camera, policy, hooks
        self._attendance, self._messenger = Attendance(), Messenger()
        self._visit: Visit | None = None

    def close(self) -> None:
        """Send what waits for the door."""
        self._messenger.close()

    def decided(self, state: DeskState, how: How, *, rehearsed: bool = False) -> Visit | None:
        """Write a decision down; the visit that a welcome began or ended, or None.

        One that was ``rehearsed`` in the attack test is no visit, and no event leaves.

        Decision and visit are one transaction: there is no welcome without a record. Events leave after it.

        Raises:
            EngineError: DISK_FULL, NOT_WRITABLE or GALLERY_DAMAGED; nothing was written then.
        """
        reasons = {"reasons": [reason.value for reason in state.reasons]}
        person = state.person if state.person is not None and state.band is Band.WELCOME else None
        told = state.band.value if state.band is not None else state.phase.value
        if rehearsed:
            self._gallery.record(f"attack test: {told}", person.id if person else "", reasons)
            return None
        try:
            with self._gallery.database.transaction():
                self._gallery.record(f"desk: {told}", person.id if person else "", reasons)
                visit = self._attend(person, state.track, how) if person is not None else None
        except EngineError:
            if person is not None:
                self._attendance.forget(person.id)
            raise
        if person is None:
            return None
        self._visit = visit
        if visit is not None and visit.gone is not None:
            self._gallery.database.overwrite_freed()
        if how is How.MANUAL:
            self._tell("checked-in-by-hand", person)
        else:
            self._messenger.send(self._gallery, self._event("welcome", person), self._policy, self._hooks)
        if visit is not None and visit.gone is None and visit.kind == Kind.VISITOR:
            self._tell("visitor-came", person)
        return visit

    def call_host(self, state: DeskState) -> None:
        """Write down that somebody at the desk asks for a person, and tell whoever is to be told.

        Raises:
            EngineError: DISK_FULL, NOT_WRITABLE or GALLERY_DAMAGED.
        """
        person = state.person
        self._gallery.record("desk: host called", person.id if person else "")
        self._tell("host-called", person)

    def greeting(self, state: DeskState) -> Greeting | None:
        """Return how the person who is welcomed wants to be greeted; None: nobody is welcomed."""
        if state.person is None or state.band is not Band.WELCOME:
            return None
        return details_of(self._gallery, state.person.id).greeting

    def leaves(self, state: DeskState) -> bool:
        """Whether the person who is welcomed is not inside: the visit ended with this look."""
        if state.person is None or state.band is not Band.WELCOME:
            return False
        return all(visit.person != state.person.id for visit in inside(self._gallery))

    def known(self, person: str) -> Name | None:
        """Return the person with an id."""
        found = self._gallery.person_by_id(person)
        return Name(found.id, found.name) if found is not None else None

    def _attend(self, person: Name, track: int, how: How) -> Visit | None:
        now = datetime.now(UTC)
        if how is How.MANUAL:  # staff say "came", whatever the desk saw last
            return check_in(self._gallery, person.id, how, self._camera, now)
        return self._attendance.observe(self._gallery, person.id, track, now, self._camera, how)

    def _tell(self, event: str, person: Name | None) -> None:
        self._messenger.notify(self._gallery, self._event(event, person), self._hooks)

    def _event(self, event: str, person: Name | None) -> DoorEvent:
        band = Band.WELCOME.value if event == "welcome" else ""
        host = details_of(self._gallery, person.id).host if person is not None else ""
        name = person.name if person is not None else ""
        return DoorEvent(event, band, person.id if person else "", name, self._camera, audit.now(), host)

    def take_back(self) -> None:
        """Undo the visit of the newest welcome: it was somebody else."""
        if self._visit is not None:
            undo(self._gallery, self._visit.id)
        self._visit = None
        self._gallery.record("desk: welcome taken back")

    def claimed(self, text: str) -> Name | None:
        """Return who has this badge or number, or exactly this name."""
        person: Person | None = None
        for kind in ("badge", "number"):
            person = person or by_code(self._gallery, kind, text)
        person = person or next((p for p in self._gallery.people() if p.name == text), None)
        return Name(person.id, person.name) if person is not None else None

    def knows_pin(self, person: str, pin: str) -> bool:
        """Whether a PIN is this person's; after wrong ones the answer is no for a while."""
        try:
            check_pin(self._gallery, person, pin, self._camera)
        except EngineError:
            return False
        return True


def keep_attack_test(database: Path, test: AttackTest) -> Task[None, None]:
    """Tell the gallery whether liveness is verified on a camera: only then the door's hooks speak.

    Raises:
        EngineError: what :class:`Gallery` raises.
    """
    yield None
    verified = test.verified() is Verified.VERIFIED
    with Gallery(database, ACTOR) as gallery:
        set_liveness(gallery, test.camera, test.policy, json.dumps(asdict(test)) if verified else None)
