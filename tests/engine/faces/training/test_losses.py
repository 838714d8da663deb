"""Losses, gradients and mining against NumPy written on its own, in fp64."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from engine.faces.training.losses import (
    SHARPNESS,
    PairHead,
    PairObjective,
    SoftmaxObjective,
    TripletObjective,
    chi_square,
)
from engine.faces.training.mining import mine, squared_distances

MINING = ("random", "semihard", "hard")
LABELS = np.array([0, 0, 0, 1, 1, 2, 3, 3, 3, 3])


def batch(seed: int, dimensions: int = 128) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(4, dimensions))
    vectors = centres[LABELS] + 1.1 * rng.normal(size=(len(LABELS), dimensions))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def apart(vectors: np.ndarray) -> np.ndarray:
    return np.array([[((a - b) ** 2).sum() for b in vectors] for a in vectors])


def mined(vectors: np.ndarray, mining: str, draws: np.ndarray) -> list[tuple[int, int, int]]:
    """The definitions, one anchor after the other."""
    d, count, chosen = apart(vectors), len(LABELS), []
    for a in range(count):
        positives = [p for p in range(count) if p != a and LABELS[p] == LABELS[a]]
        negatives = [n for n in range(count) if LABELS[n] != LABELS[a]]
        if mining == "hard" and positives:
            chosen.append((a, max(positives, key=lambda p: d[a, p]), min(negatives, key=lambda n: d[a, n])))
        for p in positives if mining != "hard" else []:
            if mining == "random":
                n = negatives[int(draws[a, p] * len(negatives))]
            else:
                beyond = [n for n in negatives if d[a, n] > d[a, p]]
                n = min(beyond, key=lambda n: d[a, n]) if beyond else max(negatives, key=lambda n: d[a, n])
            chosen.append((a, p, n))
    return chosen


def gradient(function: Callable[[np.ndarray], float], at: np.ndarray, step: float = 1e-6) -> np.ndarray:
    """Central differences."""
    found = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[place] += step
        down[place] -= step
        found[place] = (function(up) - function(down)) / (2 * step)
    return found


@pytest.mark.parametrize("mining", MINING)
@pytest.mark.parametrize("seed", range(5))
def test_mining_is_what_the_definitions_say(mining: str, seed: int) -> None:
    vectors = batch(seed)
    draws = np.random.default_rng(seed + 100).random((len(LABELS), len(LABELS)))
    distances = squared_distances(torch.from_numpy(vectors))
    assert np.allclose(distances.numpy(), apart(vectors), atol=1e-12)
    found = mine(distances, torch.from_numpy(LABELS), mining, torch.from_numpy(draws))
    triplets = list(zip(found.anchor.tolist(), found.positive.tolist(), found.negative.tolist(), strict=True))
    assert sorted(triplets) == sorted(mined(vectors, mining, draws))


@pytest.mark.parametrize("mining", MINING)
def test_the_triplet_loss_and_its_gradient(mining: str) -> None:
    vectors, margin = batch(7, 8), 0.4
    draws = np.random.default_rng(1).random((len(LABELS), len(LABELS)))
    chosen = mined(vectors, mining, draws)

    def loss(f: np.ndarray) -> float:
        values = [((f[a] - f[p]) ** 2).sum() - ((f[a] - f[n]) ** 2).sum() + margin for a, p, n in chosen]
        return float(np.mean([max(value, 0.0) for value in values]))

    encodings = torch.from_numpy(vectors).requires_grad_()
    labels = torch.from_numpy(LABELS)
    outcome = TripletObjective(mining, margin)(encodings, labels, labels, torch.from_numpy(draws))
    outcome.loss.backward()
    assert outcome.loss.item() == pytest.approx(loss(vectors), abs=1e-12)
    # The loss of unit encodings: compared where it is used, along the sphere.
    tangent = np.eye(8)[None] - vectors[:, :, None] * vectors[:, None]
    ours = np.einsum("nij,nj->ni", tangent, encodings.grad.numpy())
    theirs = np.einsum("nij,nj->ni", tangent, gradient(loss, vectors))
    assert np.allclose(ours, theirs, atol=1e-7)
    assert 0 < float(outcome.active) <= 1


@pytest.mark.parametrize("kind", ["logistic", "chi2"])
def test_pairwise_classification_and_its_gradients(kind: str) -> None:
    vectors = batch(3)
    rng = np.random.default_rng(4)
    weight, bias = rng.normal(-1, 0.3, 128), 9.0
    draws = rng.random((len(LABELS), len(LABELS)))
    chosen = mined(vectors, "random", draws)

    def logit(w: np.ndarray, f: np.ndarray, g: np.ndarray) -> float:
        x = np.abs(f - g) if kind == "logistic" else (f - g) ** 2 / (np.abs(f) + np.abs(g) + 1e-8)
        return float((w * x).sum() + bias)

    def loss(w: np.ndarray) -> float:
        total = 0.0
        for a, p, n in chosen:
            same = 1 / (1 + np.exp(-logit(w, vectors[a], vectors[p])))
            other = 1 / (1 + np.exp(-logit(w, vectors[a], vectors[n])))
            total += -np.log(same) - np.log(1 - other)
        return total / (2 * len(chosen))

    objective = PairObjective(kind, "random").double()
    with torch.no_grad():
        objective.head.weight.copy_(torch.from_numpy(weight))
        objective.head.bias.fill_(bias)
    labels = torch.from_numpy(LABELS)
    outcome = objective(torch.from_numpy(vectors), labels, labels, torch.from_numpy(draws))
    outcome.loss.backward()
    assert outcome.loss.item() == pytest.approx(loss(weight), rel=1e-10)
    assert objective.head.weight.grad is not None
    assert np.allclose(objective.head.weight.grad.numpy(), gradient(loss, weight), atol=1e-7)


def test_chi_square_is_finite_everywhere_and_taigmans_where_nothing_is_negative() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.random((2, 6, 128)) + 0.01
    theirs = (first - second) ** 2 / (first + second)
    assert np.allclose(chi_square(torch.from_numpy(first), torch.from_numpy(second)), theirs, atol=1e-7)
    signed = torch.tensor([[1.0, -1.0, 0.0, 0.5]], dtype=torch.float64, requires_grad=True)
    values = chi_square(signed, torch.tensor([[-1.0, 1.0, 0.0, 0.5]], dtype=torch.float64))
    values.sum().backward()
    assert torch.isfinite(values).all()
    assert torch.isfinite(signed.grad).all()


def test_an_untrained_head_ranks_pairs_by_plain_l1_distance() -> None:
    vectors = torch.from_numpy(batch(5)).float()
    logits = PairHead("logistic")(vectors[:-1], vectors[1:])
    order = (vectors[:-1] - vectors[1:]).abs().sum(dim=1).argsort()
    assert torch.equal(logits.argsort(descending=True), order)


def test_softmax_is_the_cross_entropy_of_all_people() -> None:
    vectors = batch(6)
    objective = SoftmaxObjective(4, seed=0).double()
    weight, bias = (each.detach().numpy() for each in objective.parameters())
    logits = SHARPNESS * (vectors @ weight.T + bias)
    logits -= logits.max(axis=1, keepdims=True)
    expected = -np.mean(logits[np.arange(10), LABELS] - np.log(np.exp(logits).sum(axis=1)))
    labels = torch.from_numpy(LABELS)
    outcome = objective(torch.from_numpy(vectors), labels, labels, torch.zeros(10, 10))
    assert outcome.loss.item() == pytest.approx(expected, rel=1e-10)


def oracle() -> Any:
    """The other library, where somebody has installed it: it brings SciPy and scikit-learn along."""
    return pytest.importorskip(
        "pytorch_metric_learning", reason="pytorch-metric-learning is a development oracle, not installed"
    )


@pytest.mark.parametrize("mining", MINING)
@pytest.mark.parametrize("margin", [0.2, 1.0])
def test_loss_and_gradient_agree_with_pytorch_metric_learning(mining: str, margin: float) -> None:
    oracle()
    from pytorch_metric_learning.distances import LpDistance
    from pytorch_metric_learning.losses import TripletMarginLoss
    from pytorch_metric_learning.reducers import MeanReducer

    labels = torch.from_numpy(LABELS)
    draws = torch.from_numpy(np.random.default_rng(9).random((10, 10)))
    ours, theirs = (torch.from_numpy(batch(8)).requires_grad_() for _ in range(2))
    chosen = mine(squared_distances(ours.detach()), labels, mining, draws)
    loss = TripletObjective(mining, margin)(ours, labels, labels, draws).loss
    square = LpDistance(power=2, normalize_embeddings=False)
    judge = TripletMarginLoss(margin=margin, distance=square, reducer=MeanReducer())
    expected = judge(theirs, labels, (chosen.anchor, chosen.positive, chosen.negative))
    assert loss.item() == pytest.approx(expected.item(), abs=1e-9)
    loss.backward()
    expected.backward()
    assert ours.grad is not None
    assert theirs.grad is not None
    assert torch.allclose(along(ours.detach(), ours.grad), along(theirs.detach(), theirs.grad), atol=1e-9)


def along(encodings: torch.Tensor, gradient: torch.Tensor) -> torch.Tensor:
    """The part of a gradient along the sphere, where encodings of length 1 can move."""
    return gradient - (gradient * encodings).sum(dim=1, keepdim=True) * encodings


def test_mined_triplets_agree_with_pytorch_metric_learning() -> None:
    oracle()
    from pytorch_metric_learning.distances import LpDistance
    from pytorch_metric_learning.miners import BatchHardMiner, TripletMarginMiner

    vectors, labels, draws = torch.from_numpy(batch(8)), torch.from_numpy(LABELS), torch.zeros(10, 10)
    square = LpDistance(power=2, normalize_embeddings=False)
    distances = squared_distances(vectors)
    hard = mine(distances, labels, "hard", draws)
    theirs = BatchHardMiner(distance=square)(vectors, labels)
    assert [each.tolist() for each in theirs] == [
        each.tolist() for each in (hard.anchor, hard.positive, hard.negative)
    ]
    # The library names every negative beyond the positive; ours must be the nearest of them.
    every = TripletMarginMiner(margin=4.0, type_of_triplets="semihard", distance=square)(vectors, labels)
    beyond: dict[tuple[int, int], list[int]] = {}
    for a, p, n in zip(*(each.tolist() for each in every), strict=True):
        beyond.setdefault((a, p), []).append(n)
    semi = mine(distances, labels, "semihard", draws)
    met = 0
    for a, p, n in zip(*(each.tolist() for each in (semi.anchor, semi.positive, semi.negative)), strict=True):
        if (a, p) in beyond:
            assert n == min(beyond[a, p], key=lambda other: distances[a, other].item())
            met += 1
    assert met == len(beyond) > 5
