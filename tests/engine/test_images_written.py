"""What is written is read back; what a format cannot hold is refused in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.images import read_picture, write_picture
from tests.engine.pictures import noise


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
