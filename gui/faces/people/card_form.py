"""CardForm: one person's card: what is known, until when, and where the encodings came from."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.faces.store.records import Card, Details, Greeting, Limits
from engine.faces.store.roles import LONGEST_PIN
from gui.faces.people.table import Table, local_time
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.scroll import scrolled

CAPTION, ROWS = 32, 110
"""Least heights in pixels: of a line of the form, and of the list of encodings."""
FIELDS = ("number", "badge", "purpose", "consent", "host", "note")


class CardForm(QWidget):
    """Shows a card and asks for changes.

    Signals:
        save_wanted: with the name, the :class:`Details`, both dates as typed, and a new PIN or nothing.
        export_wanted, erase_wanted: with the name.
        remove_wanted: with the id of an encoding.
    """

    save_wanted = Signal(str, object, str, str, str)
    export_wanted = Signal(str)
    erase_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._card: Card | None = None
        self._may_change = self._may_erase = False
        self.title, self.state = label("heading"), label("caption", wrap=True)
        self.edits = {name: QLineEdit() for name in (*FIELDS, "recognise_until", "retain_until")}
        self.edits["pin"] = QLineEdit()
        self.edits["pin"].setEchoMode(QLineEdit.EchoMode.Password)
        self.edits["pin"].setMaxLength(LONGEST_PIN)
        self.greeting = QComboBox()
        self.captions = {name: label("caption") for name in (*self.edits, "greeting")}
        for caption in self.captions.values():
            caption.setMinimumHeight(CAPTION)
        form = QFormLayout()
        form.setSpacing(theme.space_s)
        for name in ("number", "pin", "badge", "purpose", "consent", "retain_until", "recognise_until"):
            form.addRow(self.captions[name], self.edits[name])
        form.addRow(self.captions["greeting"], self.greeting)
        for name in ("host", "note"):
            form.addRow(self.captions[name], self.edits[name])
        self.encodings_title, self.encodings = label("strong"), Table(stretch=2)
        self.encodings.setMinimumHeight(ROWS)
        self.save, self.export = button("save", "primary"), button("download")
        self.remove, self.erase = button("remove"), button("trash", "danger")
        buttons = QHBoxLayout()
        for each in (self.save, self.export, self.remove):
            buttons.addWidget(each)
        buttons.addStretch()
        buttons.addWidget(self.erase)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_m)
        layout.addWidget(self.title)
        layout.addWidget(self.state)
        room = QWidget()
        _, column = scrolled(room)
        column.setSpacing(theme.space_m)
        column.addLayout(form)
        column.addWidget(self.encodings_title)
        column.addWidget(self.encodings, 1)
        layout.addWidget(room, 1)
        layout.addLayout(buttons)
        self.save.clicked.connect(self._save)
        self.export.clicked.connect(lambda: self.export_wanted.emit(self._name()))
        self.erase.clicked.connect(lambda: self.erase_wanted.emit(self._name()))
        self.remove.clicked.connect(self._remove)
        self.encodings.itemSelectionChanged.connect(self._update)
        self.retranslate()

    def set_rights(self, *, change: bool, erase: bool) -> None:
        """Offer only what the role may do."""
        self._may_change, self._may_erase = change, erase
        for each in (self.save, self.export, self.remove):
            each.setVisible(change)
        self.erase.setVisible(erase)
        self._update()

    def show_card(self, card: Card | None) -> None:
        """Show a card, or that nobody is chosen."""
        self._card = card
        details, limits = (card.details, card.limits) if card else (Details(), Limits())
        for name in FIELDS:
            self.edits[name].setText(getattr(details, name))
        for name in ("recognise_until", "retain_until"):
            self.edits[name].setText(local_time(getattr(limits, name))[:10])
        self.edits["pin"].clear()
        self.greeting.setCurrentIndex(list(Greeting).index(details.greeting))
        self._say()

    def retranslate(self) -> None:
        """Set the words again."""
        words = {
            "number": self.tr("Number"),
            "pin": self.tr("PIN"),
            "badge": self.tr("Badge code"),
            "purpose": self.tr("Purpose"),
            "consent": self.tr("Consent on"),
            "retain_until": self.tr("Erase after"),
            "recognise_until": self.tr("Recognise until"),
            "greeting": self.tr("Spoken welcome"),
            "host": self.tr("Host"),
            "note": self.tr("Note"),
        }
        for name, caption in self.captions.items():
            caption.setText(words[name])
            self.edits.get(name, self.greeting).setAccessibleName(words[name])
        for name in ("consent", "retain_until", "recognise_until"):
            self.edits[name].setPlaceholderText(self.tr("year-month-day"))
        self.edits["host"].setPlaceholderText(self.tr("Whom a visitor comes to see"))
        self.edits["purpose"].setPlaceholderText(self.tr("For example: entrance to the office"))
        chosen = max(0, self.greeting.currentIndex())
        self.greeting.clear()
        self.greeting.addItems([self.tr("Silent"), self.tr("First name"), self.tr("Full name")])
        self.greeting.setCurrentIndex(chosen)
        self.encodings_title.setText(self.tr("Encodings"))
        self.encodings.setAccessibleName(self.tr("Encodings"))
        self.encodings.set_headings(
            [self.tr("Added"), self.tr("Age"), self.tr("From"), self.tr("Model"), self.tr("Quality")]
        )
        self.save.setText(self.tr("Save"))
        self.export.setText(self.tr("Export…"))
        self.remove.setText(self.tr("Remove encoding"))
        self.erase.setText(self.tr("Erase…"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say(self) -> None:
        card = self._card
        has, new = (
            self.tr("Set. Type another to change it."),
            self.tr("With the number, where no camera helps"),
        )
        self.edits["pin"].setPlaceholderText(has if card is not None and card.has_pin else new)
        self.title.setText(card.person.name if card else self.tr("Nobody is chosen"))
        said = []
        if card is None:
            said.append(self.tr("Choose a person on the left."))
        else:
            if not card.details.consent:
                said.append(self.tr("No consent is recorded."))
            if card.lookalikes:
                names = ", ".join(card.lookalikes)
                said.append(self.tr("Looks like {names}: verified 1:1 only.").format(names=names))
            if card.has_pin:
                said.append(self.tr("Has a PIN."))
            if card.person.kind == "visitor":
                said.append(self.tr("Visitor: the encodings end with the visit."))
        self.state.setText(" ".join(said))
        self.state.setVisible(bool(said))
        self.encodings.set_rows(
            [
                (
                    local_time(one.created)[:10],
                    self._age(one.created),
                    one.file or self.tr("camera"),
                    one.model,
                    f"{one.quality:.2f}",
                )
                for one in (card.encodings if card else ())
            ]
        )
        self._update()

    def _age(self, created: str) -> str:
        made = datetime.fromisoformat(created)
        days = (datetime.now(UTC) - (made if made.tzinfo else made.replace(tzinfo=UTC))).days
        return self.tr("{days} days").format(days=days) if days else self.tr("today")

    def _update(self) -> None:
        for edit in self.edits.values():
            edit.setReadOnly(self._card is None or not self._may_change)
        self.greeting.setEnabled(self._card is not None and self._may_change)
        for each in (self.save, self.export, self.erase):
            each.setEnabled(self._card is not None)
        self.remove.setEnabled(self._card is not None and self.encodings.chosen() is not None)

    def _name(self) -> str:
        assert self._card is not None  # the buttons are off while nobody is chosen
        return self._card.person.name

    def _save(self) -> None:
        texts = {name: self.edits[name].text().strip() for name in FIELDS}
        details = Details(**texts, greeting=list(Greeting)[self.greeting.currentIndex()])
        self.save_wanted.emit(
            self._name(),
            details,
            self.edits["recognise_until"].text(),
            self.edits["retain_until"].text(),
            self.edits["pin"].text().strip(),
        )

    def _remove(self) -> None:
        row = self.encodings.chosen()
        if self._card is not None and row is not None:
            self.remove_wanted.emit(self._card.encodings[row].id)
