"""RocView: false accepts against true accepts, before and after, with false accepts on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.theme import Theme
from gui.widgets.drawing import Drawing

DECADES = 4
"""The axis spans FAR 1e-4 to 1."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One ROC; ``color`` counts through the theme's line colours."""

    name: str
    far: NDArray[np.float64]
    tar: NDArray[np.float64]
    color: int


class RocView(Drawing):
    """Draws a few ROC curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: tuple[Curve, ...] = ()
        self._axes = ("", "")
        self.setMinimumSize(220, 180)

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Draw these instead of the ones before."""
        self._curves = tuple(curves)
        self.update()

    def set_texts(self, far: str, tar: str, empty: str) -> None:
        """Name the axes, and say what will appear here."""
        self._axes = (far, tar)
        self.set_empty_text(empty)

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(360, 260)

    def is_empty(self) -> bool:
        """Whether there is no curve."""
        return not self._curves

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the grid, the curves and their names."""
        metrics = painter.fontMetrics()
        line = metrics.height()
        plot = QRectF(38, 2 * line + 8, self.width() - 50, self.height() - 4 * line - 18)
        painter.drawText(QPointF(2, metrics.ascent() + line + 4), self._axes[1])
        for step in range(5):
            y = plot.bottom() - plot.height() * step / 4
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(theme.color("muted"))
            painter.drawText(QRectF(0, y - line / 2, 32, line), Qt.AlignmentFlag.AlignRight, f"{step / 4:g}")
        for decade in range(DECADES + 1):
            x = plot.left() + plot.width() * decade / DECADES
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
            painter.setPen(theme.color("muted"))
            place = QRectF(x - 30, plot.bottom() + 2, 60, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, f"{10.0 ** (decade - DECADES):g}")
        place = QRectF(plot.left(), plot.bottom() + line + 4, plot.width(), line)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, self._axes[0])
        x = 2.0
        for curve in self._curves:
            color = theme.series_color(curve.color)
            painter.setPen(QPen(color, 2))
            painter.drawPolyline(_line(curve, plot))
            painter.setPen(QPen(color, 3, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QLineF(x + 2, line / 2 + 2, x + 12, line / 2 + 2))
            painter.setPen(theme.color("muted"))
            painter.drawText(QPointF(x + 18, metrics.ascent() + 2), curve.name)
            x += 34 + metrics.horizontalAdvance(curve.name)


def _line(curve: Curve, plot: QRectF) -> QPolygonF:
    """Return the curve in widget coordinates; of points on one pixel column, the last one."""
    points: dict[int, QPointF] = {}
    for far, tar in zip(curve.far.tolist(), curve.tar.tolist(), strict=True):
        across = (math.log10(far) if far > 0 else -math.inf) + DECADES
        x = plot.left() + plot.width() * min(1.0, max(0.0, across / DECADES))
        points[round(2 * x)] = QPointF(x, plot.bottom() - tar * plot.height())
    return QPolygonF(list(points.values()))
