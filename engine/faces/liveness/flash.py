"""The colour flash: the screen changes its colour slowly, and a face before it changes along.

Skin throws back the light that falls on it; a screen that is held to the camera shines by itself, and its
glass throws back little. Paper throws light back as skin does: the flash does not tell it from a face. It
changes at most three times a second, the limit below which flashing is held to be safe (WCAG 2.2, 2.3.1).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb

COLOURS: Final = ((255, 120, 120), (120, 255, 120), (120, 120, 255), (255, 255, 140))
"""Pastel, so that nobody is dazzled; all of about one lightness, so that only the hue changes."""

PERIOD_S: Final = 0.4
"""Each colour stands this long: 2.5 changes a second."""

STEPS: Final = 6

FOLLOWS: Final = 0.6
"""Correlation of the face's hue with the screen's from which the face throws the screen's light back."""

IGNORES: Final = 0.2

DELAYS_S: Final = (0.0, 0.1, 0.2, 0.3, 0.4)
"""From the moment that a colour is asked for until a frame shows it: drawing, screen, exposure, transfer."""

FEWEST: Final = 12
"""Frames that a verdict needs: two for each colour."""

SMALLEST: Final = 0.25
"""Share of the answer measured with a living face at this desk below which a face answers too little."""


class FlashVerdict(StrEnum):
    """REFLECTS: as skin or paper. SHINES: as a screen would. UNCLEAR: too little light to tell."""

    REFLECTS = "reflects"
    SHINES = "shines"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class FlashAnswer:
    """``correlation`` −1..1 of the face's hue with the screen's, ``gain`` how strongly it follows."""

    correlation: float
    gain: float


def sequence(seed: int, number: int) -> tuple[tuple[int, int, int], ...]:
    """Return :data:`STEPS` colours in an order that nobody can foresee; no colour follows itself."""
    draw = random.Random(f"flash:{seed}:{number}")  # noqa: S311 - the seed is secret
    colours = [draw.choice(COLOURS)]
    while len(colours) < STEPS:
        colours.append(draw.choice([colour for colour in COLOURS if colour != colours[-1]]))
    return tuple(colours)


def face_colour(rgb: Rgb, box: tuple[float, float, float, float]) -> tuple[float, float, float]:
    """Return the mean colour of the middle half of a face box, which shows skin; 0..255 each."""
    x, y, w, h = box
    top, bottom = max(0, round(y + h / 4)), max(1, round(y + 3 * h / 4))
    left, right = max(0, round(x + w / 4)), max(1, round(x + 3 * w / 4))
    patch = rgb[top:bottom, left:right].reshape(-1, 3)
    if not len(patch):
        return (0.0, 0.0, 0.0)
    red, green, blue = patch.mean(axis=0)
    return (float(red), float(green), float(blue))


def answer(screen: Sequence[Sequence[float]], face: Sequence[Sequence[float]]) -> FlashAnswer:
    """Compare the hue of the screen with that of the face, frame by frame (n × 3 each, 0..255, n ≥ 4).

    Both are taken as logarithmic chroma, so that neither skin colour nor brightness matters, and without
    their mean, so that the light of the room does not either.
    """
    shown, seen = _chroma(screen), _chroma(face)
    power = float((shown**2).sum())
    answered = float((seen**2).sum())
    if power < 1e-9 or answered < 1e-9:
        return FlashAnswer(0.0, 0.0)
    shared = float((shown * seen).sum())
    return FlashAnswer(shared / (power * answered) ** 0.5, shared / power)


def judge(measured: FlashAnswer, expected_gain: float | None) -> FlashVerdict:
    """Say what a face's answer means.

    Args:
        expected_gain: what living faces answered at this desk (from the attack test); None: not known, and
            then a missing answer proves nothing, because the room may be too bright.
    """
    if not np.isfinite([measured.correlation, measured.gain]).all():
        return FlashVerdict.UNCLEAR
    if measured.correlation >= FOLLOWS and (
        expected_gain is None or measured.gain >= SMALLEST * expected_gain
    ):
        return FlashVerdict.REFLECTS
    if expected_gain is None or expected_gain <= 0.0:
        return FlashVerdict.UNCLEAR
    ignores = measured.correlation <= IGNORES or measured.gain < SMALLEST * expected_gain
    return FlashVerdict.SHINES if ignores else FlashVerdict.UNCLEAR


class Flashing:
    """One flash of a desk: what the screen showed and how the face answered.

    Args:
        seed: the desk's secret; draws the colours.
        expected_gain: as :func:`judge` has it.
    """

    def __init__(self, seed: int, expected_gain: float | None) -> None:
        self._seed, self._expected = seed, expected_gain
        self.colours: tuple[tuple[int, int, int], ...] = ()
        self.number = -1
        self._began = 0.0
        self._seen: list[tuple[float, tuple[float, float, float]]] = []

    def begin(self, number: int, time: float) -> None:
        """Begin the ``number``-th flash at ``time`` (seconds)."""
        self.number, self._began = number, time
        self.colours, self._seen = sequence(self._seed, number), []

    def add(self, time: float, colour: tuple[float, float, float]) -> None:
        """Take the colour of the face in a frame that was grabbed at ``time``."""
        if 0.0 <= time - self._began <= STEPS * PERIOD_S + DELAYS_S[-1]:
            self._seen.append((time, colour))

    def is_over(self, time: float) -> bool:
        """Whether all of the answer must have arrived."""
        return bool(self.colours) and time - self._began > STEPS * PERIOD_S + DELAYS_S[-1]

    def answer(self) -> FlashAnswer:
        """Return the best answer over the delays that screen and camera may have together."""
        return max((self._delayed(delay) for delay in DELAYS_S), key=lambda answer: answer.correlation)

    def verdict(self, time: float) -> FlashVerdict:
        """Judge the flash; UNCLEAR until it is over, and on too few frames."""
        if not self.is_over(time) or len(self._seen) < FEWEST:
            return FlashVerdict.UNCLEAR
        return judge(self.answer(), self._expected)

    def _delayed(self, delay: float) -> FlashAnswer:
        steps = [int((time - delay - self._began) / PERIOD_S) for time, _ in self._seen]
        inside = [
            (self.colours[step], colour)
            for step, (time, colour) in zip(steps, self._seen, strict=True)
            if time - delay >= self._began and step < STEPS
        ]
        if len(inside) < FEWEST:
            return FlashAnswer(0.0, 0.0)
        return answer([shown for shown, _ in inside], [colour for _, colour in inside])


def _chroma(colours: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    values = np.log(np.asarray(colours, np.float64) + 1.0)
    hue = values - values.mean(axis=1, keepdims=True)
    centred: NDArray[np.float64] = hue - hue.mean(axis=0)
    return centred
