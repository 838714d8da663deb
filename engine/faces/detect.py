"""Finding faces with YuNet (Wu, Peng, Yu: YuNet: A Tiny Millisecond-level Face Detector, 2023)."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.faces.face import Face, by_prominence
from engine.images import Rgb

LONGEST = 1280
"""Larger pictures are searched at this size. YuNet was trained on faces of 10 to 300 pixels."""

SHORTEST = 512
"""Smaller pictures are enlarged towards this size, at most twice: YuNet places landmarks to a share of its
stride, so in a small picture they are coarse, and a crooked crop is encoded worse."""

RETRY_SCALES = (0.5, 0.25)
"""Tried in turn when nothing was found: a face that fills the frame is too large for YuNet's anchors."""

SMALLEST = 32
"""Pixels of the shorter side below which a search makes no sense: YuNet's coarsest stride. In narrower strips
OpenCV 4.14 also reads memory that nobody wrote, and finds faces there."""


class Detector:
    """Finds faces in pictures of any size, on any thread.

    Args:
        model: the verified YuNet file (ONNX).
        confidence: faces that the network is less sure of are left out, 0..1.
    """

    def __init__(self, model: Path, confidence: float = 0.75) -> None:
        self._model, self._confidence = model, confidence
        self._own = threading.local()  # OpenCV's detector holds its last input: each thread has one

    def detect(self, rgb: Rgb) -> tuple[Face, ...]:
        """Return the faces of a picture (uint8, H × W × 3, RGB), the most prominent first."""
        height, width = rgb.shape[:2]
        bgr = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR).astype(np.uint8, copy=False)
        scale = first_scale(width, height)
        faces: list[Face] = []
        for shrink in (1.0, *RETRY_SCALES):
            if faces or min(width, height) * scale * shrink < SMALLEST:
                break
            faces = self._at_scale(bgr, scale * shrink)
        return by_prominence(faces, width, height)

    def _at_scale(self, bgr: Rgb, scale: float) -> list[Face]:
        height, width = bgr.shape[:2]
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        if size != (width, height):
            bgr = cv2.resize(
                bgr, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
            ).astype(np.uint8, copy=False)
        net = self._net()
        net.setInputSize(size)
        _, rows = net.detect(bgr)
        found = [] if rows is None else list(rows)  # type: ignore[redundant-expr,unreachable,unused-ignore]
        to_original = np.array([width / size[0], height / size[1]], dtype=np.float32)
        return [_face(row, to_original) for row in found if np.isfinite(row).all()]

    def _net(self) -> cv2.FaceDetectorYN:
        net: cv2.FaceDetectorYN | None = getattr(self._own, "net", None)
        if net is None:
            net = cv2.FaceDetectorYN.create(str(self._model), "", (320, 320), self._confidence, 0.3, 100)
            self._own.net = net
        return net


def first_scale(width: int, height: int) -> float:
    """Return by how much a picture is shrunk or enlarged for the first search."""
    longest = max(width, height)
    return min(1.0, LONGEST / longest) if longest > SHORTEST else min(2.0, SHORTEST / longest)


def _face(row: NDArray[np.float32], scale: NDArray[np.float32]) -> Face:
    """Read one row of FaceDetectorYN: x, y, w, h, five points (x, y), confidence."""
    x, y, w, h = (float(value) for value in row[:4] * np.tile(scale, 2))
    return Face((x, y, w, h), row[4:14].reshape(5, 2) * scale, float(row[14]))
