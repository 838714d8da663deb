"""Pointing at a recording or a volume: pixels become samples, and the window around them is looked at."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.cli.app import run_command
from engine.errors import EngineError, ErrorCode
from engine.explorer import tasks
from engine.explorer.pointing import STRETCH, read_pointable, turn_to
from engine.explorer.recordings import Windows
from engine.explorer.unit_tasks import ask_item
from engine.jobs import run
from engine.models import Models


def test_a_moment_of_a_recording_is_found_again(tmp_path: Path) -> None:
    numbers = np.zeros(3000, np.float32)
    numbers[2100] = 1.0
    np.save(tmp_path / "tick.npy", numbers)
    inputs = Windows("test", (128,), every=2)
    part = run(read_pointable(inputs, tmp_path / "tick.npy"))
    assert (part.number, part.count) == (0, 3)
    assert turn_to(part, 99).number == 2
    part = turn_to(part, 2)
    assert part.origin == 1500 - 512, "the last stretch ends where the recording does"
    dark = np.flatnonzero(part.rgb[60, :, 0] < 100)  # the tick's tip, in ink
    x = float(dark.mean())
    low, high = part.spot((x, 10, x, 10))
    assert low == high == pytest.approx(2100 + 1, abs=2)
    item = part.item((x, 10, x, 10))
    assert int(item.partition("@")[2]) == pytest.approx(1050 - 64, abs=1)
    x0, _, x1, _ = part.window(item)
    assert x1 - x0 == pytest.approx(STRETCH[0] / 4)
    assert (x0 + x1) / 2 == pytest.approx(x, abs=3)


def test_a_spot_of_a_slice_is_a_voxel(tmp_path: Path) -> None:
    volume = np.zeros((40, 30, 20), np.float32)
    volume[31, 22, 5] = 1.0
    np.save(tmp_path / "dot.npy", volume)
    part = turn_to(run(read_pointable(Windows("test", (16, 16, 16)), tmp_path / "dot.npy")), 31)
    assert part.count == 40
    rows, columns = np.nonzero(part.rgb[..., 0])
    place = (columns.mean(), rows.mean(), columns.mean(), rows.mean())
    assert part.spot(place)[:3] == pytest.approx((5.5, 22.5, 31.5), abs=0.05)
    assert part.item(place) == "dot.npy@24,14,0", "the window around it, inside the volume"
    assert part.window("dot.npy@24,14,0")[1] == pytest.approx(14 * part.scale)


def test_what_is_smaller_than_a_window_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "short.npy", np.zeros(50, np.float32))
    with pytest.raises(EngineError) as refused:
        run(read_pointable(Windows("test", (128,)), tmp_path / "short.npy"))
    assert refused.value.code is ErrorCode.PICTURE_TOO_SMALL


def test_asking_a_recording_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRIPTYCH_HOME", str(tmp_path / "home"))
    folder, index = tmp_path / "signals", tmp_path / "index"
    folder.mkdir()
    noise = np.random.default_rng(3).normal(0, 0.1, 2048).astype(np.float32)
    noise[1500:1520] += 2.0
    np.save(folder / "bump.npy", noise)
    models = Models(tmp_path / "models")
    run(tasks.scan_folder(models, "planted-1d", folder, index))
    asked = ["explore", "ask", "--index", str(index), "--picture", str(folder / "bump.npy"), "--json"]
    assert run_command([*asked, "--at", "1510"]) == 0
    found = json.loads(capsys.readouterr().out)
    start = int(found["item"].partition("@")[2])
    assert start <= 1510 < start + 256
    fired = found["layers"][0]["strongest"][0]
    low, high = fired["box"]
    assert low - 8 <= 1510 - start < high + 8, "the unit that fired sees the spot"
    answer = run(ask_item(models, tasks.open_index(index), found["item"], (1510.0, 1510.0)))
    assert answer.layers[0].strongest[0].value == fired["value"]
    assert run_command([*asked, "--at", "5000"]) == 2
    assert "does not lie in the 2048 samples" in capsys.readouterr().err
