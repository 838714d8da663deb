"""What error rates mean: for a gallery of N, and from how few trials. No torch."""

from __future__ import annotations

import math


def far_of_gallery(far: float, people: int) -> float:
    """Return 1 − (1 − FAR)^N: how often a stranger is taken for one of N people.

    Holds for independent comparisons (Grother and Phillips 2004); exact also for a FAR of 1e-12.

    Args:
        far: false accept rate of one comparison, 0..1.
        people: N ≥ 0.
    """
    if far >= 1.0:
        return 1.0 if people else 0.0
    return -math.expm1(people * math.log1p(-far))


def rule_of_three(trials: int) -> float:
    """Return 3/n: with n trials and not one error, the rate is below this with 95 % confidence.

    Hanley and Lippman-Hand 1983; from (1 − p)^n = 0.05. At most 1.
    """
    return min(1.0, 3.0 / trials) if trials > 0 else 1.0
