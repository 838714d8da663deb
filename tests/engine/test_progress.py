"""How far, and how long still."""

from __future__ import annotations

import time

import pytest

from engine.progress import Pace, Progress


def test_the_time_left_is_unknown_until_two_units_are_done() -> None:
    pace = Pace(10)
    assert pace.at(0).seconds_left is None
    assert pace.at(1).seconds_left is None


def test_the_first_unit_does_not_count_for_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    pace = Pace(11)
    clock[0] += 50.0
    pace.at(1)
    clock[0] += 4.0
    progress = pace.at(3)
    assert progress.seconds_left == pytest.approx(2.0 * 8)
    assert progress.seconds == pytest.approx(54.0)
    assert progress.fraction == pytest.approx(3 / 11)


def test_resumed_work_is_judged_by_what_was_done_since(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    pace = Pace(100, done=50)
    assert pace.at(50).seconds_left is None
    clock[0] += 1.0
    pace.at(51)
    clock[0] += 1.0
    assert pace.at(52).seconds_left == pytest.approx(48.0)


def test_an_unknown_total_has_no_fraction() -> None:
    assert Progress(5, 0, 1.0, None).fraction == 0.0
