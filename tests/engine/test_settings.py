"""The settings file: readable, forgiving, and never silently wrong."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.options import options_of
from engine.paths import user_paths
from engine.settings import Settings, load_settings, save_settings


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == (Settings(), ())


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    chosen = replace(Settings(), theme="dark", keep_photos=True, verify_threshold=1.1)
    save_settings(path, chosen)
    assert load_settings(path) == (chosen, ())


def test_the_file_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, Settings())
    lines = path.read_text(encoding="utf-8").splitlines()
    for declared in options_of(Settings):
        (place,) = [number for number, line in enumerate(lines) if line.startswith(f"{declared.name} =")]
        assert lines[place - 1] == f"# {declared.help}"
    assert set(tomllib.loads("\n".join(lines))) == {declared.name for declared in options_of(Settings)}


@pytest.mark.parametrize("text", ["theme = ", "[[", "theme = 'dark'\ntheme = 'light'", "\x00"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    settings, (problem,) = load_settings(path)
    assert settings == Settings()
    assert str(path) in problem


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"theme = '\xe9'"])
def test_a_file_that_is_no_text_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(data)
    settings, problems = load_settings(path)
    assert settings == Settings()
    assert len(problems) == 1


def test_bad_values_are_named_and_the_good_ones_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "pink"\nkeep_photos = true\nverify_threshold = 9\ncolour = "blue"\n')
    settings, problems = load_settings(path)
    assert settings == replace(Settings(), keep_photos=True)
    assert len(problems) == 3
    assert all(problem.startswith("settings.toml: ") for problem in problems)
    for word in ("pink", "verify_threshold", "colour"):
        assert any(word in problem for problem in problems)


def test_a_file_with_bad_values_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "pink"\n')
    save_settings(path, Settings())
    assert (tmp_path / "settings.toml.bad").read_text() == 'theme = "pink"\n'
    assert load_settings(path) == (Settings(), ())


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError) as caught:
        save_settings(tmp_path / "file" / "settings.toml", Settings())
    assert caught.value.code is ErrorCode.NOT_WRITABLE


def test_triptych_home_moves_everything(home: Path) -> None:
    paths = user_paths()
    places = (
        paths.settings_file,
        paths.window_file,
        paths.gallery_file,
        paths.models,
        paths.indexes,
        paths.log_file,
    )
    assert all(place.is_relative_to(home) for place in places)
    assert paths.cache.is_relative_to(home)
