"""NotesTab: what the person thinks that a unit looks for."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from gui.explorer.findings import Findings
from gui.explorer.notebook import Notebook
from gui.explorer.unit_tab import ShownUnit, UnitTab
from gui.theme import theme_of
from gui.widgets.card import label

REST_MS = 600
"""How long typing must rest before a note is saved."""


class NotesTab(UnitTab):
    """A text that saves itself."""

    def __init__(self, notebook: Notebook, findings: Findings) -> None:
        super().__init__()
        theme = theme_of(self)
        self._notebook, self._findings = notebook, findings
        self._shown: ShownUnit | None = None
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setMaximumHeight(220)
        self._hint = label("caption", wrap=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.save)
        self.edit.textChanged.connect(self._rest.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.space_l, 0, 0)
        column.setSpacing(theme.space_s)
        column.addWidget(self.edit)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.retranslate()

    def name(self) -> str:
        """Return the tab's name."""
        return self.tr("Notes")

    def show_unit(self, shown: ShownUnit) -> None:
        """Show a unit's note; the one before is saved first."""
        if self._shown is not None and self._shown.ref == shown.ref:
            return
        self.save()
        self._shown = shown
        self.edit.setPlainText(self._notebook.note(self._findings.network, shown.ref))
        self._rest.stop()

    def save(self) -> None:
        """Keep what was typed."""
        self._rest.stop()
        if self._shown is not None:
            text = self.edit.toPlainText()
            self._notebook.write(self._findings.network, self._shown.ref, text)

    def stop(self) -> None:
        """Keep what was typed before the page goes."""
        self.save()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.edit.setPlaceholderText(self.tr("What does this unit look for? Write it in your own words."))
        self.edit.setAccessibleName(self.tr("Notes"))
        self._hint.setText(self.tr("Saved as you type. The search field above finds units by your notes."))
