"""Finding units by the folder names of their strongest pictures, and looking at some pictures only. No torch.

The sub-folders of the scanned folder are the classes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from engine.explorer.index import Index, entry_at
from engine.explorer.records import Entry, class_of
from engine.explorer.topk import NOBODY


@dataclass(frozen=True)
class Enriched:
    """A unit among whose strongest pictures a class is more frequent than among all.

    ``found`` of the unit's ``looked_at`` strongest belong to the class; ``ratio`` to what chance would give;
    ``log10_p``: logarithm of the probability of so many or more by chance (hypergeometric), not corrected
    for the number of units and classes that were tried.
    """

    layer: str
    unit: int
    name: str
    found: int
    looked_at: int
    ratio: float
    log10_p: float


def enriched_units(index: Index, layer: str, name: str, count: int = 20, k: int = 50) -> tuple[Enriched, ...]:
    """Return the units of a layer that respond most to one class, the least likely by chance first.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    index.layer(layer)
    found = [
        enrichment for unit in range(index.layer(layer).units) for enrichment in _of(index, layer, unit, k)
    ]
    named = [one for one in found if one.name == name and one.ratio > 1]
    return tuple(sorted(named, key=lambda one: (one.log10_p, one.unit))[:count])


def classes_of_unit(index: Index, layer: str, unit: int, k: int = 50) -> tuple[Enriched, ...]:
    """Return the classes among a unit's strongest pictures, the least likely by chance first.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    index.unit(layer, unit)
    return tuple(sorted(_of(index, layer, unit, k), key=lambda one: (one.log10_p, one.name)))


def _of(index: Index, layer: str, unit: int, k: int) -> list[Enriched]:
    top = index.tops[layer]
    looked_at = min(k, top.filled(unit))
    files = index.files
    counted = Counter(class_of(files[int(number)]) for number in top.pictures[unit, :looked_at])
    sizes, total = index.classes, len(files)
    return [
        Enriched(
            layer,
            unit,
            name,
            found,
            looked_at,
            (found / looked_at) / (sizes[name] / total),
            log10_chance(found, looked_at, sizes[name], total),
        )
        for name, found in counted.items()
    ]


def log10_chance(found: int, drawn: int, marked: int, total: int) -> float:
    """Return log10 of the chance to draw ``found`` or more of ``marked`` among ``drawn`` of ``total``."""
    whole = _log_choose(total, drawn)
    terms = [
        _log_choose(marked, hits) + _log_choose(total - marked, drawn - hits) - whole
        for hits in range(found, min(drawn, marked) + 1)
        if drawn - hits <= total - marked
    ]
    largest = max(terms, default=-math.inf)
    if largest == -math.inf:
        return -math.inf
    return (largest + math.log(sum(math.exp(term - largest) for term in terms))) / math.log(10)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


@dataclass(frozen=True)
class Lens:
    """Looks at some classes only, or at all but some."""

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def shows(self, item: str) -> bool:
        """Whether an item is looked at."""
        name = class_of(item)
        return (not self.only or name in self.only) and name not in self.without


@dataclass(frozen=True)
class Seen:
    """A unit's strongest pictures under a lens.

    ``complete`` is False when fewer than wanted are among those that the index keeps: the ones shown are
    the strongest all the same, but weaker ones of the lens were not kept.
    """

    entries: tuple[Entry, ...]
    complete: bool


def entries_under(index: Index, layer_name: str, unit: int, lens: Lens, k: int = 9) -> Seen:
    """Return a unit's ``k`` strongest pictures among those that a lens shows.

    Raises:
        EngineError: UNIT_UNKNOWN.
    """
    layer = index.unit(layer_name, unit)
    top, files = index.tops[layer_name], index.files
    ranks = [
        rank
        for rank, number in enumerate(top.pictures[unit])
        if number != NOBODY and lens.shows(files[int(number)])
    ]
    entries = tuple(entry_at(layer, top, files, unit, rank) for rank in ranks[:k])
    everything = top.filled(unit) == len(files)
    return Seen(entries, len(entries) == k or everything)


def units_by_note(notes: dict[str, str], words: Collection[str]) -> tuple[str, ...]:
    """Return the keys of the notes that hold all of the words, whatever their case."""
    wanted = [word.casefold() for word in words]
    return tuple(key for key, text in sorted(notes.items()) if all(w in text.casefold() for w in wanted))
