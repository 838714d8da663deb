"""What is in a picture of any format comes out as upright sRGB, with alpha and text apart."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageCms, PngImagePlugin

from engine.images import fit_within, read_picture
from tests.engine.pictures import LOSSLESS, WRITTEN, encoded, noise


@pytest.mark.parametrize("kind", LOSSLESS)
@settings(max_examples=25, deadline=None)
@given(pixels=arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))))
def test_lossless_formats_decode_exactly(kind: str, pixels: np.ndarray) -> None:
    picture = read_picture(encoded(Image.fromarray(pixels), kind))
    assert np.array_equal(picture.rgb, pixels)
    assert picture.alpha is None


@pytest.mark.parametrize("kind", WRITTEN)
def test_one_pixel(kind: str) -> None:
    picture = read_picture(encoded(Image.new("RGB", (1, 1), (250, 4, 4)), kind))
    assert picture.size == (1, 1)
    assert np.abs(picture.rgb[0, 0].astype(int) - (250, 4, 4)).max() <= 8


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_spans_the_whole_range(kind: str) -> None:
    ramp = np.array([[0, 128, 257 * 100, 65535]], dtype=np.uint16)
    rgb = read_picture(encoded(Image.fromarray(ramp), kind)).rgb
    assert rgb[0, :, 0].tolist() == [0, 0, 100, 255]
    assert np.array_equal(rgb[..., 0], rgb[..., 2])


def test_a_dark_sixteen_bit_picture_stays_dark() -> None:
    dark = np.full((4, 4), 200, dtype=np.uint16)
    assert read_picture(encoded(Image.fromarray(dark), "PNG")).rgb.max() == 1


def test_sixteen_bit_grey_with_a_transparent_colour() -> None:
    grey = Image.fromarray(np.array([[0, 65535]], dtype=np.uint16))
    data = encoded(grey, "PNG")
    chunk = b"tRNS" + struct.pack(">H", 0)
    chunk = struct.pack(">I", 2) + chunk + struct.pack(">I", zlib.crc32(chunk))
    place = data.index(b"IDAT") - 4
    assert read_picture(data[:place] + chunk + data[place:]).rgb[0, :, 0].tolist() == [0, 255]


def test_sixteen_bit_colour() -> None:
    rows = b"\x00" + struct.pack(">6H", 65535, 0, 0x8080, 0, 65535, 0)
    head = struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        data += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    assert read_picture(data).rgb.tolist() == [[[255, 0, 128], [0, 255, 0]]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([0.0, 51.0, 255.0], [0, 51, 255]),
        ([float("nan"), -3.0, 1.0], [0, 0, 255]),
    ],
)
def test_float_pictures(values: list[float], expected: list[int]) -> None:
    image = Image.fromarray(np.array([values], dtype=np.float32))
    assert read_picture(encoded(image, "TIFF")).rgb[0, :, 0].tolist() == expected


def test_cmyk_jpeg() -> None:
    red = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    middle = read_picture(encoded(red, "JPEG", quality=95)).rgb[8, 8].astype(int)
    assert middle[0] > 200
    assert middle[1] < 60
    assert middle[2] < 60


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ((200, 0, 0), (0, 200, 0), (0, 0, 200))]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    assert read_picture(data).rgb[4, 4].tolist() == [200, 0, 0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_exif_orientations_come_out_upright(kind: str, orientation: int) -> None:
    """EXIF 2.32, tag 0x0112: where row 0 and column 0 of the stored picture lie in the upright one."""
    upright = np.zeros((24, 16, 3), dtype=np.uint8)
    upright[:8, :8] = (255, 0, 0)
    upright[16:, 8:] = (0, 0, 255)
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "a red and a blue square"
    options = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    image = Image.fromarray(np.ascontiguousarray(stored))
    picture = read_picture(encoded(image, kind, exif=exif, **options))
    assert picture.size == (16, 24)
    assert np.abs(picture.rgb.astype(int) - upright).max() < 60
    if kind == "TIFF":  # its EXIF is the file's own structure, which belongs to no other file
        return
    kept = Image.Exif()
    kept.load(picture.exif)
    assert kept[0x010E] == "a red and a blue square"
    assert 0x0112 not in kept


def test_broken_exif_does_not_cost_the_picture() -> None:
    data = encoded(Image.fromarray(noise()), "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")
    assert read_picture(data).size == (17, 24)


def wide_gamut() -> bytes:
    """Return a matrix/TRC profile like sRGB's, but with the red and green columns exchanged.

    A profile that visibly moves colours makes a sharp test; profiles of real wide gamuts move them less.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {}
    for place in range(struct.unpack(">I", profile[128:132])[0]):
        at = 132 + 12 * place
        tags[bytes(profile[at : at + 4])] = at + 4
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red : red + 8], profile[green : green + 8] = profile[green : green + 8], profile[red : red + 8]
    return bytes(profile)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_the_icc_profile_is_applied(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    red = Image.new("RGB", (16, 16), (255, 0, 0))
    plain = read_picture(encoded(red, kind, **options)).rgb[8, 8]
    picture = read_picture(encoded(red, kind, icc_profile=wide_gamut(), **options))
    assert plain[0] > 200 > 60 > plain[1]
    assert picture.rgb[8, 8, 1] > 200 > 60 > picture.rgb[8, 8, 0]
    assert picture.icc == wide_gamut()


def test_the_profile_of_a_palette_picture_is_applied() -> None:
    image = Image.new("RGB", (8, 8), (255, 0, 0)).convert("P", palette=Image.Palette.ADAPTIVE)
    picture = read_picture(encoded(image, "PNG", icc_profile=wide_gamut()))
    assert picture.rgb[4, 4, 1] > 200 > 60 > picture.rgb[4, 4, 0]


@pytest.mark.parametrize(
    "icc", [b"no profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()]
)
def test_a_profile_that_does_not_fit_is_ignored(icc: bytes) -> None:
    pixels = noise()
    assert np.array_equal(read_picture(encoded(Image.fromarray(pixels), "PNG", icc_profile=icc)).rgb, pixels)


def test_lab_tiff() -> None:
    white = Image.new("LAB", (8, 8), (255, 128, 128))
    assert read_picture(encoded(white, "TIFF")).rgb.min() > 245


def test_palette_with_transparency() -> None:
    image = Image.new("P", (4, 2))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((0, 0), 1)
    picture = read_picture(encoded(image, "PNG", transparency=1))
    assert picture.alpha is not None
    assert picture.alpha[0].tolist() == [0, 255, 255, 255]
    assert picture.rgb[0, 1].tolist() == [255, 0, 0]


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_is_kept_apart(mode: str) -> None:
    image = Image.fromarray(noise()).convert(mode)
    ramp = np.tile(np.arange(17, dtype=np.uint8) * 15, (24, 1))
    image.putalpha(Image.fromarray(ramp))
    picture = read_picture(encoded(image, "PNG"))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ramp)


def test_opaque_alpha_is_none() -> None:
    assert read_picture(encoded(Image.fromarray(noise()).convert("RGBA"), "PNG")).alpha is None


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr", "I", "F"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    image = Image.fromarray(noise()).convert(mode)
    assert read_picture(encoded(image, "TIFF")).rgb.shape == (24, 17, 3)


@given(height=st.integers(1, 60), width=st.integers(1, 60), longest=st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_fit_within_keeps_the_shape_and_never_enlarges(height: int, width: int, longest: int) -> None:
    small = fit_within(np.zeros((height, width, 3), dtype=np.uint8), longest)
    assert max(small.shape[:2]) == min(longest, max(height, width))
    assert small.shape[0] <= height
    assert small.shape[1] <= width
    exact = height * max(small.shape[:2]) / max(height, width)
    assert abs(small.shape[0] - max(1.0, exact)) <= 0.5


def test_text_of_a_file_is_read(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "plain")
    assert read_picture(encoded(Image.fromarray(noise()), "PNG", pnginfo=info)).text == {"Title": "plain"}
