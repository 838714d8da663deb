"""Other networks on the real panel: signals, volumes' slices, a person's own file, one to be downloaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.explorer.kinds import own_file
from engine.explorer.patches import PatchReader
from engine.explorer.recordings import Windows
from engine.explorer.records import Entry
from engine.explorer.showing import SLICE, SPACE, show_source
from engine.jobs import run
from engine.paths import SAMPLES
from gui.explorer.choices import OWN_FILE, PUBLISHED
from gui.explorer.findings import UnitRef
from gui.explorer.navigation import Page
from gui.explorer.panel import ExplainPanel
from resources.models.planted import MOTIFS, SHAPES

LONG = 120_000


@pytest.fixture
def signals(tmp_path: Path) -> Path:
    """Return a folder with one recording: noise, and from sample 300 on a pulse every 64 samples."""
    folder = tmp_path / "signals"
    folder.mkdir()
    numbers = np.random.default_rng(1).normal(0, 0.05, 1024)
    numbers[300::64] += 2.0
    np.save(folder / "pulse.npy", numbers.astype(np.float32))
    return folder


def test_signals_are_shown_as_strips(qtbot: QtBot, panel: ExplainPanel, signals: Path) -> None:
    panel.choose_network("planted-1d")
    panel.choose_folder(signals)
    panel.start_scan()
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    assert [len(layer.field.size) for layer in panel.findings.layers] == [1, 1, 1]
    last = panel.findings.layers[-1]
    panel.pages.open_unit(UnitRef(last.name, 0))
    qtbot.waitUntil(lambda: panel.pages.patches.photo is not None and not panel.is_busy(), timeout=LONG)
    photo = panel.pages.patches.photo
    assert photo is not None
    x0, _, x1, _ = photo.boxes[0]
    across = photo.rgb.shape[1] / min(1024, 3 * 256)
    assert x1 - x0 <= last.field.size[0] * across + 1
    assert not panel.pages.unit.pin.isVisible(), "there is no camera for signals"
    panel.pages.patches.recheck()
    qtbot.waitUntil(lambda: panel.pages.patches.rechecked is not None, timeout=LONG)
    assert panel.pages.patches.rechecked is not None
    assert panel.pages.patches.rechecked.agrees


def test_a_volume_is_shown_in_three_slices_with_the_field_on_each(tmp_path: Path) -> None:
    volume = np.zeros((40, 30, 20), np.float32)
    volume[10:16, 5:11, 8:12] = 1.0
    np.save(tmp_path / "block.npy", volume)
    reader = PatchReader(tmp_path, Windows("test", (20, 20, 20)))
    entry = Entry("block.npy@0,0,0", 1.0, (0, 0, 0), (8, 5, 10, 12, 11, 16))
    shown = run(show_source(reader, entry))
    assert len(shown.boxes) == 3
    for x0, y0, x1, y1 in shown.boxes:
        inside = shown.rgb[round(y0) + 2 : round(y1) - 2, round(x0) + 2 : round(x1) - 2]
        assert (inside == 255).all()
    white = int((shown.rgb[: SLICE // 2] == 255).all(axis=-1).sum())
    area = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in shown.boxes)
    assert white <= area * 1.05
    assert shown.rgb.shape[1] > 2 * SPACE


def test_an_own_file_is_chosen_and_remembered(qtbot: QtBot, panel: ExplainPanel, tmp_path: Path) -> None:
    chosen: list[str] = []
    panel.picker.chosen.connect(chosen.append)
    program = tmp_path / "flowers.pt2"
    panel.picker.take_file(program)
    assert chosen == [str(program)]
    assert panel.findings.network == str(program)
    assert panel.choices.network.currentText() == "flowers.pt2"
    stored = panel.scanning.index_folder(str(program), tmp_path)
    assert stored.parent.name == "indexes", "a path in a name leads nowhere else"
    panel.picker._own = tmp_path / "flowers.safetensors"
    panel.picker.answer("resnet18")
    assert own_file(chosen[-1]) == tmp_path / "flowers.safetensors"
    assert panel.choices.network.currentText() == "flowers.safetensors"


def test_what_is_not_here_is_downloaded_first(qtbot: QtBot, panel: ExplainPanel) -> None:
    fetched: list[str] = []
    asked: list[str] = []
    panel.choices.fetch_wanted.disconnect()
    panel.choices.fetch_wanted.connect(fetched.append)
    for signal, name in (
        (panel.choices.published_wanted, PUBLISHED),
        (panel.choices.file_wanted, OWN_FILE),
    ):
        signal.disconnect()
        signal.connect(lambda name=name: asked.append(name))
    for name in ("vgg19", PUBLISHED, OWN_FILE):
        row = panel.choices.network.findData(name)
        panel.choices.network.setCurrentIndex(row)
        panel.choices.network.activated.emit(row)
        assert panel.choices.network.currentData() == "alexnet"
    assert fetched == ["vgg19"]
    assert asked == [PUBLISHED, OWN_FILE]
    row = panel.choices.network.findData("vgg16")
    panel.choices.network.setCurrentIndex(row)
    panel.choices.network.activated.emit(row)
    assert panel.findings.network == "vgg16"


def test_a_moment_of_a_recording_is_asked_about(qtbot: QtBot, panel: ExplainPanel, signals: Path) -> None:
    panel.choose_network("planted-1d")
    panel.choose_folder(signals)
    panel.start_scan()
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    asker, subject = panel.pages.asker, panel.pages.asker.subject
    panel.pages.open_page(Page.ASK)
    assert not subject.whole.isVisible(), "a network looks at one window of a recording"
    qtbot.mouseClick(subject.sample, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: subject.shown, timeout=LONG)
    subject.ask_at(QPointF(428 / 1024 * 1200, 100))
    qtbot.waitUntil(lambda: asker.answer is not None and len(asker.answer.layers) == 3, timeout=LONG)
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=LONG)
    assert asker.answer is not None
    assert asker.answer.layers[-1].strongest
    assert any(strip.units for strip in asker.strips.strips)
    panel.choose_network("alexnet")
    assert not subject.shown, "AlexNet cannot be shown a recording"
    panel.pages.open_page(Page.LIVE)
    panel.choose_network("planted-1d")
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    assert not panel.pages.live.bar.isEnabled()


def test_a_volume_is_turned_slice_by_slice_and_asked(
    qtbot: QtBot, panel: ExplainPanel, tmp_path: Path
) -> None:
    folder = tmp_path / "volumes"
    folder.mkdir()
    volume = np.random.default_rng(5).normal(0, 0.1, (48, 40, 36)).astype(np.float32)
    volume[20:26, 10:16, 8:14] += 3.0
    np.save(folder / "block.npy", volume)
    panel.choose_network("planted-3d")
    panel.choose_folder(folder)
    panel.start_scan()
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    asker, subject = panel.pages.asker, panel.pages.asker.subject
    panel.pages.open_page(Page.ASK)
    subject.offer([folder / "block.npy"])
    qtbot.waitUntil(lambda: subject.shown, timeout=LONG)
    assert subject.slider.isVisible()
    assert subject.slider.maximum() == 47
    subject.slider.setValue(22)
    image = subject.view.image()
    assert image is not None
    subject.ask_at(QPointF(11 / 36 * image.width(), 13 / 40 * image.height()))
    layers = len(panel.findings.layers)
    qtbot.waitUntil(lambda: asker.answer is not None and len(asker.answer.layers) == layers, timeout=LONG)
    assert asker.answer is not None
    assert asker.answer.layers[0].strongest
    subject.slider.setValue(3)
    assert asker.answer is None, "another slice is another question"
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=LONG)


@pytest.mark.parametrize(("network", "motifs"), [("planted-1d", MOTIFS), ("planted-3d", SHAPES)])
def test_planted_motifs_come_out_in_the_window(
    qtbot: QtBot, panel: ExplainPanel, network: str, motifs: tuple[str, ...]
) -> None:
    """One click in the window: the recordings are generated, scanned, and unit i shows motif i."""
    panel.choose_network(network)
    welcome = panel.pages.welcome
    assert "on board" not in welcome.start.text(), "photos say nothing to this network"
    qtbot.mouseClick(welcome.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    for unit, motif in enumerate(motifs):
        entries = panel.findings.entries(UnitRef("conv3", unit))
        right = sum(entry.file.startswith(f"{motif}/") for entry in entries)
        assert right >= 8, (motif, [entry.file for entry in entries])
        assert panel.pages.walls.first.wall.grid.tile(unit) is not None


def test_meters_and_tiles_of_another_network_go(qtbot: QtBot, panel: ExplainPanel, signals: Path) -> None:
    panel.choose_network("planted-1d")
    panel.choose_folder(signals)
    panel.start_scan()
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    live, ref = panel.pages.live, UnitRef("conv3", 5)
    panel.pages.open_page(Page.LIVE)
    live.pin(ref, True)
    live.wall.show_units([ref], ["Unit 5"])
    meter = live.meter(ref)
    qtbot.waitUntil(meter.isVisible)
    panel.choose_network("planted-3d")
    assert not meter.isVisible()
    assert live.wall.units == ()
    assert panel.findings.entries(ref) == ()


def test_the_face_encoder_is_shown_aligned_faces(qtbot: QtBot, panel: ExplainPanel, tmp_path: Path) -> None:
    photos = tmp_path / "people"
    photos.mkdir()
    shutil.copy(SAMPLES / "obama-2.jpg", photos)
    shutil.copy(SAMPLES / "aloe.jpg", photos)
    told: list[str] = []
    panel.told.connect(told.append)
    panel.choose_folder(photos)
    assert not panel.choices.faces.isVisible(), "AlexNet is shown photos as they are"
    panel.choose_network("sface")
    assert panel.choices.faces.isVisible()
    assert panel.choices.faces.isChecked()
    panel.start_scan()
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    index = panel.findings.index
    assert index is not None
    assert all(picture.file.startswith("obama-2.jpg-face") for picture in index.pictures)
    assert any("1 pictures without" in words for words in told)
    assert panel.findings.folder is not None
    assert panel.findings.folder.name == "people", "the person knows it by this name"
    shutil.copy(SAMPLES / "obama-1.jpg", photos)
    panel.start_scan()
    qtbot.waitUntil(lambda: panel.findings.index not in (None, index) and not panel.is_busy(), timeout=LONG)
    again = panel.findings.index
    assert again is not None
    assert {one.file.partition("-face")[0] for one in again.pictures} == {"obama-1.jpg", "obama-2.jpg"}
