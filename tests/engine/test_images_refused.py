"""Whatever a file holds, reading it gives a picture or an EngineError, never anything else."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.images import read_picture
from tests.engine.pictures import FILES, WRITTEN, encoded, noise

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


def test_a_photo_of_a_telephone_is_refused_with_the_cure() -> None:
    with pytest.raises(EngineError, match="HEIC photo") as refused:
        read_picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400))
    assert refused.value.code is ErrorCode.NOT_A_PICTURE
