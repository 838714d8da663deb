"""``face desk`` and ``face liveness`` as a script sees them."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from engine.cli.app import Status, run_command
from engine.faces.matching import Thresholds
from engine.faces.recordings import recording
from engine.faces.tasks import Register, enrol
from engine.jobs import run
from engine.models import Models
from engine.paths import user_paths
from engine.samples import samples


def test_one_json_line_a_decision(
    capsys: pytest.CaptureFixture[str], models: Models, data: Path, tmp_path: Path
) -> None:
    clip = data / "faces" / "video" / "franck.mp4"
    short = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(short), cv2.VideoWriter.fourcc(*"MJPG"), 24.0, (360, 288))
    for _, frame in zip(range(15), recording(clip, 24.0), strict=False):
        writer.write(cv2.cvtColor(frame.rgb, cv2.COLOR_RGB2BGR))
    writer.release()
    database = tmp_path / "gallery.sqlite"
    run(enrol(models, Register(database, "Somebody", Thresholds()), [samples("face")[0].path]))
    assert (
        run_command(["face", "desk", "--source", str(short), "--db", str(database), "--json"]) == Status.DONE
    )
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert lines
    assert {line["band"] for line in lines} <= {"step-up", "refuse"}, "no passive check, no welcome"
    for line in lines:
        assert {"t", "state", "band", "person", "reasons"} <= set(line)
        assert line["person"] is None
        assert not any(isinstance(value, float) and key not in ("t", "waited") for key, value in line.items())
    assert "models download minifasnet-v2" in captured.err


def test_error_rates_as_one_document(
    capsys: pytest.CaptureFixture[str], data: Path, passive_models: Models
) -> None:
    user_paths().models.parent.mkdir(parents=True, exist_ok=True)
    user_paths().models.symlink_to(passive_models.path(passive_models.card("minifasnet-v2")).parent)
    clip = data / "faces" / "liveness" / "stills_vietmoney" / "data_test_fake_002.jpg"
    assert (
        run_command(["face", "liveness", "--clips", str(clip), "--label", "phone", "--json"]) == Status.DONE
    )
    document = json.loads(capsys.readouterr().out)
    assert document["clips"][0] | {"live": 0, "frames": 0} == {
        "file": "data_test_fake_002.jpg",
        "species": "phone",
        "decision": "refuse",
        "reasons": ["passive-attack"],
        "frames": 0,
        "decision_shrunk": "refuse",
        "live": 0,
    }
    phone = document["totals"]["apcer"]["phone"]
    assert (phone["count"], phone["trials"], phone["low"]) == (0, 1, 0.0)
    assert phone["high"] == pytest.approx(0.975)


@pytest.mark.parametrize(
    "words",
    [
        ["face", "desk", "--source", "no such camera"],
        ["face", "desk", "--source", "97"],
        ["face", "liveness", "--clips", "no such folder"],
    ],
)
def test_what_is_not_there_is_named(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(words) == Status.BAD_INPUT
    assert "Traceback" not in capsys.readouterr().err


def test_a_camera_that_cannot_be_opened_ends_the_command(
    capsys: pytest.CaptureFixture[str], models: Models, tmp_path: Path
) -> None:
    database = tmp_path / "gallery.sqlite"
    run(enrol(models, Register(database, "Somebody", Thresholds()), [samples("face")[0].path]))
    assert run_command(["face", "desk", "--source", "97", "--db", str(database)]) == Status.BAD_INPUT
    assert "cannot be opened" in capsys.readouterr().err


def test_a_network_that_was_brought_along_is_checked_and_copied(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    given = data / "models" / "minifasnet" / "2.7_80x80_MiniFASNetV2.pth"
    assert run_command(["models", "add", "minifasnet-v2", str(given), "--json"]) == Status.DONE
    assert Path(json.loads(capsys.readouterr().out)["file"]).is_file()
    wrong = tmp_path / "wrong.pth"
    wrong.write_bytes(b"no network")
    assert run_command(["models", "add", "minifasnet-v1se", str(wrong)]) == Status.MACHINE_FAILED
    assert run_command(["models", "add", "minifasnet-v1se", str(tmp_path / "none")]) == Status.BAD_INPUT
