"""One small scan for all tests of the pages: twelve photos in two folders."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.explorer.tasks import scan_folder
from engine.jobs import run
from engine.models import Models
from engine.paths import SAMPLES, user_paths
from gui.explorer.panel import ExplainPanel
from gui.session import Session

LONG = 120_000
FOLDERS = {"animals": ("butterfly", "cat", "dog", "squirrel", "friends-1", "friends-3")}


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder of photos and an index of it, made once."""
    base = tmp_path_factory.mktemp("scanned")
    photos = base / "photos"
    for photo in sorted(SAMPLES.glob("*.jpg"))[:8] + [SAMPLES / f"{one}.jpg" for one in FOLDERS["animals"]]:
        folder = photos / ("animals" if photo.stem in FOLDERS["animals"] else "things")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(photo, folder)
    run(scan_folder(Models(base / "models"), "alexnet", photos, base / "index"))
    return photos, base / "index"


@pytest.fixture
def session(home: Path, qapp: object) -> Iterator[Session]:
    session = Session(user_paths())
    yield session
    assert session.close()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[ExplainPanel]:
    panel = ExplainPanel(session)
    panel.problem.connect(lambda error: pytest.fail(str(error)))
    qtbot.addWidget(panel)
    panel.resize(1300, 800)
    panel.show()
    panel.activateWindow()  # without a window manager nobody else gives it the keyboard
    qtbot.waitUntil(panel.isActiveWindow)
    yield panel
    panel.shut_down()


@pytest.fixture
def ready(panel: ExplainPanel, scanned: tuple[Path, Path], qtbot: QtBot) -> ExplainPanel:
    """Return the panel with the scan opened."""
    photos, index = scanned
    shutil.copytree(index, panel.scanning.index_folder("alexnet", photos))
    panel.choose_folder(photos)
    qtbot.waitUntil(lambda: panel.findings.index is not None and not panel.is_busy(), timeout=LONG)
    return panel
