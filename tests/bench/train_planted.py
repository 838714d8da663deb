"""Trains the two small networks over signals and volumes, from generated data alone.

    python -m tests.bench.train_planted [--steps 600]

Each sees windows with one motif (or none) in noise. The score of motif i is the largest activation of unit i
of the last layer, so that each of these units learns to look for one motif, wherever it is; the layers before
are free. Another machine's arithmetic gives slightly different weights: the files on board are the ones that
``models.toml`` names by their hashes.
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

from engine.convnets import planted_1d, planted_3d
from engine.paths import MODELS_ON_BOARD
from resources.models import planted

BATCH = 32


def batch(
    make: Callable[..., tuple[Any, Any]], names: Sequence[str], count: int, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Return ``count`` windows (N × 1 × size) and which motif each holds (the last number: none)."""
    labels = rng.integers(0, len(names) + 1, count)
    windows = [
        planted.standardised(make(names[label] if label < len(names) else None, rng)[0]) for label in labels
    ]
    return torch.from_numpy(np.stack(windows))[:, None], torch.from_numpy(labels)


class Scored(nn.Module):
    """A network and the scores of its last units: a · largest activation − b.

    The last rectifier is left out while training, so that a silent unit still learns.
    """

    def __init__(self, network: nn.Sequential, motifs: int) -> None:
        super().__init__()
        self.network = network
        self.slope = nn.Parameter(torch.ones(motifs))
        self.offset = nn.Parameter(torch.ones(motifs))

    def forward(self, windows: Tensor) -> Tensor:
        """Return N × motifs log odds."""
        strongest: Tensor = self.network[:-1](windows).flatten(2).amax(dim=2)
        return F.softplus(self.slope) * strongest - self.offset


def train(
    network: nn.Sequential, make: Callable[..., tuple[Any, Any]], names: Sequence[str], steps: int
) -> float:
    """Train in place and return the share of 500 new windows whose motifs are all told right."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    for layer in network:
        if isinstance(layer, nn.Conv1d | nn.Conv3d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            assert layer.bias is not None
            nn.init.constant_(layer.bias, 0.05)
    scored = Scored(network, len(names))
    adam = torch.optim.Adam(scored.parameters(), lr=4e-3)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(adam, steps)
    for step in range(steps):
        windows, labels = batch(make, names, BATCH, rng)
        wanted = F.one_hot(labels, len(names) + 1)[:, :-1].float()
        loss = F.binary_cross_entropy_with_logits(scored(windows), wanted)
        adam.zero_grad()
        loss.backward()
        adam.step()
        slower.step()
        if step % 100 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    windows, labels = batch(make, names, 500, np.random.default_rng(1))
    wanted = F.one_hot(labels, len(names) + 1)[:, :-1].bool()
    with torch.no_grad():
        right = ((scored.eval()(windows) > 0) == wanted).all(dim=1)
    return float(right.float().mean())


def main() -> int:
    """Train both and write their files."""
    parser = argparse.ArgumentParser(description="Train the small networks over signals and volumes.")
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--only", choices=("planted-1d", "planted-3d"), help="train one of the two")
    parser.add_argument("--out", type=Path, default=MODELS_ON_BOARD)
    options = parser.parse_args()
    for name, network, make, names in (
        ("planted-1d", planted_1d(), planted.signal, planted.MOTIFS),
        ("planted-3d", planted_3d(), planted.volume, planted.SHAPES),
    ):
        if options.only not in (None, name):
            continue
        right = train(network, make, names, options.steps)
        data = save({key: value.contiguous() for key, value in network.state_dict().items()})
        (options.out / f"{name}.safetensors").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        print(f"{name}: {right:.3f} of new windows right, {len(data)} bytes, {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
