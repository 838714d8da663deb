"""ImageView: geometry of fit, zoom, pan, mirror and boxes, checked on the pixels shown."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui.imaging import to_qimage
from gui.widgets.image_view import Box, ImageView


@pytest.fixture
def view(qtbot: QtBot) -> ImageView:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    return view


def halves() -> np.ndarray:
    """Left half red, right half blue; 200 wide, 100 high."""
    rgb = np.zeros((100, 200, 3), np.uint8)
    rgb[:, :100, 0] = 255
    rgb[:, 100:, 2] = 255
    return rgb


def at(view: ImageView, x: int, y: int) -> QColor:
    image = view.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(x * ratio), round(y * ratio))


def test_it_fits_and_keeps_the_aspect(view: ImageView) -> None:
    view.set_image(to_qimage(halves()))
    assert view.to_image(QPointF(0, 100)) == QPointF(0, 0)
    assert view.to_image(QPointF(400, 300)) == QPointF(200, 100)
    assert at(view, 100, 200) == QColor(255, 0, 0)
    assert at(view, 300, 200) == QColor(0, 0, 255)
    assert at(view, 200, 50) not in (QColor(255, 0, 0), QColor(0, 0, 255))


def test_a_mirrored_picture_swaps_sides_and_keeps_coordinates(view: ImageView) -> None:
    view.set_image(to_qimage(halves()))
    view.set_mirrored(True)
    assert at(view, 300, 200) == QColor(255, 0, 0)
    assert view.to_image(QPointF(300, 200)).x() == pytest.approx(50)
    view.resize(100, 100)
    assert at(view, 75, 50) == QColor(255, 0, 0)


def test_shrinking_averages_and_does_not_alias(view: ImageView) -> None:
    stripes = np.zeros((1600, 1600, 3), np.uint8)
    stripes[:, ::2] = 255
    view.set_image(to_qimage(stripes))
    assert abs(at(view, 200, 200).red() - 127) < 12


def test_zoom_keeps_the_place_under_the_pointer(view: ImageView) -> None:
    view.set_image(to_qimage(halves()))
    pointer = QPointF(260, 210)
    before = view.to_image(pointer)
    view.zoom_by(3, pointer)
    after = view.to_image(pointer)
    assert after.x() == pytest.approx(before.x())
    assert view.to_image(QPointF(400, 210)).x() - view.to_image(QPointF(0, 210)).x() == pytest.approx(200 / 3)


def test_dragging_pans_within_the_picture_and_a_double_click_fits(qtbot: QtBot, view: ImageView) -> None:
    view.set_image(to_qimage(halves()))
    view.zoom_by(4)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(view, left, none, QPoint(50, 200))
    for x in (100, 200, 390):
        qtbot.mouseMove(view, QPoint(x, 200))
    qtbot.mouseRelease(view, left, none, QPoint(390, 200))
    for _ in range(8):
        view._pressed = QPointF(0, 200)
        qtbot.mouseMove(view, QPoint(399, 201))
    view._pressed = None
    assert view.to_image(QPointF(0, 200)).x() >= -1e-6
    qtbot.mouseDClick(view, left, none, QPoint(10, 10))
    assert view.to_image(QPointF(400, 200)).x() == pytest.approx(200)


def test_a_click_tells_the_image_pixel_and_outside_nothing(qtbot: QtBot, view: ImageView) -> None:
    view.set_image(to_qimage(halves()))
    heard: list[QPointF] = []
    view.clicked.connect(heard.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))
    assert [(round(p.x()), round(p.y())) for p in heard] == [(150, 50)]


def test_boxes_are_drawn_where_they_belong(view: ImageView) -> None:
    view.set_image(to_qimage(np.zeros((100, 100, 3), np.uint8)))
    plain = view.grab().toImage()
    box = Box(25, 25, 50, 50, "Ada", "good")
    view.set_boxes([box])
    place = view.to_widget(box)
    assert (place.left(), place.top(), place.width()) == (100, 100, 200)
    drawn = view.grab().toImage()
    drawn = view.grab().toImage()
    assert drawn.pixelColor(100, 200) != plain.pixelColor(100, 200)
    assert drawn.pixelColor(200, 200) == plain.pixelColor(200, 200)


def test_keys_zoom(qtbot: QtBot, view: ImageView) -> None:
    view.set_image(to_qimage(halves()))
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.to_image(QPointF(400, 200)).x() < 199
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.to_image(QPointF(400, 200)).x() == pytest.approx(200)


def test_zoom_stays_from_frame_to_frame(view: ImageView) -> None:
    view.set_image(to_qimage(halves()))
    view.zoom_by(2)
    shown = view.to_image(QPointF(0, 200))
    view.set_image(to_qimage(halves()))
    assert view.to_image(QPointF(0, 200)) == shown
    view.set_image(to_qimage(np.zeros((50, 50, 3), np.uint8)))
    assert view.to_image(QPointF(0, 0)) == QPointF(0, 0)


def test_nothing_is_shown_as_an_invitation(view: ImageView) -> None:
    blank = view.grab().toImage()
    view.set_placeholder("camera", "No camera yet", "Choose a source.")
    assert view.grab().toImage() != blank
    assert view.accessibleName() == "No camera yet"
    view.set_image(to_qimage(halves()))
    view.set_image(None)
    assert view.image() is None
