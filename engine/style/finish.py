"""Whose colours a painting shows, and how much: computed from the painted picture alone, so at any moment.

Gatys, Bethge, Hertzmann, Shechtman 2016, "Preserving Color in Neural Artistic Style Transfer": luminance only
(section 3.2), and the palette's mean and covariance (section 3.1). No torch: pictures are uint8, H × W × 3.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.images import Rgb, Rgb16
from engine.style.pictures import Inputs, bring_to_size, read_inputs
from engine.style.recipe import Recipe

PAINTING, PHOTO, MATCH = "painting", "photo", "match"

_LUMA: Final = np.array((0.299, 0.587, 0.114), np.float32)
"""ITU-R BT.601 luma, the Y of YIQ that the paper uses."""

_FLOOR: Final = 1e-5
"""Added to the variances of a palette (values 0..1), so that a picture of one colour can be matched too."""


@dataclass(frozen=True)
class Finish:
    """``color``: "painting" as painted, "photo" the photo's colours, "match" the photo's palette.
    ``amount`` 0..1 mixes as painted with that."""

    color: str = PAINTING
    amount: float = 1.0

    @property
    def plain(self) -> bool:
        """Whether the painting stays as it is."""
        return self.color == PAINTING or self.amount <= 0


def finish(
    painted: Rgb | Rgb16, content: Rgb, wish: Finish, mask: NDArray[np.uint8] | None = None
) -> Rgb | Rgb16:
    """Return the painting in the colours wished for, with as many bits as it has.

    Args:
        painted: H × W × 3, uint8 or uint16.
        content: the photo, H × W × 3.
        wish: whose colours, and how much.
        mask: H × W, 255 where the content is protected and stays as it is, or None.
    """
    if wish.plain:
        return painted
    white = float(np.iinfo(painted.dtype).max)
    source = painted.astype(np.float32) / white
    photo = content.astype(np.float32) / 255.0
    colored = keep_chroma(source, photo) if wish.color == PHOTO else match_palette(source, photo)
    share: NDArray[np.float32] | float = wish.amount
    if mask is not None:
        share = (wish.amount * (1.0 - mask.astype(np.float32) / 255.0))[..., None]
    mixed = source + share * (np.clip(colored, 0.0, 1.0) - source)
    whole = (mixed * white + 0.5).clip(0, white)
    return whole.astype(np.uint8) if painted.dtype == np.uint8 else whole.astype(np.uint16)


def keep_chroma(painted: NDArray[np.float32], photo: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the luminance of ``painted`` with the photo's colours; values may leave 0..1."""
    return photo + (painted @ _LUMA - photo @ _LUMA)[..., None]


def match_palette(painted: NDArray[np.float32], photo: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``painted`` with the mean and covariance of the photo's colours.

    x ↦ Σ_C^½ Σ_G^−½ (x − μ_G) + μ_C, the paper's "Image Analogies" form.
    """
    mean, covariance = _palette(painted)
    wanted, wanted_covariance = _palette(photo)
    change = _power(wanted_covariance, 0.5) @ _power(covariance, -0.5)
    return ((painted - mean) @ change.T + wanted).astype(np.float32)


def _palette(picture: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pixels = picture.reshape(-1, 3).astype(np.float64)
    return pixels.mean(axis=0), np.cov(pixels, rowvar=False, bias=True) + _FLOOR * np.eye(3)


def _power(covariance: NDArray[np.float64], exponent: float) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.maximum(values, _FLOOR) ** exponent) @ vectors.T)


class Finisher:
    """Applies the newest wish to the pictures of a run, whatever their size.

    ``wish`` may be set from any thread. The content is read when it is first needed, and once.

    Args:
        recipe: names content and mask.
        wish: whose colours to begin with.
    """

    def __init__(self, recipe: Recipe, wish: Finish) -> None:
        self.wish = wish
        self._recipe = replace(recipe, styles=(), regions=())
        self._lock = threading.Lock()
        self._inputs: Inputs | None = None
        self._sized: tuple[Rgb, NDArray[np.uint8] | None] | None = None

    def __call__(self, painted: Rgb) -> Rgb:
        """Return a picture of the run in the colours wished for at this moment.

        Raises:
            EngineError: of reading the content.
        """
        return self.apply(painted).astype(np.uint8, copy=False)

    def apply(self, painted: Rgb | Rgb16) -> Rgb | Rgb16:
        """Do the same to a picture of 8 or 16 bits."""
        wish = self.wish
        if wish.plain:
            return painted
        content, mask = self._at(painted.shape[0], painted.shape[1])
        return finish(painted, content, wish, mask)

    def _at(self, height: int, width: int) -> tuple[Rgb, NDArray[np.uint8] | None]:
        with self._lock:
            if self._inputs is None:
                self._inputs = read_inputs(self._recipe)
            if self._sized is None or self._sized[0].shape[:2] != (height, width):
                sized = bring_to_size(self._inputs, max(height, width))
                self._sized = (sized.content, sized.mask)
            return self._sized
