"""The lab's page: from a folder to a run, its result, rollback, adoption; and an end in the middle of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.faces.training import checkpoint
from engine.faces.training.adoption import InUse, Plan, read_in_use
from engine.faces.training.checkpoint import list_checkpoints
from engine.faces.training.drawn import draw_people
from engine.faces.training.records import Collapse, Doubt, FaceSet, Training
from engine.paths import SAMPLES, user_paths
from engine.progress import Progress
from gui.faces.lab import page as lab_page
from gui.faces.lab import work
from gui.faces.lab.adopt_view import AdoptView, Unfit
from gui.faces.lab.foil_view import FoilView
from gui.faces.lab.measure_view import MeasureView
from gui.faces.lab.numbers_view import NumbersView
from gui.faces.lab.page import ADOPT, ERRORS, FOIL, MEASURE, NUMBERS, RESULT, TRAINING, LabPage
from gui.faces.lab.pictures import PictureWall
from gui.faces.lab.work import Work
from gui.faces.panel import RecognisePanel
from gui.session import Session
from tests.engine.faces.training.patterns import patterns

PATIENCE_MS = 90_000


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return patterns(10, 3, singles=3)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[RecognisePanel]:
    session = Session(user_paths())
    panel = RecognisePanel(session)
    qtbot.addWidget(panel, before_close_func=lambda _: panel.shut_down())
    panel.resize(1200, 800)
    panel.show()
    panel.open_lab()
    yield panel
    panel.shut_down()
    assert session.close(), "the engine thread did not end"


@pytest.fixture
def page(panel: RecognisePanel) -> LabPage:
    return panel.lab


def settle(qtbot: QtBot, ready: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(ready()), timeout=PATIENCE_MS)


def take(page: LabPage, faces: FaceSet) -> None:
    page.lab._finished(faces)  # as when a folder has been read
    page.form.set_value({"epochs": 2, "people": 3, "photos": 3})


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


def test_the_collapse_alarm_says_what_to_change(page: LabPage) -> None:
    calm = Training(Progress(9, 10, 1.0, None), (), (), None, (), None)
    page.training.show_training(calm)
    assert not page.training.alarm.isVisibleTo(page.training)
    page.training.show_training(replace(calm, collapse=Collapse(3, 0.0, "")))
    assert page.training.alarm.isVisibleTo(page.training)
    assert "semi-hard" in page.training.alarm.text()


def test_nothing_left_to_learn_is_said_while_it_is_so(page: LabPage) -> None:
    calm = Training(Progress(9, 10, 1.0, None), (), (), None, (), None)
    page.training.show_training(replace(calm, idle=True))
    assert page.training.idle.isVisibleTo(page.training)
    assert "larger margin" in page.training.idle.text()
    page.training.show_training(calm)
    assert not page.training.idle.isVisibleTo(page.training)


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


def test_what_does_not_fit_the_desk_is_not_offered_to_it(page: LabPage) -> None:
    for unfit, why in ((Unfit.CLASSIFIER, "by distance"), (Unfit.DRAWN, "real ones")):
        page.adopt.show_checkpoints((1,), (), 1, model="lab-1", unfit=unfit)
        assert not page.adopt.plan.isEnabled()
        assert why in page.adopt.plan_text.text()
    page.adopt.show_checkpoints((1,), (), 1, model="lab-1")
    assert page.adopt.plan.isEnabled()
    page.adopt.show_plan(Plan("lab-1", (), (), ()))
    assert page.adopt.adopt.isEnabled()
    page.adopt.show_in_use(InUse("lab-1", 1.0, ("sface", None)))
    assert not page.adopt.adopt.isEnabled(), "it is in use already"
    assert not page.adopt.plan.isEnabled()


def test_pictures_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    wall = PictureWall(4, 60, 3)
    qtbot.addWidget(wall)
    wall.show_rows([([np.zeros((9, 9, 3), np.uint8)] * 3, "")] * 4)
    wall.show()
    for width, columns in ((900, 4), (420, 2), (200, 1)):
        wall.resize(width, 400)
        wall.layout().activate()
        assert len({row.x() for row in wall._rows}) == columns


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


def test_the_sliders_calculate_live(page: LabPage) -> None:
    page.open_tab(NUMBERS)
    before = page.numbers.answer.text()
    page.numbers.people.setValue(100)
    assert page.numbers.answer.text() != before
    page.numbers.far.setValue(60)  # 1e-3
    page.numbers.people.setValue(60)  # 1000 people
    assert "63.2 %" in page.numbers.answer.text()
    page.numbers.trials.setValue(33)  # 10^2.98 = 955 pairs
    assert "0.31 %" in page.numbers.bound.text()


def test_every_view_has_its_tab_and_the_desk_comes_back(panel: RecognisePanel, page: LabPage) -> None:
    for index in (TRAINING, RESULT, MEASURE, ERRORS, FOIL, ADOPT, NUMBERS):
        page.open_tab(index)
        assert page._views[index].isVisible()
    page.back.click()
    assert not page.isVisible()
    assert panel.view.isVisible()


def test_settings_without_effect_are_grey(page: LabPage, faces: FaceSet) -> None:
    assert not page.form._controls["layers"].isEnabled()
    page.form.set_value({"start": "onboard"})
    page._recipe_changed()
    assert page.form._controls["layers"].isEnabled()
    page.form.set_value({"loss": "softmax"})
    page._recipe_changed()
    assert not page.form._controls["mining"].isEnabled()
    assert replace(page.recipe(), seed=3).loss == "softmax"


@pytest.mark.parametrize("width", [536, 900])
def test_no_view_is_wider_than_the_smallest_window_leaves(qtbot: QtBot, width: int) -> None:
    for view in (NumbersView(), AdoptView(), FoilView(), MeasureView()):
        qtbot.addWidget(view)
        view.resize(width, 480)
        view.show()
        qtbot.wait(20)
        area = view.findChild(QScrollArea)
        assert area is not None
        assert area.horizontalScrollBar().maximum() == 0, type(view).__name__
