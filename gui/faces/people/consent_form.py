"""ConsentForm: what a person is told before the face is looked at, and whether the person agrees."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QEvent, QSettings, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.faces.store.consent import Policy, missing
from engine.faces.store.records import Details, Limits, end_of
from gui.theme import theme_of
from gui.widgets.card import label

ASKED = Policy(consent=True, purpose=True, retention=True)
"""What the window asks before it looks at a face, whatever the gallery itself asks."""

DAYS = (30, 183, 365, 730)
"""How long a person may be kept, in days; the third is offered first."""


class ConsentForm(QWidget):
    """Purpose, time and a box to be ticked with the person.

    Signals:
        changed: something was filled in or taken back.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._purpose, self._keep = label("caption"), label("caption")
        self.purpose, self.keep, self.agrees = QLineEdit(), QComboBox(), QCheckBox()
        self.purpose.setMaxLength(120)
        for days in DAYS:
            self.keep.addItem("", days)
        self.keep.setCurrentIndex(2)
        row = QHBoxLayout()
        row.addWidget(self._keep)
        row.addWidget(self.keep, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_s)
        column.addWidget(self._purpose)
        column.addWidget(self.purpose)
        column.addLayout(row)
        column.addWidget(self.agrees)
        self.purpose.textChanged.connect(lambda _: self.changed.emit())
        self.keep.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.agrees.toggled.connect(lambda _: self.changed.emit())
        self.retranslate()

    def details(self) -> Details:
        """Return what was agreed on, with today as the day of the consent."""
        consent = date.today().isoformat() if self.agrees.isChecked() else ""
        return Details(purpose=self.purpose.text().strip(), consent=consent)

    def limits(self) -> Limits:
        """Return until when the person is kept."""
        last = datetime.now(UTC).astimezone().date() + timedelta(days=int(self.keep.currentData()))
        return Limits(retain_until=end_of(last.isoformat()))

    def lacks(self) -> str | None:
        """Return "purpose", "retention" or "consent", whichever is missing first, or None."""
        return missing(ASKED, self.details(), self.limits())

    def lacks_text(self) -> str:
        """Return what is missing in words; empty when nothing is."""
        words = {
            "purpose": self.tr("Say what the face is used for first."),
            "retention": self.tr("Say how long the person is kept first."),
            "consent": self.tr("Ask for consent first, and tick the box."),
        }
        return words.get(self.lacks() or "", "")

    def next_person(self) -> None:
        """Take the consent back: the next person has to give it anew."""
        self.agrees.setChecked(False)

    def save(self, store: QSettings) -> None:
        """Remember purpose and time; never a consent."""
        store.setValue("purpose", self.purpose.text())
        store.setValue("keep", self.keep.currentIndex())

    def restore(self, store: QSettings) -> None:
        """Show them again."""
        self.purpose.setText(str(store.value("purpose", self.purpose.text())))
        index = str(store.value("keep", "2"))
        self.keep.setCurrentIndex(int(index) if index.isdecimal() and int(index) < len(DAYS) else 2)

    def retranslate(self) -> None:
        """Set the words again."""
        self._purpose.setText(self.tr("What for"))
        self.purpose.setPlaceholderText(self.tr("For example: entrance to the office"))
        self.purpose.setAccessibleName(self.tr("What the face is used for"))
        self._keep.setText(self.tr("Kept for"))
        names = (self.tr("30 days"), self.tr("half a year"), self.tr("a year"), self.tr("two years"))
        for index, name in enumerate(names):
            self.keep.setItemText(index, name)
        self.keep.setAccessibleName(self.tr("How long the person is kept"))
        self.agrees.setText(self.tr("The person knows this and agrees"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
