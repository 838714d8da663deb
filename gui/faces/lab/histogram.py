"""HistogramView: the distances of same and of different pairs, and the threshold τ between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.faces.training.records import Histograms
from gui.theme import Theme
from gui.widgets.drawing import Drawing


class HistogramView(Drawing):
    """Draws both histograms, each as shares of its own pairs, over 0..top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Histograms | None = None
        self._top = 4.0
        self._names = ("", "")
        self.setMinimumSize(160, 110)

    def show_histograms(self, histograms: Histograms | None, top: float = 4.0) -> None:
        """Draw these instead of the ones before."""
        self._shown, self._top = histograms, top
        self.update()

    def set_texts(self, same: str, different: str, empty: str) -> None:
        """Name the two kinds, and say what will appear here."""
        self._names = (same, different)
        self.set_empty_text(empty)

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(320, 180)

    def is_empty(self) -> bool:
        """Whether one kind of pairs is missing."""
        return self._shown is None or not (self._shown.same.sum() and self._shown.different.sum())

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw both histograms, the axis and τ."""
        shown = self._shown
        assert shown is not None
        line = painter.fontMetrics().height()
        metrics = painter.fontMetrics()
        one_row = 68 + sum(metrics.horizontalAdvance(name) for name in self._names) <= self.width()
        legend = line if one_row else 2 * line
        plot = QRectF(20, legend + 10, self.width() - 40, self.height() - legend - line - 18)
        colors = (theme.series_color(2), theme.series_color(1))
        counts = (shown.same / shown.same.sum(), shown.different / shown.different.sum())
        highest = max(float(each.max()) for each in counts)
        x, y = 8.0, 2.0
        for name, color, heights in zip(self._names, colors, counts, strict=True):
            _paint_bars(painter, plot, heights / highest, color)
            painter.setPen(QPen(color, 3, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QLineF(x, y + line / 2, x + 10, y + line / 2))
            painter.setPen(theme.color("muted"))
            painter.drawText(QPointF(x + 16, y + metrics.ascent()), name)
            x, y = (x + 34 + metrics.horizontalAdvance(name), y) if one_row else (x, y + line)
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(theme.color("muted"))
        for step in range(5):
            text = f"{self._top * step / 4:g}"
            at = plot.left() + plot.width() * step / 4
            place = QRectF(at - 20, plot.bottom() + 2, 40, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, text)
        self._paint_threshold(painter, plot, shown.threshold, theme.color("text"))

    def _paint_threshold(self, painter: QPainter, plot: QRectF, threshold: float, color: QColor) -> None:
        if not 0 < threshold < self._top:
            return
        x = plot.left() + plot.width() * threshold / self._top
        painter.setPen(QPen(color, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        text = f"τ = {threshold:.2f}"
        width = painter.fontMetrics().horizontalAdvance(text)
        left = x + 6 if x + 6 + width < plot.right() else x - 6 - width
        painter.drawText(QPointF(left, plot.top() + painter.fontMetrics().ascent()), text)


def _paint_bars(painter: QPainter, plot: QRectF, heights: NDArray[np.float64], color: QColor) -> None:
    soft = QColor(color)
    soft.setAlphaF(0.55)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    width = plot.width() / len(heights)
    for place, height in enumerate(heights.tolist()):
        if height > 0:
            tall = height * plot.height()
            painter.drawRect(QRectF(plot.left() + place * width, plot.bottom() - tall, width, tall))
