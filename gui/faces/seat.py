"""Seat: who sits at the window. One role for all pages of Recognise, and it fails closed."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from engine.errors import EngineError
from engine.faces.gallery import Gallery
from engine.faces.store import roles
from engine.faces.store.roles import Right, Role, allowed
from engine.faces.tasks import on_gallery
from engine.jobs import Priority, Task
from gui.session import Session


def role_text(role: Role) -> str:
    """Return a role in the window's language."""
    words = {
        Role.KIOSK: QCoreApplication.translate("Seat", "Kiosk"),
        Role.RECEPTION: QCoreApplication.translate("Seat", "Reception"),
        Role.ADMIN: QCoreApplication.translate("Seat", "Administrator"),
    }
    return words[role]


class Seat(QObject):
    """The role of whoever sits here. It begins as the kiosk, which may do nothing but recognise.

    Only a gallery that has said that no PIN guards the administrator (or that does not exist yet) makes the
    person at the window the administrator; one that cannot be read says nothing, and the seat stays shut.

    Args:
        database: the gallery whose PINs count: the person's own, also while the examples are shown.

    Signals:
        changed: the :class:`Role`, or whether a PIN guards the seat, is another one now.
        pin_set: a role has a new PIN.
        taken: a role was taken with its PIN, also when it is the one before.
        refused: taking a role, or setting its PIN, failed, with the error.
        unreadable: the gallery could not be asked, with the error; the seat stays as it was.
    """

    changed = Signal(object)
    pin_set = Signal()
    taken = Signal(object)
    refused = Signal(Exception)
    unreadable = Signal(Exception)

    def __init__(self, session: Session, database: Callable[[], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.role = Role.KIOSK
        self.guarded: bool | None = None
        self._database = database
        self._asker, self._taker, self._setter = (session.watcher(self) for _ in range(3))
        self._asker.finished.connect(self._found)
        self._asker.failed.connect(self.unreadable)
        self._taker.finished.connect(self._took)
        self._taker.failed.connect(self.refused)
        self._setter.finished.connect(self._was_set)
        self._setter.failed.connect(self.refused)

    @property
    def locked(self) -> bool:
        """Whether nothing is shown here but the way to a role."""
        return self.role is Role.KIOSK

    def may(self, right: Right) -> bool:
        """Whether whoever sits here may do something."""
        return allowed(self.role, right)

    def find_out(self) -> None:
        """Ask whether a PIN guards the administrator; ``changed`` or ``unreadable`` follows."""
        database = self._database()
        if not database.exists():
            self._found(False)
            return

        def guarded(gallery: Gallery) -> bool:
            return roles.has_pin(gallery, roles.holder_of(Role.ADMIN))

        self._asker.start(on_gallery(database, guarded, self.role.value), Priority.LIVE)

    def take(self, role: Role, pin: str) -> None:
        """Take a role with its PIN; ``taken`` or ``refused`` follows."""

        def check(gallery: Gallery) -> Role:
            guard = roles.guard_of(gallery, role)
            if guard is not None:
                roles.check_pin(gallery, guard, pin, _device())
            return role

        self._take(check, role)

    def prove(self, pin: str) -> None:
        """Show any PIN of reception or administrator; whoever sat here as the kiosk is reception then."""
        role = Role.RECEPTION if self.locked else self.role

        def check(gallery: Gallery) -> Role:
            roles.check_right(gallery, Right.CHECK_IN, pin, _device())
            return role

        self._take(check, role)

    def unlock(self, passphrase: str) -> None:
        """Open a gallery whose key is locked, for this run; ``changed`` or ``refused`` follows."""
        self._setter.start(
            on_gallery(self._database(), lambda gallery: gallery.unlock(passphrase), self.role.value),
            Priority.LIVE,
        )

    def set_pin(self, role: Role, pin: str) -> None:
        """Set a role's PIN, where the role here may; ``pin_set`` or ``refused`` follows."""
        try:
            roles.demand(self.role, Right.PROTECT)
        except EngineError as error:
            self.refused.emit(error)
            return
        self._setter.start(_set_pin(self._database(), self.role, role, pin), Priority.LIVE)

    def lock(self) -> None:
        """Leave the seat to the kiosk; without a PIN nothing would keep anybody from sitting down again."""
        self.sit(Role.KIOSK)

    def sit(self, role: Role) -> None:
        """Sit here in a role; whether its PIN was right is the caller's to ask."""
        if role is not self.role:
            self.role = role
            self.changed.emit(role)

    def stop(self) -> None:
        """Ask nothing more."""
        for watcher in (self._asker, self._taker, self._setter):
            watcher.stop()

    def _take(self, check: Callable[[Gallery], Role], role: Role) -> None:
        if self._database().exists():
            self._taker.start(on_gallery(self._database(), check, self.role.value), Priority.LIVE)
        else:
            self._took(role)

    def _took(self, role: Role) -> None:
        self.sit(role)
        self.taken.emit(role)

    def _was_set(self, said: bool | None) -> None:
        if said:
            self.pin_set.emit()
        else:
            self.changed.emit(self.role)
        self.find_out()

    def _found(self, guarded: bool) -> None:
        first, before = self.guarded is None, self.guarded
        self.guarded = guarded
        if first and not guarded:
            self.sit(Role.ADMIN)
        elif before is not guarded:
            self.changed.emit(self.role)


def _device() -> str:
    return platform.node() or "desk"


def _set_pin(database: Path, actor: Role, role: Role, pin: str) -> Task[None, bool]:
    """Set a PIN in a gallery, made when there is none yet: the lock comes before the first person."""
    yield None
    with Gallery(database, actor.value) as gallery:
        roles.set_pin(gallery, roles.holder_of(role), pin)
    return True
