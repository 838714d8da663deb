"""The desk's policy: every way through it, and over random visits never a welcome without all conditions."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.camera_health import Fault
from engine.faces.desk.policy import (
    Band,
    DeskState,
    Phase,
    Reason,
    admit,
    advance,
    expect,
    finish,
    try_again,
    undo,
    unwritten,
)
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.sight import Judged, Name, Recognition, Sight
from engine.faces.desk.state import Guard
from engine.faces.desk.zone import Presence
from engine.faces.liveness.blink import Lids
from engine.faces.liveness.challenge import Ask, Outcome, Pose, plan
from engine.faces.liveness.flash import FlashVerdict
from engine.faces.liveness.passive import PassiveLook
from engine.faces.quality import Hint

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


def test_a_known_living_face_is_welcomed_after_five_frames_and_400_ms() -> None:
    visit = Visit()
    assert visit.see(presence=Presence.FAR, judged=None) is Phase.NEARER
    for _ in range(5):
        assert visit.see() is Phase.LOOK
    assert visit.see() is Phase.WELCOME
    assert visit.state.person == ADA
    assert visit.state.reasons == (Reason.RECOGNISED, Reason.PASSIVE_LIVE)
    assert visit.state.last - visit.state.first >= RULES.span - 1e-6


@pytest.mark.parametrize(
    ("passive", "recognition", "phase", "reason"),
    [
        (ATTACK, Recognition.ACCEPT, Phase.REFUSED, Reason.PASSIVE_ATTACK),
        (LIVE, Recognition.FAR_STRANGER, Phase.REFUSED, Reason.STRANGER),
        (LIVE, Recognition.STRANGER, Phase.REFUSED, Reason.STRANGER),
        (LIVE, Recognition.BETWEEN, Phase.STEP_UP, Reason.BETWEEN_LINES),
        (LIVE, Recognition.TIE, Phase.STEP_UP, Reason.TIE),
        (LIVE, Recognition.LOOKALIKE, Phase.STEP_UP, Reason.LOOKALIKE),
    ],
)
def test_what_is_refused_and_what_steps_up(
    passive: PassiveLook, recognition: Recognition, phase: Phase, reason: Reason
) -> None:
    visit = Visit()
    assert visit.look(40, passive, recognition=recognition) is phase
    assert reason in visit.state.reasons
    assert visit.state.person is None


@pytest.mark.parametrize("passive", [None, CUT_OFF, UNSURE])
def test_doubt_asks_for_a_movement_and_the_movement_settles_it(passive: PassiveLook | None) -> None:
    visit = Visit()
    assert visit.look(12, passive) is Phase.CHALLENGE
    assert visit.answer(passive) is Phase.WELCOME
    assert visit.state.reasons == (Reason.RECOGNISED, Reason.CHALLENGE_PASSED)


def test_always_asks_when_the_rules_say_so_and_never_when_they_say_so() -> None:
    asks = Visit(replace(RULES, liveness="always"))
    assert asks.look() is Phase.CHALLENGE
    silent = Visit(replace(RULES, liveness="passive"))
    assert silent.look(130, None) is Phase.STEP_UP
    assert Reason.PASSIVE_MISSING in silent.state.reasons


def test_a_recorded_turn_the_other_way_is_refused() -> None:
    seed = next(seed for seed in range(50) if plan(seed, 1, blink=True)[0] is Ask.LEFT)
    visit = Visit(seed=seed)
    visit.look(12, None)
    assert visit.answer(mirrored=True) is Phase.REFUSED
    assert Reason.WRONG_WAY in visit.state.reasons


def blinking_seed() -> int:
    """A seed whose first challenge asks for a blink."""
    return next(seed for seed in range(50) if Ask.BLINK in plan(seed, 1, blink=True))


def test_two_blinks_are_asked_beside_a_turn_and_settle_the_doubt() -> None:
    visit = Visit(seed=blinking_seed())
    visit.look(12, None)
    assert visit.state.challenge is not None
    assert Ask.BLINK in visit.state.challenge.asks
    assert visit.answer() is Phase.WELCOME
    assert visit.state.reasons == (Reason.RECOGNISED, Reason.CHALLENGE_PASSED)


@pytest.mark.parametrize("lids", [WIDE, None, Lids(math.nan, math.nan), SHUT, Lids(0.05, 0.3, AROUND)])
def test_eyes_that_do_not_blink_or_cannot_be_read_step_up(lids: Lids | None) -> None:
    visit = Visit(seed=blinking_seed())
    visit.look(12, None)
    for _ in range(200):
        challenge = visit.state.challenge
        if challenge is None or visit.state.band is not None:
            break
        side = {Ask.LEFT: 0.5, Ask.RIGHT: -0.5}.get(challenge.ask, 0.0)
        visit.see(None, offset=side, lids=lids)
    assert visit.state.phase is Phase.STEP_UP
    assert Reason.TOO_SLOW in visit.state.reasons


def test_eyes_that_are_covered_do_not_blink() -> None:
    visit = Visit(seed=blinking_seed(), shut=COVERED)
    visit.look(12, None)
    assert visit.answer() is Phase.STEP_UP
    assert Reason.TOO_SLOW in visit.state.reasons


def test_a_blink_is_not_asked_of_small_eyes_nor_where_it_is_switched_off() -> None:
    for rules, size in ((RULES, 25.0), (replace(RULES, blink=False), 50.0)):
        for seed in range(40):
            visit = Visit(rules, seed)
            visit.look(12, None, size=size)
            assert visit.state.challenge is not None
            assert Ask.BLINK not in visit.state.challenge.asks


def test_another_face_cannot_answer_and_no_answer_steps_up() -> None:
    visit = Visit()
    visit.look(12, None)
    assert visit.see(None, same=False) is Phase.REFUSED
    assert Reason.IDENTITY_CHANGED in visit.state.reasons
    visit = Visit()
    visit.look(12, None)
    for _ in range(100):
        visit.see(None)
    assert visit.state.phase is Phase.STEP_UP
    assert Reason.TOO_SLOW in visit.state.reasons


def test_a_new_track_in_the_middle_of_a_challenge_begins_anew() -> None:
    visit = Visit()
    visit.look(12, None)
    assert visit.see(None, track=2) is Phase.LOOK
    assert visit.state.good == 1


def test_a_recording_is_welcomed_by_an_unasked_head_turn_but_never_without_a_passive_check() -> None:
    rules = replace(RULES, can_ask=False)
    for passive, expected in ((CUT_OFF, Phase.WELCOME), (None, Phase.STEP_UP), (UNSURE, Phase.STEP_UP)):
        visit = Visit(rules)
        visit.look(10, passive)
        for _ in range(6):
            visit.see(passive, offset=0.5, good=False)
        visit.look(130, passive)
        assert visit.state.phase is expected
    still = Visit(rules)
    assert still.look(130, CUT_OFF) is Phase.STEP_UP
    assert Reason.PASSIVE_CONTEXT in still.state.reasons


@pytest.mark.parametrize("passive", [PassiveLook(math.nan, True), PassiveLook(math.inf, True), None])
def test_no_number_is_no_answer(passive: PassiveLook | None) -> None:
    visit = Visit(replace(RULES, liveness="passive"))
    visit.look(5, LIVE)
    assert visit.look(130, passive) is not Phase.WELCOME


def test_stale_repeated_and_future_frames_do_not_count() -> None:
    for values in ({"age": 0.31}, {"fresh": False}, {"age": -0.1}):
        visit = Visit()
        assert visit.look(140, **values) is Phase.REFUSED
        assert Reason.NO_GOOD_LOOK in visit.state.reasons


def test_faults_and_crowds_drop_all_evidence() -> None:
    for changes in ({"fault": Fault.FROZEN}, {"broken": True}, {"presence": Presence.SEVERAL}):
        visit = Visit()
        visit.look(5)
        assert visit.see(judged=None, **changes) in (Phase.FAULT, Phase.CROWD)
        assert visit.state.good == 0
        assert visit.see() is Phase.LOOK
        assert visit.state.good == 1


def test_two_guided_retries_then_it_rests() -> None:
    visit = Visit()
    looks = set()
    for _ in range(400):
        visit.see(recognition=Recognition.FAR_STRANGER)
        looks.add(visit.state.look)
    assert len(looks) == 1 + RULES.retries
    assert visit.state.phase is Phase.REFUSED


def test_after_an_attack_no_face_counts_and_no_button_helps_until_the_pause_is_over() -> None:
    visit = Visit()
    visit.look(40, ATTACK)
    attacked = visit.state.since
    assert visit.state.guard == Guard(1, attacked + RULES.lockout)
    visit.state = try_again(visit.state, visit.time)
    assert visit.state.phase is Phase.REFUSED, "trying again does not shorten the pause"
    while visit.time + 0.1 < visit.state.guard.until:
        visit.see(track=2)  # put down and held up again: a new track
        assert visit.state.phase in (Phase.REFUSED, Phase.PAUSED)
        assert (visit.state.good, visit.state.looks) == (0, ()) or visit.state.phase is Phase.REFUSED
    assert visit.state.phase is Phase.PAUSED
    for _ in range(3):
        visit.see(track=2)
    assert visit.state.phase is Phase.LOOK
    visit.look(track=2)
    assert visit.state.phase is Phase.WELCOME
    assert visit.state.guard == Guard(), "a welcome ends the row"


def test_the_pause_doubles_with_each_attack_in_a_row_and_is_forgotten() -> None:
    guard, lengths = Guard(), []
    for _ in range(7):
        time = guard.until + 1.0
        guard = guard.after_attack(time, 10.0)
        lengths.append(guard.until - time)
    assert lengths == [10.0, 20.0, 40.0, 80.0, 160.0, 160.0, 160.0]
    assert guard.after_attack(guard.until + 601.0, 10.0).attacks == 1


@pytest.mark.parametrize("leave", ["nobody", "fault", "far"])
def test_a_pause_outlives_faults_and_empty_rooms(leave: str) -> None:
    visit = Visit()
    visit.look(40, ATTACK)
    away: dict[str, object] = {
        "nobody": {"presence": Presence.NOBODY, "judged": None},
        "fault": {"fault": Fault.BLACK, "judged": None},
        "far": {"presence": Presence.FAR, "judged": None},
    }[leave]
    for _ in range(60):
        visit.see(**away)
    assert visit.state.guard.attacks == 1
    assert visit.see() is not Phase.LOOK
    assert try_again(visit.state, visit.time).guard == visit.state.guard
    assert expect(visit.state, visit.time).guard == visit.state.guard


def test_pin_and_staff_let_somebody_in_during_a_pause() -> None:
    visit = Visit()
    visit.look(40, ATTACK)
    for reason in (Reason.PIN, Reason.MANUAL):
        welcomed = admit(visit.state, Name("a", "Ada"), visit.time, reason)
        assert welcomed.band is Band.WELCOME
        assert welcomed.guard.attacks == 1


def test_what_cannot_be_written_is_no_welcome() -> None:
    visit = Visit()
    visit.look()
    assert visit.state.phase is Phase.WELCOME
    refused = unwritten(visit.state, visit.time)
    assert (refused.band, refused.person, refused.reasons) == (Band.REFUSE, None, (Reason.NOT_WRITTEN,))


def test_hints_show_while_no_frame_counts_and_nobody_good_is_given_up() -> None:
    visit = Visit()
    assert visit.see(good=False, hint=Hint.HOLD_STILL) is Phase.HINT
    for _ in range(120):
        visit.see(good=False, hint=Hint.HOLD_STILL)
        if visit.state.band is not None:
            break
    assert visit.state.phase is Phase.REFUSED
    assert visit.time - 100.0 <= 10.0


def test_a_computer_too_slow_for_any_frame_gives_up_and_says_why() -> None:
    visit = Visit()
    for track in range(1, 200):  # frames so far apart that each has a track of its own
        if visit.see(age=0.7, track=track) is Phase.REFUSED:
            break
        visit.time += 1.0
    assert visit.state.phase is Phase.REFUSED
    assert visit.time - 100.0 < RULES.give_up + 2.0
    assert visit.state.reasons == (Reason.NO_GOOD_LOOK, Reason.LATE)
    swapped = Visit()
    swapped.see()
    began = swapped.state.began
    swapped.see(track=2)
    assert swapped.state.began > began, "after a frame that counted, somebody else has all the time"


def test_a_welcome_ends_with_its_person() -> None:
    visit = Visit()
    visit.look()
    for _ in range(60):
        visit.see()
    assert visit.state.phase is Phase.WELCOME, "who lingers is not asked again"
    for _ in range(60):
        visit.see(presence=Presence.NOBODY, judged=None, pose=None)
    assert visit.state.phase is Phase.IDLE
    visit.look()
    for _ in range(40):
        visit.see(track=2, recognition=Recognition.FAR_STRANGER)
        if visit.state.track == 2:
            assert visit.state.phase is not Phase.WELCOME
    assert visit.state.phase is Phase.REFUSED


def test_not_me_takes_a_welcome_back() -> None:
    visit = Visit()
    visit.look()
    visit.state = undo(visit.state, visit.time)
    assert (visit.state.band, visit.state.person) == (Band.STEP_UP, None)
    assert try_again(DeskState(Phase.WELCOME), 1.0).phase is Phase.WELCOME


def test_the_end_of_a_recording_is_never_a_welcome() -> None:
    for passive in (LIVE, CUT_OFF, None, ATTACK):
        visit = Visit(replace(RULES, can_ask=False))
        visit.look(3, passive)
        assert finish(visit.state, visit.time, RULES).band in (Band.STEP_UP, Band.REFUSE)
    assert finish(DeskState(), 1.0, RULES).band is None


def test_a_screen_that_shines_is_refused() -> None:
    visit = Visit()
    assert visit.look(flash=FlashVerdict.SHINES) is Phase.REFUSED
    assert Reason.FLASH_SHINES in visit.state.reasons


def conditions_hold(visit: Visit) -> None:
    """Check the newest welcome against what was told, without the policy's own bookkeeping."""
    _, sight, after = visit.told[-1]
    assert sight.presence is Presence.ONE
    assert sight.fault is None
    assert not sight.broken
    assert sight.fresh
    assert 0.0 <= sight.time - sight.grabbed <= 0.3
    assert sight.flash is not FlashVerdict.SHINES
    own = [
        s
        for _, s, state in visit.told
        if state.look == after.look and s.judged is not None and s.judged.look == after.look
    ]
    counted: list[Sight] = []
    for s in own:
        newer = not counted or s.grabbed > counted[-1].grabbed
        newer = newer and s.presence is Presence.ONE
        if s.fresh and 0.0 <= s.time - s.grabbed <= 0.3 and newer:
            counted.append(s)
    assert len(counted) >= 5
    assert counted[-1].grabbed - counted[0].grabbed >= 0.4 - 1e-6
    assert {s.track for s in counted} == {sight.track}
    judged = sight.judged
    assert judged is not None
    assert judged.same
    assert judged.recognition is Recognition.ACCEPT
    assert after.person == judged.person
    looks = [s.judged.passive for s in counted if s.judged is not None]
    numbers = [look.live for look in looks if look is not None and math.isfinite(look.live)]
    if len(numbers) == len(looks):
        assert sum(numbers) / len(numbers) > 1 / 3
    if Reason.CHALLENGE_PASSED in after.reasons:
        assert after.challenge is not None
        assert after.challenge.outcome is Outcome.PASSED
        base = after.challenge.base.offset
        turned = [s for s in visit.told if s[1].pose and abs(s[1].pose.offset - base) >= 0.35]
        assert len(turned) >= 3
        if Ask.BLINK in after.challenge.asks:
            assert blinks_told(visit, after) >= 2
    else:
        assert len(numbers) == len(looks)
        assert sum(numbers) / len(numbers) >= 0.5
        assert sum(look.inside for look in looks if look) * 2 > len(looks)
        assert visit.rules.liveness != "always"


