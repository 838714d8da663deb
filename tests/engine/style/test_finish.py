"""Colours are chosen after painting: formulas, amounts, bits, protected places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.images import Picture, write_picture
from engine.style.finish import Finish, Finisher, finish
from engine.style.pictures import Inputs, bring_to_size
from engine.style.recipe import Recipe

RNG = np.random.default_rng(5)
PAINTED = RNG.integers(40, 200, (40, 50, 3), dtype=np.uint8)
PHOTO = np.clip(PAINTED[::-1].astype(int) // 2 + np.array([60, 30, 10]), 0, 255).astype(np.uint8)


def luma(rgb: np.ndarray) -> np.ndarray:
    return 0.299 * rgb[..., 0] + 0.587 * rgb[..., 1] + 0.114 * rgb[..., 2]


def test_the_photos_colours_keep_the_paintings_light() -> None:
    grey = np.repeat(np.full((40, 50, 1), 128, np.uint8), 3, axis=2)
    photo = np.clip(grey.astype(int) + np.array([20, -10, 5]), 0, 255).astype(np.uint8)
    found = finish(PAINTED, photo, Finish("photo")).astype(float)
    assert np.abs(luma(found) - luma(PAINTED)).max() < 1.0
    difference = found - found.mean(axis=2, keepdims=True)
    wanted = photo - photo.mean(axis=2, keepdims=True)
    assert np.abs(difference - wanted).max() < 1.0


def test_the_palette_has_the_photos_mean_and_covariance() -> None:
    found = finish(PAINTED, PHOTO, Finish("match")).reshape(-1, 3).astype(float)
    wanted = PHOTO.reshape(-1, 3).astype(float)
    assert found.mean(axis=0) == pytest.approx(wanted.mean(axis=0), abs=1.5)
    assert np.cov(found.T) == pytest.approx(np.cov(wanted.T), abs=0.05 * np.cov(wanted.T).max())


@pytest.mark.parametrize("color", ["photo", "match"])
def test_the_amount_mixes(color: str) -> None:
    none, half, whole = (finish(PAINTED, PHOTO, Finish(color, share)).astype(float) for share in (0, 0.5, 1))
    assert (none == PAINTED).all()
    assert np.abs(half - (none + whole) / 2).max() <= 1


def test_sixteen_bits_stay_sixteen_bits_and_agree_with_eight() -> None:
    deep = PAINTED.astype(np.uint16) * 257
    found = finish(deep, PHOTO, Finish("match", 0.7))
    assert found.dtype == np.uint16
    assert np.abs(found / 257 - finish(PAINTED, PHOTO, Finish("match", 0.7))).max() < 0.51


def test_a_protected_place_keeps_the_photo_to_the_bit() -> None:
    mask = np.zeros((40, 50), np.uint8)
    mask[:, :20] = 255
    painted = PAINTED.copy()
    painted[:, :20] = PHOTO[:, :20]
    for color in ("photo", "match"):
        found = finish(painted, PHOTO, Finish(color), mask)
        assert (found[:, :20] == PHOTO[:, :20]).all()
        assert (found[:, 20:] != painted[:, 20:]).any()


def test_a_finisher_follows_the_wish_and_the_size(tmp_path: Path) -> None:
    write_picture(tmp_path / "photo.png", PHOTO)
    finisher = Finisher(Recipe(content=str(tmp_path / "photo.png")), Finish())
    big = bring_to_size(Inputs(Picture(PHOTO), ()), 80).content
    assert finisher(PAINTED) is PAINTED
    finisher.wish = Finish("photo")
    assert np.abs(finisher(big).astype(int) - big).max() <= 1
    assert finisher(PAINTED).shape == PAINTED.shape


def test_a_picture_of_one_colour_can_be_matched() -> None:
    flat = np.full((8, 8, 3), 90, np.uint8)
    assert np.isfinite(finish(flat, flat, Finish("match")).astype(float)).all()
