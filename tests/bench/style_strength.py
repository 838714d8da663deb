"""Does one position of the strength mean the same for any pair of pictures?

    python -m tests.bench.style_strength --pairs 0-7 --size 128 --iterations 30

Every pair is painted at one strength, and with one α and β; then the distances of tests/bench/style_judge.py
from photo and style are compared. The spread is the standard deviation of the logarithms over the pairs:
0 when all pairs come out alike, 0.69 when a typical pair lies a factor of 2 from the mean.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import cast

import numpy as np
import torch

from engine.convnets import ConvNet
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from engine.paths import user_paths
from engine.style.pictures import Inputs, bring_to_size
from engine.style.recipe import Recipe
from engine.style.stylise import stylise
from engine.tensors import to_tensor
from tests.bench.style_judge import Judge
from tests.bench.style_quality import PAIRS

DATA = Path(os.environ.get("TRIPTYCH_DATA", "../shared/data"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", default="0-7", help="first-last")
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--iterations", type=int, default=30)
    parser.add_argument("--strength", type=float, default=50.0)
    parser.add_argument("--beta", type=float, default=100.0)
    parser.add_argument("--loss", default=Recipe().loss)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    models = Models(user_paths().models)
    vgg16, alexnet = (cast("ConvNet", models.network(name)) for name in ("vgg16", "alexnet"))
    ways = {
        f"strength {options.strength:g}": {"weighting": "strength", "strength": options.strength},
        f"α = 1, β = {options.beta:g}": {"weighting": "weights", "beta": options.beta},
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    first, last = (int(each) for each in options.pairs.split("-"))
    for index in range(first, last + 1):
        content = read_picture(next((DATA / "style/content").glob(PAIRS[index][0] + ".*")))
        style = read_picture(next((DATA / "style/paintings").glob(PAIRS[index][1] + ".*")))
        inputs = Inputs(content, (style,))
        sized = bring_to_size(inputs, options.size)
        judge = Judge(vgg16, alexnet, to_tensor(sized.content), to_tensor(sized.styles[0]))
        line = f"{' × '.join(PAIRS[index]):<52}"
        for name, values in ways.items():
            recipe = Recipe(
                content="c",
                styles=("s",),
                size=options.size,
                iterations=options.iterations,
                loss=options.loss,
                **values,  # type: ignore[arg-type]
            )
            painting = to_tensor(run(stylise(vgg16, recipe, inputs)).rgb)
            found[name].append((judge.content_distance(painting), judge.style_distance(painting)))
            line += "  content {:.3f} style {:.3f}".format(*found[name][-1])
        print(line, flush=True)
    for name, points in found.items():
        spread = np.log(np.array(points)).std(axis=0)
        middle = np.median(np.array(points), axis=0)
        print(
            f"{name:<16} median content {middle[0]:.3f}, style {middle[1]:.3f};"
            f" spread of content {spread[0]:.3f}, of style {spread[1]:.3f}"
        )


if __name__ == "__main__":
    main()
