"""Decoding and encoding pictures: EXIF rotation, ICC profiles, alpha, 16 bits, CMYK, animation. No torch.

In memory a picture is uint8, height × width × 3, RGB, sRGB.
"""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageCms, ImageOps, PngImagePlugin, UnidentifiedImageError

from engine.errors import EngineError, ErrorCode
from engine.files import writing
from engine.icc import matrix_profile, srgb_profile
from engine.tiff import encode_tiff16

Rgb: TypeAlias = NDArray[np.uint8]
"""H × W × 3, RGB, 0..255, contiguous."""

Rgb16: TypeAlias = NDArray[np.uint16]
"""H × W × 3, RGB, 0..65535: what a print wants of a painting."""

MAX_PIXELS = 178_000_000
"""A decompression bomb is refused before it is unpacked: 178 megapixels (Pillow's own limit) are 534 MB."""

MAX_BYTES = 1 << 30
"""A file is read whole; a larger one is no photo."""

SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".ppm", ".pgm", ".avif", ".jp2"}
)

READABLE = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "PPM", "AVIF", "JPEG2000")
"""Pillow knows more formats, one of which (EPS) would run Ghostscript on a stranger's file."""

_HEIF = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
"""Brands of the photos that telephones take; Pillow reads their relative AVIF only."""

FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".webp": "WEBP",
}
"""What can be written, by the file's ending."""

_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError),
    *(RuntimeError, ZeroDivisionError, AttributeError, struct.error, zlib.error),
)
"""What Pillow's decoders raise on damaged files, seen by fuzzing and in its own issues."""


@dataclass(frozen=True)
class Picture:
    """A decoded picture and what should survive when it is saved again.

    ``rgb`` is upright (EXIF rotation applied) and sRGB (ICC profile applied); ``alpha`` is H × W, 0..255,
    or None when opaque; ``exif`` has its orientation reset; ``icc`` is the profile that was applied;
    ``frames`` counts those of an animation, of which this is the first.
    """

    rgb: Rgb
    name: str = ""
    alpha: NDArray[np.uint8] | None = None
    exif: bytes = b""
    icc: bytes = b""
    text: Mapping[str, str] | None = None
    frames: int = 1

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rgb.shape[1], self.rgb.shape[0]


def read_picture(source: Path | bytes, *, max_pixels: int = MAX_PIXELS, name: str = "") -> Picture:
    """Decode a picture file, or the bytes of one; of an animation, the first frame.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE or PICTURE_TOO_LARGE.
    """
    name = name or (str(source) if isinstance(source, Path) else "The picture")
    data = source if isinstance(source, bytes) else read_bytes(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=READABLE) as image:
                if image.width * image.height > max_pixels:
                    raise _too_large(name, max_pixels)
                return _decode(image, name)
    except UnidentifiedImageError as error:
        detail = f"{name} is not a picture that can be read."
        if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
            detail = f"{name} is a HEIC photo, which cannot be read. Save it as JPEG first."
        raise EngineError(ErrorCode.NOT_A_PICTURE, detail, name) from error
    except Image.DecompressionBombError as error:
        raise _too_large(name, max_pixels) from error
    except MemoryError as error:
        raise EngineError(
            ErrorCode.PICTURE_TOO_LARGE, f"{name} does not fit into memory. Make it smaller first.", name
        ) from error
    except _BROKEN as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE,
            f"{name} is damaged and cannot be read to the end ({error}). Use another copy of it.",
            name,
        ) from error


