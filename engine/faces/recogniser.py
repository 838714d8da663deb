"""Detector, aligner and encoder put together: from a picture to encoded faces. Loads the networks."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.faces.align import align
from engine.faces.detect import Detector
from engine.faces.encode import Encoder
from engine.faces.face import Face, only_face
from engine.faces.quality import Quality, measure
from engine.images import Rgb
from engine.models import Models


@dataclass(frozen=True, eq=False)
class AlignedFace:
    """A face with its crop (uint8, 112 × 112 × 3, RGB) and quality."""

    face: Face
    crop: Rgb
    quality: Quality


class Recogniser:
    """The face networks of one task; several threads may use them at once, up to ``workers`` with profit.

    Raises:
        EngineError: what :meth:`Models.file` and :meth:`Models.network` raise.
    """

    def __init__(self, models: Models) -> None:
        self._detector = Detector(models.file("yunet"))
        self._encoder = Encoder(models)
        self.model = self._encoder.model
        self.workers = self._encoder.workers

    def find(self, rgb: Rgb) -> tuple[AlignedFace, ...]:
        """Return the faces of a picture, aligned and measured, the most prominent first."""
        return tuple(_aligned(rgb, face) for face in self._detector.detect(rgb))

    def locate(self, rgb: Rgb) -> tuple[Face, ...]:
        """Return the faces of a picture, neither aligned nor measured, the most prominent first."""
        return self._detector.detect(rgb)

    def aligned(self, rgb: Rgb, face: Face) -> AlignedFace:
        """Return one face of a picture, aligned and measured."""
        return _aligned(rgb, face)

    def find_one(self, rgb: Rgb, name: str) -> AlignedFace:
        """Return the one face that a picture is about; ``name`` stands in the errors.

        Raises:
            EngineError: NO_FACE or SEVERAL_FACES.
        """
        height, width = rgb.shape[:2]
        return _aligned(rgb, only_face(self._detector.detect(rgb), width, height, name))

    def encode(self, faces: tuple[AlignedFace, ...] | list[AlignedFace]) -> NDArray[np.float32]:
        """Return N × 128 unit encodings of N faces.

        Raises:
            EngineError: OUT_OF_MEMORY.
        """
        return self._encoder.encode([face.crop for face in faces])


def _aligned(rgb: Rgb, face: Face) -> AlignedFace:
    crop = align(rgb, face.landmarks)
    return AlignedFace(face, crop, measure(face, crop))


def as_png(crop: Rgb) -> bytes:
    """Return a crop as PNG, for a gallery that keeps photos."""
    buffer = io.BytesIO()
    Image.fromarray(crop).save(buffer, "PNG")
    return buffer.getvalue()
