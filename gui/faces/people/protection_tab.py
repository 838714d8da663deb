"""ProtectionTab: where the key is kept, roles and their PINs, backup and restore."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from engine.faces.backup import Restored, Saved, back_up, restore
from engine.faces.gallery import Gallery
from engine.faces.store import protection
from engine.faces.store.consent import Policy, policy_of, set_policy
from engine.faces.store.keys import KeyPlace
from engine.faces.store.roles import Right, Role
from gui.faces.people.clerk import Clerk
from gui.faces.people.office_page import OfficePage
from gui.faces.people.policy_card import PolicyCard
from gui.faces.seat import role_text
from gui.theme import theme_of
from gui.widgets.card import Card, button, label, set_role
from gui.widgets.scroll import scrolled


class ProtectionTab(OfficePage):
    """Says what is protected, and what is not."""

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clerk = clerk
        self._place: KeyPlace | None = None
        self.place = label("warn", wrap=True)
        self.passphrase, self.passphrase_again, self.pin, self.pin_again = (_secret() for _ in range(4))
        self.unlock, self.to_keyring = button("check"), button("shield")
        self.to_passphrase, self.to_file = button("shield", "primary"), button("folder")
        self.role_says, self.role = label("", wrap=True), QComboBox()
        self.take, self.set_pin, self.lock = button("person", "primary"), button("edit"), button("shield")
        self.backup_says = label("caption", wrap=True)
        self.save, self.bring_back = button("save"), button("refresh")
        self.key_card, self.role_card, self.backup_card = Card(), Card(), Card()
        self.policy = PolicyCard()
        self._lay_out()
        self.unlock.clicked.connect(self._unlock)
        self.to_keyring.clicked.connect(lambda: self._protect(KeyPlace.KEYRING))
        self.to_passphrase.clicked.connect(lambda: self._protect(KeyPlace.PASSPHRASE))
        self.to_file.clicked.connect(lambda: self._protect(KeyPlace.FILE))
        self.take.clicked.connect(self._take)
        self.pin.returnPressed.connect(self._entered)
        self.pin_again.returnPressed.connect(self.set_pin.click)
        self.passphrase_again.returnPressed.connect(self.to_passphrase.click)
        for field in (self.passphrase, self.passphrase_again, self.pin, self.pin_again):
            field.textChanged.connect(self._compare)
        self.lock.clicked.connect(self._clerk.seat.lock)
        self.set_pin.clicked.connect(self._set_pin)
        self.policy.save_wanted.connect(self._set_policy)
        self.save.clicked.connect(self._save)
        self.bring_back.clicked.connect(self._bring_back)
        clerk.role_changed.connect(self._say)
        clerk.seat.pin_set.connect(lambda: self.told.emit(self.tr("The PIN is set.")))
        self.retranslate()

    def refresh(self) -> None:
        """Ask where the key is."""
        self._clerk.ask(lambda gallery: gallery.key_record.place, self._show)
        self._clerk.ask(policy_of, self.policy.show_policy, Right.PROTECT)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the PIN, while there is none."""
        super().showEvent(event)
        if not self._clerk.seat.guarded:
            self.pin.setFocus()

    def retranslate(self) -> None:
        """Set the words again."""
        self.key_card.set_title(self.tr("The key of the encodings"))
        self.passphrase.setPlaceholderText(self.tr("Passphrase, at least 8 characters"))
        self.passphrase.setAccessibleName(self.tr("Passphrase"))
        self.passphrase_again.setPlaceholderText(self.tr("The same again, to lock with it"))
        self.passphrase_again.setAccessibleName(self.tr("Passphrase again"))
        self.unlock.setText(self.tr("Unlock"))
        self.to_keyring.setText(self.tr("Keep it in the system's keyring"))
        self.to_passphrase.setText(self.tr("Lock it with this passphrase"))
        self.to_file.setText(self.tr("Keep it in a file"))
        self.role_card.set_title(self.tr("Who sits here"))
        chosen = self.role.currentIndex()
        self.role.clear()
        for role in (Role.RECEPTION, Role.ADMIN):
            self.role.addItem(role_text(role), role)
        self.role.setCurrentIndex(chosen if chosen >= 0 else 1)
        self.role.setAccessibleName(self.tr("Role"))
        self.pin.setPlaceholderText(self.tr("PIN"))
        self.pin.setAccessibleName(self.tr("PIN"))
        self.pin_again.setPlaceholderText(self.tr("The same again, to set it"))
        self.pin_again.setAccessibleName(self.tr("PIN again"))
        self.take.setText(self.tr("Take this role"))
        self.set_pin.setText(self.tr("Set this role's PIN"))
        self.lock.setText(self.tr("Lock"))
        self.backup_card.set_title(self.tr("Backup"))
        self.backup_says.setText(
            self.tr(
                "A backup is read again and every seal opened before it counts. The key is not in it, "
                "unless a "
                "passphrase locks it. People who were erased stay erased when an older backup is restored."
            )
        )
        self.save.setText(self.tr("Back up…"))
        self.bring_back.setText(self.tr("Restore…"))
        self._say()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self.key_card.body.addWidget(self.place)
        self.key_card.body.addLayout(_fields(self.passphrase, self.passphrase_again))
        self.key_card.body.addLayout(_row(self.unlock, self.to_passphrase, self.to_keyring, self.to_file))
        self.role_card.body.addWidget(self.role_says)
        self.role_card.body.addLayout(_fields(self.role, self.pin, self.pin_again))
        self.role_card.body.addLayout(_row(self.take, self.set_pin, self.lock))
        self.backup_card.body.addWidget(self.backup_says)
        self.backup_card.body.addLayout(_row(self.save, self.bring_back))
        _, layout = scrolled(self)
        layout.setSpacing(theme.space_l)
        for card in (self.role_card, self.key_card, self.policy, self.backup_card):
            layout.addWidget(card)
        layout.addStretch(1)

    def _show(self, place: KeyPlace) -> None:
        self._place = place
        self._say()

    def _say(self, _: object = None) -> None:
        protects = self._clerk.seat.may(Right.PROTECT)
        for each in (
            *(self.to_keyring, self.to_passphrase, self.passphrase_again, self.to_file),
            *(self.set_pin, self.pin_again),
        ):
            each.setVisible(protects)
        self.policy.setVisible(protects)
        self.backup_card.setVisible(self._clerk.seat.may(Right.BACK_UP))
        guarded = bool(self._clerk.seat.guarded)
        for each in (self.lock, self.take):
            each.setVisible(guarded)
        place = self._place or KeyPlace.FILE
        set_role(self.set_pin, "" if guarded else "primary")  # one thing at a time stands out
        open_key = self._place is KeyPlace.FILE
        set_role(self.to_passphrase, "primary" if guarded and open_key else "")
        words = {
            KeyPlace.KEYRING: self.tr("The key is in the system's keyring."),
            KeyPlace.PASSPHRASE: self.tr("The key is locked with a passphrase."),
            KeyPlace.FILE: self.tr(
                "The key is in a file of this user, apart from the list. A stolen list or backup is of no "
                "use "
                "without it, but whoever steals the whole disk can read the encodings: lock it with a "
                "passphrase, "
                "or use the keyring."
            ),
        }
        self.place.setText(words[place] if self._place else self.tr("There is no list of people yet."))
        set_role(self.place, ("warn" if open_key else "good") if self._place else "")
        self.unlock.setVisible(place is KeyPlace.PASSPHRASE)
        names = {
            Role.KIOSK: self.tr("Here sits: the kiosk. It recognises, and nothing else."),
            Role.RECEPTION: self.tr(
                "Here sits: reception. It enrols, sees people and visits, checks in and out."
            ),
            Role.ADMIN: self.tr("Here sits: the administrator. Everything is allowed."),
        }
        open_door = (
            ""
            if self._clerk.seat.guarded
            else " " + self.tr("No PIN is set: whoever opens the window is administrator.")
        )
        self.role_says.setText(names[self._clerk.role] + open_door)
        self._compare()

    def _compare(self, _: object = None) -> None:
        """A typing mistake must not lock anybody out: what is set is typed twice."""
        self.set_pin.setEnabled(bool(self.pin.text()) and self.pin.text() == self.pin_again.text())
        phrase = self.passphrase.text()
        self.to_passphrase.setEnabled(bool(phrase) and phrase == self.passphrase_again.text())

    def _entered(self) -> None:
        """Enter goes on: to the second time, or into the role."""
        if self.pin_again.isVisible() and not self._clerk.seat.guarded:
            self.pin_again.setFocus()
        else:
            self._take()

    def _unlock(self) -> None:
        passphrase = self._taken(self.passphrase)
        self._clerk.ask(lambda gallery: gallery.unlock(passphrase), lambda _: self._clerk.changed.emit())

    def _protect(self, place: KeyPlace) -> None:
        passphrase = self._taken(self.passphrase)
        self.passphrase_again.clear()

        def work(gallery: Gallery) -> None:
            protection.protect(gallery, place, passphrase or None)

        self._clerk.do(Right.PROTECT, work, lambda _: self.refresh())

    def _take(self) -> None:
        self._clerk.seat.take(Role(self.role.currentData()), self._taken(self.pin))

    def _set_pin(self) -> None:
        self.pin_again.clear()
        self._clerk.seat.set_pin(Role(self.role.currentData()), self._taken(self.pin))

    def _set_policy(self, policy: Policy) -> None:
        self._clerk.do(
            Right.PROTECT,
            lambda gallery: set_policy(gallery, policy),
            lambda _: self.told.emit(self.tr("Every enrolment is asked for this from now on.")),
        )

    def _save(self) -> None:
        def write(file: str) -> None:
            task = back_up(self._clerk.database, Path(file), self._clerk.role.value)
            self._clerk.run(Right.BACK_UP, task, self._saved)

        self._ask_for(self.tr("Back up to"), "gallery-backup.sqlite", write, save=True)

    def _bring_back(self) -> None:
        def read(file: str) -> None:
            task = restore(self._clerk.database, Path(file), self._clerk.role.value)
            self._clerk.run(Right.BACK_UP, task, self._restored)

        self._ask_for(self.tr("Restore from"), "", read, save=False)

    def _ask_for(self, title: str, name: str, use: Callable[[str], None], *, save: bool) -> None:
        dialog = QFileDialog(self, title)
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(name)
        dialog.fileSelected.connect(use)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _saved(self, saved: Saved) -> None:
        self.told.emit(
            self.tr("Backed up and verified: {people} people in {file}.").format(
                people=saved.people, file=saved.file.name
            )
        )

    def _restored(self, done: Restored) -> None:
        self.told.emit(
            self.tr("Restored: {people} people; erased again: {again}.").format(
                people=done.people, again=done.erased_again
            )
        )

    def _taken(self, field: QLineEdit) -> str:
        text = field.text()
        field.clear()
        return text


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _fields(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, QComboBox) else 1)
    return row


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
