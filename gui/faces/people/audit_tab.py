"""AuditTab: who did what, and whether the log is whole."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.faces.gallery import Gallery
from engine.faces.store import audit
from engine.faces.store.audit import Checked, Entry
from engine.faces.store.roles import Right, allowed
from gui.faces.people.clerk import Clerk
from gui.faces.people.office_page import OfficePage
from gui.faces.people.table import Table, local_time
from gui.theme import theme_of
from gui.widgets.card import button, label, set_role


def action_text(action: str) -> str:
    """Return an action of the log in the window's language; a new one as it stands."""
    words = {
        "person added": QCoreApplication.translate("AuditWords", "person added"),
        "encodings added": QCoreApplication.translate("AuditWords", "encodings added"),
        "encoding removed": QCoreApplication.translate("AuditWords", "encoding removed"),
        "encodings expired": QCoreApplication.translate("AuditWords", "encodings expired"),
        "person renamed": QCoreApplication.translate("AuditWords", "person renamed"),
        "person erased": QCoreApplication.translate("AuditWords", "person erased"),
        "person expired": QCoreApplication.translate("AuditWords", "person expired"),
        "person erased again": QCoreApplication.translate("AuditWords", "person erased again"),
        "details changed": QCoreApplication.translate("AuditWords", "details changed"),
        "data exported": QCoreApplication.translate("AuditWords", "data exported"),
        "duplicate merged": QCoreApplication.translate("AuditWords", "duplicate merged"),
        "lookalike marked": QCoreApplication.translate("AuditWords", "lookalike marked"),
        "lookalike unmarked": QCoreApplication.translate("AuditWords", "lookalike unmarked"),
        "people imported": QCoreApplication.translate("AuditWords", "people imported"),
        "import undone": QCoreApplication.translate("AuditWords", "import undone"),
        "checked in": QCoreApplication.translate("AuditWords", "checked in"),
        "checked out": QCoreApplication.translate("AuditWords", "checked out"),
        "visit undone": QCoreApplication.translate("AuditWords", "visit undone"),
        "pin set": QCoreApplication.translate("AuditWords", "PIN set"),
        "pin removed": QCoreApplication.translate("AuditWords", "PIN removed"),
        "pin accepted": QCoreApplication.translate("AuditWords", "PIN accepted"),
        "pin refused": QCoreApplication.translate("AuditWords", "PIN refused"),
        "key moved": QCoreApplication.translate("AuditWords", "key moved"),
        "calibrated": QCoreApplication.translate("AuditWords", "calibrated"),
        "calibration removed": QCoreApplication.translate("AuditWords", "calibration removed"),
        "backed up": QCoreApplication.translate("AuditWords", "backed up"),
        "restored": QCoreApplication.translate("AuditWords", "restored"),
        "gallery sealed": QCoreApplication.translate("AuditWords", "gallery sealed"),
        "hooks set": QCoreApplication.translate("AuditWords", "door set"),
        "liveness verified": QCoreApplication.translate("AuditWords", "liveness verified"),
        "model dropped": QCoreApplication.translate("AuditWords", "encodings of an old model removed"),
        "enrolment policy set": QCoreApplication.translate("AuditWords", "rules of enrolment set"),
        "host called": QCoreApplication.translate("AuditWords", "host called"),
        "desk: host called": QCoreApplication.translate("AuditWords", "desk: host called"),
        "desk: welcome taken back": QCoreApplication.translate("AuditWords", "desk: welcome taken back"),
        "desk: welcome": QCoreApplication.translate("AuditWords", "desk: welcome"),
        "desk: step-up": QCoreApplication.translate("AuditWords", "desk: badge asked"),
        "desk: refuse": QCoreApplication.translate("AuditWords", "desk: not recognised"),
        "liveness withdrawn": QCoreApplication.translate("AuditWords", "liveness withdrawn"),
    }
    return words.get(action, action)


