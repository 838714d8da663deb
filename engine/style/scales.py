"""From small to large: the sizes a painting passes through, and how many iterations each gets. No torch."""

from __future__ import annotations

import math

SMALLEST = 128
"""The pyramid's first longer side is this or up to √2 times more."""


def scale_sizes(size: int, *, pyramid: bool, elongation: float = 1.0, shortest: int = 1) -> tuple[int, ...]:
    """Return the longer sides of all scales; each is √2 times the one before, the last is ``size``.

    Args:
        size: longer side of the finished painting.
        pyramid: whether there is more than one scale.
        elongation: longer ÷ shorter side of the most elongated picture.
        shortest: no picture's shorter side may be less; scales that are too small for it are left out.
    """
    sizes = [size]
    least = max(float(SMALLEST), shortest * elongation)
    while pyramid and round(size / math.sqrt(2) ** len(sizes)) >= least:
        sizes.append(round(size / math.sqrt(2) ** len(sizes)))
    return tuple(reversed(sizes))


def share_iterations(iterations: int, scales: int) -> tuple[int, ...]:
    """Return how many iterations each scale gets: equal shares, what is left over goes to the last ones.

    With fewer iterations than scales the smallest scales get none.
    """
    least, rest = divmod(iterations, scales)
    return tuple(least + (index >= scales - rest) for index in range(scales))
