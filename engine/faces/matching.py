"""Comparing encodings: squared distances, the nearest and second nearest person, and the decision.

For unit encodings a and b with cosine c the squared distance is d = ‖a − b‖² = 2 − 2c, 0..4. No torch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.people import Person

Encodings = NDArray[np.float32]
"""N × 128, each row of length 1."""


class Decision(StrEnum):
    """What a comparison says. REFUSE belongs to 1:1; STEP_UP and STRANGER to 1:N."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    STEP_UP = "step-up"
    STRANGER = "stranger"


@dataclass(frozen=True)
class Thresholds:
    """Where the lines are drawn, in squared distances.

    ``verify`` is τ of 1:1. ``strangers_accepted`` is the wanted false positive identification rate (FPIR,
    ISO/IEC 19795-1): the share of strangers that 1:N may take for somebody. A second person less than
    ``margin`` behind the first makes 1:N ask for another proof. ``ceiling`` is the line that a calibration on
    the gallery's own encodings allows; 4 allows everything.
    """

    verify: float = 1.274
    strangers_accepted: float = 0.01
    margin: float = 0.06
    ceiling: float = 4.0

    def identify(self, people: int) -> float:
        """Return τ of 1:N for a gallery of ``people`` persons; never laxer than the 1:1 line."""
        return min(self.verify, self.ceiling, identification_threshold(people, self.strangers_accepted))


INTERCEPT: Final = 0.1885
SLOPE: Final = 0.0559


def identification_threshold(people: int, rate: float) -> float:
    """Return the squared distance at which a share ``rate`` of strangers is taken for one of ``people``.

    A stranger is compared with N people, so the rate asks for the false accept rate
    FAR = 1 − (1 − rate)^(1/N) of a single comparison. Of SFace the impostors' tail was measured on all of
    LFW (1 % of strangers at cosine 0.40 with N = 50, 0.45 with 500, 0.48 with 1 680; 31 % and 64 % at 0.363
    with N = 500 and 1 680): over that range log FAR is linear in the cosine, c = 0.1885 − 0.0559 log₁₀ FAR.

    Args:
        people: N ≥ 1.
        rate: 0 < rate < 1.
    """
    single = -math.expm1(math.log1p(-rate) / max(1, people))
    cosine = min(1.0, INTERCEPT - SLOPE * math.log10(single))
    return 2.0 - 2.0 * cosine


@dataclass(frozen=True, eq=False)
class Known:
    """All encodings of one model in a gallery: row i of ``vectors`` belongs to ``people[owners[i]]``.

    ``owners`` never decreases and leaves nobody out: the encodings of one person stand together.
    """

    people: tuple[Person, ...]
    owners: NDArray[np.intp]
    vectors: Encodings

    @cached_property
    def starts(self) -> NDArray[np.intp] | None:
        """The first row of every person, or None when everybody has exactly one row."""
        if len(self.people) == len(self.owners):
            return None
        return np.flatnonzero(np.diff(self.owners, prepend=-1))

    def cosines(self, probe: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for every person the largest cosine between ``probe`` and an encoding of that person.

        Exact: one matrix-vector product over all encodings, bounded by reading them from memory once.
        """
        each: NDArray[np.float32] = self.vectors @ probe
        return each if self.starts is None else np.maximum.reduceat(each, self.starts)


@dataclass(frozen=True)
class Match:
    """The nearest person, how near, and how near the next other person is (None: there is none)."""

    person: Person | None
    distance: float | None
    second: Person | None = None
    second_distance: float | None = None


def distances(probes: Encodings, vectors: Encodings) -> Encodings:
    """Return the M × N squared distances between M probes and N encodings, clipped to 0..4."""
    squared: Encodings = np.clip(2.0 - 2.0 * (probes @ vectors.T), 0.0, 4.0)
    return squared


def nearest_people(probes: Encodings, known: Known) -> tuple[Match, ...]:
    """Return for each of M probes the nearest and the second nearest person, by their nearest encoding."""
    if not known.people:
        return tuple(Match(None, None) for _ in probes)
    return tuple(_match(known.cosines(probe), known) for probe in probes)


def _match(cosines: NDArray[np.float32], known: Known) -> Match:
    """Return the two best of one probe's cosines, one a person; of equal ones the first."""
    best = int(np.argmax(cosines))
    nearest = known.people[best], _distance(cosines[best])
    if len(cosines) == 1:
        return Match(*nearest)
    cosines[best] = -np.inf
    second = int(np.argmax(cosines))
    return Match(*nearest, known.people[second], _distance(cosines[second]))


def _distance(cosine: np.float32) -> float:
    return float(np.clip(2.0 - 2.0 * cosine, 0.0, 4.0))


def identify(match: Match, thresholds: Thresholds, people: int) -> Decision:
    """Decide 1:N: accept, stranger, or step-up.

    Step-up is the answer between the two lines, when two people are about as near, and for a known lookalike.
    """
    if match.distance is None or match.distance > thresholds.verify:
        return Decision.STRANGER
    if match.distance > thresholds.identify(people):
        return Decision.STEP_UP
    if match.person is not None and match.person.claim_only:
        return Decision.STEP_UP
    if match.second_distance is not None and match.second_distance - match.distance < thresholds.margin:
        return Decision.STEP_UP
    return Decision.ACCEPT


def verify(distance: float, threshold: float) -> Decision:
    """Decide 1:1: accept when the distance is at most τ. NaN is refused."""
    return Decision.ACCEPT if distance <= threshold else Decision.REFUSE
