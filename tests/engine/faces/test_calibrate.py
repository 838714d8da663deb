"""Lines drawn from a gallery's own encodings, and open-set rates, against counts made by hand."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.calibrate import calibrate, single_rate
from engine.faces.gallery import Gallery
from engine.faces.matching import Known, Thresholds, identification_threshold, nearest_people
from engine.faces.openset import points
from engine.faces.people import Person
from engine.faces.store.lines import calibrated, put_in_force
from tests.engine.faces.store.made_up import encoding


def crowd(people: int, looks: int, *, dimensions: int = 128) -> Known:
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(people, 1, dimensions))
    vectors = centres + 0.6 * rng.normal(size=(people, looks, dimensions))
    flat = vectors.reshape(-1, dimensions).astype(np.float32)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True)
    names = tuple(Person(str(number), f"P{number}") for number in range(people))
    return Known(names, np.repeat(np.arange(people), looks), flat)


def all_pairs(known: Known) -> tuple[list[float], list[float]]:
    genuine, impostor = [], []
    for one, two in combinations(range(len(known.owners)), 2):
        apart = float(((known.vectors[one] - known.vectors[two]) ** 2).sum())
        (genuine if known.owners[one] == known.owners[two] else impostor).append(apart)
    return genuine, impostor


def test_counts_are_those_of_all_pairs() -> None:
    known = crowd(20, 3)
    genuine, impostor = all_pairs(known)
    found = calibrate(known, 0.01)
    assert (found.genuine_pairs, found.impostor_pairs) == (len(genuine), len(impostor)) == (60, 1710)
    assert abs(np.array(found.genuine) - np.histogram(genuine, 80, (0, 4))[0]).sum() <= 2
    assert found.proved == pytest.approx(3 / 1710)
    assert found.nearest_impostor == pytest.approx(min(impostor), abs=1e-5)
    assert found.false_rejects == pytest.approx(np.mean(np.array(genuine) > found.tau))


def test_the_rate_of_a_gallery_is_that_of_n_comparisons() -> None:
    assert 1 - (1 - single_rate(0.01, 500)) ** 500 == pytest.approx(0.01)


def test_a_measured_line_lets_that_share_of_impostors_through() -> None:
    known = crowd(60, 5, dimensions=16)
    _, impostor = all_pairs(known)
    found = calibrate(known, 0.5)
    assert found.measured
    share = np.mean(np.array(impostor) <= found.tau)
    assert share <= found.far < share + 2 / len(impostor)


def test_what_cannot_be_measured_is_never_laxer_than_lfw() -> None:
    few = calibrate(crowd(5, 2), 0.01)
    assert not few.measured
    assert few.tau == identification_threshold(5, 0.01)
    many = calibrate(crowd(60, 5, dimensions=16), 0.001)
    assert not many.measured
    assert many.tau <= identification_threshold(60, 0.001)
    assert many.tau <= many.nearest_impostor


def test_one_person_is_not_enough() -> None:
    with pytest.raises(EngineError) as refused:
        calibrate(crowd(1, 5), 0.01)
    assert refused.value.code is ErrorCode.NOT_ENOUGH_PEOPLE


def test_a_calibration_in_force_moves_along_as_people_join(tmp_path: Path) -> None:
    base = Thresholds()
    with Gallery(tmp_path / "g.sqlite") as gallery:
        for seed in range(4):
            gallery.add(f"P{seed}", [encoding(seed)])
        assert calibrated(gallery, "sface", base) == base
        put_in_force(gallery, "sface", calibrate(gallery.known("sface"), 0.001))
        before = calibrated(gallery, "sface", base)
        for seed in range(4, 40):
            gallery.add(f"P{seed}", [encoding(seed)])
        after = calibrated(gallery, "sface", base)
        assert after.identify(40) < before.identify(4)
        assert calibrated(gallery, "other", base) == base
        gallery.database.set_note("calibration:sface", b"x" * 60)
        with pytest.raises(EngineError):
            calibrated(gallery, "sface", base)


def test_open_set_rates_against_counts_by_hand() -> None:
    gallery = np.eye(3, 128, dtype=np.float32)

    def at(row: int, cosine: float) -> np.ndarray:
        made = np.zeros(128, np.float32)
        made[row], made[100] = cosine, np.sqrt(1 - cosine**2)
        return made

    strangers = [at(0, 0.1 + 0.0001 * number) for number in range(999)] + [None]
    probes = [(0, at(0, 0.9)), (1, at(1, 0.05)), (2, at(1, 0.95)), (2, None)]
    found = points(gallery, probes, strangers)[0.01]
    assert found.fnir.value == 0.75, "one too far, one named wrongly, one without a face"
    assert found.fpir.value == 0.01
    assert found.threshold == pytest.approx(2 - 2 * found.cosine)


def test_search_is_exact_and_ties_go_to_the_first() -> None:
    known = crowd(300, 3)
    probes = crowd(40, 1).vectors
    for probe, match in zip(probes, nearest_people(probes, known), strict=True):
        apart = ((known.vectors.astype(np.float64) - probe) ** 2).sum(axis=1)
        per_person = apart.reshape(300, 3).min(axis=1)
        first, second = np.argsort(per_person, kind="stable")[:2]
        assert match.person == known.people[first]
        assert match.second == known.people[second]
        assert match.distance == pytest.approx(per_person[first], abs=1e-5)
        assert match.second_distance == pytest.approx(per_person[second], abs=1e-5)
    same = Known(known.people[:2], np.array([0, 1]), np.stack([known.vectors[0]] * 2))
    (tie,) = nearest_people(known.vectors[:1], same)
    assert tie.person == known.people[0]
    assert tie.second == known.people[1]
