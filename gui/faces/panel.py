"""RecognisePanel: a source on the right, what to do with a face on the left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.camera import Frame, Source
from engine.faces.answers import Burst, FacesSeen, PhotoSeen
from engine.faces.examples import Examples
from engine.faces.tasks import look_at_photo
from engine.faces.training.adoption import InUse
from engine.images import Rgb
from engine.sources import StillsSource
from gui.faces.banner import Banner, StaffStrip
from gui.faces.desk import Desk, Work
from gui.faces.enrol_page import EnrolPage
from gui.faces.kiosk.page import DeskPage
from gui.faces.lab.page import LabPage
from gui.faces.live import Live
from gui.faces.people.office import Office
from gui.faces.people_page import PeoplePage
from gui.faces.source_bar import SourceBar, is_mirrored
from gui.faces.stage import Stage
from gui.faces.verify_page import VerifyPage
from gui.faces.words import verdict_on
from gui.imaging import to_qimage
from gui.panel import Panel
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import Card, button, label

COLUMN = 416
EXAMPLE_S = 6.0
"""How long each picture on board is shown: time to read what is said about it."""


class RecognisePanel(Panel):
    """A front desk: who is before the camera, or in a photo?"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.live = Live(session, self)
        self.desk = Desk(session, self.live)
        self.bar, self.stage = SourceBar(), Stage()
        self.banner, self.staff = Banner(), StaffStrip()
        self.enrol, self.verify, self.people = EnrolPage(), VerifyPage(), PeoplePage()
        self.front = DeskPage(session)
        self.office = Office(session, lambda: self.desk.database, self)
        self._photo = session.watcher(self)
        self._mirrored = True
        self._photo_shown: Rgb | None = None
        self._seen: FacesSeen | None = None
        self._awaiting_example = False
        self.lab = LabPage(session)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.banner.hide()
        self.staff.hide()
        self.enrol.set_keeps_photos(session.settings.keep_photos)
        self.desk.list_people()

    def start(self, source: Source) -> None:
        """Watch a source."""
        self._photo.stop()
        self._photo_shown = None
        self._show_seen(None)
        self._mirrored = is_mirrored(source)
        self.live.start(source, self.desk.database, self.desk.thresholds)
        self.bar.show_running(True)

    def stop(self) -> None:
        """Give the camera back and show the empty state."""
        self.live.stop()
        self._rest()

    def look_at_photo(self, path: Path) -> None:
        """Identify everybody in one picture."""
        self.stop()
        self.stage.samples.hide()
        task = look_at_photo(self._session.models, self.desk.database, path, self.desk.thresholds)
        self._photo.start(task)

    def take_path(self, path: Path) -> None:
        """Take what was dropped on the stage: a photo, a video, a folder."""
        self.bar.take_path(path)

    def show_example(self) -> None:
        """Enrol the people on board in a gallery of their own and watch other photos of them."""
        self._awaiting_example = True
        self.stop()
        self.desk.take_examples()

    def scenes(self) -> Sequence[str]:
        """Name the lab's training run."""
        return ("lab",)

    def show_scene(self, name: str) -> None:
        """Open the lab and train on drawn faces; the run rests in its middle."""
        self.open_lab()
        self.lab.show_example()

    def scene_ready(self) -> bool:
        """Whether the run rests."""
        return self.lab.example_rests

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        desk = self.desk.work is not Work.NOTHING or self._photo.running
        return self._awaiting_example or desk or self.lab.is_busy()

    def shut_down(self) -> None:
        """Give the camera back and end all work."""
        self._photo.stop()
        self.front.close_desk()
        self.office.shut_down()
        self.desk.stop()
        self.live.stop()
        self.lab.stop()

    def save_state(self, store: QSettings) -> None:
        """Remember the source, the page and the view."""
        store.setValue("source", self.bar.state())
        store.setValue("page", self._pages.currentIndex())
        store.setValue("staff", int(self.bar.staff.isChecked()))

    def restore_state(self, store: QSettings) -> None:
        """Show them again."""
        self.bar.restore(str(store.value("source", "")))
        page = str(store.value("page", "0"))
        if page.isdecimal() and int(page) < self._pages.count():
            self._open_page(int(page))
        self.bar.staff.setChecked(str(store.value("staff", "0")) == "1")

    def retranslate(self) -> None:
        """Set every visible text again."""
        for index, text in enumerate(
            (self.tr("Enrol"), self.tr("Verify"), self.tr("People"), self.tr("Desk"))
        ):
            self._tabs.button(index).setText(text)
        self._title.setText(self.tr("Recognise"))
        self._subtitle.setText(self.tr("Enrol with one look, then welcome by name."))
        self._example_note.setText(self.tr("These are the people on board. Your own gallery is untouched."))
        self._leave.setText(self.tr("Back to my people"))
        self._open_lab.setText(self.tr("Lab: train and measure an encoder"))
        self.stage.set_texts(
            self.tr("Who is there?"),
            self.tr("Choose a source above, or drop a photo, a video or a folder here."),
            self.tr("Try with the sample pictures"),
        )
        if self._seen is not None:
            self.banner.show_verdict(verdict_on(self._seen))

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self._title, self._subtitle = label("title"), label("subtitle", wrap=True)
        self._tabs, self._pages = QButtonGroup(self), QStackedWidget()
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.space_xs)
        for index, (name, page) in enumerate(
            (("add", self.enrol), ("shield", self.verify), ("people", self.people), ("recognise", self.front))
        ):
            tab = button(name, "quiet")
            tab.setCheckable(True)
            self._tabs.addButton(tab, index)
            tabs.addWidget(tab)
            self._pages.addWidget(page)
        self._example_note, self._leave = label("caption", wrap=True), button("swap")
        self._example = QWidget()
        note = QVBoxLayout(self._example)
        note.setContentsMargins(0, 0, 0, 0)
        note.addWidget(self._example_note)
        note.addWidget(self._leave)
        self._example.hide()
        self._open_lab = button("lab", "quiet")
        card = Card()
        card.body.addLayout(tabs)
        card.body.addWidget(self._pages, 1)
        column = QWidget()
        column.setFixedWidth(COLUMN)
        left = QVBoxLayout(column)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space_m)
        for widget in (self._title, self._subtitle):
            left.addWidget(widget)
        left.addWidget(card, 1)
        left.addWidget(self._example)
        left.addWidget(self._open_lab)
        right = QVBoxLayout()
        right.setSpacing(theme.space_m)
        right.addWidget(self.bar)
        right.addWidget(self.stage, 1)
        right.addWidget(self.banner)
        right.addWidget(self.staff)
        desk = QWidget()
        self._whole = QStackedLayout(self)
        self._whole.addWidget(desk)
        self._whole.addWidget(self.lab)
        around = QHBoxLayout(desk)
        space = theme.space_xl
        around.setContentsMargins(space, space, space, space)
        around.setSpacing(space)
        around.addWidget(column, 0, Qt.AlignmentFlag(0))
        around.addLayout(right, 1)
        self._open_page(0)

    def _connect(self) -> None:
        self._tabs.idClicked.connect(self._open_page)
        self.bar.start_clicked.connect(self.start)
        self.bar.stop_clicked.connect(self.stop)
        self.bar.photo_chosen.connect(self.look_at_photo)
        self.bar.staff_toggled.connect(self._show_staff)
        self.stage.dropped.connect(self.take_path)
        self.stage.refused.connect(self.told)
        self.stage.samples_clicked.connect(self.show_example)
        self.live.frame.connect(self._show_frame)
        self.live.seen.connect(self._show_seen)
        self.live.live_changed.connect(self._live_changed)
        self.live.failed.connect(self._camera_failed)
        self.live.ended.connect(self._rest)
        self._photo.updated.connect(self._show_photo)
        self._photo.finished.connect(self._show_photo)
        self._photo.failed.connect(self._photo_failed)
        self.enrol.camera_clicked.connect(self.desk.enrol_from_camera)
        self.enrol.photos_dropped.connect(self.desk.enrol_photos)
        self.verify.camera_clicked.connect(self.desk.verify_from_camera)
        self.verify.photo_dropped.connect(self._verify_photo)
        self.people.erase_wanted.connect(self.desk.erase)
        self.people.rename_wanted.connect(self.desk.rename)
        self.front.open_wanted.connect(self._open_desk)
        self.front.problem.connect(self.report)
        self.people.office_wanted.connect(self.office.open)
        self.office.changed.connect(self.desk.list_people)
        self.enrol.alike.merge_wanted.connect(self.office.merge)
        self.enrol.alike.mistake_made.connect(self.office.take_back)
        self._leave.clicked.connect(self.leave_examples)
        self._open_lab.clicked.connect(self.open_lab)
        self.lab.back_clicked.connect(self._close_lab)
        self.lab.failed.connect(self.report)
        self.lab.in_use_changed.connect(self._encoder_changed)
        self.desk.people_listed.connect(self.people.set_people)
        self.desk.people_listed.connect(self.verify.set_people)
        self.desk.people_listed.connect(self.front.set_people)
        self.desk.burst.connect(self._show_burst)
        self.desk.enrolled.connect(self.enrol.show_enrolment)
        self.desk.verified.connect(self.verify.show_verification)
        self.desk.examples_ready.connect(self._show_examples)
        self.desk.work_changed.connect(self._work_changed)
        self.desk.failed.connect(self._work_failed)
        self._session.settings_changed.connect(self._settings_changed)

    def leave_examples(self) -> None:
        """Stop showing the people on board and go back to the person's own gallery."""
        self.stop()
        self._example.hide()
        for page in (self.enrol, self.verify):
            page.forget()
        self.desk.leave_examples()

    def _open_desk(self) -> None:
        """Open the desk screen on the chosen source; the panel's own camera is given back first."""
        make = self.bar.source_maker()
        if make is None:
            self.told.emit(self.tr("Choose a camera, a video or a stream above first."))
            return
        self.stop()
        source = make()
        camera = getattr(source, "id", "") or source.subject
        self.front.open_desk(make, camera, self.desk.database, self.desk.thresholds)

    def open_lab(self) -> None:
        """Give the whole panel to the lab; the camera is given back."""
        self.stop()
        self._whole.setCurrentWidget(self.lab)
        self.lab.data.zone.setFocus()

    def _close_lab(self) -> None:
        self._whole.setCurrentIndex(0)

    def _encoder_changed(self, in_use: InUse) -> None:
        self._session.use_face_encoder(in_use)
        self.desk.list_people()

    def _open_page(self, index: int) -> None:
        self._tabs.button(index).setChecked(True)
        self._pages.setCurrentIndex(index)

    def _rest(self) -> None:
        self.bar.show_running(False)
        self._photo.stop()
        self._photo_shown = None
        self.stage.clear()
        self._show_seen(None)
        if self.desk.needs_camera:
            self.desk.stop()
            self.enrol.forget()
            self.verify.forget()

    def _live_changed(self, live: bool) -> None:
        one_person = live and self._mirrored  # a burst over a folder of photographs would mix people
        self.enrol.set_live(one_person)
        self.verify.set_live(one_person)

    def _show_frame(self, frame: Frame) -> None:
        self.stage.show_image(to_qimage(frame.rgb), mirrored=self._mirrored)

    def _show_seen(self, seen: FacesSeen | None) -> None:
        self._seen = seen
        self.stage.show_seen(seen)
        self.staff.show_numbers(seen)
        self.banner.setVisible(seen is not None)
        if seen is not None:
            self.banner.show_verdict(verdict_on(seen))
            self._awaiting_example = False

    def _show_photo(self, photo: PhotoSeen) -> None:
        if self._photo_shown is not photo.rgb:
            self._photo_shown = photo.rgb
            self.stage.show_image(to_qimage(photo.rgb), mirrored=False)
        self._show_seen(photo.seen)

    def _show_staff(self, staff: bool) -> None:
        self.stage.set_staff(staff)
        self.verify.set_staff(staff)
        self.staff.setVisible(staff)

    def _show_burst(self, burst: Burst) -> None:
        page = self.enrol if self.desk.work is Work.ENROL else self.verify
        page.show_burst(burst)

    def _show_examples(self, examples: Examples) -> None:
        self._example.show()
        self._open_page(2)
        self.start(StillsSource(examples.photos, seconds=EXAMPLE_S))

    def _verify_photo(self, name: str, photos: list[Path]) -> None:
        self.desk.verify_photo(name, photos[0])

    def _work_changed(self, work: Work) -> None:
        busy = work is not Work.NOTHING
        self.enrol.set_busy(busy)
        self.verify.set_busy(busy)
        self.stage.samples.setEnabled(work is not Work.EXAMPLES)
        if work is Work.ENROL:
            self.enrol.show_working()
        elif work is Work.VERIFY:
            self.verify.show_working()

    def _work_failed(self, error: Exception) -> None:
        self._awaiting_example = False
        self.enrol.forget()
        self.verify.forget()
        self.report(error)

    def _photo_failed(self, error: Exception) -> None:
        self._rest()
        self.report(error)

    def _camera_failed(self, error: Exception) -> None:
        self._awaiting_example = False
        self.stop()
        self.report(error)

    def _settings_changed(self) -> None:
        self.enrol.set_keeps_photos(self._session.settings.keep_photos)
        self.live.recognise(self.desk.database, self.desk.thresholds)
