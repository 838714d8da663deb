"""TrainingView: what a run does, live: loss, distances, histograms, the hardest triplets, the alarm."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from engine.faces.training.records import Training
from gui.faces.lab.histogram import HistogramView
from gui.faces.lab.pictures import PictureWall
from gui.faces.lab.view import View, column, scrolled
from gui.theme import theme_of
from gui.widgets.card import Card, label
from gui.widgets.line_chart import LineChart, Series

TRIPLETS = 4
SIDE = 62
CHART = 132


class TrainingView(View):
    """Four charts and the hardest triplets of the newest batch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._shown: Training | None = None
        self.alarm, self.idle = label("bad", wrap=True), label("strong", wrap=True)
        self.loss, self.active, self.distances = LineChart(), LineChart(), LineChart()
        self.histogram, self.wall = HistogramView(), PictureWall(TRIPLETS, SIDE, 3)
        self._cards = [Card() for _ in range(5)]
        self._wall_hint = label("caption", wrap=True)
        grid = QGridLayout()
        grid.setSpacing(theme.space_m)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for place, chart in enumerate((self.loss, self.active, self.distances, self.histogram)):
            chart.setFixedHeight(CHART)
            self._cards[place].body.addWidget(chart, 1)
            grid.addWidget(self._cards[place], place // 2, place % 2)
        self._cards[4].body.addWidget(self._wall_hint)
        self._cards[4].body.addWidget(self.wall)
        inside = QWidget()
        layout = column(inside, right=theme.space_s)
        layout.addWidget(self.alarm)
        layout.addWidget(self.idle)
        layout.addLayout(grid)
        layout.addWidget(self._cards[4])
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        self.alarm.hide()
        self.idle.hide()
        self.retranslate()

    def show_training(self, training: Training | None) -> None:
        """Show a run as it stands."""
        self._shown = training
        self.alarm.setVisible(training is not None and training.collapse is not None)
        self.idle.setVisible(training is not None and training.idle)
        steps = training.steps if training is not None else ()
        self.loss.set_series([Series(self.tr("Loss"), [step.loss for step in steps])])
        self.active.set_series(
            [
                Series(self.tr("Share that still teaches"), [step.active_fraction for step in steps]),
                Series(self.tr("Spread of the encodings"), [step.spread for step in steps], 1),
            ]
        )
        self.distances.set_series(
            [
                Series(self.tr("Same person, d(A, P)"), [step.positive for step in steps], 2),
                Series(self.tr("Different people, d(A, N)"), [step.negative for step in steps], 1),
            ]
        )
        self.histogram.show_histograms(training.histograms if training is not None else None)
        self._show_triplets()

    def retranslate(self) -> None:
        """Set every text again."""
        titles = (
            self.tr("Loss"),
            self.tr("What still teaches"),
            self.tr("Mean distances"),
            self.tr("Last batches"),
            self.tr("The hardest triplets of the newest batch"),
        )
        for card, title in zip(self._cards, titles, strict=True):
            card.set_title(title)
        empty = self.tr("Appears while a network trains.")
        for chart in (self.loss, self.active, self.distances):
            chart.set_empty_text(empty)
        self.histogram.set_texts(self.tr("same person"), self.tr("different people"), empty)
        self.alarm.setText(
            self.tr(
                "Collapse: all encodings have become equal, and the loss stays at the margin. Stop, choose "
                "semi-hard negatives instead of hard ones, or a learning rate ten times smaller, and start "
                "again."
            )
        )
        self.idle.setText(
            self.tr(
                "Hardly any triplet still teaches. Choose hard negatives or a larger margin to learn more "
                "from these photos, or end the run."
            )
        )
        self._wall_hint.setText(
            self.tr(
                "Anchor, positive (the same person) and negative (somebody else). A triplet is right when "
                "the "
                "second distance is larger than the first by the margin."
            )
        )
        if self._shown is not None:
            self.show_training(self._shown)

    def _show_triplets(self) -> None:
        hardest = self._shown.hardest if self._shown is not None else ()
        self.wall.show_rows(
            [
                (
                    (each.anchor, each.positive, each.negative),
                    self.tr("d(A, P) {positive} · d(A, N) {negative}\n{name} – {other}").format(
                        positive=f"{each.positive_distance:.2f}",
                        negative=f"{each.negative_distance:.2f}",
                        name=each.names[0],
                        other=each.names[1],
                    ),
                )
                for each in hardest
            ]
        )
