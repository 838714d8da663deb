"""How much memory a painting takes, beside what the planner predicted.

    python -m tests.bench.style_memory [--size 1024] [--iterations 2] [--tile 0]
                                       [--limit-gb 8] [--output FILE]

One process, one scale, from the content, with L-BFGS. ``--limit-gb`` is what the planner is told is free.
Prints the process's peak, the prediction, and the seconds of an iteration.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
from pathlib import Path
from typing import cast

import torch

from engine.convnets import ConvNet
from engine.images import write_picture
from engine.jobs import run
from engine.models import Models
from engine.paths import user_paths
from engine.style.pictures import read_inputs, size_at
from engine.style.plan import choose_tile, predict_bytes
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.stylise import stylise


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--iterations", type=int, default=2)
    parser.add_argument("--tile", type=int, default=0)
    parser.add_argument("--limit-gb", type=float, default=8.0)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    network = cast("ConvNet", Models(user_paths().models).network("vgg16"))
    content, style = (str(path) for path in sample_pairs()[0])
    recipe = Recipe(
        content=content, styles=(style,), size=options.size, iterations=options.iterations, pyramid=False
    )
    inputs = read_inputs(recipe)
    width, height = size_at(inputs.content, options.size)
    tile = choose_tile(width, height, int(options.limit_gb * 2**30), wish=options.tile)
    result = run(stylise(network, dataclasses.replace(recipe, tile=tile or 8192), inputs))
    seconds = statistics.median(record.seconds for record in result.log)
    losses = ", ".join(f"{record.losses.total:.4g}" for record in result.log)
    print(f"{width} × {height}, tiles of {tile or 'the whole picture'}, torch {torch.__version__}")
    print(
        f"peak {result.peak_memory_bytes / 2**30:.2f} GB, "
        f"predicted {predict_bytes(width, height, tile) / 2**30:.2f} GB"
    )
    print(f"{seconds:.1f} s an iteration (median of {len(result.log)}); total loss {losses}")
    if options.output:
        write_picture(options.output, result.rgb)


if __name__ == "__main__":
    main()
