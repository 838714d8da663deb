"""What a desk shows and decides, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass

from engine.camera_health import Fault
from engine.faces.answers import Box
from engine.faces.desk.state import Band, DeskState, Phase, Reason
from engine.faces.liveness.challenge import Ask
from engine.faces.quality import Hint
from engine.faces.store.records import Greeting


@dataclass(frozen=True)
class DeskView:
    """What the desk shows now.

    ``box`` is the face looked at (pixels of a frame of ``size``). ``distance`` and ``second`` are squared
    distances, for staff. ``badge`` is the text of a code that was held to the camera. ``passive`` says
    whether the passive check is there. ``flash`` numbers the colour flash to be shown, with its ``colours``;
    ``gain`` is how strongly the face answered it, once it is over. ``unknown`` is a claim that nobody has.
    ``greeting`` is how the person who is welcomed wants to be greeted. ``paused`` is for how many seconds
    more no face is looked at, after a suspected attack. ``called``: a call for the host was just written
    down. ``problem`` says why something could not be written down; then nobody is welcomed on it.
    ``claimed``: a badge or number was taken, and the face is compared 1:1. ``leaves``: whoever is welcomed
    was inside and has gone out with this look.
    """

    state: DeskState
    hint: Hint | None = None
    ask: Ask | None = None
    fault: Fault | None = None
    box: Box | None = None
    size: tuple[int, int] = (0, 0)
    distance: float | None = None
    second: float | None = None
    badge: str | None = None
    passive: bool = False
    seconds: float = 0.0
    flash: int = -1
    colours: tuple[tuple[int, int, int], ...] = ()
    unknown: str = ""
    gain: float | None = None
    greeting: Greeting | None = None
    paused: float = 0.0
    called: bool = False
    problem: str = ""
    claimed: bool = False
    leaves: bool = False


@dataclass(frozen=True)
class DeskDecision:
    """One decision. ``t`` in seconds since the desk began (of a recording: in the recording)."""

    t: float
    state: Phase
    band: Band
    person: str | None
    reasons: tuple[Reason, ...]
    waited: float


def decision_of(before: DeskState, after: DeskState, t: float) -> DeskDecision | None:
    """Return the decision that was made between two states, if one was."""
    band = after.band
    if band is None or (before.phase is after.phase and before.since == after.since):
        return None
    person = after.person.name if after.person is not None and band is Band.WELCOME else None
    return DeskDecision(t, after.phase, band, person, after.reasons, after.since - after.began)
