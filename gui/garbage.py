"""Collector: Python's garbage is collected on the thread of the window, and on no other.

Python collects reference cycles on whichever thread happens to allocate. If that is the engine's, and a
widget is part of a cycle, Qt destroys the widget on the wrong thread: the program hangs or aborts. On the
window's own thread the moment can be wrong: a new style or language goes through a list of all widgets, calls
their handlers, and crashes at one that a handler's allocation took away. A timer comes between such events.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 100
"""How often it is looked whether there is enough to collect; looking takes a microsecond."""


class Collector(QObject):
    """Takes over from Python's own collection, by the same thresholds, until :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due; only the young ones are looked through often."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [age for age in range(3) if counts[age] > thresholds[age] > 0]
        if due:
            gc.collect(max(due))

    def spare(self) -> None:
        """Never look through what is there now, such as all modules: that would take a tenth of a second."""
        gc.freeze()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
