"""Distances, nearest people and decisions against a plain double loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.matching import (
    Decision,
    Encodings,
    Known,
    Match,
    Thresholds,
    distances,
    identification_threshold,
    identify,
    nearest_people,
    verify,
)
from engine.faces.people import Person


def unit(count: int, seed: int) -> Encodings:
    rows = np.random.default_rng(seed).normal(size=(count, 128)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(counts=st.lists(st.integers(1, 4), min_size=1, max_size=8), seed=st.integers(0, 99))
def test_nearest_and_second_nearest_person(counts: list[int], seed: int) -> None:
    people = tuple(Person(str(i), f"P{i}") for i in range(len(counts)))
    owners = np.repeat(np.arange(len(counts)), counts)
    vectors, probes = unit(len(owners), seed), unit(3, seed + 1000)
    found = nearest_people(probes, Known(people, owners, vectors))
    for probe, match in zip(probes, found, strict=True):
        by_person = sorted(
            (min(float(((probe - v) ** 2).sum()) for v, o in zip(vectors, owners, strict=True) if o == i), i)
            for i in range(len(counts))
        )
        assert match.person is people[by_person[0][1]]
        assert match.distance == pytest.approx(by_person[0][0], abs=1e-5)
        if len(counts) > 1:
            assert match.second is people[by_person[1][1]]
            assert match.second_distance == pytest.approx(by_person[1][0], abs=1e-5)
        else:
            assert match.second is None


def test_nobody_enrolled_is_a_stranger() -> None:
    (match,) = nearest_people(unit(1, 0), Known((), np.empty(0, np.intp), np.empty((0, 128), np.float32)))
    assert match == Match(None, None)
    assert identify(match, Thresholds(), 0) is Decision.STRANGER


def test_distance_is_two_minus_two_cosines_and_never_negative() -> None:
    a = unit(5, 3)
    assert distances(a, a).min() >= 0
    assert distances(a[:1], -a[:1])[0, 0] == pytest.approx(4)


@pytest.mark.parametrize(("people", "cosine"), [(50, 0.40), (500, 0.45), (1680, 0.48)])
def test_the_line_of_1_to_n_lies_where_it_was_measured(people: int, cosine: float) -> None:
    assert 1 - identification_threshold(people, 0.01) / 2 == pytest.approx(cosine, abs=0.01)


@given(people=st.integers(1, 10**6), rate=st.floats(1e-4, 0.1))
def test_more_people_or_fewer_mistakes_never_loosen_the_line(people: int, rate: float) -> None:
    here = identification_threshold(people, rate)
    assert identification_threshold(people * 2, rate) <= here
    assert identification_threshold(people, rate / 2) <= here
    assert Thresholds(1.274, rate).identify(people) <= 1.274


@pytest.mark.parametrize(
    ("distance", "second", "decision"),
    [
        (0.50, 1.40, Decision.ACCEPT),
        (0.50, None, Decision.ACCEPT),
        (0.50, 0.52, Decision.STEP_UP),
        (1.20, 1.60, Decision.STEP_UP),
        (1.30, 1.60, Decision.STRANGER),
    ],
)
def test_decisions_of_identification(distance: float, second: float | None, decision: Decision) -> None:
    match = Match(Person("a", "A"), distance, Person("b", "B") if second else None, second)
    assert identify(match, Thresholds(), 500) is decision


def test_verification_accepts_up_to_the_threshold_and_refuses_nan() -> None:
    assert verify(1.274, 1.274) is Decision.ACCEPT
    assert verify(1.2741, 1.274) is Decision.REFUSE
    assert verify(float("nan"), 1.274) is Decision.REFUSE
