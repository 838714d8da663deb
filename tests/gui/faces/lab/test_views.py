"""What the lab's views say, and that they fit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from engine.faces.training.adoption import InUse, Plan
from engine.faces.training.records import Collapse, FaceSet, Training
from engine.progress import Progress
from gui.faces.lab.adopt_view import AdoptView, Unfit
from gui.faces.lab.foil_view import FoilView
from gui.faces.lab.measure_view import MeasureView
from gui.faces.lab.numbers_view import NumbersView
from gui.faces.lab.page import ADOPT, ERRORS, FOIL, MEASURE, NUMBERS, RESULT, TRAINING, LabPage
from gui.faces.lab.pictures import PictureWall
from gui.faces.panel import RecognisePanel


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
