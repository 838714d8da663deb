"""RecognisePanel: a source on the right, what to do with a face on the left; lab, office and lock."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from engine.camera import Source
from engine.faces.answers import Burst, FacesSeen
from engine.faces.backup import Restored
from engine.faces.examples import Examples
from engine.faces.store.records import Receipt
from engine.faces.store.roles import Right
from engine.faces.training.adoption import InUse
from engine.sources import StillsSource
from gui.faces.column import ENROL, PEOPLE, Column
from gui.faces.desk import Desk, Work
from gui.faces.enrol_page import EnrolPage, Settled
from gui.faces.idle import IdleLock
from gui.faces.kiosk.control import DeskControl
from gui.faces.kiosk.page import DeskPage
from gui.faces.lab.page import LabPage
from gui.faces.live import Live
from gui.faces.lock_page import LockPage
from gui.faces.people.office import Office
from gui.faces.people_page import PeoplePage
from gui.faces.verify_page import VerifyPage
from gui.faces.viewer import Viewer
from gui.panel import Panel, Scene
from gui.session import Session
from gui.theme import theme_of

GUARDED = frozenset({"keep_photos", "lock_after", "verify_threshold", "strangers_accepted"})
"""Settings that decide who is welcomed, what is kept and when it locks: the administrator's."""

EXAMPLE_S = 6.0
"""How long each picture on board is shown: time to read what is said about it."""


