"""Trains the two small networks over signals and volumes, from generated data alone.

    python -m resources.models.train_planted [--steps 300]

Each sees windows with one motif (or none) in noise. Unit i of the last layer is asked to fire where motif i
is and nowhere else; the layers before are free. Another machine's arithmetic gives slightly different
weights: the files on board are the ones that ``models.toml`` names by their hashes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor, nn
from torch.nn import functional as F

from resources.models import planted
from resources.models.planted_networks import planted_1d, planted_3d

HERE = Path(__file__).parent
BATCH = 32


def batch(
    make: Callable[..., tuple[Any, Any]], names: Sequence[str], count: int, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Return ``count`` windows (N × 1 × size), which motif each holds (the last number: none), and where."""
    labels = rng.integers(0, len(names) + 1, count)
    made = [make(names[label] if label < len(names) else None, rng) for label in labels]
    windows = np.stack([planted.standardised(numbers) for numbers, _ in made])
    starts = np.array([np.atleast_1d(start) for _, start in made])
    return torch.from_numpy(windows)[:, None], torch.from_numpy(labels), torch.from_numpy(starts)


class Scored(nn.Module):
    """A network and the scores of its last units: a · activation − b, at every position.

    The last rectifier is left out while training, so that a silent unit still learns.
    """

    def __init__(self, network: nn.Sequential, motifs: int) -> None:
        super().__init__()
        self.network = network
        self.slope = nn.Parameter(torch.ones(motifs))
        self.offset = nn.Parameter(torch.ones(motifs))

    def forward(self, windows: Tensor) -> Tensor:
        """Return N × motifs × map log odds."""
        maps: Tensor = self.network[:-1](windows)
        shape = (1, -1, *(1 for _ in maps.shape[2:]))
        return F.softplus(self.slope).view(shape) * maps - self.offset.view(shape)


def loss_of(scores: Tensor, labels: Tensor, starts: Tensor, length: int, stride: int) -> Tensor:
    """Ask for a high score where the motif is, and for low largest scores everywhere else.

    Two positions around the motif's middle are left alone.
    """
    motifs, size = scores.shape[1], scores.shape[2:]
    middles = ((starts + length / 2 - stride / 2) / stride).round().long()
    right = torch.zeros_like(scores, dtype=torch.bool)
    near = torch.zeros_like(right)
    for number, label in enumerate(labels.tolist()):
        if label == motifs:
            continue
        place = tuple(min(max(0, one), n - 1) for one, n in zip(middles[number].tolist(), size, strict=True))
        right[(number, label, *place)] = True
        near[(number, label, *(slice(max(0, one - 2), one + 3) for one in place))] = True
    elsewhere = scores.masked_fill(near, -20.0).flatten(2).amax(dim=2)
    return F.softplus(-scores[right]).mean() + F.softplus(elsewhere).mean() * motifs / 2


def train(
    network: nn.Sequential,
    make: Callable[..., tuple[Any, Any]],
    names: Sequence[str],
    steps: int,
    length: int,
    stride: int,
) -> float:
    """Train in place and return the share of 500 new windows whose motifs are all told right."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    for layer in network:
        if isinstance(layer, nn.Conv1d | nn.Conv3d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            assert layer.bias is not None
            nn.init.constant_(layer.bias, 0.05)
    with torch.no_grad():
        network[-2].weight.mul_(0.1)  # large first steps would silence the rectifiers for good
    scored = Scored(network, len(names))
    adam = torch.optim.Adam(scored.parameters(), lr=3e-3)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(adam, steps)
    for step in range(steps):
        windows, labels, starts = batch(make, names, BATCH, rng)
        loss = loss_of(scored(windows), labels, starts, length, stride)
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(scored.parameters(), 1.0)
        adam.step()
        slower.step()
        if step % 50 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    windows, labels, _ = batch(make, names, 500, np.random.default_rng(1))
    wanted = F.one_hot(labels, len(names) + 1)[:, :-1].bool()
    with torch.no_grad():
        right = ((scored.eval()(windows).flatten(2).amax(dim=2) > 0) == wanted).all(dim=1)
    return float(right.float().mean())


def main() -> int:
    """Train both and write their files."""
    parser = argparse.ArgumentParser(description="Train the small networks over signals and volumes.")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--only", choices=("planted-1d", "planted-3d"), help="train one of the two")
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()
    for name, network, make, names, length, stride in (
        ("planted-1d", planted_1d(), planted.signal, planted.MOTIFS, planted.MOTIF_LENGTH, 4),
        ("planted-3d", planted_3d(), planted.volume, planted.SHAPES, planted.SHAPE_SIDE, 2),
    ):
        if options.only not in (None, name):
            continue
        right = train(network, make, names, options.steps, length, stride)
        data = save({key: value.contiguous() for key, value in network.state_dict().items()})
        (options.out / f"{name}.safetensors").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        print(f"{name}: {right:.3f} of new windows right, {len(data)} bytes, {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
