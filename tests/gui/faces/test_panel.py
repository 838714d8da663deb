"""The Recognise panel with the real networks: photos, a clip as a camera, and an end in the middle of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QSettings, QUrl
from pytestqt.qtbot import QtBot

from engine.camera import FakeSource
from engine.errors import EngineError, ErrorCode
from engine.faces.loading import load_recogniser
from engine.faces.matching import Decision
from engine.images import read_picture
from engine.models import Models
from engine.paths import user_paths
from engine.samples import samples
from engine.sources import VideoSource
from gui.faces.panel import RecognisePanel
from gui.faces.source_bar import Kind
from gui.session import Session

PATIENCE_MS = 90_000


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    models = Models(tmp_path_factory.mktemp("downloads"))
    load_recogniser(models)  # torch is imported here, so that no test waits for it
    return models


@pytest.fixture(scope="session")
def photos() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for sample in samples("face"):
        if sample.person:
            found.setdefault(sample.person, []).append(sample.path)
    return found


@pytest.fixture(scope="session")
def clip(photos: dict[str, list[Path]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portrait on board that moves about: 2 s of video."""
    path = tmp_path_factory.mktemp("clip") / "walk.avi"
    portrait = cv2.cvtColor(read_picture(photos["Barack Obama"][1]).rgb, cv2.COLOR_RGB2BGR)
    portrait = cv2.resize(portrait[100:500, :], (320, 400))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (640, 480))
    for step in range(50):
        frame = np.full((480, 640, 3), 120, np.uint8)
        left = round(160 + 120 * np.sin(step / 8))
        frame[40:440, left : left + 320] = portrait
        writer.write(frame)
    writer.release()
    return path


@pytest.fixture
def panel(qtbot: QtBot, models: Models) -> Iterator[RecognisePanel]:
    session = Session(user_paths())
    session.models = models
    panel = RecognisePanel(session)
    qtbot.addWidget(panel, before_close_func=lambda _: panel.shut_down())
    panel.resize(1200, 800)
    panel.show()
    yield panel
    panel.shut_down()
    assert session.close(), "the engine thread did not end"


