"""The commands ``main.py explore project|synthesise|ask|find``: one unit, one picture."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from engine.cli.console import Console
from engine.device import AUTO
from engine.errors import EngineError, ErrorCode
from engine.explorer import find, pointing, statistics, tasks, unit_tasks
from engine.explorer.answers import Answer, Fired, Formed, Projections
from engine.explorer.figure import write_projections
from engine.explorer.index import Index
from engine.explorer.records import SynthesisOptions
from engine.files import check_writable
from engine.images import read_picture, write_picture
from engine.models import Models
from engine.options import add_arguments

Action = Callable[..., argparse.ArgumentParser]
"""Adds a parser that has ``--index``, ``--images`` and ``--json`` already."""

Open = Callable[[str | None], Models]


def add_unit_actions(actions: Any, action: Action, open_models: Open) -> None:
    """Add the four actions to ``explore``."""

    def bound(command: Callable[..., int]) -> Callable[[argparse.Namespace, Console], int]:
        return lambda arguments, console: command(arguments, console, open_models)

    project = action(actions, "project", bound(_project), "a unit's patches back to pixels, in two ways")
    _add_unit(project)
    project.add_argument("--k", type=int, default=9, help="how many of its pictures (default 9)")
    project.add_argument("--output", type=Path, required=True, metavar="FILE", help=".png, .pdf or .html")
    project.add_argument("--device", default=AUTO, help="auto, cpu, cuda:0, mps (default auto)")
    _add_synthesise(actions, bound(_synthesise))
    ask = action(actions, "ask", bound(_ask), "the units that fire at a spot of a picture")
    ask.add_argument(
        "--picture", type=Path, required=True, metavar="FILE", help="any picture, recording or volume"
    )
    ask.add_argument(
        "--at", metavar="X,Y[,X2,Y2]", default="", help="a point or a box in it (X of a recording)"
    )
    ask.add_argument("--layers", nargs="+", default=[], metavar="L", help="default: all of the index")
    ask.add_argument("--k", type=int, default=8, help="how many units a layer (default 8)")
    ask.add_argument("--device", default=AUTO, help="auto, cpu, cuda:0, mps (default auto)")
    search = action(actions, "find", bound(_find), "units by class; dead, always-on and duplicate ones")
    search.add_argument("--layer", required=True)
    search.add_argument("--class", dest="name", metavar="NAME", help="a sub-folder of the scanned folder")
    search.add_argument("--unit", type=int, help="say what is known of one unit")
    search.add_argument("--odd", action="store_true", help="list dead, always-on and duplicate units")
    search.add_argument("--k", type=int, default=20, help="how many (default 20)")


def _add_unit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--layer", required=True)
    parser.add_argument("--unit", type=int, required=True)


def _add_synthesise(actions: Any, command: Any) -> None:
    synthesise = actions.add_parser("synthesise", help="optimise a picture until it excites a unit")
    synthesise.add_argument("--network", required=True)
    _add_unit(synthesise)
    synthesise.add_argument("--output", type=Path, required=True, metavar="FILE")
    add_arguments(synthesise, SynthesisOptions, ["steps", "rate", "seed"])
    synthesise.add_argument("--device", default=AUTO, help="auto, cpu, cuda:0, mps (default auto)")
    synthesise.add_argument("--json", action="store_true")
    synthesise.set_defaults(command=command)


def _project(arguments: argparse.Namespace, console: Console, open_models: Open) -> int:
    check_writable(arguments.output)
    models = open_models(arguments.device)
    index = tasks.open_index(arguments.index, models, arguments.images)
    entries = index.entries(arguments.layer, arguments.unit, max(1, arguments.k))
    task = unit_tasks.project_entries(models, index, arguments.layer, arguments.unit, entries)

    def show(step: Projections) -> None:
        console.bar(step.progress, "pictures")

    found = console.follow(task, show)
    title = f"{index.network} {arguments.layer}, unit {arguments.unit}"
    write_projections(arguments.output, title, found.done)
    document = {
        "layer": arguments.layer,
        "unit": arguments.unit,
        "projections": [
            {
                "file": one.patch.entry.file,
                "value": one.patch.entry.value,
                "box": list(one.patch.box),
                "largest": {"deconv": one.strength[0], "guided": one.strength[1]},
            }
            for one in found.done
        ],
        "output": str(arguments.output),
    }
    console.answer(document, f"{len(found.done)} projections of {title}: {arguments.output}")
    return 0


def _synthesise(arguments: argparse.Namespace, console: Console, open_models: Open) -> int:
    check_writable(arguments.output)
    chosen = ("steps", "rate", "seed")
    options = SynthesisOptions(**{name: getattr(arguments, name) for name in chosen})
    task = unit_tasks.synthesise_unit(
        open_models(arguments.device), arguments.network, arguments.layer, arguments.unit, options
    )

    def show(step: Formed) -> None:
        console.bar(step.progress, "steps")

    formed = console.follow(task, show)
    write_picture(arguments.output, formed.rgb)
    document = {
        "network": arguments.network,
        "layer": arguments.layer,
        "unit": arguments.unit,
        "activation": formed.activation,
        "steps": options.steps,
        "output": str(arguments.output),
    }
    console.answer(document, f"{arguments.output}: activation {formed.activation:.3f}")
    return 0


def _ask(arguments: argparse.Namespace, console: Console, open_models: Open) -> int:
    models = open_models(arguments.device)
    index = tasks.open_index(arguments.index, models, arguments.images)
    inputs, count = tasks.inputs_of(index), max(1, arguments.k)
    spot: tuple[float, ...]
    item = arguments.picture.name
    if inputs.kind == "pictures":
        rgb = read_picture(arguments.picture).rgb
        spot = parse_spot(arguments.at, (rgb.shape[1], rgb.shape[0]))
        x0, y0, x1, y1 = spot
        task = unit_tasks.ask_picture(
            models, index, rgb, (x0, y0, x1, y1), layers=arguments.layers, count=count
        )
    else:
        shown = console.follow(pointing.read_pointable(inputs, arguments.picture), lambda _: None)
        shape, step = shown.numbers.shape[:-1], pointing.step_of(inputs)
        spot = parse_spot(arguments.at, tuple(round(one * step) for one in reversed(shape)))
        item = pointing.item_around(inputs, arguments.picture.name, shape, spot)
        task = unit_tasks.ask_item(
            models, index, item, spot, folder=arguments.picture.parent, layers=arguments.layers, count=count
        )
    answer: Answer = console.follow(task, lambda _: None)
    document = {
        "picture": str(arguments.picture),
        "item": item,
        "spot": list(spot),
        "layers": [
            {
                "layer": layer.layer,
                "strongest": [_fired(one) for one in layer.strongest],
                "unusual": [_fired(one) for one in layer.unusual],
            }
            for layer in answer.layers
        ],
    }
    rows = []
    for layer in answer.layers:
        rows.append(f"{layer.layer}, most unusual:")
        rows += [
            f"  unit {one.unit:4}  {one.value:9.3f}  above {one.share:.1%} of the scanned pictures"
            for one in layer.unusual
        ]
    console.answer(document, "\n".join(rows))
    return 0


def _fired(one: Fired) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "value": one.value,
        "share_below": one.share,
        "position": list(one.position),
        "box": list(one.box),
    }


def parse_spot(text: str, size: tuple[int, ...]) -> tuple[float, ...]:
    """Read a point or a box (two corners) in a file's own pixels or samples; nothing means all of it.

    Args:
        size: as people draw: (width, height) of a picture, (length,) of a recording.

    Raises:
        EngineError: BAD_VALUE.
    """
    n = len(size)
    if not text:
        return (0.0,) * n + tuple(float(one) for one in size)
    try:
        numbers = [float(one) for one in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == n:
        numbers *= 2
    if len(numbers) != 2 * n or not all(np.isfinite(numbers)):
        looks = {1: "300 or 300,420", 2: "120,80 or 10,10,60,40", 3: "8,8,8 or 4,4,4,12,12,12"}[n]
        raise EngineError(ErrorCode.BAD_VALUE, f"--at must look like {looks}, not {text!r}.")
    if not all(
        0 <= low <= high <= end for low, high, end in zip(numbers[:n], numbers[n:], size, strict=True)
    ):
        extent = " × ".join(map(str, size))
        unit = "pixels" if n == 2 else "samples"
        raise EngineError(
            ErrorCode.BAD_VALUE, f"--at {text} does not lie in the {extent} {unit} of the file."
        )
    return tuple(numbers)


def _find(arguments: argparse.Namespace, console: Console, open_models: Open) -> int:
    index = tasks.open_index(arguments.index, None, arguments.images)
    index.layer(arguments.layer)
    document: dict[str, Any] = {"layer": arguments.layer, "classes": index.classes}
    rows: list[str] = []
    if arguments.name is not None:
        _find_class(index, arguments, document, rows)
    if arguments.unit is not None:
        _describe_unit(index, arguments, document, rows)
    if arguments.odd or (arguments.name is None and arguments.unit is None):
        odd = statistics.oddities(index, arguments.layer)
        document["dead"], document["always_on"] = list(odd.dead), list(odd.always_on)
        document["duplicates"] = [list(group) for group in odd.duplicates]
        rows.append(f"dead: {list(odd.dead)}\nalways on: {list(odd.always_on)}")
        rows.append(f"the same twice: {[list(group) for group in odd.duplicates]}")
    console.answer(document, "\n".join(rows))
    return 0


def _find_class(
    index: Index, arguments: argparse.Namespace, document: dict[str, Any], rows: list[str]
) -> None:
    if arguments.name not in index.classes:
        known = ", ".join(name or "(none)" for name in list(index.classes)[:20])
        raise EngineError(
            ErrorCode.BAD_VALUE, f"No scanned picture lies in {arguments.name!r}; the folders are {known}."
        )
    units = find.enriched_units(index, arguments.layer, arguments.name, arguments.k)
    document["class"] = arguments.name
    document["units"] = [_enriched(one) for one in units]
    rows += [
        f"unit {one.unit:4}  {one.found} of {one.looked_at} strongest ({one.ratio:.1f} × chance, "
        f"p = 10^{one.log10_p:.1f})"
        for one in units
    ]


def _describe_unit(
    index: Index, arguments: argparse.Namespace, document: dict[str, Any], rows: list[str]
) -> None:
    shown = statistics.distribution(index, arguments.layer, arguments.unit)
    near = statistics.neighbours(index, arguments.layer, arguments.unit)
    named = find.classes_of_unit(index, arguments.layer, arguments.unit)
    document |= {
        "unit": arguments.unit,
        "distribution": {"edges": shown.edges.tolist(), "counts": shown.counts.tolist()},
        "weakest": [one.file for one in index.weakest(arguments.layer, arguments.unit)],
        "random": [one.file for one in index.random(arguments.layer, arguments.unit)],
        "neighbours": [{"unit": one.unit, "likeness": one.likeness} for one in near],
        "enriched": [_enriched(one) for one in named[: arguments.k]],
    }
    rows.append(f"like unit {arguments.unit}: " + ", ".join(f"{o.unit} ({o.likeness:.2f})" for o in near))


def _enriched(one: find.Enriched) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "class": one.name,
        "found": one.found,
        "looked_at": one.looked_at,
        "ratio": one.ratio,
        "log10_p": one.log10_p,
    }
