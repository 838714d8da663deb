"""The similarity transform against complex numbers, against OpenCV, and against its own definition."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.faces.align import SIZE, TEMPLATE, align, similarity
from engine.faces.detect import Detector
from engine.images import Rgb
from engine.models import Models


def by_complex_numbers(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least squares of w = a z + b over complex a and b: in the plane, that is every similarity."""
    z, w = source @ [1, 1j], target @ [1, 1j]
    design = np.column_stack([z, np.ones(len(z))])
    a, b = np.linalg.lstsq(design, w, rcond=None)[0]
    return np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])


@given(
    angle=st.floats(-3.1, 3.1), scale=st.floats(0.1, 20.0), x=st.floats(-500, 500), seed=st.integers(0, 999)
)
def test_agrees_with_least_squares_over_complex_numbers(
    angle: float, scale: float, x: float, seed: int
) -> None:
    target = np.array(TEMPLATE)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    source = scale * target @ turn.T + [x, -x / 3]
    source += np.random.default_rng(seed).normal(0, scale * 2, source.shape)
    assert similarity(source, target) == pytest.approx(by_complex_numbers(source, target), abs=1e-6)


def test_never_mirrors_a_face() -> None:
    target = np.array(TEMPLATE)
    matrix = similarity(target * [-1, 1], target)
    assert np.linalg.det(matrix[:, :2]) > 0


def test_equal_points_do_not_divide_by_zero() -> None:
    assert np.isfinite(similarity(np.ones((5, 2)), np.array(TEMPLATE))).all()


def test_crop_is_opencvs(models: Models, portrait: Rgb) -> None:
    model = models.file("yunet")
    small = cv2.resize(portrait, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    face = Detector(model).detect(small)[0]
    row = np.concatenate([face.box, face.landmarks.ravel(), [1.0]]).astype(np.float32)
    theirs = cv2.FaceRecognizerSF.create(str(model), "").alignCrop(small, row)
    ours = align(small, face.landmarks)
    assert ours.shape == (SIZE, SIZE, 3)
    assert np.abs(ours.astype(int) - theirs).max() <= 4


def test_a_large_face_is_averaged_not_skipped() -> None:
    stripes = np.zeros((1200, 1200, 3), np.uint8)
    stripes[:, ::2] = 255
    crop = align(stripes, np.array(TEMPLATE) * 10)
    assert crop[20:90, 20:90].std() < 3


@pytest.mark.parametrize("place", [(40.0, 30.0), (-20.0, 5.0), (170.0, 120.0)])
def test_a_large_picture_gives_the_crop_of_the_small_one(place: tuple[float, float]) -> None:
    """Enlarged eight times pixel by pixel, a picture shows the same, also where a face leaves it."""
    noise = np.random.default_rng(0).integers(0, 255, (200, 240, 3), dtype=np.uint8)
    small = cv2.GaussianBlur(noise, (0, 0), 3).astype(np.uint8)
    large = np.repeat(np.repeat(small, 8, axis=0), 8, axis=1)
    points = np.array(TEMPLATE) * 1.1 + place
    apart = np.abs(align(small, points).astype(int) - align(large, (points + 0.5) * 8 - 0.5))
    assert apart.mean() < 1.0
    assert np.percentile(apart, 95) <= 2


@pytest.mark.parametrize(
    "points", [np.zeros((5, 2)), np.array(TEMPLATE) * 1e6, np.array(TEMPLATE) * 9 - 5000]
)
def test_landmarks_far_out_or_all_in_one_point_give_some_crop(points: NDArray[np.float64]) -> None:
    picture = np.full((50, 60, 3), 100, np.uint8)
    assert align(picture, points).shape == (SIZE, SIZE, 3)
