"""How good a liveness check is, in the terms of ISO/IEC 30107-3, with bounds that hold for small numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

CONFIDENCE: Final = 0.95


@dataclass(frozen=True)
class Share:
    """``count`` of ``trials``, and the two-sided 95 % bounds after Clopper and Pearson (1934)."""

    count: int
    trials: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share; None without a trial."""
        return self.count / self.trials if self.trials else None


def clopper_pearson(count: int, trials: int, confidence: float = CONFIDENCE) -> Share:
    """Return the exact bounds of a binomial share.

    Args:
        count: 0 ≤ count ≤ trials.
    """
    tail = (1.0 - confidence) / 2.0
    low = 0.0 if count == 0 else _solve(lambda p: 1.0 - _cumulative(count - 1, trials, p), tail, rising=True)
    high = 1.0 if count == trials else _solve(lambda p: _cumulative(count, trials, p), tail, rising=False)
    return Share(count, trials, low, high)


@dataclass(frozen=True)
class Presentation:
    """One presentation to the check: its species ("live", "print" …) and what was decided."""

    species: str
    accepted: bool
    refused: bool


@dataclass(frozen=True)
class AttackReport:
    """``apcer``: share of the attacks of each species that were accepted; ``apcer_doubt``: neither accepted
    nor refused. ``bpcer``: share of the living that were refused; ``bpcer_doubt``: of whom more was asked.
    """

    apcer: dict[str, Share]
    apcer_doubt: dict[str, Share]
    bpcer: Share
    bpcer_doubt: Share


def attack_report(presentations: Sequence[Presentation]) -> AttackReport:
    """Count. Presentations of unknown species ("") are left out."""
    living = [shown for shown in presentations if shown.species == "live"]
    attacks: dict[str, list[Presentation]] = {}
    for shown in presentations:
        if shown.species not in ("live", ""):
            attacks.setdefault(shown.species, []).append(shown)
    return AttackReport(
        {name: clopper_pearson(sum(s.accepted for s in some), len(some)) for name, some in attacks.items()},
        {name: clopper_pearson(_doubts(some), len(some)) for name, some in attacks.items()},
        clopper_pearson(sum(shown.refused for shown in living), len(living)),
        clopper_pearson(_doubts(living), len(living)),
    )


def _doubts(some: Sequence[Presentation]) -> int:
    return sum(not shown.accepted and not shown.refused for shown in some)


def _cumulative(count: int, trials: int, p: float) -> float:
    """Return P(X ≤ count) for X binomial(trials, p)."""
    if p <= 0.0:
        return 1.0
    if p >= 1.0:
        return float(count >= trials)
    logs = [
        math.lgamma(trials + 1)
        - math.lgamma(k + 1)
        - math.lgamma(trials - k + 1)
        + k * math.log(p)
        + (trials - k) * math.log1p(-p)
        for k in range(count + 1)
    ]
    return min(1.0, math.fsum(map(math.exp, logs)))


def _solve(tail_of: Callable[[float], float], tail: float, *, rising: bool) -> float:
    """Return where a monotonic function of p reaches ``tail``, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if (tail_of(middle) < tail) is rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
