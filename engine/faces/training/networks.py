"""The encoders that the lab trains: a small ConvNet from scratch, and the encoder on board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.faces.sface import DIMENSIONS, SIZE, SFace
from engine.models import Models, read_tensors

CHANNELS: Final = (16, 32, 64, 128)
"""Units of the small network's four layers; each halves the picture."""

FACE_NET: Final = "face-net"
"""Architecture of the small network, as model cards name it."""

SFACE: Final = "sface"
"""Architecture, and id, of the encoder on board."""


class FaceNet(nn.Module):
    """A ConvNet that a CPU trains in minutes: about 250 000 weights, 12 million multiplications a face.

    Four 3 × 3 convolutions with batch normalisation, ReLU and 2 × 2 max pooling, then one dense layer. The
    picture is halved first and standardised (mean 0, variance 1), so that light does not have to be learned.
    """

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = 3
        for channels in CHANNELS:
            layers += [
                nn.Conv2d(before, channels, 3, padding=1, bias=False),
                nn.BatchNorm2d(channels),
                nn.ReLU(),
                nn.MaxPool2d(2),
            ]
            before = channels
        self.layers = nn.Sequential(*layers)
        side = SIZE // 2 // 2 ** len(CHANNELS)
        self.dense = nn.Linear(before * side * side, DIMENSIONS)

    def forward(self, faces: Tensor) -> Tensor:
        """Return N × 128 encodings of unit length for N × 3 × 112 × 112 aligned faces (RGB, 0..255)."""
        small = F.avg_pool2d(faces, 2)
        centred = small - small.mean(dim=(1, 2, 3), keepdim=True)
        spread = centred.square().mean(dim=(1, 2, 3), keepdim=True).sqrt()
        return F.normalize(self.dense(self.layers(centred / (spread + 1.0)).flatten(1)), dim=1)


def build_face_net(tensors: Mapping[str, Tensor]) -> FaceNet:
    """Build the small network from its trained state.

    Raises:
        RuntimeError: a tensor is missing or has the wrong shape.
    """
    network = FaceNet()
    network.load_state_dict(dict(tensors))
    return network


def new_face_net(seed: int) -> FaceNet:
    """Return an untrained network; one seed always gives the same weights."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return FaceNet()


def sface_to_train(models: Models, layers: str) -> SFace:
    """Return a fresh copy of the encoder on board in evaluation mode with some layers open to learning.

    Batch normalisation keeps its statistics and dropout stays off: a batch of a few people would spoil
    what millions of faces have set.

    Args:
        models: where the file is.
        layers: "last" (the last block, its normalisation and the dense layer) or "all".

    Raises:
        EngineError: what :meth:`Models.file` raises.
    """
    from engine.faces.sface import build_sface

    network = build_sface(read_tensors(models.file(SFACE))).eval()
    network.requires_grad_(layers == "all")
    for part in (network.blocks[-1], network.head_norm, network.dense, network.dense_norm):
        part.requires_grad_(True)
    return network
