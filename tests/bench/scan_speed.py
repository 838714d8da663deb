"""How fast a scan is beside the bare forward pass: ``python -m tests.bench.scan_speed``.

Both run in this process on the same pictures in the same blocks, alternately; medians are printed. The
bare pass gets its pictures decoded and normalised; the scan reads and decodes the files itself, keeps the
top 100 of every unit, and makes the index. "core ms" is the time of all cores together: on a machine that
others use too it says more than the clock.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from engine.convnets import ConvNet
from engine.explorer.activations import BLOCK_ELSEWHERE, BLOCKS, choose_block
from engine.explorer.feed import Loader, Prepared
from engine.explorer.loading import load_network
from engine.explorer.networks import Explained
from engine.explorer.preprocess import IMAGENET
from engine.explorer.records import ScanOptions, ScanStep, Wish
from engine.explorer.scan import Scan
from engine.explorer.tasks import scan_folder
from engine.jobs import run
from engine.models import Models
from engine.paths import ROOT, SAMPLES

DATA = Path(os.environ.get("TRIPTYCH_DATA", ROOT.parent / "shared" / "data"))
PHOTOS = DATA / "pictures" / "imagenet1000" / "images"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", default="alexnet")
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--images", type=Path, default=PHOTOS if PHOTOS.is_dir() else SAMPLES)
    arguments = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    models = Models(Path(tempfile.gettempdir()), device)
    network = models.network(arguments.network)
    assert isinstance(network, ConvNet)
    explained = load_network(models, arguments.network)
    names = explained.inputs.items(arguments.images)[: arguments.pictures]
    block = BLOCKS.get(device, BLOCK_ELSEWHERE)
    batches = decoded(arguments.images, names, block, device)
    channels_last = [batch.contiguous(memory_format=torch.channels_last) for batch in batches]
    measured: dict[str, Callable[[], float]] = {
        "bare forward pass": lambda: forward(network, batches),
        "bare forward pass, channels last": lambda: forward(network, channels_last),
        "scan": lambda: scan(explained, arguments.images, names),
    }
    seconds: dict[str, list[float]] = {name: [] for name in measured}
    cores: dict[str, list[float]] = {name: [] for name in measured}
    forward(network, batches[:1])
    for _ in range(arguments.rounds):
        for name, work in measured.items():
            before = time.process_time()
            seconds[name].append(work())
            cores[name].append(time.process_time() - before)
    middle = {name: statistics.median(times) for name, times in seconds.items()}
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    print(f"{arguments.network}, {len(names)} pictures, {device}, {torch.get_num_threads()} threads, "
          f"medians of {arguments.rounds}, load {load}")  # fmt: skip
    for name, time_taken in middle.items():
        core = statistics.median(cores[name]) / len(names) * 1e3
        print(
            f"  {name:34} {len(names) / time_taken:7.1f} pictures/s  {time_taken:7.2f} s"
            f"  {core:6.2f} core ms/picture"
        )
    for name in list(measured)[:2]:
        print(f"  scan / {name:27} {middle[name] / middle['scan']:7.2f} ×")
    grid = first_grid(arguments.network, arguments.images)
    print(f"  nine pictures for every unit of the first layer: {grid:.2f} s after the click")
    print(f"  pictures per block: {run(choose_block(explained, explained.taps()))}")


def first_grid(network: str, images: Path) -> float:
    """Return the seconds from asking for a scan until the window can show nine pictures of every unit."""
    with tempfile.TemporaryDirectory() as place:
        models = Models(Path(place), "cuda" if torch.cuda.is_available() else "cpu")
        layer = "conv1" if network == "alexnet" else "conv1_1"
        began = time.perf_counter()
        task = scan_folder(models, network, images, Path(place) / "index", wish=Wish(layer))
        for step in task:
            live = step.live if isinstance(step, ScanStep) else None
            if live is not None and all(live.top.filled(unit) == 9 for unit in range(live.layer.units)):
                break
        seconds = time.perf_counter() - began
        task.close()
    return seconds


def decoded(root: Path, names: tuple[str, ...], block: int, device: str) -> list[torch.Tensor]:
    """Return the pictures as the scan's blocks, N × 3 × 224 × 224 in 0..1, on the device."""
    pixels = []
    loader = Loader(root, IMAGENET)
    for name in names:
        read = loader.load(name)
        if isinstance(read, Prepared):
            pixels.append(read.pixels)
    return [
        torch.from_numpy(np.stack(pixels[start : start + block]))
        .to(device)
        .permute(0, 3, 1, 2)
        .contiguous()
        .float()
        .div_(255)
        for start in range(0, len(pixels), block)
    ]


def forward(network: ConvNet, batches: list[torch.Tensor]) -> float:
    before = time.perf_counter()
    with torch.inference_mode():
        for batch in batches:
            network(batch)
    if batches[0].is_cuda:
        torch.cuda.synchronize()
    return time.perf_counter() - before


def scan(network: Explained, root: Path, names: tuple[str, ...]) -> float:
    before = time.perf_counter()
    work = Scan(network, root, names, options=ScanOptions())
    run(work.steps())
    work.index(complete=True)
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
