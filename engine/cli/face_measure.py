"""``main.py face``: calibrate on the gallery's own encodings, and open-set identification on a folder."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.cli.face_common import action, models, read_settings, silent, with_gallery
from engine.errors import EngineError, ErrorCode
from engine.faces.calibrate import Calibration, calibrate
from engine.faces.gallery import Gallery
from engine.faces.openset import OpenSet, Point, measure_openset
from engine.faces.store.lines import put_in_force
from engine.faces.store.roles import Right


def add_actions(actions: Any) -> None:
    """Add these actions."""
    command = action(
        *(actions, "calibrate", _calibrate, "τ for the people enrolled, from their own encodings"),
        needs=lambda given: Right.CALIBRATE if given.apply or given.reset else None,
    )
    command.add_argument(
        "--rate", metavar="R", type=float, help="share of strangers welcomed by mistake (default: settings)"
    )
    command.add_argument("--apply", action="store_true", help="use this line from now on")
    command.add_argument("--reset", action="store_true", help="go back to the line measured on LFW")
    command = action(actions, "openset", _openset, "who is missed while strangers stay out", database=False)
    command.add_argument("--images", metavar="DIR", type=Path, required=True, help="DIR/Name/photo.jpg")
    command.add_argument(
        "--enrolled", metavar="N", type=int, default=100, help="people enrolled (default 100)"
    )
    command.add_argument("--strangers", metavar="M", type=int, default=1000, help="strangers (default 1000)")
    command.add_argument("--seed", metavar="S", type=int, default=0, help="chooses them (default 0)")


def _calibrate(arguments: argparse.Namespace, console: Console) -> int:
    rate = read_settings(console).strangers_accepted if arguments.rate is None else arguments.rate
    if not 0.0 < rate < 1.0:
        raise EngineError(ErrorCode.BAD_VALUE, "--rate lies between 0 and 1, for example 0.01.", "rate")

    model = models().face_encoder

    def work(gallery: Gallery) -> Calibration:
        found = calibrate(gallery.known(model), rate)
        if arguments.apply or arguments.reset:
            put_in_force(gallery, model, None if arguments.reset else found)
        return found

    found = console.follow(with_gallery(arguments, work), silent)
    document = asdict(found) | {"in_force": bool(arguments.apply), "bin_width": 4.0 / len(found.genuine)}
    basis = (
        "measured on the gallery's own pairs"
        if found.measured
        else f"extrapolated: {found.impostor_pairs} pairs of different people prove no rate below "
        f"{min(1.0, found.proved):.2g}"
    )
    rejects = (
        ""
        if found.false_rejects is None
        else f"\n{found.false_rejects:.1%} of {found.genuine_pairs} pairs of one person lie beyond it"
    )
    console.answer(
        document,
        f"τ = {found.tau:.3f} for {found.people} people at {found.rate:g} (LFW: {found.tau_lfw:.3f}), "
        f"{basis}{rejects}",
    )
    return 0


def _openset(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.enrolled < 1 or arguments.strangers < 1 or arguments.seed < 0:
        raise EngineError(
            ErrorCode.BAD_VALUE, "--enrolled and --strangers are at least 1, --seed at least 0."
        )
    task = measure_openset(
        models(), arguments.images, arguments.enrolled, arguments.strangers, arguments.seed
    )
    done = console.follow(task, lambda progress: console.bar(progress, "photos"))
    console.answer(_document(done), _text(done))
    return 0


def _document(done: OpenSet) -> dict[str, Any]:
    def part(points: dict[float, Point]) -> dict[str, Any]:
        return {
            "fnir_at_fpir": {f"{rate:g}": point.fnir.value for rate, point in points.items()},
            "bounds": {f"{rate:g}": [point.fnir.low, point.fnir.high] for rate, point in points.items()},
            "fpir": {f"{rate:g}": asdict(point.fpir) for rate, point in points.items()},
            "threshold": {f"{rate:g}": point.threshold for rate, point in points.items()},
        }

    return {
        **part(done.one),
        "mean_of_three": part(done.mean_of_three),
        "enrolled": done.enrolled,
        "strangers": done.strangers,
        "probes": done.probes,
        "no_face": list(done.no_face),
        "seconds": done.seconds,
    }


def _text(done: OpenSet) -> str:
    lines = [f"{done.enrolled} enrolled, {done.probes} probes of them, {done.strangers} strangers"]
    for what, points in (("one photo", done.one), ("mean of three", done.mean_of_three)):
        for rate, point in points.items():
            lines.append(
                f"{what:14} FPIR {rate:g}: FNIR {point.fnir.value:.4f} "
                f"[{point.fnir.low:.4f}, {point.fnir.high:.4f}] at cosine {point.cosine:.3f}"
            )
    return "\n".join(lines)
