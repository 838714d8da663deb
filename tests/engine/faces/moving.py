"""A flat photograph before a camera, moved and covered by whoever holds it: 640 × 480, 25 frames/s."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.faces.face import Face
from engine.images import Rgb

RATE: Final = 25.0
STILL_S: Final = 1.0
"""So long it is held still first; then it moves for :data:`MOVING_S`."""

MOVING_S: Final = 4.0
SWING_S: Final = 0.8
"""One swing there and back: as long as a blink and the time to the next."""

HEIGHT: Final = 400.0
"""Height of the photograph in the picture, held straight."""


def moving(photo: Rgb, how: str, find: Callable[[Rgb], tuple[Face, ...]]) -> Iterator[tuple[float, Rgb]]:
    """Yield times and pictures of a photo that is moved in one of the ways of :data:`WAYS`.

    Args:
        find: finds the face, for what covers its eyes.
    """
    straight = placed(photo, 0.0, 0.0)
    faces = find(straight)
    for index in range(round((STILL_S + MOVING_S) * RATE)):
        time = index / RATE
        swing = math.sin(2.0 * math.pi * max(0.0, time - STILL_S) / SWING_S)
        yield time, WAYS[how](photo, straight, faces[0], swing)


def placed(photo: Rgb, turned: float, tilted: float, aside: float = 0.0) -> Rgb:
    """Show a flat photo to a pinhole, turned about its upright, tilted about its level axis (degrees)."""
    height, width = photo.shape[:2]
    half = np.array([HEIGHT * width / height, HEIGHT]) / 2.0
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float) * half
    turn, tilt, distance = math.radians(turned), math.radians(tilted), 900.0
    depth = corners[:, 0] * math.sin(turn) + corners[:, 1] * math.sin(tilt)
    shrink = (distance / (distance + depth))[:, None]
    place = corners * [math.cos(turn), math.cos(tilt)] * shrink + [[320 + aside, 240]]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(source, place.astype(np.float32))
    return cv2.warpPerspective(photo, warp, (640, 480), borderValue=(110, 110, 110)).astype(np.uint8)


def bent(straight: Rgb, axis: int, by: float) -> Rgb:
    """Bend the picture about an upright (0) or level (1) axis; ``by`` -1..1: 1 is a quarter of a cylinder."""
    rows, columns = np.indices(straight.shape[:2], dtype=np.float32)
    at = [columns, rows]
    middle, half = at[axis].mean(), at[axis].max() / 2.0
    along = (at[axis] - middle) / half
    angle = abs(by) * math.pi / 4.0 + 1e-6
    at[axis] = middle + half * np.arcsin(np.clip(along * math.sin(angle), -1.0, 1.0)) / angle
    return cv2.remap(straight, at[0], at[1], cv2.INTER_LINEAR, borderValue=(110, 110, 110)).astype(np.uint8)


def _bar(straight: Rgb, face: Face, swing: float, colour: NDArray[np.uint8]) -> Rgb:
    """A bar of a third of the eyes' distance goes down over both eyes and back."""
    picture = straight.copy()
    middle = face.landmarks[:2, 1].mean() - face.eye_distance * (0.6 - 0.6 * abs(swing))
    half = face.eye_distance / 6.0
    picture[max(0, round(middle - half)) : max(0, round(middle + half))] = colour
    return picture


def _covered(straight: Rgb, face: Face, swing: float, colour: NDArray[np.uint8]) -> Rgb:
    """Strips of the colour of the skin, with a line for lashes, lie on just the eyes for half of the time."""
    picture = straight.copy()
    if swing <= 0.0:
        return picture
    axes = (round(face.eye_distance * 0.28), round(face.eye_distance * 0.16))
    for x, y in face.landmarks[:2]:
        at = (round(float(x)), round(float(y)))
        cv2.ellipse(picture, at, axes, 0.0, 0.0, 360.0, [int(part) for part in colour], -1)
        cv2.ellipse(picture, at, (axes[0], axes[1] // 2), 0.0, 0.0, 180.0, (40, 30, 30), 2)
    return picture


def _skin(straight: Rgb, face: Face) -> NDArray[np.uint8]:
    x, y = (round(float(part)) for part in face.landmarks[2])
    return np.median(straight[y - 6 : y + 6, x - 6 : x + 6].reshape(-1, 3), axis=0).astype(np.uint8)


DARK: Final = np.full(3, 30, np.uint8)

WAYS: Final[dict[str, Callable[[Rgb, Rgb, Face, float], Rgb]]] = {
    "tilted ±60°": lambda photo, _, __, swing: placed(photo, 0.0, 60.0 * swing),
    "turned ±60°": lambda photo, _, __, swing: placed(photo, 60.0 * swing, 0.0),
    "bent about an upright axis": lambda _, straight, __, swing: bent(straight, 0, swing),
    "bent about a level axis": lambda _, straight, __, swing: bent(straight, 1, swing),
    "shaken": lambda photo, _, __, swing: cv2.blur(placed(photo, 0.0, 0.0, 40.0 * swing), (15, 1)),
    "a pen goes over the eyes": lambda _, straight, face, swing: _bar(straight, face, swing, DARK),
    "a finger goes over the eyes": lambda _, straight, face, swing: _bar(
        straight, face, swing, _skin(straight, face)
    ),
    "lids of paper": lambda _, straight, face, swing: _covered(straight, face, swing, _skin(straight, face)),
}
"""What is done to the photo in its swing (-1..1)."""
