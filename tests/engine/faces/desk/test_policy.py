"""The desk's policy: every way through it, one visit at a time."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from engine.camera_health import Fault
from engine.faces.desk.policy import (
    Band,
    DeskState,
    Phase,
    Reason,
    admit,
    expect,
    finish,
    try_again,
    undo,
    unwritten,
)
from engine.faces.desk.sight import Name, Recognition
from engine.faces.desk.state import Guard
from engine.faces.desk.zone import Presence
from engine.faces.liveness.flash import FlashVerdict
from engine.faces.liveness.passive import PassiveLook
from engine.faces.quality import Hint
from tests.engine.faces.desk.visit import ADA, ATTACK, CUT_OFF, LIVE, RULES, Visit


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
