"""VerifyPage: somebody claims a name; is it this person?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QVBoxLayout, QWidget

from engine.faces.answers import Burst, Verification
from engine.faces.matching import Decision
from engine.faces.people import Person
from gui.faces.banner import Banner
from gui.faces.words import Verdict, hint_text
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.drop_zone import DropZone

ZONE = 200


class VerifyPage(QWidget):
    """Asks who somebody claims to be, and compares 1:1.

    Signals:
        camera_clicked: with the claimed name.
        photo_dropped: with the claimed name and a list of one path.
    """

    camera_clicked = Signal(str)
    photo_dropped = Signal(str, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._live = self._busy = self._staff = False
        self._verification: Verification | None = None
        self.help = label("caption", wrap=True)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.name.completer()
        assert completer is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.camera = button("camera", "primary")
        self.zone = DropZone("picture")
        self.zone.setFixedHeight(ZONE)
        self.answer = Banner(compact=True)
        self.answer.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_m)
        for widget in (self.help, self.name, self.camera):
            layout.addWidget(widget)
        layout.addWidget(self.zone)
        layout.addWidget(self.answer)
        layout.addStretch(1)
        self.name.currentTextChanged.connect(self._update)
        self.camera.clicked.connect(lambda: self.camera_clicked.emit(self.name.currentText()))
        self.zone.dropped.connect(self._dropped)
        self.retranslate()

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer these names; what is typed stays."""
        typed = self.name.currentText()
        self.name.clear()
        self.name.addItems([person.name for person in people])
        self.name.setCurrentIndex(
            self.name.findText(typed)
        )  # with none chosen, the first arrow key takes the first
        self.name.setEditText(typed)
        self._update()

    def set_live(self, live: bool) -> None:
        """Offer the camera only while it delivers pictures."""
        self._live = live
        self._update()

    def set_busy(self, busy: bool) -> None:
        """Take nothing new while one verification is under way; the keyboard stays on the page."""
        self._busy = busy
        if busy and self.camera.hasFocus():
            self.name.setFocus()
        self._update()

    def set_staff(self, staff: bool) -> None:
        """Show distance and threshold in the answer, or only the answer."""
        self._staff = staff
        if self._verification is not None:
            self._say_verification()

    def show_burst(self, burst: Burst) -> None:
        """Say how the burst goes on, and one thing that would help."""
        title = self.tr("Looking… {done} of {total}").format(
            done=burst.progress.done, total=burst.progress.total
        )
        self._say(Verdict("camera", title, hint_text(burst.hint) if burst.hint else "", "plain"))

    def show_working(self) -> None:
        """Say that the photo is being read."""
        self._say(Verdict("clock", self.tr("Reading the photo…"), "", "plain"))

    def show_verification(self, verification: Verification) -> None:
        """Say yes or no."""
        self._verification = verification
        self._say_verification()

    def forget(self) -> None:
        """Remove the answer."""
        self._verification = None
        self.answer.hide()

    def retranslate(self) -> None:
        """Set the words again."""
        self.help.setText(self.tr("Somebody says a name: the face is compared with this person only."))
        edit = self.name.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(self.tr("Claimed name"))
        self.name.setAccessibleName(self.tr("Claimed name"))
        self.camera.setText(self.tr("Verify with the camera"))
        self.zone.set_texts(
            self.tr("Or drop a photo here"), self.tr("Of the person who claims the name. Click to choose.")
        )
        self._update()
        if self._verification is not None:
            self._say_verification()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say_verification(self) -> None:
        answer = self._verification
        assert answer is not None
        numbers = f"d = {answer.distance:.3f},  τ = {answer.threshold:.3f}" if self._staff else ""
        if answer.decision is Decision.ACCEPT:
            title = self.tr("Yes, this is {name}").format(name=answer.name)
            self._say(Verdict("check", title, numbers, "good"))
            return
        title = self.tr("Not verified as {name}").format(name=answer.name)
        advice = self.tr("Try again, or ask for another proof.")
        self._say(Verdict("shield", title, numbers or advice, "bad"))

    def _say(self, verdict: Verdict) -> None:
        self.answer.show_verdict(verdict)
        self.answer.show()

    def _update(self) -> None:
        named = bool(self.name.currentText().strip())
        self.camera.setEnabled(named and self._live and not self._busy)
        lacking = "" if named else self.tr("Choose the claimed name first.")
        self.camera.setToolTip(lacking if self._live else self.tr("Start a camera first."))
        self.zone.setEnabled(not self._busy)

    def _dropped(self, paths: list[object]) -> None:
        if self.name.currentText().strip():
            self.photo_dropped.emit(self.name.currentText(), paths)
            return
        self._say(
            Verdict(
                "info",
                self.tr("Choose the claimed name first"),
                self.tr("Then drop the photo again."),
                "warn",
            )
        )
        self.name.setFocus()
