"""EnrolPage: a name, what the person agrees to, then the camera or some photos."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.faces.answers import Burst, Enrolment, FacesSeen, SelfTest
from engine.faces.desk.coach import Coach
from engine.faces.people import LONGEST_NAME, Person
from engine.faces.store.records import Details, Limits
from gui.faces.banner import Banner
from gui.faces.people.alike import AlikeQuestion
from gui.faces.people.consent_form import ConsentForm
from gui.faces.words import Verdict, hint_text, remark_text, self_test_text
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.drop_zone import DropZone
from gui.widgets.scroll import scrolled

ZONE = 132


@dataclass(frozen=True)
class Newcomer:
    """Who is to be enrolled, and what was agreed on."""

    name: str
    details: Details
    limits: Limits


class Settled(Enum):
    """What became of an enrolment that looked like somebody else."""

    JOINED = "joined"
    APART = "apart"
    TAKEN_BACK = "taken back"


class EnrolPage(QWidget):
    """Asks for a name, consent and a face, in this order.

    Signals:
        camera_clicked: with the :class:`Newcomer`.
        photos_dropped: with the :class:`Newcomer` and a list of paths.
    """

    camera_clicked = Signal(object)
    photos_dropped = Signal(object, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = self._busy = self._keeps_photos = False
        self._enrolment: Enrolment | None = None
        self._settled: tuple[Settled, str, str] | None = None
        self._people: frozenset[str] = frozenset()
        self._coach = Coach()
        self.help, self.lacking = label("caption", wrap=True), label("caption", wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.consent = ConsentForm()
        self.coach, self.answer, self.test = (Banner(compact=True) for _ in range(3))
        self.camera = button("camera", "primary")
        self.zone = DropZone("pictures")
        self.zone.setFixedHeight(ZONE)
        self.alike = AlikeQuestion()
        self._lay_out()
        self.name.textChanged.connect(self._update)
        self.name.textEdited.connect(self._begin)
        self.consent.changed.connect(self._update)
        self.name.returnPressed.connect(self._camera)
        self.camera.clicked.connect(self._camera)
        self.zone.dropped.connect(self._dropped)
        self.retranslate()

    def set_live(self, live: bool) -> None:
        """Offer the camera only while it delivers pictures."""
        self._live = live
        self._coach = Coach()
        self._update()

    def set_busy(self, busy: bool) -> None:
        """Take nothing new while one enrolment is under way; the keyboard stays on the page."""
        self._busy = busy
        if busy and self.window().focusWidget() is self.camera:  # also while another window is in front
            self.name.setFocus()
        self._update()

    def set_keeps_photos(self, keeps: bool) -> None:
        """Say whether the cropped face is stored, as the settings have it."""
        self._keeps_photos = keeps
        self.retranslate()

    def set_people(self, people: Sequence[Person]) -> None:
        """Know who is enrolled: a look is added to somebody of the same name."""
        self._people = frozenset(person.name for person in people)
        self._update()

    def show_seen(self, seen: FacesSeen | None) -> None:
        """Coach the person before the camera: one thing to do at a time, long enough to be read."""
        coached = seen is not None and self._live and not self._busy and self._enrolment is None
        self.coach.setVisible(coached)
        if seen is None or not coached:
            return
        hint = self._coach.advise(seen.hint, time.monotonic())
        if hint is None:
            ready = Verdict("check", self.tr("Good: this look will do"), "", "good")
        else:
            ready = Verdict("info", hint_text(hint), "", "warn")
        self.coach.show_verdict(ready)

    def show_burst(self, burst: Burst) -> None:
        """Say how the burst goes on, and one thing that would help."""
        title = self.tr("Looking… {done} of {total}").format(
            done=burst.progress.done, total=burst.progress.total
        )
        hint = self._coach.advise(burst.hint, time.monotonic())
        self._say(Verdict("camera", title, hint_text(hint) if hint else "", "plain"))

    def show_working(self) -> None:
        """Say that photos are being read."""
        self.forget()
        self._say(Verdict("clock", self.tr("Reading the photos…"), "", "plain"))

    def show_enrolment(self, enrolment: Enrolment) -> None:
        """Say who is enrolled now, what the self-test says, and every warning."""
        self._enrolment = enrolment
        self._say_enrolment()
        self._settled = None
        self.alike.ask_about(enrolment)
        self.name.clear()
        self.consent.next_person()

    def show_settled(self, what: Settled, new: str, old: str = "") -> None:
        """Say what became of ``new``, who was taken for ``old``; what was said before holds no more."""
        self._enrolment, self._settled = None, (what, new, old)
        self.test.hide()
        self._say_settled()

    def forget(self) -> None:
        """Remove the answer."""
        self._enrolment = self._settled = None
        self.answer.hide()
        self.test.hide()
        self.alike.forget()

    def retranslate(self) -> None:
        """Set the words again."""
        enough = self.tr("One good look or one photo is enough. Only the encoding is kept, not the photo.")
        kept = self.tr("One good look or one photo is enough. The cropped face is kept beside the encoding.")
        self.help.setText(kept if self._keeps_photos else enough)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the person"))
        self.camera.setText(self.tr("Enrol from the camera"))
        self._update()
        self.zone.set_texts(
            self.tr("Or drop photos here"), self.tr("One person, from the front. Click to choose.")
        )
        if self._enrolment is not None:
            self._say_enrolment()
        self._say_settled()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the name."""
        super().showEvent(event)
        if not self.name.text():
            self.name.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self._scroll, layout = scrolled(self)
        layout.setSpacing(theme.space_m)
        for widget in (
            *(self.answer, self.test, self.alike, self.help, self.name, self.consent),
            *(self.lacking, self.coach, self.camera, self.zone),
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        for hidden in (self.coach, self.answer, self.test):
            hidden.hide()

    def _say_enrolment(self) -> None:
        assert self._enrolment is not None
        remarks: Sequence[str] = [remark_text(remark) for remark in self._enrolment.remarks]
        title = self.tr("{name} is enrolled").format(name=self._enrolment.person.name)
        text = "\n".join(remarks) or self.tr("Encodings of this person: {count}").format(
            count=self._enrolment.person.encodings
        )
        self._say(
            Verdict("warning", title, text, "warn") if remarks else Verdict("check", title, text, "good")
        )
        self._say_test(self._enrolment.self_test)

    def _say_settled(self) -> None:
        if self._settled is None:
            return
        what, new, old = self._settled
        words = {
            Settled.JOINED: (
                self.tr("{old} is kept").format(old=old),
                self.tr("The look of {new} was added; the name {new} is gone.").format(new=new),
            ),
            Settled.APART: (
                self.tr("{new} and {old} are two people").format(new=new, old=old),
                self.tr("Give both a badge or a number: neither is welcomed by the face alone."),
            ),
            Settled.TAKEN_BACK: (
                self.tr("{new} is not enrolled").format(new=new),
                self.tr("The enrolment was taken back."),
            ),
        }
        self._say(Verdict("check", *words[what], "good"))

    def _say_test(self, test: SelfTest | None) -> None:
        self.test.setVisible(test is not None)
        if test is not None:
            self.test.show_verdict(self_test_text(test))
        self._scroll.verticalScrollBar().setValue(0)

    def _say(self, verdict: Verdict) -> None:
        self.answer.show_verdict(verdict)
        self.answer.show()

    def _lacks(self) -> str:
        return "" if self.name.text().strip() else self.tr("Type the name first.")

    def _update(self) -> None:
        lacking = self._lacks() or self.consent.lacks_text()
        self.camera.setEnabled(not lacking and self._live and not self._busy)
        self.camera.setToolTip(lacking if self._live else self.tr("Start a camera first."))
        self.zone.setEnabled(not self._busy)
        known = self.name.text().strip() in self._people
        again = self.tr("Somebody of this name is enrolled: the look is added to that person.")
        self.lacking.setText(again if known and not lacking else lacking)
        self.lacking.setVisible(bool(self.lacking.text()) and not self._busy)

    def _begin(self, _: str) -> None:
        """A new name: what was said about the last person goes, but not an open question."""
        if not self.alike.isVisible():
            self.forget()

    def _newcomer(self) -> Newcomer:
        return Newcomer(self.name.text(), self.consent.details(), self.consent.limits())

    def _camera(self) -> None:
        if self.camera.isEnabled():
            self.camera_clicked.emit(self._newcomer())

    def _dropped(self, paths: list[object]) -> None:
        lacking = self._lacks() or self.consent.lacks_text()
        if not lacking:
            self.photos_dropped.emit(self._newcomer(), paths)
            return
        self._enrolment = None
        self._say(Verdict("info", lacking, self.tr("Then drop the photo again."), "warn"))
        (self.name if self._lacks() else self.consent).setFocus()
