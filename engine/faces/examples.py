"""The people on board: enrolled in a gallery of their own, to try everything without a camera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.faces.matching import Thresholds
from engine.faces.store.erasure import discard
from engine.faces.tasks import Register, enrol
from engine.jobs import Task
from engine.models import Models
from engine.progress import Progress
from engine.samples import samples


@dataclass(frozen=True)
class Examples:
    """Who was enrolled, and photos to be recognised: other photos of them, and strangers."""

    names: tuple[str, ...]
    photos: tuple[Path, ...]


def enrol_examples(models: Models, database: Path) -> Task[Progress, Examples]:
    """Enrol the people on board with one photo each into a fresh gallery; the last of them stays a stranger.

    Args:
        database: a gallery for examples only; what stood there before is replaced.

    Raises:
        EngineError: when the pictures or models on board are damaged, or the disk is full.
    """
    discard(database)
    people: dict[str, list[Path]] = {}
    for sample in samples("face"):
        if sample.person:
            people.setdefault(sample.person, []).append(sample.path)
    *known, stranger = people
    for name in known:
        yield from enrol(models, Register(database, name, Thresholds()), people[name][:1])
    shown = [photo for name in known for photo in people[name][1:]] + people[stranger]
    return Examples(tuple(known), tuple(shown))
