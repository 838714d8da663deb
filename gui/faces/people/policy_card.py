"""PolicyCard: what every enrolment in this gallery has to bring, wherever it comes from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from engine.faces.store.consent import Policy
from gui.widgets.card import Card, button, label

LONGEST_DAYS = 3650


class PolicyCard(Card):
    """The page of enrolment always asks; this makes import and command line ask as well.

    Signals:
        save_wanted: with the :class:`Policy`.
    """

    save_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._help, self._longest = label("caption", wrap=True), label()
        self.consent, self.purpose, self.retention = QCheckBox(), QCheckBox(), QCheckBox()
        self.days, self.save = QSpinBox(), button("save")
        self.days.setRange(0, LONGEST_DAYS)
        row = QHBoxLayout()
        for widget in (self.consent, self.purpose, self.retention, self._longest, self.days, self.save):
            row.addWidget(widget)
        row.addStretch()
        self.body.addWidget(self._help)
        self.body.addLayout(row)
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.policy()))
        self.retranslate()

    def policy(self) -> Policy:
        """Return what is chosen."""
        return Policy(
            self.consent.isChecked(), self.purpose.isChecked(), self.retention.isChecked(), self.days.value()
        )

    def show_policy(self, policy: Policy) -> None:
        """Show what holds."""
        self.consent.setChecked(policy.consent)
        self.purpose.setChecked(policy.purpose)
        self.retention.setChecked(policy.retention)
        self.days.setValue(policy.longest_days)

    def retranslate(self) -> None:
        """Set the words again."""
        self.set_title(self.tr("What an enrolment has to bring"))
        self._help.setText(
            self.tr(
                "The page of enrolment always asks for all three. Here import and the command line are made "
                "to ask, before any face is looked at."
            )
        )
        self.consent.setText(self.tr("Consent"))
        self.purpose.setText(self.tr("Purpose"))
        self.retention.setText(self.tr("Date of erasure"))
        self._longest.setText(self.tr("Kept at most"))
        self.days.setSuffix(self.tr(" days"))
        self.days.setSpecialValueText(self.tr("no limit"))
        self.days.setAccessibleName(self.tr("Kept at most, in days"))
        self.save.setText(self.tr("Save"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
