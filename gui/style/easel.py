"""Easel: the painting as it grows, its losses, how fast and how long still."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from engine.style.steps import PaintStep
from gui.imaging import to_qimage
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.image_view import ImageView, put_below_placeholder
from gui.widgets.job_bar import duration_words
from gui.widgets.line_chart import LineChart, Series

STEPS = 1000
NARROW = 560
"""Below this width there is no room for every word above the picture."""
NEGLIGIBLE = 1e-3
"""The share of the total below which a loss is not drawn: the content loss of a run that starts from the
content comes from 0, and would squeeze everything else into the top of a logarithmic chart."""


class Easel(QWidget):
    """The right side of the panel. It shows what it is given and computes nothing.

    Signals:
        save_clicked: the person wants the painting as a file.
        samples_clicked: the person wants to see the pictures on board painted.
    """

    save_clicked = Signal()
    samples_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: QImage | None = None
        self._painting: QImage | None = None
        self._narrow = False
        self._step: PaintStep | None = None
        self._pace: deque[float] = deque(maxlen=20)
        self._lines: tuple[list[float], list[float], list[float]] = ([], [], [])
        self.canvas = ImageView()
        self.samples = button("sample", "primary")
        self.samples.clicked.connect(self.samples_clicked)
        put_below_placeholder(self.canvas, self.samples)
        self.status = label("subtitle", wrap=True)
        self.compare, self.save = button("swap", "quiet"), button("save")
        self.compare.pressed.connect(lambda: self._compare(True))
        self.compare.released.connect(lambda: self._compare(False))
        self.save.clicked.connect(self.save_clicked)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, STEPS)
        self.chart = LineChart(log_y=True)
        self._numbers = Numbers()
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        tools = QHBoxLayout()
        tools.setSpacing(theme.space_s)
        tools.addWidget(self.status, 1)
        tools.addWidget(self.compare)
        tools.addWidget(self.save)
        figures = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.space_xl)
        row.addWidget(self._numbers)
        row.addWidget(self.chart, 1)
        figures.body.addLayout(row)
        figures.setFixedHeight(190)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(theme.space_m)
        around.addLayout(tools)
        around.addWidget(self.canvas, 1)
        around.addWidget(self.bar)
        around.addWidget(figures)

    def sizeHint(self) -> QSize:
        """Ask for the lion's share."""
        return QSize(820, 720)

    def set_content(self, picture: QImage | None) -> None:
        """Take the content for comparison; without a painting it is what the canvas shows."""
        self._content = picture
        if self._painting is None:
            self.canvas.set_image(picture)
        self._enable()

    def set_running(self, running: bool) -> None:
        """Show how far the run is and how long it still takes, or that there is none."""
        self.bar.setVisible(running)
        self._numbers.set_running(running)

    def clear(self) -> None:
        """Forget the run before; the canvas goes back to the content."""
        self._step, self._painting = None, None
        self._pace.clear()
        for line in self._lines:
            line.clear()
        self.bar.setValue(0)
        self.canvas.set_image(self._content)
        self._draw_chart()
        self._numbers.show_step(None, 0.0)
        self._enable()

    def show_painting(self, picture: QImage) -> None:
        """Show a painting without a run behind it."""
        self._painting = picture
        self.canvas.set_image(picture)
        self._enable()

    def show_step(self, step: PaintStep) -> None:
        """Show the newest picture and its numbers; some steps before it may have been skipped."""
        self._step = step
        self._painting = to_qimage(step.picture)
        if not self.compare.isDown():
            self.canvas.set_image(self._painting)
        recipe = step.provenance.recipe
        losses = step.losses
        values = (losses.total, recipe.alpha * losses.content, recipe.beta * losses.style)
        for line, value in zip(self._lines, values, strict=True):
            line.extend(
                [value if value > NEGLIGIBLE * losses.total else math.nan] * (step.iteration - len(line))
            )
        self._pace.append(step.seconds)
        self.bar.setValue(round(step.progress.fraction * STEPS))
        self._draw_chart()
        self._numbers.show_step(step, median(self._pace))
        self._enable()

    def retranslate(self) -> None:
        """Set every text again."""
        words = self.tr("Hold to see the photo")
        self.compare.setText("" if self._narrow else words)
        self.compare.setAccessibleName(words)
        self.compare.setToolTip(self.tr("Shows the content picture while you hold the button"))
        self.samples.setText(self.tr("Paint the sample pictures"))
        self.save.setText(self.tr("Save picture…"))
        self.bar.setAccessibleName(self.tr("Progress of the painting"))
        self.chart.setAccessibleName(self.tr("Losses"))
        self.chart.set_empty_text(self.tr("The losses appear here, one point for each iteration."))
        self.canvas.set_placeholder(
            "paint",
            self.tr("Your painting appears here"),
            self.tr("Drop a photo and a painting on the left, then press Start."),
        )
        self._numbers.retranslate()
        self._draw_chart()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the comparison is left with its icon."""
        narrow = event.size().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()
        super().resizeEvent(event)

    def _draw_chart(self) -> None:
        names = (self.tr("total J"), self.tr("α · content"), self.tr("β · style"))
        drawn = [line for line in self._lines if line]
        self.chart.set_series(
            [
                Series(name, tuple(line), index)
                for index, (name, line) in enumerate(zip(names, drawn, strict=False))
            ]
        )

    def _compare(self, held: bool) -> None:
        if self._painting is None or self._content is None:
            return
        if not held:
            self.canvas.set_image(self._painting)
            return
        self.canvas.set_image(
            self._content.scaled(
                self._painting.size(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )

    def _enable(self) -> None:
        self.compare.setEnabled(self._painting is not None and self._content is not None)
        self.save.setEnabled(self._painting is not None)
        self.samples.setVisible(self._painting is None and self._content is None)


class Numbers(QWidget):
    """Iteration, speed, time left and the three losses, in two columns."""

    ROWS = 5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PaintStep | None, float] = (None, 0.0)
        self._running = False
        self._names: list[QLabel] = [label("caption") for _ in range(self.ROWS)]
        self._values: list[QLabel] = [label("strong") for _ in range(self.ROWS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme_of(self).space_l)
        grid.setVerticalSpacing(theme_of(self).space_xs)
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            value.setMinimumWidth(92)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(name, row, 0)
            grid.addWidget(value, row, 1)

    def set_running(self, running: bool) -> None:
        """Show a time left only while something is painted."""
        if running != self._running:
            self._running = running
            self.show_step(*self._shown)

    def show_step(self, step: PaintStep | None, pace: float) -> None:
        """Show a step; ``pace`` is the seconds that an iteration takes at present."""
        self._shown = (step, pace)
        texts = ["–"] * self.ROWS
        if step is not None:
            left = step.progress.seconds_left
            texts = [
                f"{step.iteration} / {step.iterations}",
                self._speed(pace),
                duration_words(left) if left and self._running else "–",
                f"{step.losses.content:.4g}",
                f"{step.losses.style:.4g}",
            ]
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)

    def retranslate(self) -> None:
        """Set every text again."""
        names = (
            self.tr("Iteration"),
            self.tr("Speed"),
            self.tr("Time left"),
            self.tr("Content loss"),
            self.tr("Style loss"),
        )
        for shown, name in zip(self._names, names, strict=True):
            shown.setText(name)
        self.show_step(*self._shown)

    def _speed(self, pace: float) -> str:
        if pace <= 0 or not math.isfinite(pace):
            return "–"
        if pace < 1:
            return self.tr("{count} it/s").format(count=f"{1 / pace:.1f}")
        return self.tr("{seconds} s/it").format(seconds=f"{pace:.1f}")
