"""What lies over the eyes: how surroundings are compared, and photographs whose eyes are covered."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from engine.faces.lids import LidFinder, load_lids
from engine.faces.liveness.blink import ALIKE, Blinks, Lids, watch
from engine.faces.liveness.covering import likeness, surroundings
from engine.faces.recogniser import Recogniser
from engine.images import Rgb, read_picture
from engine.models import Models
from tests.engine.faces.covers import SLOW, covered

RNG = np.random.default_rng(7)
CROP = np.kron(RNG.integers(40, 160, (28, 28, 1)), np.ones((4, 4, 3))).astype(np.uint8)
EYE = (slice(44, 60), slice(26, 46))
"""Rows and columns of a crop in which lids move."""


def spoilt(rows: slice, columns: slice) -> Rgb:
    crop = CROP.copy()
    crop[rows, columns] = 230
    return crop


def test_surroundings_are_the_mean_brightness_of_squares_that_overlap() -> None:
    around = np.frombuffer(surroundings(CROP), np.uint8).reshape(27, 36)
    grey = CROP @ np.array([0.299, 0.587, 0.114])
    for row, column in ((0, 0), (26, 35), (5, 17)):
        top, left = 2 * (12 + row), 2 * (10 + column)
        assert around[row, column] == pytest.approx(grey[top : top + 4, left : left + 4].mean(), abs=0.51)


def test_likeness_is_the_correlation_of_what_is_about_the_worse_eye() -> None:
    other = spoilt(slice(60, 80), slice(60, 100))
    masks = []
    for columns in (slice(12, 24), slice(32, 44)):
        mask = np.zeros((55, 55), bool)
        mask[22:32, 24:32] = mask[14:21, columns] = mask[31:38, columns] = True
        masks.append(mask)
    best = -1.0
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            old, new = (whole(crop) for crop in (CROP, other))
            moved = np.roll(new, (-down, -right), (0, 1))
            best = max(best, min(np.corrcoef(old[mask], moved[mask])[0, 1] for mask in masks))
    assert likeness(surroundings(CROP), surroundings(other)) == pytest.approx(best, abs=1e-9)


def whole(crop: Rgb) -> np.ndarray:
    """All squares of a crop, 55 × 55, of which surroundings are a part."""
    squares = np.zeros((55, 55))
    squares[12:39, 10:46] = np.frombuffer(surroundings(crop), np.uint8).reshape(27, 36)
    return squares


def test_lids_light_and_a_landmark_that_trembles_change_no_surroundings_and_a_finger_does() -> None:
    before = surroundings(CROP)
    assert likeness(before, before) == pytest.approx(1.0)
    assert likeness(before, surroundings(spoilt(*EYE))) == pytest.approx(1.0)
    assert likeness(before, surroundings((CROP * 0.6 + 30).astype(np.uint8))) > 0.99
    assert likeness(before, surroundings(np.roll(CROP, (2, -2), (0, 1)))) == pytest.approx(1.0)
    for rows, columns in (
        ((44, 64), (0, 112)),
        ((28, 60), (24, 48)),
        ((28, 60), (64, 88)),
        ((44, 78), (64, 88)),
    ):
        assert likeness(before, surroundings(spoilt(slice(*rows), slice(*columns)))) < ALIKE


def test_what_cannot_be_compared_is_not_alike() -> None:
    around, flat = surroundings(CROP), surroundings(np.full((112, 112, 3), 90, np.uint8))
    for before, after in ((around, b""), (b"", b""), (around, around[:-1]), (around, flat), (flat, flat)):
        value = likeness(before, after)
        assert math.isnan(value) or value < 0.0


@pytest.fixture(scope="module")
def lids(models: Models) -> LidFinder:
    finder = load_lids(models)
    assert finder is not None
    return finder


@pytest.mark.parametrize("how", ["finger", "thick pen", "waved card"])
def test_a_photo_whose_eyes_are_covered_does_not_blink(
    how: str, lids: LidFinder, recogniser: Recogniser, data: Path
) -> None:
    photo = read_picture(min((data / "faces/liveness/nuaa/print_attack/0007").iterdir())).rgb
    blinks = Blinks()
    for time, picture in list(covered(photo, recogniser.locate(photo)[0], how, SLOW))[::2]:
        faces = recogniser.locate(picture)
        seen: Lids | None = lids.look(picture, faces[0]) if faces else None
        blinks = watch(blinks, time, seen)
    assert blinks.done == ()
