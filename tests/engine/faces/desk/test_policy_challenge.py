"""The desk's policy where a face is known and its life in doubt: movements, blinks, and who may answer."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from engine.faces.desk.policy import (
    Phase,
    Reason,
)
from engine.faces.liveness.blink import Lids
from engine.faces.liveness.challenge import Ask, plan
from engine.faces.liveness.passive import PassiveLook
from tests.engine.faces.desk.visit import AROUND, COVERED, CUT_OFF, RULES, SHUT, UNSURE, WIDE, Visit


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
