"""LineChart: a few lines over their index, with a read-out under the pointer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.theme import Theme
from gui.widgets.drawing import Drawing

TICKS = 4


@dataclass(frozen=True)
class Series:
    """One line: the value at x = 0, 1, 2 …; ``color`` counts through the theme's line colours."""

    name: str
    values: Sequence[float]
    color: int = 0


class LineChart(Drawing):
    """Draws up to a few thousand points a line.

    Values that are not finite, or not positive while ``log_y``, are gaps.
    """

    def __init__(self, parent: QWidget | None = None, *, log_y: bool = False) -> None:
        super().__init__(parent)
        self._series: tuple[Series, ...] = ()
        self._heights: list[NDArray[np.float64]] = []
        self._log_y = log_y
        self._span: tuple[float, float] | None = None
        self._hover: float | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(160, 110)

    @property
    def log_y(self) -> bool:
        """Whether equal steps upwards are equal factors."""
        return self._log_y

    @log_y.setter
    def log_y(self, logarithmic: bool) -> None:
        self._log_y = logarithmic
        self._measure()
        self.update()

    def set_series(self, series: Sequence[Series]) -> None:
        """Draw these lines instead of the ones before."""
        self._series = tuple(series)
        self._measure()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(320, 180)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the read-out."""
        self._hover = event.position().x()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the read-out."""
        self._hover = None
        self.update()

    def is_empty(self) -> bool:
        """Whether no line has a point."""
        return self._span is None

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw axes, lines, legend and read-out."""
        span = self._span
        assert span is not None
        legend = self._paint_legend(painter, theme)
        metrics = painter.fontMetrics()
        levels = _levels(*span)
        texts = _distinct([10**level if self._log_y else level for level in levels])
        labels = list(zip(levels, texts, strict=True))
        margin = max(metrics.horizontalAdvance(text) for _, text in labels) + 10
        plot = QRectF(margin, legend + 6, self.width() - margin - 8, self.height() - legend - 14)
        low, high = span
        for level, text in labels:
            y = plot.bottom() - (level - low) / (high - low) * plot.height()
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(theme.color("muted"))
            place = QRectF(0, y - 9, margin - 6, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for series, heights in zip(self._series, self._heights, strict=True):
            painter.setPen(QPen(theme.series_color(series.color), 1.5))
            for run in self._runs(heights, plot, span):
                painter.drawPolyline(run)
        if self._hover is not None:
            self._paint_read_out(painter, theme, plot)

    def _measure(self) -> None:
        """Put every value on the vertical axis, once per change; gaps become NaN."""
        self._heights = []
        for series in self._series:
            heights = np.array(series.values, dtype=np.float64)
            heights[~np.isfinite(heights) | ((heights <= 0) & self._log_y)] = np.nan
            self._heights.append(np.log10(heights) if self._log_y else heights)
        self._span = self._limits()

    def _limits(self) -> tuple[float, float] | None:
        """Return the lower and upper end of the vertical axis; None without a point."""
        heights = np.concatenate([*self._heights, np.empty(0)])
        heights = heights[np.isfinite(heights)]
        if not heights.size:
            return None
        low, high = float(heights.min()), float(heights.max())
        if high - low < 1e-12 * max(1.0, abs(high)):
            half = 0.5 if self._log_y else max(abs(high) * 0.1, 1e-9)
            return low - half, high + half
        return low - 0.04 * (high - low), high + 0.04 * (high - low)

    def _longest(self) -> int:
        return max((len(series.values) for series in self._series), default=0)

    def _runs(self, heights: NDArray[np.float64], plot: QRectF, span: tuple[float, float]) -> list[QPolygonF]:
        """Return a line's unbroken pieces in widget coordinates.

        With many points to a pixel column, only the lowest and the highest of each group are kept: they
        look the same and are drawn many times faster.
        """
        low, high = span
        across = plot.left() + np.arange(heights.size) * (plot.width() / max(1, self._longest() - 1))
        kept = _extremes(heights, max(1, int(heights.size // max(1.0, plot.width()))))
        down = plot.bottom() - (heights - low) / (high - low) * plot.height()
        runs: list[list[QPointF]] = [[]]
        for x, y in zip(across[kept].tolist(), down[kept].tolist(), strict=True):
            if math.isnan(y):
                runs.append([])
            else:
                runs[-1].append(QPointF(x, y))
        return [QPolygonF(run if len(run) > 1 else [run[0], run[0]]) for run in runs if run]

    def _paint_legend(self, painter: QPainter, theme: Theme) -> float:
        """Paint the names in as many rows as they need, and return the height used."""
        metrics = painter.fontMetrics()
        x, y = 2.0, 2.0
        for series in self._series:
            width = 18 + metrics.horizontalAdvance(series.name) + 14
            if x + width > self.width() and x > 2:
                x, y = 2.0, y + metrics.height() + 4
            middle = y + metrics.height() / 2
            painter.setPen(QPen(theme.series_color(series.color), 3, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QLineF(x + 2, middle, x + 12, middle))
            painter.setPen(theme.color("muted"))
            painter.drawText(QPointF(x + 18, y + metrics.ascent()), series.name)
            x += width
        return y + metrics.height()

    def _paint_read_out(self, painter: QPainter, theme: Theme, plot: QRectF) -> None:
        assert self._hover is not None
        last = self._longest() - 1
        if not plot.left() - 4 <= self._hover <= plot.right() + 4 or last < 0:
            return
        index = round((self._hover - plot.left()) / plot.width() * last) if last else 0
        index = min(last, max(0, index))
        x = plot.left() + (plot.width() * index / last if last else 0)
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        lines = [f"{index}"] + [
            f"{series.name}  {_short(series.values[index])}"
            for series in self._series
            if index < len(series.values)
        ]
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(line) for line in lines) + 20
        height = metrics.height() * len(lines) + 12
        left = x + 10 if x + 10 + width < self.width() else x - 10 - width
        plate = QRectF(left, plot.top() + 4, width, height)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(plate, theme.radius_s, theme.radius_s)
        for row, line in enumerate(lines):
            painter.setPen(theme.color("muted" if row == 0 else "text"))
            painter.drawText(
                QPointF(plate.left() + 10, plate.top() + 6 + metrics.ascent() + row * metrics.height()), line
            )


def _levels(low: float, high: float) -> list[float]:
    """Return about four round numbers in a range (steps of 1, 2 or 5 times a power of ten)."""
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first = math.ceil(low / step)
    return [index * step for index in range(first, math.floor(high / step) + 1)] or [(low + high) / 2]


def _extremes(heights: NDArray[np.float64], group: int) -> list[int]:
    """Return the indices of the lowest and the highest value of each ``group``, in order; of gaps, one."""
    if group < 2:
        return list(range(heights.size))
    whole = np.pad(heights, (0, -heights.size % group), constant_values=np.nan).reshape(-1, group)
    starts = np.arange(len(whole)) * group
    lowest = starts + np.where(np.isnan(whole), np.inf, whole).argmin(axis=1)
    highest = starts + np.where(np.isnan(whole), -np.inf, whole).argmax(axis=1)
    kept: list[int] = np.unique(np.concatenate([lowest, highest])).tolist()
    return kept


def _distinct(values: Sequence[float]) -> list[str]:
    """Return every value with as many digits as it takes to tell them apart."""
    for digits in range(3, 9):
        texts = [_short(value, digits) for value in values]
        if len(set(texts)) == len(texts):
            break
    return texts


def _short(value: float, significant: int = 3) -> str:
    """Return a few significant digits, without an exponent where a person can do without."""
    if value == 0 or not math.isfinite(value) or not 1e-3 <= abs(value) < 1e6:
        return f"{value:.{significant}g}"
    digits = max(0, significant - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{digits}f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return text.rstrip("0").rstrip(".") if "." in text else text
