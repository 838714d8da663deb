"""VisitsTab: who came today, who is inside, check-in by hand, CSV, and the roll-call on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.faces import visits
from engine.faces.desk.reception import check_in_by_hand, check_out_by_hand
from engine.faces.people import Person
from engine.faces.store.roles import Right
from engine.faces.visits import How, Visit
from engine.files import writing
from gui.faces.kiosk.words import by_hand_text
from gui.faces.people.clerk import Clerk
from gui.faces.people.office_page import OfficePage
from gui.faces.people.table import Table, local_time
from gui.theme import theme_of
from gui.widgets.card import button, label

DEVICE = "reception"


class VisitsTab(OfficePage):
    """Works without a camera and without a key."""

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._clerk = clerk
        self._visits: tuple[Visit, ...] = ()
        self._people: tuple[Person, ...] = ()
        self.who, self.table, self.count = QComboBox(), Table(stretch=0), label("heading")
        self.help, self.empty = label("caption", wrap=True), label("subtitle", wrap=True)
        self.who.setEditable(True)
        self.who.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.who.setMinimumWidth(220)
        self.come, self.go, self.undo = button("add", "primary"), button("remove"), button("swap")
        self.only_inside, self.save, self.roll = button("people"), button("save"), button("save")
        self.only_inside.setCheckable(True)
        top, foot = QHBoxLayout(), QHBoxLayout()
        for each in (self.who, self.come, self.go, self.undo):
            top.addWidget(each)
        top.addStretch()
        foot.addWidget(self.count)
        foot.addWidget(self.only_inside)
        foot.addStretch()
        for each in (self.save, self.roll):
            foot.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_m)
        layout.addWidget(self.help)
        layout.addLayout(top)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        layout.addLayout(foot)
        self.come.clicked.connect(self._check_in)
        self.go.clicked.connect(self._check_out)
        self.undo.clicked.connect(self._undo)
        self.only_inside.toggled.connect(self._show_rows)
        self.save.clicked.connect(self._save)
        self.roll.clicked.connect(self._roll_call)
        self.table.itemSelectionChanged.connect(self._update)
        self.who.currentTextChanged.connect(self._update)
        self.retranslate()

    def refresh(self) -> None:
        """Read visits and people again."""
        self._clerk.ask(
            lambda gallery: (visits.today(gallery), gallery.people()), self._show, Right.SEE_VISITS
        )

    def retranslate(self) -> None:
        """Set the words again."""
        typed = self.who.lineEdit()
        assert typed is not None
        typed.setPlaceholderText(self.tr("Name"))
        self.who.setAccessibleName(self.tr("Who comes or leaves"))
        self.come.setText(self.tr("Check in"))
        self.go.setText(self.tr("Check out"))
        self.undo.setText(self.tr("Undo the last step"))
        self.only_inside.setText(self.tr("Only who is inside"))
        self.save.setText(self.tr("Save as CSV…"))
        self.roll.setText(self.tr("Roll-call as PDF…"))
        self.help.setText(
            self.tr(
                "The visits of today, and who is still inside. Works without a camera: for an evacuation too."
            )
        )
        self.table.setAccessibleName(self.tr("Visits of today"))
        self.table.set_headings(
            [self.tr("Name"), self.tr("Came"), self.tr("by"), self.tr("Left"), self.tr("by"), self.tr("Desk")]
        )
        self._show_rows()

    def write_roll_call(self, path: Path) -> None:
        """Write who is inside as a PDF to be printed: a box to tick beside every name."""
        inside = sorted((visit for visit in self._visits if visit.gone is None), key=lambda one: one.name)
        rows = "".join(
            f"<tr><td width='30'>☐</td><td>{escape(one.name)}</td><td>{local_time(one.came)}</td></tr>"
            for one in inside
        )
        title = self.tr("Roll-call: {count} inside").format(count=len(inside))
        at = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        document = QTextDocument()
        document.setHtml(f"<h1>{escape(title)}</h1><p>{at}</p><table cellpadding='6'>{rows}</table>")
        with writing(path) as file:
            part = Path(file.name)
            writer = QPdfWriter(str(part))
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
            document.print_(writer)
            del writer
        self.told.emit(self.tr("The roll-call is in {file}.").format(file=path.name))

    def write_csv(self, path: Path) -> None:
        """Write the visits shown as CSV."""
        with writing(path) as file:
            file.write(b"\xef\xbb\xbf" + visits.as_csv(self._shown()).encode())
        self.told.emit(self.tr("The visits are in {file}.").format(file=path.name))

    def _show(self, found: tuple[tuple[Visit, ...], tuple[Person, ...]]) -> None:
        self._visits, self._people = found
        typed = self.who.currentText()
        self.who.clear()
        self.who.addItems([person.name for person in self._people])
        self.who.setCurrentIndex(-1)
        self.who.setEditText(typed)
        self._show_rows()

    def _shown(self) -> tuple[Visit, ...]:
        inside = self.only_inside.isChecked()
        return tuple(visit for visit in self._visits if visit.gone is None or not inside)

    def _show_rows(self) -> None:
        how = {How.FACE: self.tr("face"), How.CLAIM: self.tr("claim"), How.MANUAL: self.tr("hand")}
        self.table.set_rows(
            [
                (
                    one.name,
                    local_time(one.came),
                    how[How(one.came_how)],
                    local_time(one.gone) or self.tr("inside"),
                    how[How(one.gone_how)] if one.gone_how else "",
                    one.device,
                )
                for one in self._shown()
            ]
        )
        inside = sum(visit.gone is None for visit in self._visits)
        self.table.setVisible(bool(self._shown()))
        self.empty.setVisible(not self._shown())
        nobody = (
            self.tr("Nobody is inside.") if self.only_inside.isChecked() else self.tr("Nobody came today.")
        )
        self.empty.setText(nobody)
        self.count.setText(self.tr("Inside now: {count}").format(count=inside))
        self._update()

    def _update(self) -> None:
        self.undo.setEnabled(self.table.chosen() is not None)
        named = bool(self.who.currentText().strip())
        self.come.setEnabled(named)
        self.go.setEnabled(named)

    def _check_in(self) -> None:
        self._by_hand(coming=True)

    def _check_out(self) -> None:
        self._by_hand(coming=False)

    def _by_hand(self, *, coming: bool) -> None:
        name = self.who.currentText().strip()
        task = check_in_by_hand if coming else check_out_by_hand

        def done(visit: Visit | None) -> None:
            self.told.emit(by_hand_text(name, coming=coming, done=visit is not None))
            if visit is not None:
                self.who.setEditText("")

        self._clerk.run(
            Right.CHECK_IN, task(self._clerk.database, name, DEVICE, self._clerk.role.value), done
        )

    def _undo(self) -> None:
        row = self.table.chosen()
        if row is not None:
            visit = self._shown()[row].id
            self._clerk.do(Right.CHECK_IN, lambda gallery: visits.undo(gallery, visit))

    def _save(self) -> None:
        self._ask_where(self.tr("Save the visits"), "visits.csv", self.write_csv)

    def _roll_call(self) -> None:
        self._ask_where(self.tr("Save the roll-call"), "roll-call.pdf", self.write_roll_call)

    def _ask_where(self, title: str, name: str, write: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(name.rpartition(".")[2])
        dialog.selectFile(name)

        def save(file: str) -> None:
            try:
                write(Path(file))
            except EngineError as error:
                self._clerk.failed.emit(error)

        dialog.fileSelected.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
