"""The network's own preprocessing against torchvision's, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.transforms._presets import ImageClassification

from engine.convnets import IMAGENET_MEAN, IMAGENET_STD
from engine.explorer.activations import Responses
from engine.explorer.preprocess import IMAGENET
from tests.engine.explorer.nets import explained, small_network


@pytest.mark.parametrize("size", [(300, 500), (500, 300), (256, 256), (257, 255), (40, 31), (1000, 701)])
def test_equals_torchvision(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(size[0]).integers(0, 256, (*size, 3), dtype=np.uint8)
    theirs = ImageClassification(crop_size=224, resize_size=256)(Image.fromarray(noise))
    network = explained(small_network(), IMAGENET)
    mine = Responses(network, network.taps())._input(IMAGENET.apply(noise)[None])
    assert torch.equal(mine[0], theirs)
    assert IMAGENET.mean == IMAGENET_MEAN
    assert IMAGENET.std == IMAGENET_STD


def test_box_comes_back_to_the_photo() -> None:
    """A photo whose pixels hold their own coordinates tells where a box of the input lies on it."""
    height, width = 480, 640
    rows, columns = np.mgrid[0:height, 0:width]
    photo = np.stack([columns * 255 / width, rows * 255 / height, rows * 0], axis=2).round().astype(np.uint8)
    shown = IMAGENET.apply(photo)
    placement = IMAGENET.place(width, height)
    for x0, y0 in ((0, 0), (100, 37), (223, 223)):
        left, top, right, bottom = placement.on_photo((x0, y0, x0 + 1, y0 + 1))
        red, green = (float(value) for value in shown[y0, x0, :2])
        assert (left + right) / 2 == pytest.approx(red * width / 255, abs=3)
        assert (top + bottom) / 2 == pytest.approx(green * height / 255, abs=3)
