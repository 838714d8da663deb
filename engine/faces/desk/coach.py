"""The coach: one thing to do at a time, long enough to be read. No clock of its own."""

from __future__ import annotations

from typing import Final

from engine.faces.quality import Hint, Quality

USABLE: Final = 0.6
"""A frame whose worst component reaches this share of what is asked still counts, with little weight."""

APPEARS_S: Final = 0.3
"""What hinders for less than this is over before anybody could read about it."""

STANDS_S: Final = 1.2
"""A hint stands at least this long."""


def is_usable(quality: Quality) -> bool:
    """Whether a frame may count for the decision."""
    return quality.worst >= USABLE


class Coach:
    """Steadies the hints of successive frames."""

    def __init__(self) -> None:
        self._wanted: Hint | None = None
        self._wanted_since = 0.0
        self._shown: Hint | None = None
        self._shown_since = float("-inf")

    def advise(self, hint: Hint | None, time: float) -> Hint | None:
        """Return the hint to be shown at ``time`` (seconds), when a frame wants ``hint``."""
        if hint is not self._wanted:
            self._wanted, self._wanted_since = hint, time
        settled = time - self._wanted_since >= APPEARS_S
        readable = self._shown is None or time - self._shown_since >= STANDS_S
        if settled and readable and hint is not self._shown:
            self._shown, self._shown_since = hint, time
        return self._shown
