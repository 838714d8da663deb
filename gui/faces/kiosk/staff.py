"""StaffView: the newest decisions with their reasons and rounded distances, undo, and check-in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
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
from gui.faces.kiosk.words import phase_text, reason_text
from gui.theme import theme_of
from gui.widgets.card import button, label

MOST = 200


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
        check_in_wanted: somebody is checked in by hand, with the name.
    """

    undo_wanted = Signal()
    check_in_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._lines: list[Line] = []
        self.table = QTableWidget(0, 4)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.undo = button("undo")
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self.undo_wanted)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.check_in = button("check")
        self.check_in.clicked.connect(self._check_in)
        self._empty = label("caption", wrap=True)
        by_hand = QHBoxLayout()
        by_hand.addWidget(self.name, 1)
        by_hand.addWidget(self.check_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_m)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.undo)
        column.addLayout(by_hand)
        self.name.currentTextChanged.connect(self._update)
        self.retranslate()
        self._update()

    def lines(self) -> tuple[Line, ...]:
        """Return the decisions shown, the newest first."""
        return tuple(self._lines)

    def add(self, decision: DeskDecision, view: DeskView) -> None:
        """Show one more decision at the top."""
        self._lines.insert(0, Line(datetime.now().astimezone(), decision, view.distance, view.second))
        del self._lines[MOST:]
        self._fill()

    def set_people(self, names: tuple[str, ...]) -> None:
        """Offer these names for check-in by hand; what is typed stays."""
        typed = self.name.currentText()
        self.name.clear()
        self.name.addItems(list(names))
        self.name.setCurrentIndex(-1)
        self.name.setEditText(typed)

    def retranslate(self) -> None:
        """Set the words again."""
        self.table.setHorizontalHeaderLabels(
            [self.tr("Time"), self.tr("Decision"), self.tr("Why"), self.tr("Distance")]
        )
        self.table.setAccessibleName(self.tr("Newest decisions"))
        self.undo.setText(self.tr("Not me: take the welcome back"))
        self.check_in.setText(self.tr("Check in"))
        edit = self.name.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(self.tr("Check somebody in by hand"))
        self.name.setAccessibleName(self.tr("Check somebody in by hand"))
        self._empty.setText(self.tr("Decisions appear here with their reasons while the desk is open."))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self) -> None:
        self.table.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            decision = line.decision
            who = f"{phase_text(decision.state)}: {decision.person}" if decision.person else ""
            cells = (
                f"{line.at:%H:%M:%S}",
                who or phase_text(decision.state),
                ", ".join(reason_text(reason) for reason in decision.reasons),
                _rounded(line.distance),
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(", ".join(reason.value for reason in decision.reasons))
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()
        self._empty.setVisible(not self._lines)
        self.table.setVisible(bool(self._lines))
        self._update()

    def _update(self) -> None:
        newest = self._lines[0].decision if self._lines else None
        self.undo.setEnabled(newest is not None and newest.state is Phase.WELCOME)
        self.check_in.setEnabled(bool(self.name.currentText().strip()))

    def _check_in(self) -> None:
        self.check_in_wanted.emit(self.name.currentText().strip())
        self.name.setEditText("")


def _rounded(distance: float | None) -> str:
    return "–" if distance is None else f"{distance:.1f}"
