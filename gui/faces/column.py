"""Column: the left side of Recognise: whose seat it is, four pages, and the ways to office and lab."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.faces.store.roles import Right
from gui.faces.seat import Seat, role_text
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import Card, button, label

WIDTH = 416
DESK, ENROL, VERIFY, PEOPLE = range(4)
ICONS = ("recognise", "add", "shield", "people")


class Column(QWidget):
    """Shows one of the four pages.

    Signals:
        seat_wanted: the button that names the role was pressed.
        office_wanted, lab_wanted, leave_wanted: the office, the lab, away from the examples.
    """

    seat_wanted = Signal()
    office_wanted = Signal()
    lab_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, seat: Seat, pages: tuple[QWidget, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._seat = seat
        self.setFixedWidth(WIDTH)
        self._title, self._subtitle = label("title"), label("subtitle", wrap=True)
        self.role = button("person", "quiet")
        self.tabs, self.pages = QButtonGroup(self), QStackedWidget()
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.space_xs)
        for index, (name, page) in enumerate(zip(ICONS, pages, strict=True)):
            tab = button(name, "quiet")
            tab.setCheckable(True)
            self.tabs.addButton(tab, index)
            tabs.addWidget(tab)
            self.pages.addWidget(page)
        self._note, self.leave = label("caption", wrap=True), button("swap")
        self.example = QWidget()
        note = QVBoxLayout(self.example)
        note.setContentsMargins(0, 0, 0, 0)
        note.addWidget(self._note)
        note.addWidget(self.leave)
        self.example.hide()
        self.office, self.lab = button("people"), button("lab", "quiet")
        head, foot, card = QHBoxLayout(), QHBoxLayout(), Card()
        head.addWidget(self._title, 1)
        head.addWidget(self.role, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.office, 1)
        foot.addWidget(self.lab)
        card.body.addLayout(tabs)
        card.body.addWidget(self.pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.space_m)
        whole.addLayout(head)
        whole.addWidget(self._subtitle)
        whole.addWidget(card, 1)
        whole.addWidget(self.example)
        whole.addLayout(foot)
        self.tabs.idClicked.connect(self.open_page)
        self.role.clicked.connect(self.seat_wanted)
        self.office.clicked.connect(self.office_wanted)
        self.lab.clicked.connect(self.lab_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        seat.changed.connect(self._say_role)
        self.open_page(DESK)
        self.retranslate()

    def open_page(self, index: int) -> None:
        """Show a page."""
        self.tabs.button(index).setChecked(True)
        self.pages.setCurrentIndex(index)

    def retranslate(self) -> None:
        """Set the words again; the pages set theirs."""
        names = (self.tr("Desk"), self.tr("Enrol"), self.tr("Verify"), self.tr("People"))
        for index, text in enumerate(names):
            self.tabs.button(index).setText(text)
        self._title.setText(self.tr("Recognise"))
        self._subtitle.setText(self.tr("Enrol with one look, then welcome by name."))
        self._note.setText(self.tr("These are the people on board. Your own gallery is untouched."))
        self.leave.setText(self.tr("Back to my people"))
        self.office.setText(self.tr("Office: visits, cards, door…"))
        self.office.setToolTip(
            self.tr("Visits and roll-call, visitors, cards, import, door, calibration, audit log, backup")
        )
        self.lab.setText(self.tr("Lab"))
        self.lab.setToolTip(self.tr("Train and measure an encoder of your own"))
        self._say_role()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say_role(self, _: object = None) -> None:
        guarded, role = self._seat.guarded, role_text(self._seat.role)
        self.role.setText(self.tr("{role}: lock").format(role=role) if guarded else role)
        self.role.setIcon(icon("person" if guarded else "warning", self.role))
        self.role.setToolTip(
            self.tr("Leave the window to the kiosk; a role is taken again with its PIN.")
            if guarded
            else self.tr("No PIN is set: whoever opens the window is administrator. Press to set one.")
        )
        self.lab.setVisible(self._seat.may(Right.CALIBRATE))
