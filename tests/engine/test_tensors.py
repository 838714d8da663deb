"""Pictures to tensors and back."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.tensors import to_rgb, to_tensor

PICTURES = hnp.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3)))


@given(PICTURES)
def test_there_and_back_is_lossless(rgb: np.ndarray) -> None:
    tensor = to_tensor(rgb)
    assert tensor.shape == (1, 3, *rgb.shape[:2])
    assert tensor.dtype == torch.float32
    np.testing.assert_array_equal(to_rgb(tensor), rgb)


def test_values_beyond_the_range_are_clipped_and_halves_rounded_up() -> None:
    values = torch.tensor([-1.0, 0.5 / 255 + 1e-6, 2.0]).view(1, 3, 1, 1)
    np.testing.assert_array_equal(to_rgb(values)[0, 0], [0, 1, 255])


def test_the_result_shares_no_memory_with_the_source() -> None:
    rgb = np.full((2, 2, 3), 7, dtype=np.uint8)
    tensor = to_tensor(rgb)
    out = to_rgb(tensor)
    rgb[:] = 0
    tensor.zero_()
    assert (out == 7).all()


def test_a_read_only_view_with_negative_strides_is_accepted() -> None:
    rgb = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    flipped = rgb[:, ::-1]
    flipped.flags.writeable = False
    np.testing.assert_array_equal(to_rgb(to_tensor(flipped)), rgb[:, ::-1])
