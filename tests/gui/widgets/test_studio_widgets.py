"""The compare line, the soft brush, the tab strip and the picture grid, by mouse and keyboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gui.widgets.brush_canvas import Brush, BrushCanvas
from gui.widgets.compare_view import CompareView
from gui.widgets.picture_grid import PictureGrid, Tile
from gui.widgets.tab_strip import TabStrip


def plain(color: str, width: int = 200, height: int = 100) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


def test_the_line_shows_one_picture_at_its_left_and_one_at_its_right(qtbot: QtBot) -> None:
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show()
    view.set_image(plain("red"))
    view.compare_with(plain("blue", 50, 25), "then", "now")
    seen = view.grab().toImage()
    assert seen.pixelColor(40, 150) == QColor("blue")
    assert seen.pixelColor(360, 150) == QColor("red")
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    qtbot.mouseMove(view, QPoint(320, 100))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(320, 100))
    assert view.split == 0.8
    assert view.grab().toImage().pixelColor(280, 150) == QColor("blue")
    for _ in range(20):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    assert abs(view.split - 0.4) < 1e-9
    view.compare_with(None)
    assert view.grab().toImage().pixelColor(40, 150) == QColor("red")


def canvas(qtbot: QtBot) -> BrushCanvas:
    made = BrushCanvas()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    made.set_picture(plain("white", 400, 200))
    made.set_regions({"a": 1, "b": 2})
    made.set_active("a")
    return made


def test_a_soft_dab_fades_and_a_hard_one_does_not(qtbot: QtBot) -> None:
    made = canvas(qtbot)
    for softness in (1.0, 0.0):
        made.brush = Brush(0.25, softness)
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
        mask = made.region("a")
        assert mask is not None
        assert mask[100, 200] > 240
        between = np.unique(mask[100, 155:200])
        assert (len(between) > 20) == (softness > 0), between
        assert mask[100, 260] == 0
        made.clear_region()


def test_regions_are_apart_erased_inverted_and_undone(qtbot: QtBot) -> None:
    made = canvas(qtbot)
    made.brush = Brush(0.2, 0.0)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    made.set_active("b")
    assert made.region("b") is None
    made.invert_region()
    full = made.region("b")
    assert full is not None
    assert (full == 255).all()
    qtbot.mouseClick(made, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    erased = made.region("b")
    assert erased is not None
    assert erased[100, 100] == 0
    for _ in range(2):
        made.undo()
    assert made.region("b") is None
    assert made.region("a") is not None
    made.undo()
    assert made.region("a") is None
    assert not made.can_undo


def test_the_brush_is_moved_and_sized_by_keyboard(qtbot: QtBot) -> None:
    made = canvas(qtbot)
    made.brush = Brush(0.1, 0.0)
    for _ in range(10):
        qtbot.keyClick(made, Qt.Key.Key_Right)
    qtbot.keyClick(made, Qt.Key.Key_BracketRight)
    assert made.brush.size > 0.1
    qtbot.keyClick(made, Qt.Key.Key_Space)
    mask = made.region("a")
    assert mask is not None
    assert mask[100, 280] == 255
    assert mask[100, 200] == 0
    qtbot.keyClick(made, Qt.Key.Key_Delete)
    erased = made.region("a")
    assert erased is None or erased[100, 280] == 0


def test_a_mask_from_elsewhere_is_stretched(qtbot: QtBot) -> None:
    made = canvas(qtbot)
    half = np.zeros((10, 20), np.uint8)
    half[:, :10] = 255
    made.set_region("a", half)
    mask = made.region("a")
    assert mask is not None
    assert mask.shape == (200, 400)
    assert mask[:, :150].min() == 255
    made.set_picture(plain("white", 100, 300))
    assert made.region("a") is None, "another picture has no regions yet"


def test_tabs_are_chosen_by_click_and_arrow(qtbot: QtBot) -> None:
    strip = TabStrip({"one": "layers", "two": "palette", "three": "clock"})
    qtbot.addWidget(strip)
    for page in ("one", "two", "three"):
        strip.name(page, page, "")
    strip.show()
    chosen: list[str] = []
    strip.chosen.connect(chosen.append)
    qtbot.mouseClick(strip.button("two"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(strip.button("two"), Qt.Key.Key_Right)
    qtbot.keyClick(strip.button("three"), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: chosen == ["two", "three", "one"])
    assert strip.current == "one"


def test_a_picture_of_the_grid_is_chosen_when_it_is_there(qtbot: QtBot) -> None:
    grid = PictureGrid()
    qtbot.addWidget(grid)
    grid.resize(400, 400)
    grid.show()
    grid.set_tiles([Tile(0, 0, "a", plain("red")), Tile(0, 1, "b"), Tile(1, 0, "c", plain("blue"))])
    chosen: list[int] = []
    grid.chosen.connect(chosen.append)
    qtbot.mouseClick(grid.tiles()[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(grid.tiles()[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chosen == [2])
