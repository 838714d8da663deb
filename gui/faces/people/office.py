"""Office: the window beside the desk for people, visits, calibration, the audit log and protection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget

from engine.faces.gallery import Gallery
from engine.faces.importing import undo_import
from engine.faces.store import erasure, likeness
from engine.faces.store.roles import Right, Role, allowed
from gui.faces.people.audit_tab import AuditTab
from gui.faces.people.calibration_tab import CalibrationTab
from gui.faces.people.clerk import Clerk
from gui.faces.people.import_tab import ImportTab
from gui.faces.people.people_tab import PeopleTab
from gui.faces.people.protection_tab import ProtectionTab
from gui.faces.visits.visits_tab import VisitsTab
from gui.icons import icon
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.notice import NoticeBar

EXPIRY_MS = 60 * 60 * 1000
"""Whoever's time is over is erased within the hour, and so every night."""

RIGHTS = (
    Right.SEE_PEOPLE,
    Right.SEE_VISITS,
    Right.IMPORT,
    Right.CALIBRATE,
    Right.SEE_AUDIT,
    Right.RECOGNISE,
)


class Office(QWidget):
    """A window of its own, never modal: the desk goes on beside it.

    Signals:
        changed: the gallery was changed from here.
    """

    changed = Signal()

    def __init__(self, session: Session, database: Callable[[], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        theme = theme_of(self)
        self.clerk = Clerk(session, database, self)
        self.people, self.visits = PeopleTab(self.clerk), VisitsTab(self.clerk)
        self.bring, self.calibration = ImportTab(self.clerk), CalibrationTab(self.clerk)
        self.audit, self.protection = AuditTab(self.clerk), ProtectionTab(self.clerk)
        self.notices, self.tabs = NoticeBar(), QTabWidget()
        icons = ("people", "clock", "import", "chart", "info", "shield")
        for name, page in zip(icons, self._pages(), strict=True):
            self.tabs.addTab(page, icon(name), "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space_xl, theme.space_l, theme.space_xl, theme.space_xl)
        layout.setSpacing(theme.space_m)
        layout.addWidget(self.notices)
        layout.addWidget(self.tabs, 1)
        self.resize(1120, 760)
        for told in (page.told for page in self._pages()):
            told.connect(lambda text: self.notices.show_message(text, "good"))
        self.clerk.failed.connect(self.notices.show_problem)
        self.clerk.changed.connect(self.changed)
        self.clerk.changed.connect(self.refresh)
        self.clerk.role_changed.connect(self._role_changed)
        self.people.import_wanted.connect(lambda: self.tabs.setCurrentWidget(self.bring))
        self.tabs.currentChanged.connect(self.refresh)
        self._nightly = QTimer(self)
        self._nightly.setInterval(EXPIRY_MS)
        self._nightly.timeout.connect(self.expire)
        self._nightly.start()
        self.retranslate()

    def open(self) -> None:
        """Come to the front."""
        self.show()
        self.raise_()
        self.activateWindow()

    def merge(self, name: str, duplicate: str) -> None:
        """Join a duplicate with the person it is."""
        self.clerk.do(Right.ENROL, lambda gallery: likeness.merge(gallery, name, duplicate))

    def take_back(self, batch: str) -> None:
        """Undo one enrolment that was a mistake."""
        self.clerk.run(Right.ENROL, undo_import(self.clerk.database, batch, self.clerk.role.value))

    def refresh(self) -> None:
        """Read again what is on screen."""
        page = self.tabs.currentWidget()
        if self.isVisible() and isinstance(page, PeopleTab | VisitsTab | AuditTab | ProtectionTab):
            page.refresh()

    def expire(self) -> None:
        """Erase whoever's time is over; done by the program itself, whatever the role."""

        def work(gallery: Gallery) -> int:
            gallery.actor = "program"
            return len(erasure.expire(gallery))

        self.clerk.ask(work, lambda erased: self.changed.emit() if erased else None)

    def shut_down(self) -> None:
        """End all work and go."""
        self._nightly.stop()
        self.clerk.stop()
        self.hide()

    def retranslate(self) -> None:
        """Set the words again; the pages set theirs."""
        self.setWindowTitle(self.tr("People and visits"))
        names = (
            self.tr("People"),
            self.tr("Visits"),
            self.tr("Import"),
            self.tr("Calibration"),
            self.tr("Audit log"),
            self.tr("Protection"),
        )
        for index, name in enumerate(names):
            self.tabs.setTabText(index, name)
        for scroller in self.tabs.tabBar().findChildren(QToolButton):  # Qt's own speak English
            scroller.setAccessibleName(self.tr("More pages"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is shown."""
        super().showEvent(event)
        self.refresh()

    def _pages(self) -> tuple[PeopleTab, VisitsTab, ImportTab, CalibrationTab, AuditTab, ProtectionTab]:
        return self.people, self.visits, self.bring, self.calibration, self.audit, self.protection

    def _role_changed(self, role: Role) -> None:
        for index, right in enumerate(RIGHTS):
            self.tabs.setTabVisible(index, allowed(role, right))
        self.refresh()
