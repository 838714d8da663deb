"""Which triplets of a batch teach: random, semi-hard or hard negatives."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Triplets:
    """Places in the batch, T each: anchor A, positive P (the same person), negative N (another one)."""

    anchor: Tensor
    positive: Tensor
    negative: Tensor


def squared_distances(encodings: Tensor) -> Tensor:
    """Return the B × B squared distances of B unit encodings, never negative."""
    return (2.0 - 2.0 * encodings @ encodings.T).clamp(min=0.0)


def mine(distances: Tensor, labels: Tensor, mining: str, draws: Tensor) -> Triplets:
    """Choose triplets.

    * ``random``: every ordered same pair (A, P), each with any negative.
    * ``semihard`` (Schroff, Kalenichenko, Philbin 2015, section 3.2): every ordered same pair with the
      nearest negative that is farther than P; where none is, with the farthest negative.
    * ``hard`` (Hermans, Beyer, Leibe 2017, "batch hard"): every anchor with its farthest positive and its
      nearest negative.

    Args:
        distances: B × B squared distances, without gradient.
        labels: B; equal for one person.
        mining: one of the three.
        draws: B × B numbers in [0, 1); entry (A, P) decides the random negative of that pair.

    Returns:
        no triplets when nobody has two photos or there is only one person.
    """
    same = labels[:, None] == labels[None]
    pairs = same & ~torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    has_negative = (~same).any(dim=1, keepdim=True)
    if mining == "hard":
        anchor = torch.nonzero((pairs & has_negative).any(dim=1)).flatten()
        positive = distances[anchor].masked_fill(~pairs[anchor], -torch.inf).argmax(dim=1)
        return Triplets(anchor, positive, _nearest(distances[anchor], ~same[anchor]))
    anchor, positive = torch.nonzero(pairs & has_negative, as_tuple=True)
    negatives, rows = ~same[anchor], distances[anchor]
    if mining == "random":
        return Triplets(anchor, positive, _drawn(negatives, draws[anchor, positive]))
    beyond = negatives & (rows > distances[anchor, positive][:, None])
    farthest = rows.masked_fill(~negatives, -torch.inf).argmax(dim=1)
    negative = torch.where(beyond.any(dim=1), _nearest(rows, beyond), farthest)
    return Triplets(anchor, positive, negative)


def _nearest(rows: Tensor, allowed: Tensor) -> Tensor:
    return rows.masked_fill(~allowed, torch.inf).argmin(dim=1)


def _drawn(allowed: Tensor, draws: Tensor) -> Tensor:
    """Return in each row the place of the allowed entry that a number in [0, 1) points at."""
    counts = allowed.sum(dim=1)
    wanted = torch.minimum((draws * counts).long(), counts - 1)
    reached = allowed.cumsum(dim=1) == (wanted + 1)[:, None]
    return (reached & allowed).long().argmax(dim=1)