def blinks_told(visit: Visit, after: DeskState) -> int:
    """Count how often both eyes were told shut and not covered between frames with both open, in the look
    of a welcome."""
    seen = [s.pose.lids for _, s, state in visit.told if state.look == after.look and s.pose and s.fresh]
    widest = [
        math.nan if lids is None or lids.around != AROUND else max(lids.right, lids.left) for lids in seen
    ]
    course = "".join("s" if eye < 0.15 else "o" if eye > 0.25 else "-" for eye in widest)
    return len(re.findall("(?<=o)s+(?=o)", course))


def wander(visit: Visit, draw: random.Random, frames: int, mischief: float) -> int:
    """A visit in which things go wrong at random; returns how many welcomes it saw."""
    welcomes = 0
    passives = (LIVE, LIVE, LIVE, CUT_OFF, UNSURE, ATTACK, None, PassiveLook(math.nan, True))
    usual = draw.choice(passives)
    track = 1
    for _ in range(frames):
        odd = draw.random() < mischief
        challenge = visit.state.challenge
        ask = challenge.ask if challenge is not None and visit.state.phase is Phase.CHALLENGE else Ask.FRONT
        offset = {Ask.LEFT: 0.5, Ask.RIGHT: -0.5}.get(ask, 0.0)
        values: dict[str, object] = {}
        if odd:
            values = draw.choice(
                (
                    {"age": draw.uniform(-0.2, 1.0)},
                    {"fresh": False},
                    {"same": False},
                    {"fault": draw.choice(list(Fault))},
                    {"broken": True},
                    {"presence": draw.choice(list(Presence))},
                    {"track": track + 1},
                    {"good": False, "hint": Hint.HOLD_STILL},
                    {"recognition": draw.choice(list(Recognition))},
                    {"flash": FlashVerdict.SHINES},
                    {"offset": draw.choice((math.nan, 0.9, -0.9))},
                    {
                        "lids": draw.choice(
                            (None, Lids(math.nan, 0.3), Lids(0.05, 0.3, AROUND), SHUT, COVERED)
                        )
                    },
                )
            )
            track = int(values.get("track", track))  # type: ignore[call-overload]
        values = {
            "track": track,
            "offset": offset,
            "size": 70.0 if ask is Ask.NEARER else 50.0,
            "lids": visit.lids(ask),
        } | values
        passive = draw.choice(passives) if odd else usual
        before = visit.state.phase
        visit.see(passive, **values)  # type: ignore[arg-type]
        if visit.state.phase is Phase.WELCOME and before is not Phase.WELCOME:
            welcomes += 1
            conditions_hold(visit)
    return welcomes


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.floats(0.0, 0.4), st.sampled_from(["standard", "always", "passive"]))
def test_over_random_visits_nobody_is_welcomed_without_all_conditions(
    seed: int, mischief: float, liveness: str
) -> None:
    wander(Visit(replace(RULES, liveness=liveness), seed), random.Random(seed), 150, mischief)


def test_the_random_visits_do_see_welcomes_of_both_kinds() -> None:
    proofs: set[Reason] = set()
    for seed in range(60):
        visit = Visit(seed=seed)
        wander(visit, random.Random(seed), 150, 0.02)
        proofs |= {reason for _, _, state in visit.told for reason in state.reasons}
    assert {Reason.PASSIVE_LIVE, Reason.CHALLENGE_PASSED, Reason.PASSIVE_ATTACK} <= proofs


def test_the_same_sights_give_the_same_decisions() -> None:
    visits = [Visit(seed=5), Visit(seed=5)]
    for visit in visits:
        wander(visit, random.Random(5), 200, 0.1)
    assert [state for _, _, state in visits[0].told] == [state for _, _, state in visits[1].told]
