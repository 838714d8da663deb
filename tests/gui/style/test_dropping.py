"""What is dropped, pasted, blended and refused, and the panel in the smallest window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from engine.errors import EngineError
from engine.style.samples import sample_pairs
from gui.session import Session
from gui.style.panel import PaintPanel
from tests.gui.style.driving import PATIENCE, drop, files


def test_drops_anywhere(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    content, style = sample_pairs()[0]
    with qtbot.waitSignal(panel.column.content.changed, timeout=PATIENCE):
        panel.offer(files(content))
    with qtbot.waitSignal(panel.column.styles.changed, timeout=PATIENCE):
        panel.offer(files(style))
    pasted = QImage(40, 40, QImage.Format.Format_RGB32)
    pasted.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(pasted)
    panel.column.styles.zone.setFocus()
    with qtbot.waitSignal(panel.column.styles.changed, timeout=PATIENCE):
        qtbot.keyClick(panel.column.styles.zone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.column.styles.paths[0].parent.name == "pasted"
    (tmp_path / "notes.txt").write_text("no picture")
    with qtbot.waitSignal(panel.told, timeout=PATIENCE) as caught:
        panel.offer(files(tmp_path / "notes.txt"))
    assert "notes.txt" in caught.args[0]
    assert panel.column.content.paths == (content,)


def test_two_places_appear_while_something_is_dragged_over_the_painting(
    panel: PaintPanel, qtbot: QtBot
) -> None:
    content, _style = sample_pairs()[0]
    mime = files(content)
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(700, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    panel.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert panel.overlay.isVisible()
    with qtbot.waitSignal(panel.column.content.changed, timeout=PATIENCE):
        panel.overlay.content.offer(mime)
    panel.dragLeaveEvent(QDragLeaveEvent())
    qtbot.waitUntil(lambda: not panel.overlay.isVisible())


def test_a_folder_offers_a_batch_that_goes_on(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    pairs = sample_pairs()
    for content, _style in pairs[:2]:
        (folder / content.name).write_bytes(content.read_bytes())
    (folder / "broken.png").write_bytes(b"no picture at all")
    session.load()
    drop(panel, qtbot, folder / pairs[0][0].name, pairs[0][1])
    assert not panel.column.pictures.batch.isVisible()
    (folder / "broken.png").rename(folder / "zzz.png")
    drop(panel, qtbot, folder, pairs[0][1])
    assert panel.column.pictures.batch.text() == "Paint all: 3 × 1…"
    panel.column.set_values({"iterations": 1})
    told: list[str] = []
    panel.batches.told.connect(told.append)
    for _ in range(2):
        panel.batches.start(
            panel.column.recipe(),
            panel.column.content.folder[1],
            [pairs[0][1]],
            tmp_path / "out",  # type: ignore[index]
        )
        qtbot.waitUntil(lambda: not panel.batches.running, timeout=PATIENCE)
    assert told == [
        "2 painted, 0 were there already, 1 could not be painted.",
        "0 painted, 2 were there already, 1 could not be painted.",
    ]
    assert len(list((tmp_path / "out").glob("*.png"))) == 2


def test_a_broken_picture_changes_nothing(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    content, style = sample_pairs()[0]
    drop(panel, qtbot, content, style)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(content.read_bytes()[:300])
    with qtbot.waitSignal(panel.problem, timeout=PATIENCE) as caught:
        panel.column.content.load([broken])
    assert isinstance(caught.args[0], EngineError)
    assert panel.column.content.paths == (content,)


def test_several_styles_are_blended_by_sliders(panel: PaintPanel, qtbot: QtBot) -> None:
    pairs = sample_pairs()
    drop(panel, qtbot, pairs[0][0], pairs[0][1], pairs[1][1])
    assert panel.column.recipe().style_shares == (0.5, 0.5)
    sliders = panel.column.pictures.blend.sliders()
    sliders[1].setValue(25)
    assert panel.column.recipe().style_shares == pytest.approx((0.8, 0.2))
    sliders[0].setValue(0)
    sliders[1].setValue(0)
    panel.column.recipe().check()
    panel.column.styles.remove(0)
    assert panel.column.recipe().styles == (str(pairs[1][1]),)


def test_nothing_is_cut_off_in_the_smallest_window(panel: PaintPanel, qtbot: QtBot) -> None:
    panel.hide()
    panel.resize(900, 600)
    panel.show()
    easel = panel.easel
    for made in (easel.compare, easel.save, panel.column.start, panel.column.stop):
        qtbot.waitUntil(lambda made=made: made.width() >= made.sizeHint().width())
    assert easel.compare.geometry().right() < easel.save.geometry().left()
    for name in ("pictures", "strength", "layers", "regions", "colour", "timeline", "maths"):
        tab = panel.column.tabs.button(name)
        assert tab.fontMetrics().horizontalAdvance(tab.text()) <= tab.width()
    panel.resize(1300, 800)
    qtbot.waitUntil(lambda: easel.compare.text() != "")
