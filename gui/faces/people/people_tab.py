"""PeopleTab: search, list and card."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from engine.faces.gallery import Gallery
from engine.faces.people import Person
from engine.faces.store import cards, roles
from engine.faces.store.records import Card, Details, Limits, Receipt, end_of
from engine.faces.store.roles import Right
from engine.files import writing
from gui.faces.people.card_form import CardForm
from gui.faces.people.clerk import Clerk
from gui.faces.people.office_page import OfficePage
from gui.icons import icon
from gui.theme import theme_of
from gui.widgets.card import Card as Surface
from gui.widgets.card import button, label

MOST_SHOWN = 500


class PeopleTab(OfficePage):
    """Everybody enrolled, found by name, pinyin, number or badge.

    Signals:
        import_wanted: the person wants to import many people.
    """

    import_wanted = Signal()

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._clerk = clerk
        self._people: tuple[Person, ...] = ()
        self.search, self.list, self.count = QLineEdit(), QListWidget(), label("caption", wrap=True)
        self.search.setClearButtonEnabled(True)
        self.bring = button("import")
        self.form = CardForm()
        left = QVBoxLayout()
        left.setSpacing(theme.space_s)
        for widget in (self.search, self.list, self.count, self.bring):
            left.addWidget(widget, 1 if widget is self.list else 0)
        surface = Surface()
        surface.body.addWidget(self.form)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_l)
        layout.addLayout(left, 2)
        layout.addWidget(surface, 5)
        self.search.textChanged.connect(self.refresh)
        self.list.currentRowChanged.connect(self._chosen)
        self.bring.clicked.connect(self.import_wanted)
        self.form.save_wanted.connect(self._save)
        self.form.erase_wanted.connect(self._ask)
        self.form.export_wanted.connect(self._export)
        self.form.remove_wanted.connect(self._remove)
        clerk.role_changed.connect(self._role_changed)
        self._role_changed()
        self.retranslate()

    def refresh(self) -> None:
        """Read the list again."""
        query = self.search.text().strip()

        def work(gallery: Gallery) -> tuple[Person, ...]:
            return cards.find(gallery, query, MOST_SHOWN) if query else gallery.people()[:MOST_SHOWN]

        if self._clerk.database.exists():
            self._clerk.ask(work, self._show, Right.SEE_PEOPLE)
        else:
            self._show(())

    def retranslate(self) -> None:
        """Set the words again."""
        self.search.setPlaceholderText(self.tr("Name, pinyin, number or badge"))
        self.search.setAccessibleName(self.tr("Search people"))
        self.list.setAccessibleName(self.tr("People"))
        self.bring.setText(self.tr("Import…"))
        self._say_count()

    def erase(self, name: str) -> None:
        """Erase a person, and tell the receipt."""
        self._clerk.do(Right.ERASE, lambda gallery: gallery.erase(name), self._erased)

    def _role_changed(self, _: object = None) -> None:
        may = self._clerk.seat.may
        self.form.set_rights(change=may(Right.CHANGE_PEOPLE), erase=may(Right.ERASE))
        self.bring.setVisible(may(Right.IMPORT))
        if not may(Right.SEE_PEOPLE):
            self._show(())

    def _show(self, people: tuple[Person, ...]) -> None:
        row = self.list.currentRow()
        chosen = self._people[row].id if 0 <= row < len(self._people) else None
        self._people = people
        self.list.blockSignals(True)
        self.list.clear()
        for person in people:
            item = QListWidgetItem(icon("people" if person.claim_only else "person"), person.name)
            if person.claim_only:
                item.setToolTip(self.tr("Looks like somebody else: never welcomed by the face alone."))
            self.list.addItem(item)
        ids = [person.id for person in people]
        self.list.setCurrentRow(ids.index(chosen) if chosen in ids else (0 if ids else -1))
        self.list.blockSignals(False)
        self._chosen(self.list.currentRow())
        self._say_count()

    def _say_count(self) -> None:
        text = self.tr("People: {count}").format(count=len(self._people))
        if not self._people:
            searched = bool(self.search.text().strip())
            text = self.tr("Nobody fits.") if searched else self.tr("Nobody is enrolled yet.")
        self.count.setText(text)

    def _chosen(self, row: int) -> None:
        if not 0 <= row < len(self._people):
            self.form.show_card(None)
            return
        wanted = self._people[row].id

        def work(gallery: Gallery) -> Card | None:
            person = gallery.person_by_id(wanted)  # erased meanwhile: nobody is shown, and nothing is wrong
            return cards.card(gallery, person.name) if person is not None else None

        def show(card: Card | None) -> None:
            row = self.list.currentRow()
            if 0 <= row < len(self._people) and self._people[row].id == wanted:
                self.form.show_card(card)

        self._clerk.ask(work, show, Right.SEE_PEOPLE)

    def _save(self, name: str, details: Details, recognise: str, retain: str, pin: str) -> None:
        def work(gallery: Gallery) -> Card:
            with gallery.database.transaction():  # a PIN that is refused leaves the rest as it was, too
                if pin:
                    roles.set_pin(gallery, gallery.person(name).id, pin)
                return cards.change(gallery, name, details, Limits(end_of(recognise), end_of(retain)))

        self._clerk.do(Right.CHANGE_PEOPLE, work, lambda _: self.told.emit(self.tr("Saved.")))

    def _remove(self, encoding: str) -> None:
        self._clerk.do(Right.CHANGE_PEOPLE, lambda gallery: cards.remove_encoding(gallery, encoding))

    def _export(self, name: str) -> None:
        dialog = QFileDialog(self, self.tr("Export everything about {name}").format(name=name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile("person.json")
        dialog.fileSelected.connect(lambda file: self.export_to(name, Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, name: str, path: Path) -> None:
        """Write everything that is kept of a person into a file."""

        def work(gallery: Gallery) -> Path:
            with writing(path) as file:
                file.write(json.dumps(cards.export(gallery, name), ensure_ascii=False, indent=2).encode())
            return path

        said = self.tr("Everything about {name} is in {file}.").format(name=name, file=path.name)
        self._clerk.do(Right.CHANGE_PEOPLE, work, lambda _: self.told.emit(said))

    def _ask(self, name: str) -> None:
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Question)
        question.setText(self.tr("Erase {name}?").format(name=name))
        question.setInformativeText(
            self.tr("Encodings, photos, details and visits are destroyed. This cannot be undone.")
        )
        yes = question.addButton(self.tr("Erase"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self.erase(name))
        question.finished.connect(question.deleteLater)
        question.open()

    def _erased(self, receipt: Receipt) -> None:
        self.receipt_given.emit(
            self.tr("Erased: {encodings} encodings, {visits} visits. Receipt {number}.").format(
                encodings=receipt.encodings, visits=receipt.visits, number=receipt.pseudonym
            )
        )
