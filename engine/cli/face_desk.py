"""The commands ``main.py face desk`` and ``face liveness``: the front desk without a screen."""

from __future__ import annotations

import argparse
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.camera import Camera, CameraState, Frame
from engine.cli.console import Console
from engine.cli.face_common import ACTOR, action, database, read_settings, thresholds
from engine.cli.face_common import models as adopted_models
from engine.cli.face_office import add_hooks, given_hooks
from engine.faces.desk.policy import DeskState
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import (
    DeskDecision,
    DeskView,
    Orders,
    decision_of,
    replay_clip,
    run_desk,
)
from engine.faces.hooks import Hooks, check_hooks, hooks_of
from engine.faces.liveness.clips import ClipsReport, ClipVerdict, Pictures, measure_clips
from engine.faces.liveness.labels import LIVE, SPECIES, Labels, Pattern, attack_pattern
from engine.faces.liveness.passive import NETWORKS
from engine.faces.liveness.statistics import AttackReport, Share
from engine.faces.matching import Thresholds
from engine.faces.registry import existing
from engine.faces.store.roles import Right
from engine.jobs import Task
from engine.latest import Latest
from engine.models import Models
from engine.options import add_arguments, validate
from engine.sources import DeviceSource, source_for


def add_actions(actions: Any) -> None:
    """Add ``desk`` and ``liveness`` to the actions of ``face``."""
    command = action(
        *(
            actions,
            "desk",
            _desk,
            "run the front desk on a camera, or decide on a recording by its own clock",
        ),
        needs=lambda given: Right.PROTECT if given_hooks(given, Hooks()) != Hooks() else None,
    )
    command.add_argument(
        "--source", metavar="CLIP|DEVICE|URL", required=True, help="a recording, a camera, or a stream"
    )
    command.add_argument("--seed", metavar="N", type=int, help="draws the challenges (default: secret)")
    add_arguments(command, DeskRules, ["liveness", "context", "blink", "lockout"])
    add_hooks(command)
    text = "how recorded people and attacks fare: APCER and BPCER with bounds"
    command = actions.add_parser("liveness", help=text, description=text)
    command.set_defaults(command=_liveness)
    command.add_argument("--json", action="store_true", help="one JSON document on standard output")
    command.add_argument(
        "--clips", metavar="DIR|FILE", type=Path, required=True, help="videos or pictures, in subfolders too"
    )
    command.add_argument(
        "--label",
        default="",
        choices=sorted(SPECIES),
        help="what all other clips show (default: read from the names of files and folders)",
    )
    command.add_argument(
        "--live",
        metavar="PATTERN",
        action="append",
        default=[],
        help="clips of living people: real/*, *_1.avi",
    )
    command.add_argument(
        "--attack",
        metavar="SPECIES=PATTERN",
        action="append",
        default=[],
        help="clips of attacks: print=paper/*, screen=*_[45].avi; both may be given several times",
    )
    command.add_argument(
        "--pictures",
        choices=[one.value for one in Pictures],
        default=Pictures.AUTO.value,
        help="pictures whose names differ only in a number: frames of one clip, or each a look of its own",
    )
    add_arguments(command, DeskRules, ["context"])


def _desk(arguments: argparse.Namespace, console: Console) -> int:
    models, gallery = adopted_models(), database(arguments)
    lines = thresholds(read_settings(console))
    rules = DeskRules(
        liveness=arguments.liveness,
        context=arguments.context,
        blink=arguments.blink,
        lockout=arguments.lockout,
    )
    validate(rules)
    if not all(models.present(models.card(model)) for model, _ in NETWORKS):
        console.note(
            "The passive liveness check is not here: nobody is welcomed without a challenge. Get it with: "
            + " and ".join(f"main.py models download {model}" for model, _ in NETWORKS)
        )
    place = Path(os.path.expanduser(arguments.source))  # noqa: PTH111 - Path's own fails for ~nobody
    named = bool(arguments.source.strip()) and "://" not in arguments.source
    if named and place.exists() and not place.is_char_device():
        seed = arguments.seed or 0
        made = console.follow(
            replay_clip(models, gallery, place, lines, rules, seed),
            lambda decision: _tell(decision, console),
        )
        if not made:
            console.note("Nobody stood in the zone long enough to be looked at.")
        return 0
    seed = secrets.randbits(64) if arguments.seed is None else arguments.seed
    hooks = _hooks(arguments, gallery)
    return _live(arguments.source, console, models, gallery, lines, rules, seed, hooks)


def _hooks(arguments: argparse.Namespace, path: Path) -> Hooks | None:
    """Return where the events of this run go: what was given over what the gallery has; None: as it has.

    Raises:
        EngineError: BAD_VALUE; what :class:`Gallery` raises.
    """
    if given_hooks(arguments, Hooks()) == Hooks():
        return None
    with existing(path, ACTOR) as gallery:
        hooks = given_hooks(arguments, hooks_of(gallery))
    check_hooks(hooks)
    return hooks


