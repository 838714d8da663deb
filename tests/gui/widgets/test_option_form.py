"""OptionForm: what goes in comes out, and only a person's change is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from engine.options import option, options_of, validate
from engine.settings import Settings
from gui.widgets.option_form import OptionForm


@dataclass(frozen=True)
class Kitchen:
    eggs: int = option(3, label="Eggs", help="How many.", between=(1, 12))
    heat: float = option(1e3, label="Heat", help="Watts.", between=(1e-4, 1e6), logarithmic=True)
    salt: float = option(0.25, label="Salt", help="Share.", between=(0.0, 1.0))
    pan: str = option("iron", label="Pan", help="Of what.", choices={"iron": "Iron", "steel": "Steel"})
    lid: bool = option(True, label="Lid", help="Whether.", advanced=True)
    note: str = option("", label="Note", help="Free text.", advanced=True)


@pytest.fixture
def form(qtbot: QtBot) -> OptionForm:
    form = OptionForm(Kitchen)
    qtbot.addWidget(form)
    form.resize(400, 500)
    form.show()
    return form


def find(form: OptionForm, kind: type[Any], name: str) -> Any:
    return form.findChild(kind, name)


def test_it_starts_with_the_defaults(form: OptionForm) -> None:
    assert form.value() == {
        "eggs": 3, "heat": 1e3, "salt": 0.25, "pan": "iron", "lid": True, "note": "",
    }  # fmt: skip
    assert Kitchen(**form.value()) == Kitchen()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    eggs=st.integers(1, 12),
    heat=st.floats(1e-4, 1e6),
    salt=st.floats(0, 1),
    pan=st.sampled_from(["iron", "steel"]),
    lid=st.booleans(),
)
def test_round_trip(form: OptionForm, eggs: int, heat: float, salt: float, pan: str, lid: bool) -> None:
    told: list[dict[str, Any]] = []
    form.changed.connect(told.append)
    form.set_value({"eggs": eggs, "heat": heat, "salt": salt, "pan": pan, "lid": lid, "unknown": 1})
    form.changed.disconnect(told.append)
    value = form.value()
    assert told == []
    assert (value["eggs"], value["pan"], value["lid"]) == (eggs, pan, lid)
    assert value["heat"] == pytest.approx(heat, abs=5e-6)
    assert value["salt"] == pytest.approx(salt, abs=5e-3)
    validate(Kitchen(**value))


def test_the_settings_of_the_program_round_trip(qtbot: QtBot) -> None:
    form = OptionForm(Settings)
    qtbot.addWidget(form)
    wanted = {"theme": "dark", "language": "zh_CN", "keep_photos": True, "strangers_accepted": 0.0025}
    form.set_value(wanted)
    assert wanted.items() <= form.value().items()
    assert Settings(**form.value()).verify_threshold == Settings().verify_threshold


def test_every_control_tells_of_a_change(qtbot: QtBot, form: OptionForm) -> None:
    form._more.setChecked(True)
    told: list[dict[str, Any]] = []
    form.changed.connect(told.append)
    find(form, QSpinBox, "eggs").setValue(7)
    find(form, QDoubleSpinBox, "heat").setValue(20)
    combo = find(form, QComboBox, "pan")
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    find(form, QCheckBox, "lid").click()
    line = find(form, QLineEdit, "note")
    qtbot.keyClicks(line, "hot")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told[0]["eggs"] == 7
    assert told[1]["heat"] == 20
    assert told[-1] == {"eggs": 7, "heat": 20, "salt": 0.25, "pan": "steel", "lid": False, "note": "hot"}


def test_sliders_follow_and_lead_their_numbers(form: OptionForm) -> None:
    eggs, heat, _salt = form.findChildren(QSlider)
    form.set_value({"eggs": 12, "heat": 10.0})
    assert eggs.value() == eggs.maximum()
    assert heat.value() == pytest.approx(heat.maximum() / 2, abs=1)
    heat.setValue(heat.maximum())
    eggs.setValue(0)
    assert form.value()["heat"] == 1e6
    assert form.value()["eggs"] == 1


def test_advanced_settings_are_folded_away_and_keep_their_values(form: OptionForm) -> None:
    lid = find(form, QCheckBox, "lid")
    assert not lid.isVisible()
    form._more.click()
    assert lid.isVisible()
    assert form.value()["lid"] is True


def test_only_the_names_asked_for_in_that_order(qtbot: QtBot) -> None:
    form = OptionForm(Kitchen, ["salt", "eggs"])
    qtbot.addWidget(form)
    assert list(form.value()) == ["salt", "eggs"]
    assert not form._more.isVisibleTo(form)


def test_choices_of_the_moment(qtbot: QtBot) -> None:
    form = OptionForm(Kitchen, ["note"], choices={"note": {"": "None", "a": "A"}})
    qtbot.addWidget(form)
    form.set_value({"note": "a"})
    form.set_choices("note", {"": "None", "a": "A", "b": "B"})
    assert form.value() == {"note": "a"}


def test_the_wheel_scrolls_the_page_and_changes_nothing(qapp: QApplication, form: OptionForm) -> None:
    spin = find(form, QSpinBox, "eggs")
    spin.clearFocus()
    up, none = QPoint(0, 120), Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), up, Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    qapp.sendEvent(spin, event)
    assert form.value()["eggs"] == 3


def test_every_control_has_an_accessible_name(form: OptionForm) -> None:
    for declared in options_of(Kitchen):
        control = form.findChild(object, declared.name)
        name = control.text() if isinstance(control, QCheckBox) else control.accessibleName()
        assert name == declared.label


def test_small_numbers_are_written_without_needless_digits(form: OptionForm) -> None:
    form.set_value({"heat": 0.01})
    assert find(form, QDoubleSpinBox, "heat").text() == "0.01"
