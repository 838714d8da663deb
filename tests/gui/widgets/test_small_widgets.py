"""LineChart, JobBar and NoticeBar."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.progress import Progress
from gui.theme import theme_of
from gui.widgets.job_bar import JobBar, duration_words
from gui.widgets.line_chart import LineChart, Series, _distinct, _levels, _short
from gui.widgets.notice import MOST, NoticeBar


def count(image: QImage, color: QColor) -> int:
    near = 0
    for x in range(image.width()):
        for y in range(image.height()):
            found = image.pixelColor(x, y)
            near += abs(found.red() - color.red()) + abs(found.green() - color.green()) < 24
    return near


def test_a_chart_draws_its_lines_in_the_colors_of_the_theme(qtbot: QtBot) -> None:
    chart = LineChart()
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    before = count(chart.grab().toImage(), theme_of().series_color(1))
    chart.set_series([Series("Loss", [5, 4, 3, 2, 1], 1)])
    assert count(chart.grab().toImage(), theme_of().series_color(1)) > before + 100


@pytest.mark.parametrize("log_y", [False, True])
@pytest.mark.parametrize(
    "values", [[], [1.0], [0.0, 0.0], [math.nan], [1, math.inf, 2], [-1, 0, 5], [1e-12, 1e12]]
)
def test_a_chart_draws_anything(qtbot: QtBot, log_y: bool, values: list[float]) -> None:
    chart = LineChart(log_y=log_y)
    qtbot.addWidget(chart)
    chart.resize(200, 140)
    chart.set_empty_text("Nothing yet")
    chart.set_series([Series("x", values), Series("y", [1, 2, 3], 1)])
    chart._hover = 100
    assert not chart.grab().isNull()


def test_a_chart_of_two_thousand_points_is_drawn_quickly(qtbot: QtBot) -> None:
    chart = LineChart(log_y=True)
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    wave = np.abs(np.sin(np.arange(2000) / 50)) + 0.1
    chart.set_series([Series(str(index), (wave * index).tolist(), index) for index in range(1, 4)])
    chart.grab()
    took = []
    for _ in range(5):
        started = time.perf_counter()
        chart.grab()
        took.append(time.perf_counter() - started)
    assert min(took) < 0.1


def test_levels_are_round_and_inside() -> None:
    for low, high in ((0, 1), (-3, 7), (0.001, 0.0013), (1e5, 9e5)):
        levels = _levels(low, high)
        assert 2 <= len(levels) <= 10
        assert all(low <= level <= high for level in levels)
    assert _short(10_000) == "10\u202f000"
    assert _short(0.25) == "0.25"
    assert _short(1e-9) == "1e-09"


def test_a_job_bar_shows_how_far_and_how_long(qtbot: QtBot) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.start("Scanning", pausable=True)
    assert bar._bar.maximum() == 0
    bar.show_progress(Progress(30, 120, 10.0, 30.0))
    assert bar._bar.value() == bar._bar.maximum() / 4
    assert "30 / 120" in bar._left.text()
    assert "30 s" in bar._left.text()
    bar.finish("Scanned 120 pictures.")
    assert not bar.isHidden()
    assert bar._cancel.isHidden()
    bar.finish("")
    assert bar.isHidden()


def test_a_job_bar_pauses_and_cancels(qtbot: QtBot) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    bar.start("Painting", pausable=True)
    heard: list[object] = []
    bar.pause_clicked.connect(heard.append)
    bar.cancel_clicked.connect(lambda: heard.append("cancel"))
    bar._pause.click()
    bar._pause.click()
    bar._cancel.click()
    assert heard == [True, False, "cancel"]
    bar.start("Scanning")
    assert bar._pause.isHidden()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (45, "45 s"), (180, "3 min"), (4 * 3600 + 60, "4 h 1 min")]
)
def test_durations(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_a_notice_tells_the_problem_copies_it_and_closes(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_problem(EngineError(ErrorCode.NO_FACE, "No face in x.png; use another.", "x.png"))
    (notice,) = bar.notices()
    notice._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "x.png" in copied
    assert "No face in x.png; use another." in copied
    notice._close.click()
    assert bar.notices() == []
    assert bar.isHidden()


def test_notices_stack_without_repeating_and_without_end(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    for text in ("one", "two", "one"):
        bar.show_message(text)
    assert [notice.text() for notice in bar.notices()] == ["one", "two"]
    for number in range(10):
        bar.show_message(f"message {number}", "warn")
    assert len(bar.notices()) == MOST
    assert bar.notices()[0].text() == "message 9"


def test_the_read_out_follows_the_pointer(qtbot: QtBot) -> None:
    chart = LineChart()
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.set_series([Series("Loss", [3, 2, 1])])
    chart.show()
    before = chart.grab().toImage()
    qtbot.mouseMove(chart, QPoint(150, 100))
    qtbot.waitUntil(lambda: chart.grab().toImage() != before)


def test_every_mark_of_an_axis_reads_differently() -> None:
    assert _distinct([94.42, 94.44, 94.46]) == ["94.42", "94.44", "94.46"]
    assert _distinct([1.0, 10.0, 100.0]) == ["1", "10", "100"]
