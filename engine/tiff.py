"""Writing TIFF with 16 bits a channel, which Pillow cannot (TIFF 6.0 and its supplement 2)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

_STRIP_BYTES = 1 << 20
_EXIF_IFD = 34665
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _DESCRIPTION = 256, 257, 258, 259, 262, 270
_OFFSETS, _SAMPLES, _ROWS, _COUNTS, _PLANAR = 273, 277, 278, 279, 284
_PREDICTOR, _EXTRA, _ICC = 317, 338, 34675
_DEFLATE, _RGB, _TOGETHER, _DIFFERENCES, _UNASSOCIATED = 8, 2, 1, 2, 2
_OWN = frozenset(
    {_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _OFFSETS, _SAMPLES, _ROWS, _COUNTS, _EXIF_IFD}
)


def encode_tiff16(
    pixels: NDArray[np.uint16],
    *,
    alpha: NDArray[np.uint16] | None = None,
    exif: bytes = b"",
    icc: bytes = b"",
    description: str = "",
) -> bytes:
    """Return the file of an H × W × 3 picture, losslessly compressed.

    Args:
        pixels: RGB, 0..65535.
        alpha: H × W, 0..65535, or None.
        exif: EXIF as Pillow gives it; its IFD goes along.
        icc: a colour profile, or nothing.
        description: plain ASCII.

    Raises:
        ValueError: the file would pass 4 GB, which TIFF cannot address.
    """
    whole = pixels if alpha is None else np.dstack([pixels, alpha])
    height, width, samples = whole.shape
    rows = max(1, _STRIP_BYTES // (width * samples * 2))
    strips = [_strip(whole[top : top + rows]) for top in range(0, height, rows)]
    if sum(map(len, strips)) > 0xF0000000:
        raise ValueError("a TIFF holds at most 4 GB")
    directory = ImageFileDirectory_v2()
    for tag, value in _carried(exif).items():
        directory[tag] = value
    directory[_WIDTH], directory[_HEIGHT] = width, height
    directory[_BITS] = (16,) * samples
    directory[_COMPRESSION], directory[_PHOTOMETRIC] = _DEFLATE, _RGB
    directory[_SAMPLES], directory[_ROWS] = samples, rows
    directory[_PLANAR], directory[_PREDICTOR] = _TOGETHER, _DIFFERENCES
    directory[_COUNTS] = tuple(map(len, strips))
    directory[_OFFSETS] = (0, *accumulate(map(len, strips[:-1])))  # counted from the directory's end
    if alpha is not None:
        directory[_EXTRA] = _UNASSOCIATED
    if icc:
        directory.tagtype[_ICC] = 7  # UNDEFINED
        directory[_ICC] = icc
    if description:
        directory[_DESCRIPTION] = description
    file = io.BytesIO()
    directory.save(file)
    for strip in strips:
        file.write(strip)
    return file.getvalue()


def _strip(rows: NDArray[np.uint16]) -> bytes:
    """Store differences to the left neighbour, little-endian: they compress to about half."""
    differences = rows.copy()
    differences[:, 1:] -= rows[:, :-1]
    return zlib.compress(np.ascontiguousarray(differences, "<u2").tobytes(), 4)


def _carried(exif: bytes) -> Mapping[int, object]:
    """Return the tags of an EXIF block that still hold: all but those of the picture's own layout."""
    if not exif:
        return {}
    read = Image.Exif()
    read.load(exif)
    kept: dict[int, object] = {tag: value for tag, value in read.items() if tag not in _OWN}
    inner = dict(read.get_ifd(_EXIF_IFD))
    return kept | ({_EXIF_IFD: inner} if inner else {})
