"""Each panel's job on the pictures on board, written into a folder with a page to look at. No Qt.

It stands above the three subjects and drives the same tasks as the window and the other commands.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.demo_page import write_page
from engine.errors import EngineError, ErrorCode
from engine.explorer import tasks as explain
from engine.explorer.index import Index
from engine.explorer.records import ScanStep
from engine.faces import tasks as faces
from engine.faces.answers import FacesSeen, SeenFace, Verification
from engine.faces.matching import Decision, Thresholds
from engine.faces.store.erasure import discard
from engine.images import Rgb, fit_within, read_picture, write_picture
from engine.jobs import Task
from engine.models import Models
from engine.paths import SAMPLES
from engine.progress import Progress
from engine.samples import Sample, samples
from engine.style.recipe import Recipe
from engine.style.steps import Losses, PaintStep
from engine.style.tasks import paint

NETWORK = "alexnet"
FIGURE_UNITS = 9


@dataclass(frozen=True)
class DemoOptions:
    """How much to do: the painting's longer side in pixels, its iterations, the folder Explain scans."""

    size: int = 256
    iterations: int = 60
    pictures: Path = SAMPLES


@dataclass(frozen=True)
class DemoStep:
    """Which chapter is under way ("faces", "paint", "explain") and how far it is."""

    chapter: str
    progress: Progress


@dataclass(frozen=True)
class Claim:
    """One 1:1 comparison: whose photo it is in truth, and the answer to the claimed name."""

    photo: str
    shows: str
    answer: Verification


@dataclass(frozen=True)
class Identified:
    """One 1:N search: the photo with its boxes drawn, and the faces in it."""

    photo: str
    drawn: str
    shows: str
    faces: tuple[SeenFace, ...]


@dataclass(frozen=True)
class Painting:
    """One style run; ``strip`` holds (iteration, file) of the pictures on the way."""

    recipe: Recipe
    content: Sample
    style: Sample
    output: str
    strip: tuple[tuple[int, str], ...]
    losses: tuple[Losses, ...]
    seconds: float


@dataclass(frozen=True)
class Explained:
    """One scan; ``figures`` holds (layer, units, file)."""

    images: int
    units: int
    seconds: float
    figures: tuple[tuple[str, tuple[int, ...], str], ...]


@dataclass(frozen=True)
class DemoResult:
    """What was made; all files lie in ``folder``, ``page`` shows them."""

    folder: Path
    page: Path
    claims: tuple[Claim, ...]
    identified: tuple[Identified, ...]
    painting: Painting
    explained: Explained
    seconds: float


def demo(
    models: Models, folder: Path, thresholds: Thresholds, options: DemoOptions | None = None
) -> Task[DemoStep, DemoResult]:
    """Recognise, paint and explain the pictures on board.

    The people are enrolled in a gallery that is gone afterwards: no encoding stays behind.

    Raises:
        EngineError: what the tasks of the three subjects raise; NOT_WRITABLE or DISK_FULL.
    """
    options = options or DemoOptions()
    start = time.monotonic()
    claims, identified = yield from _recognise(models, folder, thresholds)
    painting = yield from _paint(models, folder, options)
    explained = yield from _explain(models, folder, options.pictures)
    page = folder / "index.html"
    result = DemoResult(folder, page, claims, identified, painting, explained, time.monotonic() - start)
    write_page(result)
    return result


def _recognise(
    models: Models, folder: Path, thresholds: Thresholds
) -> Task[DemoStep, tuple[tuple[Claim, ...], tuple[Identified, ...]]]:
    photos = samples("face")
    enrolled = {photo.person: photo for photo in reversed(photos[:1] + photos[3:])}
    probes = [photo for photo in photos if photo not in enrolled.values()]
    claimed = photos[0].person
    total = len(enrolled) + len(probes) + len(photos)
    done, start = 0, time.monotonic()
    claims, identified = [], []
    with tempfile.TemporaryDirectory(prefix="triptych-demo-") as private, ExitStack() as leaving:
        gallery = Path(private) / "gallery.sqlite"
        leaving.callback(discard, gallery)

        def step() -> DemoStep:
            nonlocal done
            done += 1
            return DemoStep("faces", Progress(done, total, time.monotonic() - start, None))

        for person, photo in enrolled.items():
            yield from _quietly(
                faces.enrol(models, faces.Register(gallery, person, thresholds), [photo.path])
            )
            yield step()
        for photo in probes:
            answer = yield from _quietly(
                faces.verify_photo(models, gallery, claimed, photo.path, thresholds.verify)
            )
            claims.append(Claim(photo.path.name, photo.person, answer))
            yield step()
        for photo in photos:
            seen = yield from _quietly(faces.identify_photo(models, gallery, photo.path, thresholds))
            drawn = f"faces-{photo.path.stem}.jpg"
            write_picture(folder / drawn, with_boxes(read_picture(photo.path).rgb, seen), quality=90)
            identified.append(Identified(photo.path.name, drawn, photo.person, seen.faces))
            yield step()
    return tuple(claims), tuple(identified)


def _quietly(task: Task[Any, Any]) -> Generator[None, None, Any]:
    """Drive a short task inside another one, keeping its checkpoints and dropping its snapshots."""
    while True:
        try:
            next(task)
        except StopIteration as stop:
            return stop.value
        yield None


