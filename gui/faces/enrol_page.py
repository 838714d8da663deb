"""EnrolPage: a name, and the camera or some photos."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.faces.answers import Burst, Enrolment
from engine.faces.people import LONGEST_NAME
from gui.faces.banner import Banner
from gui.faces.people.alike import AlikeQuestion
from gui.faces.words import Verdict, hint_text, remark_text
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.drop_zone import DropZone

ZONE = 200


class EnrolPage(QWidget):
    """Asks for a name and a face.

    Signals:
        camera_clicked: with the name.
        photos_dropped: with the name and a list of paths.
    """

    camera_clicked = Signal(str)
    photos_dropped = Signal(str, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._live = self._busy = self._keeps_photos = False
        self._enrolment: Enrolment | None = None
        self.help = label("caption", wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.camera = button("camera", "primary")
        self.zone = DropZone("pictures")
        self.zone.setFixedHeight(ZONE)
        self.answer = Banner(compact=True)
        self.answer.hide()
        self.alike = AlikeQuestion()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_m)
        for widget in (self.help, self.name, self.camera):
            layout.addWidget(widget)
        layout.addWidget(self.zone)
        layout.addWidget(self.answer)
        layout.addWidget(self.alike)
        layout.addStretch(1)
        self.name.textChanged.connect(self._update)
        self.name.returnPressed.connect(self._camera)
        self.camera.clicked.connect(self._camera)
        self.zone.dropped.connect(self._dropped)
        self.retranslate()

    def set_live(self, live: bool) -> None:
        """Offer the camera only while it delivers pictures."""
        self._live = live
        self._update()

    def set_busy(self, busy: bool) -> None:
        """Take nothing new while one enrolment is under way."""
        self._busy = busy
        self._update()

    def set_keeps_photos(self, keeps: bool) -> None:
        """Say whether the cropped face is stored, as the settings have it."""
        self._keeps_photos = keeps
        self.retranslate()

    def show_burst(self, burst: Burst) -> None:
        """Say how the burst goes on, and one thing that would help."""
        title = self.tr("Looking… {done} of {total}").format(
            done=burst.progress.done, total=burst.progress.total
        )
        self._say(Verdict("camera", title, hint_text(burst.hint) if burst.hint else "", "plain"))

    def show_working(self) -> None:
        """Say that photos are being read."""
        self._say(Verdict("clock", self.tr("Reading the photos…"), "", "plain"))

    def show_enrolment(self, enrolment: Enrolment) -> None:
        """Say who is enrolled now, and every warning."""
        self._enrolment = enrolment
        self._say_enrolment()
        self.alike.ask_about(enrolment)
        self.name.clear()

    def forget(self) -> None:
        """Remove the answer."""
        self._enrolment = None
        self.answer.hide()
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

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say_enrolment(self) -> None:
        assert self._enrolment is not None
        remarks: Sequence[str] = [remark_text(remark) for remark in self._enrolment.remarks]
        title = self.tr("{name} is enrolled").format(name=self._enrolment.person.name)
        tone = "warn" if remarks else "good"
        text = "\n".join(remarks) or self.tr("Encodings of this person: {count}").format(
            count=self._enrolment.person.encodings
        )
        self._say(Verdict("warning" if remarks else "check", title, text, tone))  # type: ignore[arg-type]

    def _say(self, verdict: Verdict) -> None:
        self.answer.show_verdict(verdict)
        self.answer.show()

    def _update(self) -> None:
        named = bool(self.name.text().strip())
        self.camera.setEnabled(named and self._live and not self._busy)
        lacking = "" if named else self.tr("Type the name first.")
        self.camera.setToolTip(lacking if self._live else self.tr("Start a camera first."))
        self.zone.setEnabled(not self._busy)

    def _camera(self) -> None:
        if self.camera.isEnabled():
            self.camera_clicked.emit(self.name.text())

    def _dropped(self, paths: list[object]) -> None:
        if self.name.text().strip():
            self.photos_dropped.emit(self.name.text(), paths)
            return
        self._say(
            Verdict("info", self.tr("Type the name first"), self.tr("Then drop the photo again."), "warn")
        )
        self.name.setFocus()
