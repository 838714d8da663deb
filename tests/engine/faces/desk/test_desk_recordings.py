"""The desk's decisions on recordings."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.desk.policy import Band
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskDecision, replay_clip
from engine.faces.recordings import recording
from engine.faces.tasks import Register, enrol
from engine.images import Rgb, read_picture, write_picture
from engine.jobs import run
from engine.models import Models
from tests.engine.faces.desk.driving import LINES, scene


def write_clip(path: Path, photo: Rgb, frames: int) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (640, 480))
    for step in range(frames):
        writer.write(cv2.cvtColor(scene(photo, step), cv2.COLOR_RGB2BGR))
    writer.release()
    return path


def test_a_recording_is_decided_the_same_every_time_and_without_a_passive_check_never_welcomed(
    models: Models, enrolled: Path, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.avi", read_picture(people["Barack Obama"][1]).rgb, 20)
    made = [run(replay_clip(models, enrolled, clip, LINES, DeskRules())) for _ in range(2)]
    assert made[0] == made[1]
    assert [decision.band for decision in made[0]] == [Band.STEP_UP]
    with pytest.raises(EngineError) as refused:
        run(replay_clip(models, tmp_path / "none.sqlite", clip, LINES, DeskRules()))
    assert refused.value.code is ErrorCode.GALLERY_EMPTY


def test_recorded_people_and_attacks(data: Path, passive_models: Models, tmp_path: Path) -> None:
    """A person who turns the head is welcomed; the same person on a phone is refused; nobody else gets in."""
    clips = data / "faces" / "liveness" / "clips"
    database = tmp_path / "gallery.sqlite"
    first = next(iter(recording(clips / "tran_real.mp4", 5.0)))
    write_picture(tmp_path / "tran.png", first.rgb)
    run(enrol(passive_models, Register(database, "Tran", LINES), [tmp_path / "tran.png"]))

    def decide(name: str) -> DeskDecision:
        task = replay_clip(passive_models, database, clips / name, LINES, DeskRules(), rate=6.0)
        return next(step for step in task if isinstance(step, DeskDecision))

    real = decide("tran_real.mp4")
    assert (real.band, real.person) == (Band.WELCOME, "Tran")
    assert decide("tran_fake.mp4").band is Band.REFUSE
    assert decide("lest_real.mp4").band is not Band.WELCOME
