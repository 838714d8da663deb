"""For tests of the Paint panel: the panel on a session of its own, with settings that take a moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.paths import user_paths
from gui.session import Session
from gui.style.panel import PaintPanel
from tests.gui.style.driving import SMALL


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session(user_paths())
    yield made
    made.close()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[PaintPanel]:
    made = PaintPanel(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.activateWindow()  # without a window manager nobody else gives it the keyboard
    qtbot.waitUntil(made.isActiveWindow)
    made.column.set_values(SMALL)
    yield made
    made.shut_down()
