"""The command ``main.py explore``: scan, top, replay, figure, faces, merge; more in ``explore_units``."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.cli.explore_units import add_unit_actions
from engine.device import AUTO
from engine.errors import EngineError, ErrorCode
from engine.explorer import tasks
from engine.explorer.freshness import missing_pictures
from engine.explorer.index import Index
from engine.explorer.records import Entry, Layer, ScanOptions, ScanResult, ScanStep
from engine.face_cuts import cut_faces
from engine.models import Models
from engine.options import add_arguments, options_of
from engine.paths import user_paths
from engine.progress import Progress


def add_commands(commands: Any) -> None:
    """Add this command to the parser."""
    explore = commands.add_parser("explore", help="the pictures that each unit of a ConvNet responds to most")
    actions = explore.add_subparsers(metavar="ACTION", required=True)
    _add_scan(actions)
    top = _action(actions, "top", _top, "a unit's strongest pictures, with value, position and box")
    top.add_argument("--layer", required=True)
    top.add_argument("--unit", type=int, required=True)
    top.add_argument("--k", type=int, default=9, help="how many (default 9)")
    replay = _action(actions, "replay", _replay, "compute recorded entries again and compare")
    replay.add_argument("--sample", type=int, default=50, help="how many entries (default 50)")
    replay.add_argument("--seed", type=int, default=0, help="which ones (default 0)")
    replay.add_argument("--device", default=AUTO, help="auto, cpu, cuda:0, mps (default auto)")
    figure = _action(actions, "figure", _figure, "units as 3 × 3 tiles: PNG, PDF or HTML")
    figure.add_argument("--layer", required=True)
    figure.add_argument("--units", default="0-8", help="for example 0-8 or 3,5,10-12 (default 0-8)")
    figure.add_argument("--output", type=Path, required=True, metavar="FILE")
    add_unit_actions(actions, _action, _models)
    faces = actions.add_parser("faces", help="cut aligned faces out of photos, to scan the face encoder with")
    faces.add_argument("--images", type=Path, required=True, metavar="DIR")
    faces.add_argument("--output", type=Path, required=True, metavar="OUT", help="a folder for the faces")
    faces.add_argument("--json", action="store_true")
    faces.set_defaults(command=_faces)
    merge = actions.add_parser("merge", help="one index out of the indexes of shards")
    merge.add_argument("shards", nargs="+", type=Path, metavar="INDEX")
    merge.add_argument("--index", type=Path, required=True, metavar="OUT")
    merge.add_argument("--json", action="store_true")
    merge.set_defaults(command=_merge)


def _add_scan(actions: Any) -> None:
    scan = actions.add_parser("scan", help="run a folder of pictures, signals or volumes through a network")
    scan.add_argument("--network", required=True, help="its name on the list of models, or a model file")
    scan.add_argument("--images", type=Path, required=True, metavar="DIR")
    scan.add_argument("--index", type=Path, required=True, metavar="OUT", help="a folder for the result")
    scan.add_argument("--layers", nargs="+", default=[], metavar="L", help="default: all convolutions")
    scan.add_argument("--resume", action="store_true", help="go on from OUT; read new pictures only")
    scan.add_argument("--shard", default="1/1", metavar="I/N", help="every N-th picture, from the I-th")
    scan.add_argument("--device", default=AUTO, help="auto, cpu, cuda:0, mps (default auto)")
    add_arguments(scan, ScanOptions)
    scan.add_argument("--json", action="store_true")
    scan.set_defaults(command=_scan)


def _action(actions: Any, name: str, command: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text)
    parser.add_argument("--index", type=Path, required=True, metavar="OUT")
    parser.add_argument("--images", type=Path, metavar="DIR", help="where the pictures are now, if moved")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(command=command)
    return parser


def _scan(arguments: argparse.Namespace, console: Console) -> int:
    options = ScanOptions(**{one.name: getattr(arguments, one.name) for one in options_of(ScanOptions)})
    models = _models(arguments.device)
    task = tasks.scan_folder(
        models,
        arguments.network,
        arguments.images,
        arguments.index,
        layers=arguments.layers,
        options=options,
        resume=arguments.resume,
        shard=_shard(arguments.shard),
    )

    def show(step: ScanStep) -> None:
        console.bar(step.progress, "pictures")

    result = console.follow(task, show)
    for skipped in result.skipped:
        console.note(f"skipped {skipped.file}: {skipped.reason}")
    for remark in result.remarks:
        console.note(f"{remark.file}: {remark.reason}")
    for group in result.duplicates:
        console.note(f"the same file several times: {', '.join(group)}")
    console.answer(_scan_document(result), _scan_text(result))
    return 0


def _scan_document(result: ScanResult) -> dict[str, Any]:
    return {
        "images": result.images,
        "scanned": result.scanned,
        "skipped": [asdict(one) for one in result.skipped],
        "remarks": [asdict(one) for one in result.remarks],
        "duplicates": [list(group) for group in result.duplicates],
        "layers": [layer.name for layer in result.layers],
        "units": result.units,
        "fields": {layer.name: _field(layer) for layer in result.layers},
        "seconds": round(result.seconds, 3),
        "images_per_second": round(result.images_per_second, 3),
        "index": str(result.index),
    }


def _scan_text(result: ScanResult) -> str:
    rows = [
        f"{result.scanned} pictures in {result.seconds:.1f} s ({result.images_per_second:.1f} per second)"
    ]
    rows += [_layer_text(layer) for layer in result.layers]
    rows.append(f"{len(result.skipped)} files skipped. The index of {result.images} pictures: {result.index}")
    return "\n".join(rows)


def _layer_text(layer: Layer) -> str:
    size, stride = ("×".join(map(str, numbers)) for numbers in (layer.field.size, layer.field.stride))
    return f"{layer.name:8} {layer.units:4} units   receptive field {size:8} stride {stride}"


def _top(arguments: argparse.Namespace, console: Console) -> int:
    index = tasks.open_index(arguments.index, _models(), arguments.images)
    if arguments.k < 1:
        raise EngineError(ErrorCode.BAD_VALUE, f"--k must be at least 1, not {arguments.k}.", "k")
    layer = index.layer(arguments.layer)
    entries = index.entries(layer.name, arguments.unit, arguments.k)
    gone = missing_pictures(index, (entry.file for entry in entries))
    if gone:
        console.note(f"{gone[0]} is no longer in {index.root}. Give the new place with --images.")
    document = {
        "layer": layer.name,
        "unit": arguments.unit,
        "network": index.network,
        "images": len(index.pictures),
        "complete": index.complete,
        "field": _field(layer),
        "top": [_entry(entry) for entry in entries],
    }
    rows = [f"{index.network} {layer.name}, unit {arguments.unit}"]
    rows += [f"{entry.value:10.4f}  {entry.file}  box {list(entry.box)}" for entry in entries]
    console.answer(document, "\n".join(rows))
    return 0


def _field(layer: Layer) -> dict[str, Any]:
    return {
        "size": list(layer.field.size),
        "stride": list(layer.field.stride),
        "padding": list(layer.field.padding),
        "exactness": layer.field.exactness.value,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "file": entry.file,
        "value": entry.value,
        "position": list(entry.position),
        "box": list(entry.box),
    }


def _replay(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.sample < 1:
        raise EngineError(ErrorCode.BAD_VALUE, f"--sample must be at least 1, not {arguments.sample}.")
    models = _models(arguments.device)
    index = tasks.open_index(arguments.index, models, arguments.images)
    task = tasks.replay_index(models, index, sample=arguments.sample, seed=arguments.seed)
    found = console.follow(task, _bar(console, "pictures"))
    document = {
        "checked": found.checked,
        "max_abs_difference": found.max_abs_difference,
        "tolerance": found.tolerance,
        "ok": found.agrees,
    }
    verdict = "agree with" if found.agrees else "DIFFER from"
    text = (
        f"{found.checked} entries computed again {verdict} the index: "
        f"largest difference {found.max_abs_difference:.3g}"
    )
    console.answer(document, text)
    return 0 if found.agrees else 1


def _figure(arguments: argparse.Namespace, console: Console) -> int:
    index = tasks.open_index(arguments.index, _models(), arguments.images)
    units = parse_units(arguments.units)
    task = tasks.draw_figure(index, arguments.layer, units, arguments.output)
    written = console.follow(task, _bar(console, "units"))
    document = {"output": str(written), "layer": arguments.layer, "units": units}
    console.answer(document, f"{len(units)} units of {arguments.layer}: {written}")
    return 0


def _merge(arguments: argparse.Namespace, console: Console) -> int:
    merged: Index = console.follow(
        tasks.merge_folders(arguments.shards, arguments.index), _bar(console, "indexes")
    )
    document = {
        "images": len(merged.pictures),
        "layers": [layer.name for layer in merged.layers],
        "units": sum(layer.units for layer in merged.layers),
        "skipped": [asdict(one) for one in merged.skipped],
        "index": str(arguments.index),
    }
    console.answer(document, f"{len(merged.pictures)} pictures of {len(arguments.shards)} indexes")
    return 0


def _faces(arguments: argparse.Namespace, console: Console) -> int:
    found = console.follow(
        cut_faces(_models(), arguments.images, arguments.output), _bar(console, "pictures")
    )
    for skipped in found.skipped:
        console.note(f"skipped {skipped.file}: {skipped.reason}")
    document = {
        "output": str(found.folder),
        "faces": len(found.faces),
        "without_face": found.without,
        "skipped": [asdict(one) for one in found.skipped],
    }
    text = f"{len(found.faces)} faces: {found.folder}. In {found.without} pictures there is none."
    console.answer(document, text)
    return 0


def _bar(console: Console, what: str) -> Any:
    def show(progress: Progress) -> None:
        console.bar(progress, what)

    return show


def _models(wish: str | None = None) -> Models:
    """Return the models; a device is looked for (and torch loaded) only when one is wished for."""
    if wish is None:
        return Models(user_paths().models)
    from engine.device import check_torch, choose

    check_torch()
    return Models(user_paths().models, choose(wish).id)


def _shard(text: str) -> tuple[int, int]:
    first, _, of = text.partition("/")
    if not (first.isdecimal() and of.isdecimal() and 1 <= int(first) <= int(of)):
        raise EngineError(ErrorCode.BAD_VALUE, f"--shard must look like 2/4, not {text!r}.", "shard")
    return int(first) - 1, int(of)


def parse_units(text: str) -> list[int]:
    """Read a list of units: "0-8", "3,5,10-12".

    Raises:
        EngineError: BAD_VALUE.
    """
    units: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise EngineError(ErrorCode.BAD_VALUE, f"--units must look like 0-8 or 3,5,10-12, not {text!r}.")
        start, stop = int(first), int(last or first)
        if stop < start or stop - start > 10_000:
            raise EngineError(ErrorCode.BAD_VALUE, f"--units: {part.strip()} is not a range of units.")
        units.extend(range(start, stop + 1))
    return units
