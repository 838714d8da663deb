"""Both optimisers against the textbook, written out in NumPy."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.style.optimise import LBFGS, Adam, direction_of


def two_loops(gradient: np.ndarray, pairs: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Nocedal & Wright 2006, algorithm 7.4, vector by vector."""
    direction, weights = gradient.copy(), []
    for moved, bent in reversed(pairs):
        weights.append(moved @ direction / (moved @ bent))
        direction = direction - weights[-1] * bent
    if pairs:
        moved, bent = pairs[-1]
        direction = direction * (moved @ bent) / (bent @ bent)
    for (moved, bent), weight in zip(pairs, reversed(weights), strict=True):
        direction = direction + moved * (weight - bent @ direction / (moved @ bent))
    return direction


@pytest.mark.parametrize("order", [[], [2], [0, 1, 2, 3], [3, 0, 2]])
def test_the_recursion_on_coefficients_is_the_recursion_on_vectors(order: list[int]) -> None:
    rng = np.random.default_rng(0)
    places, length = 4, 50
    vectors = rng.normal(size=(2 * places + 1, length))
    vectors[places:-1] += 3 * vectors[:places]
    found = direction_of(vectors @ vectors.T, order, places) @ vectors
    pairs = [(vectors[place], vectors[places + place]) for place in order]
    np.testing.assert_allclose(found, two_loops(vectors[-1], pairs), rtol=1e-9)


def test_lbfgs_follows_the_textbook_over_many_steps() -> None:
    """On a bowl, for longer than the history, so that the oldest pairs give way."""
    rng = np.random.default_rng(1)
    slopes, middle = np.exp(rng.uniform(0, 4, 300)), rng.uniform(0.3, 0.7, 300)
    picture = torch.tensor(rng.uniform(0, 1, (1, 3, 10, 10)))
    optimiser = LBFGS()
    expected = picture.numpy().flatten()
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    before = slope = None
    for _ in range(25):
        gradient = slopes * (expected - middle)
        if before is not None:
            pairs = [*pairs[-LBFGS.HISTORY + 1 :], (expected - before, gradient - slope)]
        before, slope = expected, gradient
        direction = two_loops(gradient, pairs)
        mean = np.abs(direction).mean()
        most = LBFGS.LARGEST_MOVE if pairs else LBFGS.FIRST_MOVE
        direction = direction * (most / mean if mean > most or not pairs else 1.0)
        expected = np.clip(expected - direction, 0, 1)
        optimiser.step(
            picture, torch.tensor(slopes).view_as(picture) * (picture - torch.tensor(middle).view_as(picture))
        )
        np.testing.assert_allclose(picture.numpy().flatten(), expected, atol=1e-9)
    assert np.abs(expected - middle).max() < 1e-2


def test_adam_is_torchs_own() -> None:
    rng = np.random.default_rng(2)
    start = torch.tensor(rng.uniform(0.4, 0.6, (1, 3, 4, 4)))
    own, theirs = start.clone(), start.clone().requires_grad_()
    optimiser = Adam(0.01)
    reference = torch.optim.Adam([theirs], lr=0.01, betas=Adam.DECAY, eps=Adam.EPSILON)
    for _ in range(8):
        gradient = torch.tensor(rng.normal(size=(1, 3, 4, 4)))
        optimiser.step(own, gradient)
        theirs.grad = gradient.clone()
        reference.step()
    torch.testing.assert_close(own, theirs.detach().clamp(0, 1))


def test_a_history_of_another_size_is_refused() -> None:
    optimiser = LBFGS()
    for _ in range(3):
        optimiser.step(torch.rand(1, 3, 4, 4), torch.rand(1, 3, 4, 4))
    memory = optimiser.memory() | {"iterate": torch.rand(1, 3, 5, 5)}
    with pytest.raises(ValueError, match="another size"):
        LBFGS().restore(memory)
