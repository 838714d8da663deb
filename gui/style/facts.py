"""Facts: how far a painting is, in one row of numbers, and the losses as lines."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.style.recipe import STYLE_LAYERS
from engine.style.steps import PaintStep
from engine.style.studio import StudioStep
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import Card, label, tool_button
from gui.widgets.job_bar import duration_words
from gui.widgets.line_chart import LineChart, Series

NEGLIGIBLE = 1e-3
"""The share of the total below which a loss is not drawn: the content loss of a run that starts from the
content comes from 0, and would squeeze everything else into the top of a logarithmic chart."""

CHART_HEIGHT = 128


class Facts(Card):
    """Scale, iteration, speed, time left, memory; below them the live plot, which can be folded away.

    Signals:
        folded: whether the plot is folded away now.
    """

    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: StudioStep | None = None
        self._running = False
        self._pace: deque[float] = deque(maxlen=20)
        self._sums: tuple[list[float], ...] = ([], [], [])
        self._layers: dict[str, list[float]] = {name: [] for name in STYLE_LAYERS}
        self._names: list[QLabel] = [label("caption") for _ in range(5)]
        self._values: list[QLabel] = [label("strong") for _ in range(5)]
        self.chart = LineChart(log_y=True)
        self.chart.setFixedHeight(CHART_HEIGHT)
        self.by_layer = tool_button("layers")
        self.by_layer.setCheckable(True)
        self.by_layer.toggled.connect(self._draw)
        self.fold = tool_button("chevron-down")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._fold)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space_m)
        grid.setVerticalSpacing(0)
        for column, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            grid.addWidget(name, 0, column)
            grid.addWidget(value, 1, column)
        row = QHBoxLayout()
        row.setSpacing(theme.space_s)
        row.addLayout(grid)
        row.addStretch(1)
        row.addWidget(self.by_layer)
        row.addWidget(self.fold)
        around = self.layout()
        assert isinstance(around, QVBoxLayout)
        around.setContentsMargins(theme.space_l, theme.space_s, theme.space_s, theme.space_s)
        self.body.setSpacing(theme.space_s)
        self.body.addLayout(row)
        self.body.addWidget(self.chart)

    def sizeHint(self) -> QSize:
        """Take no more height than needed."""
        return QSize(480, 60 if self.fold.isChecked() else 72 + CHART_HEIGHT)

    def set_folded(self, folded: bool) -> None:
        """Fold the plot away, or show it."""
        self.fold.setChecked(folded)

    def set_running(self, running: bool) -> None:
        """Show a time left only while something is painted."""
        if running != self._running:
            self._running = running
            self._show()

    def clear(self) -> None:
        """Forget the run before."""
        self._step = None
        self._pace.clear()
        for line in (*self._sums, *self._layers.values()):
            line.clear()
        self._show()
        self._draw()

    def show_step(self, step: StudioStep) -> None:
        """Show the newest numbers; steps between may have been skipped."""
        self._step = step
        painted = step.painted
        self._pace.append(painted.seconds)
        losses = painted.losses
        values = (losses.total, losses.alpha * losses.content, losses.beta * losses.style)
        for line, value in zip(self._sums, values, strict=True):
            self._extend(line, value, painted)
        for name, line in self._layers.items():
            self._extend(line, losses.style_layers.get(name, math.nan), painted)
        self._show()
        self._draw()

    def _extend(self, line: list[float], value: float, step: PaintStep) -> None:
        least = max(0.0, NEGLIGIBLE * step.losses.total)  # with a unit that pulls J may fall below 0
        drawn = value if value > least or line in self._layers.values() else math.nan
        line.extend([drawn] * (step.iteration - len(line)))

    def retranslate(self) -> None:
        """Set every text again."""
        words = (
            self.tr("Scale, px"),
            self.tr("Iteration"),
            self.tr("Speed"),
            self.tr("Time left"),
            self.tr("Memory"),
        )
        for shown, word in zip(self._names, words, strict=True):
            shown.setText(word)
        self.by_layer.setToolTip(self.tr("Shows the style loss of every layer"))
        self.by_layer.setAccessibleName(self.tr("Style loss by layer"))
        self.fold.setToolTip(self.tr("Hide or show the losses"))
        self.fold.setAccessibleName(self.tr("Hide or show the losses"))
        self.chart.setAccessibleName(self.tr("Losses"))
        self.chart.set_empty_text(self.tr("The losses appear here, one point for each iteration."))
        self._show()
        self._draw()

    def _fold(self, folded: bool) -> None:
        self.chart.setVisible(not folded)
        self.by_layer.setVisible(not folded)
        self.fold.setIcon(icon("chevron-up" if folded else "chevron-down", self.fold))
        self.updateGeometry()
        self.folded.emit(folded)

    def _show(self) -> None:
        texts = ["–"] * len(self._values)
        if self._step is not None:
            painted = self._step.painted
            left = painted.progress.seconds_left
            side = painted.scales[painted.scale]
            texts = [
                f"{painted.scale + 1}/{len(painted.scales)} · {side}",
                f"{painted.iteration} / {painted.iterations}",
                self._speed(median(self._pace)),
                duration_words(left) if left and self._running else "–",
                _memory_words(self._step.memory_bytes),
            ]
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)

    def _draw(self) -> None:
        if self.by_layer.isChecked():
            lines = list(self._layers.items())
        else:
            names = (self.tr("total J"), self.tr("α · content"), self.tr("β · style"))
            lines = list(zip(names, self._sums, strict=True))
        self.chart.set_series(
            [Series(name, tuple(line), index) for index, (name, line) in enumerate(lines) if line]
        )

    def _speed(self, pace: float) -> str:
        if pace <= 0 or not math.isfinite(pace):
            return "–"
        if pace < 1:
            return self.tr("{count} it/s").format(count=f"{1 / pace:.1f}")
        return self.tr("{seconds} s/it").format(seconds=f"{pace:.1f}")


def _memory_words(count: int) -> str:
    if not count:
        return "–"
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
