"""The command ``main.py face``: enrol, verify, identify, list, rename, erase, pairs, train, evaluate."""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cli import (
    face_books,
    face_desk,
    face_measure,
    face_office,
    face_people,
    face_train,
    face_visitors,
)
from engine.cli.console import Console
from engine.cli.face_common import ACTOR, tell_protection
from engine.cli.face_common import action as _action
from engine.cli.face_common import count as _count
from engine.cli.face_common import database as _database
from engine.cli.face_common import models as _models
from engine.cli.face_common import person_document as _person
from engine.cli.face_common import read_settings as _settings
from engine.cli.face_common import thresholds as _thresholds
from engine.cli.face_details import add_details, details_of, limits_of, quality_document, tell_enrolled
from engine.faces.answers import PairsResult, SeenFace
from engine.faces.matching import Decision
from engine.faces.measuring import measure_pairs
from engine.faces.store.roles import Right
from engine.faces.tasks import Register, enrol, erase, identify_photo, list_people, rename, verify_photo
from engine.files import check_writable, writing
from engine.options import options_of
from engine.settings import Settings


def add_commands(commands: Any) -> None:
    """Add this command to the parser."""
    face = commands.add_parser("face", help="enrol people, verify a claim, identify faces")
    actions = face.add_subparsers(metavar="ACTION", required=True)
    command = _action(actions, "enrol", _enrol, "enrol a person from one or more photos", needs=Right.ENROL)
    command.add_argument("name", metavar="NAME")
    command.add_argument("photos", metavar="PHOTO", type=Path, nargs="+")
    add_details(command)
    command = _action(actions, "verify", _verify, "is the face in PHOTO the person NAME? (status 1: no)")
    command.add_argument("name", metavar="NAME")
    command.add_argument("photo", metavar="PHOTO", type=Path)
    command.add_argument(
        "--threshold", metavar="T", type=_distance, help="squared distance, 0..4 (default: settings)"
    )
    command = _action(actions, "identify", _identify, "who are the faces in PHOTO?")
    command.add_argument("photo", metavar="PHOTO", type=Path)
    _action(actions, "list", _list, "who is enrolled", needs=Right.SEE_PEOPLE)
    command = _action(actions, "rename", _rename, "give a person another name", needs=Right.CHANGE_PEOPLE)
    command.add_argument("name", metavar="NAME")
    command.add_argument("new_name", metavar="NEW_NAME")
    command = _action(actions, "erase", _erase, "delete a person with all encodings", needs=Right.ERASE)
    command.add_argument("name", metavar="NAME")
    for module in (face_people, face_visitors, face_books, face_office, face_measure):
        module.add_actions(actions)
    command = _action(actions, "pairs", _pairs, "accuracy by the LFW protocol", database=False)
    command.add_argument("--images", metavar="DIR", type=Path, required=True, help="DIR/Name/Name_0001.jpg")
    command.add_argument("--pairs", metavar="FILE", type=Path, required=True, help="pairs.txt")
    command.add_argument("--scores", metavar="CSV", type=Path, help="write index,same,distance of every pair")
    command.add_argument("--report", metavar="JSON", type=Path, help="write the report with the ROC")
    command.add_argument(
        "--model", metavar="MODEL", type=Path, help="an encoder of face train, not that on board"
    )
    face_desk.add_actions(actions)
    face_train.add_actions(actions)


def _distance(text: str) -> float:
    declared = next(option for option in options_of(Settings) if option.name == "verify_threshold")
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    problem = declared.problem(value)
    if problem is not None:
        raise argparse.ArgumentTypeError("a squared distance lies between 0 and 4")
    return value


def _enrol(arguments: argparse.Namespace, console: Console) -> int:
    settings, models = _settings(console), _models()
    register = Register(
        _database(arguments),
        arguments.name,
        _thresholds(settings),
        settings.keep_photos,
        details_of(arguments),
        limits_of(arguments),
        actor=ACTOR,
    )
    done = console.follow(
        enrol(models, register, arguments.photos), lambda progress: console.bar(progress, arguments.name)
    )
    tell_enrolled(done, console)
    tell_protection(console, _database(arguments))
    return 0


def _verify(arguments: argparse.Namespace, console: Console) -> int:
    settings = _settings(console)
    threshold = settings.verify_threshold if arguments.threshold is None else arguments.threshold
    task = verify_photo(_models(), _database(arguments), arguments.name, arguments.photo, threshold)
    done = console.follow(task, lambda progress: None)
    document = {
        "name": done.name,
        "distance": done.distance,
        "threshold": done.threshold,
        "decision": done.decision.value,
        "reason": done.reason,
        "quality": quality_document(done.quality),
    }
    accepted = done.decision is Decision.ACCEPT
    console.answer(document, f"{'Yes' if accepted else 'No'}, {done.name}: {done.decision}. {done.reason}")
    return 0 if accepted else 1


