"""Where to draw the lines for the people who are enrolled, and how far that can be proved. No torch.

All comparisons of different people among the gallery's own encodings are impostor pairs, all of one person
genuine pairs. The share of strangers welcomed by mistake among N people is 1 − (1 − FAR)^N; its wanted value
gives FAR, and τ is where the impostors' tail falls below it. With no error in n pairs, FAR ≤ 3/n is all that
is proved at 95 % (the "rule of three", Hanley and Lippman-Hand, JAMA 1983): below that the tail is
extrapolated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.matching import Known, Thresholds, identification_threshold

BINS: Final = 80
FEWEST_PAIRS: Final = 100
"""Impostor pairs below which the gallery says nothing about its own tail."""
TAIL: Final = 10
"""Impostor pairs that have to lie below a threshold before their share is taken as measured."""
ROWS_AT_ONCE: Final = 512


@dataclass(frozen=True, eq=False)
class Calibration:
    """What the gallery's own encodings say.

    ``genuine`` and ``impostor`` are counts in :data:`BINS` equal bins of the squared distance from 0 to 4.
    ``far`` is the wanted false accept rate of one comparison, ``tau`` the line of 1:N for it; ``measured``
    whether enough impostor pairs lie below the line, else the stricter of the gallery's own tail,
    extrapolated, and the tail of all of LFW is taken. ``proved`` is 3/n. ``false_rejects`` is the share of
    genuine pairs beyond ``tau``.
    """

    people: int
    encodings: int
    rate: float
    far: float
    tau: float
    tau_lfw: float
    measured: bool
    proved: float
    genuine_pairs: int
    impostor_pairs: int
    false_rejects: float | None
    genuine: tuple[int, ...]
    impostor: tuple[int, ...]
    nearest_impostor: float

    def thresholds(self, base: Thresholds) -> Thresholds:
        """Return the lines with this calibration in force."""
        return Thresholds(base.verify, self.rate, base.margin, self.tau)


def single_rate(rate: float, people: int) -> float:
    """Return FAR of one comparison for which 1 − (1 − FAR)^N is ``rate``."""
    return -math.expm1(math.log1p(-rate) / max(1, people))


def calibrate(known: Known, rate: float) -> Calibration:
    """Measure the gallery's own encodings and derive τ for its present size.

    Raises:
        EngineError: NOT_ENOUGH_PEOPLE with fewer than two people.
    """
    people = len(known.people)
    if people < 2:
        raise EngineError(
            ErrorCode.NOT_ENOUGH_PEOPLE,
            f"Calibrating needs at least two people; {people} enrolled. Enrol more and try again.",
        )
    genuine, impostor, low = _histograms(known)
    pairs, far = int(impostor.sum()), single_rate(rate, people)
    lfw = identification_threshold(people, rate)
    measured = pairs >= FEWEST_PAIRS and far * pairs >= TAIL
    if measured:
        tau = float(low[max(0, math.ceil(far * pairs) - 1)]) - 1e-6
    elif pairs >= FEWEST_PAIRS:
        tau = min(lfw, _extrapolated(low, pairs, far))
    else:
        tau = lfw
    matching = int(genuine.sum())
    beyond = _share_beyond(known, tau) if matching else None
    return Calibration(
        *(people, len(known.owners), rate, far, tau, lfw, measured, 3.0 / pairs if pairs else 1.0),
        *(matching, pairs, beyond, tuple(genuine.tolist()), tuple(impostor.tolist())),
        float(low[0]) if len(low) else 4.0,
    )


def _blocks(known: Known) -> list[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    """Return distances and sameness of all pairs, each once, in blocks of rows."""
    blocks = []
    for start in range(0, len(known.owners), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        squared = np.clip(2.0 - 2.0 * (known.vectors[rows] @ known.vectors.T), 0.0, 4.0)
        once = np.arange(len(known.owners))[None, :] > np.arange(start, start + len(squared))[:, None]
        same = known.owners[rows, None] == known.owners[None, :]
        blocks.append((squared[once], same[once]))
    return blocks


def _histograms(known: Known) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Return both histograms and the smallest impostor distances, ascending."""
    genuine, impostor = np.zeros(BINS, np.intp), np.zeros(BINS, np.intp)
    kept: list[NDArray[np.float32]] = []
    for squared, same in _blocks(known):
        genuine += np.histogram(squared[same], BINS, (0.0, 4.0))[0]
        impostor += np.histogram(squared[~same], BINS, (0.0, 4.0))[0]
        others = squared[~same]
        share = max(1000, len(others) // 5)
        kept.append(np.partition(others, min(share, len(others)) - 1)[:share] if len(others) else others)
    return genuine, impostor, np.sort(np.concatenate(kept))


def _extrapolated(low: NDArray[np.float32], pairs: int, far: float) -> float:
    """Return the distance at which a tail, fitted as log₁₀ FAR = a + b·d over its lowest tenth, reaches
    ``far``.
    """
    count = max(TAIL, min(len(low), pairs // 10))
    heights = np.log10((np.arange(count) + 0.5) / pairs)
    slope, intercept = np.polyfit(low[:count].astype(np.float64), heights, 1)
    if not slope > 0:
        return float(low[0])
    return float(np.clip((math.log10(far) - intercept) / slope, 0.0, float(low[0])))


def _share_beyond(known: Known, tau: float) -> float:
    counts = [(int((squared[same] > tau).sum()), int(same.sum())) for squared, same in _blocks(known)]
    return sum(beyond for beyond, _ in counts) / sum(total for _, total in counts)
