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
    """The pictures as read, before they are brought to size; ``mask`` is None without one."""

    content: Picture
    styles: tuple[Picture, ...]
    mask: Picture | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Sized:
    """The pictures at the size of the painting.

    ``content`` H × W × 3; ``styles`` each with the same longer side, in its own aspect; ``mask`` H × W,
    0..255, white where the content is protected; ``alpha`` H × W, 0..255, or None.
    """

    content: Rgb
    styles: tuple[Rgb, ...]
    mask: NDArray[np.uint8] | None = None
    alpha: NDArray[np.uint8] | None = None


def read_inputs(recipe: Recipe) -> Inputs:
    """Read the pictures that a recipe names; each file is read once, for pixels and SHA-256.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE or PICTURE_TOO_LARGE.
    """
    content, content_source = _read("content", recipe.content)
    styles = [_read("style", path) for path in recipe.styles]
    mask = _read("mask", recipe.mask) if recipe.mask else None
    return Inputs(
        content,
        tuple(picture for picture, _ in styles),
        mask[0] if mask else None,
        (content_source, *(source for _, source in styles), *((mask[1],) if mask else ())),
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


def bring_to_size(inputs: Inputs, size: int) -> Sized:
    """Scale everything so that the longer sides measure ``size`` pixels.

    Raises:
        EngineError: PICTURE_TOO_SMALL when a side would be shorter than :data:`SHORTEST`.
    """
    content = _scaled(inputs.content, size)
    width, height = content.shape[1], content.shape[0]
    mask = None
    if inputs.mask is not None:
        grey = np.asarray(Image.fromarray(inputs.mask.rgb).convert("L"))
        mask = _resized(grey, (width, height))
    alpha = inputs.content.alpha
    return Sized(
        content,
        tuple(_scaled(style, size) for style in inputs.styles),
        mask,
        None if alpha is None else _resized(alpha, (width, height)),
    )


def _scaled(picture: Picture, size: int) -> Rgb:
    width, height = picture.size
    scale = size / max(width, height)
    target = (max(1, round(width * scale)), max(1, round(height * scale)))
    if min(target) < SHORTEST:
        needed = -(-SHORTEST * max(width, height) // min(width, height))
        cure = f"choose a size of {needed} or more, or crop it" if needed <= 8192 else "crop it"
        raise EngineError(
            ErrorCode.PICTURE_TOO_SMALL,
            f"{picture.name or 'The picture'} is {width} × {height}; at size {size} its short side would be "
            f"{min(target)} pixels, and painting needs {SHORTEST}: {cure}.",
            picture.name,
        )
    return _resized(picture.rgb, target)


def _resized(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.array(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
