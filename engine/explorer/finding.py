"""Looking through all layers of an index for units, as tasks. Importing this module imports no torch."""

from __future__ import annotations

from collections.abc import Sequence

from engine.explorer.find import Enriched, enriched_units
from engine.explorer.index import Index
from engine.explorer.statistics import Oddities, oddities
from engine.jobs import Task

MOST = 60
"""Units listed at most: nobody looks through more."""


def strongest_of(index: Index) -> int:
    """Return how many of a unit's strongest pictures are looked at for their classes: 50 at most.

    They have to be a small part of all pictures, or else every unit has every class among them.
    """
    return min(50, max(9, len(index.pictures) // 10))


def find_class(index: Index, layers: Sequence[str], name: str) -> Task[None, tuple[Enriched, ...]]:
    """Return the units of some layers that respond most to one class, the least likely by chance first.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    found: list[Enriched] = []
    for layer in layers:
        found += enriched_units(index, layer, name, MOST, strongest_of(index))
        yield None
    return tuple(sorted(found, key=lambda one: (one.log10_p, one.layer, one.unit))[:MOST])


def find_oddities(index: Index, layers: Sequence[str]) -> Task[None, tuple[Oddities, ...]]:
    """Return the dead, always-on and duplicate units of some layers.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    found = []
    for layer in layers:
        found.append(oddities(index, layer))
        yield None
    return tuple(found)