def _live(
    place: str,
    console: Console,
    models: Models,
    database: Path,
    thresholds: Thresholds,
    rules: DeskRules,
    seed: int,
    hooks: Hooks | None,
) -> int:
    """Run until Ctrl-C; a camera that is lost is opened again and again, one that never was is an error."""
    existing(database, ACTOR).close()
    frames: Latest[Frame] = Latest()
    source = source_for(place)
    camera = Camera(source, reattach=lambda: source_for(place) if _is_device(source) else source)
    camera.subscribe(frames)
    camera.start()
    name = getattr(source, "id", "") or source.subject  # what the window keeps its attack test under
    task = run_desk(*(models, database, frames, thresholds, rules, Orders(), seed), camera=name, hooks=hooks)
    try:
        console.follow(_while_delivering(task, camera), _teller(console))
    finally:
        camera.stop()
    return 0


def _is_device(source: object) -> bool:
    return isinstance(source, DeviceSource)


def _while_delivering(task: Task[DeskView, None], camera: Camera) -> Task[DeskView, None]:
    """Run a desk until its camera ends; raise when it could not even be opened once."""
    opened = False
    for view in task:
        opened = opened or camera.state is CameraState.LIVE
        if not opened and camera.error is not None:
            raise camera.error
        if camera.state is CameraState.ENDED:
            return
        yield view


def _teller(console: Console) -> Callable[[DeskView], None]:
    before, began = DeskState(), time.monotonic()

    def show(view: DeskView) -> None:
        nonlocal before
        decision = decision_of(before, view.state, view.state.since - began)
        before = view.state
        if decision is not None:
            _tell(decision, console)

    return show


def _tell(decision: DeskDecision, console: Console) -> None:
    document = {
        "t": round(decision.t, 3),
        "state": decision.state.value,
        "band": decision.band.value,
        "person": decision.person,
        "reasons": [reason.value for reason in decision.reasons],
        "waited": round(decision.waited, 3),
    }
    why = ", ".join(reason.value for reason in decision.reasons)
    who = decision.person or "–"
    console.answer(document, f"{decision.t:8.2f} s  {decision.band.value:8}  {who}  ({why})")


def _liveness(arguments: argparse.Namespace, console: Console) -> int:
    models = adopted_models()

    def show(verdict: ClipVerdict) -> None:
        console.bar(verdict.progress, verdict.clip.name)

    patterns = (
        *(Pattern(LIVE, glob) for glob in arguments.live),
        *(attack_pattern(text) for text in arguments.attack),
    )
    task = measure_clips(
        *(models, arguments.clips, Labels(arguments.label, patterns)),
        pictures=Pictures(arguments.pictures),
        context=arguments.context,
    )
    report = console.follow(task, show)
    console.answer(_document(report), _text(report))
    return 0


def _document(report: ClipsReport) -> dict[str, Any]:
    return {
        "clips": [_clip(verdict) for verdict in report.clips],
        "totals": _totals(report.rates),
        "totals_shrunk": _totals(report.rates_shrunk),
        "unlabelled": report.unlabelled,
        "unreadable": report.unreadable,
    }


def _totals(rates: AttackReport) -> dict[str, Any]:
    return {
        "apcer": {species: _share(share) for species, share in rates.apcer.items()},
        "apcer_step_up": {species: _share(share) for species, share in rates.apcer_doubt.items()},
        "apcer_max": max((share.value or 0.0 for share in rates.apcer.values()), default=None),
        "bpcer": _share(rates.bpcer),
        "bpcer_step_up": _share(rates.bpcer_doubt),
    }


def _clip(verdict: ClipVerdict) -> dict[str, Any]:
    return {
        "file": verdict.clip.name,
        "species": verdict.clip.species or None,
        "decision": verdict.decision.value,
        "reasons": list(verdict.reasons),
        "frames": verdict.frames,
        "decision_shrunk": verdict.shrunk.value,
        "live": None if verdict.live is None else round(verdict.live, 4),
    }


def _share(share: Share) -> dict[str, Any]:
    return asdict(share) | {"value": share.value}


def _text(report: ClipsReport) -> str:
    lines = [
        f"{verdict.decision.value:8} {verdict.clip.species or '?':8} {verdict.clip.name}"
        f"  ({', '.join(verdict.reasons)})"
        for verdict in report.clips
    ]
    lines += ["", *_rates(report.rates), "", "If the visible surroundings were enough (--context shrunk):"]
    return "\n".join([*lines, *_rates(report.rates_shrunk)])


def _rates(rates: AttackReport) -> list[str]:
    lines = [
        f"APCER {species}: {_words(share)}; a challenge asked of {_words(rates.apcer_doubt[species])}"
        for species, share in rates.apcer.items()
    ]
    return [*lines, f"BPCER: {_words(rates.bpcer)}; a challenge asked of {_words(rates.bpcer_doubt)}"]


def _words(share: Share) -> str:
    if share.value is None:
        return "nothing tried"
    return f"{share.count} of {share.trials} (95 % bounds {share.low:.1%} to {share.high:.1%})"