def actor_text(actor: str) -> str:
    """Return who acted in the window's language; somebody new as it stands."""
    words = {
        "kiosk": QCoreApplication.translate("AuditWords", "kiosk"),
        "reception": QCoreApplication.translate("AuditWords", "reception"),
        "admin": QCoreApplication.translate("AuditWords", "administrator"),
        "desk": QCoreApplication.translate("AuditWords", "desk"),
        "program": QCoreApplication.translate("AuditWords", "program"),
        "command line": QCoreApplication.translate("AuditWords", "command line"),
    }
    return words.get(actor, actor)


class AuditTab(OfficePage):
    """The log is checked from its first entry each time it is shown."""

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._clerk = clerk
        self._found: tuple[Checked, tuple[Entry, ...], dict[str, str]] | None = None
        self.verdict, self.help = label("good"), label("caption", wrap=True)
        self.kept, self.check, self.copy = QLineEdit(), button("check"), button("copy")
        self.table = Table(stretch=3)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.verdict)
        top.addStretch()
        top.addWidget(self.copy)
        foot.addWidget(self.kept, 1)
        foot.addWidget(self.check)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space_m)
        layout.addWidget(self.help)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.check.clicked.connect(self.refresh)
        self.copy.clicked.connect(self._copy)
        self.retranslate()

    def refresh(self) -> None:
        """Read and check the log again, against the kept head if one was typed."""
        if not allowed(self._clerk.role, Right.SEE_AUDIT):
            self._found = None
            self._say()
            return
        try:
            kept = audit.parse_head(self.kept.text()) if self.kept.text().strip() else None
        except EngineError:
            set_role(self.verdict, "warn")  # what was found without it must not pass for the comparison
            self.verdict.setText(
                self.tr("This is no head: it is a number, a colon and 64 digits or letters.")
            )
            return

        def work(gallery: Gallery) -> tuple[Checked, tuple[Entry, ...], dict[str, str]]:
            names = {gallery.vault.pseudonym(person.id): person.name for person in gallery.people()}
            checked = audit.check(gallery.database, gallery.vault, kept)
            return checked, audit.entries(gallery.database), names

        self._clerk.ask(work, self._show)

    def retranslate(self) -> None:
        """Set the words again."""
        self.help.setText(
            self.tr(
                "Every entry is tied to the one before. Keep the head (its number and code) outside this "
                "computer: "
                "compared with it, even a log that was put back to an earlier day is found out."
            )
        )
        self.kept.setPlaceholderText(self.tr("A head that was kept, to compare with"))
        self.kept.setAccessibleName(self.tr("A head that was kept, to compare with"))
        self.table.setAccessibleName(self.tr("Entries of the log"))
        self.check.setText(self.tr("Check"))
        self.copy.setText(self.tr("Copy the head"))
        self.table.set_headings(
            [self.tr("No."), self.tr("Time"), self.tr("Role"), self.tr("What"), self.tr("Whom")]
        )
        self._say()

    def _show(self, found: tuple[Checked, tuple[Entry, ...], dict[str, str]]) -> None:
        self._found = found
        self._say()

    def _say(self) -> None:
        self.verdict.setVisible(self._found is not None)
        self.copy.setEnabled(self._found is not None)
        if self._found is None:
            self.table.set_rows([])
            return
        checked, entries, names = self._found
        whole = checked.problem is None
        set_role(self.verdict, "good" if whole else "bad")
        text = self.tr("The log is whole: {count} entries").format(count=checked.head.number)
        broken = self.tr("The log was tampered with at entry {place}").format(place=checked.place)
        self.verdict.setText(text if whole else broken)
        self.verdict.setToolTip(checked.problem or str(checked.head))
        self.table.set_rows(
            [
                (
                    str(one.number),
                    local_time(one.at, seconds=True),
                    actor_text(one.actor),
                    action_text(one.action),
                    names.get(one.subject, self.tr("erased ({code})").format(code=one.subject[:8]))
                    if one.subject
                    else "",
                )
                for one in entries
            ]
        )

    def _copy(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(str(self._found[0].head))
            self.told.emit(self.tr("The head is in the clipboard."))
