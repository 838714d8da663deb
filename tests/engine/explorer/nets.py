"""Small networks and pictures for the explorer's tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from engine.convnets import ConvNet
from engine.explorer.inputs import Inputs
from engine.explorer.loading import body_of
from engine.explorer.networks import Explained
from engine.explorer.preprocess import Preprocessing

SMALL = Preprocessing(name="small", resize=40, crop=32)


def small_network(seed: int = 0) -> ConvNet:
    """Three convolutions with pooling between, random weights."""
    torch.manual_seed(seed)
    layers: dict[str, nn.Module] = {
        "conv1": nn.Conv2d(3, 8, 5, stride=2, padding=2),
        "relu1": nn.ReLU(),
        "pool1": nn.MaxPool2d(3, 2),
        "conv2": nn.Conv2d(8, 12, 3, padding=1),
        "relu2": nn.ReLU(),
        "conv3": nn.Conv2d(12, 10, 3, padding=1),
    }
    return ConvNet("small", layers).eval().requires_grad_(False)


def explained(network: nn.Module, inputs: Inputs = SMALL, weights: str = "w") -> Explained:
    return Explained(getattr(network, "name", "small"), weights, body_of(network), inputs)


def write_pictures(folder: Path, count: int, seed: int = 0) -> list[str]:
    """Write noise pictures of different sizes; return their paths below ``folder``, sorted."""
    rng = np.random.default_rng(seed)
    names = []
    for number in range(count):
        name = f"{'ab'[number % 2]}/{number:03d}.png"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        size = rng.integers(33, 70, 2)
        coarse = rng.integers(0, 256, (6, 6, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((int(size[0]), int(size[1])), Image.Resampling.BICUBIC).save(
            folder / name
        )
        names.append(name)
    return sorted(names)


def brute_force(maps: NDArray[np.float32], k: int) -> list[list[tuple[float, int, int]]]:
    """Store everything, sort: per unit the k best (value, picture, flat position).

    ``maps`` is pictures × units × positions.
    """
    best = []
    for unit in range(maps.shape[1]):
        entries = []
        for picture in range(maps.shape[0]):
            row = [(-float(v), picture, p) for p, v in enumerate(maps[picture, unit])]
            entries.append(min(row))
        best.append([(-value + 0.0, picture, p) for value, picture, p in sorted(entries)[:k]])
    return best
