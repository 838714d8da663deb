"""StaffView: who calls, the newest decisions with their reasons, undo, and check-in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.faces.desk.policy import Phase
from engine.faces.desk.tasks import DeskDecision, DeskView
from gui.faces.banner import Banner
from gui.faces.kiosk.words import call_verdict, phase_text, reason_text
from gui.faces.words import Verdict
from gui.theme import theme_of
from gui.widgets.card import button, label

MOST = 200
TOLD_MS = 10_000

PADDING = 12
"""Room left and right of a cell's words (window.qss, and Qt's own margin), in pixels."""


@dataclass(frozen=True)
class Line:
    """One decision as staff see it. Distances are rounded: three digits would only invite guessing."""

    at: datetime
    decision: DeskDecision
    distance: float | None
    second: float | None


class StaffView(QWidget):
    """What staff need at the desk.

    Signals:
        undo_wanted: "not me": take the newest welcome back.
        check_in_wanted, check_out_wanted: by hand, with the name.
        answered: a visitor's call is answered: somebody is coming.
    """

    undo_wanted = Signal()
    check_in_wanted = Signal(str)
    check_out_wanted = Signal(str)
    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._lines: list[Line] = []
        self._call: datetime | None = None
        self.call, self.answer = Banner(compact=True), button("check", "primary")
        self.done = Banner(compact=True)
        self._title, self._empty = label("strong"), label("caption", wrap=True)
        self.table = QTableWidget(0, 3)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        self.table.setMinimumHeight(150)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._fit = QTimer(self)  # once after all columns have their widths
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self._fit_rows)
        header.sectionResized.connect(lambda *_: self._fit.start())
        self.undo = button("undo")
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.check_in, self.check_out = button("add"), button("remove")
        by_hand, buttons = QVBoxLayout(), QHBoxLayout()
        by_hand.setSpacing(theme.space_s)
        by_hand.addWidget(self.name)
        for each in (self.check_in, self.check_out):
            buttons.addWidget(each, 1)
        by_hand.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_m)
        for widget in (self.call, self.answer, self.done, self._title, self._empty):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.undo)
        column.addLayout(by_hand)
        column.addStretch()
        self.undo.clicked.connect(self.undo_wanted)
        self.answer.clicked.connect(self.answered)
        self.check_in.clicked.connect(lambda: self.check_in_wanted.emit(self._take_name()))
        self.check_out.clicked.connect(lambda: self.check_out_wanted.emit(self._take_name()))
        self.name.currentTextChanged.connect(self._update)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(TOLD_MS)
        self._over.timeout.connect(self.done.hide)
        self.done.hide()
        self.retranslate()
        self._update()

    def lines(self) -> tuple[Line, ...]:
        """Return the decisions shown, the newest first."""
        return tuple(self._lines)

    def add(self, decision: DeskDecision, view: DeskView) -> None:
        """Show one more decision at the top."""
        self._lines.insert(0, Line(datetime.now().astimezone(), decision, view.distance, view.second))
        self.table.insertRow(0)
        self._write(0)
        del self._lines[MOST:]
        self.table.setRowCount(len(self._lines))
        self._update()

    def show_call(self, at: datetime | None) -> None:
        """Show that a visitor calls since then, or (None) that nobody does."""
        self._call = at
        self._say_call()

    def tell(self, sentence: str, *, good: bool = True) -> None:
        """Say what came of an action by hand."""
        self.done.show_verdict(
            Verdict("check" if good else "info", sentence, "", "good" if good else "plain")
        )
        self.done.show()
        self._over.start()

    def set_people(self, names: tuple[str, ...]) -> None:
        """Offer these names for check-in by hand; what is typed stays."""
        typed = self.name.currentText()
        self.name.clear()
        self.name.addItems(list(names))
        self.name.setCurrentIndex(-1)
        self.name.setEditText(typed)

    def retranslate(self) -> None:
        """Set the words again."""
        self._title.setText(self.tr("Decisions"))
        self.table.setHorizontalHeaderLabels([self.tr("Time"), self.tr("Decision"), self.tr("Distance")])
        self.table.setAccessibleName(self.tr("Newest decisions"))
        self.undo.setText(self.tr("Not me: take the welcome back"))
        self.check_in.setText(self.tr("Check in"))
        self.check_out.setText(self.tr("Check out"))
        self.answer.setText(self.tr("I am coming"))
        edit = self.name.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(self.tr("A name, to check in or out by hand"))
        self.name.setAccessibleName(self.tr("A name, to check in or out by hand"))
        self._empty.setText(self.tr("Decisions appear here with their reasons while the desk is open."))
        for row in range(len(self._lines)):
            self._write(row)
        self._say_call()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say_call(self) -> None:
        for widget in (self.call, self.answer):
            widget.setVisible(self._call is not None)
        if self._call is not None:
            self.call.show_verdict(call_verdict(self._call))

    def _write(self, row: int) -> None:
        line = self._lines[row]
        decision = line.decision
        who = f"{phase_text(decision.state)}: {decision.person}" if decision.person else ""
        why = ", ".join(reason_text(reason) for reason in decision.reasons)
        cells = (
            f"{line.at:%H:%M:%S}",
            f"{who or phase_text(decision.state)}\n{why}",
            _rounded(line.distance),
        )
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            item.setToolTip(", ".join(reason.value for reason in decision.reasons))
            self.table.setItem(row, column, item)
        self._fit.start()

    def _fit_rows(self) -> None:
        """Make each row as high as its words; Qt's own measure forgets the padding, and would cut them."""
        width = self.table.columnWidth(1) - 2 * PADDING
        metrics, wrap = self.table.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 1)
            text = item.text() if item is not None else ""
            high = metrics.boundingRect(QRect(0, 0, width, 0), wrap, text).height()
            self.table.setRowHeight(row, high + PADDING)

    def _update(self) -> None:
        newest = self._lines[0].decision if self._lines else None
        self._empty.setVisible(not self._lines)
        for widget in (self.table, self.undo):
            widget.setVisible(bool(self._lines))
        self.undo.setEnabled(newest is not None and newest.state is Phase.WELCOME)
        named = bool(self.name.currentText().strip())
        for each in (self.check_in, self.check_out):
            each.setEnabled(named)

    def _take_name(self) -> str:
        name = self.name.currentText().strip()
        self.name.setEditText("")
        return name


def _rounded(distance: float | None) -> str:
    return "–" if distance is None else f"{distance:.1f}"
