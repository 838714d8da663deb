"""Where the lids of an eye are, with MediaPipe's Iris network run by OpenCV.

Ablavatski et al., Real-time Pupil Tracking from Monocular Video for Digital Puppetry, arXiv:2006.11341, 2020.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.faces.align import align
from engine.faces.face import Face
from engine.faces.liveness.blink import Lids, openness
from engine.faces.liveness.covering import surroundings
from engine.images import Rgb
from engine.models import Models

SIDE: Final = 64
"""Side of the crop that the network looks at, in pixels."""

MARGIN: Final = 2.3
"""The crop is so many times as wide as the eye: the rule of the network's authors."""

EYE: Final = 0.46
"""Width of an eye, corner to corner, in distances between the eyes (about 30 of 63 mm)."""

CORNERS_AND_LIDS: Final = (0, 11, 13, 8, 5, 3)
"""Of the network's 71 points, the six of the eye aspect ratio: outer corner, upper lid twice, inner corner,
lower lid twice; 11 lies above 3, and 13 above 5."""

OUTPUT: Final = "output_eyes_contours_and_brows"


class LidFinder:
    """Measures how far the eyes of a face are open. One object a thread: OpenCV's network holds its input.

    Args:
        model: the verified file of the network (TFLite).
    """

    def __init__(self, model: Path) -> None:
        self._net = cv2.dnn.readNetFromTFLite(str(model))

    def look(self, rgb: Rgb, face: Face) -> Lids:
        """Return how one face of a picture (uint8, H × W × 3, RGB) holds its eyes, and what is about them.

        Raises:
            ValueError: the face's eyes are not in two places.
        """
        right, left = (openness(self.points(rgb, face, eye)) for eye in (0, 1))
        return Lids(right, left, surroundings(align(rgb, face.landmarks)))

    def points(self, rgb: Rgb, face: Face, eye: int) -> NDArray[np.float64]:
        """Return six points of an eye (0: the person's right, 1: left) as 6 × 2, in the picture's pixels.

        Their order is that of :func:`~engine.faces.liveness.blink.openness`. The network knows right eyes;
        it is shown a left one in a mirror.
        """
        to_picture = crop_to_picture(face, eye)
        crop = cv2.warpAffine(rgb, to_picture, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        self._net.setInput(cv2.dnn.blobFromImage(crop, 1.0 / 255.0))
        placed = np.asarray(self._net.forward(OUTPUT), np.float64).reshape(-1, 3)[CORNERS_AND_LIDS, :2]
        points: NDArray[np.float64] = placed @ to_picture[:, :2].T + to_picture[:, 2]
        return points


def load_lids(models: Models) -> LidFinder | None:
    """Return what reads lids, or None where its network is missing or not whole."""
    try:
        return LidFinder(models.file("iris"))
    except EngineError:
        return None


def crop_to_picture(face: Face, eye: int) -> NDArray[np.float64]:
    """Return the 2 × 3 matrix that takes a point of an eye's crop (64 × 64) to the picture.

    The crop is a square about the eye, turned so that the eyes are level; mirrored for eye 1, the left one.

    Raises:
        ValueError: the face's eyes are not in two places.
    """
    landmarks = face.landmarks.astype(np.float64)
    across = landmarks[1] - landmarks[0]
    scale = MARGIN * EYE * math.hypot(*across) / SIDE
    if not (math.isfinite(scale) and scale > 0.0):
        raise ValueError("the eyes of a face are in two places")
    angle = math.atan2(across[1], across[0])
    turn = scale * np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    if eye == 1:
        turn = turn @ np.diag([-1.0, 1.0])
    return np.column_stack([turn, landmarks[eye] - turn @ np.full(2, SIDE / 2.0)])
