"""AttackWizard: attack your own desk, step by step, and see what that proves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from engine.faces.desk.tasks import DeskDecision
from engine.faces.liveness.record import LIVE, SPECIES, TRIES, AttackTest, Verified
from engine.faces.liveness.statistics import Share
from gui.faces.banner import Banner
from gui.faces.kiosk.words import species_text, verified_text
from gui.faces.words import Verdict
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.notice import Tone


class AttackWizard(QWidget):
    """Asks for one presentation after the other while the desk is open, and counts what the desk decides.

    Signals:
        changed: the :class:`AttackTest` has one more presentation, or begins anew: to be stored.
        wanted: the test was started (True) or left (False); the desk has to be open for it.
        step_changed: what is to be done next, for the desk screen: the tester stands before that.
    """

    changed = Signal(object)
    wanted = Signal(bool)
    step_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._test = AttackTest("", "")
        self._camera = ""
        self._running = False
        self._help, self._rates, self._where = (label("caption", wrap=True) for _ in range(3))
        self.step, self.result = Banner(compact=True), Banner(compact=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, TRIES * (1 + len(SPECIES)))
        self.bar.setTextVisible(False)
        self.go, self.anew = button("shield", "primary"), button("refresh")
        self.go.clicked.connect(self._toggle)
        self.anew.clicked.connect(self._begin_anew)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go, 1)
        buttons.addWidget(self.anew, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_m)
        for widget in (self._help, self._where, self.result, self.step, self.bar):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self._rates)
        self.retranslate()

    @property
    def test(self) -> AttackTest:
        """The test as it stands."""
        return self._test

    @property
    def running(self) -> bool:
        """Whether decisions are counted now."""
        return self._running

    def show_test(self, test: AttackTest, camera: str = "") -> None:
        """Show a test that was stored; one of another camera or other rules ends what was under way."""
        before = self._test
        if before.camera and (test.camera, test.policy) != (before.camera, before.policy):
            self._set_running(False)
        self._test, self._camera = test, camera
        self.retranslate()

    def pause(self) -> None:
        """Count nothing for now."""
        self._set_running(False)
        self.retranslate()

    def tell_step(self) -> None:
        """Say again what is to be done next, if the test is under way."""
        species = self._test.next()
        if self._running and species is not None:
            name, what = species_text(species)
            title = self.tr("{name}: try {number} of {total}").format(
                name=name, number=self._test.tried(species) + 1, total=TRIES
            )
            self.step_changed.emit(self.tr("Attack test. {step}. {what}").format(step=title, what=what))

    def take(self, decision: DeskDecision, gain: float | None = None) -> None:
        """Count a decision of the desk as the answer to the presentation under way."""
        species = self._test.next()
        if not self._running or species is None:
            return
        self._test = self._test.with_trial(species, decision.band, gain)
        if self._test.next() is None:
            self._set_running(False)
        self.changed.emit(self._test)
        self.retranslate()
        self.tell_step()

    def retranslate(self) -> None:
        """Set the words again."""
        self._help.setText(
            self.tr(
                "Attack your own desk: first yourself, then a print, a phone, a tablet and a laptop, "
                "five times each. Step away from the camera between two tries. The desk screen says what is "
                "next."
            )
        )
        self._where.setText(
            self.tr("Camera: {name}").format(name=self._camera)
            if self._camera
            else self.tr("Choose a camera in the main window first.")
        )
        self.go.setText(self.tr("Pause the test") if self._running else self.tr("Start the attack test"))
        self.go.setEnabled(self._test.next() is not None)
        self.anew.setText(self.tr("Begin anew"))
        self.anew.setEnabled(bool(self._test.trials))
        self.bar.setValue(len(self._test.trials))
        self.bar.setAccessibleName(self.tr("Presentations made"))
        self._show_result()
        self._show_step()
        self._rates.setText("\n".join(self._lines()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.tell_step()
        super().changeEvent(event)

    def _show_result(self) -> None:
        verified = self._test.verified()
        if verified is Verified.VERIFIED:
            title = self.tr("Nothing passed on this camera")
            text = self.tr("The door output may be switched on.")
            self.result.show_verdict(Verdict("check", title, text, "good"))
            return
        text = self.tr("The door output stays off.")
        tone: Tone = "bad" if verified is Verified.FAILED else "warn"
        self.result.show_verdict(Verdict("warning", verified_text(verified), text, tone))

    def _show_step(self) -> None:
        species = self._test.next()
        self.step.setVisible(species is not None and self._running)
        if species is None:
            return
        name, what = species_text(species)
        title = self.tr("{name}: try {number} of {total}").format(
            name=name, number=self._test.tried(species) + 1, total=TRIES
        )
        self.step.show_verdict(Verdict("person" if species == LIVE else "picture", title, what, "plain"))

    def _lines(self) -> list[str]:
        report = self._test.report()
        lines = [
            self.tr("APCER, {name}: {share}").format(name=species_text(name)[0], share=self._share(share))
            for name, share in report.apcer.items()
        ]
        if report.bpcer.trials:
            lines.append(self.tr("BPCER: {share}").format(share=self._share(report.bpcer)))
        return lines

    def _share(self, share: Share) -> str:
        return self.tr("{count} of {trials}, with 95 % certainty {low:.0%} to {high:.0%}").format(
            count=share.count, trials=share.trials, low=share.low, high=share.high
        )

    def _toggle(self) -> None:
        self._set_running(not self._running)
        self.retranslate()

    def _begin_anew(self) -> None:
        self._test = AttackTest(self._test.camera, self._test.policy)
        self.changed.emit(self._test)
        self.retranslate()
        self.tell_step()

    def _set_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            self.wanted.emit(running)
            self.tell_step()
