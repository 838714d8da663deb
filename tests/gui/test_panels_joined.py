"""Paint and Explain send units and layers to each other through the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.paths import user_paths
from gui.app import PANELS, join_panels, make_networks
from gui.explorer.panel import ExplainPanel
from gui.main_window import MainWindow
from gui.session import Session
from gui.style.panel import PaintPanel


@pytest.fixture
def joined(qtbot: QtBot) -> Iterator[MainWindow]:
    session = Session(user_paths())
    made = MainWindow(session, PANELS, make_networks)
    join_panels(made)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_a_unit_of_explain_pulls_at_the_painting(joined: MainWindow) -> None:
    explain = joined.open_panel("explain")
    assert isinstance(explain, ExplainPanel)
    assert joined._pages[1].made_panel is None, "Paint is made when it is needed"
    explain.unit_for_paint.emit("vgg16", "conv4_1", 12)
    assert joined._stack.currentIndex() == 1
    paint = joined._pages[1].panel
    assert isinstance(paint, PaintPanel)
    assert paint.column.recipe().unit == "conv4_1:12"
    explain.unit_for_paint.emit("alexnet", "conv3", 7)
    assert paint.column.recipe().unit == "conv4_1:12", "painting cannot look through AlexNet, and says so"


def test_a_layer_of_paint_is_looked_at_in_explain(
    joined: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, str]] = []
    monkeypatch.setattr(ExplainPanel, "open_layer", lambda _self, *where: opened.append(where))
    paint = joined.open_panel("paint")
    assert isinstance(paint, PaintPanel)
    paint.column.layers.looks["relu4_1"].click()
    assert joined._stack.currentIndex() == 2
    assert opened == [("vgg16", "conv4_1")]
