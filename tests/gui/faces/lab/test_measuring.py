"""Encoders measured without training, photos in doubt, and a list of pairs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.faces.training.records import Doubt, FaceSet
from engine.paths import SAMPLES
from gui.faces.lab.page import MEASURE, LabPage
from gui.faces.panel import RecognisePanel
from tests.gui.faces.lab.driving import PATIENCE_MS, settle, take


def test_photos_that_look_like_somebody_else_are_named(page: LabPage, faces: FaceSet) -> None:
    doubts = (Doubt("Ada/3.png", "Ada", "Bert", False, "A."), Doubt("Ada/4.png", "Ada", "", True, "B."))
    take(page, replace(faces, doubts=doubts))
    shown = [page.data.left_out.item(row).text() for row in range(page.data.left_out.count())]
    assert shown == [
        "Ada/3.png – looks like another person, most like Bert",
        "Ada/4.png – looks like another person",
    ]
    assert page.data.left_out.item(0).toolTip() == "A."
    assert "look like another person: 2" in page.data.report.text()


def test_the_encoders_at_hand_are_measured_without_training(
    qtbot: QtBot, page: LabPage, faces: FaceSet
) -> None:
    take(page, faces)
    page.open_tab(MEASURE)
    with qtbot.waitSignal(page.lab.measured, timeout=PATIENCE_MS) as told:
        page.measure.start.click()
        assert not page.measure.start.isEnabled()
    (measured,) = told.args
    assert [each.model for each in measured] == ["sface"]
    cells = page.measure.board._cells
    assert cells[0][1].text() == "On board"
    assert cells[1][1].text() == f"{measured[0].evaluation.auc:.4f}"
    assert f"{measured[0].evaluation.different_pairs} different pairs" in page.measure.board.headline.text()
    assert page.errors.accepts._rows[0].isVisibleTo(page.errors)
    assert page.measure.start.isEnabled()


def test_a_list_of_pairs_of_another_folder_is_a_notice(
    qtbot: QtBot, panel: RecognisePanel, page: LabPage, faces: FaceSet, tmp_path: Path
) -> None:
    problems: list[Exception] = []
    panel.problem.connect(problems.append)
    pairs = tmp_path / "pairs.txt"
    pairs.write_text("2\t1\nAda\t1\t2\nAda\t1\tBert\t1\nAda\t1\t2\nAda\t1\tBert\t1\n")
    take(page, replace(faces, folder=str(tmp_path)))
    assert page.measure.list.isEnabled()
    page.measure.list_chosen.emit(pairs)
    settle(qtbot, lambda: problems)
    assert isinstance(problems[0], EngineError)
    assert problems[0].code is ErrorCode.PAIRS_INVALID
    assert page.measure.start.isEnabled()


def test_a_list_of_pairs_is_measured_from_the_dialog_to_the_table(
    qtbot: QtBot, page: LabPage, tmp_path: Path
) -> None:
    folder, pairs = tmp_path / "people", tmp_path / "pairs.txt"
    for name, number, sample in (("Ada", 1, "obama-1"), ("Ada", 2, "obama-2"), ("Bert", 1, "biden")):
        photo = folder / name / f"{name}_{number:04d}.jpg"
        photo.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLES / f"{sample}.jpg", photo)
    pairs.write_text("2\t1\nAda\t1\t2\nAda\t1\tBert\t1\nAda\t1\t2\nAda\t2\tBert\t1\n")
    page.open_tab(MEASURE)
    assert "choose a folder of people" in page.measure.list.toolTip()
    with qtbot.waitSignal(page.lab.gathered, timeout=PATIENCE_MS):
        page.take_folder(folder)
    assert page.measure.list.isEnabled()
    assert page.measure.list.toolTip() == ""
    page.measure.list.click()
    dialog = page.measure.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(page.lab.measured, timeout=PATIENCE_MS) as told:
        dialog.fileSelected.emit(str(pairs))
    dialog.close()
    (measured,) = told.args
    assert [one.model for one in measured] == ["sface"]
    assert page.measure.board.headline.text().endswith(" people, 2 same and 2 different pairs.")
    assert page.measure.board._cells[1][1].text() == f"{measured[0].evaluation.auc:.4f}" == "1.0000"
    assert page.measure.start.isEnabled()
