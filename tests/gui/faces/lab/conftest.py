"""For tests of the lab: its page in a Recognise panel, and a data set of drawn patterns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.faces.training.records import FaceSet
from engine.paths import user_paths
from gui.faces.lab.page import LabPage
from gui.faces.panel import RecognisePanel
from gui.session import Session
from tests.engine.faces.training.patterns import patterns


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
