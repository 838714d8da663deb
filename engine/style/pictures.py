"""The pictures of a painting, read and brought to size. No torch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.images import Picture, Rgb, read_picture
from engine.style.recipe import Recipe
from engine.style.steps import Source

SHORTEST = 32
"""The least short side, in pixels: four poolings leave 2 positions of it at relu5_1."""


@dataclass(frozen=True)
class Inputs:
    """The pictures as read, before they are brought to size; ``mask`` is None without one, ``regions``
    has one for each style (None: everywhere) or none at all."""

    content: Picture
    styles: tuple[Picture, ...]
    mask: Picture | None = None
    regions: tuple[Picture | None, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Sized:
    """The pictures at one size of the painting.

    ``content`` H × W × 3; ``styles`` each in its own aspect, with a longer side of the painting's times
    the brush size; ``mask`` H × W, 0..255, white where the content is protected; ``regions`` one for each
    style, H × W, 0..255, white where it paints, None for everywhere, or none at all.
    """

    content: Rgb
    styles: tuple[Rgb, ...]
    mask: NDArray[np.uint8] | None = None
    regions: tuple[NDArray[np.uint8] | None, ...] = ()


def read_inputs(recipe: Recipe) -> Inputs:
    """Read the pictures that a recipe names; each file is read once, for pixels and SHA-256.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE or PICTURE_TOO_LARGE.
    """
    content, content_source = _read("content", recipe.content)
    styles = [_read("style", path) for path in recipe.styles]
    masks = [_read("mask", recipe.mask)] if recipe.mask else []
    regions = [_read("region", path) if path else None for path in recipe.regions]
    read = [*styles, *masks, *(each for each in regions if each is not None)]
    return Inputs(
        content,
        tuple(picture for picture, _ in styles),
        masks[0][0] if masks else None,
        tuple(None if each is None else each[0] for each in regions),
        (content_source, *(source for _, source in read)),
    )


def _read(role: str, path: str) -> tuple[Picture, Source]:
    if not path:
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no {role} picture. Choose one.", role)
    try:
        data = Path(path).read_bytes()
    except OSError:
        data = b""  # read_picture finds the right words for it
    picture = read_picture(data, name=path) if data else read_picture(Path(path))
    return picture, Source(role, path, hashlib.sha256(data).hexdigest())


def bring_to_size(inputs: Inputs, size: int, brush: float = 1.0) -> Sized:
    """Scale everything so that the longer sides measure ``size`` pixels, those of the styles ``brush`` times
    as much (but no style's shorter side less than :data:`SHORTEST`).

    Raises:
        EngineError: PICTURE_TOO_SMALL when a side would be shorter than :data:`SHORTEST`.
    """
    content = _scaled(inputs.content, size)
    shape = (content.shape[1], content.shape[0])
    mask = None if inputs.mask is None else _grey(inputs.mask, shape)
    regions = tuple(None if each is None else _grey(each, shape) for each in inputs.regions)
    return Sized(content, styles_at(inputs, size, brush), mask, regions)


def _grey(mask: Picture, size: tuple[int, int]) -> NDArray[np.uint8]:
    return resized(np.asarray(Image.fromarray(mask.rgb).convert("L")), size)


def styles_at(inputs: Inputs, size: int, brush: float) -> tuple[Rgb, ...]:
    """Return the styles alone, as :func:`bring_to_size` does."""
    return tuple(_scaled(style, size, brush) for style in inputs.styles)


def elongation(inputs: Inputs) -> float:
    """Return longer ÷ shorter side of the most elongated content or style."""
    return max(max(picture.size) / min(picture.size) for picture in (inputs.content, *inputs.styles))


def alpha_at(content: Picture, size: tuple[int, int]) -> NDArray[np.uint8] | None:
    """Return the content's transparency at the painting's width and height, or None when it is opaque."""
    return None if content.alpha is None else resized(content.alpha, size)


def _scaled(picture: Picture, size: int, brush: float = 1.0) -> Rgb:
    width, height = picture.size
    target = size_at(picture, size)
    if min(target) < SHORTEST:
        needed = -(-SHORTEST * max(width, height) // min(width, height))
        cure = f"choose a size of {needed} or more, or crop it" if needed <= 8192 else "crop it"
        raise EngineError(
            ErrorCode.PICTURE_TOO_SMALL,
            f"{picture.name or 'The picture'} is {width} × {height}; at size {size} its short side would be "
            f"{min(target)} pixels, and painting needs {SHORTEST}: {cure}.",
            picture.name,
        )
    if brush != 1.0:
        brush = max(brush, SHORTEST / min(target))
        target = (round(target[0] * brush), round(target[1] * brush))
    return resized(picture.rgb, target)


def size_at(picture: Picture, size: int) -> tuple[int, int]:
    """Return width and height of a picture whose longer side is brought to ``size``."""
    width, height = picture.size
    scale = size / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def resized(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return uint8 pixels (H × W or H × W × 3) at another width and height (Lanczos)."""
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.array(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
