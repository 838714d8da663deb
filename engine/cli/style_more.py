"""The commands ``main.py style-batch``, ``style-sheet`` and ``style-timelapse``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.cli.style import recipe_of
from engine.device import AUTO, check_torch, choose
from engine.errors import EngineError, ErrorCode
from engine.models import Models
from engine.options import add_arguments, options_of
from engine.paths import user_paths
from engine.style.batch import BatchStep, orders, paint_batch
from engine.style.drops import unpack
from engine.style.recipe import STYLE_LAYERS, Recipe
from engine.style.save import check_writable, save_painting
from engine.style.sheet import ITERATIONS, SIZE, SheetStep, contact_sheet, save_sheet, style_words
from engine.style.steps import PaintStep
from engine.style.tasks import paint
from engine.style.timelapse import FRAMES_PER_SECOND, check_film, film
from engine.style.timeline import Timeline, recorded, stride_for


def add_commands(commands: Any) -> None:
    """Add these commands to the parser."""
    batch = commands.add_parser(
        "style-batch",
        help="paint every photo of a folder in the manner of every painting of another",
        description="Paint all pairs. Ctrl-C stops; the same command goes on where it was.",
    )
    batch.add_argument(
        "--contents", required=True, nargs="+", type=Path, metavar="PATH", help="photos or folders"
    )
    batch.add_argument(
        "--styles", required=True, nargs="+", type=Path, metavar="PATH", help="paintings or folders"
    )
    batch.add_argument("--output", required=True, type=Path, metavar="DIR", help="a folder for the results")
    _finish(batch, run_batch)
    sheet = commands.add_parser(
        "style-sheet",
        help="nine small paintings to choose from: strengths × styles",
        description="With one style, nine strengths of it; with two, three of both and of their blend.",
    )
    _add_pictures(sheet)
    sheet.add_argument("--output", required=True, type=Path, metavar="FILE", help="PNG, JPEG, TIFF or WebP")
    _finish(sheet, run_sheet, size=SIZE, iterations=ITERATIONS)
    timelapse = commands.add_parser(
        "style-timelapse",
        help="paint, and make a film of how the painting grows",
        description="Paint as `style` does and keep every few iterates as the frames of a film.",
    )
    _add_pictures(timelapse)
    timelapse.add_argument("--output", required=True, type=Path, metavar="FILE", help="MP4 or GIF")
    timelapse.add_argument("--picture", type=Path, metavar="FILE", help="save the finished painting there")
    timelapse.add_argument(
        "--every",
        type=int,
        default=0,
        metavar="N",
        help="a frame every N iterations (default: about 60 frames)",
    )
    timelapse.add_argument(
        "--fps", type=int, default=FRAMES_PER_SECOND, help=f"frames a second (default {FRAMES_PER_SECOND})"
    )
    _finish(timelapse, run_timelapse)


def _add_pictures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", required=True, metavar="FILE", help="the picture to be painted")
    parser.add_argument("--style", required=True, nargs="+", metavar="FILE", help="the manner, one or more")


def _finish(parser: argparse.ArgumentParser, command: Any, **defaults: Any) -> None:
    lambdas = {f"lambda{index}" for index in range(1, len(STYLE_LAYERS) + 1)}
    names = [declared.name for declared in options_of(Recipe) if declared.name not in lambdas]
    add_arguments(parser, Recipe, names)
    layers = ", ".join(STYLE_LAYERS)
    parser.add_argument(
        "--layer-weights", nargs=5, type=float, metavar="λ", help=f"shares of {layers} in the style loss"
    )
    parser.add_argument("--device", default=AUTO, help="auto, cpu, cuda:0, mps")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    plain = {"weights": [], "mask": "", "regions": [], "gatys": False, "strength": None}
    parser.set_defaults(command=command, **plain, **defaults)


def run_batch(arguments: argparse.Namespace, console: Console) -> int:
    """Paint all pairs; status 1 when one of them could not be painted."""
    contents, styles = unpack(arguments.contents), unpack(arguments.styles)
    arguments.content, arguments.style = str(contents[0]), [str(styles[0])]
    recipe = recipe_of(arguments)
    recipe.check()
    wanted = orders(recipe, contents, styles, arguments.output)
    models = _models(arguments)

    def show(step: BatchStep) -> None:
        console.bar(step.progress, step.order.output.name)

    result = console.follow(paint_batch(models, wanted), show)
    for refused in result.refused:
        console.note(refused.reason.detail)
    console.answer(
        {
            "output": str(arguments.output),
            "painted": [str(path) for path in result.painted],
            "kept": [str(path) for path in result.kept],
            "refused": [
                {"output": str(each.output), "reason": each.reason.detail} for each in result.refused
            ],
        },
        f"{len(result.painted)} painted, {len(result.kept)} were there already, "
        f"{len(result.refused)} could not be painted: {arguments.output}",
    )
    return 1 if result.refused else 0


def run_sheet(arguments: argparse.Namespace, console: Console) -> int:
    """Paint nine small pictures and save them as one."""
    check_writable(arguments.output)
    _spare_inputs(arguments, arguments.output)
    recipe = recipe_of(arguments)
    task = contact_sheet(_models(arguments), recipe, size=recipe.size, iterations=recipe.iterations)

    def show(step: SheetStep) -> None:
        console.bar(step.progress, style_words(step.cells[step.newest].recipe))

    cells = console.follow(task, show)
    console.follow(save_sheet(arguments.output, cells), lambda _: None)
    console.answer(
        {
            "output": str(arguments.output),
            "cells": [
                {
                    "row": cell.row,
                    "column": cell.column,
                    "strength": cell.recipe.strength,
                    "styles": list(cell.recipe.styles),
                }
                for cell in cells
            ],
        },
        f"Painted {arguments.output}: {len(cells)} small paintings.",
    )
    return 0


def run_timelapse(arguments: argparse.Namespace, console: Console) -> int:
    """Paint, keep moments in the cache, and write them as a film, also when it was stopped early."""
    check_film(arguments.output)
    if arguments.picture is not None:
        check_writable(arguments.picture)
        _spare_inputs(arguments, arguments.picture)
    recipe = recipe_of(arguments)
    recipe.check()
    models = _models(arguments)
    folder = user_paths().cache / "timelapse"
    timeline = Timeline(folder, arguments.every or stride_for(recipe))
    timeline.clear()
    newest: list[PaintStep] = []

    def show(step: PaintStep) -> None:
        newest[:] = [step]
        console.bar(step.progress, f"loss {step.losses.total:.4g}")

    try:
        console.follow(recorded(paint(models, recipe), timeline), show)
    finally:
        if newest:
            if arguments.picture:
                save_painting(arguments.picture, newest[0].picture, newest[0].provenance)
            frames = len(timeline.moments)
            task = film(timeline, arguments.output, frames_per_second=arguments.fps)
            console.follow(task, lambda progress: console.bar(progress, "film"))
            timeline.clear()
    picture = None if arguments.picture is None else str(arguments.picture)
    console.answer(
        {
            "output": str(arguments.output),
            "picture": picture,
            "frames": frames,
            "recipe": recipe.to_json(),
        },
        f"Made {arguments.output}: {frames} frames.",
    )
    return 0


def _spare_inputs(arguments: argparse.Namespace, place: Path) -> None:
    """Refuse a place where writing would destroy an input."""
    if place.resolve() in {Path(name).resolve() for name in (arguments.content, *arguments.style)}:
        raise EngineError(
            ErrorCode.BAD_VALUE, f"{place} is already used by this command. Name another file.", str(place)
        )


def _models(arguments: argparse.Namespace) -> Models:
    check_torch()
    return Models(user_paths().models, choose(arguments.device).id)
