"""CalibrationTab: how far apart the people enrolled are, and where the line is drawn for them."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.faces.calibrate import Calibration, calibrate
from engine.faces.gallery import Gallery
from engine.faces.store.lines import put_in_force
from engine.faces.store.roles import Right
from gui.faces.people.clerk import Clerk
from gui.faces.people.histogram import Histogram
from gui.faces.people.office_page import OfficePage
from gui.theme import theme_of
from gui.widgets.card import Card, button, label


class CalibrationTab(OfficePage):
    """Histograms of the gallery's own pairs, τ for the people of now, and how far it is proved."""

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._clerk = clerk
        self._found: Calibration | None = None
        self.help, self.caption = label("caption", wrap=True), label()
        self.rate = QDoubleSpinBox()
        self.rate.setRange(0.01, 10.0)
        self.rate.setDecimals(2)
        self.rate.setSingleStep(0.1)
        self.rate.setSuffix(" %")
        self.rate.setValue(100.0 * clerk.session.settings.strangers_accepted)
        self.measure, self.apply, self.reset = button("chart", "primary"), button("check"), button("swap")
        self.chart, self.line = Histogram(), label("heading", wrap=True)
        self.proof = label("", wrap=True)
        top, foot = QHBoxLayout(), QHBoxLayout()
        for each in (self.caption, self.rate, self.measure):
            top.addWidget(each)
        top.addStretch()
        foot.addStretch()
        for each in (self.reset, self.apply):
            foot.addWidget(each)
        surface = Card()
        for widget in (self.chart, self.line, self.proof):
            surface.body.addWidget(widget, 1 if widget is self.chart else 0)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space_m)
        layout.addWidget(self.help)
        layout.addLayout(top)
        layout.addWidget(surface, 1)
        layout.addLayout(foot)
        self.measure.clicked.connect(self.measure_now)
        self.apply.clicked.connect(self._apply)
        self.reset.clicked.connect(self._reset)
        self.retranslate()

    def measure_now(self) -> None:
        """Measure the people of now."""
        rate, model = self.rate.value() / 100.0, self._clerk.session.models.face_encoder
        self._clerk.ask(lambda gallery: calibrate(gallery.known(model), rate), self._show)

    def retranslate(self) -> None:
        """Set the words again."""
        self.help.setText(
            self.tr(
                "Every stranger is compared with everybody enrolled, so the line has to be stricter the "
                "more people "
                "there are. Here it is drawn from the encodings in the list itself."
            )
        )
        self.caption.setText(self.tr("Strangers welcomed by mistake, at most"))
        self.rate.setAccessibleName(self.caption.text())
        self.measure.setText(self.tr("Measure"))
        self.apply.setText(self.tr("Use this line"))
        self.reset.setText(self.tr("Use the built-in line"))
        self.chart.set_texts(
            self.tr("the same person"), self.tr("different people"), self.tr("squared distance"),
            self.tr("Enrol at least two people, then measure."),
        )  # fmt: skip
        self._say()

    def _show(self, found: Calibration) -> None:
        self._found = found
        self.chart.show_calibration(found)
        self._say()

    def _say(self) -> None:
        found = self._found
        self.apply.setEnabled(found is not None)
        if found is None:
            self.line.setText("")
            self.proof.setText("")
            return
        self.line.setText(
            self.tr("τ = {tau:.3f} for {people} people (built in: {lfw:.3f})").format(
                tau=found.tau, people=found.people, lfw=found.tau_lfw
            )
        )
        basis = (
            self.tr("Measured on {pairs} pairs of different people.").format(pairs=found.impostor_pairs)
            if found.measured
            else self.tr(
                "{pairs} pairs of different people prove no rate of a single comparison below {proved:.2g} "
                "(3/n); "
                "{far:.2g} is needed. The line is extrapolated and never laxer than the built-in one."
            ).format(pairs=found.impostor_pairs, proved=min(1.0, found.proved), far=found.far)
        )
        missed = (
            self.tr("With one photo a person nothing is known about who would be missed.")
            if found.false_rejects is None
            else self.tr(
                "{share:.1%} of {pairs} pairs of one person lie beyond it: they would step up."
            ).format(share=found.false_rejects, pairs=found.genuine_pairs)
        )
        self.proof.setText(f"{basis} {missed}")

    def _apply(self) -> None:
        found, model = self._found, self._clerk.session.models.face_encoder

        def work(gallery: Gallery) -> None:
            put_in_force(gallery, model, found)

        self._clerk.do(Right.CALIBRATE, work, lambda _: self.told.emit(self.tr("The line is in use.")))

    def _reset(self) -> None:
        model = self._clerk.session.models.face_encoder
        self._clerk.do(
            Right.CALIBRATE,
            lambda gallery: put_in_force(gallery, model, None),
            lambda _: self.told.emit(self.tr("The built-in line is in use.")),
        )
