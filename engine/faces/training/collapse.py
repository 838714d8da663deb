"""Noticing that learning has collapsed (all encodings equal), or has nothing left to learn. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import Collapse, StepRecord

PATIENCE: Final = 8
"""So many steps in a row have to look collapsed."""

EQUAL: Final = 0.01
"""Encodings whose mean squared distance from their mean is below this are all but equal."""

NEAR_MARGIN: Final = 0.1
"""Share of α by which a loss that is stuck there may differ from it."""

ADVICE: Final = (
    "All encodings have become equal, so the loss stays at the margin. Choose semi-hard negatives instead of "
    "hard ones, or a learning rate ten times smaller, and start again."
)

IDLE_STEPS: Final = 12
IDLE_SHARE: Final = 0.02
"""When over so many steps fewer triplets than this share still teach, hardly anything is learned."""

IDLE_ADVICE: Final = (
    "Hardly any triplet still teaches. Choose hard negatives or a larger margin to learn more from these "
    "photos, or end the run."
)


def collapse_of(steps: Sequence[StepRecord], recipe: TrainRecipe) -> Collapse | None:
    """Return since when a run has been collapsed; None while it is not.

    Args:
        steps: all steps so far.
    """
    if len(steps) < PATIENCE or not all(_collapsed(step, recipe) for step in steps[-PATIENCE:]):
        return None
    first = len(steps) - PATIENCE
    while first > 0 and _collapsed(steps[first - 1], recipe):
        first -= 1
    return Collapse(steps[first].step, steps[-1].spread, ADVICE)


def is_idle(steps: Sequence[StepRecord], recipe: TrainRecipe) -> bool:
    """Return whether hardly any triplet of the last steps had a loss: all keep the margin already."""
    if recipe.loss != "triplet" or len(steps) < IDLE_STEPS:
        return False
    return sum(step.active_fraction for step in steps[-IDLE_STEPS:]) < IDLE_SHARE * IDLE_STEPS


def _collapsed(step: StepRecord, recipe: TrainRecipe) -> bool:
    if step.spread >= EQUAL:
        return False
    return recipe.loss != "triplet" or abs(step.loss - recipe.margin) <= NEAR_MARGIN * recipe.margin
