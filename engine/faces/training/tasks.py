"""The lab's tasks that end in a file or a measurement. Importing this loads neither torch nor OpenCV."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.training.checkpoint import data_identity
from engine.faces.training.evaluation import evaluate_encoder
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import Evaluation, FaceSet, Trained, Training
from engine.faces.training.train import TrainedRun, train
from engine.faces.training.trained import EncoderCard, short, write_encoder
from engine.jobs import Task
from engine.models import Models


@dataclass(frozen=True, eq=False)
class Learned:
    """A training run's outcome, and where its encoder lies."""

    outcome: Trained
    path: Path
    card: EncoderCard


@dataclass(frozen=True, eq=False)
class Measured:
    """An encoder measured on a folder; ``left_out`` people were known to it."""

    model: str
    evaluation: Evaluation
    left_out: int


def run_folder(runs: Path, recipe: TrainRecipe, faces: FaceSet) -> Path:
    """Return where the checkpoints of a run belong: one folder for each recipe and data set."""
    text = json.dumps(asdict(recipe), sort_keys=True) + data_identity(faces)
    return runs / hashlib.sha256(text.encode()).hexdigest()[:16]


def learn(
    models: Models,
    recipe: TrainRecipe,
    faces: FaceSet,
    out: Path,
    checkpoints: Path,
    *,
    take_epoch: int | None = None,
) -> Task[Training, Learned]:
    """Train an encoder and write it to ``out`` with its card; arguments as in :func:`train`.

    Raises:
        EngineError: what :func:`train` and :func:`write_encoder` raise.
    """
    started = time.monotonic()
    run = yield from train(models, recipe, faces, checkpoints, take_epoch=take_epoch)
    card = _write(run, recipe, faces, out)
    yield None
    return Learned(replace(run.outcome, seconds=time.monotonic() - started), out, card)


def measure_encoder(
    models: Models, model: str, faces: FaceSet, *, without: str = "", seed: int | None = None
) -> Task[None, Measured]:
    """Measure an encoder on everybody in a data set whom it does not know.

    Args:
        model: "sface", or the file of a trained encoder, whose card says whom it was trained on.
        without: the file of another trained encoder; whom that one knows is left out as well, so that the two
            are compared on the same pairs.
        seed: decides the pairs; None takes that of the training run.

    Raises:
        EngineError: what :func:`encoder_by_name` and :func:`evaluate_encoder` raise; DATA_SET_UNFIT when
            everybody is known.
    """
    from engine.faces.training.encoders import encoder_by_name
    from engine.faces.training.trained import read_card

    ready = encoder_by_name(model, models)
    cards = [card for card in (ready.card, read_card(Path(without)) if without else None) if card is not None]
    yield None
    known = {digest for card in cards for digest in card.trained_on}
    people = strangers_to(faces, known)
    if not len(people):
        raise EngineError(
            ErrorCode.DATA_SET_UNFIT,
            f"The encoder was trained on everybody in {faces.folder}. Measure it on other people.",
            faces.folder,
        )
    if seed is None:
        seed = int(cards[0].recipe["seed"]) if cards else 0
    evaluation = yield from evaluate_encoder(
        ready.encode, faces, people, seed, judge=ready.judge, top=ready.top
    )
    name = ready.card.id if ready.card is not None else model
    return Measured(name, evaluation, len(faces.people) - len(people))


def strangers_to(faces: FaceSet, known: set[str]) -> NDArray[np.intp]:
    """Return the people none of whose photos was learned from (by the short digests of a card)."""
    met = np.array([short(digest) in known for digest in faces.digests], dtype=bool)
    return np.setdiff1d(np.arange(len(faces.people)), faces.owners[met])


def summary(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation's numbers as JSON has them: what ``face evaluate`` and a card say."""
    report = evaluation.report
    described: dict[str, Any] = {
        "auc": evaluation.auc,
        "eer": report.eer,
        "accuracy_mean": evaluation.accuracy,
        "accuracy_se": evaluation.accuracy_se,
        "tar_at_far": {f"{far:g}": rate.value for far, rate in report.tar_at_far.items()},
        "tar_bounds": {f"{far:g}": [rate.low, rate.high] for far, rate in report.tar_at_far.items()},
        "threshold": evaluation.histograms.threshold,
        "pairs": {"same": evaluation.same_pairs, "different": evaluation.different_pairs},
        "test_people": evaluation.people,
    }
    if evaluation.open_set is not None:
        found = evaluation.open_set
        described["open_set"] = {
            "enrolled": found.enrolled,
            "probes": found.probes,
            "strangers": found.strangers,
            "fnir_at_fpir": {f"{rate:g}": point.fnir.value for rate, point in found.points.items()},
            "bounds": {
                f"{rate:g}": [point.fnir.low, point.fnir.high] for rate, point in found.points.items()
            },
        }
    return described


def _write(run: TrainedRun, recipe: TrainRecipe, faces: FaceSet, out: Path) -> EncoderCard:
    met = np.concatenate([run.split.train, run.split.validation])
    digests = [faces.digests[photo] for photo in faces.photos_of(met)]
    measured: Mapping[str, Any] = summary(run.outcome.after) | {"auc_untrained": run.outcome.before.auc}
    return write_encoder(
        out,
        run.tensors,
        architecture="face-net" if recipe.start == "scratch" else "sface",
        head=recipe.loss if recipe.loss in ("logistic", "chi2") else "",
        threshold=(run.outcome.plain or run.outcome.after).histograms.threshold,
        trained_on=tuple(sorted(map(short, digests))),
        recipe=asdict(recipe),
        measured=measured,
    )
