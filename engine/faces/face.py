"""A found face, and which of several faces a picture is about. No torch and no OpenCV."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode

RIVAL = 0.5
"""A second face with this share of the first one's prominence makes the picture ambiguous."""


@dataclass(frozen=True, eq=False)
class Face:
    """One face in a picture, in the picture's own pixels.

    ``box`` is (x, y, width, height) and may reach over the edge. ``landmarks`` is 5 × 2 float32, (x, y) of
    the right eye, left eye, nose tip, right and left corner of the mouth; right and left are the person's,
    so that the right eye is on the left of the picture. ``confidence`` is 0..1.
    """

    box: tuple[float, float, float, float]
    landmarks: NDArray[np.float32]
    confidence: float

    @property
    def eye_distance(self) -> float:
        """Distance between the eye centres in pixels."""
        return float(np.linalg.norm(self.landmarks[1] - self.landmarks[0]))

    def prominence(self, width: int, height: int) -> float:
        """Area of the box, weighted down towards the rim of a ``width`` × ``height`` picture.

        The weight is a Gaussian of the distance from the picture's centre, with the picture's half
        diagonal as two standard deviations.
        """
        x, y, w, h = self.box
        off_centre = math.hypot(x + w / 2 - width / 2, y + h / 2 - height / 2) / (
            math.hypot(width, height) / 2
        )
        return w * h * math.exp(-2.0 * off_centre**2)


def by_prominence(faces: Sequence[Face], width: int, height: int) -> tuple[Face, ...]:
    """Sort faces, the largest and most central first."""
    return tuple(sorted(faces, key=lambda face: face.prominence(width, height), reverse=True))


def only_face(faces: Sequence[Face], width: int, height: int, name: str) -> Face:
    """Return the one face that a picture is about; small faces in the background do not count.

    Raises:
        EngineError: NO_FACE, or SEVERAL_FACES when another face is about as prominent.
    """
    if not faces:
        raise EngineError(
            ErrorCode.NO_FACE,
            f"No face was found in {name}. Use a picture that shows the face from the front, large and "
            "well lit.",
            name,
        )
    ranked = by_prominence(faces, width, height)
    if len(ranked) > 1:
        first, second = (face.prominence(width, height) for face in ranked[:2])
        if second >= RIVAL * first:
            raise EngineError(
                ErrorCode.SEVERAL_FACES,
                f"{name} shows several people. Use a picture of one person, or crop it to the one that is "
                "meant.",
                name,
            )
    return ranked[0]
