"""Two optimisers behind one small protocol: the gradient is computed outside, one step moves the picture."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from engine.style.recipe import Recipe


class Optimiser(Protocol):
    """Moves a picture once its gradient (``picture.grad``) is known."""

    def step(self, loss: Tensor) -> None:
        """Take one step from an iterate with this loss."""


class Adam:
    """Adam (Kingma & Ba 2015) with a step length of ``learning_rate`` of the range 0..1."""

    def __init__(self, picture: Tensor, learning_rate: float) -> None:
        self._adam = torch.optim.Adam([picture], lr=learning_rate, betas=(0.9, 0.99))

    def step(self, loss: Tensor) -> None:
        """Take one step."""
        self._adam.step()


class LBFGS:
    """L-BFGS (Liu & Nocedal 1989), history 10, one evaluation an iteration and no line search.

    torch leaves out curvature pairs with yᵀs ≤ 1e-10 and stops at small gradients. The losses here are
    means over positions, so that their gradients are small: the objective is scaled up by the number of
    values in the picture (:func:`gradient_scale`), which changes no direction, and the stops are off.
    """

    def __init__(self, picture: Tensor) -> None:
        self._lbfgs = torch.optim.LBFGS(
            [picture], lr=1.0, max_iter=1, history_size=10, tolerance_grad=0.0, tolerance_change=0.0
        )

    def step(self, loss: Tensor) -> None:
        """Take one step."""
        self._lbfgs.step(lambda: loss)  # type: ignore[no-untyped-call,arg-type,unused-ignore]


def gradient_scale(picture: Tensor) -> float:
    """Return the factor by which the objective is scaled before it is differentiated."""
    return float(picture.numel())


def make_optimiser(recipe: Recipe, picture: Tensor) -> Optimiser:
    """Return the optimiser that the recipe names, for this picture (a leaf with requires_grad)."""
    if recipe.optimizer == "adam":
        return Adam(picture, recipe.learning_rate)
    return LBFGS(picture)
