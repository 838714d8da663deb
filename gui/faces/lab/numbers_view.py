"""NumbersView: what a false accept rate means for a gallery of N, and how few trials prove how little."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from engine.faces.training.numbers import far_of_gallery, rule_of_three
from gui.faces.lab.view import Cards, View, column, scrolled, share
from gui.theme import theme_of
from gui.widgets.card import Card, label
from gui.widgets.line_chart import LineChart, Series

STEPS = 100
FAR_RANGE = (-6.0, -1.0)
PEOPLE_RANGE = (0.0, 5.0)
TRIALS_RANGE = (1.0, 7.0)
"""Powers of ten that the sliders span."""


class NumbersView(View):
    """Three sliders and what follows from them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gallery, self._proof = Card(), Card()
        self.far, self._far_text = _slider(60), label(wrap=True)
        self.people, self._people_text = _slider(54), label(wrap=True)
        self.trials, self._trials_text = _slider(33), label(wrap=True)
        self.answer, self.bound = label("heading", wrap=True), label("heading", wrap=True)
        self._formula, self._why = label("caption", wrap=True), label("caption", wrap=True)
        self.chart = LineChart()
        self.chart.setMinimumHeight(200)
        for text, slider in ((self._far_text, self.far), (self._people_text, self.people)):
            self._gallery.body.addWidget(text)
            self._gallery.body.addWidget(slider)
        for widget in (self.answer, self._formula, self.chart):
            self._gallery.body.addWidget(widget)
        for each in (self._trials_text, self.trials, self.bound, self._why):
            self._proof.body.addWidget(each)
        self._proof.body.addStretch(1)
        inside = QWidget()
        layout = column(inside, right=theme_of(self).space_s)
        layout.addWidget(Cards((self._gallery, 3), (self._proof, 2)))
        layout.addStretch(1)
        column(self).addWidget(scrolled(inside))
        for slider in (self.far, self.people, self.trials):
            slider.valueChanged.connect(self._recalculate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._gallery.set_title(self.tr("One comparison, and N of them"))
        self._proof.set_title(self.tr("What no error proves"))
        self._formula.setText(
            self.tr(
                "A stranger is compared with everybody enrolled, so the chance of a false accept is "
                "1 − (1 − FAR)^N: a rate that is small for a claim (1:1) is large for a gallery (1:N)."
            )
        )
        self._why.setText(
            self.tr(
                "With n pairs of different people and not one false accept, the rate is below 3/n with 95 % "
                "confidence, because (1 − p)^n = 5 % there. Fewer pairs prove less, however good they look."
            )
        )
        names = (
            self.tr("False accept rate of one comparison"),
            self.tr("People enrolled"),
            self.tr("Pairs of different people"),
        )
        for slider, name in zip((self.far, self.people, self.trials), names, strict=True):
            slider.setAccessibleName(name)
        self._recalculate()

    def _recalculate(self) -> None:
        far = 10.0 ** _power(self.far, FAR_RANGE)
        people = round(10.0 ** _power(self.people, PEOPLE_RANGE))
        trials = round(10.0 ** _power(self.trials, TRIALS_RANGE))
        self._far_text.setText(
            self.tr("False accept rate of one comparison: {rate} (1 in {trials})").format(
                rate=f"{far:.2g}", trials=f"{round(1 / far):,}".replace(",", " ")
            )
        )
        self._people_text.setText(self.tr("People enrolled, N: {people}").format(people=people))
        self._trials_text.setText(self.tr("Pairs of different people, n: {trials}").format(trials=trials))
        self.answer.setText(
            self.tr("{share} of strangers are taken for somebody.").format(
                share=share(far_of_gallery(far, people))
            )
        )
        self.bound.setText(
            self.tr("No error in {trials} pairs proves: below {bound}.").format(
                trials=trials, bound=share(rule_of_three(trials))
            )
        )
        grown = [far_of_gallery(far, round(people * step / STEPS)) for step in range(STEPS + 1)]
        name = self.tr("share of strangers let in, for 0 to N people")
        self.chart.set_series([Series(name, grown)])


def _slider(value: int) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(0, STEPS)
    made.setValue(value)
    return made


def _power(slider: QSlider, span: tuple[float, float]) -> float:
    low, high = span
    return low + (high - low) * slider.value() / STEPS
