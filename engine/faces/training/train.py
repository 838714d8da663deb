"""The training run: a task that yields what the screen shows and returns before, after and the encoder."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.pairs import area_under, equal_error_rate, roc
from engine.faces.training.checkpoint import (
    Journal,
    data_identity,
    list_checkpoints,
    read_checkpoint,
    write_checkpoint,
)
from engine.faces.training.collapse import collapse_of, is_idle
from engine.faces.training.evaluation import (
    encode_photos,
    evaluate_encoder,
    fair_threshold,
    separation,
    squared_distance,
)
from engine.faces.training.records import (
    EpochRecord,
    Evaluation,
    FaceSet,
    Split,
    StepRecord,
    Trained,
    Training,
)
from engine.faces.training.sampler import Batch, Loader, Sampler, loading
from engine.faces.training.show import batch_histograms, hardest_triplets
from engine.faces.training.split import held_out_pairs, split_people
from engine.jobs import Task
from engine.models import Models
from engine.options import validate
from engine.progress import Pace

if TYPE_CHECKING:
    from torch import Tensor

    from engine.faces.training.learner import Learner
    from engine.faces.training.recipe import TrainRecipe

BATCHES_SHOWN: Final = 10
"""The live histograms add up so many batches."""


@dataclass(frozen=True, eq=False)
class TrainedRun:
    """The outcome in numbers; the best epoch's tensors, a pairwise classifier's below ``head.``."""

    outcome: Trained
    tensors: dict[str, Tensor]
    split: Split


def train(
    models: Models,
    recipe: TrainRecipe,
    faces: FaceSet,
    checkpoints: Path | None = None,
    *,
    take_epoch: int | None = None,
) -> Task[Training, TrainedRun]:
    """Train an encoder and measure it before and after on the same pairs of people held out.

    Of all epochs (epoch 0 is the start) the one with the largest area under the ROC on the validation people
    is kept, of several with equal areas the one that keeps the two kinds of pairs farthest apart. With
    ``checkpoints`` every epoch is written there, and a run of the same recipe and photos that is found there
    goes on, to the bit as if it had never stopped (on one kind of machine with one number of threads).

    Args:
        models: the encoder on board, and the device.
        take_epoch: do not train; take the checkpoint of this epoch instead (rollback).

    Raises:
        EngineError: BAD_VALUE; DATA_SET_UNFIT; TRAINING_DIVERGED; CHECKPOINT_OTHER; DISK_FULL or NOT_WRITABLE
            at a checkpoint (those before stay); OUT_OF_MEMORY.
    """
    validate(recipe)
    split = split_people(faces, recipe.seed)
    yield None
    run = _Run(models, recipe, faces, split, checkpoints)
    yield run.snapshot("before")
    before = yield from run.evaluate(plain=True)
    if take_epoch is None:
        run.resume()
        yield from run.through_all_epochs()
    else:
        run.take(take_epoch)
    return (yield from run.finish(before))


class _Run:
    """One run's state between its checkpoints."""

    def __init__(
        self, models: Models, recipe: TrainRecipe, faces: FaceSet, split: Split, checkpoints: Path | None
    ) -> None:
        from engine.faces.training.learner import Learner

        self.faces, self.recipe, self.split = faces, recipe, split
        self.sampler = Sampler(faces, split.train, recipe)
        self.total = recipe.epochs * self.sampler.steps_per_epoch
        self.learner: Learner = Learner(models, recipe, len(self.sampler.people), self.total)
        self._folder, self._data = checkpoints, data_identity(faces)
        self._validation = held_out_pairs(faces, split.validation, recipe.seed)
        self._steps: list[StepRecord] = []
        self._epochs: list[EpochRecord] = []
        self._best: dict[str, Tensor] = {}
        self._best_epoch = 0
        self._recent: deque[tuple[NDArray[np.float64], NDArray[np.bool_]]] = deque(maxlen=BATCHES_SHOWN)
        self._last: tuple[Batch, NDArray[np.float64]] | None = None
        self._table: NDArray[np.float32] | None = None
        self._validation_encodings: NDArray[np.float32] | None = None
        self._started = time.monotonic()
        self._pace = Pace(self.total)

    def snapshot(self, stage: str) -> Training:
        """Return the run as it stands, in fresh memory."""
        return Training(
            progress=self._pace.at(len(self._steps)),
            steps=tuple(self._steps),
            epochs=tuple(self._epochs),
            histograms=batch_histograms(self._recent) if self._recent else None,
            hardest=hardest_triplets(self.faces, *self._last) if self._last is not None else (),
            collapse=collapse_of(self._steps, self.recipe),
            stage=stage,
            idle=is_idle(self._steps, self.recipe),
        )

    def evaluate(self, *, plain: bool) -> Task[None, Evaluation]:
        """Measure on the test people; ``plain`` leaves the pairwise classifier out."""
        judged = not plain and self.learner.head is not None
        return evaluate_encoder(
            self.learner.encode,
            self.faces,
            self.split.test,
            self.recipe.seed,
            at_once=self.learner.at_once,
            judge=self.learner.judge() if judged else squared_distance,
            top=1.0 if judged else 4.0,
        )

    def resume(self) -> None:
        """Take up the newest checkpoint, if there is one."""
        found = list_checkpoints(self._folder) if self._folder is not None else ()
        if found:
            self._take_up(found[-1][1])

    def take(self, epoch: int) -> None:
        """Take the encoder of one epoch as the result."""
        found = dict(list_checkpoints(self._folder)) if self._folder is not None else {}
        path = found.get(epoch, (self._folder or Path()) / f"epoch {epoch}")
        self._take_up(path)
        self._best, self._best_epoch = self._weights(), epoch

    def through_all_epochs(self) -> Task[Training, None]:
        """Train from where the run stands to its end."""
        if not self._epochs:
            yield from self._end_epoch(0)
        if self.recipe.frozen:
            yield from self._precompute()
        first = len(self._steps)
        self._pace = Pace(self.total, done=first)
        with loading(self.faces, self.sampler, self.total, pixels=self._table is None) as loader:
            for step in range(first, self.total):
                yield from self._step(step, loader)
                if (step + 1) % self.sampler.steps_per_epoch == 0:
                    yield from self._end_epoch((step + 1) // self.sampler.steps_per_epoch)
                yield self.snapshot("training")

    def finish(self, before: Evaluation) -> Task[Training, TrainedRun]:
        """Measure the best epoch as the untrained network was measured."""
        from engine.faces.training.trained import model_id

        self.learner.load_weights(self._best)
        yield self.snapshot("after")
        after = yield from self.evaluate(plain=False)
        plain = (yield from self.evaluate(plain=True)) if self.learner.head is not None else None
        outcome = Trained(
            before=before,
            after=after,
            plain=plain,
            steps=tuple(self._steps),
            epochs=tuple(self._epochs),
            people=(len(self.split.train), len(self.split.validation), len(self.split.test)),
            photos=len(self.faces),
            best_epoch=self._best_epoch,
            collapse=collapse_of(self._steps, self.recipe),
            model=model_id(self._best),
            seconds=time.monotonic() - self._started,
        )
        return TrainedRun(outcome, self._best, self.split)

    def _step(self, step: int, loader: Loader) -> Task[None, None]:
        import torch

        batch, crops = loader(step)
        if self._table is None:
            encodings = yield from self.learner.forward(crops)
        else:
            encodings = torch.from_numpy(self._table[batch.photos]).to(self.learner.device)
        classes = self.sampler.classes(batch.photos, self.faces)
        outcome = yield from self.learner.learn(step, crops, encodings, batch.labels, classes)
        self._remember(step, batch, encodings.detach().double().cpu().numpy(), outcome)

    def _remember(self, step: int, batch: Batch, encodings: NDArray[np.float64], outcome: object) -> None:
        from engine.faces.training.losses import Outcome

        assert isinstance(outcome, Outcome)
        distances = np.clip(2.0 - 2.0 * encodings @ encodings.T, 0.0, 4.0)
        upper = np.triu_indices(len(batch.labels), 1)
        apart, same = distances[upper], (batch.labels[:, None] == batch.labels[None])[upper]
        self._recent.append((apart, same))
        self._last = (batch, distances)
        self._steps.append(
            StepRecord(
                step=step,
                epoch=step // self.sampler.steps_per_epoch + 1,
                loss=float(outcome.loss.detach()),
                active_fraction=float(outcome.active),
                positive=float(apart[same].mean()),
                negative=float(apart[~same].mean()),
                spread=float(1.0 - np.square(encodings.mean(axis=0)).sum()),
            )
        )

    def _end_epoch(self, epoch: int) -> Task[None, None]:
        """Measure on the validation people, keep the best weights, write the checkpoint."""
        pairs, photos = self._validation, self.faces.photos_of(self.split.validation)
        if self._validation_encodings is None or not self.recipe.frozen:
            self._validation_encodings = yield from encode_photos(
                self.learner.encode, self.faces, photos, self.learner.at_once
            )
        encodings = self._validation_encodings
        first, second = (encodings[np.searchsorted(photos, each)] for each in (pairs.first, pairs.second))
        distances = self.learner.judge()(first, second)
        far, tar, _ = roc(distances, pairs.same)
        record = EpochRecord(
            epoch,
            area_under(far, tar),
            equal_error_rate(far, tar),
            fair_threshold(distances, pairs.same),
            separation(distances, pairs.same),
        )
        if all((record.auc, record.separation) > (each.auc, each.separation) for each in self._epochs):
            self._best, self._best_epoch = self._weights(), epoch
        self._epochs.append(record)
        if self._folder is not None:
            state = self.learner.state() | {f"best.{name}": each for name, each in self._best.items()}
            write_checkpoint(self._folder, state, self._journal(epoch))

    def _journal(self, epoch: int) -> Journal:
        return Journal(
            self.recipe, self._data, epoch, self._best_epoch, tuple(self._steps), tuple(self._epochs)
        )

    def _take_up(self, path: Path) -> None:
        from engine.faces.training.learner import below

        state, journal = read_checkpoint(path, self.recipe, self._data)
        self.learner.restore(state)
        self._best, self._best_epoch = below(state, "best."), journal.best_epoch
        self._steps, self._epochs = list(journal.steps), list(journal.epochs)

    def _weights(self) -> dict[str, Tensor]:
        return self.learner.weights()

    def _precompute(self) -> Task[None, None]:
        """Encode all training photos once: the encoder stays as it is, so their encodings do too."""
        photos = np.arange(len(self.faces))[np.isin(self.faces.owners, self.sampler.people)]
        encodings = yield from encode_photos(self.learner.encode, self.faces, photos, self.learner.at_once)
        self._table = np.zeros((len(self.faces), encodings.shape[1]), np.float32)
        self._table[photos] = encodings
