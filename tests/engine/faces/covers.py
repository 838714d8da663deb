"""What an attacker moves over the eyes of a photograph to make them seem to shut: 25 frames/s."""

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
STILL_S: Final = 0.8
"""So long nothing moves first; then it comes and goes for :data:`MOVING_S`."""

MOVING_S: Final = 2.0
FAST, SLOW = 0.5, 0.9
"""Seconds from one time that the eyes are covered to the next."""

Points = NDArray[np.float64]
Mask = NDArray[np.float64]
Cover = Callable[[Points, float], Mask]
"""From H × W × 2 places on a face and how far over the eyes it is (0 away .. 1 on them) to a share 0..1.

Places are in distances between the eyes from the middle of them: x to the picture's right, y down.
"""

DARK: Final = np.array([30.0, 30.0, 30.0])
WHITE: Final = np.array([225.0, 225.0, 220.0])


def covered(photo: Rgb, face: Face, how: str, period: float) -> Iterator[tuple[float, Rgb]]:
    """Yield times and pictures of a photo whose eyes are covered again and again, as :data:`COVERS` says.

    Args:
        photo: uint8, H × W × 3; ``face`` was found in it.
        period: seconds from one cover to the next.
    """
    cover, colour = COVERS[how]
    places = _places(photo.shape[:2], face)
    paint = _skin(photo, face) if colour is None else colour
    for index in range(round((STILL_S + MOVING_S) * RATE)):
        time = index / RATE
        over = (1.0 - math.cos(2.0 * math.pi * max(0.0, time - STILL_S) / period)) / 2.0
        share = cv2.GaussianBlur(cover(places, over), (0, 0), 0.7)[:, :, None]
        yield time, (photo * (1.0 - share) + paint * share).round().astype(np.uint8)


def _places(shape: tuple[int, ...], face: Face) -> Points:
    rows, columns = np.indices(shape[:2], dtype=np.float64)
    right, left = face.landmarks[:2].astype(np.float64)
    across = (left - right) / face.eye_distance
    from_middle = np.stack([columns, rows], axis=2) - (right + left) / 2.0
    turn = np.array([[across[0], across[1]], [-across[1], across[0]]])
    places: Points = from_middle @ turn.T / face.eye_distance
    return places


def _skin(photo: Rgb, face: Face) -> Points:
    """The colour beside the nose: the middle of what lies about its tip."""
    x, y = (round(float(part)) for part in face.landmarks[2])
    reach = max(2, round(face.eye_distance / 8))
    colour: Points = np.median(photo[y - reach : y + reach, x - reach : x + reach].reshape(-1, 3), axis=0)
    return colour


def _box(places: Points, x: float, y: float, half_width: float, half_height: float) -> Mask:
    inside = (np.abs(places[..., 0] - x) <= half_width) & (np.abs(places[..., 1] - y) <= half_height)
    return inside.astype(np.float64)


def _lens(places: Points, x: float, y: float, half_width: float, half_height: float) -> Mask:
    inside = ((places[..., 0] - x) / half_width) ** 2 + ((places[..., 1] - y) / half_height) ** 2 <= 1.0
    return inside.astype(np.float64)


def _bar(thick: float) -> Cover:
    return lambda places, over: _box(places, -0.5, over - 1.0, 1.6, thick / 2.0)


def _fingers_from_above(places: Points, over: float) -> Mask:
    each = (_box(places, x, over - 2.0 + 0.17, 0.19, 1.0) for x in (-0.5, 0.5))
    return np.maximum(*each)


def _fingers_from_below(places: Points, over: float) -> Mask:
    return _fingers_from_above(places * [1.0, -1.0], over)


def _fingers_from_beside(places: Points, over: float) -> Mask:
    each = (_box(places, side * (2.2 - over), 0.0, 1.0 - 0.08, 0.17) for side in (-1.0, 1.0))
    return np.maximum(*each)


def _palm(places: Points, over: float) -> Mask:
    return _box(places, 0.0, 1.4 * over - 1.9, 1.4, 0.75)


def _card(places: Points, over: float) -> Mask:
    return _box(places, 3.0 * over - 3.0, -0.05, 1.5, 0.35)


def _glasses(places: Points, over: float) -> Mask:
    y = over - 1.0
    lenses = np.maximum(_lens(places, -0.5, y, 0.42, 0.33), _lens(places, 0.5, y, 0.42, 0.33))
    return np.maximum(lenses, _box(places, 0.0, y - 0.1, 0.3, 0.05))


def _paper_lids(places: Points, over: float) -> Mask:
    """Pieces that lie on just the eyes; a line for the lashes is left out of them."""
    if over < 0.5:
        return np.zeros(places.shape[:2])
    lids = np.maximum(_lens(places, -0.5, 0.0, 0.28, 0.16), _lens(places, 0.5, 0.0, 0.28, 0.16))
    lash = (np.abs(places[..., 1] - 0.07) < 0.02) & (np.abs(np.abs(places[..., 0]) - 0.5) < 0.22)
    return np.where(lash, 0.35, 1.0) * lids


COVERS: Final[dict[str, tuple[Cover, Points | None]]] = {
    "finger": (_bar(0.34), None),
    "pen": (_bar(0.2), DARK),
    "thick pen": (_bar(0.34), DARK),
    "two fingers from above": (_fingers_from_above, None),
    "two fingers from below": (_fingers_from_below, None),
    "two fingers from beside": (_fingers_from_beside, None),
    "palm": (_palm, None),
    "waved card": (_card, WHITE),
    "dark glasses": (_glasses, DARK),
    "lids of paper": (_paper_lids, None),
    "lids of white paper": (_paper_lids, WHITE),
}
"""What is moved over the eyes, and its colour; None: that of the photographed skin."""
