"""What the window asks of the machine before a painting begins: its speed, and its free memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.jobs import Task
from engine.models import Models
from engine.style.recipe import Recipe
from engine.style.speed import Speed, measure_speed


@dataclass(frozen=True)
class Machine:
    """The speed for one network and style loss; ``free_bytes`` is 0 where it is unknown."""

    speed: Speed
    free_bytes: int


def look_at_machine(models: Models, recipe: Recipe, path: Path) -> Task[None, Machine]:
    """Measure, or read what was measured before; see :func:`engine.style.speed.measure_speed`.

    Raises:
        EngineError: of the network's file.
    """
    speed = yield from measure_speed(models, recipe, path)
    from engine.style.memory import free_memory_bytes

    return Machine(speed, free_memory_bytes(models.device))
