"""YuNet on real faces of every size, and on pictures without one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.detect import Detector
from engine.faces.face import Face, only_face
from engine.faces.recogniser import Recogniser
from engine.images import Rgb
from engine.models import Models


@pytest.fixture(scope="module")
def detector(models: Models) -> Detector:
    return Detector(models.file("yunet"))


def test_finds_one_face_with_the_eyes_above_the_mouth(detector: Detector, portrait: Rgb) -> None:
    (face,) = detector.detect(portrait)
    right_eye, left_eye, nose, right_mouth, left_mouth = face.landmarks
    assert right_eye[0] < nose[0] < left_eye[0]
    assert max(right_eye[1], left_eye[1]) < nose[1] < min(right_mouth[1], left_mouth[1])
    x, y, w, h = face.box
    assert ((face.landmarks > (x, y)) & (face.landmarks < (x + w, y + h))).all()


@pytest.mark.parametrize("scale", [0.15, 0.5, 3.0, 6.0])
def test_boxes_are_in_the_pictures_own_pixels(detector: Detector, portrait: Rgb, scale: float) -> None:
    (reference,) = detector.detect(portrait)
    resized = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    face = detector.detect(resized)[0]
    assert np.array(face.box) / scale == pytest.approx(np.array(reference.box), rel=0.2, abs=25)


def test_a_face_that_fills_the_frame_is_found(detector: Detector, portrait: Rgb) -> None:
    (face,) = detector.detect(portrait)
    x, y, w, h = (round(value) for value in face.box)
    close = cv2.resize(portrait[y : y + h, x : x + w], (900, 1200), interpolation=cv2.INTER_CUBIC)
    found = detector.detect(close)
    assert len(found) >= 1
    assert found[0].eye_distance > 300


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (2, 400), (400, 3), (15, 900), (31, 33), (3000, 4000)])
def test_pictures_without_a_face_of_any_size(detector: Detector, size: tuple[int, int]) -> None:
    for _ in range(4):
        dirt = [np.full(n, 77, np.uint8) for n in (1_000, 5_000, 40_000, 200_000)]
        del dirt  # freed memory that is not zero: what a network must never read
        assert detector.detect(np.full((*size, 3), 90, np.uint8)) == ()


def face_at(x: float, y: float, side: float) -> Face:
    return Face((x, y, side, side), np.zeros((5, 2), np.float32), 0.9)


def test_the_large_central_face_is_meant_and_two_equals_are_refused() -> None:
    central, corner, beside = face_at(200, 200, 100), face_at(0, 0, 90), face_at(310, 200, 100)
    assert only_face([corner, central], 500, 500, "photo") is central
    with pytest.raises(EngineError) as refused:
        only_face([central, beside], 500, 500, "photo")
    assert refused.value.code is ErrorCode.SEVERAL_FACES
    with pytest.raises(EngineError) as refused:
        only_face([], 500, 500, "photo")
    assert refused.value.code is ErrorCode.NO_FACE


def test_quality_names_what_is_wrong(recogniser: Recogniser, portrait: Rgb) -> None:
    good = recogniser.find_one(portrait, "portrait").quality
    assert good.hint is None
    changes = {
        "hold-still": cv2.GaussianBlur(portrait, (0, 0), 8),
        "more-light": (portrait * 0.2).astype(np.uint8),
        "nearer": cv2.resize(portrait, None, fx=0.22, fy=0.22, interpolation=cv2.INTER_AREA),
    }
    for hint, picture in changes.items():
        worse = recogniser.find(picture)[0].quality
        assert worse.hint is not None, hint
        assert worse.hint.value == hint
        assert worse.score < good.score
