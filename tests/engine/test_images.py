"""Whatever a file holds, reading it gives a picture or an EngineError, never anything else."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageCms, PngImagePlugin

from engine.errors import EngineError, ErrorCode
from engine.folders import picture_files
from engine.images import fit_within, read_picture, write_picture

WRITTEN = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "PPM", "AVIF", "JPEG2000")
LOSSLESS = ("PNG", "TIFF", "BMP", "PPM")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def noise(height: int = 24, width: int = 17, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


FILES = {kind: encoded(Image.fromarray(noise()), kind) for kind in WRITTEN}
REFUSALS = {
    ErrorCode.FILE_UNREADABLE,
    ErrorCode.NOT_A_PICTURE,
    ErrorCode.PICTURE_TOO_LARGE,
}


def read_or_refusal(data: bytes) -> None:
    try:
        picture = read_picture(data)
    except EngineError as error:
        refusal = error
    else:
        assert picture.rgb.dtype == np.uint8
        assert picture.rgb.shape[2] == 3
        assert picture.rgb.flags.c_contiguous
        return
    assert refusal.code in REFUSALS
    assert refusal.detail.endswith(".")


@settings(max_examples=120, deadline=None)
@given(kind=st.sampled_from(WRITTEN), keep=st.floats(0, 1, exclude_max=True))
def test_truncated_files_are_read_or_refused(kind: str, keep: float) -> None:
    data = FILES[kind]
    read_or_refusal(data[: int(len(data) * keep)])


@settings(max_examples=250, deadline=None)
@given(
    kind=st.sampled_from(WRITTEN),
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6
    ),
)
def test_damaged_files_are_read_or_refused(kind: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(FILES[kind])
    for place, value in changes:
        data[int(place * len(data))] = value
    read_or_refusal(bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    read_or_refusal(data)


@pytest.mark.parametrize(
    "start", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x00\x00\x00\x00WEBP", b"BM", b"II*\x00"]
)
def test_a_signature_alone_is_refused(start: bytes) -> None:
    with pytest.raises(EngineError) as caught:
        read_picture(start)
    assert caught.value.code in REFUSALS


def test_postscript_is_not_run() -> None:
    """Pillow would hand an EPS file to Ghostscript: a stranger's program."""
    data = encoded(Image.fromarray(noise()), "EPS")
    with pytest.raises(EngineError) as caught:
        read_picture(data)
    assert caught.value.code is ErrorCode.NOT_A_PICTURE


@pytest.mark.parametrize(
    "text", [b"", b"not a picture", "一幅画".encode(), b"%PDF-1.7\n", b"<svg xmlns='a'/>"]
)
def test_what_is_no_picture_is_named(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(text)
    with pytest.raises(EngineError) as caught:
        read_picture(path)
    assert caught.value.code is ErrorCode.NOT_A_PICTURE
    assert "holiday.jpg" in caught.value.detail
    assert caught.value.subject == str(path)


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


def test_a_decompression_bomb_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    body = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    data += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    with pytest.raises(EngineError) as caught:
        read_picture(data)
    assert caught.value.code is ErrorCode.PICTURE_TOO_LARGE


def test_the_limit_is_the_callers() -> None:
    data = FILES["PNG"]
    assert read_picture(data, max_pixels=24 * 17).size == (17, 24)
    with pytest.raises(EngineError) as caught:
        read_picture(data, max_pixels=24 * 17 - 1)
    assert caught.value.code is ErrorCode.PICTURE_TOO_LARGE


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "none.png", ErrorCode.FILE_MISSING),
        (tmp_path, ErrorCode.NOT_A_PICTURE),
        (tmp_path / ("n" * 300), ErrorCode.FILE_UNREADABLE),
    ):
        with pytest.raises(EngineError) as caught:
            read_picture(path)
        assert caught.value.code is code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    with pytest.raises(EngineError) as caught:
        read_picture(pipe)
    assert caught.value.code is ErrorCode.NOT_A_PICTURE


def test_permission_denied_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(FILES["PNG"])

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(EngineError) as caught:
        read_picture(path)
    assert caught.value.code is ErrorCode.FILE_UNREADABLE
    assert "Permission denied" in caught.value.detail


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pixels=arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(3))),
    suffix=st.sampled_from([".png", ".tif", ".tiff", ".PNG"]),
)
def test_what_is_written_is_read_back(tmp_path: Path, pixels: np.ndarray, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write_picture(path, pixels)
    assert np.array_equal(read_picture(path).rgb, pixels)


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_lossy_formats_come_back_close(tmp_path: Path, suffix: str) -> None:
    smooth = np.dstack([np.tile(np.linspace(20, 220, 64), (48, 1))] * 3).astype(np.uint8)
    write_picture(tmp_path / f"out{suffix}", smooth)
    back = read_picture(tmp_path / f"out{suffix}").rgb
    assert np.abs(back.astype(int) - smooth).max() < 12


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=60))
def test_text_chunks_survive(tmp_path: Path, words: str) -> None:
    write_picture(tmp_path / "out.png", noise(), text={"Recipe": words})
    text = read_picture(tmp_path / "out.png").text
    assert text is not None
    assert text["Recipe"] == words


def test_alpha_and_exif_survive_in_png(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "holiday"
    alpha = np.tile(np.arange(17, dtype=np.uint8) * 15, (24, 1))
    write_picture(tmp_path / "out.png", noise(), alpha=alpha, exif=exif.tobytes())
    picture = read_picture(tmp_path / "out.png")
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, alpha)
    assert np.array_equal(picture.rgb, noise())
    assert b"holiday" in picture.exif


def test_jpeg_drops_alpha(tmp_path: Path) -> None:
    write_picture(tmp_path / "out.jpg", noise(), alpha=np.zeros((24, 17), dtype=np.uint8))
    assert read_picture(tmp_path / "out.jpg").alpha is None


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        write_picture(tmp_path / "out.xyz", noise())
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert ".png" in caught.value.detail


def test_a_picture_too_large_for_its_format_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        write_picture(tmp_path / "out.webp", np.zeros((1, 16_384, 3), dtype=np.uint8))
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert list(tmp_path.iterdir()) == []


def test_picture_files_are_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.jpg", "a/c.PNG", ".hidden/d.jpg", "e.txt", "._f.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    assert [path.name for path in picture_files(tmp_path)] == ["c.PNG", "b.jpg"]


def test_a_folder_without_pictures_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        picture_files(tmp_path)
    assert caught.value.code is ErrorCode.NO_PICTURES
    with pytest.raises(EngineError) as caught:
        picture_files(tmp_path / "none")
    assert caught.value.code is ErrorCode.FILE_MISSING
    (tmp_path / "b.jpg").write_bytes(b"")
    with pytest.raises(EngineError, match="is a file") as plain:
        picture_files(tmp_path / "b.jpg")
    assert plain.value.code is ErrorCode.NO_PICTURES


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


def test_a_photo_of_a_telephone_is_refused_with_the_cure() -> None:
    with pytest.raises(EngineError, match="HEIC photo") as refused:
        read_picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400))
    assert refused.value.code is ErrorCode.NOT_A_PICTURE
