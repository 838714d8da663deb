"""Saving a painting with its recipe inside, and reading the recipe back. No torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine import files
from engine.errors import EngineError, ErrorCode
from engine.images import FORMATS, Rgb, Rgb16, read_picture, write_picture
from engine.style.recipe import Recipe
from engine.style.steps import Provenance, Source

TEXT_KEY = "triptych-recipe"
"""The keyword of the PNG text chunk."""


def save_painting(path: Path, rgb: Rgb | Rgb16, provenance: Provenance) -> None:
    """Write the painting at its full size, with the content's alpha, EXIF and profile.

    Each is kept where the format has it; a TIFF keeps the 16 bits of a uint16 picture. A painting that was
    stopped at a smaller scale is enlarged, so that nobody gets less than was asked for. A PNG also carries
    the recipe and the SHA-256 of every input as JSON (:data:`TEXT_KEY`).

    Raises:
        EngineError: BAD_VALUE for an unknown ending; DISK_FULL or NOT_WRITABLE.
    """
    document = json.dumps(describe(provenance), ensure_ascii=False)
    write_picture(
        path,
        at_full_size(rgb, provenance),
        alpha=provenance.alpha,
        exif=provenance.exif,
        icc=provenance.icc,
        text={TEXT_KEY: document},
    )


def at_full_size(rgb: Rgb | Rgb16, provenance: Provenance) -> Rgb | Rgb16:
    """Return the painting enlarged (Lanczos) to the size that was asked for, or as it is when it has it."""
    size = provenance.size
    if size is None or rgb.shape[1] >= size[0]:
        return rgb
    if rgb.dtype == np.uint8:
        return np.array(Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS))
    channels = [  # Pillow has no colour picture of 16 bits
        np.array(Image.fromarray(rgb[..., index].astype(np.float32)).resize(size, Image.Resampling.LANCZOS))
        for index in range(3)
    ]
    return np.dstack(channels).round().clip(0, 65535).astype(np.uint16)


def describe(provenance: Provenance) -> dict[str, Any]:
    """Return the recipe and its inputs as a JSON object."""
    return {
        "recipe": provenance.recipe.to_json(),
        "inputs": [
            {"role": source.role, "file": source.file, "sha256": source.sha256}
            for source in provenance.sources
        ],
        "changes": [{"after": after, "controls": dict(controls)} for after, controls in provenance.changes],
    }


def recipe_in(text: Mapping[str, str] | None) -> Recipe | None:
    """Return the recipe in a picture's text chunks, or None when it is not a painting of ours.

    Raises:
        EngineError: BAD_VALUE when the recipe is damaged or from a newer version.
    """
    if not text or TEXT_KEY not in text:
        return None
    try:
        recipe = json.loads(text[TEXT_KEY])["recipe"]
    except (json.JSONDecodeError, RecursionError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.BAD_VALUE, "The recipe inside this picture is damaged.", "recipe"
        ) from error
    if not isinstance(recipe, dict):
        raise EngineError(ErrorCode.BAD_VALUE, "The recipe inside this picture is damaged.", "recipe")
    return Recipe.from_json(recipe)


def sources_in(text: Mapping[str, str] | None) -> tuple[Source, ...]:
    """Return the inputs of a painting of ours, as its text chunk names them; none where it is damaged."""
    try:
        inputs = json.loads((text or {})[TEXT_KEY])["inputs"]
        return tuple(Source(str(entry["role"]), str(entry["file"]), str(entry["sha256"])) for entry in inputs)
    except (json.JSONDecodeError, RecursionError, KeyError, TypeError):
        return ()


def check_writable(path: Path) -> None:
    """Find out before a long run that its painting can be saved.

    Raises:
        EngineError: BAD_VALUE for an ending that chooses no format or a place that can hold no file;
            NOT_WRITABLE.
    """
    files.check_writable(path)  # first, because a folder's name needs no ending
    if path.suffix.lower() not in FORMATS:
        endings = ", ".join(FORMATS)
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"{path.name} does not end in {endings}: the ending chooses the format.",
            path.name,
        )


def read_painting(path: Path) -> tuple[Rgb, Provenance] | None:
    """Read a saved painting back with all that belongs to it; None when it carries no recipe.

    Raises:
        EngineError: of reading the picture, or BAD_VALUE for a damaged or newer recipe.
    """
    picture = read_picture(path)
    recipe = recipe_in(picture.text)
    if recipe is None:
        return None
    sources = sources_in(picture.text)
    return picture.rgb, Provenance(recipe, sources, alpha=picture.alpha, exif=picture.exif, icc=picture.icc)
