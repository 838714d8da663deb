"""Cameras that work, stop, block, freeze, loop, and are not there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.camera import Camera, CameraState, FakeSource, Frame
from engine.errors import EngineError, ErrorCode
from engine.images import write_picture
from engine.latest import Latest
from engine.sources import DeviceSource, StillsSource, StreamSource, VideoSource, list_cameras, source_for

NOISE = [np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8) for seed in range(8)]


def until(ready: Callable[[], object], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not ready() and time.monotonic() < end:
        time.sleep(0.005)
    return bool(ready())


class Collected(Latest[Frame]):
    """A mailbox that remembers everything put into it."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Frame] = []

    def put(self, value: Frame) -> None:
        self.frames.append(value)
        super().put(value)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 50.0, (64, 48))
    for level in range(0, 200, 20):
        writer.write(np.full((48, 64, 3), (0, 0, level), np.uint8))
    writer.release()
    return path


def test_every_mailbox_gets_every_frame_in_order_until_it_leaves() -> None:
    camera, stays, leaves = Camera(FakeSource(NOISE)), Collected(), Collected()
    camera.subscribe(stays)
    camera.subscribe(leaves)
    assert camera.state is CameraState.OPENING
    camera.start()
    assert until(lambda: len(leaves.frames) >= 3)
    assert camera.state is CameraState.LIVE
    assert camera.error is None
    camera.unsubscribe(leaves)
    count = len(leaves.frames)
    assert until(lambda: len(stays.frames) >= count + 5)
    assert len(leaves.frames) <= count + 1
    assert camera.stop()
    assert [frame.index for frame in stays.frames] == list(range(len(stays.frames)))
    assert all(a.time <= b.time for a, b in zip(stays.frames, stays.frames[1:], strict=False))
    after = len(stays.frames)
    time.sleep(0.05)
    assert len(stays.frames) == after
    assert camera.state is CameraState.STOPPED
    assert camera.source.closed  # type: ignore[attr-defined]


def test_a_blocked_read_is_a_lost_camera_and_no_hang() -> None:
    source = FakeSource(NOISE, blocks_after=3)
    camera, box = Camera(source, deadline=0.15), Collected()
    camera.subscribe(box)
    camera.start()
    assert until(lambda: camera.state is CameraState.LOST)
    assert len(box.frames) == 3
    error = camera.error
    assert error is not None
    assert error.code is ErrorCode.CAMERA_LOST
    started = time.monotonic()
    assert not camera.stop(timeout=0.1)
    assert time.monotonic() - started < 1.0
    source.unblock.set()
    assert until(lambda: source.closed), "the device is given back when the read returns"


def test_a_failing_read_says_so() -> None:
    camera = Camera(FakeSource(NOISE, lost_after=2))
    camera.start()
    assert until(lambda: camera.state is CameraState.LOST)
    assert camera.error is not None
    assert camera.stop()


def test_a_frozen_sensor_is_flagged_and_noise_is_not() -> None:
    for pictures, frozen in ((NOISE[:1], True), (NOISE, False)):
        camera, box = Camera(FakeSource(pictures, interval=0.001)), Collected()
        camera.subscribe(box)
        camera.start()
        assert until(lambda box=box: len(box.frames) > 40)  # type: ignore[misc]
        camera.stop()
        assert box.frames[0].fresh
        assert box.frames[5].fresh is not frozen
        assert box.frames[40].frozen is frozen
        assert not box.frames[5].frozen


def test_a_video_is_paced_in_real_time_and_ends(clip: Path) -> None:
    camera, box = Camera(VideoSource(clip, loop=False)), Collected()
    camera.subscribe(box)
    camera.start()
    assert until(lambda: camera.state is CameraState.ENDED)
    assert len(box.frames) == 10
    assert box.frames[-1].time - box.frames[0].time == pytest.approx(9 / 50, abs=0.12)
    red, green, blue = (int(box.frames[-1].rgb[..., channel].mean()) for channel in range(3))
    assert red > 150
    assert green < 40
    assert blue < 40
    camera.stop()


def test_a_video_loops(clip: Path) -> None:
    camera, box = Camera(VideoSource(clip)), Collected()
    camera.subscribe(box)
    camera.start()
    assert until(lambda: len(box.frames) > 22)
    assert camera.stop()
    assert (box.frames[0].rgb == box.frames[10].rgb).all()


def test_a_folder_of_stills_passes_over_what_is_no_picture(tmp_path: Path) -> None:
    for number, picture in enumerate(NOISE[:2]):
        write_picture(tmp_path / f"{number}.png", picture)
    (tmp_path / "0a.jpg").write_text("not a picture")
    camera, box = Camera(StillsSource(tmp_path, loop=False, seconds=0.01)), Collected()
    camera.subscribe(box)
    camera.start()
    assert until(lambda: camera.state is CameraState.ENDED)
    assert [frame.rgb.tolist() for frame in box.frames] == [picture.tolist() for picture in NOISE[:2]]
    camera.stop()


def test_stopping_does_not_wait_for_the_next_still(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png", NOISE[0])
    camera = Camera(StillsSource(tmp_path, seconds=30))
    camera.start()
    assert until(lambda: camera.state is CameraState.LIVE)
    started = time.monotonic()
    assert camera.stop()
    assert time.monotonic() - started < 1.0


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("missing.mp4", ErrorCode.FILE_MISSING),
        ("text.mp4", ErrorCode.FILE_UNREADABLE),
        ("empty", ErrorCode.NO_PICTURES),
    ],
)
def test_what_cannot_be_opened_is_named(tmp_path: Path, place: str, code: ErrorCode) -> None:
    (tmp_path / "text.mp4").write_text("not a video")
    (tmp_path / "empty").mkdir()
    path = tmp_path / place
    camera = Camera(StillsSource(path) if place == "empty" else VideoSource(path))
    camera.start()
    assert until(lambda: camera.state is CameraState.LOST)
    assert camera.error is not None
    assert camera.error.code is code
    assert camera.stop()


def test_a_camera_that_is_not_there() -> None:
    camera = Camera(DeviceSource(97))
    camera.start()
    assert until(lambda: camera.state is CameraState.LOST)
    assert camera.error is not None
    assert camera.error.code is ErrorCode.CAMERA_MISSING
    camera.stop()


def test_a_source_is_found_by_what_a_person_types(tmp_path: Path, clip: Path) -> None:
    assert isinstance(source_for("0"), DeviceSource)
    assert isinstance(source_for("rtsp://host/stream"), StreamSource)
    assert isinstance(source_for(str(clip)), VideoSource)
    assert isinstance(source_for(str(tmp_path)), StillsSource)
    with pytest.raises(EngineError) as refused:
        source_for("no such camera")
    assert refused.value.code is ErrorCode.CAMERA_MISSING


def test_listing_cameras_opens_none() -> None:
    threads = threading.active_count()
    for camera in list_cameras():
        assert camera.name
        assert camera.index >= 0
    assert threading.active_count() == threads
