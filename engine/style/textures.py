"""What one layer alone knows of a style: a small texture synthesised from its statistics, made once and kept.

Gatys, Ecker, Bethge 2015, "Texture Synthesis Using Convolutional Neural Networks", with a single layer. The
start is soft grey noise in the style's mean colour, not white noise as there: a deep layer alone hardly sees
the finest grain, so it would leave white noise as it is, and nothing else could be made out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from engine.errors import EngineError
from engine.files import sha256_of
from engine.images import Picture, Rgb, read_picture, write_picture
from engine.jobs import Task
from engine.models import Models
from engine.style.pictures import Inputs
from engine.style.recipe import STYLE_LAYERS, Recipe
from engine.style.steps import PaintStep

if TYPE_CHECKING:
    from engine.convnets import ConvNet

SIZE = 96
ITERATIONS = 40
SOFTNESS, DEVIATION = 2.0, 16.0
"""The noise to start from: the width of its Gaussian blur in pixels, its standard deviation of 255 levels."""
_VERSION = 2
"""Part of the file names: raised when the synthesis changes, so that old textures are made anew."""


@dataclass(frozen=True)
class LayerTexture:
    """The texture of one layer, uint8 H × W × 3."""

    layer: str
    rgb: Rgb


def layer_textures(
    models: Models, style: Path, cache: Path, network: str = "vgg16"
) -> Task[LayerTexture, tuple[LayerTexture, ...]]:
    """Synthesise a texture from each style layer alone; those in the cache come at once.

    Args:
        models: where the network is from.
        style: the picture.
        cache: the folder that keeps textures, by the picture's SHA-256.
        network: whose layers.

    Raises:
        EngineError: of reading the picture or of painting.
    """
    picture = read_picture(style)
    digest = sha256_of(style)[:32]
    made = []
    for layer in STYLE_LAYERS:
        file = cache / f"{digest}-{network}-{layer}-{_VERSION}.png"
        rgb = _kept(file)
        if rgb is None:
            rgb = yield from _synthesised(models, picture, layer, network)
            _keep(file, rgb)
        made.append(LayerTexture(layer, rgb))
        yield made[-1]
    return tuple(made)


def texture_recipe(layer: str, network: str = "vgg16") -> Recipe:
    """Return the recipe that paints with one layer's style, from a content that does not count."""
    weights: dict[str, Any] = {
        f"lambda{index}": float(name == layer) for index, name in enumerate(STYLE_LAYERS, start=1)
    }
    return Recipe(
        content="noise",
        styles=("style",),
        size=SIZE,
        iterations=ITERATIONS,
        weighting="weights",
        alpha=0.0,
        brush=2.0,
        pyramid=False,
        network=network,
        **weights,
    )


def _synthesised(models: Models, style: Picture, layer: str, network: str) -> Task[None, Rgb]:
    from engine.style.stylise import stylise

    yield None
    start = Picture(soft_noise(style.rgb))
    net = cast("ConvNet", models.network(network))
    steps = stylise(net, texture_recipe(layer, network), Inputs(start, (style,)))
    rgb = start.rgb
    try:
        for step in steps:
            if isinstance(step, PaintStep):
                rgb = step.picture
            yield None
    finally:
        steps.close()
    return rgb


def soft_noise(style: Rgb) -> Rgb:
    """Return grey noise without its finest grain around the mean colour of a style; always the same."""
    white = np.random.default_rng(0).standard_normal((SIZE, SIZE))
    down, across = np.meshgrid(np.fft.fftfreq(SIZE), np.fft.rfftfreq(SIZE), indexing="ij")
    blur = np.exp(-2 * (np.pi * SOFTNESS) ** 2 * (down**2 + across**2))
    soft = np.fft.irfft2(np.fft.rfft2(white) * blur, (SIZE, SIZE))
    noise = DEVIATION * soft / soft.std()
    levels = np.clip(style.mean(axis=(0, 1)) + noise[:, :, None], 0, 255)
    return np.asarray(levels.round(), dtype=np.uint8)


def _kept(file: Path) -> Rgb | None:
    try:
        return read_picture(file).rgb if file.is_file() else None
    except EngineError:
        return None


def _keep(file: Path, rgb: Rgb) -> None:
    """A cache that cannot be written costs time, nothing else."""
    try:
        write_picture(file, rgb)
    except EngineError:
        return
