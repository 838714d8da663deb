"""The guide opens at the panel that a person was in, and every word of it can be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.paths import user_paths
from gui.app import PANELS, make_networks
from gui.main_window import SMALLEST, MainWindow
from gui.session import Session


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Session(user_paths()), PANELS, make_networks)
    qtbot.addWidget(window)
    window.resize(SMALLEST)
    window.show()
    return window


@pytest.mark.parametrize("index", range(len(PANELS)))
def test_f1_opens_it_at_the_panel(qtbot: QtBot, window: MainWindow, index: int) -> None:
    window.open_page(index)
    shortcuts = {each.key().toString(): each for each in window.findChildren(QShortcut)}
    shortcuts["F1"].activated.emit()
    guide = window.guide_page
    qtbot.waitUntil(guide.isVisible)
    title = PANELS[index].guide.title

    def in_sight() -> bool:
        headings = [each for each in guide.findChildren(QLabel) if each.text() == title]
        tops = [each.mapTo(guide.viewport(), QPoint(0, 0)).y() for each in headings]
        return any(0 <= top < guide.viewport().height() / 2 for top in tops)

    qtbot.waitUntil(in_sight)


@pytest.mark.parametrize("size", [SMALLEST, QSize(2000, 1200)])
def test_no_text_is_cut(qtbot: QtBot, window: MainWindow, size: QSize) -> None:
    window.resize(size)
    window.open_page(window.guide_index)
    qtbot.waitUntil(window.guide_page.isVisible)

    def cut() -> list[str]:
        labels = [each for each in window.guide_page.findChildren(QLabel) if each.isVisible()]
        return [each.text() for each in labels if not fits(each)]

    qtbot.waitUntil(lambda: not cut())


def fits(text: QLabel) -> bool:
    if text.wordWrap():
        return text.height() >= text.heightForWidth(text.width())
    return text.width() >= text.sizeHint().width() and text.height() >= text.sizeHint().height()
