"""Histogram and meter: what they draw stands where the numbers say."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gui.theme import read_theme
from gui.widgets.histogram import Histogram
from gui.widgets.meter import FALL, Meter

THEME = read_theme("light")


def columns_with(image: QImage, color: QColor) -> list[int]:
    """Return the columns in which a colour occurs."""
    return [
        x for x in range(image.width()) if any(image.pixelColor(x, y) == color for y in range(image.height()))
    ]


def test_bars_and_marks_stand_at_their_values(qtbot: QtBot) -> None:
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.resize(408, 120)
    histogram.set_counts(np.arange(0.0, 11.0), np.array([50, 0, 0, 0, 0, 7, 0, 0, 0, 1]))
    bars = columns_with(histogram.grab().toImage(), THEME.color("border_strong"))
    inner = [x for x in bars if 60 < x < 340]
    axis = set(range(4, 404))
    tall = {x for x in axis if histogram.grab().toImage().pixelColor(x, 80) == THEME.color("border_strong")}
    assert inner
    assert min(tall) <= 6
    assert not any(45 < x < 203 for x in tall), "bins 1 to 4 are empty"
    assert any(204 <= x <= 243 for x in tall)
    histogram.set_marks([5.0])
    histogram.set_chosen(5.0)
    assert 204 in columns_with(histogram.grab().toImage(), THEME.color("accent"))


def test_a_histogram_without_counts_says_what_comes(qtbot: QtBot) -> None:
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.resize(300, 100)
    blank = histogram.grab().toImage()
    histogram.set_empty_text("later")
    assert histogram.grab().toImage() != blank


def test_a_meter_shows_the_value_and_remembers_the_peak(qtbot: QtBot) -> None:
    meter = Meter("conv5 · 17", full=20.0)
    qtbot.addWidget(meter)
    meter.resize(300, 40)
    lengths = []
    for value in (0.0, 5.0, 10.0, 20.0, 40.0):
        meter.set_value(value)
        lengths.append(len(columns_with(meter.grab().toImage(), THEME.color("accent"))))
    assert lengths == sorted(lengths)
    assert lengths[0] == 0
    assert lengths[3] == lengths[4], "more than full is full"
    assert meter.peak == 40.0
    meter.set_value(0.0)
    assert meter.peak == 40.0 - FALL * 20.0
