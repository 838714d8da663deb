"""Keyboard and screen reader: everything that takes the keyboard has a name, and Tab reaches all of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.faces.kiosk.screen import KioskScreen
from gui.faces.panel import RecognisePanel
from gui.session import Session

INPUTS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)


def inside_another(widget: QWidget) -> bool:
    """A line or a list that belongs to another control is read with it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView) or parent.inherits(
            "QComboBoxPrivateContainer"
        ):
            return True
        parent = parent.parentWidget()
    return False


def nameless(root: QWidget) -> list[str]:
    """Return what a screen reader could not name."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, INPUTS) or inside_another(widget) or widget.objectName().startswith("qt_"):
            continue
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (text or widget.accessibleName()):
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[RecognisePanel]:
    panel = RecognisePanel(session)
    qtbot.addWidget(panel, before_close_func=lambda _: panel.shut_down())
    panel.resize(1200, 800)
    panel.show()
    yield panel
    panel.shut_down()


def test_every_control_of_desk_office_and_lock_has_a_name(panel: RecognisePanel) -> None:
    rooms = (panel.column, panel.view, panel.office, panel.lock)
    assert {type(room).__name__: nameless(room) for room in rooms} == {
        type(room).__name__: [] for room in rooms
    }


def test_every_control_of_the_desk_screen_has_a_name(qtbot: QtBot) -> None:
    screen = KioskScreen()
    qtbot.addWidget(screen, before_close_func=lambda _: screen.end())
    assert nameless(screen) == []


def test_tab_reaches_every_control_of_the_enrolment(qtbot: QtBot, panel: RecognisePanel) -> None:
    page = panel.enrol
    panel.column.open_page(1)
    page.name.setText("Ada")
    page.consent.purpose.setText("entrance")
    page.consent.agrees.setChecked(True)
    page.set_live(True)
    panel.activateWindow()
    page.name.setFocus()
    qtbot.waitUntil(page.name.hasFocus)
    wanted = {page.consent.purpose, page.consent.keep, page.consent.agrees, page.camera, page.zone}
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        wanted.discard(QApplication.focusWidget())
        if not wanted:
            break
    assert not wanted
