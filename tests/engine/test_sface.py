"""SFace as a torch module, against OpenCV's run of the published file and formulas written in NumPy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.faces.sface import DIMENSIONS, ConvUnit, SFace, build_sface, dequantise
from engine.models import Models, read_tensors
from engine.paths import MODELS_ON_BOARD
from tests.golden import sface_opencv


@pytest.fixture(scope="module")
def tensors() -> dict[str, Tensor]:
    return read_tensors(MODELS_ON_BOARD / "sface.safetensors")


@pytest.fixture(scope="module")
def network(tensors: dict[str, Tensor]) -> SFace:
    return build_sface(tensors).eval().requires_grad_(False)


@pytest.fixture(scope="module")
def patterns() -> Tensor:
    return torch.from_numpy(sface_opencv.patterns()).permute(0, 3, 1, 2).float()


def test_it_agrees_with_opencv(network: SFace, patterns: Tensor) -> None:
    expected = np.load(sface_opencv.FILE)
    raw = network.raw(patterns).numpy()
    assert np.abs(raw - expected).max() < 2e-5
    unit = expected / np.linalg.norm(expected, axis=1, keepdims=True)
    assert np.abs(network(patterns).numpy() - unit).max() < 5e-6


def test_encodings_have_unit_length_and_the_raw_length_differs(network: SFace, patterns: Tensor) -> None:
    assert network(patterns).shape == (4, DIMENSIONS)
    np.testing.assert_allclose(network(patterns).norm(dim=1).numpy(), 1.0, atol=1e-6)
    lengths = network.raw(patterns).norm(dim=1)
    assert float(lengths.max() - lengths.min()) > 0.1


def test_a_batch_gives_what_single_faces_give(network: SFace, patterns: Tensor) -> None:
    torch.testing.assert_close(network(patterns)[2:3], network(patterns[2:3]), rtol=0, atol=2e-6)


def test_the_order_of_the_colours_matters(network: SFace, patterns: Tensor) -> None:
    swapped = network(patterns.flip(1))
    assert float((swapped - network(patterns)).square().sum(1).min()) > 0.05


def test_folding_changes_nothing_but_the_number_of_layers(network: SFace, patterns: Tensor) -> None:
    folded = network.folded()
    assert np.abs(folded.raw(patterns).numpy() - network.raw(patterns).numpy()).max() < 2e-5
    kept = {type(module).__name__ for module in network.modules()}
    assert "BatchNorm2d" in kept
    assert sum(type(m).__name__ == "BatchNorm2d" for m in folded.modules()) == 1
    assert not folded.training


def test_a_unit_is_convolution_normalisation_and_one_slope_a_channel() -> None:
    rng = np.random.default_rng(1)
    unit = ConvUnit(2, 3, 3, stride=2).eval()
    values = {
        "convolution.weight": rng.normal(size=(3, 2, 3, 3)),
        "norm.weight": rng.normal(size=3),
        "norm.bias": rng.normal(size=3),
        "norm.running_mean": rng.normal(size=3),
        "norm.running_var": rng.random(3) + 0.1,
        "activation.weight": rng.random(3),
    }
    state = {name: torch.from_numpy(value.astype("f4")) for name, value in values.items()}
    unit.load_state_dict({**state, "norm.num_batches_tracked": torch.tensor(0)})
    picture = rng.normal(size=(2, 6, 6))
    padded = np.pad(picture, ((0, 0), (1, 1), (1, 1)))
    expected = np.empty((3, 3, 3))
    for y in range(3):
        for x in range(3):
            window = padded[:, 2 * y : 2 * y + 3, 2 * x : 2 * x + 3]
            expected[:, y, x] = np.einsum("cij,ocij->o", window, values["convolution.weight"])
    column = (slice(None), None, None)
    expected = (expected - values["norm.running_mean"][column]) / np.sqrt(
        values["norm.running_var"][column] + 1e-3
    ) * values["norm.weight"][column] + values["norm.bias"][column]
    expected = np.where(expected > 0, expected, values["activation.weight"][column] * expected)
    with torch.inference_mode():
        got = unit(torch.from_numpy(picture.astype("f4"))[None])[0].numpy()
    np.testing.assert_allclose(got, expected, atol=1e-5)


def test_blocks_are_dequantised_each_with_its_own_scale_and_zero_point() -> None:
    rng = np.random.default_rng(2)
    integers = rng.integers(-128, 128, (3, 12), dtype=np.int8)
    scale = rng.random((3, 4)).astype("f4")
    zero_point = rng.integers(-128, 128, (3, 4), dtype=np.int8)
    expected = np.empty((3, 12), "f4")
    for row in range(3):
        for column in range(12):
            block = column // 3
            centred = int(integers[row, column]) - int(zero_point[row, block])
            expected[row, column] = centred * scale[row, block]
    got = dequantise(*(torch.from_numpy(part) for part in (integers, scale, zero_point)))
    np.testing.assert_allclose(got.numpy(), expected, rtol=1e-6)


def test_a_missing_or_foreign_tensor_is_refused(tensors: dict[str, Tensor]) -> None:
    with pytest.raises(RuntimeError, match="stem"):
        build_sface({name: tensor for name, tensor in tensors.items() if name != "stem.activation.weight"})
    with pytest.raises(KeyError):
        build_sface({name: tensor for name, tensor in tensors.items() if name != "dense.weight.scale"})
    with pytest.raises(RuntimeError, match="stranger"):
        build_sface({**tensors, "stranger": torch.zeros(1)})


def test_a_trained_state_is_loaded_as_it_is(network: SFace, patterns: Tensor) -> None:
    again = build_sface(network.state_dict()).eval()
    with torch.inference_mode():
        assert torch.equal(again(patterns), network(patterns))


def test_it_can_be_trained(tensors: dict[str, Tensor], patterns: Tensor) -> None:
    network = build_sface(tensors).train()
    network(patterns)[:, 0].sum().backward()
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, name
        assert bool(parameter.grad.isfinite().all()), name


def test_the_desk_gets_the_folded_encoder(tmp_path: Path, network: SFace, patterns: Tensor) -> None:
    encoder = Models(tmp_path).network("sface")
    assert sum(type(module).__name__ == "BatchNorm2d" for module in encoder.modules()) == 1
    torch.testing.assert_close(encoder(patterns), network(patterns), rtol=0, atol=5e-6)
