"""A visit that drives the desk's policy as the observer would."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.faces.desk.policy import (
    DeskState,
    Phase,
    advance,
)
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.sight import Judged, Name, Recognition, Sight
from engine.faces.desk.zone import Presence
from engine.faces.liveness.blink import Lids
from engine.faces.liveness.challenge import Ask, Pose
from engine.faces.liveness.passive import PassiveLook

RULES = DeskRules()
ADA = Name("1", "Ada")
LIVE, ATTACK = PassiveLook(0.98, True), PassiveLook(0.02, True)
CUT_OFF, UNSURE = PassiveLook(0.98, False), PassiveLook(0.4, True)
STEP = 0.08
AROUND = bytes(range(243)) * 4
WIDE, SHUT, COVERED = Lids(0.3, 0.28, AROUND), Lids(0.07, 0.05, AROUND), Lids(0.07, 0.05, AROUND[::-1])


@dataclass
class Visit:
    """Drives the policy as the observer would, and remembers everything that it was told."""

    rules: DeskRules = RULES
    seed: int = 1
    state: DeskState = field(default_factory=DeskState)
    time: float = 100.0
    shut: Lids = SHUT
    told: list[tuple[DeskState, Sight, DeskState]] = field(default_factory=list)

    def see(
        self,
        passive: PassiveLook | None = LIVE,
        recognition: Recognition = Recognition.ACCEPT,
        *,
        offset: float = 0.0,
        size: float = 50.0,
        lids: Lids | None = WIDE,
        age: float = 0.05,
        same: bool = True,
        good: bool = True,
        **changes: object,
    ) -> Phase:
        self.time += STEP
        active = self.state.phase in (Phase.HINT, Phase.LOOK, Phase.CHALLENGE)
        track = int(changes.get("track", 1))  # type: ignore[call-overload]
        look = self.state.look if active and track == self.state.track else self.state.look + 1
        person = ADA if recognition is Recognition.ACCEPT else None
        judged = Judged(look, 0.8, recognition, person, same, passive) if good else None
        grabbed = self.time - age
        values: dict[str, object] = {
            "presence": Presence.ONE,
            "track": track,
            "pose": Pose(grabbed, offset, size, lids=lids),
            "judged": judged,
        }
        sight = Sight(self.time, grabbed, **(values | changes))  # type: ignore[arg-type]
        before = self.state
        self.state = advance(before, sight, self.rules, self.seed)
        self.told.append((before, sight, self.state))
        return self.state.phase

    def look(self, frames: int = 12, passive: PassiveLook | None = LIVE, **values: object) -> Phase:
        for _ in range(frames):
            self.see(passive, **values)  # type: ignore[arg-type]
            if self.state.band is not None or self.state.phase is Phase.CHALLENGE:
                break
        return self.state.phase

    def answer(self, passive: PassiveLook | None = None, *, mirrored: bool = False) -> Phase:
        """Do what the challenge asks (or, mirrored, the opposite turn)."""
        for _ in range(120):
            challenge = self.state.challenge
            if self.state.phase is not Phase.CHALLENGE or challenge is None:
                break
            ask = challenge.ask
            side = {Ask.LEFT: 0.5, Ask.RIGHT: -0.5}.get(ask, 0.0) * (-1 if mirrored else 1)
            size = 70.0 if ask is Ask.NEARER else 50.0
            self.see(passive, offset=side, size=size, good=abs(side) < 0.3, lids=self.lids(ask))
        return self.state.phase

    def lids(self, ask: Ask) -> Lids:
        """Blink when asked: shut for two frames of seven."""
        return self.shut if ask is Ask.BLINK and len(self.told) % 7 < 2 else WIDE
