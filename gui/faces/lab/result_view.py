"""ResultView: before and after on the same held-out pairs, as numbers, ROC and histograms."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from engine.faces.pairs import Rate
from engine.faces.training.numbers import rule_of_three
from engine.faces.training.records import Evaluation, Trained
from gui.faces.lab.histogram import HistogramView
from gui.faces.lab.roc import Curve, RocView
from gui.faces.lab.view import View, column, scrolled, share
from gui.theme import theme_of
from gui.widgets.card import Card, label

ROWS = 9
STRANGERS = (0.01, 0.003)
"""Shares of strangers let in for which misses are shown."""


class ResultView(View):
    """The outcome of a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._outcome: Trained | None = None
        self.headline, self._note = label("strong", wrap=True), label("caption", wrap=True)
        self._table, self._curves, self._bars = Card(), Card(), Card()
        self._cells = [[QLabel() for _ in range(4)] for _ in range(ROWS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space_l)
        grid.setVerticalSpacing(theme.space_s)
        for row, cells in enumerate(self._cells):
            for place, cell in enumerate(cells):
                cell.setTextFormat(Qt.TextFormat.PlainText)
                cell.setProperty("role", "caption" if row == 0 else "strong" if place == 2 else "")
                grid.addWidget(cell, row, place, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(3, 1)
        self._table.body.addWidget(self.headline)
        self._table.body.addLayout(grid)
        self._table.body.addWidget(self._note)
        self.roc, self.before, self.after = RocView(), HistogramView(), HistogramView()
        self.roc.setMinimumHeight(280)
        self._curves.body.addWidget(self.roc)
        self._bar_titles = label("caption"), label("caption")
        for title, bars in zip(self._bar_titles, (self.before, self.after), strict=True):
            bars.setMinimumHeight(120)
            self._bars.body.addWidget(title)
            self._bars.body.addWidget(bars, 1)
        charts = QHBoxLayout()
        charts.setSpacing(theme.space_m)
        charts.addWidget(self._curves, 1)
        charts.addWidget(self._bars, 1)
        inside = QWidget()
        layout = column(inside, right=theme.space_s)
        layout.addWidget(self._table)
        layout.addLayout(charts)
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        self.retranslate()

    def show_outcome(self, outcome: Trained | None) -> None:
        """Show the outcome of a run."""
        self._outcome = outcome
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._table.set_title(self.tr("Before and after, on the same pairs of people held out"))
        self._curves.set_title(self.tr("ROC"))
        self._bars.set_title(self.tr("Distances of the held-out pairs"))
        empty = self.tr("Appears when a run has ended.")
        self.roc.set_texts(self.tr("false accept rate (FAR)"), self.tr("true accept rate"), empty)
        for bars in (self.before, self.after):
            bars.set_texts(self.tr("same person"), self.tr("different people"), empty)
        for title, text in zip(self._bar_titles, (self.tr("Before"), self.tr("After")), strict=True):
            title.setText(text)
        outcome = self._outcome
        if outcome is None:
            self.headline.setText(
                self.tr("Train an encoder first: people whom it never saw then decide how good it is.")
            )
            self._note.clear()
            return
        self.headline.setText(
            self.tr("Area under the ROC: {before} before, {after} after.").format(
                before=f"{outcome.before.auc:.4f}", after=f"{outcome.after.auc:.4f}"
            )
        )
        self._note.setText(
            self.tr(
                "{people} people held out, {same} same and {different} different pairs. The bounds in "
                "brackets hold "
                "with 95 % confidence. Not one error in {different} pairs would still only prove a rate "
                "below "
                "{bound} (3/n). Best epoch: {epoch}. Encoder: {model}."
            ).format(
                people=outcome.people[2],
                same=outcome.after.same_pairs,
                different=outcome.after.different_pairs,
                bound=share(rule_of_three(outcome.after.different_pairs)),
                epoch=outcome.best_epoch,
                model=outcome.model,
            )
        )
        self._fill(outcome)
        self._draw(outcome)

    def _fill(self, outcome: Trained) -> None:
        plain = self.tr("Plain distance") if outcome.plain is not None else ""
        heads = ("", self.tr("Before"), self.tr("After"), plain)
        rates = sorted(outcome.after.report.tar_at_far, reverse=True)
        names = [
            self.tr("Area under the ROC"),
            self.tr("Equal error rate"),
            self.tr("Accuracy, ten folds"),
            *(self.tr("True accepts at FAR {rate}").format(rate=f"{rate:g}") for rate in rates),
            *(self.tr("Misses (FNIR) at {rate} strangers let in").format(rate=share(r)) for r in STRANGERS),
        ]
        columns = [_values(each, rates) for each in (outcome.before, outcome.after)]
        columns.append(_values(outcome.plain, rates) if outcome.plain is not None else [""] * len(names))
        for place, text in enumerate(heads):
            self._cells[0][place].setText(text)
        for row, name in enumerate(names, start=1):
            self._cells[row][0].setText(name)
            for place, values in enumerate(columns, start=1):
                self._cells[row][place].setText(values[row - 1])

    def _draw(self, outcome: Trained) -> None:
        curves = [
            Curve(self.tr("Before"), outcome.before.report.far, outcome.before.report.tar, 6),
            Curve(self.tr("After"), outcome.after.report.far, outcome.after.report.tar, 0),
        ]
        if outcome.plain is not None:
            plain = outcome.plain.report
            curves.append(Curve(self.tr("Plain distance"), plain.far, plain.tar, 1))
        self.roc.show_curves(curves)
        self.before.show_histograms(outcome.before.histograms)
        self.after.show_histograms(outcome.after.histograms, 1.0 if outcome.plain is not None else 4.0)


def _values(evaluation: Evaluation, rates: list[float]) -> list[str]:
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
