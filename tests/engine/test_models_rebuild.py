"""The script that rebuilds the weight files reads pickles without running them, and converts faithfully."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from resources.models import convert, sources
from resources.models.pickles import read_arrays


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_dictionaries_of_arrays_are_read(protocol: int) -> None:
    arrays = {"Net": {"Conv_0": {"kernel": np.arange(24, dtype=np.float32).reshape(2, 3, 4)}}}
    if protocol in (2, 5):
        # Protocol 2 needs _codecs.encode, 5 needs numpy's buffers; the published files have protocol 3.
        with pytest.raises(pickle.UnpicklingError):
            read_arrays(pickle.dumps(arrays, protocol))
        return
    read = read_arrays(pickle.dumps(arrays, protocol))
    np.testing.assert_array_equal(read["Net"]["Conv_0"]["kernel"], arrays["Net"]["Conv_0"]["kernel"])


class Calls:
    """Pickles to a call."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.call


@pytest.mark.parametrize(
    "function", [os.system, eval, exec, getattr, pickle.loads, np.fromfile, np.load, Path.write_text]
)
def test_a_hostile_pickle_is_refused_before_it_runs(function: Callable[..., object], tmp_path: Path) -> None:
    harm = tmp_path / "harm"
    for hostile in (
        Calls(function, f"touch {harm}"),
        {"Conv_0": {"kernel": Calls(function, f"touch {harm}")}},
        np.array([Calls(function, f"touch {harm}")], dtype=object),
    ):
        with pytest.raises(pickle.UnpicklingError, match="not part of a numpy array"):
            read_arrays(pickle.dumps(hostile, 3))
    assert not harm.exists()


@pytest.mark.parametrize(
    "value", [[1, 2], {"a": "text"}, {1: np.zeros(2)}, {"a": np.array(["x"])}, {"a": np.array([None])}, None]
)
def test_anything_but_named_numbers_is_refused(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        read_arrays(pickle.dumps(value, 3))


def test_a_convolution_means_the_same_after_conversion() -> None:
    rng = np.random.default_rng(0)
    kernel, bias = rng.normal(size=(3, 3, 2, 4)).astype("f4"), rng.normal(size=4).astype("f4")
    picture = rng.normal(size=(5, 6, 2)).astype("f4")
    expected = np.zeros((3, 4, 4))
    for y in range(3):
        for x in range(4):
            window = picture[y : y + 3, x : x + 3]
            expected[y, x] = np.einsum("ijc,ijco->o", window, kernel) + bias
    tensors = convert.convnet({"Conv_0": {"kernel": kernel, "bias": bias}}, (7,))
    got = torch.nn.functional.conv2d(
        torch.from_numpy(picture).permute(2, 0, 1)[None],
        torch.from_numpy(tensors["features.7.weight"]),
        torch.from_numpy(tensors["features.7.bias"]),
    )
    np.testing.assert_allclose(got[0].permute(1, 2, 0).numpy(), expected, atol=1e-5)


def test_a_weight_too_large_for_16_bits_is_not_rounded_to_infinity() -> None:
    with pytest.raises(OverflowError, match=r"features\.0"):
        convert.halve({"features.0.weight": np.array([1.0, 7e4], np.float32)})


def test_a_package_that_changed_is_refused(tmp_path: Path) -> None:
    package = sources.Package("made-up", "1", "made_up-1-py3-none-any.whl", "0" * 64)
    with zipfile.ZipFile(tmp_path / package.file, "w") as wheel:
        wheel.writestr("weights.bin", b"weights")
    with pytest.raises(sources.SourceError, match="SHA-256"):
        sources.read(sources.Member(package, "weights.bin", "0" * 64), tmp_path)


def test_a_wheel_of_one_platform_is_asked_for_on_every_machine() -> None:
    assert sources.LPIPS.choice == ()
    told = " ".join(sources.MEDIAPIPE.choice)
    assert "--python-version 3.12" in told
    assert "--platform manylinux2014_x86_64" in told
    assert "--only-binary :all:" in told
