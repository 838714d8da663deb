"""Histogram: how often values occur, with some of them marked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme, theme_of
from gui.widgets.drawing import Drawing


class Histogram(Drawing):
    """Bars whose height grows with the logarithm of the count: one picture in ten thousand stays visible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edges: NDArray[np.float64] = np.empty(0)
        self._counts: NDArray[np.int64] = np.empty(0, np.int64)
        self._marks: tuple[float, ...] = ()
        self._chosen: float | None = None
        self.setMinimumSize(160, 84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_counts(self, edges: Sequence[float] | NDArray[np.float64], counts: NDArray[np.int64]) -> None:
        """Show ``counts`` between n + 1 rising ``edges``; no counts show the empty text."""
        self._edges, self._counts = np.asarray(edges, np.float64), counts
        self.update()

    def clear(self) -> None:
        """Show the empty text."""
        self._edges, self._counts = np.empty(0), np.empty(0, np.int64)
        self.update()

    def set_marks(self, values: Sequence[float]) -> None:
        """Mark these values on the axis."""
        self._marks = tuple(values)
        self.update()

    def set_chosen(self, value: float | None) -> None:
        """Stress one of the marks."""
        self._chosen = value
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(320, 120)

    def is_empty(self) -> bool:
        """Whether there are no counts."""
        return not self._counts.size or not self._counts.sum()

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw bars, marks and the ends of the axis."""
        foot = painter.fontMetrics().height() + 4
        plot = QRectF(4, 12, self.width() - 8, self.height() - 12 - foot)
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), theme.color("border_strong"))
        self._paint_bars(painter, plot)
        for value in self._marks:
            self._paint_mark(painter, plot, value)
        low, high = self._edges[0], self._edges[-1]
        line = QRectF(plot.left(), plot.bottom() + 3, plot.width(), foot)
        painter.setPen(theme.color("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, f"{low:.3g}")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{high:.3g}")

    def _paint_bars(self, painter: QPainter, plot: QRectF) -> None:
        heights = np.log1p(self._counts) / np.log1p(self._counts.max())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme_of(self).color("border_strong"))
        for low, high, height in zip(self._edges[:-1], self._edges[1:], heights, strict=True):
            left, right = self._x(plot, low), self._x(plot, high)
            tall = float(height) * plot.height()
            if tall:
                wide = max(1.0, right - left - 1.0)
                painter.drawRect(QRectF(left, plot.bottom() - tall, wide, tall))

    def _paint_mark(self, painter: QPainter, plot: QRectF, value: float) -> None:
        theme = theme_of(self)
        x = self._x(plot, value)
        chosen = value == self._chosen
        colour = theme.color("accent")
        painter.setPen(QPen(colour, 2.5 if chosen else 1.2))
        painter.drawLine(QLineF(x, plot.top() if chosen else plot.center().y(), x, plot.bottom()))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            tip = plot.top()
            painter.drawPolygon(
                QPolygonF([QPointF(x - 6, tip - 8), QPointF(x + 6, tip - 8), QPointF(x, tip)])
            )

    def _x(self, plot: QRectF, value: float) -> float:
        low, high = self._edges[0], self._edges[-1]
        span = high - low if high > low else 1.0
        return plot.left() + float(np.clip((value - low) / span, 0.0, 1.0)) * plot.width()
