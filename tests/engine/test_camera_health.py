"""Every fault of a camera has its name, good pictures have none, and a camera that was lost comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.camera import Camera, CameraState, FakeSource, Frame
from engine.camera_health import Fault, HealthMonitor, fault_of_light
from engine.errors import ErrorCode
from engine.faces.recordings import recording
from engine.images import Rgb, read_picture
from engine.latest import Latest
from engine.samples import samples
from engine.sources import DeviceSource

NOISE = [np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8) for seed in range(8)]


def until(ready: Callable[[], object], seconds: float = 8.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.005)
    return False


def with_noise(grey: float, spread: float = 2.0) -> Rgb:
    draw = np.random.default_rng(1)
    return np.clip(draw.normal(grey, spread, (480, 640, 3)), 0, 255).astype(np.uint8)


def covered() -> Rgb:
    """A finger on the lens: reddish, out of focus, brighter to one side, with the sensor's noise."""
    shade = np.linspace(40, 90, 640, dtype=np.float32)[None, :, None] * np.float32([1.6, 0.7, 0.6])
    noise = np.random.default_rng(2).normal(0, 2.0, (480, 640, 3))
    return np.clip(np.repeat(shade, 480, axis=0) + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (with_noise(3), Fault.BLACK),
        (with_noise(254), Fault.OVEREXPOSED),
        (covered(), Fault.COVERED),
        (with_noise(120), Fault.COVERED),
    ],
)
def test_pictures_that_show_nothing_are_named(picture: Rgb, fault: Fault) -> None:
    assert fault_of_light(picture) is fault


def test_good_pictures_have_no_fault(data: Path) -> None:
    for sample in samples("face"):
        assert fault_of_light(read_picture(sample.path).rgb) is None, sample.path.name
    for clip in sorted((data / "faces" / "liveness" / "clips").glob("*.mp4")):
        assert next(iter(recording(clip, 1.0))).fault is None, clip.name
    dim = (read_picture(samples("face")[0].path).rgb * 0.25).astype(np.uint8)
    assert fault_of_light(dim) is None, "a dim room is no fault of the camera"


def test_a_frozen_picture_a_stalled_clock_and_another_size() -> None:
    monitor = HealthMonitor(still=False)
    assert monitor.check(NOISE[0], 0, 0.0) is None
    assert monitor.check(NOISE[0], 30, 0.04) is Fault.FROZEN
    faults = [monitor.check(NOISE[step % 8], 0, 1.0) for step in range(40)]
    assert faults[:10] == [None] * 10
    assert faults[-1] is Fault.STALLED
    assert [monitor.check(NOISE[0], 0, None) for _ in range(40)][-1] is None, "no clock, no complaint"
    assert monitor.check(NOISE[0][:24], 0, 2.0) is Fault.WRONG_SIZE
    assert monitor.check(NOISE[0], 0, 2.1) is None
    assert HealthMonitor(still=True).check(NOISE[0], 99, None) is None, "a photograph may stand still"


def test_frames_carry_their_fault() -> None:
    black = np.zeros((48, 64, 3), np.uint8)
    camera, box = Camera(FakeSource([*NOISE, black], interval=0.001)), Latest[Frame]()
    faults: set[Fault | None] = set()
    camera.subscribe(box)
    camera.start()

    def both() -> bool:
        frame = box.take()
        if frame is not None:
            faults.add(frame.fault)
        return faults >= {None, Fault.BLACK}

    assert until(both)
    camera.stop()


def test_a_lost_camera_comes_back_within_five_seconds() -> None:
    made: list[FakeSource] = []

    def make() -> FakeSource:
        made.append(FakeSource(NOISE, lost_after=5 if len(made) == 0 else 0 if len(made) < 3 else None))
        return made[-1]

    camera, box = Camera(make(), deadline=0.5, reattach=make), Latest[Frame]()
    camera.subscribe(box)
    camera.start()
    assert until(lambda: camera.state is CameraState.LOST)
    assert camera.error is not None
    assert camera.error.code is ErrorCode.CAMERA_LOST
    lost = time.monotonic()
    box.take()
    assert until(lambda: camera.state is CameraState.LIVE and box.take() is not None)
    assert time.monotonic() - lost <= 5.0
    assert len(made) == 4, "two tries were in vain"
    assert camera.error is None
    assert all(source.closed for source in made[:3])
    assert camera.stop()
    assert made[-1].closed


def test_a_read_that_blocks_for_ever_is_left_behind() -> None:
    blocked, fresh = FakeSource(NOISE, blocks_after=3), FakeSource(NOISE)
    camera, box = Camera(blocked, deadline=0.3, reattach=lambda: fresh), Latest[Frame]()
    camera.subscribe(box)
    camera.start()
    assert until(lambda: camera.source is fresh and camera.state is CameraState.LIVE)
    index = -1
    for _ in range(20):
        time.sleep(0.01)
        frame = box.take()
        if frame is not None:
            assert frame.index > index, "frames of two sources never mix"
            index = frame.index
    blocked.unblock.set()
    assert until(lambda: blocked.closed), "the device is given back when the read returns"
    assert camera.stop()


def test_a_device_is_found_again_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine import sources

    opened: list[int] = []

    class Capture:
        def __init__(self, index: int, backend: int) -> None:
            opened.append(index)

        def isOpened(self) -> bool:  # noqa: N802 - OpenCV's own name
            return True

        def release(self) -> None:
            pass

    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    monkeypatch.setattr(sources, "LINUX", True)
    camera = DeviceSource(0, "Desk camera", "Desk camera @ 1-4:1.0")
    for index in (0, 2):
        there = (
            sources.CameraInfo(index, "Desk camera", camera.id),
            sources.CameraInfo(7, "Another", "Another @ 1-2:1.0"),
        )
        monkeypatch.setattr(sources, "list_cameras", lambda there=there: there)
        camera.open()
    assert opened == [0, 2]
    monkeypatch.setattr(sources, "list_cameras", lambda: ())
    with pytest.raises(sources.EngineError) as refused:
        camera.open()
    assert refused.value.code is ErrorCode.CAMERA_MISSING
