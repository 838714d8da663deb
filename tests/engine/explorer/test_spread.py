"""The distribution shown on a unit's page counts what the tally counted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from engine.explorer.index import Index
from engine.explorer.spread import spread_of
from engine.explorer.tally import count, no_tally


def index_of(values: np.ndarray) -> Index:
    """Return as much of an index as :func:`spread_of` reads, for one unit."""
    maxima = values.astype(np.float32)[:, None]
    numbers = np.arange(len(values), dtype=np.int32)
    tally = count(no_tally(1), maxima, np.zeros(maxima.shape, np.int32), numbers)
    return cast("Index", SimpleNamespace(tallies={"conv": tally}))


@pytest.mark.parametrize("scale", [0.02, 1.0, 18.0, 700.0])
@pytest.mark.parametrize("negative", [False, True])
def test_it_counts_every_picture_in_the_right_bin(scale: float, negative: bool) -> None:
    values = np.random.default_rng(3).gamma(2.0, scale, 4000) - (scale if negative else 0.0)
    spread = spread_of(index_of(values), "conv", 0)
    assert spread is not None
    assert 8 <= len(spread.counts) <= 70
    np.testing.assert_allclose(np.diff(spread.edges), spread.edges[1] - spread.edges[0])
    width = spread.edges[1] - spread.edges[0]
    near_zero = np.abs(values) < 2.0**-9  # counted as 0
    expected, _ = np.histogram(np.where(near_zero, 0.0, values.astype(np.float32)), spread.edges)
    wrong = np.abs(expected - spread.counts).sum()
    assert spread.counts.sum() == len(values)
    assert wrong <= 2 * near_zero.sum()
    assert spread.edges[0] <= values.min() + width
    assert spread.edges[-1] >= values.max()


def test_a_unit_that_is_always_zero_has_one_bar() -> None:
    spread = spread_of(index_of(np.zeros(50)), "conv", 0)
    assert spread is not None
    assert spread.counts.sum() == 50
    assert (spread.counts > 0).sum() == 1


def test_without_pictures_there_is_nothing_to_show() -> None:
    assert spread_of(index_of(np.zeros(0)), "conv", 0) is None
