"""AlikeTab: pairs of people who look alike, and what is decided about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from engine.faces.gallery import Gallery
from engine.faces.store import likeness
from engine.faces.store.roles import Right
from gui.faces.people.clerk import Clerk
from gui.faces.people.office_page import OfficePage
from gui.faces.people.table import Table
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.empty_state import EmptyState


class AlikeTab(OfficePage):
    """Lists the pairs; one can be told apart again, or be found to be one person."""

    def __init__(self, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clerk = clerk
        self._pairs: tuple[tuple[str, str], ...] = ()
        self.help, self.empty = label("caption", wrap=True), EmptyState("copy")
        self.table = Table(stretch=1)
        self.apart, self.first, self.second = button("swap"), button("person"), button("person")
        foot = QHBoxLayout()
        for each in (self.apart, self.first, self.second):
            foot.addWidget(each)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme_of(self).space_m)
        layout.addWidget(self.help)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.apart.clicked.connect(self._unmark)
        self.first.clicked.connect(lambda: self._ask_to_merge(0))
        self.second.clicked.connect(lambda: self._ask_to_merge(1))
        self.table.itemSelectionChanged.connect(self._update)
        self.retranslate()

    def refresh(self) -> None:
        """Read the pairs again."""
        self._clerk.ask(likeness.pairs, self._show, Right.CHANGE_PEOPLE)

    def merge(self, keep: str, gone: str) -> None:
        """Join two names of one person."""
        self._do(
            lambda gallery: likeness.merge(gallery, keep, gone),
            self.tr("{gone} was {keep}: their looks and visits are together now.").format(
                keep=keep, gone=gone
            ),
        )

    def retranslate(self) -> None:
        """Set the words again."""
        self.help.setText(
            self.tr(
                "People who look alike are never welcomed by the face alone: they tap a badge or type a "
                "number, and are compared 1:1. Pairs are found at enrolment and import."
            )
        )
        self.empty.set_texts(
            self.tr("Nobody looks like somebody else"), self.tr("There is nothing to do here.")
        )
        self.table.set_headings([self.tr("Person"), self.tr("looks like")])
        self.table.setAccessibleName(self.tr("Pairs of lookalikes"))
        self.apart.setText(self.tr("They can be told apart"))
        self.apart.setToolTip(self.tr("Both are welcomed by the face alone again."))
        self._update()

    def _show(self, pairs: tuple[tuple[str, str], ...]) -> None:
        ordered = ((min(pair), max(pair)) for pair in pairs)  # the gallery has them in no order
        self._pairs = tuple(sorted(ordered))
        self.table.set_rows(self._pairs)
        self._update()

    def _update(self) -> None:
        self.table.setVisible(bool(self._pairs))
        self.empty.setVisible(not self._pairs)
        row = self.table.chosen()
        chosen = self._pairs[row] if row is not None and row < len(self._pairs) else ("", "")
        for each, keep in zip((self.first, self.second), chosen, strict=True):
            each.setText(self.tr("One person: keep {name}").format(name=keep))
            each.setVisible(bool(keep))
        self.apart.setVisible(bool(self._pairs))
        self.apart.setEnabled(bool(chosen[0]))

    def _unmark(self) -> None:
        row = self.table.chosen()
        if row is not None:
            one, other = self._pairs[row]
            said = self.tr("{one} and {other} are welcomed by the face alone again.")
            self._do(lambda gallery: likeness.unmark(gallery, one, other), said.format(one=one, other=other))

    def _ask_to_merge(self, keep: int) -> None:
        row = self.table.chosen()
        if row is None:
            return
        kept, gone = self._pairs[row][keep], self._pairs[row][1 - keep]
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Question)
        question.setText(self.tr("Is {gone} really {keep}?").format(keep=kept, gone=gone))
        question.setInformativeText(
            self.tr("The name {gone} goes; looks and visits stay. This cannot be undone.").format(gone=gone)
        )
        yes = question.addButton(self.tr("One person"), QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self.merge(kept, gone))
        question.finished.connect(question.deleteLater)
        question.open()

    def _do(self, work: Callable[[Gallery], Any], said: str) -> None:
        self._clerk.do(Right.CHANGE_PEOPLE, work, lambda _: self.told.emit(said))