def size_of(path: Path) -> tuple[int, int] | None:
    """Return width and height as the head of a file says, EXIF rotation aside; None: no picture."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=READABLE) as image:
            return image.size
    except (Image.DecompressionBombError, MemoryError, *_BROKEN):
        return None


def read_reduced(data: bytes, shortest: int) -> tuple[Rgb, tuple[int, int]] | None:
    """Decode a large JPEG at a fraction of its size, some five times faster than whole.

    Args:
        shortest: its shorter side keeps at least so many pixels.

    Returns:
        The picture, upright, and (width, height) of the whole one; None for what is no JPEG, is small, has
        a colour profile, or is damaged: then :func:`read_picture` has the word.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            whole = image.size
            if min(whole) < REDUCED * shortest or image.mode != "RGB" or image.info.get("icc_profile"):
                return None
            scale = shortest / min(whole)
            image.draft("RGB", (round(whole[0] * scale), round(whole[1] * scale)))
            upright = ImageOps.exif_transpose(image)
            turned = (upright.width > upright.height) != (whole[0] > whole[1])
            return np.array(upright, dtype=np.uint8), (whole[1], whole[0]) if turned else whole
    except (Image.DecompressionBombError, MemoryError, *_BROKEN):
        return None


REDUCED = 4
"""A JPEG can be decoded at 1/2, 1/4 and 1/8 of its size; for less than a quarter it is hardly worth it."""


def _too_large(name: str, max_pixels: int) -> EngineError:
    return EngineError(
        ErrorCode.PICTURE_TOO_LARGE,
        f"{name} has too many pixels; at most {max_pixels / 1e6:.4g} megapixels can be read. "
        "Make it smaller first.",
        name,
    )


def read_bytes(path: Path) -> bytes:
    """Read a regular file whole.

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, NOT_A_PICTURE for a folder or device, PICTURE_TOO_LARGE.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device could wait for ever
            kind = "folder" if stat.S_ISDIR(status.st_mode) else "pipe or device"
            raise EngineError(ErrorCode.NOT_A_PICTURE, f"{path} is a {kind}, not a picture.", str(path))
        if status.st_size > MAX_BYTES:
            raise EngineError(
                ErrorCode.PICTURE_TOO_LARGE,
                f"{path} is larger than {MAX_BYTES >> 20} MB. Make it smaller first.",
                str(path),
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {path}.", str(path)) from error
    except OSError as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE, f"{path} cannot be read ({error.strerror}).", str(path)
        ) from error


def _decode(image: Image.Image, name: str) -> Picture:
    text = {
        key: value for key, value in image.info.items() if isinstance(key, str) and isinstance(value, str)
    }
    icc = image.info.get("icc_profile") or b""
    frames = int(getattr(image, "n_frames", 1))
    image.seek(0)
    image.load()
    upright, exif = _upright(image)
    if upright.mode in _DEEP:
        return Picture(_eight_bits(upright), name, None, exif, icc, text, frames)
    alpha = None
    if "A" in upright.getbands() or "a" in upright.getbands() or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        alpha = np.array(upright.getchannel("A"))
        if bool((alpha == 255).all()):
            alpha = None
    return Picture(_srgb(upright, icc), name, alpha, exif, icc, text, frames)


def _upright(image: Image.Image) -> tuple[Image.Image, bytes]:
    """Apply the EXIF rotation; return the picture and its EXIF without it. Broken EXIF is left out."""
    try:
        upright = ImageOps.exif_transpose(image)
        kept = upright.getexif()
        kept.pop(ExifTags.Base.Orientation, None)
        return upright, kept.tobytes() if kept else b""
    except _BROKEN:
        return image, b""


def _srgb(image: Image.Image, icc: bytes) -> Rgb:
    if image.mode in ("P", "PA", "RGBA"):
        image = image.convert("RGB")
    if image.mode == "LAB" or (icc and image.mode in ("RGB", "CMYK", "L")):
        try:
            lab = image.mode == "LAB"
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB") if lab else io.BytesIO(icc))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, *_BROKEN):
            converted = None  # a broken or mismatched profile: the plain numbers are the best guess
        if converted is not None:
            return np.array(converted, dtype=np.uint8)
    return np.array(image.convert("RGB"), dtype=np.uint8)


_DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
"""Pillow's modes of grey pictures with more than 8 bits."""


