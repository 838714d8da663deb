"""The two small networks over signals and volumes: ``train_planted.py`` trains them, the engine runs them."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn


def planted_1d() -> nn.Sequential:
    """N × 1 × length → N × 6 × length / 4: one unit a motif, behind a receptive field of 60 samples."""
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv1d(1, 16, 9, padding=4),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool1d(2),
            conv2=nn.Conv1d(16, 24, 9, padding=4),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool1d(2),
            conv3=nn.Conv1d(24, 6, 9, padding=4),
            relu3=nn.ReLU(),
        )
    )


def planted_3d() -> nn.Sequential:
    """N × 1 × depth × height × width → N × 4 × half of each: one unit a shape, field 14 voxels a side."""
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv3d(1, 8, 5, padding=2),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool3d(2),
            conv2=nn.Conv3d(8, 16, 3, padding=1),
            relu2=nn.ReLU(),
            conv3=nn.Conv3d(16, 4, 3, padding=1),
            relu3=nn.ReLU(),
        )
    )
