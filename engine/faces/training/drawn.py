"""Drawn faces: people who do not exist, so that the lab can be tried without photos of anybody.

What makes a person (shape of the face, nose, brows, mouth, hair, colours of eyes and skin) is chosen once;
what changes from photo to photo (light, expression, glance, glasses, posture, noise) for each one, and it is
stronger, as in life. Eyes, nose and mouth lie where aligned photos have them.
"""

from __future__ import annotations

import hashlib
import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from engine.faces.training.records import FaceSet, Gathering
from engine.images import Rgb
from engine.jobs import Task
from engine.progress import Pace

FOLDER: Final = "drawn"
"""Stands for the folder of a data set that lies in none."""

PEOPLE: Final = 48
PHOTOS: Final = 6
SIDE: Final = 112
SCALE: Final = 3
"""Drawn this many times larger and reduced, so that edges are smooth."""

EYES: Final = ((38.3, 51.6), (73.5, 51.6))
"""Centres of the eyes in an aligned face, in pixels."""

MIDDLE: Final = 56.0
SKINS: Final = np.array([[247, 216, 190], [224, 172, 132], [166, 112, 76], [96, 62, 46]], float)
HAIRS: Final = np.array([[28, 24, 22], [84, 54, 34], [168, 118, 62], [226, 198, 140], [150, 150, 152]], float)
IRISES: Final = np.array([[60, 38, 24], [104, 72, 40], [92, 120, 92], [84, 122, 168]], float)
SYLLABLES: Final = (("Al", "Be", "Da", "Fi", "Ko", "Lu", "Ma", "Ro"), ("bo", "na", "ri", "so", "te", "vi"))

Colour = tuple[int, int, int]


def draw_people(people: int = PEOPLE, photos: int = PHOTOS, seed: int = 0) -> Task[Gathering, FaceSet]:
    """Draw ``people`` invented people with ``photos`` pictures each; one seed always gives the same."""
    names = [first + second for second in SYLLABLES[1] for first in SYLLABLES[0]]
    crops: list[Rgb] = []
    pace = Pace(people)
    for person in range(people):
        crops += [draw_face(seed * 100_000 + person, photo) for photo in range(photos)]
        yield Gathering(pace.at(person + 1), len(crops), 0)
    owners = np.repeat(np.arange(people), photos)
    called = [names[person % len(names)] + ("" if person < len(names) else f" {person}") for person in owners]
    return FaceSet(
        folder=FOLDER,
        people=tuple(dict.fromkeys(called)),
        owners=owners,
        files=tuple(f"{name}/{place % photos + 1}.png" for place, name in enumerate(called)),
        digests=tuple(hashlib.sha256(crop.tobytes()).hexdigest() for crop in crops),
        rows=np.arange(len(crops)),
        store=np.stack(crops),
    )


def draw_face(person: int, photo: int) -> Rgb:
    """Return a photo of an invented person, 112 × 112 × 3; both numbers are seeds."""
    who = np.random.default_rng([person, 11])
    when = np.random.default_rng([person, 12, photo])
    image = Image.new(
        "RGB", (SIDE * SCALE, SIDE * SCALE), _colour(when.uniform(60, 200) + when.uniform(-40, 40, 3))
    )
    pen = _Pen(ImageDraw.Draw(image))
    _head(pen, who)
    _eyes(pen, who, when)
    _nose_and_mouth(pen, who, when)
    if when.random() < 0.2:
        _glasses(pen)
    return _photographed(image, when)


class _Pen:
    """Draws in the pixels of an aligned face on a canvas :data:`SCALE` times as large."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def ellipse(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill an ellipse around (x, y) with these half axes."""
        box = tuple(SCALE * each for each in (x - width, y - height, x + width, y + height))
        self._draw.ellipse(box, fill=colour)

    def line(self, points: list[tuple[float, float]], width: float, colour: Colour) -> None:
        """Draw a line through some points."""
        path = [(SCALE * x, SCALE * y) for x, y in points]
        self._draw.line(path, fill=colour, width=max(1, round(SCALE * width)), joint="curve")

    def ring(self, x: float, y: float, radius: float, width: float, colour: Colour) -> None:
        """Draw a circle's outline."""
        box = tuple(SCALE * each for each in (x - radius, y - radius, x + radius, y + radius))
        self._draw.ellipse(box, outline=colour, width=round(SCALE * width))


def _head(pen: _Pen, who: np.random.Generator) -> None:
    skin, hair = _between(SKINS, who.random()), _between(HAIRS, who.random())
    wide, chin, crown = who.uniform(38, 48), who.uniform(54, 64), who.uniform(4, 14)
    sides, fringe = who.uniform(0, 46), who.uniform(16, 34)
    pen.ellipse(MIDDLE, 44 - crown / 2, wide + 7, 44, _colour(hair))
    pen.ellipse(MIDDLE, 62, wide + 6, 8 + sides, _colour(hair))
    for side in (-1, 1):
        pen.ellipse(MIDDLE + side * wide, 62, who.uniform(4, 7), 9, _colour(0.9 * skin))
    pen.ellipse(MIDDLE, 58, wide, chin, _colour(skin))
    pen.ellipse(MIDDLE + who.uniform(-14, 14), fringe - 24, wide * 0.86, 26, _colour(hair))
    if who.random() < 0.3:  # freckles
        for _ in range(14):
            x, y = who.uniform(32, 80), who.uniform(60, 78)
            pen.ellipse(x, y, 0.9, 0.9, _colour(0.72 * skin))


