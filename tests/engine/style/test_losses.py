"""Each loss against its formula written independently in NumPy, each gradient against finite differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.style import losses
from engine.style.losses import (
    content_loss,
    fork,
    gram,
    gram_distance,
    total_variation,
    w2_distance,
)
from engine.style.style_losses import STYLE_LOSSES

N, H, W = 5, 6, 7


def activation(seed: int, height: int = H, width: int = W, units: int = N) -> Tensor:
    drawn = np.random.default_rng(seed).normal(0.3, 1.0, (1, units, height, width))
    return torch.from_numpy(np.maximum(drawn, 0))


def as_matrix(tensor: Tensor) -> np.ndarray:
    """F of the paper: one row a unit, one column a position."""
    return tensor.numpy()[0].reshape(tensor.shape[1], -1)


def test_gram_matrix_is_the_sum_over_positions_of_products() -> None:
    f = as_matrix(activation(1))
    expected = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            expected[i, j] = sum(f[i, k] * f[j, k] for k in range(H * W))
    np.testing.assert_allclose(gram(activation(1)).numpy(), expected, rtol=1e-12)


def test_content_loss_is_equation_1_divided_by_units_and_positions() -> None:
    f, p = as_matrix(activation(1)), as_matrix(activation(2))
    expected = 0.5 * ((f - p) ** 2).sum() / (N * H * W)
    assert content_loss(activation(1), activation(2)).item() == pytest.approx(expected, rel=1e-12)


def test_style_loss_is_equation_4_for_pictures_of_one_size() -> None:
    f, s = as_matrix(activation(1)), as_matrix(activation(2))
    m = H * W
    expected = ((f @ f.T - s @ s.T) ** 2).sum() / (4 * N**2 * m**2)
    found = gram_distance(
        STYLE_LOSSES["gram"].describe(activation(1)), STYLE_LOSSES["gram"].describe(activation(2))
    )
    assert found.item() == pytest.approx(expected, rel=1e-12)


def test_style_of_another_size_counts_by_its_own_positions() -> None:
    tile = activation(3, 4, 4)
    repeated = tile.repeat(1, 1, 2, 3)
    found = gram_distance(STYLE_LOSSES["gram"].describe(tile), STYLE_LOSSES["gram"].describe(repeated))
    assert found.item() == pytest.approx(0.0, abs=1e-24)


def test_w2_is_the_distance_of_two_gaussians() -> None:
    f, s = as_matrix(activation(1)), as_matrix(activation(2, 9, 8))
    mean_f, mean_s = f.mean(axis=1), s.mean(axis=1)
    cov_f, cov_s = np.cov(f, bias=True), np.cov(s, bias=True)
    # tr (Σs^½ Σf Σs^½)^½ is the sum of the roots of the eigenvalues of Σf Σs (a similar matrix).
    overlap = np.sqrt(np.linalg.eigvals(cov_f @ cov_s).real).sum()
    expected = ((mean_f - mean_s) ** 2).sum() + np.trace(cov_f) + np.trace(cov_s) - 2 * overlap
    loss = STYLE_LOSSES["w2"]
    target = loss.prepare(loss.describe(activation(2, 9, 8)))
    found = loss.distance(loss.describe(activation(1)), target).item()
    assert found == pytest.approx(expected / N, rel=1e-4)  # ROOT_FLOOR


def test_w2_of_a_picture_with_itself_is_nothing() -> None:
    loss = STYLE_LOSSES["w2"]
    statistics = loss.describe(activation(1))
    assert loss.distance(statistics, loss.prepare(statistics)).item() == pytest.approx(0.0, abs=1e-5)


def test_mean_and_covariance() -> None:
    f = as_matrix(activation(4))
    mean, covariance = STYLE_LOSSES["w2"].describe(activation(4))
    np.testing.assert_allclose(mean.numpy(), f.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(covariance.numpy(), np.cov(f, bias=True), rtol=1e-9, atol=1e-12)


def test_total_variation_sums_squared_steps() -> None:
    x = np.random.default_rng(5).uniform(size=(1, 3, H, W))
    expected = 0.0
    for c in range(3):
        for i in range(H):
            for j in range(W):
                expected += (x[0, c, i + 1, j] - x[0, c, i, j]) ** 2 if i + 1 < H else 0.0
                expected += (x[0, c, i, j + 1] - x[0, c, i, j]) ** 2 if j + 1 < W else 0.0
    assert total_variation(torch.from_numpy(x)).item() == pytest.approx(expected / x.size, rel=1e-12)


def style_of(name: str) -> Callable[[Tensor], Tensor]:
    loss = STYLE_LOSSES[name]
    target = loss.prepare(loss.describe(activation(2)))
    return lambda f: loss.distance(loss.describe(f), target)


@pytest.mark.parametrize(
    "function",
    [lambda f: content_loss(f, activation(2)), style_of("gram"), style_of("w2"), total_variation],
    ids=["content", "gram", "w2", "tv"],
)
def test_gradients_equal_finite_differences(function: Callable[[Tensor], Tensor]) -> None:
    f = activation(1).requires_grad_()
    function(f).backward()
    assert f.grad is not None
    step = 1e-6
    for place in [(0, 0, 0, 0), (0, 1, 2, 3), (0, 4, 5, 6), (0, 2, 0, 6)]:
        moved = torch.zeros_like(f)
        moved[place] = step
        with torch.no_grad():
            slope = (function(f + moved) - function(f - moved)).item() / (2 * step)
        assert f.grad[place].item() == pytest.approx(slope, rel=1e-4, abs=1e-9)


def test_w2_gradient_is_finite_with_fewer_positions_than_units() -> None:
    loss = STYLE_LOSSES["w2"]
    target = loss.prepare(loss.describe(activation(2, 2, 2, units=16).float()))
    f = activation(1, 2, 2, units=16).float().requires_grad_()
    loss.distance(loss.describe(f), target).backward()
    assert f.grad is not None
    assert bool(torch.isfinite(f.grad).all())


def test_w2_needs_the_root_of_the_target_only() -> None:
    statistics = STYLE_LOSSES["w2"].describe(activation(1))
    assert len(STYLE_LOSSES["w2"].prepare(statistics)) == 3
    assert w2_distance(statistics, STYLE_LOSSES["w2"].prepare(statistics)).ndim == 0


def test_a_matrix_that_is_not_finite_makes_a_loss_that_is_not() -> None:
    broken = torch.full((4, 4), torch.nan)
    assert torch.isnan(losses._eigh(broken)[0]).all()


def test_where_fp32_gives_up_fp64_finds_the_eigenvalues(monkeypatch: pytest.MonkeyPatch) -> None:
    real = torch.linalg.eigh

    def stubborn(matrix: Tensor) -> tuple[Tensor, Tensor]:
        if matrix.dtype == torch.float32:
            raise torch.linalg.LinAlgError("failed to converge")
        values, vectors = real(matrix)
        return values, vectors

    monkeypatch.setattr(torch.linalg, "eigh", stubborn)
    values, vectors = losses._eigh(torch.diag(torch.tensor([3.0, 1.0, 0.0])))
    assert values.tolist() == [0.0, 1.0, 3.0]
    assert values.dtype == vectors.dtype == torch.float32


@pytest.mark.parametrize("onward", [True, False])
def test_a_fork_adds_the_matrixs_gradient_to_the_others(onward: bool) -> None:
    forked, plain = (activation(1).requires_grad_() for _ in range(2))
    passed, moment = fork(forked)
    torch.testing.assert_close(moment, gram(plain))
    pull = torch.rand_like(moment)
    others = [(passed * activation(3)).sum(), passed[0, 0].mean()] if onward else []
    sum([(moment * pull).sum(), *others]).backward()
    others = [(plain * activation(3)).sum(), plain[0, 0].mean()] if onward else []
    sum([(gram(plain) * pull).sum(), *others]).backward()
    torch.testing.assert_close(forked.grad, plain.grad)


def test_a_fork_may_meet_a_gradient_that_is_one_number_everywhere() -> None:
    leaf = activation(1).requires_grad_()
    passed, moment = fork(leaf)
    (passed.sum() + 0 * moment.sum()).backward()
    torch.testing.assert_close(leaf.grad, torch.ones_like(leaf))
