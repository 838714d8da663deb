"""A step of learning against the bare network: ``python -m tests.bench.train_step``.

A step of the task (crops read ahead on a thread, mining, loss, backward, Adam, the numbers shown) beside
forward and backward of the same network on the same batch size and nothing else, in turn in one process. The
data set is generated: LFW's numbers of people and photos do not change the time of a step.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np
import torch

from engine.faces.training.networks import new_face_net
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import Training
from engine.faces.training.sampler import Sampler
from engine.faces.training.train import train
from engine.models import Models
from tests.engine.faces.training.patterns import patterns

STEPS = 24


def main() -> None:
    faces = patterns(150, 3)
    recipe = TrainRecipe(epochs=1000)
    task = train(Models(Path()), recipe, faces)
    snapshot = None
    while snapshot is None or not snapshot.steps:
        snapshot = next(task)
    size = len(Sampler(faces, np.arange(150), recipe).draw(0).photos)
    network = new_face_net(0).to(memory_format=torch.channels_last)
    pixels = torch.rand(size, 3, 112, 112).mul(255).to(memory_format=torch.channels_last)
    pull = torch.randn(size, 128)  # the length of an encoding is always 1, so a norm would have no gradient
    bare, whole = [], []
    for _ in range(STEPS):
        started = time.perf_counter()
        network.zero_grad(set_to_none=True)
        (network(pixels) * pull).sum().backward()
        bare.append(time.perf_counter() - started)
        started = time.perf_counter()
        epochs = len(snapshot.epochs)
        done = len(snapshot.steps)
        while len(snapshot.steps) == done:
            found = next(task)
            snapshot = found if isinstance(found, Training) else snapshot
        if len(snapshot.epochs) == epochs:  # the end of an epoch measures, which is no part of a step
            whole.append(time.perf_counter() - started)
    task.close()
    print(f"batch of {size} faces, {torch.get_num_threads()} threads, medians of {len(whole)} steps")
    print(f"bare forward and backward  {1000 * statistics.median(bare):.1f} ms")
    print(f"a step of the task         {1000 * statistics.median(whole):.1f} ms")
    print(f"ratio                      {statistics.median(whole) / statistics.median(bare):.2f}")


if __name__ == "__main__":
    main()