def _eyes(pen: _Pen, who: np.random.Generator, when: np.random.Generator) -> None:
    iris, brow = _between(IRISES, who.random()), _between(HAIRS, who.random())
    size, slant = who.uniform(6.0, 8.5), who.uniform(-2.0, 2.0)
    high, thick, tilt, arch = who.uniform(9, 15), who.uniform(1.4, 4.2), who.uniform(-3, 3), who.uniform(0, 4)
    opened, glance, lifted = when.uniform(0.35, 0.62), when.uniform(-2.2, 2.2), when.uniform(-2, 2)
    for side, (x, y) in zip((-1, 1), EYES, strict=True):
        pen.ellipse(x, y, size, size * opened, (243, 241, 237))
        pen.ellipse(x + glance, y, size * 0.46, size * 0.46, _colour(iris))
        pen.ellipse(x + glance, y, size * 0.2, size * 0.2, (12, 12, 12))
        lid = [(x - size, y + side * slant * 0.5), (x, y - size * opened), (x + size, y - side * slant * 0.5)]
        pen.line(lid, 1.2, (52, 38, 34))
        top = y - high - lifted
        pen.line(
            [(x - 9, top + side * tilt), (x, top - arch), (x + 9, top - side * tilt)], thick, _colour(brow)
        )


def _nose_and_mouth(pen: _Pen, who: np.random.Generator, when: np.random.Generator) -> None:
    shade = (118, 74, 58)
    long, wide = who.uniform(68, 77), who.uniform(3.5, 9.0)
    pen.line([(MIDDLE - wide * 0.4, 57), (MIDDLE - wide, long), (MIDDLE + wide, long)], 1.5, shade)
    level, broad, full = who.uniform(88, 95), who.uniform(9, 18), who.uniform(1.4, 4.4)
    lips = _colour(np.array([who.uniform(120, 200), who.uniform(50, 100), who.uniform(60, 100)]))
    smile, gape = when.uniform(-4, 6), max(0.0, when.uniform(-4, 5))
    bow = [
        (MIDDLE + broad * step, level - smile * (step * step - 0.4))
        for step in np.linspace(-1, 1, 9).tolist()
    ]
    if gape:
        pen.ellipse(MIDDLE, level + 0.4 * smile, broad * 0.7, gape, (70, 24, 26))
    pen.line(bow, full, lips)
    if who.random() < 0.25:  # a moustache
        pen.line(
            [(MIDDLE - broad, level - 5), (MIDDLE, level - 8), (MIDDLE + broad, level - 5)], 3.4, (46, 36, 30)
        )


def _glasses(pen: _Pen) -> None:
    for x, y in EYES:
        pen.ring(x, y, 13, 1.6, (34, 34, 38))
    pen.line([(EYES[0][0] + 13, 50), (EYES[1][0] - 13, 50)], 1.6, (34, 34, 38))


def _photographed(image: Image.Image, when: np.random.Generator) -> Rgb:
    """Turn, move and blur the picture, reduce it, and put light, a tint and noise on it."""
    turn, zoom = math.radians(when.uniform(-7, 7)), when.uniform(0.94, 1.07)
    c, s, middle = math.cos(turn) / zoom, math.sin(turn) / zoom, SIDE * SCALE / 2
    x, y = (middle + SCALE * when.uniform(-3, 3) for _ in range(2))
    moved = image.transform(
        image.size,
        Image.Transform.AFFINE,
        (c, s, middle - c * x - s * y, -s, c, middle + s * x - c * y),
        Image.Resampling.BILINEAR,
        fillcolor=image.getpixel((0, 0)),
    )
    small = moved.resize((SIDE, SIDE), Image.Resampling.BOX)
    soft = np.asarray(small.filter(ImageFilter.GaussianBlur(when.uniform(0.0, 1.1))), dtype=np.float64)
    from_side = when.uniform(0, 2 * math.pi)
    rows, columns = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    light = 1 + when.uniform(0.0, 0.45) * (math.cos(from_side) * columns + math.sin(from_side) * rows)
    tint = when.uniform(0.72, 1.18) * when.uniform(0.92, 1.08, 3)
    noise = when.normal(0.0, when.uniform(1, 6), soft.shape)
    shown: Rgb = np.clip(soft * light[..., None] * tint + noise, 0, 255).astype(np.uint8)
    return shown


def _between(colours: NDArray[np.float64], place: float) -> NDArray[np.float64]:
    """Return a colour between those listed; 0 is the first, 1 the last."""
    at = place * (len(colours) - 1)
    low = min(int(at), len(colours) - 2)
    mixed: NDArray[np.float64] = colours[low] + (at - low) * (colours[low + 1] - colours[low])
    return mixed


def _colour(channels: NDArray[np.float64]) -> Colour:
    red, green, blue = (round(float(each)) for each in np.clip(channels, 0, 255))
    return red, green, blue
