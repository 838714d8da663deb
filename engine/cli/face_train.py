"""The commands ``main.py face train`` and ``main.py face evaluate``."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from engine.cli.console import Console
from engine.cli.face_common import models as adopted_models
from engine.faces.training.collapse import IDLE_ADVICE
from engine.faces.training.dataset import gather
from engine.faces.training.drawn import draw_people
from engine.faces.training.numbers import rule_of_three
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import FaceSet, Training
from engine.faces.training.tasks import Learned, learn, measure_encoder, run_folder, summary
from engine.files import check_writable, writing
from engine.models import Models
from engine.options import add_arguments, options_of, validate
from engine.paths import user_paths

NAMED: Final = 10
"""Photos left out or doubtful that are named on the terminal."""


def add_actions(actions: Any) -> None:
    """Add both commands to those of ``face``."""
    help = "learn an encoder from a folder with one sub-folder a person"
    command = actions.add_parser("train", help=help, description=help)
    command.set_defaults(command=_train)
    command.add_argument("--json", action="store_true", help="one JSON document on standard output")
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", metavar="DIR", type=Path, help="DIR/Name/photo.jpg")
    source.add_argument(
        "--drawn", action="store_true", help="invented people, drawn by the program: to try it out"
    )
    add_arguments(command, TrainRecipe)
    command.add_argument(
        "--out",
        metavar="MODEL",
        type=Path,
        required=True,
        help="write the encoder (.safetensors) and its card",
    )
    command.add_argument("--report", metavar="JSON", type=Path, help="write the measurements and every step")
    command.add_argument(
        "--checkpoints", metavar="FOLDER", type=Path, help="keep the checkpoints here (default: until done)"
    )
    command.add_argument(
        "--take-epoch", metavar="N", type=int, help="take the checkpoint of this epoch as the result"
    )
    help = "measure an encoder on people that it was not trained on"
    command = actions.add_parser("evaluate", help=help, description=help)
    command.set_defaults(command=_evaluate)
    command.add_argument("--json", action="store_true", help="one JSON document on standard output")
    command.add_argument("--model", metavar="MODEL", required=True, help='a file of face train, or "sface"')
    command.add_argument("--data", metavar="DIR", type=Path, required=True, help="DIR/Name/photo.jpg")
    command.add_argument(
        "--without", metavar="MODEL", default="", help="leave out whom this other encoder was trained on too"
    )
    command.add_argument(
        "--seed", metavar="N", type=int, help="decides the pairs (default: the training run's)"
    )
    command.add_argument("--report", metavar="JSON", type=Path, help="write the answer with the ROC curve")


def _train(arguments: argparse.Namespace, console: Console) -> int:
    recipe = TrainRecipe(**{each.name: getattr(arguments, each.name) for each in options_of(TrainRecipe)})
    validate(recipe)
    for result in (arguments.out, arguments.report):
        if result is not None:
            check_writable(result)
    out = arguments.out if arguments.out.suffix == ".safetensors" else Path(f"{arguments.out}.safetensors")
    models = adopted_models()
    faces = _drawn(console) if arguments.drawn else _gathered(models, arguments.data, console)
    folder = arguments.checkpoints or run_folder(user_paths().data / "face-runs", recipe, faces)
    told: set[str] = set()

    def show(training: Training) -> None:
        warnings = [training.collapse.sentence] if training.collapse is not None else []
        for sentence in warnings + [IDLE_ADVICE] * training.idle:
            if sentence not in told:
                told.add(sentence)
                console.note(sentence)
        newest = training.steps[-1] if training.steps else None
        text = training.stage if newest is None else f"epoch {newest.epoch}, loss {newest.loss:.3f}"
        console.bar(training.progress, text)

    task = learn(models, recipe, faces, out, folder, take_epoch=arguments.take_epoch)
    done = console.follow(task, show)
    document = _trained_document(done, recipe, faces)
    if arguments.report is not None:
        with writing(arguments.report) as file:
            file.write(json.dumps(document, ensure_ascii=False).encode())
    if arguments.checkpoints is None:
        shutil.rmtree(folder, ignore_errors=True)
    console.answer(document, _trained_text(done))
    return 0


def _evaluate(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.report is not None:
        check_writable(arguments.report)
    models = adopted_models()
    faces = _gathered(models, arguments.data, console)
    task = measure_encoder(
        models,
        arguments.model,
        faces,
        without=[arguments.without] if arguments.without else (),
        seed=arguments.seed,
    )
    done = console.follow(task, lambda nothing: None)
    report = done.evaluation.report
    document = {"model": done.model} | summary(done.evaluation) | _data_fields(faces)
    document |= {
        "known_people_left_out": done.left_out,
        "far_below_without_errors": rule_of_three(done.evaluation.different_pairs),
        "false_accepts": [_case(case) for case in done.evaluation.false_accepts],
        "false_rejects": [_case(case) for case in done.evaluation.false_rejects],
    }
    if arguments.report is not None:
        curve = zip(report.thresholds.tolist(), report.far.tolist(), report.tar.tolist(), strict=True)
        roc = [{"threshold": threshold, "far": far, "tar": tar} for threshold, far, tar in curve]
        with writing(arguments.report) as file:
            file.write(json.dumps(document | {"roc": roc}, ensure_ascii=False).encode())
    text = (
        f"{done.model} on {done.evaluation.people} people ({done.evaluation.same_pairs} same and "
        f"{done.evaluation.different_pairs} different pairs)\nAUC {done.evaluation.auc:.4f}, EER "
        f"{report.eer:.4f}, accuracy {done.evaluation.accuracy:.4f} ± {done.evaluation.accuracy_se:.4f}\n"
        + "\n".join(
            f"TAR {rate.value:.4f} [{rate.low:.4f}, {rate.high:.4f}] at FAR {far:g}"
            for far, rate in report.tar_at_far.items()
        )
    )
    console.answer(document, text)
    return 0


def _gathered(models: Models, folder: Path, console: Console) -> FaceSet:
    task = gather(models, folder, user_paths().cache)
    faces = console.follow(task, lambda seen: console.bar(seen.progress, "photos"))
    _list(console, "Left out", [left.sentence for left in faces.left_out])
    _list(console, "Please check", [doubt.sentence for doubt in faces.doubts])
    return faces


def _list(console: Console, what: str, sentences: list[str]) -> None:
    """Tell the first sentences; one that stands for two photos is told once."""
    once = list(dict.fromkeys(sentences))
    for sentence in once[:NAMED]:
        console.note(f"{what}: {sentence}")
    if len(once) > NAMED:
        console.note(f"… and {len(once) - NAMED} more; the report names all.")


def _drawn(console: Console) -> FaceSet:
    return console.follow(draw_people(), lambda seen: console.bar(seen.progress, "pictures"))


def _data_fields(faces: FaceSet) -> dict[str, Any]:
    return {
        "photos": len(faces),
        "all_people": len(faces.people),
        "left_out": [asdict(each) for each in faces.left_out],
        "doubtful": [asdict(each) for each in faces.doubts],
    }


def _case(case: Any) -> dict[str, Any]:
    return {"names": list(case.names), "distance": case.distance}


def _trained_document(done: Learned, recipe: TrainRecipe, faces: FaceSet) -> dict[str, Any]:
    outcome = done.outcome
    train, validation, test = outcome.people
    document = {
        "model": done.card.id,
        "file": str(done.path),
        "auc_untrained": outcome.before.auc,
        **summary(outcome.after),
        "people": {"train": train, "validation": validation, "test": test},
        "before": summary(outcome.before),
        "best_epoch": outcome.best_epoch,
        "steps": [asdict(step) for step in outcome.steps],
        "epochs": [asdict(epoch) for epoch in outcome.epochs],
        "collapse": outcome.collapse and asdict(outcome.collapse),
        "far_below_without_errors": rule_of_three(outcome.after.different_pairs),
        "recipe": asdict(recipe),
        "seconds": outcome.seconds,
        **_data_fields(faces),
    }
    if outcome.plain is not None:
        document["plain_distance"] = summary(outcome.plain)
    return document


def _trained_text(done: Learned) -> str:
    outcome = done.outcome
    lines = [
        f"AUC {outcome.before.auc:.4f} before, {outcome.after.auc:.4f} after, on the same "
        f"{outcome.after.same_pairs} same and {outcome.after.different_pairs} different pairs of "
        f"{outcome.people[2]} people held out (best epoch: {outcome.best_epoch})",
        f"EER {outcome.before.report.eer:.4f} before, {outcome.after.report.eer:.4f} after",
        f"{done.path} holds the encoder {done.card.id}; {outcome.seconds:.0f} s",
    ]
    if outcome.plain is not None:
        lines.insert(1, f"The plain distance of the same encodings: AUC {outcome.plain.auc:.4f}")
    if outcome.best_epoch == 0:
        lines.append(
            "No epoch told the validation people apart better than the start did, so the encoder is the one "
            "that the run started from."
        )
    if outcome.collapse is not None:
        lines.append(outcome.collapse.sentence)
    return "\n".join(lines)