class RecognisePanel(Panel):
    """A front desk: who is before the camera, or in a photo?

    While nobody with a role sits here, only the lock is shown: no camera, no names, no pages.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.live = Live(session, self)
        self.desk = Desk(session, self.live, self)
        self.seat = self.desk.clerk.seat
        self.control = DeskControl(session, self.desk.clerk, self)
        self.view = Viewer(session, self.live, self.desk)
        self.front = DeskPage(self.control, self.seat)
        self.enrol, self.verify, self.people = EnrolPage(), VerifyPage(), PeoplePage()
        self.column = Column(self.seat, (self.front, self.enrol, self.verify, self.people))
        self.office = Office(self.desk.clerk, self.control, self)
        self.lock, self.lab = LockPage(session, self.seat), LabPage(session)
        self.idle = IdleLock(session, self.seat, self.control.window, self._would_be_lost, self)
        self._awaiting_example = False
        self._lay_out()
        self._connect_pages()
        self._connect_rooms()
        self.enrol.set_keeps_photos(session.settings.keep_photos)
        self._seat_changed()
        self._source_changed()
        self.seat.find_out()

    def start(self, source: Source) -> None:
        """Watch a source."""
        self.view.start(source)

    def stop(self) -> None:
        """Give the camera back and show the empty state."""
        self.view.stop()

    def take_path(self, path: Path) -> None:
        """Take what was dropped on the stage: a photo, a video, a folder."""
        self.view.bar.take_path(path)

    def show_example(self) -> None:
        """Enrol the people on board in a gallery of their own and watch other photos of them."""
        self._awaiting_example = True
        self.stop()
        self.desk.take_examples()

    def leave_examples(self) -> None:
        """Stop showing the people on board and go back to the person's own gallery."""
        self.stop()
        self.column.example.hide()
        for page in (self.enrol, self.verify):
            page.forget()
        self.desk.leave_examples()

    def scenes(self, window: QWidget) -> Sequence[Scene]:
        """The desk: visitors, staff, an enrolment and the roll-call; then the lab's training run."""
        from gui.faces.scenes import scenes_of

        return scenes_of(self, window)

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        desk = self.desk.work is not Work.NOTHING or self.view.looking
        return self._awaiting_example or desk or self.lab.is_busy()

    def shut_down(self) -> None:
        """Give the camera back and end all work."""
        self.control.close()
        self.office.shut_down()
        self.lock.restore.stop()
        self.view.stop()
        self.desk.stop()
        self.desk.clerk.stop()
        self.lab.stop()

    def save_state(self, store: QSettings) -> None:
        """Remember the source, the page and the view."""
        store.setValue("source", self.view.bar.state())
        store.setValue("tab", self.column.pages.currentIndex())
        store.setValue("staff", int(self.view.bar.staff.isChecked()))
        store.setValue("rules", json.dumps(self.office.door.rules()))
        self.enrol.consent.save(store)

    def restore_state(self, store: QSettings) -> None:
        """Show them again."""
        self.view.bar.restore(str(store.value("source", "")))
        page = str(store.value("tab", "0"))
        if page.isdecimal() and int(page) < self.column.pages.count():
            self.column.open_page(int(page))
        with contextlib.suppress(ValueError):
            self.office.door.use_rules(json.loads(str(store.value("rules", "{}"))))
        self.view.bar.staff.setChecked(str(store.value("staff", "0")) == "1")
        self.enrol.consent.restore(store)

    def retranslate(self) -> None:
        """The parts set their own words."""

    def open_lab(self) -> None:
        """Give the whole panel to the lab; the camera is given back."""
        if self.seat.may(Right.CALIBRATE):
            self.stop()
            self._whole.setCurrentWidget(self.lab)
            self.lab.data.zone.setFocus()

    def _lay_out(self) -> None:
        self._bench = QWidget()
        self._whole = QStackedLayout(self)
        for each in (self._bench, self.lab, self.lock):
            self._whole.addWidget(each)
        around = QHBoxLayout(self._bench)
        space = theme_of(self).space_xl
        around.setContentsMargins(space, space, space, space)
        around.setSpacing(space)
        around.addWidget(self.column, 0, Qt.AlignmentFlag(0))
        around.addWidget(self.view, 1)

    def _connect_pages(self) -> None:
        view, desk = self.view, self.desk
        view.seen.connect(self._seen)
        view.one_person.connect(self.enrol.set_live)
        view.one_person.connect(self.verify.set_live)
        view.staff_toggled.connect(self.verify.set_staff)
        view.rested.connect(self._rested)
        view.told.connect(self.told)
        view.failed.connect(self._view_failed)
        view.stage.samples_clicked.connect(self.show_example)
        view.bar.source_changed.connect(self._source_changed)
        self.enrol.camera_clicked.connect(desk.enrol_from_camera)
        self.enrol.photos_dropped.connect(desk.enrol_photos)
        alike, office, settle = self.enrol.alike, self.office, self.enrol.show_settled
        alike.merge_wanted.connect(office.merge)
        alike.mistake_made.connect(office.take_back)
        alike.told_apart.connect(lambda old, new: settle(Settled.APART, new, old))
        office.merged.connect(lambda old, new: settle(Settled.JOINED, new, old))
        office.taken_back.connect(lambda new: settle(Settled.TAKEN_BACK, new))
        self.verify.camera_clicked.connect(desk.verify_from_camera)
        self.verify.photo_dropped.connect(lambda name, photos: desk.verify_photo(name, photos[0]))
        self.people.erase_wanted.connect(self._erase)
        self.people.rename_wanted.connect(self._rename)
        for page in (self.people, self.verify, self.front, self.enrol):
            desk.people_listed.connect(page.set_people)
        desk.burst.connect(self._show_burst)
        desk.enrolled.connect(self.enrol.show_enrolment)
        desk.verified.connect(self.verify.show_verification)
        desk.examples_ready.connect(self._show_examples)
        desk.work_changed.connect(self._work_changed)
        desk.failed.connect(self._work_failed)

    def _connect_rooms(self) -> None:
        self.front.open_wanted.connect(self._open_desk)
        self.front.enrol_wanted.connect(lambda: self.column.open_page(ENROL))
        self.front.pin_wanted.connect(lambda: self.office.open(self.office.protection))
        self.front.test_wanted.connect(lambda: self.office.open(self.office.door))
        self.office.desk_wanted.connect(self._open_desk)
        self.office.changed.connect(self._list_people)
        self.column.seat_wanted.connect(self._press_seat)
        self.column.office_wanted.connect(self.office.open)
        self.column.lab_wanted.connect(self.open_lab)
        self.column.leave_wanted.connect(self.leave_examples)
        self.lock.desk_wanted.connect(self._open_desk)
        self.lock.restore.restored.connect(self._restored)
        self.lab.back_clicked.connect(lambda: self._whole.setCurrentWidget(self._bench))
        self.lab.failed.connect(self.report)
        self.lab.in_use_changed.connect(self._encoder_changed)
        self.seat.changed.connect(self._seat_changed)
        self.control.problem.connect(self.report)
        self.control.opened.connect(self.view.lend)
        self.control.called.connect(self.lock.show_call)
        self.desk.clerk.failed.connect(self._clerk_failed)
        self._session.settings_changed.connect(self._settings_changed)

    def _seat_changed(self, _: object = None) -> None:
        """Show what the role may see, and end everything that it may not."""
        self._session.guarded = frozenset() if self.seat.may(Right.CALIBRATE) else GUARDED
        if self.seat.locked:
            self.desk.stop()
            self.stop()
            self.office.hide()
            self.lab.stop()
            self._whole.setCurrentWidget(self.lock)
            for page in (self.enrol, self.verify):
                page.forget()
            return
        if self._whole.currentWidget() is self.lock or not self.seat.may(Right.CALIBRATE):
            self._whole.setCurrentWidget(self._bench)
        self.people.set_rights(change=self.seat.may(Right.CHANGE_PEOPLE), erase=self.seat.may(Right.ERASE))
        self._list_people()

    def _would_be_lost(self) -> bool:
        """Whether work is under way that a lock would end."""
        wizard = self.office.door.wizard.running
        return self.lab.is_busy() or self.desk.work is not Work.NOTHING or self.desk.clerk.busy_long or wizard

    def _press_seat(self) -> None:
        """Lock the window; without a PIN, go where one is set."""
        if self.seat.guarded:
            self.seat.lock()
        else:
            self.office.open(self.office.protection)

    def _list_people(self) -> None:
        if self.seat.may(Right.SEE_PEOPLE):
            self.desk.list_people()

    def _erase(self, name: str) -> None:
        def done(receipt: Receipt) -> None:
            said = self.tr("{name} is erased. Receipt {number}.")
            self.receipt_given.emit(said.format(name=name, number=receipt.pseudonym))

        self.desk.clerk.do(Right.ERASE, lambda gallery: gallery.erase(name), done)

    def _restored(self, done: Restored) -> None:
        self.receipt_given.emit(self.tr("The list is restored: {count} people.").format(count=done.people))

    def _rename(self, name: str, new_name: str) -> None:
        self.desk.clerk.do(Right.CHANGE_PEOPLE, lambda gallery: gallery.rename(name, new_name))

    def _clerk_failed(self, error: Exception) -> None:
        """Say what went wrong, here or in the office, whichever the person looks at."""
        if not self.office.isVisible():
            self._list_people()  # a name that was edited in vain shows again as it is
            self.report(error)

    def _open_desk(self) -> None:
        """Open the desk screen on the chosen source; the panel's own camera is given back first."""
        make = self.view.bar.source_maker()
        if make is None:
            self.told.emit(self.tr("Choose a camera, a video or a stream at the top right first."))
            return
        self.stop()
        desk = self.desk
        self.control.open(make, _camera_of(make()), desk.database, desk.thresholds, beside=self.window())

    def _source_changed(self) -> None:
        """Tell the desk page which source it would open on, and whether liveness was verified there."""
        make = self.view.bar.source_maker()
        self.front.set_source(self.view.bar.source_name())
        if make is not None:
            self.control.use_camera(_camera_of(make()))

    def _encoder_changed(self, in_use: InUse) -> None:
        self._session.use_face_encoder(in_use)
        self._list_people()

    def _rested(self) -> None:
        if self.desk.needs_camera:
            self.desk.stop()
            self.enrol.forget()
            self.verify.forget()

    def _seen(self, seen: FacesSeen | None) -> None:
        self.enrol.show_seen(seen)
        if seen is not None:
            self._awaiting_example = False

    def _show_burst(self, burst: Burst) -> None:
        page = self.enrol if self.desk.work is Work.ENROL else self.verify
        page.show_burst(burst)

    def _show_examples(self, examples: Examples) -> None:
        self.column.example.show()
        self.column.open_page(PEOPLE)
        self.start(StillsSource(examples.photos, seconds=EXAMPLE_S))

    def _work_changed(self, work: Work) -> None:
        busy = work is not Work.NOTHING
        self.enrol.set_busy(busy)
        self.verify.set_busy(busy)
        self.view.stage.samples.setEnabled(work is not Work.EXAMPLES)
        if work is Work.ENROL:
            self.enrol.show_working()
        elif work is Work.VERIFY:
            self.verify.show_working()

    def _work_failed(self, error: Exception) -> None:
        self._awaiting_example = False
        self.enrol.forget()
        self.verify.forget()
        self.report(error)

    def _view_failed(self, error: Exception) -> None:
        self._awaiting_example = False
        self.report(error)

    def _settings_changed(self) -> None:
        self.enrol.set_keeps_photos(self._session.settings.keep_photos)
        self.view.recognise_anew()


def _camera_of(source: Source) -> str:
    """Return what the attack test of a source is stored under: the same for the same camera."""
    return str(getattr(source, "id", "") or source.subject)
