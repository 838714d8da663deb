"""Bringing a face into the pose that the encoder was trained on: a 5-point similarity transform."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb

SIZE: Final = 112
"""Side of an aligned crop in pixels."""

SMALLEST_SCALE: Final = 1e-3
"""Landmarks that lie further apart than any picture is wide, or all in one point, show no face."""

TEMPLATE: Final = (
    (38.2946, 51.6963),
    (73.5318, 51.5014),
    (56.0252, 71.7366),
    (41.5493, 92.3655),
    (70.7299, 92.2041),
)
"""Where the five landmarks (in the order of :class:`~engine.faces.face.Face`) lie in an aligned crop.

From ArcFace (Deng et al., CVPR 2019), used by SFace as well.
"""


def similarity(source: NDArray[np.floating], target: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the similarity that maps ``source`` to ``target`` with the least squared error.

    Umeyama, Least-squares estimation of transformation parameters between two point patterns, IEEE TPAMI
    13(4), 1991, equations 38 to 43. Rotation, uniform scale and translation; never a reflection.

    Args:
        source: n × 2 points, not all equal.
        target: n × 2 points.

    Returns:
        2 × 3 matrix M: target ≈ M[:, :2] @ source + M[:, 2].
    """
    from_points, to_points = np.asarray(source, np.float64), np.asarray(target, np.float64)
    from_mean, to_mean = from_points.mean(axis=0), to_points.mean(axis=0)
    from_centred, to_centred = from_points - from_mean, to_points - to_mean
    covariance = to_centred.T @ from_centred / len(from_points)
    u, singular, vt = np.linalg.svd(covariance)
    sign = np.array([1.0, np.sign(np.linalg.det(u) * np.linalg.det(vt)) or 1.0])
    rotation = (u * sign) @ vt
    variance = float((from_centred**2).sum() / len(from_points))
    scale = float(singular @ sign) / max(variance, 1e-12)
    translation = to_mean - scale * rotation @ from_mean
    return np.column_stack([scale * rotation, translation])


def align(rgb: Rgb, landmarks: NDArray[np.floating]) -> Rgb:
    """Cut a face out of a picture, upright and scaled: uint8, 112 × 112 × 3, RGB; black beyond the edge.

    Args:
        rgb: the picture, H × W × 3.
        landmarks: 5 × 2, in the picture's pixels.
    """
    matrix = similarity(landmarks, np.array(TEMPLATE))
    scale = math.hypot(matrix[0, 0], matrix[1, 0])
    if SMALLEST_SCALE < scale < 0.5:  # bilinear sampling would skip pixels of a large face: average first
        rgb, matrix = _averaged(rgb, matrix, 2.0 * scale)
    return cv2.warpAffine(rgb, matrix, (SIZE, SIZE), flags=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def _averaged(rgb: Rgb, matrix: NDArray[np.float64], scale: float) -> tuple[Rgb, NDArray[np.float64]]:
    """Shrink the part of a picture that a crop shows, and return the matrix that cuts the crop out of it.

    Args:
        matrix: 2 × 3, from the picture to the crop.
        scale: of the shrunk part, below 1.
    """
    height, width = rgb.shape[:2]
    corners = np.array([(0.0, 0.0), (SIZE, 0.0), (0.0, SIZE), (SIZE, SIZE)])
    shown = (corners - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
    rim = 2.0 / scale
    left, top = (math.floor(value) for value in shown.min(axis=0) - rim)
    right, bottom = (math.ceil(value) for value in shown.max(axis=0) + rim)
    left, top = min(max(0, left), width - 1), min(max(0, top), height - 1)
    part = rgb[top : max(top + 1, min(bottom, height)), left : max(left + 1, min(right, width))]
    size = max(1, round(scale * part.shape[1])), max(1, round(scale * part.shape[0]))
    shrunk = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    step = np.array([part.shape[1] / size[0], part.shape[0] / size[1]])
    # Pixel k of the shrunk part is the mean of a step of pixels, whose centre is (k + 1/2) step − 1/2.
    first = np.array([left, top]) + (step - 1.0) / 2.0
    return shrunk, np.column_stack([matrix[:, :2] * step, matrix[:, 2] + matrix[:, :2] @ first])
