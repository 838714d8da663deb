"""The real panel, by mouse: scan a folder, look at the wall, follow a unit to its photo."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from engine.explorer.index import read_index
from engine.explorer.tasks import networks, reader_of
from engine.paths import SAMPLES, user_paths
from gui.explorer.panel import ExplainPanel
from gui.session import Session

LONG = 120_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for photo in sorted(SAMPLES.glob("*.jpg"))[:12]:
        shutil.copy(photo, folder)
    (folder / "broken.jpg").write_text("not a picture")
    return folder


def click(qtbot: QtBot, panel: ExplainPanel, unit: int) -> None:
    grid = panel.pages.walls.first.wall.grid
    place = grid.visualRect(grid.model().index(unit, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_scan_click_follow(qtbot: QtBot, panel: ExplainPanel, folder: Path, session: Session) -> None:
    assert not panel.choices.scan.isEnabled(), "there is nothing to scan yet"
    panel.choices.zone.dropped.emit([folder])
    qtbot.mouseClick(panel.choices.scan, Qt.MouseButton.LeftButton)
    assert panel.is_busy()
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=LONG)
    assert panel.choices.layers.count() == 5
    index = read_index(next(session.paths.indexes.iterdir()))
    assert index.complete
    assert panel.pages.walls.first.wall.grid.tile(0) is not None
    assert panel.pages.walls.skipped_note.isVisible()
    assert "broken.jpg" in panel.pages.walls.skipped_note.toolTip()

    click(qtbot, panel, 1)
    qtbot.waitUntil(lambda: panel.pages.patches.photo is not None, timeout=LONG)
    entries = index.entries("conv5", 1)
    assert [made.patch.entry for made in panel.pages.patches.buttons if made.patch] == list(entries)
    photo = panel.pages.patches.photo
    assert photo is not None
    assert photo.entry == entries[0]
    patch = reader_of(index).patch(entries[0])
    assert photo.boxes[0] == pytest.approx(patch.photo_box), "these photos are small enough to be shown whole"

    qtbot.mouseClick(panel.pages.patches.buttons[4], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: panel.pages.patches.photo is not None and panel.pages.patches.photo.entry == entries[4]
    )

    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.pages.walls.isVisible()
    assert panel.pages.walls.first.wall.grid.current == 1, "the wall is where it was left"

    item = panel.choices.layers.item(0)
    place = panel.choices.layers.visualItemRect(item).center()
    qtbot.mouseClick(panel.choices.layers.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=LONG)
    assert panel.pages.walls.first.wall.grid.model().rowCount() == 64


def test_a_stored_scan_is_shown_again(
    qtbot: QtBot, panel: ExplainPanel, folder: Path, session: Session, tmp_path: Path
) -> None:
    panel.choose_folder(folder)
    panel.start_scan()
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=LONG)
    panel.choose_layer("conv2")
    store = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    panel.save_state(store)
    store.sync()
    again = ExplainPanel(session)
    qtbot.addWidget(again)
    again.resize(1300, 800)
    again.show()
    again.restore_state(store)
    qtbot.waitUntil(lambda: not again.is_busy(), timeout=LONG)
    assert again.pages.walls.first.wall.grid.model().rowCount() == 192
    assert again.pages.walls.first.wall.grid.tile(0) is not None
    again.shut_down()


def test_cancel_keeps_what_was_scanned(
    qtbot: QtBot, panel: ExplainPanel, tmp_path: Path, session: Session
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    photo = (SAMPLES / "coffee.jpg").read_bytes()
    for number in range(400):
        (folder / f"{number}.jpg").write_bytes(photo)
    panel.choose_folder(folder)
    panel.start_scan()
    qtbot.waitUntil(lambda: bool(panel.findings.lives), timeout=LONG)
    panel.job.cancel_clicked.emit()
    qtbot.waitUntil(lambda: not panel.scanning.scanning and not panel.scanning.opening, timeout=LONG)
    index = read_index(next(session.paths.indexes.iterdir()))
    assert not index.complete
    assert 0 < len(index.pictures) < 400
    assert panel.choices.scan.isEnabled()


def test_closing_in_the_middle_is_clean(qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    photo = (SAMPLES / "coffee.jpg").read_bytes()
    for number in range(300):
        (folder / f"{number}.jpg").write_bytes(photo)
    session = Session(user_paths())
    panel = ExplainPanel(session)
    qtbot.addWidget(panel)
    panel.choose_folder(folder)
    panel.start_scan()
    qtbot.waitUntil(lambda: bool(panel.findings.lives), timeout=LONG)
    panel.shut_down()
    assert session.close()
    panel.pages.walls.first.wall.refresh()
    assert 0 < len(read_index(next(session.paths.indexes.iterdir())).pictures) < 300


def test_a_bad_folder_is_a_notice(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    panel = ExplainPanel(session)
    qtbot.addWidget(panel)
    problems: list[Exception] = []
    panel.problem.connect(problems.append)
    panel.choose_folder(tmp_path / "empty")
    panel.start_scan()
    qtbot.waitUntil(lambda: bool(problems), timeout=LONG)
    assert "no pictures" in str(problems[0])
    assert not panel.is_busy()


def test_importing_the_panel_imports_no_torch() -> None:
    code = "import sys, gui.explorer.panel; sys.exit('torch' in sys.modules or 'cv2' in sys.modules)"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_a_layer_from_paint_opens_from_cold(
    qtbot: QtBot, panel: ExplainPanel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.explorer.panel.SAMPLES", folder)
    panel.open_layer("planted-3d", "conv2")
    assert panel.findings.network == "planted-3d"
    assert panel.findings.folder == folder, "the pictures on board are offered"
    panel.open_layer("alexnet", "relu3")
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=LONG)
    welcome = panel.pages.welcome
    assert welcome.isVisible()
    assert "conv3" in welcome.title
    qtbot.mouseClick(welcome.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=LONG)
    assert panel.findings.network == "alexnet"
    assert panel.pages.walls.layers == ("conv3",)
    panel.open_layer("alexnet", "conv9")
    assert panel.pages.walls.layers == ("conv3",), "there is no such layer, and that is told"


def test_a_layer_of_a_network_that_is_not_here_is_downloaded_first(
    qtbot: QtBot, panel: ExplainPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[str] = []
    monkeypatch.setattr(panel.picker, "fetch", wanted.append)
    absent = next(card for card in networks(panel.picker._session.models) if card.id == "vgg19")
    assert not panel.picker._session.models.present(absent)
    panel.open_layer("vgg19", "relu4_2")
    assert wanted == ["vgg19"]
    panel.picker.chosen.emit("vgg19")
    assert "conv4_2" in panel.pages.welcome.title


def test_large_photos_are_on_the_wall_at_once_and_then_exact(
    qtbot: QtBot, panel: ExplainPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    for name in ("dog", "cat"):
        with Image.open(SAMPLES / f"{name}.jpg") as photo:
            photo.resize((2400, 1600)).save(folder / f"{name}.jpg", quality=90)
    panel.choose_folder(folder)
    panel.start_scan()
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    assert panel.findings.index is not None
    wall, looks = panel.pages.walls.first.wall, list[int]()
    set_tile = wall.grid.set_tile

    def noting(number: int, image: QImage, patches: int) -> None:
        looks.append(number)
        set_tile(number, image, patches)

    monkeypatch.setattr(wall.grid, "set_tile", noting)
    panel.findings.reader = reader_of(panel.findings.index)  # nothing is at hand
    panel.choose_layer("conv5")
    qtbot.waitUntil(lambda: bool(looks) and wall.settled, timeout=LONG)
    seen = list(wall.grid.visible())
    assert looks[: len(seen)] == seen, "all that are on screen have a first look before any is made exact"
    assert set(looks[len(seen) :]) == set(seen)
    assert wall._drawn.keys() >= set(seen), "all are exact in the end"
