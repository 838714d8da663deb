"""What is printed keeps its bits, its alpha, its EXIF and its profile."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from engine.errors import EngineError, ErrorCode
from engine.icc import matrix_profile, srgb_profile
from engine.images import read_picture, write_picture

RNG = np.random.default_rng(3)
DEEP = RNG.integers(0, 65536, (40, 61, 3), dtype=np.uint16)
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""Adobe RGB (1998)'s primaries at D50, as its specification gives them."""


def profile(gamma: float = 2.19921875) -> bytes:
    """Build a version 2 display profile by hand (ICC.1:2001)."""
    curve = struct.pack(">4sIIH", b"curv", 0, 1, round(gamma * 256)) + b"\0\0"
    body = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    for name, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt"), (*ADOBE, (0.9642, 1.0, 0.8249)), strict=True):
        body[name] = struct.pack(">4sI3i", b"XYZ ", 0, *(round(value * 65536) for value in xyz))
    body[b"desc"] = struct.pack(">4sII", b"desc", 0, 5) + b"test\0" + b"\0" * 78
    body[b"cprt"] = struct.pack(">4sI", b"text", 0) + b"none\0\0\0\0"
    offset = 128 + 4 + 12 * len(body)
    table, data = struct.pack(">I", len(body)), b""
    for name, tag in body.items():
        tag += b"\0" * (-len(tag) % 4)
        table += struct.pack(">4sII", name, offset + len(data), len(tag))
        data += tag
    white = struct.pack(">3i", 63190, 65536, 54061)
    head = struct.pack(">I4sI4s4s4s", offset + len(data), b"test", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head = head.ljust(36, b"\0") + b"acsp".ljust(32, b"\0") + white
    return head.ljust(128, b"\0") + table + data


def exif() -> bytes:
    made = Image.Exif()
    made[0x010F] = "A camera"
    made.get_ifd(0x8769)[0x829A] = 0.01
    return made.tobytes()


def test_a_tiff_keeps_sixteen_bits_alpha_exif_and_profile(tmp_path: Path) -> None:
    alpha = RNG.integers(0, 256, (40, 61), dtype=np.uint8)
    write_picture(tmp_path / "out.tif", DEEP, alpha=alpha, exif=exif(), icc=srgb_profile())
    read = cv2.imread(str(tmp_path / "out.tif"), cv2.IMREAD_UNCHANGED)
    assert read is not None
    assert read.dtype == np.uint16
    assert np.abs(read[:, :, 2::-1].astype(int) - DEEP).max() < 200  # through the profile's own curve
    assert (read[:, :, 3] == alpha.astype(np.uint16) * 257).all()
    seen = Image.open(tmp_path / "out.tif")
    assert seen.getexif()[0x010F] == "A camera"
    assert seen.getexif().get_ifd(0x8769)[0x829A] == pytest.approx(0.01)
    assert seen.info["icc_profile"] == srgb_profile()


def test_without_a_profile_sixteen_bits_are_written_to_the_bit(tmp_path: Path) -> None:
    write_picture(tmp_path / "out.tiff", DEEP)
    read = cv2.imread(str(tmp_path / "out.tiff"), cv2.IMREAD_UNCHANGED)
    assert read is not None
    assert (read[:, :, ::-1] == DEEP).all()
    write_picture(tmp_path / "out.png", DEEP)
    eight = read_picture(tmp_path / "out.png").rgb
    assert np.abs(eight.astype(float) - DEEP / 257).max() <= 0.51


def test_a_profile_means_the_same_to_another_colour_engine() -> None:
    """LittleCMS, which shares nothing with engine.icc, finds the same Adobe RGB numbers."""
    made = matrix_profile(profile())
    assert made is not None
    srgb = RNG.integers(40, 216, (30, 30, 3), dtype=np.uint8)
    theirs = ImageCms.profileToProfile(
        Image.fromarray(srgb),
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile())),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    assert theirs is not None
    assert np.abs(made.from_srgb(srgb).astype(int) - np.array(theirs)).max() <= 1


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp"])
def test_the_photos_profile_is_in_the_file_and_the_colours_mean_the_same(tmp_path: Path, suffix: str) -> None:
    ramp = np.linspace(50, 200, 64).astype(np.uint8)
    smooth = np.dstack(
        [np.tile(ramp, (64, 1)), np.tile(ramp[:, None], (1, 64)), np.full((64, 64), 120, np.uint8)]
    )
    write_picture(tmp_path / f"out{suffix}", smooth, icc=profile())
    assert Image.open(tmp_path / f"out{suffix}").info["icc_profile"] == profile()
    back = read_picture(tmp_path / f"out{suffix}").rgb
    assert np.abs(back.astype(int) - smooth).mean() < 2.5


@pytest.mark.parametrize("data", [b"", b"junk" * 100, profile()[:200], srgb_profile()[:140]])
def test_a_profile_that_cannot_be_used_becomes_srgb(tmp_path: Path, data: bytes) -> None:
    assert matrix_profile(data) is None
    write_picture(tmp_path / "out.png", np.full((4, 4, 3), 90, np.uint8), icc=data)
    found = Image.open(tmp_path / "out.png").info.get("icc_profile")
    assert found == (srgb_profile() if data else None)
    assert (read_picture(tmp_path / "out.png").rgb == 90).all()


def test_a_full_disk_is_a_sentence_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    path = tmp_path / "out.tif"
    write_picture(path, DEEP)
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineError, match="Make room") as caught:
        write_picture(path, DEEP[:10])
    assert caught.value.code is ErrorCode.DISK_FULL
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
