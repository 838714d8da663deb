"""The ConvNets that Paint and Explain share: AlexNet and VGG, convolution part, with named layers.

Krizhevsky 2014, "One weird trick" (AlexNet as in torchvision: one tower, 64 first filters);
Simonyan & Zisserman 2015 (VGG, configurations D and E).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import torch
from torch import Tensor, nn

from resources.models.planted_networks import planted_1d, planted_3d

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)

VGG16_BLOCKS = (2, 2, 3, 3, 3)
VGG19_BLOCKS = (2, 2, 4, 4, 4)
VGG_CHANNELS = (64, 128, 256, 512, 512)


class ConvNet(nn.Module):
    """A chain of layers that can be called by name.

    ``layers`` is the chain in order. Convolutions are ``conv1_1`` or ``conv1``, the ReLU behind each
    ``relu1_1`` or ``relu1``, pooling ``pool1``. The input is 3 × H × W in 0..1, RGB; normalisation with
    ImageNet's mean and std is the first thing done (:meth:`normalise`). No ReLU works in place: that
    would destroy the activations that projections and style losses need.
    """

    def __init__(self, name: str, layers: Mapping[str, nn.Module]) -> None:
        super().__init__()
        self.name = name
        self.layers = nn.ModuleDict(layers)
        self.register_buffer("mean", torch.tensor(IMAGENET_MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(IMAGENET_STD).view(1, 3, 1, 1))
        self.mean: Tensor
        self.std: Tensor

    def normalise(self, picture: Tensor) -> Tensor:
        """Bring N × 3 × H × W in 0..1 to the network's own scale."""
        return (picture - self.mean) / self.std

    def chain(self, last: str) -> list[tuple[str, nn.Module]]:
        """Return (name, module) from the input up to and including the layer ``last``; KeyError if none."""
        names = list(self.layers.keys())
        if last not in self.layers:
            raise KeyError(last)
        return [(name, self.layers[name]) for name in names[: names.index(last) + 1]]

    def forward(self, picture: Tensor) -> Tensor:
        """Run the whole chain on N × 3 × H × W in 0..1."""
        activation = self.normalise(picture)
        for layer in self.layers.values():
            activation = layer(activation)
        return activation


def build_alexnet(tensors: Mapping[str, Tensor]) -> ConvNet:
    """AlexNet's five convolutions from torchvision's ``features.N.weight`` names (fp16 is widened)."""
    layers: dict[str, nn.Module] = {
        "conv1": nn.Conv2d(3, 64, 11, stride=4, padding=2),
        "relu1": nn.ReLU(),
        "pool1": nn.MaxPool2d(3, 2),
        "conv2": nn.Conv2d(64, 192, 5, padding=2),
        "relu2": nn.ReLU(),
        "pool2": nn.MaxPool2d(3, 2),
        "conv3": nn.Conv2d(192, 384, 3, padding=1),
        "relu3": nn.ReLU(),
        "conv4": nn.Conv2d(384, 256, 3, padding=1),
        "relu4": nn.ReLU(),
        "conv5": nn.Conv2d(256, 256, 3, padding=1),
        "relu5": nn.ReLU(),
        "pool5": nn.MaxPool2d(3, 2),
    }
    return _fill(ConvNet("alexnet", layers), tensors)


def build_vgg16(tensors: Mapping[str, Tensor]) -> ConvNet:
    """VGG16's thirteen convolutions from torchvision's ``features.N.weight`` names."""
    return _fill(ConvNet("vgg16", _vgg(VGG16_BLOCKS)), tensors)


def build_vgg19(tensors: Mapping[str, Tensor]) -> ConvNet:
    """VGG19's sixteen convolutions from torchvision's ``features.N.weight`` names."""
    return _fill(ConvNet("vgg19", _vgg(VGG19_BLOCKS)), tensors)


def build_planted_1d(tensors: Mapping[str, Tensor]) -> nn.Sequential:
    """The small network over signals that ``resources/models/train_planted.py`` trains.

    RuntimeError when a tensor is missing or has the wrong shape.
    """
    return _load(planted_1d(), tensors)


def build_planted_3d(tensors: Mapping[str, Tensor]) -> nn.Sequential:
    """The small network over volumes that ``resources/models/train_planted.py`` trains."""
    return _load(planted_3d(), tensors)


def _load(network: nn.Sequential, tensors: Mapping[str, Tensor]) -> nn.Sequential:
    network.load_state_dict(dict(tensors))
    return network


def _vgg(blocks: tuple[int, ...]) -> dict[str, nn.Module]:
    layers: dict[str, nn.Module] = {}
    widths = pairwise((3, *VGG_CHANNELS))
    for block, (count, (before, channels)) in enumerate(zip(blocks, widths, strict=True), start=1):
        for index in range(1, count + 1):
            layers[f"conv{block}_{index}"] = nn.Conv2d(before, channels, 3, padding=1)
            layers[f"relu{block}_{index}"] = nn.ReLU()
            before = channels
        layers[f"pool{block}"] = nn.MaxPool2d(2, 2)
    return layers


def _fill(network: ConvNet, tensors: Mapping[str, Tensor]) -> ConvNet:
    """Copy ``features.N.weight|bias`` into the chain, N being the position in it, as in torchvision."""
    with torch.no_grad():
        for position, layer in enumerate(network.layers.values()):
            if isinstance(layer, nn.Conv2d):
                assert layer.bias is not None
                layer.weight.copy_(tensors[f"features.{position}.weight"])
                layer.bias.copy_(tensors[f"features.{position}.bias"])
    return network
