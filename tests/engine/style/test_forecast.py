"""What a run will take, said before the start, and compared with what it took."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.app import run_command
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from engine.paths import user_paths
from engine.style.forecast import forecast
from engine.style.pictures import read_inputs
from engine.style.plan import predict_bytes
from engine.style.recipe import Recipe
from engine.style.speed import Speed, fit, keep_speed, key_of, known_speed, measure_speed
from engine.style.tasks import paint

FACTOR = 2.5
"""How far off a prediction may be, either way, on a machine that has other work."""


def test_the_line_goes_through_both_measurements_and_never_below_nothing() -> None:
    speed = fit((100.0, 1000.0), (0.3, 1.2))
    assert speed.iteration(100) == pytest.approx(0.3)
    assert speed.iteration(1000) == pytest.approx(1.2)
    odd = fit((100.0, 1000.0), (2.0, 1.0))
    assert odd.fixed >= 0
    assert odd.per_pixel > 0
    assert odd.iteration(1000) == pytest.approx(1.0)


def test_a_forecast_adds_all_scales_up() -> None:
    recipe = Recipe(content="c", styles=("s",), size=256, iterations=30, weighting="weights")
    found = forecast(recipe, (600, 300), speed=Speed(0.1, 1e-5), free_bytes=8 << 30)
    assert (found.width, found.height, found.tile) == (256, 128, 0)
    assert found.scales == (128, 181, 256)
    assert found.iterations == (10, 10, 10)
    expected = sum(11 * (0.1 + 1e-5 * side * side / 2) for side in found.scales)
    assert found.seconds == pytest.approx(expected)
    assert found.peak_bytes == predict_bytes(256, 128, 0)
    tiled = forecast(recipe, (600, 300), free_bytes=1 << 30)
    assert tiled.tile > 0
    assert tiled.peak_bytes <= found.peak_bytes
    assert tiled.seconds is None


def test_the_speed_is_kept_and_a_broken_file_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "speed.json"
    assert known_speed(path, "a") is None
    keep_speed(path, "a", Speed(1, 2))
    keep_speed(path, "b", Speed(3, 4))
    assert known_speed(path, "a") == Speed(1, 2)
    path.write_text("no json")
    assert known_speed(path, "a") is None
    keep_speed(path, "a", Speed(5, 6))
    assert known_speed(path, "a") == Speed(5, 6)


def test_a_run_takes_what_was_foretold(models: Models, pair: tuple[Path, Path], tmp_path: Path) -> None:
    recipe = Recipe(content=str(pair[0]), styles=(str(pair[1]),), size=112, iterations=6, pyramid=False)
    path = tmp_path / "speed.json"
    speed = run(measure_speed(models, recipe, path))
    assert known_speed(path, key_of(recipe, models.device)) == speed
    wanted = forecast(recipe, read_inputs(recipe).content.size, speed=speed).seconds
    taken = sum(record.seconds for record in run(paint(models, recipe)).log)
    assert wanted is not None
    assert taken / FACTOR < wanted < taken * FACTOR


def test_a_dry_run_paints_nothing(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, style = map(str, pair)
    keep_speed(user_paths().speed_file, "cpu/vgg16/gram/fp32", Speed(0.01, 1e-6))
    call = ["style", "--content", content, "--style", style, "--size", "320", "--dry-run", "--device", "cpu"]
    assert run_command([*call, "--json", "--loss", "gram"]) == 0
    found = json.loads(capsys.readouterr().out)
    width, height = read_picture(pair[0]).size
    assert found["width"] == 320
    assert found["height"] == round(320 * height / width)
    assert found["scales"] == [160, 226, 320]
    assert found["seconds"] > 0
    assert found["peak_bytes"] > 850 << 20
    assert run_command([*call, "--loss", "gram"]) == 0
    assert "GB of memory" in capsys.readouterr().out
