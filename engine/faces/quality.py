"""How well a face can be encoded, and the one thing that would help most. No torch and no OpenCV.

The components follow ISO/IEC 29794-5 (face image quality): inter-eye distance, sharpness, exposure, evenness
of the light and pose, each in plain units, measured on the aligned crop so that they do not depend on where
the face stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.face import Face
from engine.images import Rgb

INNER: Final = slice(28, 100)
"""Rows and columns of an aligned crop that show the face rather than hair and background."""

EYE_DISTANCE: Final = 35.0
"""The eyes of an aligned crop are 35 pixels apart: a smaller face has to be enlarged."""
SHARPNESS: Final = 0.02
"""A sharp portrait that is blurred with σ = 2 pixels in the aligned crop falls below this."""
BRIGHTNESS: Final = (0.2, 0.85)
UNEVENNESS: Final = 0.6
"""One half of the face is then about twice as bright as the other."""
YAW: Final = 0.5
"""Beyond it the nose covers half of the far cheek, and encodings of one person spread."""
PITCH: Final = 0.4


class Hint(StrEnum):
    """One thing to do. The window and the command line have the words."""

    NO_FACE = "no-face"
    ONE_PERSON = "one-person"
    NEARER = "nearer"
    FACE_CAMERA = "face-camera"
    MORE_LIGHT = "more-light"
    LESS_LIGHT = "less-light"
    EVEN_LIGHT = "even-light"
    HOLD_STILL = "hold-still"


@dataclass(frozen=True)
class Quality:
    """What was measured on one face.

    ``eye_distance`` in pixels of the original picture. ``sharpness`` is the energy of the Laplacian over the
    variance of the grey values (0 flat, about 0.1 sharp). ``brightness`` is the mean grey value, 0..1;
    ``unevenness`` how much the two halves differ, in means of the whole (0 even).
    ``yaw`` is the offset of the nose from the middle of eyes and mouth across the face, and ``pitch`` along
    it, both in half eye distances: 0 is frontal. ``score`` is 0..1, for choosing the best of several frames.
    """

    eye_distance: float
    sharpness: float
    brightness: float
    yaw: float
    pitch: float
    score: float
    hint: Hint | None
    unevenness: float = 0.0
    worst: float = 1.0
    """How far the worst component is from what is asked: 1 is just enough, less is too little."""


def measure(face: Face, crop: Rgb) -> Quality:
    """Measure a face on its aligned crop (uint8, 112 × 112 × 3, RGB)."""
    grey = crop[INNER, INNER].astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32) / 255.0
    yaw, pitch = pose(face.landmarks)
    sharpness, brightness = sharpness_of(grey), float(grey.mean())
    middle = grey.shape[1] // 2
    unevenness = abs(float(grey[:, :middle].mean() - grey[:, middle:].mean())) / max(brightness, 1e-6)
    shares = (
        face.eye_distance / EYE_DISTANCE,
        sharpness / SHARPNESS,
        brightness / BRIGHTNESS[0],
        (1.0 - brightness) / (1.0 - BRIGHTNESS[1]),
        YAW / max(abs(yaw), 1e-6),
        PITCH / max(abs(pitch), 1e-6),
        UNEVENNESS / max(unevenness, 1e-6),
    )
    hints = (
        Hint.NEARER,
        Hint.HOLD_STILL,
        Hint.MORE_LIGHT,
        Hint.LESS_LIGHT,
        Hint.FACE_CAMERA,
        Hint.FACE_CAMERA,
        Hint.EVEN_LIGHT,
    )
    worst = int(np.argmin(shares))
    # Each share saturates smoothly, so that of two good frames the better one still wins.
    score = float(np.prod([share / (share + 0.5) for share in np.minimum(shares, 8.0)]) ** (1 / len(shares)))
    hint = hints[worst] if shares[worst] < 1.0 else None
    return Quality(
        face.eye_distance, sharpness, brightness, yaw, pitch, score, hint, unevenness, float(shares[worst])
    )


def sharpness_of(grey: NDArray[np.float32]) -> float:
    """Return the mean squared Laplacian over the variance of a grey picture, H × W, H and W ≥ 3.

    Dividing by the variance makes it independent of contrast (after Pertuz et al., Analysis of focus measure
    operators, Pattern Recognition 2013, operator LAP4).
    """
    middle = grey[1:-1, 1:-1]
    laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4.0 * middle
    return float((laplacian**2).mean() / (grey.var() + 1e-6))


def pose(landmarks: NDArray[np.float32]) -> tuple[float, float]:
    """Return (yaw, pitch) proxies from 5 × 2 landmarks, unaffected by roll, scale and place.

    The nose is expressed in the affine frame of the four other points: across (right to left side) and down
    (eyes to mouth). Its frontal place is (0, 0.48 of the way from eyes to mouth) in the SFace template.
    """
    right_eye, left_eye, nose, right_mouth, left_mouth = landmarks.astype(np.float64)
    across = (left_eye + left_mouth - right_eye - right_mouth) / 4.0
    eyes, mouth = (right_eye + left_eye) / 2.0, (right_mouth + left_mouth) / 2.0
    down = mouth - eyes
    frame = np.column_stack([across, down])
    if abs(np.linalg.det(frame)) < 1e-6:
        return 1.0, 1.0
    x, y = np.linalg.solve(frame, nose - eyes)
    return float(x), float(2.0 * (y - 0.495))
