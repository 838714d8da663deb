"""How far a piece of work has come, and when it will be done."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Part of every snapshot of long work.

    ``total`` is 0 and ``seconds_left`` is None while they are not known yet.
    """

    done: int
    total: int
    seconds: float
    seconds_left: float | None

    @property
    def fraction(self) -> float:
        """Share done, 0..1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class Pace:
    """Estimates the time left from the time taken since it was made.

    The first unit of work pays for allocations and caches, so the rate is taken from the second on.
    """

    def __init__(self, total: int, *, done: int = 0) -> None:
        self._total = total
        self._start = time.monotonic()
        self._first: tuple[int, float] | None = None
        self._already = done

    def at(self, done: int) -> Progress:
        """Return the progress after ``done`` units."""
        seconds = time.monotonic() - self._start
        if self._first is None and done > self._already:
            self._first = (done, seconds)
        left: float | None = None
        if self._first is not None and done > self._first[0]:
            left = (seconds - self._first[1]) / (done - self._first[0]) * max(0, self._total - done)
        return Progress(done, self._total, seconds, left)
