"""P people × K photos a batch (Schroff et al. 2015, section 3.2). What is drawn depends on the step alone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import FaceSet


@dataclass(frozen=True, eq=False)
class Batch:
    """Photos of one step, whose they are, and which are mirrored."""

    photos: NDArray[np.intp]
    labels: NDArray[np.intp]
    mirrored: NDArray[np.bool_]


class Sampler:
    """Draws batches. Every person with two photos or more is in one batch of each epoch.

    Nothing is remembered between two draws, so a resumed run sees what the uninterrupted one would have.

    Args:
        faces: the data set.
        people: those to learn from.
    """

    def __init__(self, faces: FaceSet, people: NDArray[np.intp], recipe: TrainRecipe) -> None:
        counts = faces.photo_counts
        self.people = people[counts[people] >= 2]
        self._photos = {int(person): np.flatnonzero(faces.owners == person) for person in self.people}
        self._batch = min(recipe.people, len(self.people))
        self._most, self._seed = recipe.photos, recipe.seed
        self.steps_per_epoch = max(1, len(self.people) // self._batch)

    def draw(self, step: int) -> Batch:
        """Return the batch of a step, counted from 0 over all epochs."""
        epoch, place = divmod(step, self.steps_per_epoch)
        order = np.random.default_rng([self._seed, 3, epoch]).permutation(self.people)
        rng = np.random.default_rng([self._seed, 4, step])
        parts = [
            rng.permutation(self._photos[int(person)])[: self._most]
            for person in order[place * self._batch : (place + 1) * self._batch]
        ]
        photos = np.concatenate(parts)
        labels = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        return Batch(photos, labels, rng.random(len(photos)) < 0.5)

    def classes(self, photos: NDArray[np.intp], faces: FaceSet) -> NDArray[np.intp]:
        """Return whose photos these are, counted through the people learned from."""
        return np.searchsorted(self.people, faces.owners[photos])


class Loader(Protocol):
    """Gives the pixels of a step."""

    def __call__(self, step: int) -> tuple[Batch, NDArray[np.uint8]]:
        """Return the batch of a step and its crops, N × 112 × 112 × 3."""
        ...


@contextmanager
def loading(faces: FaceSet, sampler: Sampler, steps: int, *, pixels: bool = True) -> Iterator[Loader]:
    """Read and mirror the next step's crops on a thread of its own while this step computes.

    Without ``pixels`` only the batches are drawn, and the crops are empty.
    """
    nothing = np.empty((0, 112, 112, 3), np.uint8)

    def read(step: int) -> tuple[Batch, NDArray[np.uint8]]:
        batch = sampler.draw(step)
        if not pixels:
            return batch, nothing
        crops = faces.crops(batch.photos)
        crops[batch.mirrored] = crops[batch.mirrored, :, ::-1]
        return batch, crops

    with ThreadPoolExecutor(1, "crops") as pool:
        ahead: dict[int, Future[tuple[Batch, NDArray[np.uint8]]]] = {}

        def get(step: int) -> tuple[Batch, NDArray[np.uint8]]:
            future = ahead.pop(step, None) or pool.submit(read, step)
            ready = future.result()
            if step + 1 < steps:
                ahead[step + 1] = pool.submit(read, step + 1)
            return ready

        yield get
