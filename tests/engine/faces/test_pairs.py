"""The LFW protocol on an example worked by hand, and its metrics against plain counting."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, ErrorCode
from engine.faces.pairs import best_threshold, evaluate, read_pairs, wilson

PAIRS = "2\t2\nA\t1\t2\nB\t1\t3\nA\t1\tB\t1\nA\t2\tC\t1\nC\t1\t2\nD\t1\t2\nC\t1\tD\t1\nC\t2\tA\t1\n"


@pytest.mark.parametrize(
    "data",
    [
        PAIRS.encode(),
        b"\xef\xbb\xbf" + PAIRS.encode(),
        PAIRS.replace("\n", "\r\n").encode(),
        PAIRS.replace("\t", " ").encode(),
    ],
)
def test_reads_folds_of_same_and_different_pairs(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "pairs.txt"
    file.write_bytes(data)
    pairs = read_pairs(file)
    assert [pair.same for pair in pairs] == [True, True, False, False] * 2
    assert [pair.fold for pair in pairs] == [0] * 4 + [1] * 4
    assert (pairs[1].first, pairs[1].second) == (("B", 1), ("B", 3))
    assert (pairs[3].first, pairs[3].second) == (("A", 2), ("C", 1))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("ten\t2\n", 1),
        ("1\t2\n", 1),
        (PAIRS.replace("B\t1\t3", "B\t1"), 3),
        (PAIRS.replace("A\t1\tB\t1", "A\t1\tB"), 4),
        (PAIRS.replace("C\t1\t2", "C\tone\t2"), 6),
        (PAIRS + "E\t1\t2\n", 10),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "pairs.txt"
    file.write_text(text)
    with pytest.raises(EngineError) as refused:
        read_pairs(file)
    assert refused.value.code is ErrorCode.PAIRS_INVALID
    assert f"Line {line} " in refused.value.detail


def test_an_example_worked_by_hand() -> None:
    # fold 0: same 0.2 0.9, different 1.0 1.4; fold 1: same 0.4 1.2, different 1.1 1.5
    distances = np.array([0.2, 0.9, 1.0, 1.4, 0.4, 1.2, 1.1, 1.5])
    same = np.array([True, True, False, False] * 2)
    report = evaluate(distances, same, np.repeat([0, 1], 4))
    # On fold 1 alone accepting up to 0.4, or up to 1.2, is right 3 times: the second, halfway to 1.5.
    # On fold 0 alone accepting up to 0.9 is right 4 times; halfway to 1.0 is 0.95.
    assert [fold.threshold for fold in report.folds] == pytest.approx([1.35, 0.95])
    assert [fold.accuracy for fold in report.folds] == pytest.approx([0.75, 0.75])
    assert report.accuracy_mean == pytest.approx(0.75)
    assert report.accuracy_se == pytest.approx(0.0)
    # Sorted: S.2 S.4 S.9 D1.0 D1.1 S1.2 D1.4 D1.5: at 1.0 one in four strangers is in and one in four out.
    assert report.eer == pytest.approx(0.25)
    assert report.tar_at_far[0.01].value == pytest.approx(0.75)


def test_standard_error_is_over_folds() -> None:
    distances = np.array([0.1, 1.0, 0.1, 1.0, 1.5, 1.0])
    same = np.array([True, False] * 3)
    report = evaluate(distances, same, np.repeat([0, 1, 2], 2))
    accuracies = [fold.accuracy for fold in report.folds]
    assert report.accuracy_se == pytest.approx(np.std(accuracies, ddof=1) / np.sqrt(3))


def test_a_photo_without_a_face_is_refused() -> None:
    distances = np.array([0.1, np.inf, 1.0, np.inf] * 2)
    same = np.array([True, True, False, False] * 2)
    report = evaluate(distances, same, np.repeat([0, 1], 4))
    assert report.accuracy_mean == pytest.approx(0.75)
    assert report.tar_at_far[0.001].value == pytest.approx(0.5)


rows = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30)


@given(rows)
def test_no_threshold_is_better_than_the_best(drawn: list[tuple[int, bool]]) -> None:
    distances = np.array([d / 10 for d, _ in drawn])
    same = np.array([s for _, s in drawn])

    def right(threshold: float) -> int:
        return int(((distances <= threshold) == same).sum())

    chosen = best_threshold(distances, same)
    refuse_all = int((~same).sum())
    assert max(right(chosen), refuse_all) >= max(right(t / 20 - 0.01) for t in range(30))


def test_wilson_bounds_are_those_of_the_textbook() -> None:
    # Newcombe 1998, table I: 81 of 263 and 0 of 20
    assert (wilson(81, 263).low, wilson(81, 263).high) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert (wilson(0, 20).low, wilson(0, 20).high) == pytest.approx((0.0, 0.1611), abs=1e-4)
