"""AlikeQuestion: after an enrolment that looks like somebody else: the same person, a lookalike, or a
mistake?
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.faces.answers import Enrolment
from gui.theme import theme_of
from gui.widgets.card import button, label


class AlikeQuestion(QWidget):
    """Hidden until there is something to ask. Until it is answered, neither person is welcomed by 1:N alone.

    Signals:
        merge_wanted: with the name to keep and the name that was just enrolled.
        told_apart: with the same names: they are two people.
        mistake_made: with the number of the enrolment to be undone, and its name.
    """

    merge_wanted = Signal(str, str)
    told_apart = Signal(str, str)
    mistake_made = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enrolment: Enrolment | None = None
        self.question, self.note = label("strong", wrap=True), label("caption", wrap=True)
        self.same, self.alike, self.mistake = button("person"), button("people"), button("close")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme_of(self).space_s)
        for widget in (self.question, self.same, self.alike, self.mistake, self.note):
            layout.addWidget(widget)
        self.same.clicked.connect(self._same)
        self.alike.clicked.connect(self._apart)
        self.mistake.clicked.connect(self._mistake)
        self.hide()
        self.retranslate()

    def ask_about(self, enrolment: Enrolment) -> None:
        """Ask when the enrolment most likely is a duplicate."""
        self._enrolment = enrolment if enrolment.duplicate_of else None
        self.setVisible(self._enrolment is not None)
        self.retranslate()

    def forget(self) -> None:
        """Ask nothing any more; the two stay a pair of lookalikes."""
        self._enrolment = None
        self.hide()

    def retranslate(self) -> None:
        """Set the words again."""
        new = self._enrolment.person.name if self._enrolment else ""
        old = self._enrolment.duplicate_of if self._enrolment else ""
        self.question.setText(self.tr("Is {new} the same person as {old}?").format(new=new, old=old))
        self.same.setText(self.tr("The same: keep only {old}").format(old=old))
        self.alike.setText(self.tr("Two people who look alike"))
        self.mistake.setText(self.tr("A mistake: take it back"))
        self.note.setText(
            self.tr(
                "People who look alike are never welcomed by the face alone: they tap a badge or say who "
                "they are."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _same(self) -> None:
        if self._enrolment is not None:
            self.merge_wanted.emit(self._enrolment.duplicate_of, self._enrolment.person.name)
        self.forget()

    def _apart(self) -> None:
        if self._enrolment is not None:
            self.told_apart.emit(self._enrolment.duplicate_of, self._enrolment.person.name)
        self.forget()

    def _mistake(self) -> None:
        if self._enrolment is not None:
            self.mistake_made.emit(self._enrolment.batch, self._enrolment.person.name)
        self.forget()
