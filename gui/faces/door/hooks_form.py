"""HooksForm: where events of the desk go, and why the door is silent as long as it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.faces.gallery import Gallery
from engine.faces.hooks import Hooks, hooks_of, liveness_of, set_hooks
from gui.faces.banner import Banner
from gui.faces.people.table import local_time
from gui.faces.words import Verdict
from gui.theme import theme_of
from gui.widgets.card import button, label

FIELDS = ("url", "command", "notify_url", "notify_command", "secret")
SECRET_BYTES = 24


@dataclass(frozen=True)
class DoorState:
    """What is set, the camera it is about, and since when liveness is verified on it (empty: it is not)."""

    hooks: Hooks
    camera: str
    verified: str


class HooksForm(QWidget):
    """A webhook and a command for the door, and the same for a person who is told.

    Signals:
        save_wanted: with the :class:`Hooks` as typed.
    """

    save_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._state: DoorState | None = None
        self.state = Banner(compact=True)
        self.edits = {name: QLineEdit() for name in FIELDS}
        self.edits["secret"].setEchoMode(QLineEdit.EchoMode.Password)
        self.captions = {name: label("caption", wrap=True) for name in FIELDS}
        self.door_title, self.notify_title = label("strong"), label("strong")
        self.new_secret, self.save, self.off = button("refresh"), button("save", "primary"), button("stop")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_s)
        column.addWidget(self.state)
        for title, names in ((self.door_title, FIELDS[:2]), (self.notify_title, FIELDS[2:4])):
            column.addWidget(title)
            for name in names:
                column.addWidget(self.captions[name])
                column.addWidget(self.edits[name])
        secret, buttons = QHBoxLayout(), QHBoxLayout()
        secret.addWidget(self.edits["secret"], 1)
        secret.addWidget(self.new_secret)
        buttons.addWidget(self.save)
        buttons.addWidget(self.off)
        buttons.addStretch()
        column.addWidget(self.captions["secret"])
        column.addLayout(secret)
        column.addLayout(buttons)
        self.new_secret.clicked.connect(self._make_secret)
        self.save.clicked.connect(self._save)
        self.off.clicked.connect(lambda: self.save_wanted.emit(Hooks()))
        self.retranslate()

    @staticmethod
    def read(camera: str) -> Callable[[Gallery], DoorState]:
        """Return what reads the state of the door for a camera."""

        def work(gallery: Gallery) -> DoorState:
            verified = liveness_of(gallery, camera)
            return DoorState(hooks_of(gallery), camera, verified[0] if verified else "")

        return work

    @staticmethod
    def write(hooks: Hooks) -> Callable[[Gallery], None]:
        """Return what keeps the settings."""
        return lambda gallery: set_hooks(gallery, hooks)

    def show_state(self, state: DoorState) -> None:
        """Show what is set; what the person is typing stays."""
        if self._state is None or self._state.hooks != state.hooks:
            for name in FIELDS:
                self.edits[name].setText(getattr(state.hooks, name))
        self._state = state
        self._say()

    def retranslate(self) -> None:
        """Set the words again."""
        words = {
            "url": self.tr("Webhook of the door: an address that is told of every welcome"),
            "command": self.tr("Command of the door: run here with every welcome"),
            "notify_url": self.tr("Webhook that is told when a visitor comes or calls the host"),
            "notify_command": self.tr("Command that is run when a visitor comes or calls the host"),
            "secret": self.tr("Secret that signs every webhook, at least 16 characters"),
        }
        for name in FIELDS:
            self.captions[name].setText(words[name])
            self.edits[name].setAccessibleName(words[name])
        for name in ("url", "notify_url"):
            self.edits[name].setPlaceholderText("https://…")
        self.door_title.setText(self.tr("Opens a door: only after the attack test"))
        self.notify_title.setText(self.tr("Tells a person: opens nothing"))
        self.new_secret.setText(self.tr("New secret"))
        self.save.setText(self.tr("Save"))
        self.off.setText(self.tr("Switch all off"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say(self) -> None:
        state = self._state
        hooks = state.hooks if state is not None else Hooks()
        is_set = bool(hooks.url or hooks.command)
        if not is_set:
            said = Verdict("info", self.tr("No door is set"), self.tr("Nothing is opened."), "plain")
        elif state is not None and state.verified:
            since = self.tr("Liveness on this camera was verified on {day}.").format(
                day=local_time(state.verified)
            )
            said = Verdict("check", self.tr("The door opens with a welcome"), since, "good")
        else:
            why = self.tr("Liveness is not verified on this camera: pass the attack test first.")
            if state is None or not state.camera:
                why = self.tr("No camera was chosen yet: choose one, and pass the attack test.")
            said = Verdict("warning", self.tr("The door is off"), why, "warn")
        self.state.show_verdict(said)
        self.off.setEnabled(hooks != Hooks())

    def _make_secret(self) -> None:
        self.edits["secret"].setEchoMode(QLineEdit.EchoMode.Normal)  # it has to be copied to the other side
        self.edits["secret"].setText(secrets.token_urlsafe(SECRET_BYTES))

    def _save(self) -> None:
        self.save_wanted.emit(Hooks(**{name: self.edits[name].text().strip() for name in FIELDS}))
        self.edits["secret"].setEchoMode(QLineEdit.EchoMode.Password)
