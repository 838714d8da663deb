"""The Paint panel with the real network and the pictures on board, small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSettings, Qt, QUrl
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.paths import user_paths
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.save import read_painting
from gui.session import Session
from gui.style.panel import PaintPanel, Stage

SMALL = {"size": 64, "iterations": 5}
PATIENCE = 120_000


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session(user_paths())
    yield made
    made.close()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[PaintPanel]:
    made = PaintPanel(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.column.form.set_value(SMALL)
    yield made
    made.shut_down()


def drop(panel: PaintPanel, qtbot: QtBot, content: Path, *styles: Path) -> None:
    for slot, paths in ((panel.column.content, [content]), (panel.column.styles, list(styles))):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        with qtbot.waitSignal(slot.changed, timeout=PATIENCE):
            slot.zone.offer(mime)


def until(panel: PaintPanel, qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: panel._stage is stage, timeout=PATIENCE)


def test_a_painting_from_drop_to_file(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not panel.column.start.isEnabled()
    drop(panel, qtbot, *sample_pairs()[0])
    qtbot.mouseClick(panel.column.start, Qt.MouseButton.LeftButton)
    assert panel._stage is Stage.WAITING
    assert "loading" in panel.easel.status.text()
    session.load()
    until(panel, qtbot, Stage.DONE)
    shown = panel.easel.canvas.image()
    assert shown is not None
    assert (shown.width(), shown.height()) == (64, 43)
    with qtbot.waitSignal(panel.told, timeout=PATIENCE):
        panel.save_to(tmp_path / "painting.png")
    found = read_painting(tmp_path / "painting.png")
    assert found is not None
    assert found[1].recipe == panel.column.recipe()
    panel.shut_down()
    assert not panel._unfinished.exists()


def test_pause_continue_stop_and_keep(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    panel.column.form.set_value({"iterations": 10_000})
    session.load()
    drop(panel, qtbot, *sample_pairs()[1])
    panel.start()
    qtbot.waitUntil(lambda: panel._iteration >= 2, timeout=PATIENCE)
    panel.column.pause.click()
    assert panel._stage is Stage.PAUSED
    assert panel.column.pause.text() == "Continue"
    panel.column.pause.click()
    before = panel._iteration
    qtbot.waitUntil(lambda: panel._iteration > before + 1, timeout=PATIENCE)
    panel.column.stop.click()
    until(panel, qtbot, Stage.STOPPED)
    assert panel.easel.save.isEnabled()
    assert not panel.is_busy()


def test_closing_in_the_middle_keeps_the_painting(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    panel = PaintPanel(session)
    qtbot.addWidget(panel)
    panel.column.form.set_value({"size": 64, "iterations": 10_000})
    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    panel.start()
    qtbot.waitUntil(lambda: panel._iteration >= 1, timeout=PATIENCE)
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    panel.save_state(store)
    panel.shut_down()
    assert session.close()
    following = Session(user_paths())
    again = PaintPanel(following)
    qtbot.addWidget(again)
    again.restore_state(store)
    until(again, qtbot, Stage.REOPENED)
    qtbot.waitUntil(lambda: again.column.complete, timeout=PATIENCE)
    assert again.column.recipe() == panel.column.recipe()
    assert again.easel.save.isEnabled()
    again.shut_down()
    assert following.close()


def test_comparing_shows_the_photo_while_the_button_is_held(
    panel: PaintPanel, session: Session, qtbot: QtBot
) -> None:
    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    panel.start()
    until(panel, qtbot, Stage.DONE)
    painting = panel.easel.canvas.image()
    qtbot.mousePress(panel.easel.compare, Qt.MouseButton.LeftButton)
    photo = panel.easel.canvas.image()
    assert photo is not None
    assert painting is not None
    assert photo.size() == painting.size()
    assert photo != painting
    qtbot.mouseRelease(panel.easel.compare, Qt.MouseButton.LeftButton)
    assert panel.easel.canvas.image() == painting


def test_a_broken_picture_changes_nothing(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    content, style = sample_pairs()[0]
    drop(panel, qtbot, content, style)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(content.read_bytes()[:300])
    with qtbot.waitSignal(panel.problem, timeout=PATIENCE) as caught:
        panel.column.content.load([broken])
    assert isinstance(caught.args[0], EngineError)
    assert panel.column.content.paths == (content,)


def test_several_styles_are_blended(panel: PaintPanel, qtbot: QtBot) -> None:
    pairs = sample_pairs()
    drop(panel, qtbot, pairs[0][0], pairs[0][1], pairs[1][1])
    assert panel.column.recipe().style_shares == (0.5, 0.5)
    assert panel.column.start.isEnabled()


def test_a_painting_of_ours_brings_its_recipe_back(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.load()
    content, style = sample_pairs()[0]
    drop(panel, qtbot, content, style)
    panel.column.form.set_value({"beta": 321.0, "seed": 5})
    panel.start()
    until(panel, qtbot, Stage.DONE)
    wanted = panel.column.recipe()
    with qtbot.waitSignal(panel.told, timeout=PATIENCE):
        panel.save_to(tmp_path / "ours.png")
    panel.column.form.set_value({"beta": 1.0, "seed": 0})
    panel.column.content.load([tmp_path / "ours.png"])
    qtbot.waitUntil(lambda: panel.column.recipe() == wanted, timeout=PATIENCE)


def test_a_remembered_picture_that_is_gone_is_told(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.problem, timeout=PATIENCE) as caught:
        panel._take_over(Recipe(content=str(tmp_path / "gone.jpg")))
    assert caught.args[0].code is ErrorCode.FILE_MISSING
    assert not panel.column.complete


def test_the_first_click_paints(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    """The empty canvas offers the pictures on board, as the other panels do, and paints them at once."""
    assert panel.easel.samples.isVisible()
    qtbot.mouseClick(panel.easel.samples, Qt.MouseButton.LeftButton)
    until(panel, qtbot, Stage.WAITING)
    assert not panel.easel.samples.isVisible()
    panel.column.form.set_value(SMALL)
    session.load()
    until(panel, qtbot, Stage.DONE)


def test_nothing_is_cut_off_in_the_smallest_window(panel: PaintPanel, qtbot: QtBot) -> None:
    panel.hide()
    panel.resize(900, 600)
    panel.show()
    easel = panel.easel
    for made in (easel.compare, easel.save):
        qtbot.waitUntil(lambda made=made: made.width() >= made.sizeHint().width())
    assert easel.compare.geometry().right() < easel.save.geometry().left()
    panel.resize(1300, 800)
    qtbot.waitUntil(lambda: easel.compare.text() != "")
