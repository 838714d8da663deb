"""Top-k against storing everything and sorting, bit for bit, in any order and any grouping."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.explorer.topk import NOBODY, TopK, add, empty, merge, renumber

VALUES = st.sampled_from([-2.5, -1.0, -0.0, 0.0, 1e-40, 0.5, 0.5000001, 3.0, 1e30, -1e30])


@st.composite
def streams(draw: st.DrawFn) -> tuple[NDArray[np.float32], int, list[int], list[int]]:
    pictures, units = draw(st.integers(1, 14)), draw(st.integers(1, 3))
    rows = draw(
        st.lists(st.lists(VALUES, min_size=units, max_size=units), min_size=pictures, max_size=pictures)
    )
    order = draw(st.permutations(range(pictures)))
    cuts = sorted(draw(st.sets(st.integers(1, pictures), max_size=4)) | {pictures})
    return np.array(rows, dtype=np.float32), draw(st.integers(1, 6)), list(order), cuts


def position_of(picture: int, unit: int) -> int:
    return 7 * picture + unit


def expected(values: NDArray[np.float32], k: int, pictures: list[int]) -> TopK:
    """Written with plain Python sorting."""
    top = empty(values.shape[1], k)
    for unit in range(values.shape[1]):
        entries = sorted((-float(values[p, unit]), p, position_of(p, unit)) for p in pictures)
        for rank, (value, picture, position) in enumerate(entries[:k]):
            top.values[unit, rank] = -value if value else 0.0
            top.pictures[unit, rank] = picture
            top.positions[unit, rank] = position
    return top


def streamed(values: NDArray[np.float32], k: int, groups: list[list[int]]) -> TopK:
    top = empty(values.shape[1], k)
    for group in groups:
        positions = np.array([[position_of(p, u) for u in range(values.shape[1])] for p in group], np.int32)
        top = add(top, values[group], positions, np.array(group, dtype=np.int32))
    return top


def same_bits(one: TopK, other: TopK) -> bool:
    return all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in ("values", "pictures", "positions")
    )


def groups_of(order: list[int], cuts: list[int]) -> list[list[int]]:
    return [order[start:stop] for start, stop in zip([0, *cuts], cuts, strict=False) if start < stop]


@settings(deadline=None)
@given(streams())
def test_equals_sorting_everything(
    stream: tuple[NDArray[np.float32], int, list[int], list[int]],
) -> None:
    values, k, order, cuts = stream
    assert same_bits(streamed(values, k, groups_of(order, cuts)), expected(values, k, order))


@settings(deadline=None)
@given(streams())
def test_merge_is_associative_and_equals_one_stream(
    stream: tuple[NDArray[np.float32], int, list[int], list[int]],
) -> None:
    values, k, order, cuts = stream
    shards = [streamed(values, k, [group]) for group in groups_of(order, cuts)]
    left = empty(values.shape[1], k)
    for shard in shards:
        left = merge(left, shard)
    right = empty(values.shape[1], k)
    for shard in reversed(shards):
        right = merge(shard, right)
    assert same_bits(left, expected(values, k, order))
    assert same_bits(right, left)
    assert same_bits(merge(left, left), left), "a picture in both counts once"


def test_negative_maxima_are_kept() -> None:
    top = add(
        empty(1, 3),
        np.array([[-5.0], [-1.0]], dtype=np.float32),
        np.zeros((2, 1), dtype=np.int32),
        np.array([0, 1], dtype=np.int32),
    )
    assert top.values[0].tolist() == [-1.0, -5.0, -np.inf]
    assert top.pictures[0].tolist() == [1, 0, NOBODY]
    assert top.filled(0) == 2


@given(streams())
@settings(deadline=None)
def test_renumber_in_order_changes_nothing_but_names(
    stream: tuple[NDArray[np.float32], int, list[int], list[int]],
) -> None:
    values, k, order, cuts = stream
    top = streamed(values, k, groups_of(order, cuts))
    later = renumber(top, np.arange(10, 10 + len(values), dtype=np.int32))
    taken = top.pictures != NOBODY
    assert (later.pictures[taken] == top.pictures[taken] + 10).all()
    assert later.values.tobytes() == top.values.tobytes()
