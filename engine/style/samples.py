"""The photos and paintings on board to try the panel with. No torch."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.paths import SAMPLES


def sample_pairs(folder: Path = SAMPLES) -> tuple[tuple[Path, Path], ...]:
    """Return (content, style) pairs: every content once, the styles in turn; never empty.

    Raises:
        EngineError: FILE_MISSING when the pictures on board are not there.
    """
    listing = folder / "samples.toml"
    try:
        samples = tomllib.loads(listing.read_text(encoding="utf-8"))["sample"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise _missing(listing) from error
    contents, styles = (
        [folder / sample["file"] for sample in samples if role in sample["roles"]]
        for role in ("content", "style")
    )
    if not contents or not styles:
        raise _missing(listing)
    return tuple(zip(contents, itertools.cycle(styles), strict=False))


def _missing(listing: Path) -> EngineError:
    return EngineError(
        ErrorCode.FILE_MISSING,
        f"The pictures on board cannot be found ({listing}). Install the program again.",
        str(listing),
    )
