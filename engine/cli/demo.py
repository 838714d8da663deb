"""The command ``main.py demo``: the job of each panel on the pictures on board, and a page that shows it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.demo import DemoResult, DemoStep, default_folder, demo, to_json
from engine.device import check_torch, choose
from engine.faces.matching import Thresholds
from engine.models import Models
from engine.paths import user_paths
from engine.settings import load_settings

TITLES = {
    "faces": "Recognise: enrol, verify, identify",
    "paint": "Paint: a photo in the manner of a painting",
    "explain": "Explain: what the units of AlexNet respond to",
}


def add_commands(commands: Any) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "demo",
        help="each panel's job on the pictures on board",
        description="Recognises, paints and explains the pictures on board; writes the results and an index "
        "page into a folder. Takes about a minute on two processor cores.",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to (default: triptych-demo here)")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.set_defaults(command=run_demo)


def run_demo(arguments: argparse.Namespace, console: Console) -> int:
    """Run the three jobs and say where the page is."""
    settings, problems = load_settings(user_paths().settings_file)
    for problem in problems:
        console.note(problem)
    folder = (arguments.out or default_folder(user_paths().data)).absolute()
    check_torch()
    device = choose(settings.device)
    models = Models(user_paths().models, device.id)
    thresholds = Thresholds(settings.verify_threshold, settings.strangers_accepted)
    told: set[str] = set()

    def show(step: DemoStep) -> None:
        if step.chapter not in told:
            told.add(step.chapter)
            console.note(TITLES[step.chapter])
        console.bar(step.progress, step.chapter)

    result = console.follow(demo(models, folder, thresholds), show)
    console.answer(to_json(result) | {"device": device.id}, _summary(result, device.name))
    return 0


def _summary(result: DemoResult, device: str) -> str:
    claims = [
        f"  {claim.photo} as {claim.answer.name}: {claim.answer.decision} "
        f"(d = {claim.answer.distance:.3f}, τ = {claim.answer.threshold:.3f})"
        for claim in result.claims
    ]
    losses = result.painting.losses
    return "\n".join(
        [
            *claims,
            f"  painted {result.painting.output} in {len(losses)} iterations: "
            f"loss {losses[0].total:.3g} to {losses[-1].total:.3g}",
            f"  {result.explained.units} units of AlexNet, {result.explained.images} pictures",
            f"Done in {result.seconds:.0f} s on {device}. Open {result.page}",
        ]
    )