def drop(zone: object, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    zone.offer(mime)  # type: ignore[attr-defined]


def settle(qtbot: QtBot, ready: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(ready()), timeout=PATIENCE_MS)


def fill(panel: RecognisePanel, name: str) -> None:
    panel.enrol.name.setText(name)
    panel.enrol.consent.purpose.setText("entrance")
    panel.enrol.consent.agrees.setChecked(True)


def enrol(qtbot: QtBot, panel: RecognisePanel, name: str, photo: Path) -> None:
    fill(panel, name)
    with qtbot.waitSignal(panel.desk.enrolled, timeout=PATIENCE_MS):
        drop(panel.enrol.zone, photo)


def test_enrol_a_dropped_photo_then_verify_and_identify(
    qtbot: QtBot, panel: RecognisePanel, photos: dict[str, list[Path]]
) -> None:
    drop(panel.enrol.zone, photos["Joe Biden"][0])
    assert panel.desk.work.value == "nothing", "without a name nobody is enrolled"
    enrol(qtbot, panel, "Barack", photos["Barack Obama"][0])
    enrol(qtbot, panel, "Joe", photos["Joe Biden"][0])
    settle(qtbot, lambda: panel.people.list.count() == 2)
    assert [panel.verify.name.itemText(row) for row in range(2)] == ["Barack", "Joe"]

    for name, tone in (("Barack", "good"), ("Joe", "bad")):
        panel.verify.name.setEditText(name)
        with qtbot.waitSignal(panel.desk.verified, timeout=PATIENCE_MS) as verified:
            drop(panel.verify.zone, photos["Barack Obama"][1])
        assert (verified.args[0].decision is Decision.ACCEPT) == (tone == "good")
        assert panel.verify.answer.tone() == tone
        assert name in panel.verify.answer.title()

    panel.view.stage.offer([photos["Barack Obama"][1]])
    settle(qtbot, lambda: panel.view.banner.isVisible() and panel.view.banner.tone() == "good")
    assert "Barack" in panel.view.banner.title()
    panel.view.stage.offer([photos["Eileen Collins"][0]])
    settle(qtbot, lambda: panel.view.banner.tone() == "bad")


def test_a_clip_is_a_camera(
    qtbot: QtBot, panel: RecognisePanel, photos: dict[str, list[Path]], clip: Path
) -> None:
    """Recognised live, staff see the numbers, enrolled and verified from the camera, erased again."""
    assert not panel.enrol.camera.isEnabled()
    panel.start(VideoSource(clip))
    settle(qtbot, lambda: panel.live.live and panel.view.banner.tone() == "bad")
    fill(panel, "Barack")
    with qtbot.waitSignal(panel.desk.enrolled, timeout=PATIENCE_MS):
        panel.enrol.camera.click()
    settle(qtbot, lambda: panel.view.banner.tone() == "good")
    assert "Barack" in panel.view.banner.title()
    panel.view.bar.staff.setChecked(True)
    assert panel.view.strip.isVisible()
    nearest, distance, threshold = panel.view.strip.values()[:3]
    assert nearest == "Barack"
    assert float(distance) < float(threshold)
    panel.verify.name.setEditText("Barack")
    with qtbot.waitSignal(panel.desk.verified, timeout=PATIENCE_MS):
        panel.verify.camera.click()
    assert panel.verify.answer.tone() == "good"
    with qtbot.waitSignal(panel.receipt_given, timeout=PATIENCE_MS) as receipt:
        panel.people.erase_wanted.emit("Barack")
    assert "Barack" in receipt.args[0]
    settle(qtbot, lambda: panel.view.banner.tone() == "bad")
    panel.stop()
    assert not panel.live.running
    assert panel.view.stage.view.image() is None


def test_ending_in_the_middle_of_a_stream_and_a_burst(
    qtbot: QtBot, panel: RecognisePanel, clip: Path
) -> None:
    panel.start(VideoSource(clip))
    settle(qtbot, lambda: panel.live.live)
    fill(panel, "Somebody")
    panel.enrol.camera.click()
    assert panel.is_busy()
    panel.shut_down()
    assert not panel.live.running
    assert not panel.is_busy()


def test_a_lost_camera_is_reported_and_given_back(qtbot: QtBot, panel: RecognisePanel) -> None:
    noise = [np.random.default_rng(seed).integers(0, 255, (96, 128, 3), np.uint8) for seed in range(4)]
    with qtbot.waitSignal(panel.problem, timeout=PATIENCE_MS) as reported:
        panel.start(FakeSource(noise, interval=0.02, lost_after=10))
    error = reported.args[0]
    assert isinstance(error, EngineError)
    assert error.code is ErrorCode.CAMERA_LOST
    assert not panel.live.running
    assert panel.view.stage.samples.isVisible()


def test_the_examples_leave_the_persons_own_gallery_alone(qtbot: QtBot, panel: RecognisePanel) -> None:
    panel.view.stage.samples.click()
    settle(qtbot, lambda: not panel.is_busy())
    settle(qtbot, lambda: panel.people.list.count() >= 2)
    assert panel.view.banner.tone() == "good"
    assert not user_paths().gallery_file.exists()
    panel.leave_examples()
    settle(qtbot, lambda: panel.people.list.count() == 0)


def test_state_and_refused_drops(panel: RecognisePanel, tmp_path: Path) -> None:
    told: list[str] = []
    panel.told.connect(told.append)
    panel.view.stage.offer([tmp_path / "letter.docx"])
    assert len(told) == 1
    panel.view.bar.restore(Kind.STREAM.value)
    panel.view.bar.staff.setChecked(True)
    store = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    panel.save_state(store)
    panel.view.bar.restore(Kind.VIDEO.value)
    panel.view.bar.staff.setChecked(False)
    panel.restore_state(store)
    assert panel.view.bar.kind() is Kind.STREAM
    assert panel.view.bar.address.isVisible()
    assert panel.view.strip.isVisible()
