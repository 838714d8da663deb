"""Tiles for the wall: patches at their places, and what lies outside the picture is transparent."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import ExifTags, Image

from engine.explorer.inputs import Numbers
from engine.explorer.patches import Patch, PatchReader
from engine.explorer.preprocess import IMAGENET, Preprocessing
from engine.explorer.records import Entry
from engine.explorer.showing import SourceShown, show_source
from engine.explorer.thumbnails import GAP, Wanted, cell_side, cut_patches, draw_thumbnails
from engine.jobs import run
from engine.paths import SAMPLES

SIDE = 3 * 50 + 2 * GAP


def one_colour(folder: Path, name: str, colour: tuple[int, int, int]) -> str:
    Image.new("RGB", (256, 256), colour).save(folder / name)
    return name


def test_every_patch_is_drawn_at_its_place(tmp_path: Path) -> None:
    colours = [(20 * number, 250 - 20 * number, 60) for number in range(9)]
    files = [one_colour(tmp_path, f"{number}.png", colour) for number, colour in enumerate(colours)]
    entries = tuple(Entry(file, 1.0, (0, 0), (10, 10, 74, 74)) for file in files)
    reader = PatchReader(tmp_path, IMAGENET)
    drawn = run(draw_thumbnails(reader, [Wanted(5, entries)], SIDE)).tiles[0]
    assert drawn.number == 5
    assert drawn.rgba.shape == (SIDE, SIDE, 4)
    cell = cell_side(SIDE)
    for place, colour in enumerate(colours):
        left, top = (place % 3) * (cell + GAP), (place // 3) * (cell + GAP)
        part = drawn.rgba[top : top + cell, left : left + cell]
        assert (part == (*colour, 255)).all()
    assert (drawn.rgba[cell : cell + GAP, :, 3] == 0).all(), "between the patches there is nothing"


def test_outside_the_picture_is_transparent(tmp_path: Path) -> None:
    file = one_colour(tmp_path, "a.png", (200, 10, 10))
    entry = Entry(
        file, 1.0, (0, 0), (-50, 174, 50, 274)
    )  # half beyond the left edge, half beyond the lower one
    reader = PatchReader(tmp_path, IMAGENET)
    alpha = run(draw_thumbnails(reader, [Wanted(0, (entry,))], SIDE)).tiles[0].rgba[:50, :50, 3]
    expected = np.zeros((50, 50), np.uint8)
    expected[:25, 25:] = 255
    np.testing.assert_array_equal(alpha, expected)


def test_a_photo_that_is_gone_leaves_its_place_empty(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "coffee.jpg", tmp_path)
    entries = tuple(Entry(file, 1.0, (0, 0), (0, 0, 64, 64)) for file in ("gone.jpg", "coffee.jpg"))
    reader = PatchReader(tmp_path, IMAGENET)
    cut = run(cut_patches(reader, entries)).patches
    assert cut[0] is None
    assert cut[1] is not None
    assert cut[1].entry == entries[1]
    tile = run(draw_thumbnails(reader, [Wanted(0, entries)], SIDE)).tiles[0].rgba
    assert (tile[:50, :50, 3] == 0).all()
    assert (tile[:50, 50 + GAP : 100 + GAP, 3] == 255).all()


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_photo_is_there_at_once_and_then_exact(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    with Image.open(SAMPLES / "dog.jpg") as dog:
        dog.resize((2400, 1600)).save(tmp_path / "large.jpg", quality=92, exif=exif)
    entry = Entry("large.jpg", 1.0, (0, 0), (60, -20, 190, 110))
    steps = [step for step in cut_patches(PatchReader(tmp_path, IMAGENET), [entry]) if step is not None]
    first, last = steps[0].patches[0], steps[-1].patches[0]
    assert first is not None
    assert last is not None
    exact = PatchReader(tmp_path, IMAGENET).patch(entry)
    assert np.array_equal(last.rgb, exact.rgb)
    assert first.photo_box == exact.photo_box
    assert (first.inside, first.frame) == (exact.inside, exact.frame)
    difference = np.abs(first.rgb.astype(int) - exact.rgb).mean()
    assert 0 < difference < 4, "about the same picture, decoded at a fraction of its size"


def test_what_is_small_or_no_jpeg_has_no_glimpse(tmp_path: Path) -> None:
    large = np.zeros((1400, 1400, 3), np.uint8)
    Image.fromarray(large).save(tmp_path / "large.png")
    shutil.copy(SAMPLES / "coffee.jpg", tmp_path)
    Image.fromarray(large).save(tmp_path / "cut.jpg")
    data = (tmp_path / "cut.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) // 2])
    reader = PatchReader(tmp_path, IMAGENET)
    for file in ("large.png", "coffee.jpg", "cut.jpg"):
        assert reader.glimpse(Entry(file, 1.0, (0, 0), (0, 0, 64, 64))) is None
    whole = Entry("coffee.jpg", 1.0, (0, 0), (0, 0, 64, 64))
    assert np.array_equal(reader.patch(whole).rgb, cast("Patch", reader.glimpse(whole)).rgb), "it is at hand"


def test_a_picture_that_two_threads_read_at_once_counts_once(tmp_path: Path) -> None:
    file = one_colour(tmp_path, "a.png", (1, 2, 3))
    reader, both = PatchReader(tmp_path, IMAGENET), threading.Barrier(2)

    class Together(Preprocessing):
        def cut(self, decoded: Numbers, item: str) -> Numbers:
            both.wait(5)
            return super().cut(decoded, item)

    reader.inputs = Together()
    with ThreadPoolExecutor(2) as pool:
        shown = list(pool.map(reader.shown, [file, file]))
    assert shown[0] is shown[1]
    assert reader._bytes == shown[0].numbers.nbytes


def large_photo(folder: Path, name: str) -> str:
    with Image.open(SAMPLES / "dog.jpg") as dog:
        dog.resize((2400, 1600)).save(folder / name, quality=92)
    return name


def test_a_tile_of_large_photos_is_about_right_at_once(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "coffee.jpg", tmp_path)
    box = (10, 10, 200, 200)
    entries = [Entry(file, 1.0, (0, 0), box) for file in (large_photo(tmp_path, "large.jpg"), "coffee.jpg")]
    mixed, small = Wanted(0, tuple(entries)), Wanted(1, (entries[1],))
    reader = PatchReader(tmp_path, IMAGENET)
    quick = run(draw_thumbnails(reader, [mixed, small], SIDE, exact=False)).tiles
    looked, coarse = reader.glimpse(entries[0]), reader._coarse["large.jpg"]
    assert looked is not None
    assert np.shares_memory(looked.numbers, coarse.numbers), "it is not decoded a second time"
    assert [tile.exact for tile in quick] == [False, True]
    exact = run(draw_thumbnails(reader, [mixed], SIDE)).tiles[0]
    assert exact.exact
    assert np.array_equal(quick[0].rgba[..., 3], exact.rgba[..., 3])
    difference = np.abs(quick[0].rgba[:50, :50].astype(int) - exact.rgba[:50, :50]).mean()
    assert 0 < difference < 6
    again = run(draw_thumbnails(reader, [mixed], SIDE, exact=False)).tiles[0]
    assert again.exact, "what is at hand is as quick, and exact"


def test_a_task_that_is_closed_does_not_decode_the_rest(tmp_path: Path) -> None:
    read: list[str] = []

    class Counting(Preprocessing):
        def decode(self, data: bytes, item: str) -> tuple[Numbers, str]:
            read.append(item)
            return super().decode(data, item)

    files = [one_colour(tmp_path, f"{number}.png", (number, 0, 0)) for number in range(40)]
    cutting = cut_patches(
        PatchReader(tmp_path, Counting()), [Entry(file, 1.0, (0, 0), (0, 0, 9, 9)) for file in files]
    )
    next(cutting)
    cutting.close()
    assert len(read) < 30


def test_a_large_photo_comes_coarse_then_whole_with_the_box_at_its_place(tmp_path: Path) -> None:
    entry = Entry(large_photo(tmp_path, "large.jpg"), 1.0, (0, 0), (60, -20, 190, 110))
    reader = PatchReader(tmp_path, IMAGENET)
    coarse, whole = [
        shown for shown in (*show_source(reader, entry), run(show_source(reader, entry))) if shown is not None
    ]
    assert isinstance(coarse, SourceShown)
    assert (coarse.rgb.shape[1], whole.rgb.shape[1]) == (600, 1600)
    across = [np.array(shown.boxes[0]) / shown.rgb.shape[1] for shown in (coarse, whole)]
    assert across[0] == pytest.approx(across[1], abs=1e-3), "rounded to other whole pixels"
    assert np.array(whole.boxes[0]) * 2400 / 1600 == pytest.approx(
        np.array(reader.patch(entry).photo_box), abs=1
    )
