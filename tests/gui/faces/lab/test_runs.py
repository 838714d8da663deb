"""The lab's runs: from a folder to the desk and back, and what may interrupt them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.faces.training import checkpoint
from engine.faces.training.adoption import InUse, read_in_use
from engine.faces.training.checkpoint import list_checkpoints
from engine.faces.training.drawn import draw_people
from engine.faces.training.records import FaceSet, Training
from gui.faces.lab import page as lab_page
from gui.faces.lab import work
from gui.faces.lab.page import ADOPT, RESULT, LabPage
from gui.faces.lab.work import Work
from gui.faces.panel import RecognisePanel
from tests.gui.faces.lab.driving import PATIENCE_MS, settle, take


def test_a_run_from_start_to_adoption_and_back(
    qtbot: QtBot, panel: RecognisePanel, page: LabPage, faces: FaceSet
) -> None:
    seen: list[Training] = []
    page.lab.training.connect(seen.append)
    take(page, faces)
    assert page.start.isEnabled()
    page.start.click()
    assert not page.start.isEnabled()
    with qtbot.waitSignal(page.lab.learned, timeout=PATIENCE_MS):
        settle(qtbot, lambda: seen and seen[-1].steps)
        assert page.bar.isVisible()
    assert page._pages.currentIndex() == RESULT
    assert len(page.training.wall.findChildren(type(page.training.wall._rows[0]))) == 4
    assert page.training.wall._rows[0].isVisibleTo(page.training)
    outcome = page.lab.learned_now.outcome
    assert f"{outcome.after.auc:.4f}" in page.result.board.headline.text()
    assert page.errors.accepts._rows[0].isVisibleTo(page.errors)
    page.open_tab(ADOPT)
    page.adopt.list.setCurrentRow(1)
    with qtbot.waitSignal(page.lab.learned, timeout=PATIENCE_MS):
        page.adopt.take.click()
    assert page.lab.learned_now.outcome.best_epoch == 1
    assert not page.adopt.adopt.isEnabled(), "first who would have to come by"
    with qtbot.waitSignal(page.lab.planned, timeout=PATIENCE_MS):
        page.adopt.plan.click()
    assert "0" in page.adopt.plan_text.text()
    with qtbot.waitSignal(page.in_use_changed, timeout=PATIENCE_MS):
        page.adopt.adopt.click()
    model = page.lab.learned_now.card.id
    assert panel._session.models.face_encoder == model
    assert model in page.adopt.in_use.text()
    threshold = panel._session.settings.verify_threshold
    assert threshold == pytest.approx(page.lab.learned_now.card.threshold)
    with qtbot.waitSignal(page.in_use_changed, timeout=PATIENCE_MS):
        page.adopt.undo.click()
    assert panel._session.models.face_encoder == "sface"
    assert panel._session.settings.verify_threshold == pytest.approx(1.274)
    assert read_in_use(page.lab.in_use_file) == InUse("sface", 1.274)


def test_a_window_closed_in_the_middle_keeps_the_checkpoints(
    qtbot: QtBot, panel: RecognisePanel, page: LabPage, faces: FaceSet
) -> None:
    take(page, faces)
    page.form.set_value({"epochs": 500})
    page.start.click()
    folder = page.lab.checkpoints
    settle(qtbot, lambda: len(list_checkpoints(folder)) > 2)
    panel.shut_down()
    panel._session.runner.close(timeout=10)
    kept = list_checkpoints(folder)
    assert kept
    assert not list(folder.glob(".*.part")), "half a file was left"


def test_a_full_disk_at_a_checkpoint_is_a_notice_and_the_run_can_go_on(
    qtbot: QtBot, panel: RecognisePanel, page: LabPage, faces: FaceSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, problems = checkpoint.writing, list[Exception]()

    def full(path: Path) -> AbstractContextManager[BinaryIO]:
        if path.name == "epoch-00002.safetensors":
            raise EngineError(ErrorCode.DISK_FULL, f"The disk is full: {path} was not written.", str(path))
        return real(path)

    monkeypatch.setattr(checkpoint, "writing", full)
    panel.problem.connect(problems.append)
    take(page, faces)
    page.start.click()
    settle(qtbot, lambda: problems)
    assert isinstance(problems[0], EngineError)
    assert problems[0].code is ErrorCode.DISK_FULL
    assert page.lab.kept_epochs() == [0, 1]
    assert page.start.isEnabled()
    monkeypatch.undo()
    with qtbot.waitSignal(page.lab.learned, timeout=PATIENCE_MS):
        page.start.click()
    assert page.lab.kept_epochs() == [0, 1, 2]


def test_pause_rests_and_cancel_ends(qtbot: QtBot, page: LabPage, faces: FaceSet) -> None:
    seen: list[Training] = []
    page.lab.training.connect(seen.append)
    take(page, faces)
    page.form.set_value({"epochs": 500})
    page.start.click()
    settle(qtbot, lambda: seen and seen[-1].steps)
    page.bar.pause_clicked.emit(True)
    qtbot.wait(600)
    resting = len(seen[-1].steps)
    qtbot.wait(600)
    assert len(seen[-1].steps) == resting
    page.bar.pause_clicked.emit(False)
    settle(qtbot, lambda: len(seen[-1].steps) > resting)
    page.bar.cancel_clicked.emit()
    settle(qtbot, lambda: page.lab.work is Work.NOTHING)
    assert page.start.isEnabled()


def test_drawn_faces_are_a_data_set_at_once(
    qtbot: QtBot, page: LabPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "draw_people", lambda: draw_people(7, 2))
    page.data.drawn.click()
    assert not page.data.drawn.isEnabled()
    settle(qtbot, lambda: page.lab.faces is not None and page.lab.work is Work.NOTHING)
    assert "7 people with 14 usable photos" in page.data.report.text()
    assert page.start.isEnabled()
    assert not page.measure.list.isEnabled(), "a list of pairs needs a folder"


def test_the_scene_for_the_documentation_rests_in_the_middle_of_a_run(
    qtbot: QtBot, panel: RecognisePanel, page: LabPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "draw_people", lambda: draw_people(8, 2))
    monkeypatch.setattr(lab_page, "EXAMPLE_STEPS", 3)
    scene = next(one for one in panel.scenes(panel) if one.name == "lab")
    scene.begin()
    assert not scene.ready()
    settle(qtbot, scene.ready)
    assert page.isVisible()
    assert page.lab.work is Work.TRAIN
    assert page.training.wall._rows[0].isVisibleTo(page.training)


def test_a_bad_folder_is_a_notice_and_the_lab_goes_on(
    qtbot: QtBot, panel: RecognisePanel, page: LabPage, tmp_path: Path
) -> None:
    problems: list[Exception] = []
    panel.problem.connect(problems.append)
    page.take_folder(tmp_path)
    settle(qtbot, lambda: problems)
    assert isinstance(problems[0], EngineError)
    assert problems[0].code is ErrorCode.NO_PICTURES
    assert page.data.zone.isEnabled()
    assert not page.start.isEnabled()
