"""How far an iteration is from the bare network, and what the preview costs.

    python -m tests.bench.style_iteration [--size 256] [--rounds 15] [--loss gram|w2|sliced]
                                          [--threads N] [--clock wall|cpu]
                                          [--device cpu|cuda:0|mps] [--precision fp32|bf16]

The floor is forward and backward of the network, truncated at relu5_1, on one tensor of the painting's
size, twice: as it comes (contiguous), and in the channels_last order that Paint uses; both as torch's own
modules compute it, with zeros beyond the edge. All are measured in
turn within every round of one process, so that whatever else the machine does meets them alike; ratios are
medians over the rounds. ``--clock cpu`` counts the process's own time, for a machine that is busy otherwise.
"""

from __future__ import annotations

import argparse
import copy
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import cast

import torch

from engine.convnets import ConvNet
from engine.device import full_precision
from engine.jobs import run
from engine.models import Models
from engine.paths import user_paths
from engine.style.easel import Easel
from engine.style.features import Features
from engine.style.objective import make_objective
from engine.style.optimise import make_optimiser
from engine.style.pictures import bring_to_size, read_inputs
from engine.style.precision import precision_of
from engine.style.recipe import CONTENT_LAYER, STYLE_LAYERS, Recipe
from engine.style.samples import sample_pairs
from engine.style.style_losses import STYLE_LOSSES
from engine.style.targets import Targets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--loss", default="gram")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", default="fp32")
    options = parser.parse_args()
    device = torch.device(options.device)
    clock = time.perf_counter if options.clock == "wall" else time.process_time
    torch.set_num_threads(options.threads)
    network = cast("ConvNet", Models(user_paths().models, str(device)).network("vgg16"))
    content, style = (str(path) for path in sample_pairs()[0])
    recipe = Recipe(content=content, styles=(style,), size=options.size, loss=options.loss)
    sized = bring_to_size(read_inputs(recipe), recipe.size)
    easel = Easel(recipe, sized, device)
    precision = precision_of(options.precision, torch.float32, device)
    mirrored = recipe.edges == "mirrored"
    features = Features(network, {CONTENT_LAYER, *STYLE_LAYERS}, precision, mirrored=mirrored)
    targets = Targets(features, STYLE_LOSSES[recipe.loss], easel.content, easel.styles(sized.styles))
    objective = run(make_objective(targets, recipe))
    optimiser = make_optimiser(recipe)
    reordered = copy.deepcopy(network).to(memory_format=torch.channels_last)
    tensor = easel.content.clone().requires_grad_()

    def bare(network: ConvNet, order: torch.memory_format) -> None:
        with full_precision(), torch.autocast(device.type, precision, enabled=precision != torch.float32):
            activation = network.normalise(tensor).contiguous(memory_format=order)
            for _name, layer in network.chain(STYLE_LAYERS[-1]):
                activation = layer(activation)
        with full_precision():
            activation.float().sum().backward()

    def iteration() -> None:
        gradient, _losses = run(easel.differentiate(objective))
        optimiser.step(easel.picture, gradient)
        easel.average()

    parts: dict[str, Callable[[], object]] = {
        "bare, contiguous": partial(bare, network, torch.contiguous_format),
        "bare, channels_last": partial(bare, reordered, torch.channels_last),
        "iteration": iteration,
        "preview": easel.show,
    }
    taken: dict[str, list[float]] = {name: [] for name in parts}
    for turn in range(options.rounds + 2):
        for name, part in parts.items():
            start = clock()
            part()
            wait_for(device)
            if turn >= 2:
                taken[name].append(clock() - start)
    height, width = sized.content.shape[:2]
    how = f"{recipe.loss}, {device}, {options.precision}, {options.threads} threads, {options.clock} clock"
    print(f"{width} × {height}, {how}, torch {torch.__version__}")
    for name, seconds in taken.items():
        print(f"{name:<22}{statistics.median(seconds) * 1e3:9.1f} ms")

    def ratio(one: str, other: str) -> float:
        return statistics.median(a / b for a, b in zip(taken[one], taken[other], strict=True))

    print(f"iteration / bare (channels_last)    {ratio('iteration', 'bare, channels_last'):.3f}")
    print(f"iteration / bare (contiguous)       {ratio('iteration', 'bare, contiguous'):.3f}")
    print(f"preview / iteration                 {ratio('preview', 'iteration'):.2%}")


def wait_for(device: torch.device) -> None:
    """Wait until a graphics card has done what it was given."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


if __name__ == "__main__":
    main()
