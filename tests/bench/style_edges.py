"""How far the rim of a painting is from its inside, with and without the picture mirrored beyond its edge.

    python -m tests.bench.style_edges [--size 128] [--iterations 40]

Three flat pictures with a little noise, each in the mean colour of its style, are painted by strength 50 at
one scale: their inside looks the same everywhere, so whatever differs at the rim is the edge's doing. Printed
for the outermost rings of pixels: how far the ring's mean colour is from the inside's, in standard deviations
of the inside, and the ring's standard deviation, as a multiple of the inside's.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from engine.convnets import ConvNet
from engine.images import Picture, Rgb, read_picture
from engine.jobs import run
from engine.models import Models
from engine.paths import user_paths
from engine.style.pictures import Inputs
from engine.style.recipe import Recipe
from engine.style.stylise import stylise

STYLES = ("vangogh_starry_night_gatys", "hokusai_wave_crop", "vangogh_olive_trees")
RINGS = 6
INSIDE = 20
"""Pixels nearer to the edge than this do not belong to the inside."""

DATA = Path(os.environ.get("TRIPTYCH_DATA", "../shared/data"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--iterations", type=int, default=40)
    options = parser.parse_args()
    network = cast("ConvNet", Models(user_paths().models).network("vgg16"))
    styles = [read_picture(next((DATA / "style/paintings").glob(name + ".*"))) for name in STYLES]
    print(f"{'':<10}" + "".join(f"   ring {ring}" for ring in range(RINGS)))
    for edges in ("zeros", "mirrored"):
        recipe = Recipe(
            content="c",
            styles=("s",),
            size=options.size,
            iterations=options.iterations,
            weighting="strength",
            pyramid=False,
            edges=edges,
        )
        found = [
            rim(run(stylise(network, recipe, Inputs(flat(style, options.size, seed), (style,)))).rgb)
            for seed, style in enumerate(styles)
        ]
        for row, name in enumerate(("shift", "spread")):
            mean = np.mean([each[row] for each in found], axis=0)
            print(f"{edges:<9} {name:<6}" + "".join(f"{value:9.2f}" for value in mean), flush=True)


def flat(style: Picture, size: int, seed: int) -> Picture:
    """Return a square in the mean colour of a style, with noise of 12 levels."""
    noise = np.random.default_rng(seed).normal(0, 12, (size, size, 3))
    return Picture(np.clip(style.rgb.mean(axis=(0, 1)) + noise, 0, 255).astype(np.uint8))


def rim(painting: Rgb) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (shift, spread) of the outermost rings, the outermost first."""
    inside = painting[INSIDE:-INSIDE, INSIDE:-INSIDE].astype(np.float64)
    mean, deviation = inside.mean(axis=(0, 1)), inside.std(axis=(0, 1)).mean()
    rings = [_ring(painting, index) for index in range(RINGS)]
    shift = [np.abs(ring.mean(axis=0) - mean).mean() / deviation for ring in rings]
    spread = [ring.std(axis=0).mean() / deviation for ring in rings]
    return np.array(shift), np.array(spread)


def _ring(painting: Rgb, index: int) -> NDArray[np.float64]:
    """Return the pixels that lie ``index`` pixels from the edge, as rows of three."""
    inner = painting[index : painting.shape[0] - index, index : painting.shape[1] - index].astype(np.float64)
    return np.concatenate([inner[0], inner[-1], inner[1:-1, 0], inner[1:-1, -1]])


if __name__ == "__main__":
    main()
