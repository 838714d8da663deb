"""RestoreOffer: backups that could take the place of a gallery which cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.faces.backup import Restored, restore
from engine.faces.rescue import Restorable, find_backups
from engine.faces.store.roles import Role
from engine.jobs import Priority
from gui.faces.people.table import local_time
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import button, label


class RestoreOffer(QWidget):
    """Offers only verified backups of this gallery. What comes back still needs its PIN to be seen.

    Signals:
        restored: :class:`Restored`; the gallery can be read again.
        failed: looking for backups, or restoring, failed with this error.
    """

    restored = Signal(object)
    failed = Signal(Exception)

    def __init__(self, session: Session, database: Callable[[], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._database = database
        self._found: tuple[Restorable, ...] | None = None
        self._finder, self._restorer = session.watcher(self), session.watcher(self)
        self.help, self.choice = label("caption", wrap=True), QComboBox()
        self.go, self.other = button("refresh", "primary"), button("folder-open")
        row = QHBoxLayout()
        row.addWidget(self.go, 1)
        row.addWidget(self.other, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_s)
        column.addWidget(self.help)
        column.addWidget(self.choice)
        column.addLayout(row)
        self._finder.finished.connect(self._show)
        self._finder.failed.connect(self.failed)
        self._restorer.finished.connect(self._done)
        self._restorer.failed.connect(self._failed)
        self.go.clicked.connect(lambda: self.bring_back(Path(self.choice.currentData())))
        self.other.clicked.connect(self._ask)
        self.retranslate()

    def look(self) -> None:
        """Look for backups; they are offered as soon as they are verified."""
        self._found = None
        self.retranslate()
        self._finder.start(find_backups(self._database()), Priority.USER)

    def bring_back(self, backup: Path) -> None:
        """Put a backup in the place of the gallery; ``restored`` or ``failed`` follows."""
        self.go.setEnabled(False)
        self._restorer.start(restore(self._database(), backup, Role.KIOSK.value), Priority.USER)

    def stop(self) -> None:
        """Give up."""
        self._finder.stop()
        self._restorer.stop()

    def retranslate(self) -> None:
        """Set the words again."""
        if self._found is None:
            text = self.tr("Looking for backups…")
        elif self._found:
            text = self.tr("Verified backups of this list. The damaged file is kept beside.")
        else:
            text = self.tr("No backup was found where the program wrote one. Choose the file yourself.")
        self.help.setText(text)
        self.choice.clear()
        for one in self._found or ():
            said = self.tr("{time}: {people} people").format(time=local_time(one.at), people=one.people)
            self.choice.addItem(said, str(one.file))
        self.choice.setAccessibleName(self.tr("Backups"))
        self.choice.setVisible(bool(self._found))
        self.go.setVisible(bool(self._found))
        self.go.setText(self.tr("Restore this one"))
        self.other.setText(self.tr("Choose a backup…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self, found: tuple[Restorable, ...]) -> None:
        self._found = found
        self.retranslate()

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Restore from"))
        dialog.fileSelected.connect(lambda name: self.bring_back(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _done(self, done: Restored) -> None:
        self.go.setEnabled(True)
        self.restored.emit(done)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.failed.emit(error)
