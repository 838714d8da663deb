"""The wires between a running painting and whoever drives it: controls go in, the run's state comes out."""

from __future__ import annotations

import threading

from engine.images import Rgb16
from engine.latest import Latest
from engine.style.controls import Controls
from engine.style.recipe import Recipe
from engine.style.runstate import RunState


class Live:
    """Give one to :func:`engine.style.tasks.paint` and keep it; every method may be called from any thread.

    ``state`` receives a :class:`RunState` after :meth:`ask_for_state`, and always when the run ends
    before its last iteration, whatever ended it: a cancelled job, a closed window, an error. ``deep``
    receives the picture with 16 bits a channel then, for prints of a painting that was stopped.

    Args:
        recipe: the recipe that is being painted.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.state: Latest[RunState] = Latest()
        self.deep: Latest[Rgb16] = Latest()
        self._recipe = recipe
        self._controls: Latest[Controls] = Latest()
        self._asked = threading.Event()

    def change(self, controls: Controls) -> None:
        """Let these controls act from the next iteration on; the newest win.

        Adam's moments are kept. L-BFGS forgets its history, which describes another objective.

        Raises:
            EngineError: BAD_VALUE when a value is out of range; nothing changes then.
        """
        controls.on(self._recipe).check()
        self._controls.put(controls)

    def ask_for_state(self) -> None:
        """Have the run's state put into ``state`` after the iteration under way."""
        self._asked.set()

    def take_controls(self) -> Controls | None:
        """For the engine: the newest controls that have not been taken yet."""
        return self._controls.take()

    def take_request(self) -> bool:
        """For the engine: whether the state has been asked for since the last call."""
        asked = self._asked.is_set()
        self._asked.clear()
        return asked
