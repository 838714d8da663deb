"""LockPage: all that Recognise shows while nobody with a PIN sits at the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from engine.errors import EngineError, ErrorCode
from engine.faces.store.roles import LONGEST_PIN, Role
from gui.faces.banner import Banner
from gui.faces.kiosk.words import call_verdict
from gui.faces.people.restore_offer import RestoreOffer
from gui.faces.seat import Seat, role_text
from gui.faces.words import Verdict
from gui.icons import pixmap
from gui.messages import words
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import Card, button, label

WIDTH = 420
MARK = 56


class LockPage(QWidget):
    """Takes a role with its PIN, and still opens the desk screen for visitors.

    Signals:
        desk_wanted: the desk screen is asked for, which needs no role.
    """

    desk_wanted = Signal()

    def __init__(self, session: Session, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._seat = seat
        self._problem: Exception | None = None
        self._call: datetime | None = None
        self._damaged = self._sealed = False
        self._mark, self._title, self._help = QLabel(), label("title"), label("subtitle", wrap=True)
        self.role, self.pin = QComboBox(), QLineEdit()
        for role in (Role.RECEPTION, Role.ADMIN):
            self.role.addItem("", role)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(LONGEST_PIN)
        self.unlock, self.desk = button("check", "primary"), button("recognise")
        self.restore = RestoreOffer(session, lambda: session.paths.gallery_file)
        self.answer, self.call, self.passphrase = Banner(compact=True), Banner(compact=True), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        card = Card()
        card.setFixedWidth(WIDTH)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.space_m)
        row = QHBoxLayout()
        row.addWidget(self.role, 2)
        row.addWidget(self.pin, 3)
        form.addLayout(row)
        form.addWidget(self.unlock)
        for widget in (
            self._mark,
            self._title,
            self._help,
            self.call,
            self.answer,
            self.passphrase,
            self._form,
            self.restore,
            self.desk,
        ):
            card.body.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()  # not an alignment: that would cut words that need two lines
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        outer.addLayout(middle)
        outer.addStretch(3)
        self.pin.returnPressed.connect(self._take)
        self.passphrase.returnPressed.connect(self._unseal)
        self.unlock.clicked.connect(self._take)
        self.desk.clicked.connect(self.desk_wanted)
        self.restore.restored.connect(self._restored)
        self.restore.failed.connect(self._show_problem)
        seat.refused.connect(self._show_problem)
        seat.unreadable.connect(self._unreadable)
        seat.changed.connect(self._changed)
        self.retranslate()

    def show_call(self, since: datetime | None) -> None:
        """Show that a visitor calls since then: whoever walks by should know, with a role or without."""
        self._call = since
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words again."""
        waiting = self._seat.guarded is None and self._problem is None
        self._title.setText(self.tr("One moment") if waiting else self.tr("Locked"))
        self._help.setText(
            self.tr("The list of people is being opened.")
            if waiting
            else self.tr("This window shows nobody before a role is taken with its PIN. Visitors need none.")
        )
        for row in range(self.role.count()):
            self.role.setItemText(row, role_text(self.role.itemData(row)))
        self.role.setAccessibleName(self.tr("Role"))
        self.pin.setPlaceholderText(self.tr("PIN"))
        self.pin.setAccessibleName(self.tr("PIN"))
        self.unlock.setText(self.tr("Unlock"))
        self.passphrase.setPlaceholderText(self.tr("Passphrase of the list of people"))
        self.passphrase.setAccessibleName(self.tr("Passphrase of the list of people"))
        self.passphrase.setVisible(self._sealed)
        self.desk.setText(self.tr("Open the desk screen"))
        self._form.setVisible(bool(self._seat.guarded))
        self.restore.setVisible(self._damaged)
        self.call.setVisible(self._call is not None)
        if self._call is not None:
            self.call.show_verdict(call_verdict(self._call))
        self.answer.setVisible(self._problem is not None)
        if self._problem is not None:
            said = words(self._problem)
            self.answer.show_verdict(Verdict("warning", said.title, said.body, "bad"))
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language or appearance."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._tint()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard."""
        super().showEvent(event)
        self._wait_for_pin()

    def _take(self) -> None:
        pin = self.pin.text()
        self.pin.clear()
        self._seat.take(Role(self.role.currentData()), pin)

    def _unseal(self) -> None:
        passphrase = self.passphrase.text()
        self.passphrase.clear()
        self._seat.unlock(passphrase)

    def _changed(self, _: object) -> None:
        self._problem, self._damaged, self._sealed = None, False, False
        self.pin.clear()
        self.retranslate()
        self._wait_for_pin()

    def _wait_for_pin(self) -> None:
        """Whoever sits down types the PIN at once."""
        if self.isVisible() and self._seat.locked and not self._sealed:
            self.pin.setFocus()

    def _show_problem(self, error: Exception) -> None:
        self._problem = error
        self._sealed = isinstance(error, EngineError) and error.code is ErrorCode.GALLERY_LOCKED
        self.retranslate()
        (self.passphrase if self._sealed else self.pin).setFocus()

    def _unreadable(self, error: Exception) -> None:
        self._damaged = isinstance(error, EngineError) and error.code is ErrorCode.GALLERY_DAMAGED
        self._show_problem(error)
        if self._damaged:
            self.restore.look()

    def _restored(self, _: object) -> None:
        self._damaged, self._problem = False, None
        self.retranslate()
        self._seat.find_out()

    def _tint(self) -> None:
        self._mark.setPixmap(pixmap("shield", MARK, "accent", self.devicePixelRatioF()))
