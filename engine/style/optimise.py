"""Two optimisers behind one small protocol: the gradient comes from outside, one step moves the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
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

    The direction is a sum of the vectors remembered and the gradient, so the recursion runs on the sum's
    coefficients (Chen, Wang and Zhou 2014, "Large-scale L-BFGS using MapReduce", algorithm 3): all vectors
    lie in one matrix that is read twice a step, instead of each vector nine times.
    """

    HISTORY = 10
    FIRST_MOVE = 1e-3
    """Mean change of a value in the first step, before anything is known of the curvature."""
    LARGEST_MOVE = 0.1
    """Mean change of a value that no step exceeds: no line search would catch a bad one."""
    _PLACES = HISTORY + 1
    """One more than pairs are kept: a pair is measured in place before the oldest one is given up."""

    def __init__(self) -> None:
        self._vectors: Tensor | None = None
        self._products = np.zeros((2 * self._PLACES + 1,) * 2)
        self._pairs: list[int] = []
        self._free = 0
        self._iterate: Tensor | None = None
        self._blind = 0

    def step(self, picture: Tensor, gradient: Tensor) -> None:
        """Take one step."""
        self._learn(picture, gradient)
        assert self._vectors is not None
        self._iterate = picture.clone()
        factors = direction_of(self._products, self._pairs, self._PLACES)
        direction = (torch.from_numpy(factors).to(self._vectors) @ self._vectors).view_as(picture)
        mean = float(direction.abs().mean())
        most = self.LARGEST_MOVE
        if not self._pairs:
            most = min(most, self.FIRST_MOVE * 2**self._blind)
            self._blind += 1
        shrink = most / mean if mean > 0 and (mean > most or not self._pairs) else 1.0
        picture.add_(direction, alpha=-shrink).clamp_(0, 1)

    def _learn(self, picture: Tensor, gradient: Tensor) -> None:
        """Take the gradient, and the move and bend since the last one, into the matrix and its products."""
        if self._vectors is None or self._iterate is None:
            self._vectors = gradient.new_zeros((2 * self._PLACES + 1, gradient.numel()))
            self._vectors[-1] = gradient.flatten()
            return
        moved, bent = self._free, self._PLACES + self._free
        torch.sub(picture.flatten(), self._iterate.flatten(), out=self._vectors[moved])
        torch.sub(gradient.flatten(), self._vectors[-1], out=self._vectors[bent])
        self._vectors[-1] = gradient.flatten()
        fresh = [moved, bent, 2 * self._PLACES]
        products = (self._vectors @ self._vectors[fresh].T).double().cpu().numpy()
        self._products[:, fresh] = products
        self._products[fresh, :] = products.T
        curvature = self._products[moved, bent]
        if curvature > 1e-10 * np.sqrt(self._products[moved, moved] * self._products[bent, bent]):
            self._pairs = [*self._pairs[-self.HISTORY + 1 :], moved]
            self._free = next(place for place in range(self._PLACES) if place not in self._pairs)

    def objective_changed(self, recipe: Recipe) -> None:
        """Clear the history: gradients before and after the change do not belong to one curve."""
        self._forget()

    def rescaled(self, height: int, width: int) -> None:
        """Clear the history."""
        self._forget()

    def _forget(self) -> None:
        self._vectors = self._iterate = None
        self._pairs, self._free, self._blind = [], 0, 0

    def memory(self) -> Memory:
        """The matrix with its products, which of its rows are pairs, and the last iterate."""
        if self._vectors is None or self._iterate is None:
            return {}
        return {
            "vectors": self._vectors,
            "products": torch.from_numpy(self._products),
            "pairs": torch.tensor(self._pairs, dtype=torch.int64),
            "free": torch.tensor(self._free),
            "iterate": self._iterate,
            "blind": torch.tensor(self._blind),
        }

    def restore(self, memory: Mapping[str, Tensor]) -> None:
        """Take over what :meth:`memory` gave.

        Raises:
            ValueError: its parts do not belong together.
        """
        if not memory:
            return
        self._vectors, self._iterate = memory["vectors"].clone(), memory["iterate"].clone()
        if self._vectors.shape != (len(self._products), self._iterate.numel()):
            raise ValueError("the history is of another size")
        self._products[:] = memory["products"].cpu().numpy()
        self._pairs = memory["pairs"].tolist()
        self._free, self._blind = int(memory["free"]), int(memory["blind"])


def direction_of(products: NDArray[np.float64], pairs: Sequence[int], places: int) -> NDArray[np.float64]:
    """Return the coefficients of the inverse Hessian's estimate times the gradient (the two-loop recursion).

    Args:
        products: of all rows with each other: ``places`` moves s, as many bends y, the gradient.
        pairs: which places are in use, the oldest first.
        places: how many there are.
    """
    factors = np.zeros(len(products))
    factors[-1] = 1.0
    weights = {}
    for moved in reversed(pairs):
        bent = places + moved
        weights[moved] = factors @ products[:, moved] / products[moved, bent]
        factors[bent] -= weights[moved]
    if pairs:
        moved, bent = pairs[-1], places + pairs[-1]
        factors *= products[moved, bent] / products[bent, bent]
    for moved in pairs:
        bent = places + moved
        factors[moved] += weights[moved] - factors @ products[:, bent] / products[moved, bent]
    return factors


def make_optimiser(recipe: Recipe) -> Optimiser:
    """Return the optimiser that the recipe names."""
    return Adam(recipe.learning_rate) if recipe.optimizer == "adam" else LBFGS()
