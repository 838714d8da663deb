"""What a recording shows, by the layouts that collections of recordings have."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.faces.liveness.clips import Pictures, find_clips, measure_clips
from engine.faces.liveness.labels import LIVE, Labels, Pattern, attack_pattern, species_of, told
from engine.faces.recordings import recording
from engine.jobs import run
from engine.models import Models


@pytest.mark.parametrize(
    ("name", "species"),
    [
        ("clips/lest_real.mp4", "live"),
        ("clips/tran_fake.mp4", "attack"),
        ("nuaa/print_attack/0001/0001_00_00_01_125.jpg", "print"),
        ("nuaa/live/0001/0001_00_00_01_127.jpg", "live"),
        ("x/phone/real_face_on_it.mp4", "live"),
        ("x/phone/a.mp4", "phone"),
        ("liveness/a.mp4", ""),
        ("a.mp4", ""),
        ("train/real/client001_session01_webcam_authenticate_adverse_1.mov", "live"),
        ("attack/fixed/attack_print_client001_session01_highdef_photo_adverse.mov", "print"),
        ("attack/hand/attack_mobile_client001_session01_mobile_photo_adverse.mov", "phone"),
        ("attack/hand/attack_highdef_client001_session01_highdef_photo_adverse.mov", "screen"),
        ("scene01/real/real_client001_laptop_SD_scene01.mp4", "live"),
        ("scene01/attack/attack_client001_android_SD_ipad_video_scene01.mp4", "tablet"),
        ("scene01/attack/attack_client001_laptop_SD_printed_photo_scene01.mp4", "print"),
        ("ClientRaw/0001/0001_00_00_01_0.jpg", "live"),
        ("ImposterRaw/0001/0001_00_00_01_0.jpg", "attack"),
        ("Train/Live/003/003-1-1-1-1.mov", "live"),
        ("Train/Spoof/003/003-1-2-1-1.mov", "attack"),
        ("Data/train/4980/live/000184.png", "live"),
        ("Data/train/4980/spoof/000184.png", "attack"),
        ("bona_fide/subject01/frame_0001.png", "live"),
        ("Bona Fide/1.mp4", "live"),
        ("BonaFide/1.mp4", "live"),
        ("attacks/replays/1.mp4", "screen"),
        ("attacks/prints/phone_1.mp4", "print"),
        ("attacks/masks/1.mp4", "mask"),
        ("spoofs/1.mp4", "attack"),
        ("impostors/1.mp4", "attack"),
        ("not_live/1.mp4", "attack"),
        ("non-live/1.mp4", "attack"),
        ("live/phone_1.mp4", "live"),
        ("live/photo_1.jpg", "live"),
        ("photos/photo_1.jpg", ""),
        ("photo/1.jpg", "print"),
        ("live_vs_spoof/1.mp4", ""),
        ("live_vs_spoof/real/1.mp4", "live"),
        ("Replay-Attack/attack/fixed/x_print.mov", "print"),
        ("smart-phone/1.mp4", "phone"),
    ],
)
def test_the_species_is_read_from_the_layouts_in_use(name: str, species: str) -> None:
    assert species_of(Path(name)) == species


def test_the_folder_itself_counts_last_and_what_lies_above_it_never(tmp_path: Path) -> None:
    for folder in ("live/print_attack", "live/unnamed"):
        (tmp_path / folder).mkdir(parents=True)
        for name in ("a.mp4", "real.mp4"):
            (tmp_path / folder / name).touch()
    found = {clip.name: clip.species for clip in find_clips(tmp_path / "live" / "print_attack")}
    assert found == {"a.mp4": "print", "real.mp4": "live"}
    found = {clip.name: clip.species for clip in find_clips(tmp_path / "live" / "unnamed")}
    assert found == {"a.mp4": "", "real.mp4": "live"}


def test_patterns_say_what_names_do_not(tmp_path: Path) -> None:
    for name in ("1/1.avi", "1/HR_1.avi", "1/3.avi", "1/8.avi", "real/11.avi", "2/x.avi"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    patterns = (
        *(Pattern(LIVE, glob) for glob in ("1.avi", "hr_1.avi")),
        *map(attack_pattern, ("print=[3-6].avi", "replay=[78].avi", "real/*")),
    )
    found = {clip.name: clip.species for clip in find_clips(tmp_path, Labels("mask", patterns))}
    assert found == {
        "1/1.avi": "live",
        "1/HR_1.avi": "live",
        "1/3.avi": "print",
        "1/8.avi": "screen",
        "2/x.avi": "mask",
        "real/11.avi": "attack",
    }
    assert told("a/b/c.mp4", (Pattern(LIVE, "a/b"),)) == LIVE
    assert told("a/b/c.mp4", (Pattern(LIVE, "b/*"),)) is None


@pytest.mark.parametrize("text", ["live=x", "hologram=x", "print=", "=x", ""])
def test_a_pattern_of_no_attack_is_refused(text: str) -> None:
    with pytest.raises(EngineError) as refused:
        attack_pattern(text)
    assert refused.value.code is ErrorCode.BAD_VALUE


def test_pictures_are_frames_or_single_looks(tmp_path: Path) -> None:
    def count(pictures: Pictures = Pictures.AUTO) -> dict[str, int]:
        return {clip.name: len(clip.files) for clip in find_clips(tmp_path, pictures=pictures)}

    for number in range(5):
        Image.new("RGB", (8, 8)).save(tmp_path / f"frame_{number}.png")
        Image.new("RGB", (8, 8 + number)).save(tmp_path / f"person_{number}.png")
    assert count() == {"frame_*": 5, **{f"person_{number}.png": 1 for number in range(5)}}
    assert count(Pictures.FRAMES) == {"frame_*": 5, "person_*": 5}
    assert len(count(Pictures.SINGLE)) == 10


def test_a_clip_that_cannot_be_read_is_in_no_total_and_stops_nothing(models: Models, tmp_path: Path) -> None:
    for name in ("real_1.mp4", "print_1.jpg"):
        (tmp_path / name).write_bytes(b"no picture")
    Image.new("RGB", (64, 64)).save(tmp_path / "fake_1.png")
    report = run(measure_clips(models, tmp_path))
    assert {verdict.clip.name: verdict.reasons for verdict in report.clips} == {
        "real_1.mp4": ("unreadable",),
        "print_1.jpg": ("unreadable",),
        "fake_1.png": ("no-face",),
    }
    assert (report.unreadable, report.rates.bpcer.trials, list(report.rates.apcer)) == (2, 0, ["attack"])
    with pytest.raises(EngineError) as refused:
        run(measure_clips(models, tmp_path / "real_1.mp4"))
    assert refused.value.code is ErrorCode.FILE_UNREADABLE


def test_a_folder_of_which_nothing_can_be_read_is_no_recording_of_nobody(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(b"no picture")
    with pytest.raises(EngineError) as refused:
        list(recording(tmp_path, 25.0))
    assert refused.value.code is ErrorCode.FILE_UNREADABLE
    Image.new("RGB", (64, 64)).save(tmp_path / "3.png")
    assert len(list(recording(tmp_path, 25.0))) == 1
