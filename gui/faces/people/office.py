"""Office: the window beside the desk for visits, people, the door, calibration, protection and the log."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.faces.gallery import Gallery
from engine.faces.importing import undo_import
from engine.faces.store import erasure, likeness
from engine.faces.store.roles import Right
from gui.faces.door.door_tab import DoorTab
from gui.faces.kiosk.control import DeskControl
from gui.faces.people.alike_tab import AlikeTab
from gui.faces.people.audit_tab import AuditTab
from gui.faces.people.calibration_tab import CalibrationTab
from gui.faces.people.clerk import Clerk
from gui.faces.people.import_tab import ImportTab
from gui.faces.people.office_page import OfficePage
from gui.faces.people.people_tab import PeopleTab
from gui.faces.people.protection_tab import ProtectionTab
from gui.faces.people.sections import Sections
from gui.faces.visits.visitors_tab import VisitorsTab
from gui.faces.visits.visits_tab import VisitsTab
from gui.theme import theme_of
from gui.widgets.notice import NoticeBar

EXPIRY_MS = 60 * 60 * 1000
"""Whoever's time is over is erased within the hour, and so every night."""

SIZE, FRAME = QSize(1240, 800), QSize(8, 40)
"""The window's size in pixels, and room for a frame around it."""

TOLD_MS = 8000
"""How long good news stands; problems stand until they are closed."""


class Office(QWidget):
    """A window of its own, never modal: the desk goes on beside it.

    Signals:
        changed: the gallery was changed from here.
        desk_wanted: the desk screen has to be open for the attack test.
        merged: a duplicate was joined: the name that is kept and the one that is gone.
        taken_back: the enrolment of this name was undone.
    """

    changed = Signal()
    desk_wanted = Signal()
    merged = Signal(str, str)
    taken_back = Signal(str)

    def __init__(self, clerk: Clerk, control: DeskControl, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        theme = theme_of(self)
        self.clerk = clerk
        self.visits, self.visitors = VisitsTab(clerk), VisitorsTab(clerk)
        self.people, self.alike, self.bring = PeopleTab(clerk), AlikeTab(clerk), ImportTab(clerk)
        self.door, self.calibration = DoorTab(clerk, control), CalibrationTab(clerk)
        self.protection, self.audit = ProtectionTab(clerk), AuditTab(clerk)
        self._rights: dict[OfficePage, Right] = {
            self.visits: Right.SEE_VISITS,
            self.visitors: Right.ENROL,
            self.people: Right.SEE_PEOPLE,
            self.alike: Right.CHANGE_PEOPLE,
            self.bring: Right.IMPORT,
            self.door: Right.PROTECT,
            self.calibration: Right.CALIBRATE,
            self.protection: Right.RECOGNISE,
            self.audit: Right.SEE_AUDIT,
        }
        self.notices, self.sections = NoticeBar(), Sections()
        groups = (
            ((self.visits, "clock"), (self.visitors, "badge")),
            ((self.people, "people"), (self.alike, "copy"), (self.bring, "import")),
            (
                (self.door, "link"),
                (self.calibration, "chart"),
                (self.protection, "shield"),
                (self.audit, "info"),
            ),
        )
        for group in groups:
            self.sections.add_heading()
            for page, name in group:
                self.sections.add_page(page, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space_xl, theme.space_l, theme.space_xl, theme.space_xl)
        layout.setSpacing(theme.space_m)
        layout.addWidget(self.sections, 1)
        layout.addWidget(self.notices)  # below: what comes and goes must not move a button under the mouse
        self._placed = False
        for each in self._rights:
            each.told.connect(self._tell)
            each.receipt_given.connect(lambda text: self.notices.show_message(text, "good"))
        clerk.failed.connect(self._failed)
        clerk.changed.connect(self.changed)
        clerk.changed.connect(self.refresh)
        clerk.role_changed.connect(self._role_changed)
        clerk.seat.refused.connect(self._failed)
        self.people.import_wanted.connect(lambda: self.sections.show_page(self.bring))
        self.door.desk_wanted.connect(self.desk_wanted)
        self.sections.changed.connect(self.refresh)
        self._nightly = QTimer(self)
        self._nightly.setInterval(EXPIRY_MS)
        self._nightly.timeout.connect(self.expire)
        self._nightly.start()
        self.sections.show_page(self.visits)
        self._role_changed()
        self.retranslate()

    def open(self, page: QWidget | None = None) -> None:
        """Come to the front, with a page if one is asked for; the first time, no larger than the screen."""
        if not self._placed:
            self._placed = True
            room = self.screen().availableSize() - FRAME
            self.resize(SIZE.boundedTo(room))
        if page is not None and self.sections.is_offered(page):
            self.sections.show_page(page)
        self.show()
        self.raise_()
        self.activateWindow()

    def merge(self, name: str, duplicate: str) -> None:
        """Join a duplicate with the person it is."""

        def done(_: object) -> None:
            self.merged.emit(name, duplicate)

        self.clerk.do(Right.ENROL, lambda gallery: likeness.merge(gallery, name, duplicate), done)

    def take_back(self, batch: str, name: str) -> None:
        """Undo one enrolment that was a mistake."""
        task = undo_import(self.clerk.database, batch, self.clerk.role.value)
        self.clerk.run(Right.ENROL, task, lambda _: self.taken_back.emit(name))

    def refresh(self) -> None:
        """Read again what is on screen."""
        page = self.sections.current()
        if self.isVisible() and isinstance(page, OfficePage):
            page.refresh()

    def expire(self) -> None:
        """Erase whoever's time is over; done by the program itself, whatever the role."""

        def work(gallery: Gallery) -> int:
            gallery.actor = "program"
            return len(erasure.expire(gallery))

        self.clerk.ask(work, lambda erased: self.changed.emit() if erased else None)

    def shut_down(self) -> None:
        """Go, and expire nobody any more."""
        self._nightly.stop()
        self.hide()

    def retranslate(self) -> None:
        """Set the words again; the pages set theirs."""
        self.setWindowTitle(self.tr("Office of the front desk"))
        self.sections.list.setAccessibleName(self.tr("Pages of the office"))
        self.sections.set_names(
            [self.tr("Every day"), self.tr("People"), self.tr("Safety")],
            [
                self.tr("Visits, roll-call"),
                self.tr("Visitors"),
                self.tr("Cards"),
                self.tr("Lookalikes"),
                self.tr("Import"),
                self.tr("Door, attack test"),
                self.tr("Calibration"),
                self.tr("Protection"),
                self.tr("Audit log"),
            ],
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is shown."""
        super().showEvent(event)
        self.refresh()

    def _tell(self, text: str) -> None:
        self.notices.show_message(text, "good")
        self.notices.notices()[0].dismiss_after(TOLD_MS)

    def _failed(self, error: Exception) -> None:
        if self.isVisible():
            self.notices.show_problem(error)

    def _role_changed(self, _: object = None) -> None:
        for page, right in self._rights.items():
            self.sections.offer(page, self.clerk.seat.may(right))
        self.refresh()
