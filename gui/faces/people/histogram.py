"""Histogram: pairs of one person and of different people over their distance, with the line between."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from engine.faces.calibrate import Calibration
from gui.theme import Theme
from gui.widgets.drawing import Drawing

FOOT = 40
HEAD = 26
WIDEST = 4.0


class Histogram(Drawing):
    """Both curves are scaled to the same height, since there are many more pairs of different people."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Calibration | None = None
        self._same, self._different, self._axis = "", "", ""
        self.setMinimumSize(320, 180)

    def show_calibration(self, found: Calibration | None) -> None:
        """Draw this instead of what was there."""
        self._found = found
        self.update()

    def set_texts(self, same: str, different: str, axis: str, empty: str) -> None:
        """Name the curves and the axis, and say what will appear here."""
        self._same, self._different, self._axis = same, different, axis
        self.set_empty_text(empty)

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(640, 300)

    def is_empty(self) -> bool:
        """Whether nothing was measured yet."""
        return self._found is None

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw curves, line, axis and legend."""
        assert self._found is not None
        plot = QRectF(8, HEAD, self.width() - 16, self.height() - HEAD - FOOT)
        self._paint_axis(painter, theme, plot)
        for index, counts in enumerate((self._found.genuine, self._found.impostor)):
            self._paint_counts(painter, theme, plot, counts, index)
        x = plot.left() + self._found.tau / WIDEST * plot.width()
        painter.setPen(QPen(theme.color("text"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        tau = f"τ {self._found.tau:.3f}"
        ground = QRectF(x + 4, plot.top(), painter.fontMetrics().horizontalAdvance(tau) + 8, 18)
        painter.fillRect(ground, theme.color("surface"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, tau)
        self._paint_legend(painter, theme)

    def _paint_axis(self, painter: QPainter, theme: Theme, plot: QRectF) -> None:
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(QLineF(plot.bottomLeft(), plot.bottomRight()))
        painter.setPen(theme.color("muted"))
        for number in range(int(WIDEST) + 1):
            x = plot.left() + number / WIDEST * plot.width()
            place = QRectF(x - 20, plot.bottom() + 4, 40, 16)
            align = Qt.AlignmentFlag.AlignHCenter
            if number in (0, int(WIDEST)):
                place = QRectF(plot.left() if number == 0 else plot.right() - 40, plot.bottom() + 4, 40, 16)
                align = Qt.AlignmentFlag.AlignLeft if number == 0 else Qt.AlignmentFlag.AlignRight
            painter.drawText(place, align, str(number))
        below = QRectF(plot.left(), plot.bottom() + 20, plot.width(), 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self._axis)

    def _paint_counts(
        self, painter: QPainter, theme: Theme, plot: QRectF, counts: tuple[int, ...], index: int
    ) -> None:
        most = max(counts)
        if most == 0:
            return
        path = QPainterPath(plot.bottomLeft())
        step = plot.width() / len(counts)
        for place, count in enumerate(counts):
            y = plot.bottom() - count / most * plot.height()
            path.lineTo(plot.left() + place * step, y)
            path.lineTo(plot.left() + (place + 1) * step, y)
        path.lineTo(plot.bottomRight())
        color = theme.series_color(index)
        painter.setPen(QPen(color, 1.5))
        color.setAlpha(60)
        painter.setBrush(color)
        painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_legend(self, painter: QPainter, theme: Theme) -> None:
        assert self._found is not None
        x = 8.0
        pairs = (self._found.genuine_pairs, self._found.impostor_pairs)
        for index, (name, count) in enumerate(zip((self._same, self._different), pairs, strict=True)):
            painter.setPen(QPen(theme.series_color(index), 3))
            painter.drawLine(QLineF(x, 11, x + 16, 11))
            painter.setPen(theme.color("text"))
            text = f"{name} ({count})"
            painter.drawText(QPointF(x + 22, 15), text)
            x += 22 + painter.fontMetrics().horizontalAdvance(text) + 24
