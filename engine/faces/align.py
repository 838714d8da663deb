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
    if scale < 0.5:  # bilinear sampling would skip pixels of a large face, so average them first
        height, width = rgb.shape[:2]
        size = (max(1, round(2 * scale * width)), max(1, round(2 * scale * height)))
        rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        matrix = similarity(landmarks * (size[0] / width, size[1] / height), np.array(TEMPLATE))
    return cv2.warpAffine(rgb, matrix, (SIZE, SIZE), flags=cv2.INTER_LINEAR).astype(np.uint8, copy=False)
