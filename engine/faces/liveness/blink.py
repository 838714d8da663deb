"""When somebody blinks, from how far the eyes are open. Pure: no clock, no camera, no network.

Openness is the eye aspect ratio of Soukupová and Čech (Real-Time Eye Blink Detection using Facial Landmarks,
CVWW 2016, equation 1). It differs from face to face, so it is compared with what the same eyes showed in the
last seconds. Both eyes have to close and to open again, soon, and nothing else about them may change.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.liveness.covering import likeness

LEVEL_S: Final = 2.0
"""How open the eyes usually are is the median over so many seconds: two blinks do not move it."""

READINGS: Final = 5
"""Readings without which nothing is known of the usual."""

LEAST: Final = 0.12
"""Eyes that usually show less are shut or cannot be read: what they seem to do is noise."""

SHUT: Final = 0.6
"""Share of the usual up to which an eye is shut; closed lids read about 0.25."""

OPEN: Final = 0.8
"""Share of the usual from which it is open again."""

LONGEST_S: Final = 0.7
"""Shut for longer, it is no blink: somebody looks down, or rests the eyes."""

GAP_S: Final = 0.2
"""Frames further apart could hide what the eyes did meanwhile."""

ALIKE: Final = 0.7
"""Likeness to the last open frame from which nothing but lids has moved."""

PAIR_S: Final = 1.2
"""Two blinks belong together when the second begins so soon after the first."""


@dataclass(frozen=True)
class Lids:
    """How far the two eyes are open: eye aspect ratios, about 0.3 open, 0.06 shut; right is the person's.

    ``around`` is what is about them, as in :func:`~engine.faces.liveness.covering.surroundings`.
    """

    right: float
    left: float
    around: bytes = b""


def openness(points: NDArray[np.floating]) -> float:
    """Return the eye aspect ratio of six points of an eye (6 × 2): corner, lid, lid, corner, lid, lid.

    The second lies across from the last, the third from the fifth. NaN where the corners are one point.
    """
    p = np.asarray(points, np.float64)
    across = float(np.linalg.norm(p[0] - p[3]))
    apart = float(np.linalg.norm(p[1] - p[5]) + np.linalg.norm(p[2] - p[4]))
    return apart / (2.0 * across) if across > 0.0 else math.nan


@dataclass(frozen=True)
class Blinks:
    """What two eyes did so far.

    ``recent`` are the readings of the last seconds, each with its time. ``last`` is when the newest frame was
    taken. ``open``: they were seen open and did not shut since; ``shut``: when they did, after having been
    open. ``around`` is what was about them in the last frame that showed them open. ``done`` are the blinks,
    by when they began.
    """

    recent: tuple[tuple[float, Lids], ...] = ()
    last: float = -math.inf
    open: bool = False
    shut: float | None = None
    around: bytes = b""
    done: tuple[float, ...] = ()

    def twice(self, since: float) -> bool:
        """Whether two blinks that belong together began after ``since``."""
        return any(second - first <= PAIR_S for first, second in pairwise(self.done) if first >= since)


def watch(blinks: Blinks, time: float, lids: Lids | None) -> Blinks:
    """Return what the eyes did, after one more frame; ``lids`` None where they could not be read.

    After a frame that was not read, came late, or shows other surroundings than the last open eyes had,
    nothing is known until the eyes are seen open again. A frame that is not newer than the last says nothing.
    """
    if not time > blinks.last:
        return blinks
    recent = tuple(each for each in blinks.recent if time - each[0] <= LEVEL_S)
    unknown = replace(blinks, recent=recent, last=time, open=False, shut=None)
    if lids is None or not (math.isfinite(lids.right) and math.isfinite(lids.left)):
        return unknown
    usual, late = _usual(recent), time - blinks.last > GAP_S
    lost = usual is None or late or not likeness(blinks.around, lids.around) >= ALIKE
    after = replace(unknown if lost else blinks, recent=(*recent, (time, lids)), last=time)
    if usual is None:
        return after
    shares = (lids.right / usual.right, lids.left / usual.left)
    if min(shares) >= OPEN:
        return _opened(after, time, lids.around)
    if max(shares) <= SHUT and after.open:
        return replace(after, open=False, shut=time)
    return after


def _opened(blinks: Blinks, time: float, around: bytes) -> Blinks:
    blinked = blinks.shut is not None and time - blinks.shut <= LONGEST_S
    done = (*blinks.done, blinks.shut) if blinked and blinks.shut is not None else blinks.done
    return replace(blinks, open=True, shut=None, around=around, done=done)


def _usual(recent: tuple[tuple[float, Lids], ...]) -> Lids | None:
    """Return how open the eyes usually are; None where that is not known."""
    if len(recent) < READINGS:
        return None
    right = statistics.median(lids.right for _, lids in recent)
    left = statistics.median(lids.left for _, lids in recent)
    return Lids(right, left) if min(right, left) >= LEAST else None
