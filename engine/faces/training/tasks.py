"""The lab's tasks that end in a file or a measurement. Importing this loads neither torch nor OpenCV."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.answers import PairsResult
from engine.faces.measuring import measure_pairs
from engine.faces.training.adoption import ON_BOARD
from engine.faces.training.checkpoint import data_identity
from engine.faces.training.evaluation import evaluate_encoder, evaluation_of_pairs
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import Evaluation, FaceSet, Trained, Training
from engine.faces.training.train import TrainedRun, train
from engine.faces.training.trained import EncoderCard, read_card, short, write_encoder
from engine.jobs import Task
from engine.models import Models
from engine.progress import Progress

RUNS_KEPT: Final = 4
"""So many runs can be gone on with or rolled back: one of the encoder on board takes up to 512 MiB."""


@dataclass(frozen=True, eq=False)
class Learned:
    """A training run's outcome, and where its encoder lies."""

    outcome: Trained
    path: Path
    card: EncoderCard


@dataclass(frozen=True, eq=False)
class Measured:
    """An encoder measured on a folder or a list of pairs.

    ``left_out`` people were known to it (or to another one that it is compared with); ``no_face`` photos of
    a list of pairs showed none.
    """

    model: str
    evaluation: Evaluation
    left_out: int
    no_face: int = 0


def run_folder(runs: Path, recipe: TrainRecipe, faces: FaceSet) -> Path:
    """Return where the checkpoints of a run belong: one folder for each recipe and data set."""
    text = json.dumps(asdict(recipe), sort_keys=True) + data_identity(faces)
    return runs / hashlib.sha256(text.encode()).hexdigest()[:16]


def forget_old_runs(runs: Path, spared: Path, keep: int = RUNS_KEPT) -> None:
    """Delete the checkpoints of all but the ``keep`` newest runs; ``spared`` is about to be used and stays.

    What cannot be deleted stays: it is tried again before the next run.
    """
    others = [folder for folder in runs.iterdir() if folder != spared] if runs.is_dir() else []
    others.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for old in others[keep - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


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
    models: Models, model: str, faces: FaceSet, *, without: Sequence[str] = (), seed: int | None = None
) -> Task[None, Measured]:
    """Measure an encoder on everybody in a data set whom it does not know.

    Args:
        model: "sface", or the file of a trained encoder, whose card says whom it was trained on.
        without: files of other trained encoders; whom they know is left out as well, so that all are
            compared on the same pairs.
        seed: decides the pairs; None takes that of the training run.

    Raises:
        EngineError: what :func:`encoder_by_name` and :func:`evaluate_encoder` raise; DATA_SET_UNFIT when
            everybody is known.
    """
    from engine.faces.training.encoders import encoder_by_name

    ready = encoder_by_name(model, models)
    cards = [ready.card] if ready.card is not None else []
    cards += [read_card(Path(other)) for other in without]
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


def measure_encoders(
    models: Models, names: Sequence[str], faces: FaceSet
) -> Task[None, tuple[Measured, ...]]:
    """Measure several encoders on the same pairs of people whom none of them knows.

    Raises:
        EngineError: as :func:`measure_encoder`.
    """
    files, measured = [name for name in names if name != ON_BOARD], list[Measured]()
    for name in names:
        others = [file for file in files if file != name]
        # The seed is fixed, because it decides the pairs, and the runs that made the encoders had others.
        measured.append((yield from measure_encoder(models, name, faces, without=others, seed=0)))
    return tuple(measured)


def measure_list(
    models: Models, names: Sequence[str], images: Path, pairs: Path
) -> Task[Progress, tuple[Measured, ...]]:
    """Measure several encoders on a list of pairs in the LFW format.

    Raises:
        EngineError: what :func:`measure_pairs` raises.
    """
    measured = []
    for name in names:
        file = None if name == ON_BOARD else Path(name)
        done = yield from measure_pairs(models, images, pairs, file)
        measured.append(_measured_on(name if file is None else read_card(file).id, done))
    return tuple(measured)


def _measured_on(model: str, done: PairsResult) -> Measured:
    same = np.array([pair.same for pair in done.pairs])
    folds = np.array([pair.fold for pair in done.pairs])
    people = {photo[0] for pair in done.pairs for photo in (pair.first, pair.second)}
    found = evaluation_of_pairs(done.distances, same, folds, len(people), done.seconds)
    return Measured(model, found, 0, len(done.no_face))


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
