"""What is made small: the triplet loss, pairwise classification, and softmax as the foil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.faces.sface import DIMENSIONS
from engine.faces.training.mining import Triplets, mine, squared_distances
from engine.faces.training.recipe import TrainRecipe

TINY: Final = 1e-8
"""Keeps χ² finite where both encodings are 0 in a dimension."""

SHARPNESS: Final = 16.0
"""Factor of the softmax's logits: encodings have length 1, and a softmax of small numbers is never sharp."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """The loss of a batch (with its graph) and the share of triplets, pairs or photos that still teach."""

    loss: Tensor
    active: Tensor


def triplet_loss(positive: Tensor, negative: Tensor, margin: float) -> Tensor:
    """Return max(d(A, P) − d(A, N) + α, 0) of each triplet (Schroff et al. 2015, eq. 2).

    Args:
        positive, negative: T squared distances each.
        margin: α.
    """
    return (positive - negative + margin).clamp(min=0.0)


def absolute_difference(first: Tensor, second: Tensor) -> Tensor:
    """Return |f_k − f′_k|, N × D (Taigman et al. 2014, section 5; Koch et al. 2015)."""
    return (first - second).abs()


def chi_square(first: Tensor, second: Tensor) -> Tensor:
    """Return (f_k − f′_k)² / (|f_k| + |f′_k|), N × D.

    Taigman et al. 2014, section 5, divide by f_k + f′_k, since their encodings are never negative. Ours have
    signs, so the sum of absolute values stands there: equal where both are positive, finite everywhere.
    """
    return (first - second).square() / (first.abs() + second.abs() + TINY)


FEATURES: Final = {"logistic": absolute_difference, "chi2": chi_square}


class PairHead(nn.Module):
    """ŷ = σ(Σ w_k x_k + b): the probability that two encodings are of one person.

    It starts as a plain distance: all w_k = −1.

    Args:
        kind: "logistic" (x = |f − f′|) or "chi2".
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.weight = nn.Parameter(torch.full((DIMENSIONS,), -1.0))
        self.bias = nn.Parameter(torch.tensor(10.0))

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Return the N logits of ŷ for two N × 128 encodings."""
        return FEATURES[self.kind](first, second) @ self.weight + self.bias


class Objective(nn.Module):
    """The loss of a batch of encodings; what it learns beside the encoder are its parameters."""

    def forward(self, encodings: Tensor, labels: Tensor, classes: Tensor, draws: Tensor) -> Outcome:
        """Return the loss.

        Args:
            encodings: B × 128, of length 1.
            labels: B; equal for one person, counted in the batch.
            classes: B; equal for one person, counted through all people learned from.
            draws: B × B numbers in [0, 1) for random negatives.
        """
        raise NotImplementedError


class TripletObjective(Objective):
    """The mean triplet loss over the mined triplets."""

    def __init__(self, mining: str, margin: float) -> None:
        super().__init__()
        self._mining, self._margin = mining, margin

    def forward(self, encodings: Tensor, labels: Tensor, classes: Tensor, draws: Tensor) -> Outcome:
        """See :class:`Objective`."""
        distances = squared_distances(encodings)
        chosen = mine(distances.detach(), labels, self._mining, draws)
        losses = triplet_loss(
            distances[chosen.anchor, chosen.positive], distances[chosen.anchor, chosen.negative], self._margin
        )
        return Outcome(losses.mean(), (losses > 0).double().mean())


class PairObjective(Objective):
    """Binary cross entropy over same pairs and, by the same mining, as many different pairs."""

    def __init__(self, kind: str, mining: str) -> None:
        super().__init__()
        self.head = PairHead(kind)
        self._mining = mining

    def forward(self, encodings: Tensor, labels: Tensor, classes: Tensor, draws: Tensor) -> Outcome:
        """See :class:`Objective`."""
        chosen: Triplets = mine(squared_distances(encodings.detach()), labels, self._mining, draws)
        anchor = encodings[chosen.anchor]
        same = self.head(anchor, encodings[chosen.positive])
        different = self.head(anchor, encodings[chosen.negative])
        loss = F.softplus(-same).mean() / 2 + F.softplus(different).mean() / 2
        wrong = ((same <= 0).double().mean() + (different > 0).double().mean()) / 2
        return Outcome(loss, wrong)


class SoftmaxObjective(Objective):
    """Cross entropy of a K-way softmax over everybody in the training part."""

    def __init__(self, classes: int, seed: int) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.dense = nn.Linear(DIMENSIONS, classes)

    def forward(self, encodings: Tensor, labels: Tensor, classes: Tensor, draws: Tensor) -> Outcome:
        """See :class:`Objective`."""
        logits = SHARPNESS * self.dense(encodings)
        return Outcome(F.cross_entropy(logits, classes), (logits.argmax(dim=1) != classes).double().mean())


def objective_for(recipe: TrainRecipe, classes: int) -> Objective:
    """Return what a recipe asks for; ``classes`` is the number of people learned from."""
    if recipe.loss == "triplet":
        return TripletObjective(recipe.mining, recipe.margin)
    if recipe.loss == "softmax":
        return SoftmaxObjective(classes, recipe.seed)
    return PairObjective(recipe.loss, recipe.mining)
