"""Two optimisers behind one small protocol: the gradient comes from outside, one step moves the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.style.recipe import Recipe

Memory = dict[str, Tensor]
"""What an optimiser remembers, by name. Counts are tensors too, so that one file format holds all."""


class Optimiser(Protocol):
    """Moves a picture in place, against a gradient of its shape."""

    def step(self, picture: Tensor, gradient: Tensor) -> None:
        """Take one step and stay within 0..1."""

    def objective_changed(self, recipe: Recipe) -> None:
        """Forget what no longer holds when the weights of the objective have been changed."""

    def rescaled(self, height: int, width: int) -> None:
        """Carry over to a picture of another size what still holds there."""

    def memory(self) -> Memory:
        """Return what :meth:`restore` needs to go on to the bit; the tensors are its own, not copies."""

    def restore(self, memory: Mapping[str, Tensor]) -> None:
        """Take over what :meth:`memory` gave."""


class Adam:
    """Adam (Kingma & Ba 2015, algorithm 1) with steps of ``learning_rate`` of the range 0..1.

    The moments survive a change of the objective, which they forget by themselves within some 20
    iterations, and are enlarged with the picture when a scale ends.
    """

    DECAY = (0.9, 0.99)
    EPSILON = 1e-8

    def __init__(self, learning_rate: float) -> None:
        self._rate = learning_rate
        self._count = 0
        self._first: Tensor | None = None
        self._second: Tensor | None = None

    def step(self, picture: Tensor, gradient: Tensor) -> None:
        """Take one step."""
        if self._first is None or self._second is None:
            self._first, self._second = torch.zeros_like(picture), torch.zeros_like(picture)
        decay1, decay2 = self.DECAY
        self._count += 1
        self._first.lerp_(gradient, 1 - decay1)
        self._second.mul_(decay2).addcmul_(gradient, gradient, value=1 - decay2)
        root = (self._second / (1 - decay2**self._count)).sqrt_().add_(self.EPSILON)
        picture.addcdiv_(self._first, root, value=-self._rate / (1 - decay1**self._count))
        picture.clamp_(0, 1)

    def objective_changed(self, recipe: Recipe) -> None:
        """Take over the learning rate."""
        self._rate = recipe.learning_rate

    def rescaled(self, height: int, width: int) -> None:
        """Enlarge both moments; gradients are per pixel, so their size holds at every scale."""
        if self._first is not None and self._second is not None:
            size = (height, width)
            self._first = F.interpolate(self._first, size, mode="bicubic", align_corners=False)
            self._second = F.interpolate(self._second, size, mode="bilinear", align_corners=False)

    def memory(self) -> Memory:
        """Both moments and the number of steps."""
        if self._first is None or self._second is None:
            return {}
        return {"first": self._first, "second": self._second, "count": torch.tensor(self._count)}

    def restore(self, memory: Mapping[str, Tensor]) -> None:
        """Take over both moments and the number of steps."""
        if memory:
            self._first, self._second = memory["first"].clone(), memory["second"].clone()
            self._count = int(memory["count"])


class LBFGS:
    """L-BFGS (Nocedal & Wright 2006, algorithm 7.4) with history 10, one evaluation a step, no line search.

    The difference of two iterates is taken after both were brought back to 0..1, so that the curvature is
    that of the move that was really made. A pair without positive curvature is left out; as long as there is
    none with it (far below a Gram matrix's target the loss curves downwards) the steps follow the gradient
    and double.
    """

    HISTORY = 10
    FIRST_MOVE = 1e-3
    """Mean change of a value in the first step, before anything is known of the curvature."""
    LARGEST_MOVE = 0.1
    """Mean change of a value that no step exceeds: no line search would catch a bad one."""

    def __init__(self) -> None:
        self._pairs: list[tuple[Tensor, Tensor]] = []
        self._before: tuple[Tensor, Tensor] | None = None
        self._blind = 0

    def step(self, picture: Tensor, gradient: Tensor) -> None:
        """Take one step."""
        self._learn(picture, gradient)
        self._before = (picture.clone(), gradient.clone())
        direction = self._direction(gradient)
        mean = float(direction.abs().mean())
        most = self.LARGEST_MOVE
        if not self._pairs:
            most = min(most, self.FIRST_MOVE * 2**self._blind)
            self._blind += 1
        shrink = most / mean if mean > 0 and (mean > most or not self._pairs) else 1.0
        picture.add_(direction, alpha=-shrink).clamp_(0, 1)

    def _learn(self, picture: Tensor, gradient: Tensor) -> None:
        if self._before is None:
            return
        moved, bent = picture - self._before[0], gradient - self._before[1]
        lengths = float(torch.linalg.vector_norm(moved) * torch.linalg.vector_norm(bent))
        if float(_dot(moved, bent)) > 1e-10 * lengths:
            self._pairs = [*self._pairs[-self.HISTORY + 1 :], (moved, bent)]

    def _direction(self, gradient: Tensor) -> Tensor:
        """Return the inverse Hessian's estimate times the gradient (the two-loop recursion)."""
        direction = gradient.clone()
        weights: list[Tensor] = []
        for moved, bent in reversed(self._pairs):
            weights.append(_dot(moved, direction) / _dot(moved, bent))
            direction.sub_(bent * weights[-1])
        if self._pairs:
            moved, bent = self._pairs[-1]
            direction.mul_(_dot(moved, bent) / _dot(bent, bent))
        for (moved, bent), weight in zip(self._pairs, reversed(weights), strict=True):
            direction.add_(moved * (weight - _dot(bent, direction) / _dot(moved, bent)))
        return direction

    def objective_changed(self, recipe: Recipe) -> None:
        """Clear the history: gradients before and after the change do not belong to one curve."""
        self._pairs, self._before, self._blind = [], None, 0

    def rescaled(self, height: int, width: int) -> None:
        """Clear the history."""
        self._pairs, self._before, self._blind = [], None, 0

    def memory(self) -> Memory:
        """The pairs, and the last iterate with its gradient."""
        found: Memory = {}
        for index, (moved, bent) in enumerate(self._pairs):
            found |= {f"moved.{index}": moved, f"bent.{index}": bent}
        if self._before is not None:
            found |= {"iterate": self._before[0], "gradient": self._before[1]}
            found["blind"] = torch.tensor(self._blind)
        return found

    def restore(self, memory: Mapping[str, Tensor]) -> None:
        """Take over the pairs, and the last iterate with its gradient."""
        count = sum(name.startswith("moved.") for name in memory)
        self._pairs = [(memory[f"moved.{i}"].clone(), memory[f"bent.{i}"].clone()) for i in range(count)]
        self._before = None
        if "iterate" in memory:
            self._before = (memory["iterate"].clone(), memory["gradient"].clone())
            self._blind = int(memory["blind"])


def _dot(one: Tensor, other: Tensor) -> Tensor:
    return torch.dot(one.flatten(), other.flatten())


def make_optimiser(recipe: Recipe) -> Optimiser:
    """Return the optimiser that the recipe names."""
    return Adam(recipe.learning_rate) if recipe.optimizer == "adam" else LBFGS()