def _eight_bits(image: Image.Image) -> Rgb:
    """Bring a grey picture of more than 8 bits to 0..255.

    16-bit pictures span 0..65535. Of 32-bit integers and floats nobody says what white is: the smallest
    of 1 (floats only), 255, 65535 and their own maximum that holds all values.
    """
    grey = np.nan_to_num(np.asarray(image, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    top = float(grey.max(initial=0.0))
    if image.mode.startswith("I;16"):
        white = 65535.0
    else:
        usual = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
        white = next((white for white in usual if top <= white), top)
    scaled = np.clip(grey / white * 255.0 + 0.5, 0, 255).astype(np.uint8)
    return np.repeat(scaled[:, :, None], 3, axis=2)


def write_picture(
    path: Path,
    rgb: Rgb | Rgb16,
    *,
    alpha: NDArray[np.uint8] | None = None,
    exif: bytes = b"",
    icc: bytes = b"",
    text: Mapping[str, str] | None = None,
    quality: int = 95,
) -> None:
    """Save an sRGB picture in the format of the file's suffix, whole or not at all.

    ``rgb`` of uint16 keeps its 16 bits in a TIFF and is rounded to 8 elsewhere. The colours are brought to
    the profile ``icc`` where that is one of primaries and curves, else stay sRGB; the file carries the
    profile that was used. ``text`` is stored in PNG text chunks. JPEG drops alpha.

    Raises:
        EngineError: BAD_VALUE for an unknown suffix or a size that the format cannot hold (WebP: 16383
            pixels a side); DISK_FULL or NOT_WRITABLE.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"{path.name} does not end in {', '.join(FORMATS)}: the ending chooses the format.",
            path.name,
        )
    if rgb.dtype == np.uint16 and kind != "TIFF":
        rgb = ((rgb.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    profile = matrix_profile(icc) if icc else None
    if profile is not None:
        rgb = profile.from_srgb(rgb)
    elif icc:
        icc = srgb_profile()
    try:
        if rgb.dtype == np.uint16:
            deep_alpha = None if alpha is None else alpha.astype(np.uint16) * 257
            encoded = encode_tiff16(rgb.astype(np.uint16), alpha=deep_alpha, exif=exif, icc=icc)
        else:
            encoded = _encode(kind, rgb.astype(np.uint8), alpha, exif, icc, text or {}, quality)
    except (OSError, ValueError, struct.error) as error:
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"A picture of {rgb.shape[1]} × {rgb.shape[0]} pixels cannot be saved as {kind} ({error}). "
            "Choose a name that ends in .png.",
            path.name,
        ) from error
    with writing(path) as file:
        file.write(encoded)


def _encode(
    kind: str,
    rgb: Rgb,
    alpha: NDArray[np.uint8] | None,
    exif: bytes,
    icc: bytes,
    text: Mapping[str, str],
    quality: int,
) -> bytes:
    image = Image.fromarray(np.ascontiguousarray(rgb))
    if alpha is not None and kind != "JPEG":
        image.putalpha(Image.fromarray(alpha))
    options: dict[str, object] = {"exif": exif} if exif else {}
    if icc:
        options["icc_profile"] = icc
    if kind == "PNG":
        chunks = PngImagePlugin.PngInfo()
        for key, value in text.items():
            chunks.add_itxt(key, value)
        options |= {"pnginfo": chunks, "compress_level": 4}
    elif kind == "JPEG":
        options |= {"quality": quality, "subsampling": 0}
    encoded = io.BytesIO()
    image.save(encoded, kind, **options)
    return encoded.getvalue()


def fit_within(rgb: Rgb, longest: int) -> Rgb:
    """Shrink a picture so that its longer side is at most ``longest`` pixels (Lanczos); never enlarge."""
    height, width = rgb.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return rgb
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.array(Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS))
