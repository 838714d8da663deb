"""VisitorsTab: who is expected, and how somebody is announced before they come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.faces.answers import Enrolment
from engine.faces.matching import Thresholds
from engine.faces.people import LONGEST_NAME
from engine.faces.store.records import Details
from engine.faces.store.roles import Right
from engine.faces.visitors import Expected, expected, pre_register
from gui.faces.people.clerk import Clerk
from gui.faces.people.office_page import OfficePage
from gui.faces.people.table import Table, local_time
from gui.faces.words import remark_text
from gui.theme import theme_of
from gui.widgets.card import Card, label
from gui.widgets.drop_zone import DropZone
from gui.widgets.empty_state import EmptyState

WIDTH, ZONE, CAPTION = 360, 120, 32


class VisitorsTab(OfficePage):
    """Those expected, and a form for one more. What is kept of a visitor's face ends with the visit."""

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clerk = clerk
        self._expected: tuple[Expected, ...] = ()
        self.help, self.empty = label("caption", wrap=True), EmptyState("badge")
        self.table = Table(stretch=0)
        self.name, self.host, self.purpose = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.day = QDateEdit(QDate.currentDate())
        self.day.setMinimumDate(QDate.currentDate())
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.agrees, self.zone = QCheckBox(), DropZone("pictures")
        self.zone.setFixedHeight(ZONE)
        self.lacking = label("caption", wrap=True)
        self.captions = {name: label("caption") for name in ("name", "host", "day", "purpose")}
        self.card = Card()
        self.card.setFixedWidth(WIDTH)
        self._lay_out()
        self.zone.dropped.connect(self._dropped)
        for edit in (self.name, self.purpose):
            edit.textChanged.connect(self._update)
        self.agrees.toggled.connect(self._update)
        clerk.busy_changed.connect(self._update)
        self.retranslate()

    def refresh(self) -> None:
        """Read who is expected again."""
        self._clerk.ask(expected, self._show, Right.ENROL)

    def announce(self, photos: list[Path]) -> None:
        """Announce the visitor of the form with these photos."""
        settings = self._clerk.session.settings
        lines = Thresholds(settings.verify_threshold, settings.strangers_accepted)
        task = pre_register(
            *(self._clerk.session.models, self._clerk.database, self.name.text(), photos, lines),
            self.day.date().toString("yyyy-MM-dd"),
            host=self.host.text().strip(),
            details=Details(purpose=self.purpose.text().strip(), consent=date.today().isoformat()),
            keep_photos=settings.keep_photos,
            actor=self._clerk.role.value,
        )
        self._clerk.run(Right.ENROL, task, self._announced)

    def lacks(self) -> str:
        """Return what has to be filled in before a face is looked at; empty when nothing is missing."""
        if not self.name.text().strip():
            return self.tr("Type the visitor's name first.")
        if not self.purpose.text().strip():
            return self.tr("Say what the face is used for first.")
        return "" if self.agrees.isChecked() else self.tr("Ask for consent first, and tick the box.")

    def retranslate(self) -> None:
        """Set the words again."""
        self.help.setText(
            self.tr(
                "A visitor who is announced with a photo is welcomed like everybody else. The encoding ends "
                "with the visit, or with the day."
            )
        )
        self.empty.set_texts(
            self.tr("Nobody is expected"), self.tr("Announce a visitor on the right, with one photo.")
        )
        self.table.set_headings([self.tr("Visitor"), self.tr("Host"), self.tr("Until"), self.tr("State")])
        self.table.setAccessibleName(self.tr("Expected visitors"))
        self.card.set_title(self.tr("Announce a visitor"))
        words = {
            "name": self.tr("Name"),
            "host": self.tr("Host"),
            "day": self.tr("Day"),
            "purpose": self.tr("What for"),
        }
        edits = {"name": self.name, "host": self.host, "day": self.day, "purpose": self.purpose}
        for name, text in words.items():
            self.captions[name].setText(text)
            edits[name].setAccessibleName(text)
        self.host.setPlaceholderText(self.tr("Whom the visitor comes to see"))
        self.purpose.setPlaceholderText(self.tr("For example: entrance on this day"))
        self.agrees.setText(self.tr("The visitor knows this and agrees"))
        self.zone.set_texts(
            self.tr("Drop a photo of the visitor"), self.tr("From the front. Click to choose.")
        )
        self._say()
        self._update()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        form = QFormLayout()
        form.setSpacing(theme.space_s)
        for caption, edit in zip(
            self.captions.values(), (self.name, self.host, self.day, self.purpose), strict=True
        ):
            caption.setMinimumHeight(CAPTION)
            form.addRow(caption, edit)
        self.card.body.addLayout(form)
        for widget in (self.agrees, self.lacking, self.zone):
            self.card.body.addWidget(widget)
        self.card.body.addStretch()
        left = QVBoxLayout()
        left.setSpacing(theme.space_m)
        left.addWidget(self.help)
        left.addWidget(self.empty, 1)
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space_l)
        row.addLayout(left, 1)
        row.addWidget(self.card)

    def _dropped(self, paths: list[Path]) -> None:
        if not self.lacks():
            self.announce(paths)
        self._update()

    def _announced(self, enrolment: Enrolment) -> None:
        said = self.tr("{name} is expected on {day}.").format(
            name=enrolment.person.name, day=self.day.date().toString("yyyy-MM-dd")
        )
        self.told.emit(" ".join([said, *(remark_text(remark) for remark in enrolment.remarks)]))
        self.name.clear()
        self.agrees.setChecked(False)

    def _show(self, found: tuple[Expected, ...]) -> None:
        self._expected = found
        self._say()

    def _say(self) -> None:
        self.table.set_rows(
            [
                (
                    one.person.name,
                    one.host,
                    local_time(one.until),
                    self.tr("has come") if one.arrived else self.tr("expected"),
                )
                for one in self._expected
            ]
        )
        self.table.setVisible(bool(self._expected))
        self.empty.setVisible(not self._expected)

    def _update(self, _: object = None) -> None:
        busy = self._clerk.busy_long
        self.lacking.setText(self.tr("Looking at the photo…") if busy else self.lacks())
        self.lacking.setVisible(bool(self.lacking.text()))
        self.zone.setEnabled(not busy)
