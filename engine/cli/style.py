"""The command ``main.py style``: paint one picture in the manner of others."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from engine import files
from engine.cli.console import Console
from engine.device import AUTO, check_torch, choose
from engine.errors import EngineError, ErrorCode
from engine.files import writing
from engine.images import Rgb16
from engine.models import Models
from engine.options import add_arguments, options_of
from engine.paths import user_paths
from engine.style.forecast import forecast
from engine.style.live import Live
from engine.style.pictures import read_inputs
from engine.style.recipe import GATYS, STYLE_LAYERS, Recipe
from engine.style.runstate import load_state
from engine.style.save import at_full_size, check_writable, save_painting
from engine.style.speed import measure_speed
from engine.style.steps import PaintStep
from engine.style.tasks import paint

_LAMBDAS = tuple(f"lambda{index}" for index in range(1, 6))


def add_commands(commands: Any) -> None:
    """Add this command to the parser."""
    parser = commands.add_parser(
        "style",
        help="paint a photo in the manner of a painting",
        description="Paint the content in the manner of the styles (Gatys, Ecker, Bethge 2015). "
        "Ctrl-C stops and keeps what was painted.",
    )
    parser.add_argument("--content", default="", metavar="FILE", help="the picture to be painted")
    parser.add_argument("--style", default=[], nargs="+", metavar="FILE", help="the manner, one or more")
    parser.add_argument("--weights", nargs="+", type=float, default=[], metavar="W", help="one a style")
    parser.add_argument("--mask", default="", metavar="FILE", help="white: the content stays as it is")
    parser.add_argument(
        "--regions",
        nargs="+",
        default=[],
        metavar="FILE",
        help="one mask for each style, white where it paints; the word all for everywhere",
    )
    parser.add_argument(
        "--gatys",
        action="store_true",
        help="as in the paper of 2015: one size, white noise, Gram matrices, weights α and β",
    )
    parser.add_argument(
        "--keep-run", type=Path, metavar="FILE", help="when stopped early, keep the run there to go on later"
    )
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with a run that was kept")
    parser.add_argument("--output", type=Path, metavar="FILE", help="PNG, JPEG, TIFF or WebP")
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="only say what it would take: size, scales, tiles, memory, time (measured once a machine)",
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write losses and times there as JSON")
    parser.add_argument("--device", default=AUTO, help="auto, cpu, cuda:0, mps")
    parser.add_argument("--json", action="store_true", help="print the report on standard output")
    parser.add_argument(
        "--layer-weights",
        nargs=5,
        type=float,
        metavar="λ",
        help=f"shares of {', '.join(STYLE_LAYERS)} in the style loss (with --gatys 0.2 each)",
    )
    names = [declared.name for declared in options_of(Recipe) if declared.name not in _LAMBDAS]
    add_arguments(parser, Recipe, names)
    parser.set_defaults(command=run_style, refuse=parser.error, strength=None)


def run_style(arguments: argparse.Namespace, console: Console) -> int:
    """Paint, save, report. Whatever ends the run early, the picture painted so far is saved first."""
    if arguments.output is None and not arguments.dry_run:
        arguments.refuse("the following arguments are required: --output")
    resume = load_state(arguments.resume) if arguments.resume else None
    recipe = resume.recipe if resume else recipe_of(arguments)
    recipe.check()
    if arguments.dry_run:
        return _foretell(recipe, arguments.device, console)
    _check_places(arguments, recipe)
    check_torch()
    device = choose(arguments.device)
    models = Models(user_paths().models, device.id)
    steps: list[PaintStep] = []

    def show(step: PaintStep) -> None:
        if steps:
            steps[-1] = replace(steps[-1], picture=step.picture[:0])  # only the newest picture is needed
        steps.append(step)
        console.bar(step.progress, f"loss {step.losses.total:.4g}")

    live = Live(recipe)
    deep: Rgb16 | None = None
    try:
        task = paint(models, recipe, live, resume=resume, keep=arguments.keep_run)
        deep = console.follow(task, show).deep
    finally:
        if steps:
            _keep(arguments.output, steps[-1], live.deep.take() if deep is None else deep, console)
            document = report(steps, device.id)
            if arguments.report:
                with writing(arguments.report) as file:
                    file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())
    console.answer(
        document | {"output": str(arguments.output)}, _summary(arguments.output, steps, device.name)
    )
    return 0


def _foretell(recipe: Recipe, wish: str, console: Console) -> int:
    """Say what a painting would take; nothing is painted but two small pictures of noise, once a machine."""
    content = read_inputs(recipe).content
    check_torch()
    from engine.style.memory import free_memory_bytes

    device = choose(wish)
    paths = user_paths()
    measuring = measure_speed(Models(paths.models, device.id), recipe, paths.speed_file)
    speed = console.follow(measuring, lambda _: None)
    found = forecast(recipe, content.size, speed=speed, free_bytes=free_memory_bytes(device.id))
    assert found.seconds is not None
    tiles = f"in tiles of {found.tile} pixels" if found.tile else "without tiles"
    text = (
        f"{found.width} × {found.height} pixels {tiles}, {sum(found.iterations)} iterations at "
        f"{', '.join(map(str, found.scales))} pixels: about {found.seconds:.0f} s and "
        f"{found.peak_bytes / 1e9:.1f} GB of memory on {device.name}."
    )
    console.answer({"device": device.id, **asdict(found)}, text)
    return 0


def _check_places(arguments: argparse.Namespace, recipe: Recipe) -> None:
    """Refuse places that cannot be written, or where writing would destroy an input or the other result."""
    check_writable(arguments.output)
    inputs = [recipe.content, *recipe.styles, recipe.mask, *recipe.regions]
    taken = {Path(name).resolve() for name in inputs if name}
    for place in (arguments.output, arguments.report, arguments.keep_run):
        if place is None:
            continue
        if place.resolve() in taken:
            raise EngineError(
                ErrorCode.BAD_VALUE,
                f"{place} is already used by this command. Name another file.",
                str(place),
            )
        taken.add(place.resolve())
    for place in (arguments.report, arguments.keep_run):
        if place is not None:
            files.check_writable(place)


def recipe_of(arguments: argparse.Namespace) -> Recipe:
    """Return the recipe that a parsed command line describes (not checked yet)."""
    settings = {
        declared.name: getattr(arguments, declared.name)
        for declared in options_of(Recipe)
        if declared.name not in _LAMBDAS
    }
    if settings["strength"] is None:
        del settings["strength"]
    else:
        settings["weighting"] = "strength"
    if arguments.gatys:
        settings |= GATYS
    if arguments.layer_weights is not None:
        settings |= dict(zip(_LAMBDAS, arguments.layer_weights, strict=True))
    return Recipe(
        content=arguments.content,
        styles=tuple(arguments.style),
        style_weights=tuple(arguments.weights),
        mask=arguments.mask,
        regions=tuple("" if region == "all" else region for region in arguments.regions),
        **settings,
    )


def report(steps: Sequence[PaintStep], device: str) -> dict[str, Any]:
    """Return the report of a run, finished or not; ``steps`` is not empty."""
    from engine.style.memory import peak_memory_bytes

    return {
        "recipe": steps[-1].provenance.recipe.to_json(),
        "inputs": [vars(source) for source in steps[-1].provenance.sources],
        "device": device,
        "iterations": [
            {
                "i": step.iteration,
                "seconds": step.seconds,
                "total": step.losses.total,
                "content": step.losses.content,
                "style": step.losses.style,
                "style_layers": dict(step.losses.style_layers),
                "tv": step.losses.tv,
                "alpha": step.losses.alpha,
                "beta": step.losses.beta,
                "unit": step.losses.unit,
                "gamma": step.losses.gamma,
                "scale": step.scales[step.scale],
            }
            for step in steps
        ],
        "seconds_per_iteration_median": statistics.median(step.seconds for step in steps),
        "peak_memory_bytes": peak_memory_bytes(device),
        "scales": list(steps[-1].scales),
        "complete": steps[-1].iteration == steps[-1].iterations,
    }


def _keep(output: Path, step: PaintStep, deep: Rgb16 | None, console: Console) -> None:
    """Save the painting, in a TIFF with 16 bits a channel; where that fails, in the program's own folder,
    before the failure is told."""
    printed = output.suffix.lower() in (".tif", ".tiff") and deep is not None
    try:
        save_painting(output, deep if printed and deep is not None else step.picture, step.provenance)
    except EngineError as error:
        if error.code not in (ErrorCode.NOT_WRITABLE, ErrorCode.DISK_FULL):
            raise
        refuge = user_paths().data / "rescued" / (output.stem + ".png")
        save_painting(refuge, step.picture, step.provenance)
        console.note(f"The painting is in {refuge} instead.")
        raise


def _summary(output: Path, steps: Sequence[PaintStep], device: str) -> str:
    height, width = at_full_size(steps[-1].picture, steps[-1].provenance).shape[:2]
    seconds = sum(step.seconds for step in steps)
    first, last = steps[0].losses.total, steps[-1].losses.total
    return (
        f"Painted {output}: {width} × {height}, {len(steps)} iterations in {seconds:.1f} s on {device}.\n"
        f"The total loss went from {first:.4g} to {last:.4g}."
    )
