"""A painting from the drop to the file, and what may interrupt it: real network, pictures on board."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from engine.errors import ErrorCode
from engine.paths import user_paths
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.save import read_painting
from engine.style.speed import Speed, keep_speed
from gui.session import Session
from gui.style.panel import PaintPanel
from gui.style.run import Stage
from tests.gui.style.driving import PATIENCE, SMALL, begin, drop, until


def test_a_painting_from_drop_to_file(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not panel.column.start.isEnabled()
    drop(panel, qtbot, *sample_pairs()[0])
    qtbot.mouseClick(panel.column.start, Qt.MouseButton.LeftButton)
    assert panel.run.stage is Stage.WAITING
    assert "loading" in panel.easel.status.text()
    session.load()
    until(panel, qtbot, Stage.DONE)
    shown = panel.easel.canvas.image()
    assert shown is not None
    assert (shown.width(), shown.height()) == (64, 43)
    assert panel.easel.facts._values[1].text() == "5 / 5"
    for name in ("painting.png", "painting.tif"):
        with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
            panel.save_to(tmp_path / name)
    found = read_painting(tmp_path / "painting.png")
    assert found is not None
    assert found[1].recipe == panel.column.recipe()
    import cv2

    deep = cv2.imread(str(tmp_path / "painting.tif"), cv2.IMREAD_UNCHANGED)
    assert deep is not None
    assert deep.dtype == np.uint16
    assert len(np.unique(deep)) > 256, "the sixteen bits are real"
    panel.shut_down()
    assert not panel.run.unfinished.exists()


def test_pause_continue_stop_and_go_on(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    begin(panel, session, qtbot)
    panel.column.pause.click()
    assert panel.run.stage is Stage.PAUSED
    assert panel.column.pause.text() == "Continue"
    panel.column.pause.click()
    before = panel.run.iteration
    qtbot.waitUntil(lambda: panel.run.iteration > before + 1, timeout=PATIENCE)
    panel.column.stop.click()
    until(panel, qtbot, Stage.STOPPED)
    assert panel.easel.save.isEnabled()
    assert not panel.is_busy()
    stopped = panel.run.iteration
    assert panel.column.pause.text() == "Continue"
    panel.column.pause.click()
    qtbot.waitUntil(lambda: panel.run.iteration > stopped, timeout=PATIENCE)
    moments = panel.run.studio.timeline.moments if panel.run.studio else ()
    assert moments[0].iteration == 1, "the timeline goes on, too"


def test_closing_in_the_middle_keeps_the_painting_and_the_run(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = PaintPanel(session)
    qtbot.addWidget(panel)
    panel.column.set_values(SMALL)
    begin(panel, session, qtbot)
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    panel.save_state(store)
    panel.shut_down()
    assert session.close()
    left = panel.run.iteration
    following = Session(user_paths())
    again = PaintPanel(following)
    qtbot.addWidget(again)
    again.restore_state(store)
    until(again, qtbot, Stage.REOPENED)
    qtbot.waitUntil(lambda: again.column.complete and again.run.can_go_on, timeout=PATIENCE)
    assert again.column.recipe() == panel.column.recipe()
    assert again.easel.save.isEnabled()
    assert again.run.iteration >= left
    following.load()
    qtbot.waitUntil(lambda: following.device is not None, timeout=PATIENCE)
    qtbot.waitUntil(again.column.pause.isEnabled, timeout=PATIENCE)
    again.column.pause.click()
    qtbot.waitUntil(lambda: again.run.iteration > left + 1, timeout=PATIENCE)
    again.shut_down()
    assert following.close()


def test_a_stopped_painting_is_printed_with_sixteen_bits(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    import cv2

    begin(panel, session, qtbot)
    panel.column.stop.click()
    until(panel, qtbot, Stage.STOPPED)
    with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
        panel.save_to(tmp_path / "stopped.tif")
    deep = cv2.imread(str(tmp_path / "stopped.tif"), cv2.IMREAD_UNCHANGED)
    assert deep is not None
    assert deep.dtype == np.uint16
    assert len(np.unique(deep)) > 256
    assert panel.run.kept is not None
    rounded = np.round(deep[:, :, ::-1] / 257.0)
    assert np.abs(rounded - panel.run.kept.painted).max() <= 1, "it is the picture that is shown"


def test_time_and_memory_are_said_before_the_start(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    keep_speed(user_paths().speed_file, "cpu/vgg16/gram/fp32", Speed(0.5, 1e-5))
    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    panel.column.set_values({"loss": "gram", "size": 64, "iterations": 60})
    panel._show_stage()
    said = panel.column.estimate
    qtbot.waitUntil(lambda: "about" in said.text(), timeout=PATIENCE)
    assert said.isVisible()
    assert said.text().startswith("64 × 43")
    assert "GB of memory" in said.text()
    before = said.text()
    panel.column.pictures.form.set_value({"iterations": 6000})
    panel.column.pictures.form.changed.emit({})
    assert said.text() != before


def test_a_painting_of_ours_brings_its_recipe_back(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.load()
    pairs = sample_pairs()
    drop(panel, qtbot, pairs[0][0], pairs[0][1], pairs[1][1])
    panel.column.pictures.blend.sliders()[0].setValue(50)
    panel.column.set_values(
        {"beta": 321.0, "seed": 5, "color": "match", "color_amount": 0.5, "iterations": 1}
    )
    panel.start()
    until(panel, qtbot, Stage.DONE)
    wanted = panel.column.recipe()
    with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
        panel.save_to(tmp_path / "ours.png")
    panel.column.set_values({"beta": 1.0, "seed": 0, "color": "painting", "color_amount": 1.0})
    panel.column.pictures.blend.sliders()[0].setValue(100)
    panel.column.content.load([tmp_path / "ours.png"])
    qtbot.waitUntil(lambda: panel.column.recipe() == wanted, timeout=PATIENCE)


def test_a_remembered_picture_that_is_gone_is_told(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.problem, timeout=PATIENCE) as caught:
        panel.comeback.take(Recipe(content=str(tmp_path / "gone.jpg")))
    assert caught.args[0].code is ErrorCode.FILE_MISSING
    assert not panel.column.complete


def test_the_first_click_paints(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    """The empty canvas offers the pictures on board, as the other panels do, and paints them at once."""
    assert panel.easel.samples.isVisible()
    qtbot.mouseClick(panel.easel.samples, Qt.MouseButton.LeftButton)
    until(panel, qtbot, Stage.WAITING)
    assert not panel.easel.samples.isVisible()
    panel.column.set_values({**SMALL, "iterations": 1})
    panel.stop()
    panel.start()
    session.load()
    until(panel, qtbot, Stage.DONE)
