"""What can be changed while a painting grows. No torch."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.style.recipe import Recipe


@dataclass(frozen=True)
class Controls:
    """The settings of a recipe that act on the next iteration of a running painting.

    Each has the name, the meaning and the range of the recipe's own setting. ``style_weights`` has one
    number for each style, or is empty for equal shares; a change of ``brush`` measures the styles anew
    before the next iteration, which takes about as long as half an iteration for each of them.
    """

    weighting: str
    strength: float
    alpha: float
    beta: float
    lambda1: float
    lambda2: float
    lambda3: float
    lambda4: float
    lambda5: float
    style_weights: tuple[float, ...]
    brush: float
    smoothing: float
    learning_rate: float
    unit_weight: float = 1.0

    @classmethod
    def of(cls, recipe: Recipe) -> Controls:
        """Return the controls as a recipe sets them."""
        return cls(**{field.name: getattr(recipe, field.name) for field in dataclasses.fields(cls)})

    def on(self, recipe: Recipe) -> Recipe:
        """Return the recipe with these controls in place of its own."""
        return dataclasses.replace(recipe, **self.to_json() | {"style_weights": self.style_weights})

    def to_json(self) -> dict[str, Any]:
        """Return a JSON object; :meth:`from_json` reads it back."""
        return dataclasses.asdict(self) | {"style_weights": list(self.style_weights)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Controls:
        """Read what :meth:`to_json` gave; KeyError or TypeError for anything else."""
        return cls(**{**values, "style_weights": tuple(values["style_weights"])})


CONTROL_NAMES = tuple(field.name for field in dataclasses.fields(Controls))
"""The names of the settings that act at once; every other one waits for the next run."""
