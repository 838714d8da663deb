"""Latest[T]: a one-slot mailbox in which the newest value wins. No Qt and no torch."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """A mailbox with one slot. A slow reader misses values, never delays the writer.

    ``on_put`` runs on the writer's thread after each :meth:`put`; it should only wake somebody.
    """

    def __init__(self, on_put: Callable[[], None] | None = None) -> None:
        self.on_put = on_put
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> None:
        """Replace whatever is in the slot."""
        with self._lock:
            self._value = value
        if self.on_put is not None:
            self.on_put()

    def take(self) -> T | None:
        """Empty the slot: the newest value since the last take, or None."""
        with self._lock:
            value, self._value = self._value, None
        return value