def with_boxes(rgb: Rgb, seen: FacesSeen) -> Rgb:
    """Return the picture with a box and a name around every face."""
    image = Image.fromarray(rgb)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(max(18, min(image.size) // 24))
    for face in seen.faces:
        x, y, width, height = face.box
        accepted = face.decision is Decision.ACCEPT
        colour = (46, 160, 90) if accepted else (214, 122, 26)
        name = face.match.person.name if accepted and face.match.person else str(face.decision)
        text = name if face.match.distance is None else f"{name}  d = {face.match.distance:.2f}"
        draw.rectangle((x, y, x + width, y + height), outline=colour, width=3)
        left, top, right, bottom = draw.textbbox((x + 5, y + height + 4), text, font=font)
        draw.rectangle((left - 5, top - 4, right + 5, bottom + 4), fill=colour)
        draw.text((x + 5, y + height + 4), text, (255, 255, 255), font)
    return np.array(image)


def _paint(models: Models, folder: Path, options: DemoOptions) -> Task[DemoStep, Painting]:
    content, style = samples("content")[0], samples("style")[0]
    recipe = Recipe(
        content=str(content.path),
        styles=(str(style.path),),
        size=options.size,
        iterations=options.iterations,
    )
    shown = {max(1, round(options.iterations * share)) for share in (0.02, 0.1, 0.25, 0.5, 1.0)}
    strip: list[tuple[int, str]] = []
    losses: list[Losses] = []
    task = paint(models, recipe)
    last: PaintStep | None = None
    try:
        while True:
            step = next(task)
            if not isinstance(step, PaintStep):
                yield None
                continue
            last = step
            losses.append(step.losses)
            if step.iteration in shown:
                strip.append((step.iteration, f"paint-{step.iteration:03}.jpg"))
                write_picture(folder / strip[-1][1], step.picture, quality=92)
            yield DemoStep("paint", step.progress)
    except StopIteration as stop:
        write_picture(folder / "painting.png", stop.value.rgb)
        write_picture(folder / "style.jpg", fit_within(read_picture(style.path).rgb, 400), quality=90)
    finally:
        task.close()
    assert last is not None
    return Painting(
        recipe, content, style, "painting.png", tuple(strip), tuple(losses), last.progress.seconds
    )


def _explain(models: Models, folder: Path, pictures: Path) -> Task[DemoStep, Explained]:
    task = explain.scan_folder(models, NETWORK, pictures, folder / "index")
    while True:
        try:
            step = next(task)
        except StopIteration as stop:
            result = stop.value
            break
        yield DemoStep("explain", step.progress) if isinstance(step, ScanStep) else None
    index = explain.open_index(folder / "index", models)
    figures = []
    for layer in (result.layers[0].name, result.layers[-1].name):
        units = strongest_units(index, layer, FIGURE_UNITS)
        name = f"explain-{layer}.png"
        yield from _quietly(explain.draw_figure(index, layer, units, folder / name))
        figures.append((layer, tuple(units), name))
    return Explained(result.images, result.units, result.seconds, tuple(figures))


def strongest_units(index: Index, layer: str, count: int) -> Sequence[int]:
    """Return the units of a layer whose strongest pictures have the largest activations."""
    best = [
        (-entries[0].value, unit)
        for unit in range(index.layer(layer).units)
        if (entries := index.entries(layer, unit, 1))
    ]
    return [unit for _, unit in sorted(best)[:count]]


def default_folder(data: Path) -> Path:
    """Return ``triptych-demo`` in the current directory, or below ``data`` where that cannot be written.

    Raises:
        EngineError: NOT_WRITABLE when neither can be made.
    """
    for parent in (Path.cwd(), data):
        folder = parent / "triptych-demo"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    raise EngineError(
        ErrorCode.NOT_WRITABLE,
        f"Neither {Path.cwd()} nor {data} can be written. Name a folder with --out.",
        str(data),
    )


def to_json(result: DemoResult) -> dict[str, Any]:
    """Return the result as a JSON object."""
    painting, explained = result.painting, result.explained
    return {
        "folder": str(result.folder),
        "page": str(result.page),
        "seconds": round(result.seconds, 1),
        "verify": [
            {
                "photo": claim.photo,
                "shows": claim.shows,
                "name": claim.answer.name,
                "distance": claim.answer.distance,
                "threshold": claim.answer.threshold,
                "decision": claim.answer.decision.value,
            }
            for claim in result.claims
        ],
        "identify": [
            {
                "photo": one.photo,
                "shows": one.shows,
                "faces": [
                    {
                        "decision": face.decision.value,
                        "name": face.match.person.name
                        if face.decision is Decision.ACCEPT and face.match.person
                        else None,
                        "distance": face.match.distance,
                    }
                    for face in one.faces
                ],
            }
            for one in result.identified
        ],
        "style": {
            "recipe": painting.recipe.to_json(),
            "output": painting.output,
            "iterations": len(painting.losses),
            "seconds": round(painting.seconds, 1),
            "total_first": painting.losses[0].total,
            "total_last": painting.losses[-1].total,
        },
        "explore": {
            "images": explained.images,
            "units": explained.units,
            "seconds": round(explained.seconds, 1),
            "figures": [
                {"layer": layer, "units": list(units), "file": file}
                for layer, units, file in explained.figures
            ],
        },
    }
