"""Decoding and encoding pictures: EXIF rotation, ICC profiles, alpha, 16 bits, CMYK, animation. No torch.

In memory a picture is uint8, height × width × 3, RGB, sRGB.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, PngImagePlugin, UnidentifiedImageError

from engine.errors import EngineError, ErrorCode
from engine.files import writing

Rgb: TypeAlias = NDArray[np.uint8]
"""H × W × 3, RGB, 0..255, contiguous."""

MAX_PIXELS = 256_000_000
"""A decompression bomb is refused before it is unpacked: 256 megapixels are 768 MB."""

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".ppm", ".pgm"})

FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".webp": "WEBP",
}
"""What can be written, by the file's ending."""

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)
"""What Pillow's decoders raise on damaged files, seen by fuzzing and in its own issues."""


@dataclass(frozen=True)
class Picture:
    """A decoded picture and what should survive when it is saved again.

    ``rgb`` is upright (EXIF rotation applied) and sRGB (ICC profile applied); ``alpha`` is H × W, 0..255,
    or None when opaque; ``exif`` has its orientation reset; ``icc`` is the profile that was applied.
    """

    rgb: Rgb
    name: str = ""
    alpha: NDArray[np.uint8] | None = None
    exif: bytes = b""
    icc: bytes = b""
    text: Mapping[str, str] | None = None

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
    data = source if isinstance(source, bytes) else _read_bytes(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > max_pixels:
                    raise EngineError(
                        ErrorCode.PICTURE_TOO_LARGE,
                        f"{name} has {image.width} × {image.height} pixels; at most "
                        f"{max_pixels / 1e6:.0f} megapixels can be read. Make it smaller first.",
                        name,
                    )
                return _decode(image, name)
    except UnidentifiedImageError as error:
        raise EngineError(
            ErrorCode.NOT_A_PICTURE, f"{name} is not a picture that can be read.", name
        ) from error
    except Image.DecompressionBombError as error:
        raise EngineError(ErrorCode.PICTURE_TOO_LARGE, f"{name} is too large to read.", name) from error
    except _BROKEN as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE,
            f"{name} is damaged and cannot be read to the end ({error}). Use another copy of it.",
            name,
        ) from error


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {path}.", str(path)) from error
    except IsADirectoryError as error:
        raise EngineError(
            ErrorCode.NOT_A_PICTURE, f"{path} is a folder, not a picture.", str(path)
        ) from error
    except OSError as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE, f"{path} cannot be read ({error.strerror}).", str(path)
        ) from error


def _decode(image: Image.Image, name: str) -> Picture:
    text = {
        key: value for key, value in image.info.items() if isinstance(key, str) and isinstance(value, str)
    }
    icc = image.info.get("icc_profile") or b""
    image.seek(0)
    image.load()
    upright = ImageOps.exif_transpose(image)
    exif = upright.getexif().tobytes() if upright.getexif() else b""
    alpha = None
    if upright.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        alpha = np.ascontiguousarray(np.asarray(upright.getchannel("A")))
        if bool((alpha == 255).all()):
            alpha = None
    return Picture(_srgb(upright, icc), name, alpha, exif, icc, text)


def _srgb(image: Image.Image, icc: bytes) -> Rgb:
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        return _sixteen_bits(image)
    if icc and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        flat = image.convert("RGB") if image.mode == "RGBA" else image
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            converted = ImageCms.profileToProfile(
                flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a broken or mismatched profile: the plain numbers are the best guess
        if converted is not None:
            return np.array(converted, dtype=np.uint8)
    return np.array(image.convert("RGB"), dtype=np.uint8)


def _sixteen_bits(image: Image.Image) -> Rgb:
    """Bring grey pictures of more than 8 bits to 0..255; floats in 0..1 are scaled by their own maximum."""
    grey = np.asarray(image, dtype=np.float64)
    grey = np.nan_to_num(grey, nan=0.0, posinf=0.0, neginf=0.0)
    top = float(grey.max(initial=0.0))
    full = 65535.0 if image.mode != "F" and top > 255 else (255.0 if top > 1 else 1.0)
    scaled = np.clip(grey / max(full, top) * 255.0 + 0.5, 0, 255).astype(np.uint8)
    return np.repeat(scaled[:, :, None], 3, axis=2)


def write_picture(
    path: Path,
    rgb: Rgb,
    *,
    alpha: NDArray[np.uint8] | None = None,
    exif: bytes = b"",
    text: Mapping[str, str] | None = None,
    quality: int = 95,
) -> None:
    """Save a picture in the format of the file's suffix, whole or not at all.

    ``text`` is stored in PNG text chunks. Colours are saved as sRGB. JPEG drops alpha.

    Raises:
        EngineError: BAD_VALUE for an unknown suffix; DISK_FULL or NOT_WRITABLE.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise EngineError(
            ErrorCode.BAD_VALUE,
            f"{path.name} does not end in {', '.join(FORMATS)}: the ending chooses the format.",
            path.name,
        )
    image = Image.fromarray(np.ascontiguousarray(rgb))
    if alpha is not None and kind != "JPEG":
        image.putalpha(Image.fromarray(alpha))
    options: dict[str, object] = {"exif": exif} if exif else {}
    if kind == "PNG":
        chunks = PngImagePlugin.PngInfo()
        for key, value in (text or {}).items():
            chunks.add_itxt(key, value)
        options |= {"pnginfo": chunks, "compress_level": 4}
    elif kind == "JPEG":
        options |= {"quality": quality, "subsampling": 0}
    with writing(path) as file:
        image.save(file, kind, **options)


def picture_files(folder: Path) -> tuple[Path, ...]:
    """List the picture files below a folder (by their ending), sorted by path; hidden ones are left out.

    Raises:
        EngineError: FILE_MISSING for a folder that is not there, NO_PICTURES for one without any.
    """
    if not folder.is_dir():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no folder {folder}.", str(folder))
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise EngineError(
            ErrorCode.NO_PICTURES,
            f"There are no pictures in {folder}. Choose a folder with JPEG, PNG, WebP, TIFF or BMP files.",
            str(folder),
        )
    return tuple(found)


def fit_within(rgb: Rgb, longest: int) -> Rgb:
    """Shrink a picture so that its longer side is at most ``longest`` pixels (Lanczos); never enlarge."""
    height, width = rgb.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return rgb
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.array(Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS))
