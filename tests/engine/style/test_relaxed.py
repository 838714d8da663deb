"""The relaxed earth mover's distance against NumPy, and a painting by it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.convnets import ConvNet
from engine.errors import EngineError
from engine.images import read_picture
from engine.jobs import run
from engine.style import relaxed
from engine.style.pictures import Inputs
from engine.style.recipe import Recipe
from engine.style.style_losses import STYLE_LOSSES
from engine.style.stylise import stylise

REMD = STYLE_LOSSES["remd"]


def activation(seed: int, height: int, width: int, units: int = 6) -> Tensor:
    drawn = np.random.default_rng(seed).normal(0.2, 1.0, (1, units, height, width))
    return torch.from_numpy(np.maximum(drawn, 0) + 0.01 * drawn)


def by_numpy(f: Tensor, s: Tensor) -> float:
    """Kolkin et al. 2019, eq. 2 to 4, and the relative moments, written with loops' own plainness."""
    ours, style = (x.numpy()[0].reshape(x.shape[1], -1).T for x in (f, s))
    cost = np.empty((len(ours), len(style)))
    for i, one in enumerate(ours):
        for j, other in enumerate(style):
            cost[i, j] = 1 - one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
    found = max(cost.min(axis=1).mean(), cost.min(axis=0).mean())
    for one, other in (
        (ours.mean(0), style.mean(0)),
        (np.cov(ours.T, bias=True), np.cov(style.T, bias=True)),
    ):
        found += ((one - other) ** 2).sum() / (other**2).sum()
    return float(found)


@pytest.mark.parametrize(("one", "other"), [((5, 7), (6, 4)), ((3, 2), (9, 8))])
def test_the_distance_is_the_papers(one: tuple[int, int], other: tuple[int, int]) -> None:
    f, s = activation(1, *one), activation(2, *other)
    target = REMD.prepare(REMD.blendable(REMD.describe(s)))
    assert REMD.distance(REMD.describe(f), target).item() == pytest.approx(by_numpy(f, s), rel=1e-4)
    itself = REMD.prepare(REMD.blendable(REMD.describe(f)))
    assert REMD.distance(REMD.describe(f), itself).item() == pytest.approx(0, abs=1e-4)


def test_neighbours_are_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, style = (
        relaxed.unit(torch.randn(n, 5, generator=torch.Generator().manual_seed(n))) for n in (50, 20)
    )
    whole = relaxed.nearest(rows, style)
    monkeypatch.setattr(relaxed, "CHUNK", 7)
    for one, other in zip(whole, relaxed.nearest(rows, style), strict=True):
        assert torch.equal(one, other)
    assert whole[0].tolist() == (rows @ style.T).argmax(dim=1).tolist()
    assert whole[1].tolist() == (rows @ style.T).argmax(dim=0).tolist()


def test_its_gradient_equals_finite_differences() -> None:
    target = REMD.prepare(REMD.blendable(REMD.describe(activation(2, 5, 4))))
    f = activation(1, 4, 3).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: REMD.distance(REMD.describe(x), target), (f,), eps=1e-7)


def test_a_blend_keeps_positions_by_shares_and_a_region_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaxed, "SAMPLE", 20)
    parts = [REMD.blendable(REMD.describe(activation(seed, 6, 6))) for seed in (1, 2)]
    rows, mean, _second = REMD.blend(parts, (0.75, 0.25))
    assert len(rows) == 20
    own = [sum(any(torch.equal(row, each) for each in part[0]) for row in rows) for part in parts]
    assert own == [15, 5]
    torch.testing.assert_close(mean, 0.75 * parts[0][1] + 0.25 * parts[1][1])
    f, weights = activation(3, 4, 4), torch.zeros(4, 4)
    weights[:2] = 1
    for one, other in zip(REMD.describe(f, weights), REMD.describe(f[:, :, :2]), strict=True):
        torch.testing.assert_close(one, other)


def test_a_painting_by_it_comes_nearer(vgg16: ConvNet, pair: tuple[Path, Path]) -> None:
    inputs = Inputs(read_picture(pair[0]), (read_picture(pair[1]),))
    recipe = Recipe(
        content="c", styles=("s",), size=64, iterations=8, loss="remd", weighting="strength", strength=80.0
    )
    log = run(stylise(vgg16, recipe, inputs)).log
    for layer in ("relu1_1", "relu3_1", "relu5_1"):
        assert log[-1].losses.style_layers[layer] < 0.9 * log[0].losses.style_layers[layer]


def test_tiles_are_refused_in_words() -> None:
    with pytest.raises(EngineError, match="whole picture"):
        Recipe(content="c", styles=("s",), loss="remd", tile=256).check()
