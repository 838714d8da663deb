"""AlexNet and VGG with named layers, against torchvision's own definitions of the same networks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from torch import Tensor, nn

from engine.convnets import IMAGENET_MEAN, IMAGENET_STD, ConvNet, build_vgg19
from engine.images import read_picture
from engine.models import Models, read_tensors
from engine.paths import MODELS_ON_BOARD, SAMPLES
from engine.tensors import to_tensor

NAMES = {
    "alexnet": [
        *("conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "conv3", "relu3"),
        *("conv4", "relu4", "conv5", "relu5", "pool5"),
    ],
    "vgg16": [
        *("conv1_1", "relu1_1", "conv1_2", "relu1_2", "pool1"),
        *("conv2_1", "relu2_1", "conv2_2", "relu2_2", "pool2"),
        *("conv3_1", "relu3_1", "conv3_2", "relu3_2", "conv3_3", "relu3_3", "pool3"),
        *("conv4_1", "relu4_1", "conv4_2", "relu4_2", "conv4_3", "relu4_3", "pool4"),
        *("conv5_1", "relu5_1", "conv5_2", "relu5_2", "conv5_3", "relu5_3", "pool5"),
    ],
}


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ConvNet]:
    models = Models(tmp_path_factory.mktemp("downloads"))
    return {name: models.network(name) for name in NAMES}  # type: ignore[misc]


@pytest.fixture(scope="module")
def photo() -> Tensor:
    """A real photograph, 1 × 3 × 224 × 224 in 0..1."""
    rgb = read_picture(next(iter(sorted(SAMPLES.glob("*.jpg"))))).rgb
    return torch.nn.functional.interpolate(to_tensor(rgb), (224, 224), mode="bilinear", antialias=True)


def outputs_of_torchvision(features: nn.Sequential, picture: Tensor) -> list[Tensor]:
    """Normalise with torchvision's transform, and keep a copy after every layer (its ReLUs are in place)."""
    transform = torchvision.transforms.Normalize(IMAGENET_MEAN, IMAGENET_STD)
    activation = transform(picture)
    kept = []
    for layer in features:
        activation = layer(activation.clone())
        kept.append(activation.clone())
    return kept


@pytest.mark.parametrize("name", NAMES)
@torch.inference_mode()
def test_every_layer_equals_torchvisions(name: str, networks: dict[str, ConvNet], photo: Tensor) -> None:
    features = getattr(torchvision.models, name)(weights=None).features.eval()
    tensors = read_tensors(MODELS_ON_BOARD / f"{name}.safetensors")
    features.load_state_dict({key.removeprefix("features."): value for key, value in tensors.items()})
    network = networks[name]
    assert list(network.layers) == NAMES[name]
    activation = network.normalise(photo)
    for (layer_name, layer), expected in zip(
        network.layers.items(), outputs_of_torchvision(features, photo), strict=True
    ):
        activation = layer(activation)
        torch.testing.assert_close(activation, expected, rtol=1e-5, atol=1e-4, msg=layer_name)
    torch.testing.assert_close(network(photo), activation)


def test_vgg19_takes_torchvisions_names_and_its_layer_22_is_relu4_2() -> None:
    original = torchvision.models.vgg19(weights=None).features.state_dict()
    network = build_vgg19({f"features.{key}": value for key, value in original.items()})
    assert list(network.layers)[22] == "relu4_2"
    assert sum(isinstance(layer, nn.Conv2d) for layer in network.layers.values()) == 16
    last = network.layers["conv5_4"]
    assert isinstance(last, nn.Conv2d)
    assert torch.equal(last.weight, original["34.weight"])


def test_layer_22_of_vgg16_is_not_relu4_2(networks: dict[str, ConvNet]) -> None:
    assert list(networks["vgg16"].layers)[22] == "relu4_3"


@pytest.mark.parametrize("name", NAMES)
def test_no_relu_works_in_place(name: str, networks: dict[str, ConvNet], photo: Tensor) -> None:
    first, relu = list(networks[name].layers.values())[:2]
    before = first(networks[name].normalise(photo))
    kept = before.clone()
    relu(before)
    assert torch.equal(before, kept)
    assert bool((kept < 0).any())


def test_normalisation_is_imagenets(networks: dict[str, ConvNet]) -> None:
    picture = np.random.default_rng(0).random((1, 3, 4, 5), dtype=np.float32)
    expected = (picture - np.reshape([0.485, 0.456, 0.406], (3, 1, 1))) / np.reshape(
        [0.229, 0.224, 0.225], (3, 1, 1)
    )
    got = networks["vgg16"].normalise(torch.from_numpy(picture)).numpy()
    np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-6)


def test_a_chain_ends_with_the_layer_that_was_asked_for(networks: dict[str, ConvNet]) -> None:
    assert [name for name, _ in networks["alexnet"].chain("pool1")] == ["conv1", "relu1", "pool1"]
    with pytest.raises(KeyError):
        networks["alexnet"].chain("conv9")


@torch.inference_mode()
def test_the_weights_are_trained_ones_not_noise(
    networks: dict[str, ConvNet], photo: Tensor, tmp_path: Path
) -> None:
    """Units of conv5 prefer some natural pictures strongly: far more than a shuffled network does."""
    network = networks["alexnet"]
    shuffled = Models(tmp_path).network("alexnet")
    generator = torch.Generator().manual_seed(0)
    for layer in shuffled.layers.values():  # type: ignore[union-attr]
        if isinstance(layer, nn.Conv2d):
            order = torch.randperm(layer.weight.numel(), generator=generator)
            layer.weight.copy_(layer.weight.flatten()[order].view_as(layer.weight))

    def sparsity(net: nn.Module) -> float:
        activation = net(photo)
        return float((activation == 0).float().mean())

    assert sparsity(network) > 0.6
    assert abs(sparsity(network) - sparsity(shuffled)) > 0.05