def _identify(arguments: argparse.Namespace, console: Console) -> int:
    settings = _settings(console)
    task = identify_photo(_models(), _database(arguments), arguments.photo, _thresholds(settings))
    done = console.follow(task, lambda seen: None)
    if not done.faces:
        console.note(f"No face was found in {arguments.photo}.")
    document = {
        "faces": [_seen(face) for face in done.faces],
        "people": done.people,
        "threshold": done.threshold,
    }
    console.answer(document, "\n".join(_line(face) for face in done.faces) or "Nobody.")
    return 0


def _list(arguments: argparse.Namespace, console: Console) -> int:
    people = console.follow(list_people(_database(arguments)), lambda nothing: None)
    protection = tell_protection(console, _database(arguments))
    document = [_person(person) | {"key_kept_in": protection} for person in people]
    lines = [f"{person.name}  ({_count(person)}, since {person.created[:10]})" for person in people]
    console.answer(document, "\n".join(lines) or "Nobody is enrolled yet: main.py face enrol NAME PHOTO")
    return 0


def _rename(arguments: argparse.Namespace, console: Console) -> int:
    task = rename(_database(arguments), arguments.name, arguments.new_name, ACTOR)
    person = console.follow(task, lambda nothing: None)
    console.answer(_person(person), f"{arguments.name} is now called {person.name}.")
    return 0


def _erase(arguments: argparse.Namespace, console: Console) -> int:
    receipt = console.follow(erase(_database(arguments), arguments.name, ACTOR), lambda nothing: None)
    person = receipt.person
    document = {
        "erased": _person(person),
        "receipt": {
            "pseudonym": receipt.pseudonym,
            "at": receipt.at,
            "encodings": receipt.encodings,
            "visits": receipt.visits,
            "overwritten": receipt.overwritten,
            "audit_head": receipt.head,
        },
    }
    console.answer(
        document,
        f"{person.name} was erased with {_count(person)} and {receipt.visits} visits. "
        f"Receipt {receipt.pseudonym}, {receipt.at}.",
    )
    return 0


def _pairs(arguments: argparse.Namespace, console: Console) -> int:
    for result in (arguments.scores, arguments.report):
        if result is not None:
            check_writable(result)
    task = measure_pairs(_models(), arguments.images, arguments.pairs, arguments.model)
    done = console.follow(task, lambda progress: console.bar(progress, "photos"))
    document = _report(done)
    if arguments.scores is not None:
        with writing(arguments.scores) as file:
            file.write(_scores(done).encode())
    if arguments.report is not None:
        roc = [
            {"threshold": threshold, "far": far, "tar": tar}
            for threshold, far, tar in zip(
                done.report.thresholds.tolist(),
                done.report.far.tolist(),
                done.report.tar.tolist(),
                strict=True,
            )
        ]
        with writing(arguments.report) as file:
            file.write(json.dumps(document | {"roc": roc}).encode())
    rates = ", ".join(
        f"{rate.value:.4f} [{rate.low:.4f}, {rate.high:.4f}] at FAR {far:g}"
        for far, rate in done.report.tar_at_far.items()
    )
    text = (
        f"accuracy {done.report.accuracy_mean:.4f} ± {done.report.accuracy_se:.4f} over "
        f"{len(done.report.folds)} folds, {done.report.pairs} pairs\nEER {done.report.eer:.4f}; TAR {rates}\n"
        f"{len(done.no_face)} of {done.photos} photos without a face; {done.seconds:.0f} s"
    )
    console.answer(document, text)
    return 0


def _report(done: PairsResult) -> dict[str, Any]:
    report = done.report
    return {
        "pairs": report.pairs,
        "accuracy_mean": report.accuracy_mean,
        "accuracy_se": report.accuracy_se,
        "folds": [asdict(fold) for fold in report.folds],
        "eer": report.eer,
        "tar_at_far": {f"{far:g}": rate.value for far, rate in report.tar_at_far.items()},
        "tar_bounds": {f"{far:g}": [rate.low, rate.high] for far, rate in report.tar_at_far.items()},
        "no_face": len(done.no_face),
        "no_face_photos": list(done.no_face),
        "photos": done.photos,
        "seconds": done.seconds,
    }


def _scores(done: PairsResult) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["index", "same", "distance"])
    for index, (pair, distance) in enumerate(zip(done.pairs, done.distances.tolist(), strict=True)):
        writer.writerow([index, int(pair.same), f"{distance:.6f}" if math.isfinite(distance) else ""])
    return text.getvalue()


def _seen(face: SeenFace) -> dict[str, Any]:
    known = face.decision is Decision.ACCEPT and face.match.person is not None
    return {
        "box": [round(value, 1) for value in face.box],
        "decision": face.decision.value,
        "name": face.match.person.name if known and face.match.person else None,
        "distance": face.match.distance,
        "second_distance": face.match.second_distance,
        "quality": quality_document(face.quality),
    }


def _line(face: SeenFace) -> str:
    who = face.match.person.name if face.decision is Decision.ACCEPT and face.match.person else "–"
    near = "" if face.match.distance is None else f"  d = {face.match.distance:.3f}"
    return f"{face.decision}  {who}{near}  at {', '.join(f'{value:.0f}' for value in face.box)}"
