"""A unit's page and a picture's units, with AlexNet and pictures on board."""

from __future__ import annotations

import base64
import io
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.explorer.answers import Formed
from engine.explorer.figure import PROJECTED, write_projections
from engine.explorer.index import Index
from engine.explorer.records import Entry, SynthesisOptions, UnitName
from engine.explorer.statistics import distribution, share_below
from engine.explorer.tasks import open_index, reader_of, scan_folder
from engine.explorer.unit_tasks import (
    LiveWish,
    ask_item,
    ask_picture,
    project_entries,
    synthesise_unit,
    watch_units,
)
from engine.images import Rgb, read_picture
from engine.jobs import WAIT, Task, run
from engine.latest import Latest
from engine.models import Models
from engine.samples import samples

LAYERS = ("conv1", "conv3")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="module")
def index(models: Models, tmp_path_factory: pytest.TempPathFactory) -> Index:
    root = tmp_path_factory.mktemp("pictures")
    for number, sample in enumerate(samples("explain")[:16]):
        (root / "ab"[number % 2]).mkdir(exist_ok=True)
        shutil.copy(sample.path, root / "ab"[number % 2])
    run(scan_folder(models, "alexnet", root, root / "index", layers=LAYERS))
    return open_index(root / "index", models)


def bright_unit(index: Index, layer: str) -> int:
    return int(index.tops[layer].values[:, 0].argmax())


def test_projections_grow_one_picture_each(models: Models, index: Index) -> None:
    unit = bright_unit(index, "conv3")
    entries = index.entries("conv3", unit, 3)
    steps = [step for step in project_entries(models, index, "conv3", unit, entries) if step is not None]
    assert [len(step.done) for step in steps] == [1, 2, 3]
    for projection, entry in zip(steps[-1].done, entries, strict=True):
        assert projection.patch.entry == entry
        assert projection.deconv.shape == projection.guided.shape == projection.patch.rgb.shape
        assert min(projection.strength) > 0
        assert not np.array_equal(projection.deconv, projection.guided)


def test_optimised_picture_excites_the_unit_more_than_any_photo(models: Models, index: Index) -> None:
    options = SynthesisOptions(steps=64, shown_every=16)
    for unit in (bright_unit(index, "conv1"), 3):
        shown, final = watched(synthesise_unit(models, "alexnet", "conv1", unit, options))
        assert [step.progress.done for step in shown] == [16, 32, 48]
        assert final.rgb.shape == (64, 64, 3)
        assert final.activation > index.entries("conv1", unit, 1)[0].value
    _, again = watched(synthesise_unit(models, "alexnet", "conv1", unit, options))
    assert np.array_equal(final.rgb, again.rgb), "the same seed gives the same picture"


def watched(task: Task[Formed, Formed]) -> tuple[list[Formed], Formed]:
    """Return a task's snapshots and its result."""
    shown = []
    while True:
        try:
            step = next(task)
        except StopIteration as end:
            return shown, end.value
        if isinstance(step, Formed):
            shown.append(step)


def test_asking_for_the_whole_picture_finds_the_recorded_values(models: Models, index: Index) -> None:
    unit = bright_unit(index, "conv3")
    entry = index.entries("conv3", unit, 1)[0]
    answer = run(ask_item(models, index, entry.file, layers=["conv3"], count=10_000))
    assert [layer.layer for layer in answer.layers] == ["conv3"]
    fired = {one.unit: one for one in answer.layers[0].strongest}
    assert fired[unit].value == pytest.approx(entry.value, abs=1e-4)
    assert fired[unit].position == entry.position
    assert fired[unit].box == entry.box
    assert fired[unit].share >= (len(index.pictures) - 1) / len(index.pictures) - 1e-9
    assert answer.layers[0].unusual[0].share >= fired[unit].share


