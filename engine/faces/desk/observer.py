"""From a camera's frame to a sight: detect, follow, align, encode, look for life. Loads the networks."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Final

from engine.camera import Frame
from engine.faces.desk.coach import Coach, is_usable
from engine.faces.desk.evidence import Evidence, only
from engine.faces.desk.policy import DECIDED, DeskState, Phase
from engine.faces.desk.sight import Judged, Sight
from engine.faces.desk.zone import Presence, Tracker
from engine.faces.liveness.blink import Lids
from engine.faces.liveness.challenge import pose_of
from engine.faces.liveness.passive import PassiveCheck, PassiveLook
from engine.faces.matching import Known, Thresholds
from engine.images import Rgb

if TYPE_CHECKING:
    from engine.faces.face import Face
    from engine.faces.lids import LidFinder
    from engine.faces.recogniser import AlignedFace, Recogniser

log = logging.getLogger(__name__)

RECHECK: Final = 8
"""After a decision every eighth frame is still encoded: somebody else may step into the person's place."""


class Observer:
    """The eyes of one desk.

    Args:
        recogniser: detector, aligner and encoder.
        passive: the passive liveness check; None where it is missing.
        known: the gallery.
        lids: reads the lids when a blink is asked; None where it is missing.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        passive: PassiveCheck | None,
        known: Known,
        thresholds: Thresholds,
        lids: LidFinder | None = None,
    ) -> None:
        self._recogniser, self._passive, self._lids = recogniser, passive, lids
        self._known, self._thresholds = known, thresholds
        self._tracker, self._coach = Tracker(), Coach()
        self._evidence = Evidence(known, thresholds)
        self._look = -1
        self._track = 0
        self._frames = 0
        self.claim = ""
        self.face: Face | None = None

    def use(self, known: Known, thresholds: Thresholds) -> None:
        """Compare with another gallery from the next look on: somebody joined or left."""
        self._known, self._thresholds = known, thresholds

    def forget_claim(self) -> None:
        """Compare with everybody again, also in the look that has just begun."""
        self.claim, self._look = "", -1

    def observe(self, frame: Frame, state: DeskState, time: float) -> Sight:
        """Judge one frame for a desk in ``state``; ``time`` is now, by the clock of ``frame.time``."""
        if frame.fault is not None:
            self.face = None
            return Sight(time, frame.time, fault=frame.fault, fresh=frame.fresh)
        placed = self._tracker.place(self._recogniser.locate(frame.rgb), frame.time)
        self.face = placed.face
        if placed.presence is not Presence.ONE or placed.face is None:
            self._coach.advise(None, frame.time)
            return Sight(time, frame.time, placed.presence, placed.track, frame.fresh)
        aligned = self._recogniser.aligned(frame.rgb, placed.face)
        track, look = placed.track, self._look_of(state, placed.track)
        judged = self._judge(frame, aligned, state, look)
        if state.phase in DECIDED and judged is not None and not judged.same:
            track = self._tracker.renew()
            self._look = -1
        hint = self._coach.advise(None if is_usable(aligned.quality) else aligned.quality.hint, frame.time)
        pose = pose_of(placed.face.landmarks, frame.time, self._read_lids(frame.rgb, placed.face, state))
        return Sight(time, frame.time, Presence.ONE, track, frame.fresh, hint=hint, pose=pose, judged=judged)

    def _look_of(self, state: DeskState, track: int) -> int:
        """Return the number of the look that this frame belongs to: the policy begins one on a new track."""
        going_on = state.phase in (Phase.HINT, Phase.LOOK, Phase.CHALLENGE, *DECIDED)
        return state.look if going_on and state.track == track else state.look + 1

    def _judge(self, frame: Frame, aligned: AlignedFace, state: DeskState, look: int) -> Judged | None:
        self._frames += 1
        if state.phase is Phase.PAUSED:
            return None
        if state.phase in DECIDED and look == state.look and self._frames % RECHECK:
            return None
        usable = is_usable(aligned.quality)
        if not usable and state.phase is not Phase.CHALLENGE:
            return None
        if look != self._look:
            known = only(self._known, self.claim) if self.claim else self._known
            self._evidence, self._look = Evidence(known, self._thresholds), look
        weight = aligned.quality.score if usable else 0.0
        self._evidence.add(self._recogniser.encode([aligned])[0], weight)
        match = self._evidence.match()
        recognition, person = self._evidence.recognise(match, self.claim)
        passive = self._look_for_life(frame.rgb, aligned.face.box) if usable else None
        distances = (match.distance, match.second_distance)
        return Judged(look, weight, recognition, person, self._evidence.same, passive, *distances)

    def _read_lids(self, rgb: Rgb, face: Face, state: DeskState) -> Lids | None:
        """Read the lids where a blink is to come; whatever is raised, nothing was seen."""
        challenge = state.challenge
        asked = state.phase is Phase.CHALLENGE and challenge is not None and challenge.needs_lids
        if self._lids is None or not asked:
            return None
        try:
            return self._lids.look(rgb, face)
        except Exception:  # eyes that could not be read have not blinked
            log.exception("the lids could not be read")
            return None

    def _look_for_life(self, rgb: Rgb, box: tuple[float, float, float, float]) -> PassiveLook | None:
        """Ask the passive check; whatever it raises is no answer."""
        if self._passive is None:
            return None
        try:
            look = self._passive.look(rgb, box)
        except Exception:  # a check that fails in any way has not said "live"
            log.exception("the passive check failed")
            return None
        return look if math.isfinite(look.live) else None
