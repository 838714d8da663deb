"""Which paints better in the same time, this engine or the algorithm of style-transfer-pytorch?

    python -m tests.bench.style_quality --pairs 0-9 --size 192 --seconds 20

Both have the same VGG16, the same processor, and about the same time; the peer paints with its published
weights. Ours paints at two or three strengths, and its style distance is read where its content distance
equals the peer's (linear in the logarithms). Distances are those of tests/bench/style_judge.py.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from PIL import Image

from engine.convnets import ConvNet
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from engine.paths import user_paths
from engine.style.pictures import Inputs, bring_to_size
from engine.style.recipe import Recipe
from engine.style.scales import scale_sizes, share_iterations
from engine.style.steps import PaintStep
from engine.style.stylise import stylise
from engine.tensors import to_tensor
from tests.bench.style_judge import Judge
from tests.bench.style_peer import Peer, iterations

PAIRS = (
    ("tubingen", "vangogh_starry_night_gatys"),
    ("golden_gate2", "hokusai_wave_crop"),
    ("taj_mahal", "monet_water_lilies_1919"),
    ("anishathalye_1-content", "vangogh_self_portrait"),
    ("anishathalye_stata", "picabia_udnie_1913"),
    ("tubingen", "gauguin_tahiti"),
    ("golden_gate2", "vangogh_night_cafe"),
    ("taj_mahal", "matisse_woman_with_hat_1905"),
    ("anishathalye_1-content", "sakai_hoitsu_flower"),
    ("anishathalye_stata", "vangogh_olive_trees"),
    ("tubingen", "mondrian"),
    ("golden_gate2", "vangogh_houses"),
)
clock = time.perf_counter
"""The wall clock, or the process's own where the machine has other work: both are paced by it alike."""

DATA = Path(os.environ.get("TRIPTYCH_DATA", "../shared/data"))


@dataclass(frozen=True)
class Point:
    """Where a painting lies, and what it took."""

    seconds: float
    content: float
    style: float
    strength: float = math.nan
    iterations: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", default="0-11", help="first-last")
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--strength", type=float, default=50.0, help="the first one tried")
    parser.add_argument("--tries", type=int, default=3, help="strengths that ours paints at most")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=JSON", help="other settings of ours")
    parser.add_argument("--keep", type=Path, help="a folder for the paintings and points.jsonl")
    parser.add_argument("--peer", type=Path, help="a points.jsonl with the peer's points of an earlier run")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    global clock
    clock = time.perf_counter if options.clock == "wall" else time.process_time
    torch.set_num_threads(options.threads)
    settings = {name: json.loads(value) for name, value in (each.split("=", 1) for each in options.set)}
    models = Models(user_paths().models)
    networks = [cast("ConvNet", models.network(name)) for name in ("vgg16", "alexnet")]
    known = {} if options.peer is None else _points(options.peer)
    first, last = (int(each) for each in options.pairs.split("-"))
    lines = []
    for index in range(first, last + 1):
        line = compare(networks, index, options, settings, known.get(index))
        lines.append(line)
        print(
            f"{index:2} {line['pair']:<50}"
            f" peer {line['peer']['style']:.3f} in {_effort(line['peer'])}"
            f"  ours {line['style']:.3f} in {_effort(line['ours'][-1])}"
            f"  at content {line['peer']['content']:.3f}, strength {line['strength']:.0f}"
            f"  {line['style'] / line['peer']['style']:.2f} ×",
            flush=True,
        )
        if options.keep is not None:
            with (options.keep / "points.jsonl").open("a") as file:
                file.write(json.dumps(line) + "\n")
    ratios = [line["style"] / line["peer"]["style"] for line in lines]
    print(
        f"ours nearer to the style in {sum(ratio < 1 for ratio in ratios)} of {len(ratios)}, "
        f"median {statistics.median(ratios):.3f} ×"
    )


def _effort(point: dict[str, Any]) -> str:
    return f"{point['seconds']:.0f} s ({point['iterations']} iterations)"


def _points(path: Path) -> dict[int, dict[str, Any]]:
    return {line["index"]: line["peer"] for line in map(json.loads, path.read_text().splitlines())}


