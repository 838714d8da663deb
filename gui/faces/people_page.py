"""PeoplePage: who is enrolled; rename by a double click, erase after a question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from engine.faces.people import Person
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import button, label


class PeoplePage(QWidget):
    """The list of people.

    Signals:
        erase_wanted: with the name, after the person said yes.
        rename_wanted: with the old and the new name.
    """

    erase_wanted = Signal(str)
    rename_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Person, ...] = ()
        self.empty = label("caption", wrap=True)
        self.list = QListWidget()
        self.list.setIconSize(QSize(20, 20))
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.erase = button("trash", "danger")
        self._may_change = self._may_erase = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme_of(self).space_m)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.erase)
        layout.addStretch()
        self.list.currentRowChanged.connect(self._update)
        self.list.itemChanged.connect(self._edited)
        self.erase.clicked.connect(self._ask)
        self.retranslate()
        self._update()

    def set_people(self, people: Sequence[Person]) -> None:
        """Show these people; the one who was chosen stays chosen."""
        chosen = self.chosen()
        self._people = tuple(people)
        self.list.blockSignals(True)
        self.list.clear()
        for person in self._people:
            item = QListWidgetItem(icon("person"), person.name)
            if self._may_change:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            if person.claim_only:
                item.setIcon(icon("people"))
            self.list.addItem(item)
            if chosen is not None and chosen.id == person.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.retranslate()
        self._update()

    def set_rights(self, *, change: bool, erase: bool) -> None:
        """Offer renaming and erasing only to a role that may."""
        self._may_change, self._may_erase = change, erase
        self.set_people(self._people)

    def chosen(self) -> Person | None:
        """Return the person chosen in the list."""
        row = self.list.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def retranslate(self) -> None:
        """Set the words again."""
        self.empty.setText(
            (self.tr("Double-click a name to change it.") if self._may_change else "")
            if self._people
            else self.tr("Nobody is enrolled yet. Enrol somebody from the camera or from one photo.")
        )
        self.erase.setText(self.tr("Erase…"))
        self.list.setAccessibleName(self.tr("People"))
        self.list.blockSignals(True)
        for row, person in enumerate(self._people):
            tip = self.tr("Encodings: {count}. Enrolled on {date}.").format(
                count=person.encodings, date=person.created[:10]
            )
            alike = "\n" + self.tr("Looks like somebody else: never welcomed by the face alone.")
            self.list.item(row).setToolTip(tip + alike if person.claim_only else tip)
        self.list.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _update(self) -> None:
        self.list.setVisible(bool(self._people))
        self.erase.setVisible(bool(self._people) and self._may_erase)
        self.erase.setEnabled(self.chosen() is not None)

    def _edited(self, item: QListWidgetItem) -> None:
        person = self._people[self.list.row(item)]
        if item.text() != person.name:
            self.rename_wanted.emit(person.name, item.text())

    def _ask(self) -> None:
        person = self.chosen()
        if person is None:
            return
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Question)
        question.setText(self.tr("Erase {name}?").format(name=person.name))
        question.setInformativeText(
            self.tr("All encodings of this person are deleted. This cannot be undone.")
        )
        yes = question.addButton(self.tr("Erase"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self.erase_wanted.emit(person.name))
        question.finished.connect(question.deleteLater)
        question.open()
