"""ScoreBoard: one to three evaluations side by side, as a table, ROC curves and histograms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.faces.pairs import Rate
from engine.faces.training.records import Evaluation
from gui.faces.lab.histogram import HistogramView
from gui.faces.lab.roc import Curve, RocView
from gui.faces.lab.view import NARROW, View, column, share
from gui.theme import theme_of
from gui.widgets.card import Card, label

MOST = 3
ROWS = 9
STRANGERS = (0.01, 0.003)
"""Shares of strangers let in for which misses are shown."""

COLORS = (6, 0, 1)
"""Of the theme's lines: grey for the first, which is what the others are compared with."""


@dataclass(frozen=True, eq=False)
class Score:
    """An evaluation and its name; ``top`` is the largest distance that its verifier can give."""

    name: str
    evaluation: Evaluation
    top: float = 4.0


class ScoreBoard(View):
    """Two cards: the numbers with what is said about them, and the curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._scores: tuple[Score, ...] = ()
        self.headline, self.note = label("strong", wrap=True), label("caption", wrap=True)
        self.table, self._curves, self._bars = Card(), Card(), Card()
        self._cells = [[QLabel() for _ in range(MOST + 1)] for _ in range(ROWS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space_l)
        grid.setVerticalSpacing(theme.space_s)
        for row, cells in enumerate(self._cells):
            for place, cell in enumerate(cells):
                cell.setTextFormat(Qt.TextFormat.PlainText)
                cell.setProperty("role", "caption" if row == 0 else "strong" if place == 2 else "")
                if place:
                    grid.addWidget(cell, row, place, Qt.AlignmentFlag.AlignLeft)
                else:
                    grid.addWidget(cell, row, 0)
        grid.setColumnStretch(MOST, 1)
        self.table.body.addWidget(self.headline)
        self.table.body.addLayout(grid)
        self.table.body.addWidget(self.note)
        self.roc = RocView()
        self.roc.setMinimumHeight(280)
        self._curves.body.addWidget(self.roc)
        self.bars = tuple(HistogramView() for _ in range(MOST))
        self._bar_names = tuple(label("caption") for _ in range(MOST))
        for name, bars in zip(self._bar_names, self.bars, strict=True):
            bars.setMinimumHeight(120)
            self._bars.body.addWidget(name)
            self._bars.body.addWidget(bars, 1)
        charts = QHBoxLayout()
        charts.setSpacing(theme.space_m)
        charts.addWidget(self._curves, 1)
        charts.addWidget(self._bars, 1)
        layout: QVBoxLayout = column(self)
        layout.addWidget(self.table)
        layout.addLayout(charts)
        self.retranslate()

    def show_scores(self, scores: Sequence[Score]) -> None:
        """Show at most three evaluations; none shows what will appear here."""
        self._scores = tuple(scores)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._curves.set_title(self.tr("ROC"))
        self._bars.set_title(self.tr("Distances of the pairs"))
        empty = self.tr("Appears after a measurement.")
        self.roc.set_texts(self.tr("false accept rate (FAR)"), self.tr("true accept rate"), empty)
        for place, bars in enumerate(self.bars):
            bars.set_texts(self.tr("same person"), self.tr("different people"), empty)
            shown = place < max(1, len(self._scores))
            bars.setVisible(shown)
            self._bar_names[place].setVisible(shown and bool(self._scores))
        self._fill()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the names of the rows where there is no room for them."""
        for cells in self._cells:
            cells[0].setWordWrap(event.size().width() < NARROW)
        super().resizeEvent(event)

    def _fill(self) -> None:
        for cells in self._cells:
            for cell in cells:
                cell.clear()
                cell.setVisible(bool(self._scores))
        if not self._scores:
            return
        rates = sorted(self._scores[0].evaluation.report.tar_at_far, reverse=True)
        names = [
            self.tr("Area under the ROC"),
            self.tr("Equal error rate"),
            self.tr("Accuracy, ten folds"),
            *(self.tr("True accepts, FAR {rate}").format(rate=f"{rate:g}") for rate in rates),
            *(self.tr("Misses, {rate} strangers let in").format(rate=share(r)) for r in STRANGERS),
        ]
        for row, name in enumerate(names, start=1):
            self._cells[row][0].setText(name)
        for place, score in enumerate(self._scores, start=1):
            self._cells[0][place].setText(score.name)
            for row, value in enumerate(_values(score.evaluation, rates), start=1):
                self._cells[row][place].setText(value)

    def _draw(self) -> None:
        self.roc.show_curves(
            [
                Curve(score.name, score.evaluation.report.far, score.evaluation.report.tar, color)
                for score, color in zip(self._scores, COLORS, strict=False)
            ]
        )
        for bars in self.bars:
            bars.show_histograms(None)
        for score, name, bars in zip(self._scores, self._bar_names, self.bars, strict=False):
            name.setText(score.name)
            bars.show_histograms(score.evaluation.histograms, score.top)


def _values(evaluation: Evaluation, rates: Sequence[float]) -> list[str]:
    report, found = evaluation.report, evaluation.open_set
    values = [
        f"{evaluation.auc:.4f}",
        share(report.eer),
        f"{share(evaluation.accuracy)} ± {share(evaluation.accuracy_se)}",
    ]
    values += [_bounded(report.tar_at_far[rate]) for rate in rates]
    values += [_bounded(found.points[rate].fnir) for rate in STRANGERS] if found is not None else ["–", "–"]
    return values


def _bounded(rate: Rate) -> str:
    return f"{share(rate.value)} [{100 * rate.low:.1f} – {100 * rate.high:.1f}]"