def compare(
    networks: list[ConvNet], index: int, options: Any, settings: dict[str, Any], known: dict[str, Any] | None
) -> dict[str, Any]:
    """Paint one pair by both."""
    vgg16, alexnet = networks
    names = PAIRS[index]
    content = read_picture(next((DATA / "style/content").glob(names[0] + ".*")))
    style = read_picture(next((DATA / "style/paintings").glob(names[1] + ".*")))
    inputs = Inputs(content, (style,))
    sized = bring_to_size(inputs, options.size)
    judge = Judge(vgg16, alexnet, to_tensor(sized.content), to_tensor(sized.styles[0]))

    def keep(name: str, painting: torch.Tensor) -> None:
        if options.keep is not None:
            options.keep.mkdir(parents=True, exist_ok=True)
            pixels = (painting[0].permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
            Image.fromarray(pixels).save(options.keep / f"{index:02}-{name}.png")

    if known is None:
        peer = Peer(vgg16, content.rgb, style.rgb, options.size)
        counts = iterations(options.seconds, peer.costs(clock))
        begin = clock()
        painting = peer.paint(counts)
        seconds = clock() - begin
        distances = judge.content_distance(painting), judge.style_distance(painting)
        theirs = Point(seconds, *distances, iterations=sum(counts))
        keep("peer", painting)
    else:
        theirs = Point(**known)

    def ours(strength: float) -> Point:
        values = {"weighting": "strength", "size": options.size} | settings
        recipe = Recipe(content="c", styles=("s",), strength=strength, **values)
        recipe = _for_time(vgg16, recipe, inputs, theirs.seconds)
        begin = clock()
        result = run(stylise(vgg16, recipe, inputs))
        seconds = clock() - begin
        painting = to_tensor(result.rgb)
        keep(f"ours-{strength:.0f}", painting)
        distances = judge.content_distance(painting), judge.style_distance(painting)
        return Point(seconds, *distances, strength, len(result.log))

    found = [ours(options.strength)]
    slope = 0.02  # of ln content a position, a first guess
    for _ in range(options.tries - 1):
        newest = found[-1]
        gap = math.log(theirs.content / newest.content)
        if abs(gap) < 0.04 and len(found) > 1:
            break
        if len(found) > 1 and found[0].strength != newest.strength:
            steep = math.log(newest.content / found[0].content) / (newest.strength - found[0].strength)
            slope = steep if steep > 0.002 else slope
        step = gap / slope
        step = math.copysign(min(max(abs(step), 4.0), 35.0), step)
        found.append(ours(min(max(newest.strength + step, 1.0), 100.0)))
    strength, style_there = _at(found, theirs.content)
    return {
        "index": index,
        "pair": " × ".join(names),
        "peer": vars(theirs),
        "ours": [vars(point) for point in found],
        "style": style_there,
        "strength": strength,
    }


def _at(points: list[Point], content: float) -> tuple[float, float]:
    """Read strength and style distance where the content distance is this."""
    by_nearness = sorted(points, key=lambda p: abs(math.log(p.content / content)))
    one, other = by_nearness[0], by_nearness[1]
    span = math.log(other.content / one.content)
    share = math.log(content / one.content) / span if abs(span) > 1e-3 else 0.0
    share = min(max(share, -0.5), 1.0)
    style = math.exp(math.log(one.style) + share * math.log(other.style / one.style))
    return one.strength + share * (other.strength - one.strength), style


def _for_time(network: ConvNet, recipe: Recipe, inputs: Inputs, seconds: float) -> Recipe:
    """Choose the iterations that fit: each scale is tried for three iterations."""
    sizes = scale_sizes(recipe.size, pyramid=recipe.pyramid)
    trial = replace(recipe, iterations=4 * len(sizes))
    taken: list[tuple[int, float]] = []
    now = clock()
    for step in stylise(network, trial, inputs):
        if isinstance(step, PaintStep):
            taken.append((step.scale, clock() - now))
            now = clock()
    costs, begins = [], []
    for scale in range(len(sizes)):
        first, *rest = [seconds for at, seconds in taken if at == scale]
        costs.append(statistics.median(rest))
        begins.append(max(0.0, first - costs[-1]))
    best = 1
    while True:
        shares = share_iterations(best + 1, len(sizes))
        if sum(c * n for c, n in zip(costs, shares, strict=True)) + sum(begins) > seconds:
            return replace(recipe, iterations=best)
        best += 1


if __name__ == "__main__":
    main()
