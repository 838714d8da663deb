"""What a desk writes down: visits, the audit chain, and events for the door. Runs on the engine thread."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.faces.desk.policy import Band, DeskState
from engine.faces.desk.sight import Name
from engine.faces.gallery import Gallery
from engine.faces.hooks import DoorEvent, Messenger, set_liveness
from engine.faces.liveness.record import AttackTest, Verified
from engine.faces.store.cards import by_code
from engine.faces.store.roles import check_pin
from engine.faces.visits import Attendance, How, Visit, undo
from engine.jobs import Task

if TYPE_CHECKING:
    from engine.faces.people import Person

ACTOR = "desk"


class Books:
    """The records of one desk under way.

    Args:
        gallery: open, and open for as long as this is used.
        camera: the desk's camera; the door stays shut while liveness is not verified on it.
    """

    def __init__(self, gallery: Gallery, camera: str) -> None:
        self._gallery, self._camera = gallery, camera
        self._attendance, self._messenger = Attendance(), Messenger()
        self._visit: Visit | None = None

    def close(self) -> None:
        """Send what waits for the door."""
        self._messenger.close()

    def decided(self, state: DeskState, *, claimed: bool) -> Visit | None:
        """Write a decision down; the visit that a welcome began or ended, or None."""
        reasons = {"reasons": [reason.value for reason in state.reasons]}
        person = state.person.id if state.person is not None and state.band is Band.WELCOME else ""
        told = state.band.value if state.band is not None else state.phase.value
        self._gallery.record(f"desk: {told}", person, reasons)
        if not person or state.person is None:
            return None
        now, how = datetime.now(UTC), How.CLAIM if claimed else How.FACE
        self._visit = self._attendance.observe(self._gallery, person, state.track, now, self._camera, how)
        at = now.isoformat(timespec="seconds")
        event = DoorEvent("welcome", Band.WELCOME.value, person, state.person.name, self._camera, at)
        self._messenger.send(self._gallery, event)
        return self._visit

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
        set_liveness(gallery, test.camera, json.dumps(asdict(test)) if verified else None)
