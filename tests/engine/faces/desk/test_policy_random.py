"""The desk's policy over random visits: never a welcome without all conditions."""

from __future__ import annotations

import math
import random
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.camera_health import Fault
from engine.faces.desk.policy import (
    DeskState,
    Phase,
    Reason,
)
from engine.faces.desk.sight import Recognition, Sight
from engine.faces.desk.zone import Presence
from engine.faces.liveness.blink import Lids
from engine.faces.liveness.challenge import Ask, Outcome
from engine.faces.liveness.flash import FlashVerdict
from engine.faces.liveness.passive import PassiveLook
from engine.faces.quality import Hint
from tests.engine.faces.desk.visit import AROUND, ATTACK, COVERED, CUT_OFF, LIVE, RULES, SHUT, UNSURE, Visit


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
