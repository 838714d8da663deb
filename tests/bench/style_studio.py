"""What the studio costs beside an iteration: colours, timeline, matrices.

``python -m tests.bench.style_studio [--size 512] [--rounds 5] [--threads 2]``: medians, one process, after a
warm-up, parts taking turns.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import torch

from engine.convnets import ConvNet
from engine.jobs import run
from engine.models import Models
from engine.style.finish import Finish, Finisher
from engine.style.mathematics import GramLens, gram_view
from engine.style.pictures import read_inputs
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.steps import PaintStep
from engine.style.stylise import stylise
from engine.style.timeline import Timeline, stride_for


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    content, style = sample_pairs()[0]
    recipe = Recipe(
        content=str(content), styles=(str(style),), size=arguments.size, iterations=150, pyramid=False
    )
    with tempfile.TemporaryDirectory() as folder:
        models = Models(Path(folder))
        network = cast("ConvNet", models.network("vgg16"))
        steps = stylise(network, recipe, read_inputs(recipe))
        newest = next(step for step in steps if isinstance(step, PaintStep))
        timeline, lens = Timeline(Path(folder) / "timeline"), GramLens(recipe)
        finishers = {color: Finisher(recipe, Finish(color)) for color in ("photo", "match")}
        parts: dict[str, Callable[[], Any]] = {
            "one iteration with its preview": lambda: _iterate(steps),
            "the photo's colours on the preview": lambda: finishers["photo"](newest.picture),
            "the photo's palette on the preview": lambda: finishers["match"](newest.picture),
            "one moment of the timeline": lambda: timeline.add(newest, newest.picture),
            "one look at the matrices (relu3_1)": lambda: run(
                gram_view(models, lens, newest.picture, "relu3_1")
            ),
        }
        for work in parts.values():
            work()
        times: dict[str, list[float]] = {name: [] for name in parts}
        for _ in range(arguments.rounds):
            for name, work in parts.items():
                times[name].append(timed(work))
        steps.close()
    medians = {name: statistics.median(each) for name, each in times.items()}
    whole = medians["one iteration with its preview"]
    every = stride_for(recipe)
    threads = f"{arguments.threads} threads, torch {torch.__version__}"
    print(f"{arguments.size} px, {threads}, {arguments.rounds} rounds")
    for name, seconds in medians.items():
        print(f"{name:40s} {1000 * seconds:8.1f} ms  {100 * seconds / whole:6.2f} % of an iteration")
    share = 100 * medians["one moment of the timeline"] / every / whole
    print(f"timeline, one moment in {every} iterations: {share:.2f} %")


def _iterate(steps: Any) -> None:
    while not isinstance(next(steps), PaintStep):
        pass


if __name__ == "__main__":
    main()