@pytest.mark.parametrize("layer", LAYERS)
def test_pointing_at_a_fields_middle_finds_its_unit(models: Models, index: Index, layer: str) -> None:
    unit = bright_unit(index, layer)
    entry = next(one for one in index.entries(layer, unit) if _inside(one))
    left, top, right, bottom = reader_of(index).patch(entry).photo_box
    spot = ((left + right) / 2, (top + bottom) / 2) * 2
    rgb: Rgb = read_picture(index.path(entry.file)).rgb
    answer = run(ask_picture(models, index, rgb, spot, layers=[layer], count=10_000))
    fired = {one.unit: one for one in answer.layers[0].strongest}
    assert fired[unit].position == entry.position
    assert fired[unit].value == pytest.approx(entry.value, abs=1e-4)


def _inside(entry: Entry) -> bool:
    return min(entry.box[:2]) >= 0 and max(entry.box[2:]) <= 224


def test_live_meters_and_top_units(models: Models, index: Index) -> None:
    unit = bright_unit(index, "conv3")
    entry = index.entries("conv3", unit, 1)[0]
    frames: Latest[Rgb] = Latest()
    wish = LiveWish((UnitName("alexnet", "conv3", unit),), "conv1")
    watching = watch_units(models, index, frames, wish)
    while next(watching) is not WAIT:
        pass
    frames.put(read_picture(index.path(entry.file)).rgb)
    seen = None
    while seen is None:
        seen = next(watching)
    assert seen is not WAIT
    assert seen.meters[0].value == pytest.approx(entry.value, abs=1e-4)
    assert seen.meters[0].box == entry.box
    assert seen.top is not None
    assert len(seen.top.unusual) == 8
    assert next(watching) is None or WAIT
    watching.close()


def test_distribution_holds_every_picture(index: Index) -> None:
    for unit in (0, 5, 63):
        shown = distribution(index, "conv1", unit)
        assert int(shown.counts.sum()) == len(index.pictures) == shown.pictures
        assert shown.edges[0] <= max(shown.weakest, shown.edges[0])
        assert len(shown.shown) == 9
        for value in shown.shown:
            place = int(np.searchsorted(shown.edges, value, side="right")) - 1
            assert shown.counts[place] > 0


def test_share_below_is_exact_among_those_kept(index: Index) -> None:
    """All 16 pictures are kept here: the share is a count of them."""
    top = index.tops["conv3"].values[:, :16]
    values = top[:, 4] + np.float32(1e-4)
    expected = (top < values[:, None]).mean(axis=1)
    assert np.allclose(share_below(index, "conv3", values), expected, atol=1 / 16)
    strong = top[:, 0] * 1.5 + 1
    assert (share_below(index, "conv3", strong) == 1).all()


def test_another_network_is_refused(models: Models, index: Index) -> None:
    import dataclasses

    stale = dataclasses.replace(index, weights="0" * 64)
    with pytest.raises(EngineError) as refused:
        run(ask_item(models, stale, index.files[0]))
    assert refused.value.code is ErrorCode.INDEX_STALE


def test_weakest_and_random_are_not_the_strongest(index: Index, tmp_path: Path) -> None:
    unit = bright_unit(index, "conv1")
    weakest, random = index.weakest("conv1", unit), index.random("conv1", unit)
    assert [one.value for one in weakest] == sorted(one.value for one in weakest)
    everything = index.entries("conv1", unit, 16)
    assert weakest[0] == everything[-1]
    assert set(random) <= set(everything)
    assert len(set(random)) == 9
    assert random == index.random("conv1", unit), "looking again shows the same"
    assert random != index.random("conv1", unit - 1 if unit else 1)


def test_a_page_of_projections_has_its_words_as_text(models: Models, index: Index, tmp_path: Path) -> None:
    entries = index.entries("conv3", 4, 2)
    done = run(project_entries(models, index, "conv3", 4, entries)).done
    patch = done[0].patch
    named = replace(done[0], patch=replace(patch, entry=replace(patch.entry, file="动物/<狗>.jpg")))
    write_projections(tmp_path / "page.html", "conv3, unit 4", [named, done[1]])
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count("<img ") == 6
    assert "动物/&lt;狗&gt;.jpg" in page
    assert all(f"<th>{column}</th>" in page for column in PROJECTED)
    pictures = [base64.b64decode(data.split('"')[0]) for data in page.split("base64,")[1:]]
    assert all(Image.open(io.BytesIO(data)).size == patch.frame for data in pictures)
