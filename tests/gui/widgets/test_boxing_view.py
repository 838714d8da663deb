"""Pointing and dragging on a picture, by mouse and by keyboard, in the picture's own pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from gui.imaging import to_qimage
from gui.widgets.boxing_view import BoxingView


@pytest.fixture
def view(qtbot: QtBot) -> BoxingView:
    view = BoxingView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.set_image(to_qimage(np.zeros((100, 200, 3), np.uint8)))
    view.show()
    return view


def drag(qtbot: QtBot, view: BoxingView, start: QPoint, stop: QPoint, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, held, start)
    qtbot.mouseMove(view, (start + stop) / 2)
    qtbot.mouseMove(view, stop)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, held, stop)


def test_a_click_is_a_spot_and_a_drag_is_a_box(qtbot: QtBot, view: BoxingView) -> None:
    spots: list[QPointF] = []
    boxes: list[QRectF] = []
    view.clicked.connect(spots.append)
    view.boxed.connect(boxes.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    assert (spots, boxes) == ([QPointF(50, 50)], [])
    drag(qtbot, view, QPoint(300, 260), QPoint(100, 150))
    assert boxes == [QRectF(50, 25, 100, 55)], "from any corner"
    assert len(spots) == 1


def test_a_box_ends_at_the_picture(qtbot: QtBot, view: BoxingView) -> None:
    boxes: list[QRectF] = []
    view.boxed.connect(boxes.append)
    drag(qtbot, view, QPoint(20, 120), QPoint(200, 390))
    assert boxes == [QRectF(10, 10, 90, 90)]
    drag(qtbot, view, QPoint(20, 10), QPoint(200, 40))
    assert len(boxes) == 1, "nothing but the margin was in it"


def test_with_shift_the_picture_moves(qtbot: QtBot, view: BoxingView) -> None:
    boxes: list[QRectF] = []
    view.boxed.connect(boxes.append)
    view.zoom_by(4)
    before = view.to_image(QPointF(200, 200))
    drag(qtbot, view, QPoint(200, 200), QPoint(260, 200), shift=True)
    assert view.to_image(QPointF(200, 200)).x() < before.x()
    assert not boxes


def test_arrows_and_enter_point_too(qtbot: QtBot, view: BoxingView) -> None:
    spots: list[QPointF] = []
    view.clicked.connect(spots.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    assert spots[0].x() > 100
    assert spots[0].y() < 50
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert spots[1].x() == 0, "it stays on the picture"
