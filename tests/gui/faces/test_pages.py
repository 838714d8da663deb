"""The pages of the Recognise panel by themselves: they fit, and can be used by keyboard alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.faces.people import Person
from gui.faces.banner import StaffStrip
from gui.faces.source_bar import SourceBar
from gui.faces.verify_page import VerifyPage

PERSON = Person("1", "Ada")


def test_the_arrow_key_takes_the_first_person(qtbot: QtBot) -> None:
    page = VerifyPage()
    qtbot.addWidget(page)
    page.set_people([PERSON])
    assert page.name.currentText() == ""
    qtbot.keyClick(page.name, Qt.Key.Key_Down)
    assert page.name.currentText() == PERSON.name
    page.set_people([PERSON])
    assert page.name.currentText() == PERSON.name


def test_a_dead_button_says_what_it_waits_for(qtbot: QtBot) -> None:
    page = VerifyPage()
    qtbot.addWidget(page)
    assert "camera" in page.camera.toolTip()
    page.set_live(True)
    assert "name" in page.camera.toolTip()
    page.name.setEditText("Ada")
    assert page.camera.isEnabled()
    assert page.camera.toolTip() == ""


@pytest.mark.parametrize("width", [476, 860])
def test_the_staff_strip_shows_every_caption_whole(qtbot: QtBot, width: int) -> None:
    strip = StaffStrip()
    qtbot.addWidget(strip)
    strip.resize(width, 120)
    strip.show()
    for caption in strip.findChildren(QLabel):
        qtbot.waitUntil(lambda caption=caption: caption.width() >= caption.sizeHint().width())


def test_the_source_bar_fits_the_smallest_window(qtbot: QtBot) -> None:
    bar = SourceBar()
    qtbot.addWidget(bar)
    bar.resize(460, 40)
    bar.show()
    qtbot.waitUntil(lambda: bar.staff.text() == "")
    assert bar.minimumSizeHint().width() <= 460
    shown = [bar.choice, bar.refresh, bar.go, bar.staff]
    for before, after in pairwise(shown):
        assert before.geometry().right() < after.geometry().left()
