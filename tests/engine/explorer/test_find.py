"""Classes, lenses, likeness and oddities, on an index whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from math import comb, log10
from pathlib import Path

import numpy as np
import pytest

from engine.explorer.find import (
    Lens,
    classes_of_unit,
    enriched_units,
    entries_under,
    log10_chance,
    units_by_note,
)
from engine.explorer.index import Index
from engine.explorer.records import ScanOptions
from engine.explorer.scan import Scan
from engine.explorer.statistics import ALIKE, duplicate_files, neighbours, oddities
from engine.explorer.tally import Sample, no_tally
from engine.explorer.tally import count as counted
from engine.explorer.topk import add, empty
from engine.jobs import run
from tests.engine.explorer.nets import explained, small_network, write_pictures


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Forty pictures in folders a and b, with responses made by hand for the twelve units of conv2.

    Unit 0 prefers a; unit 1 is dead; unit 2 always on; units 3 and 4 the same; unit 5 nearly like unit 3.
    """
    root = tmp_path_factory.mktemp("pictures")
    names = write_pictures(root, 40)
    scan = Scan(explained(small_network()), root, names, layers=["conv2"], options=ScanOptions(top=20))
    run(scan.steps())
    plain = scan.index(complete=True)
    rng = np.random.default_rng(0)
    values = rng.random((40, 12), dtype=np.float32)
    positions = rng.integers(0, 49, (40, 12)).astype(np.int32)
    values[:, 0] += np.array([name.startswith("a/") for name in names])
    values[:, 1] = 0
    values[:, 2] = 2 + 0.1 * values[:, 2]
    values[:, 4], positions[:, 4] = values[:, 3], positions[:, 3]
    values[:, 5] = values[:, 3] + 0.05 * values[:, 6]
    numbers = np.arange(40, dtype=np.int32)
    return replace(
        plain,
        tops={"conv2": add(empty(12, 20), values, positions, numbers)},
        tallies={"conv2": counted(no_tally(12), values, positions, numbers)},
        sample=Sample(np.arange(40, dtype=np.uint64), numbers, {"conv2": values.T}, {"conv2": positions.T}),
    )


def test_oddities_are_found(index: Index) -> None:
    found = oddities(index, "conv2")
    assert found.dead == (1,)
    assert found.always_on == (2,)
    assert found.duplicates == ((3, 4),)


def test_neighbours_are_the_most_alike(index: Index) -> None:
    near = neighbours(index, "conv2", 3)
    assert [one.unit for one in near[:2]] == [4, 5]
    assert near[0].likeness > ALIKE > near[2].likeness
    assert all(one.unit not in (1, 3) for one in near)
    assert neighbours(index, "conv2", 1) == ()


def test_a_class_is_enriched_where_it_was_planted(index: Index) -> None:
    best = enriched_units(index, "conv2", "a", k=20)[0]
    assert (best.unit, best.found, best.looked_at) == (0, 20, 20)
    assert best.ratio == pytest.approx(2.0)
    assert best.log10_p == pytest.approx(-log10(comb(40, 20)))
    assert [one.name for one in classes_of_unit(index, "conv2", 0, k=20)] == ["a"]
    assert index.classes == {"a": 20, "b": 20}


@pytest.mark.parametrize(("found", "drawn", "marked", "total"), [(3, 9, 10, 40), (0, 5, 5, 50), (5, 5, 5, 9)])
def test_chance_is_hypergeometric(found: int, drawn: int, marked: int, total: int) -> None:
    ways = sum(
        comb(marked, hits) * comb(total - marked, drawn - hits)
        for hits in range(found, min(drawn, marked) + 1)
    )
    assert log10_chance(found, drawn, marked, total) == pytest.approx(
        log10(ways / comb(total, drawn)), abs=1e-9
    )


def test_lens_shows_some_classes_only_and_says_when_it_sees_too_little(index: Index) -> None:
    only_b = entries_under(index, "conv2", 0, Lens(only=frozenset({"b"})))
    assert only_b.entries == ()
    assert not only_b.complete, "all twenty that are kept belong to a"
    without_b = entries_under(index, "conv2", 0, Lens(without=frozenset({"b"})))
    assert without_b.complete
    assert without_b.entries == index.entries("conv2", 0, 9)
    mixed = entries_under(index, "conv2", 7, Lens(only=frozenset({"a"})), k=3)
    assert [e.file[0] for e in mixed.entries] == ["a"] * 3


def test_notes_are_searched_by_words() -> None:
    notes = {"conv1/3": "Red edges, left", "conv2/1": "dog FACES", "conv2/9": "red dogs"}
    assert units_by_note(notes, ["red"]) == ("conv1/3", "conv2/9")
    assert units_by_note(notes, ["dog", "faces"]) == ("conv2/1",)


def test_copies_are_named(index: Index) -> None:
    assert duplicate_files(index) == ()
    twice = replace(index.pictures[3], sha256=index.pictures[0].sha256)
    copied = replace(index, pictures=(*index.pictures[:3], twice, *index.pictures[4:]))
    assert duplicate_files(copied) == (tuple(sorted((index.files[0], index.files[3]))),)
    assert Path(index.root).is_dir()
