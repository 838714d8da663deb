"""Open-set identification on a folder of photos: how many of the enrolled are missed while strangers are kept
out.

FNIR and FPIR after ISO/IEC 19795-1: of the probes of enrolled people, the share not named rightly (rank 1 and
within the line); of the probes of strangers, the share named at all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.loading import load_recogniser
from engine.faces.matching import Encodings
from engine.faces.measuring import encode_photos
from engine.faces.pairs import Rate, wilson
from engine.images import SUFFIXES
from engine.jobs import Task
from engine.models import Models
from engine.progress import Progress

RATES: Final = (0.01, 0.003)
MANY: Final = 3
"""Photos whose mean is the second way of enrolling."""


@dataclass(frozen=True)
class Point:
    """FNIR at one FPIR: both with bounds, and the line as a cosine and a squared distance."""

    fnir: Rate
    fpir: Rate
    cosine: float
    threshold: float


@dataclass(frozen=True)
class OpenSet:
    """The answer, by wanted FPIR: enrolled with ``one`` photo, and with the mean of three; same probes."""

    enrolled: int
    strangers: int
    probes: int
    one: dict[float, Point]
    mean_of_three: dict[float, Point]
    no_face: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class _Plan:
    """Photos: ``MANY`` to enrol each person with, the person's others as probes, and one of each stranger."""

    enrol: tuple[tuple[Path, ...], ...]
    probes: tuple[tuple[Path, ...], ...]
    strangers: tuple[Path, ...]


def measure_openset(
    models: Models, images: Path, enrolled: int, strangers: int, seed: int
) -> Task[Progress, OpenSet]:
    """Enrol people who have at least four photos, probe with their other photos and with strangers.

    Of several faces in a photo the most prominent counts; a photo without a face is a miss of an enrolled
    person and no danger as a stranger, and is replaced when it was to be enrolled.

    Args:
        images: one folder a person, with photos.
        seed: chooses who is enrolled, with which photos, and who is a stranger.

    Raises:
        EngineError: FILE_MISSING or NOT_ENOUGH_PEOPLE; what :func:`read_picture` and the networks raise.
    """
    plan = _plan(images, enrolled, strangers, seed)
    wanted = [
        *(photo for photos in (*plan.enrol, *plan.probes) for photo in photos),
        *plan.strangers,
    ]
    recogniser = load_recogniser(models)
    yield None
    start = time.monotonic()
    rows = yield from encode_photos(recogniser, wanted, recogniser.encode)
    found = {photo: row for photo, row in zip(wanted, rows, strict=True) if row is not None}
    missing = tuple(photo.name for photo in wanted if photo not in found)
    one, three = _galleries(plan, found)
    probes = [(owner, found.get(photo)) for owner, photos in enumerate(plan.probes) for photo in photos]
    others = [found.get(photo) for photo in plan.strangers]
    return OpenSet(
        *(len(plan.enrol), len(others), len(probes)),
        *(points(one, probes, others), points(three, probes, others)),
        *(missing, time.monotonic() - start),
    )


def points(
    gallery: Encodings,
    probes: Sequence[tuple[int, NDArray[np.float32] | None]],
    strangers: Sequence[NDArray[np.float32] | None],
) -> dict[float, Point]:
    """Return FNIR at every wanted FPIR.

    Args:
        gallery: N × 128, one row a person.
        probes: whose each probe is (a row of ``gallery``), and its encoding, None where no face was found.
        strangers: their encodings.
    """
    nearest = np.array([-1.0 if row is None else float((gallery @ row).max()) for row in strangers])
    cosines = [None if row is None else gallery @ row for _, row in probes]
    right = np.array(
        [
            -1.0 if seen is None or int(seen.argmax()) != owner else float(seen.max())
            for (owner, _), seen in zip(probes, cosines, strict=True)
        ]
    )
    found = {}
    for rate in RATES:
        allowed = int(rate * len(nearest))
        line = float(np.sort(nearest)[::-1][allowed])  # welcomed when the cosine is larger than this
        missed, welcomed = int((right <= line).sum()), int((nearest > line).sum())
        found[rate] = Point(
            wilson(missed, len(right)), wilson(welcomed, len(nearest)), line, 2.0 - 2.0 * line
        )
    return found


def _galleries(plan: _Plan, found: dict[Path, Encodings]) -> tuple[Encodings, Encodings]:
    rows = []
    for photos in plan.enrol:
        encoded = [found[photo] for photo in photos if photo in found]
        if not encoded:
            detail = f"No face was found in any photo of {photos[0].parent.name}. Leave this person out."
            raise EngineError(ErrorCode.NO_FACE, detail, photos[0].parent.name)
        mean = np.mean(encoded, axis=0)
        rows.append((encoded[0], mean / np.linalg.norm(mean)))
    return np.stack([one for one, _ in rows]), np.stack([mean for _, mean in rows])


def _plan(images: Path, enrolled: int, strangers: int, seed: int) -> _Plan:
    if not images.is_dir():
        detail = f"{images} is not a folder. It should hold one folder of photos a person."
        raise EngineError(ErrorCode.FILE_MISSING, detail, str(images))
    people = {
        folder.name: [file for file in sorted(folder.iterdir()) if file.suffix.lower() in SUFFIXES]
        for folder in sorted(images.iterdir())
        if folder.is_dir()
    }
    rng = np.random.default_rng(seed)
    able = [name for name, photos in people.items() if len(photos) > MANY]
    if len(able) < enrolled:
        raise EngineError(
            ErrorCode.NOT_ENOUGH_PEOPLE,
            f"{len(able)} people have at least {MANY + 1} photos in {images}; --enrolled {enrolled} asks "
            "for more.",
            str(images),
        )
    chosen = [able[index] for index in sorted(rng.permutation(len(able))[:enrolled])]
    rest = [name for name, photos in people.items() if photos and name not in set(chosen)]
    if len(rest) < strangers:
        raise EngineError(
            ErrorCode.NOT_ENOUGH_PEOPLE,
            f"{len(rest)} other people are in {images}; --strangers {strangers} asks for more.",
            str(images),
        )
    enrol, probes = [], []
    for name in chosen:
        shuffled = [people[name][index] for index in rng.permutation(len(people[name]))]
        enrol.append(tuple(shuffled[:MANY]))
        probes.append(tuple(shuffled[MANY:]))
    outside = [rest[index] for index in sorted(rng.permutation(len(rest))[:strangers])]
    faces = tuple(people[name][int(rng.integers(len(people[name])))] for name in outside)
    return _Plan(tuple(enrol), tuple(probes), faces)
