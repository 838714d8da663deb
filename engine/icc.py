"""Colour profiles that are three primaries and three curves (ICC.1:2010, sections 8.3.3, 10.5 and 10.15).

Pillow's colour engine converts 8 bits a channel; prints want 16, so the way from sRGB to such a profile
(Adobe RGB, Display P3, ProPhoto …) is computed here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import ImageCms

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8] | NDArray[np.uint16]

SRGB_TO_XYZ = np.array(
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
"""Linear sRGB to XYZ at D50, the white of profiles (Bradford-adapted from IEC 61966-2-1)."""

_STEPS = 65536
_ROWS = 256
"""Rows converted at a time, so that a poster needs no second copy of itself in floats."""


@dataclass(frozen=True)
class MatrixProfile:
    """``to_xyz`` takes linear R, G, B to XYZ; ``curves`` sample each channel's way from code to linear."""

    to_xyz: Floats
    curves: tuple[Floats, Floats, Floats]

    def from_srgb(self, pixels: Pixels) -> Pixels:
        """Return sRGB pixels (H × W × 3) in this profile, with the same number of bits."""
        white = float(np.iinfo(pixels.dtype).max)
        across = np.linalg.inv(self.to_xyz) @ SRGB_TO_XYZ
        codes = np.linspace(0.0, 1.0, _STEPS)
        linear = srgb_to_linear(np.arange(white + 1) / white)
        found = np.empty_like(pixels)
        for top in range(0, len(pixels), _ROWS):
            rows = linear[pixels[top : top + _ROWS]] @ across.T
            for channel, curve in enumerate(self.curves):
                coded = np.interp(rows[..., channel], curve, codes)
                found[top : top + _ROWS, :, channel] = np.round(coded * white)
        return found


def srgb_to_linear(codes: Floats) -> Floats:
    """Undo sRGB's curve (IEC 61966-2-1); values 0..1."""
    return np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)


def srgb_profile() -> bytes:
    """Return a profile that says sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def matrix_profile(data: bytes) -> MatrixProfile | None:
    """Read a profile of primaries and curves; None for any other kind, and for a damaged one."""
    try:
        tags = _tags(data)
        if data[16:24] != b"RGB XYZ " or b"B2A0" in tags:
            return None
        columns = [_xyz(tags[name]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
        curves = tuple(_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC"))
    except (KeyError, IndexError, ValueError, struct.error):
        return None
    matrix = np.array(columns).T
    rising = all(bool((np.diff(curve) >= 0).all()) and curve[-1] > curve[0] for curve in curves)
    if not rising or abs(np.linalg.det(matrix)) < 1e-6:
        return None
    return MatrixProfile(matrix, (curves[0], curves[1], curves[2]))


def _tags(data: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", data, 128)
    found = {}
    for index in range(min(count, 100)):
        name, offset, size = struct.unpack_from(">4sII", data, 132 + 12 * index)
        found[name] = data[offset : offset + size]
    return found


def _xyz(tag: bytes) -> tuple[float, float, float]:
    x, y, z = struct.unpack_from(">3i", tag, 8)
    return x / 65536, y / 65536, z / 65536


def _curve(tag: bytes) -> Floats:
    """Sample a curve at :data:`_STEPS` codes from 0 to 1."""
    codes = np.linspace(0.0, 1.0, _STEPS)
    if tag[:4] == b"para":
        return _parametric(tag, codes)
    if tag[:4] != b"curv":
        raise ValueError(tag[:4])
    (count,) = struct.unpack_from(">I", tag, 8)
    if count == 0:
        return codes
    entries = np.frombuffer(tag, ">u2", count, 12).astype(np.float64)
    if count == 1:
        return np.asarray(codes ** (entries[0] / 256.0), np.float64)
    return np.interp(codes, np.linspace(0.0, 1.0, count), entries / 65535.0)


def _parametric(tag: bytes, codes: Floats) -> Floats:
    """Y = (aX + b)^g + e above d, cX + f below (section 10.15, function types 0 to 4)."""
    (kind,) = struct.unpack_from(">H", tag, 8)
    count = (1, 3, 4, 5, 7)[kind]
    g, *rest = (value / 65536 for value in struct.unpack_from(f">{count}i", tag, 12))
    a, b, c, d, e, f = 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if kind in (1, 2):
        a, b = rest[:2]
        d = -b / a
        e = f = rest[2] if kind == 2 else 0.0
    elif kind in (3, 4):
        a, b, c, d = rest[:4]
        e, f = rest[4:] if kind == 4 else (0.0, 0.0)
    above = np.maximum(a * codes + b, 0.0) ** g + e
    return np.where(codes >= d, above, c * codes + f)
