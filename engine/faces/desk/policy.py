"""The desk's policy: a pure state machine from sights to welcome, step up, or refuse.

No Qt, no camera, no clock, no randomness of its own: the same sights give the same decisions, so that every
decision can be replayed. Its transition table stands in ``docs/desk.md``. Whatever is missing, late, not a
number or in doubt never leads to a welcome.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from engine.faces.desk.rules import DeskRules
from engine.faces.desk.sight import Judged, Name, Recognition, Sight
from engine.faces.desk.state import BANDS, DECIDED, SUSPECT, Band, DeskState, Guard, Phase, Reason
from engine.faces.desk.zone import Presence
from engine.faces.liveness.challenge import Outcome, Pose, begin, can_blink, follow, plan, swings
from engine.faces.liveness.flash import FlashVerdict
from engine.faces.liveness.verdict import Passive, passive_verdict

__all__ = [
    "BANDS",
    "DECIDED",
    "Band",
    "DeskState",
    "Phase",
    "Reason",
    "admit",
    "advance",
    "expect",
    "finish",
    "try_again",
    "undo",
    "unwritten",
]


def advance(state: DeskState, sight: Sight, rules: DeskRules, seed: int) -> DeskState:
    """Return the state after one more frame.

    Args:
        seed: draws the challenges; secret at a desk, any number for a recording.
    """
    if state.reasons in ADMITTED and sight.time - state.since < rules.reads:
        return state
    if sight.fault is not None or sight.broken:
        return _rest(state, Phase.FAULT, sight, (Reason.FAULT,))
    if sight.presence is Presence.NOBODY:
        return _nobody(state, sight, rules)
    state = replace(state, seen=sight.time)
    if state.phase in DECIDED:
        state = _decided(state, sight, rules)
        if state.phase in DECIDED:
            return state
    if state.paused(sight.time) > 0.0:
        return _rest(state, Phase.PAUSED, sight, (Reason.ATTACK_PAUSE,))
    if sight.presence is Presence.SEVERAL:
        return _rest(state, Phase.CROWD, sight)
    if sight.presence is Presence.FAR:
        return _rest(state, Phase.NEARER, sight)
    if sight.track != state.track or state.phase not in (Phase.HINT, Phase.LOOK, Phase.CHALLENGE):
        state = _new_look(state, sight)
    if state.phase is Phase.CHALLENGE:
        return _challenged(state, sight, rules)
    return _looking(state, sight, rules, seed)


def finish(state: DeskState, time: float, rules: DeskRules) -> DeskState:
    """Return the state when a recording ends in the middle of a look: what is proved so far, no welcome."""
    if state.phase not in (Phase.HINT, Phase.LOOK, Phase.CHALLENGE):
        return state
    return _undecided(state, time, rules, (Reason.LEFT,))


def undo(state: DeskState, time: float) -> DeskState:
    """Take a welcome back: the person says that this is somebody else."""
    if state.phase is not Phase.WELCOME:
        return state
    return replace(state, phase=Phase.STEP_UP, since=time, person=None, reasons=(Reason.NOT_ME,))


def try_again(state: DeskState, time: float) -> DeskState:
    """Look again at once: the visitor pressed the button.

    A welcome is not touched; and after a suspected attack pressing does not shorten the pause.
    """
    if state.phase not in (Phase.STEP_UP, Phase.REFUSED) or state.paused(time) > 0.0:
        return state
    return DeskState(Phase.IDLE, time, look=state.look, retries=state.retries, guard=state.guard)


def expect(state: DeskState, time: float) -> DeskState:
    """Begin anew because somebody claimed to be a certain person; a pause goes on."""
    return DeskState(Phase.IDLE, time, look=state.look + 1, guard=state.guard)


def admit(state: DeskState, person: Name, time: float, reason: Reason = Reason.PIN) -> DeskState:
    """Welcome somebody without a face, which works with the camera dead: by number and PIN, or by staff.

    Whoever calls this has checked the PIN, or is staff.
    """
    return DeskState(
        Phase.WELCOME,
        time,
        state.track,
        state.look + 1,
        seen=time,
        reasons=(reason,),
        person=person,
        guard=state.guard,
    )


def unwritten(state: DeskState, time: float) -> DeskState:
    """Refuse because something could not be written down: no welcome without a record."""
    return replace(
        state, phase=Phase.REFUSED, since=time, challenge=None, person=None, reasons=(Reason.NOT_WRITTEN,)
    )


def _rest(state: DeskState, phase: Phase, sight: Sight, reasons: tuple[Reason, ...] = ()) -> DeskState:
    """Show a phase without a look; all evidence is dropped."""
    if state.phase is phase:
        return replace(state, seen=sight.time)
    track = sight.track if sight.presence is not Presence.NOBODY else state.track
    retries = state.retries if track == state.track else 0
    return DeskState(
        phase,
        sight.time,
        track,
        state.look,
        seen=sight.time,
        retries=retries,
        reasons=reasons,
        guard=state.guard,
    )


def _nobody(state: DeskState, sight: Sight, rules: DeskRules) -> DeskState:
    """Rest again once nobody was seen for a while; a decision stays long enough to be read."""
    patience = rules.reads if state.phase in DECIDED else rules.gone
    if state.phase is Phase.IDLE or sight.time - state.seen <= patience:
        return state
    return DeskState(Phase.IDLE, sight.time, state.track, state.look, seen=state.seen, guard=state.guard)


def _decided(state: DeskState, sight: Sight, rules: DeskRules) -> DeskState:
    """A decision stands while its person does; somebody else begins anew once it could be read."""
    stood = sight.time - state.since
    if sight.track != state.track:
        if stood < rules.reads:
            return state
        return _new_look(replace(state, retries=0), sight)
    again = state.phase is Phase.REFUSED and not SUSPECT.intersection(state.reasons)
    if again and state.retries < rules.retries and stood >= rules.retry_after:
        return _new_look(replace(state, retries=state.retries + 1), sight)
    return state


def _new_look(state: DeskState, sight: Sight) -> DeskState:
    """Begin a look. While nothing counted, the time to give up runs on, whoever stands there.

    On a computer that is too slow each frame is a track of its own, and nobody would ever be told what
    else can be done.
    """
    retries = state.retries if sight.track == state.track else 0
    waited = state.phase in (Phase.LOOK, Phase.HINT) and state.good == 0
    return DeskState(
        Phase.LOOK,
        sight.time,
        sight.track,
        state.look + 1,
        began=state.began if waited else sight.time,
        seen=sight.time,
        retries=retries,
        guard=state.guard,
    )


def _looking(state: DeskState, sight: Sight, rules: DeskRules, seed: int) -> DeskState:
    phase = Phase.LOOK if sight.hint is None or _counts(state, sight, rules) else Phase.HINT
    if phase is not state.phase:
        state = replace(state, phase=phase, since=sight.time)
    if _is_current(sight, rules) and sight.pose is not None:
        state = replace(state, poses=(*state.poses, sight.pose))
    if _counts(state, sight, rules):
        state = _decide(_with_evidence(state, sight), sight, rules, seed)
    if state.phase in (Phase.LOOK, Phase.HINT) and sight.time - state.began >= rules.give_up:
        late = sight.time - sight.grabbed > rules.stale
        return _undecided(state, sight.time, rules, (Reason.LATE,) if late else ())
    return state


def _is_current(sight: Sight, rules: DeskRules) -> bool:
    """Whether a frame is news: not a repetition, not late, not from the future."""
    return sight.fresh and 0.0 <= sight.time - sight.grabbed <= rules.stale


def _counts(state: DeskState, sight: Sight, rules: DeskRules) -> bool:
    """Whether a frame is evidence for the look under way."""
    judged = sight.judged
    if judged is None or judged.look != state.look or not _is_current(sight, rules):
        return False
    return math.isfinite(judged.weight) and judged.weight > 0.0 and sight.grabbed > state.last


def _with_evidence(state: DeskState, sight: Sight) -> DeskState:
    assert sight.judged is not None
    return replace(
        state,
        good=state.good + 1,
        first=state.first if state.good else sight.grabbed,
        last=sight.grabbed,
        looks=(*state.looks, sight.judged.passive),
        judged=sight.judged,
    )


def _decide(state: DeskState, sight: Sight, rules: DeskRules, seed: int) -> DeskState:
    judged = state.judged
    assert judged is not None
    if not judged.same:
        return _new_look(state, sight)
    if state.good < rules.frames or state.last - state.first < rules.span - ROUNDING:
        return state
    passive = passive_verdict(state.looks, rules.context)
    if passive is Passive.ATTACK:
        return _refuse(state, sight.time, rules, Reason.PASSIVE_ATTACK)
    if sight.flash is FlashVerdict.SHINES:
        return _refuse(state, sight.time, rules, Reason.FLASH_SHINES)
    looked = sight.time - state.began
    match judged.recognition:
        case Recognition.FAR_STRANGER:
            return _refuse(state, sight.time, rules, Reason.STRANGER)
        case Recognition.STRANGER:
            return _refuse(state, sight.time, rules, Reason.STRANGER) if looked >= rules.stranger else state
        case Recognition.BETWEEN | Recognition.TIE | Recognition.LOOKALIKE:
            return _step_up(state, sight.time, _doubt(judged)) if looked >= rules.between else state
        case Recognition.ACCEPT:
            return _accepted(state, sight, rules, seed, passive)


def _accepted(state: DeskState, sight: Sight, rules: DeskRules, seed: int, passive: Passive) -> DeskState:
    """The face is known: is it a living one?"""
    if passive is Passive.LIVE and rules.liveness != "always":
        return _welcome(state, sight.time, rules, Reason.PASSIVE_LIVE)
    if rules.liveness == "passive":
        return state
    if rules.can_ask:
        before = state.poses or _poses_of(sight)
        asks = plan(seed, state.look, blink=rules.blink and can_blink(before))
        challenge = begin(asks, before, sight.time)
        return replace(state, phase=Phase.CHALLENGE, since=sight.time, challenge=challenge)
    watched = passive in (Passive.LIVE, Passive.CONTEXT) and swings(state.poses)
    return _welcome(state, sight.time, rules, Reason.HEAD_TURN_SEEN) if watched else state


def _poses_of(sight: Sight) -> tuple[Pose, ...]:
    return (sight.pose,) if sight.pose is not None else (Pose(sight.time, math.nan, math.nan),)


def _challenged(state: DeskState, sight: Sight, rules: DeskRules) -> DeskState:
    """Follow the challenge; then the face has to be the same, known, living and to the front again."""
    assert state.challenge is not None
    if sight.flash is FlashVerdict.SHINES:
        return _refuse(state, sight.time, rules, Reason.FLASH_SHINES)
    if sight.judged is not None and sight.judged.look == state.look and not sight.judged.same:
        return _refuse(state, sight.time, rules, Reason.IDENTITY_CHANGED)
    if state.challenge.outcome is Outcome.OPEN and _is_current(sight, rules) and sight.pose is not None:
        state = replace(state, challenge=follow(state.challenge, sight.pose))
    challenge = state.challenge
    assert challenge is not None
    if challenge.outcome is Outcome.WRONG_WAY:
        return _refuse(state, sight.time, rules, Reason.WRONG_WAY)
    late = sight.time - challenge.asked > rules.give_up
    if challenge.outcome is Outcome.TOO_SLOW or late:
        return _step_up(state, sight.time, Reason.TOO_SLOW)
    if not _counts(state, sight, rules):
        return state
    state = _with_evidence(state, sight)
    if passive_verdict(state.looks, rules.context) is Passive.ATTACK:
        return _refuse(state, sight.time, rules, Reason.PASSIVE_ATTACK)
    if challenge.outcome is not Outcome.PASSED:
        return state
    state = replace(state, after=state.after + 1)
    if state.after < AFTER:
        return state
    judged = state.judged
    assert judged is not None
    if judged.recognition is Recognition.ACCEPT and judged.same:
        return _welcome(state, sight.time, rules, Reason.CHALLENGE_PASSED)
    return _step_up(state, sight.time, _doubt(judged))


ADMITTED: Final = frozenset({(Reason.PIN,), (Reason.MANUAL,)})
"""A welcome without a face: what the camera sees meanwhile does not end it before it could be read."""

ROUNDING: Final = 1e-6
"""Seconds by which sums of times may be off."""

AFTER: Final = 3
"""Good frames after the challenge, so that the median of the last encodings is of the face as it is now."""


def _doubt(judged: Judged) -> Reason:
    doubts = {Recognition.TIE: Reason.TIE, Recognition.LOOKALIKE: Reason.LOOKALIKE}
    return doubts.get(judged.recognition, Reason.BETWEEN_LINES)


def _welcome(state: DeskState, time: float, rules: DeskRules, proof: Reason) -> DeskState:
    judged = state.judged
    if judged is None or judged.person is None or not judged.same:
        return _refuse(state, time, rules, Reason.IDENTITY_CHANGED)
    reasons = (Reason.RECOGNISED, proof)
    return replace(
        state, phase=Phase.WELCOME, since=time, person=judged.person, reasons=reasons, guard=Guard()
    )


def _step_up(state: DeskState, time: float, *reasons: Reason) -> DeskState:
    return replace(state, phase=Phase.STEP_UP, since=time, challenge=None, person=None, reasons=reasons)


def _refuse(state: DeskState, time: float, rules: DeskRules, *reasons: Reason) -> DeskState:
    attacked = bool(SUSPECT.intersection(reasons))
    guard = state.guard.after_attack(time, rules.lockout) if attacked else state.guard
    return replace(
        state, phase=Phase.REFUSED, since=time, challenge=None, person=None, reasons=reasons, guard=guard
    )


def _undecided(state: DeskState, time: float, rules: DeskRules, why: tuple[Reason, ...]) -> DeskState:
    """Give up: a known face without proof of life steps up; anything less is refused."""
    judged = state.judged
    if judged is None or state.good < 1:
        return _refuse(state, time, rules, Reason.NO_GOOD_LOOK, *why)
    passive = passive_verdict(state.looks, rules.context)
    if passive is Passive.ATTACK:
        return _refuse(state, time, rules, Reason.PASSIVE_ATTACK, *why)
    if judged.recognition in (Recognition.STRANGER, Recognition.FAR_STRANGER) or not judged.same:
        return _refuse(state, time, rules, Reason.STRANGER, *why)
    if judged.recognition is not Recognition.ACCEPT:
        return _step_up(state, time, _doubt(judged), *why)
    lacking = {
        Passive.MISSING: Reason.PASSIVE_MISSING,
        Passive.CONTEXT: Reason.PASSIVE_CONTEXT,
        Passive.UNSURE: Reason.PASSIVE_UNSURE,
    }
    return _step_up(state, time, lacking.get(passive, Reason.NO_GOOD_LOOK), *why)
