"""``main.py style`` as people and scripts call it."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.cli.app import run_command
from engine.cli.console import Console
from engine.progress import Progress
from engine.style.recipe import STYLE_LAYERS
from engine.style.save import read_painting


def arguments(pair: tuple[Path, Path], output: Path, *more: str) -> list[str]:
    content, style = map(str, pair)
    quick = ["--size", "64", "--iterations", "3", "--output", str(output)]
    return ["style", "--content", content, "--style", style, *quick, *more]


def test_painting_with_every_option(
    tmp_path: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    output, log = tmp_path / "o.png", tmp_path / "report.json"
    more = "--init noise --optimizer adam --learning-rate 0.05 --loss gram --alpha 1 --beta 500 --seed 3"
    weights = "--layer-weights 1 0.5 0.5 0.25 0.25 --network vgg16 --color photo --device cpu --smoothing 1"
    call = arguments(pair, output, *more.split(), *weights.split(), "--report", str(log), "--json")
    mask = ["--mask", str(pair[0]), "--weights", "2"]
    assert run_command([*call, *mask]) == 0
    printed = json.loads(capsys.readouterr().out)
    report: dict[str, Any] = json.loads(log.read_text())
    assert printed == report | {"output": str(output)}
    assert report["device"] == "cpu"
    assert report["recipe"]["lambda1"] == 1
    assert report["recipe"]["seed"] == 3
    assert [entry["i"] for entry in report["iterations"]] == [1, 2, 3]
    for entry in report["iterations"]:
        assert set(entry["style_layers"]) == set(STYLE_LAYERS)
        style = sum(
            report["recipe"][f"lambda{index}"] * entry["style_layers"][name]
            for index, name in enumerate(STYLE_LAYERS, start=1)
        )
        assert entry["style"] == pytest.approx(style, rel=1e-4)
        total = entry["content"] + 500 * entry["style"] + entry["tv"]
        assert entry["total"] == pytest.approx(total, rel=1e-4)
    assert report["seconds_per_iteration_median"] > 0
    assert report["peak_memory_bytes"] > 0
    assert Image.open(output).size == (64, 43)
    found = read_painting(output)
    assert found is not None
    assert found[1].recipe.beta == 500


def test_text_for_people(tmp_path: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(arguments(pair, tmp_path / "o.jpg")) == 0
    assert "64 × 43, 3 iterations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (["--size", "1"], "size"),
        (["--beta", "nan"], "beta"),
        (["--weights", "1", "2"], "1 styles but 2 weights"),
        (["--mask", "nowhere.png"], "nowhere.png"),
        (["--output", "o.gif"], "o.gif"),
        (["--device", "abacus"], "abacus"),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path,
    pair: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    named: str,
) -> None:
    output = tmp_path / "o.png"
    assert run_command(arguments(pair, output, *more)) == 2
    told = capsys.readouterr().err.strip()
    assert named in told
    assert "\n" not in told
    assert not output.exists()


def test_ctrl_c_keeps_what_was_painted(
    tmp_path: Path,
    pair: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A real SIGINT, sent to this process in the middle of the second iteration's report."""

    def press(_console: Console, progress: Progress, _what: str = "") -> None:
        if progress.done == 2:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Console, "bar", press)
    output, log = tmp_path / "o.tif", tmp_path / "r.json"
    call = arguments(pair, output, "--iterations", "100000", "--report", str(log))
    assert run_command(call) == 130
    assert "kept" in capsys.readouterr().err
    report = json.loads(log.read_text())
    assert report["complete"] is False
    assert len(report["iterations"]) == 2
    deep = cv2.imread(str(output), cv2.IMREAD_UNCHANGED)
    assert deep is not None
    assert deep.dtype == np.uint16
    assert len(np.unique(deep)) > 256


def test_a_place_that_cannot_be_written_does_not_cost_the_painting(
    tmp_path: Path,
    pair: tuple[Path, Path],
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.cli.style.check_writable", lambda path: None)  # it went wrong meanwhile
    (tmp_path / "file").write_text("in the way")
    assert run_command(arguments(pair, tmp_path / "file" / "o.png", "--iterations", "1")) == 3
    assert "rescued" in capsys.readouterr().err
    assert read_painting(home / "data" / "rescued" / "o.png") is not None


def test_hopeless_places_are_refused_before_painting(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    (tmp_path / "file").write_text("in the way")
    output = tmp_path / "o.png"
    assert run_command(arguments(pair, tmp_path / "file" / "o.png")) == 2
    assert run_command(arguments(pair, output, "--report", str(tmp_path / "file" / "r.json"))) == 2
    assert run_command(arguments(pair, output, "--report", str(output))) == 2
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_an_input_is_never_painted_over(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    content = tmp_path / f"content{pair[0].suffix}"
    content.write_bytes(pair[0].read_bytes())
    assert run_command(arguments((content, pair[1]), content, "--iterations", "1")) == 2
    assert content.read_bytes() == pair[0].read_bytes()


def test_regions_strength_and_the_formulation_of_2015(
    tmp_path: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "o.png"
    two = ["--style", str(pair[1]), str(pair[0]), "--regions", str(pair[0]), "all", "--strength", "70"]
    assert run_command(arguments(pair, output, *two, "--json")) == 0
    recipe = json.loads(capsys.readouterr().out)["recipe"]
    assert recipe["weighting"] == "strength"
    assert recipe["strength"] == 70
    assert recipe["regions"] == [str(pair[0]), ""]
    assert run_command(arguments(pair, output, "--gatys", "--alpha", "2", "--json")) == 0
    recipe = json.loads(capsys.readouterr().out)["recipe"]
    assert (recipe["init"], recipe["pyramid"], recipe["weighting"]) == ("noise", False, "weights")
    assert recipe["alpha"] == 2


def test_a_run_stopped_by_ctrl_c_is_resumed_to_the_bit(
    tmp_path: Path, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, output, kept = tmp_path / "whole.png", tmp_path / "o.png", tmp_path / "run"
    assert run_command(arguments(pair, whole, "--iterations", "5")) == 0

    def press(_console: Console, progress: Progress, _what: str = "") -> None:
        if progress.done == 2:
            signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as patched:
        patched.setattr(Console, "bar", press)
        assert run_command(arguments(pair, output, "--iterations", "5", "--keep-run", str(kept))) == 130
    resumed = ["style", "--resume", str(kept), "--output", str(output), "--keep-run", str(kept)]
    assert run_command(resumed) == 0
    one, other = read_painting(whole), read_painting(output)
    assert one is not None
    assert other is not None
    assert (one[0] == other[0]).all()
    assert not kept.exists()
