"""How well a verifier tells people apart: the LFW View-2 protocol. NumPy only.

Huang, Ramesh, Berg, Learned-Miller, Labeled Faces in the Wild, UMass TR 07-49, 2007, section "View 2": the
accuracy on each fold with the threshold that is best on the other folds, then mean and standard error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode

RATES: Final = (0.01, 0.001)
"""The false accept rates at which the true accept rate is reported."""


@dataclass(frozen=True)
class Pair:
    """Two photos, each (name, number), of the same person or not, in one fold (counted from 0)."""

    first: tuple[str, int]
    second: tuple[str, int]
    same: bool
    fold: int


@dataclass(frozen=True)
class Fold:
    """Accuracy on one fold at the threshold that was chosen on the others."""

    accuracy: float
    threshold: float


@dataclass(frozen=True)
class Rate:
    """A share of trials with its 95 % confidence bounds (Wilson)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class PairsReport:
    """What the protocol says. ``far`` and ``tar`` (with ``thresholds``) are the ROC, by rising threshold."""

    pairs: int
    accuracy_mean: float
    accuracy_se: float
    folds: tuple[Fold, ...]
    eer: float
    tar_at_far: dict[float, Rate]
    far: NDArray[np.float64]
    tar: NDArray[np.float64]
    thresholds: NDArray[np.float64]


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Read a pairs file: ``folds TAB n``, then for each fold n same lines and n different lines.

    A same line is ``name i j``, a different line ``name i other j``; columns are separated by tabs.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, or PAIRS_INVALID naming the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {path}.", str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE, f"{path} cannot be read as text ({error}).", str(path)
        ) from error
    while lines and not lines[-1].strip():
        lines.pop()
    folds, each = _header(lines, path)
    expected = 1 + folds * 2 * each
    if len(lines) != expected:
        raise _invalid(
            path, len(lines), f"the file has {len(lines)} lines instead of the {expected} it promises"
        )
    return tuple(
        _pair(line, number, path, same=(number - 2) % (2 * each) < each, fold=(number - 2) // (2 * each))
        for number, line in enumerate(lines[1:], start=2)
    )


def _header(lines: Sequence[str], path: Path) -> tuple[int, int]:
    words = lines[0].split() if lines else []
    if len(words) != 2 or not all(word.isdecimal() for word in words):
        raise _invalid(
            path, 1, "it must hold the number of folds and the number of pairs, such as 10 and 300"
        )
    folds, each = int(words[0]), int(words[1])
    if folds < 2 or each < 1:
        raise _invalid(path, 1, "at least two folds of at least one pair are needed to choose a threshold")
    return folds, each


def _pair(line: str, number: int, path: Path, *, same: bool, fold: int) -> Pair:
    words = [word.strip() for word in line.split("\t")]
    if len(words) == 1:
        words = line.split()
    if len(words) != (3 if same else 4):
        wanted = "name, number, number" if same else "name, number, name, number"
        raise _invalid(path, number, f"a {'same' if same else 'different'} pair must be: {wanted}")
    name, other = words[0], words[0] if same else words[2]
    numbers = words[1], words[-1]
    if not all(word.isdecimal() for word in numbers):
        raise _invalid(path, number, "the photo numbers must be whole numbers")
    return Pair((name, int(numbers[0])), (other, int(numbers[1])), same, fold)


def _invalid(path: Path, number: int, why: str) -> EngineError:
    return EngineError(
        ErrorCode.PAIRS_INVALID, f"Line {number} of {path} is not right: {why}.", f"{path.name}:{number}"
    )


def evaluate(
    distances: NDArray[np.float64],
    same: NDArray[np.bool_],
    folds: NDArray[np.intp],
    rates: Sequence[float] = RATES,
) -> PairsReport:
    """Evaluate squared distances of P pairs; infinity (a photo without a face) is never accepted.

    Args:
        distances: P squared distances.
        same: P; whether the two photos show one person.
        folds: P; the fold of each pair, 0 … k − 1, k ≥ 2.
        rates: the false accept rates at which the true accept rate is wanted.
    """
    results = []
    for fold in np.unique(folds):
        inside = folds == fold
        threshold = best_threshold(distances[~inside], same[~inside])
        right = (distances[inside] <= threshold) == same[inside]
        results.append(Fold(float(right.mean()), threshold))
    accuracies = np.array([result.accuracy for result in results])
    far, tar, thresholds = roc(distances, same)
    return PairsReport(
        pairs=len(distances),
        accuracy_mean=float(accuracies.mean()),
        accuracy_se=float(accuracies.std(ddof=1) / math.sqrt(len(accuracies))),
        folds=tuple(results),
        eer=equal_error_rate(far, tar),
        tar_at_far={rate: _tar_at(rate, far, tar, int(same.sum())) for rate in rates},
        far=far,
        tar=tar,
        thresholds=thresholds,
    )


def best_threshold(distances: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """Return the threshold with most right answers; of several, the middle one, halfway between two pairs."""
    candidates = np.unique(distances[np.isfinite(distances)])
    accepted_same = np.searchsorted(np.sort(distances[same]), candidates, side="right")
    accepted_different = np.searchsorted(np.sort(distances[~same]), candidates, side="right")
    gain = accepted_same - accepted_different  # right answers, up to a constant
    if not len(candidates) or gain.max() <= 0:
        return 0.0  # accepting anybody would be wrong at least as often as right
    best = np.flatnonzero(gain == gain.max())
    chosen = int(best[len(best) // 2])
    following = candidates[min(chosen + 1, len(candidates) - 1)]
    return float((candidates[chosen] + following) / 2)


def roc(
    distances: NDArray[np.float64], same: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return false accept rates, true accept rates and their thresholds, rising from (0, 0)."""
    thresholds = np.unique(distances[np.isfinite(distances)])
    genuine, impostor = np.sort(distances[same]), np.sort(distances[~same])
    tar = np.searchsorted(genuine, thresholds, side="right") / max(1, len(genuine))
    far = np.searchsorted(impostor, thresholds, side="right") / max(1, len(impostor))
    start = np.zeros(1)
    return (
        np.concatenate([start, far]),
        np.concatenate([start, tar]),
        np.concatenate([start - 1.0, thresholds]),
    )


def area_under(far: NDArray[np.float64], tar: NDArray[np.float64]) -> float:
    """Return the area under an ROC that begins at (0, 0), by trapezoids.

    It is the probability that a same pair is nearer than a different one, ties counting one half (Hanley
    and McNeil 1982). From the last point (pairs without a face are never accepted) a straight line goes to
    (1, 1).
    """
    x, y = np.append(far, 1.0), np.append(tar, 1.0)
    return float(((x[1:] - x[:-1]) * (y[1:] + y[:-1])).sum() / 2)


def equal_error_rate(far: NDArray[np.float64], tar: NDArray[np.float64]) -> float:
    """Return where false accepts equal false rejects, interpolated linearly between two points of the ROC."""
    gap = far - (1.0 - tar)
    above = np.flatnonzero(gap >= 0)
    if not len(above):
        return float(1.0 - tar[-1])
    i = int(above[0])
    if i == 0 or gap[i] == gap[i - 1]:
        return float(far[i])
    share = gap[i - 1] / (gap[i - 1] - gap[i])
    return float(far[i - 1] + share * (far[i] - far[i - 1]))


def _tar_at(rate: float, far: NDArray[np.float64], tar: NDArray[np.float64], genuine: int) -> Rate:
    allowed = np.flatnonzero(far <= rate + 1e-12)
    value = float(tar[allowed[-1]])
    return wilson(round(value * genuine), genuine)


def wilson(hits: int, trials: int, z: float = 1.959964) -> Rate:
    """Return hits / trials with the Wilson score interval (Wilson 1927), at 95 % by default."""
    if trials == 0:
        return Rate(0.0, 0.0, 1.0)
    share, square = hits / trials, z * z / trials
    centre = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / trials + square / (4 * trials)) / (1 + square)
    return Rate(share, max(0.0, centre - half), min(1.0, centre + half))
