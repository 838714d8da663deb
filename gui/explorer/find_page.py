"""FindPage: units by the folders of their pictures, by notes; and the dead, double and always-on ones."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from engine.explorer.find import Enriched
from engine.explorer.finding import find_class, find_oddities
from engine.explorer.statistics import Oddities
from gui.explorer.findings import Findings, UnitRef
from gui.explorer.notebook import Notebook
from gui.explorer.wall import Wall
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import label
from gui.widgets.empty_state import EmptyState


class Kind(StrEnum):
    """What units can be found by."""

    FOLDER = "folder"
    NOTE = "note"
    PICTURE = "picture"
    DEAD = "dead"
    ALWAYS = "always"
    TWICE = "twice"


class FindPage(QWidget):
    """A question above, the units that answer it below.

    Signals:
        opened: the :class:`UnitRef` that was clicked.
        ask_clicked: units that are strongest on a picture are wanted, which the page for asking finds.
        failed: a task failed, with its error.
    """

    opened = Signal(object)
    ask_clicked = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, findings: Findings, notebook: Notebook) -> None:
        super().__init__()
        self._findings, self._notebook = findings, notebook
        self._answer: tuple[Enriched, ...] | tuple[Oddities, ...] | None = None
        self.kind, self.folder, self.layer = QComboBox(), QComboBox(), QComboBox()
        for kind in Kind:
            self.kind.addItem("", kind.value)
        self.words = QLineEdit()
        self.words.setClearButtonEnabled(True)
        self._count = label("caption", wrap=True)
        self.wall, self.empty = Wall(session, findings), EmptyState("search")
        self._stack = QStackedWidget()
        self._watcher = session.watcher(self)
        self._watcher.finished.connect(self._found)
        self._watcher.failed.connect(self.failed)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.folder.currentTextChanged.connect(lambda _text: self.look())
        self.layer.currentIndexChanged.connect(lambda _index: self.look())
        self.words.textChanged.connect(lambda _text: self.look())
        self.wall.opened.connect(self.opened)
        self.wall.failed.connect(self.failed)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        row = QHBoxLayout()
        row.setSpacing(theme.space_s)
        for choice in (self.kind, self.folder, self.layer):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMaximumWidth(260)
        row.addWidget(self.kind)
        row.addWidget(self.folder)
        row.addWidget(self.words, 1)
        row.addWidget(self.layer)
        row.addStretch(0)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.wall)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_s)
        column.addLayout(row)
        column.addWidget(self._count)
        column.addWidget(self._stack, 1)

    @property
    def busy(self) -> bool:
        """Whether units or their tiles are still to come."""
        return self._watcher.running or not self.wall.settled

    def find_notes(self, words: str) -> None:
        """List the units whose notes hold these words."""
        self.kind.setCurrentIndex(self.kind.findData(Kind.NOTE.value))
        self.words.setText(words)
        self.look()

    def findings_changed(self) -> None:
        """Offer the folders and layers that there are now, and look again."""
        index = self._findings.index
        folders = sorted(index.classes) if index is not None else []
        layers = [layer.name for layer in self._findings.layers]
        _fill(self.folder, [(name, name) for name in folders])
        _fill(self.layer, [(self.tr("All layers"), ""), *((name, name) for name in layers)])
        self._kind_changed()

    def look(self) -> None:
        """Look for the units that answer the question."""
        self._watcher.stop()
        self._answer = None
        index, kind = self._findings.index, self._kind()
        if index is not None and kind is Kind.FOLDER and self.folder.currentText():
            self._watcher.start(find_class(index, self._layers(), self.folder.currentText()))
        elif index is not None and kind in (Kind.DEAD, Kind.ALWAYS, Kind.TWICE):
            self._watcher.start(find_oddities(index, self._layers()))
        self._show()

    def stop(self) -> None:
        """End all work for good."""
        self._watcher.stop()
        self.wall.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        names = {
            Kind.FOLDER: self.tr("Units that like a folder"),
            Kind.NOTE: self.tr("Units by my notes"),
            Kind.PICTURE: self.tr("Units that like a picture"),
            Kind.DEAD: self.tr("Dead units"),
            Kind.ALWAYS: self.tr("Units that are always on"),
            Kind.TWICE: self.tr("Units that are there twice"),
        }
        for kind, name in names.items():
            self.kind.setItemText(self.kind.findData(kind.value), name)
        self.kind.setAccessibleName(self.tr("What to find"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.layer.setAccessibleName(self.tr("Layer"))
        if self.layer.count():
            self.layer.setItemText(0, self.tr("All layers"))
        self.words.setPlaceholderText(self.tr("Words of your notes"))
        self._show()

    def _kind(self) -> Kind:
        return Kind(self.kind.currentData())

    def _layers(self) -> list[str]:
        chosen = self.layer.currentData()
        return [layer.name for layer in self._findings.layers if not chosen or layer.name == chosen]

    def _kind_changed(self) -> None:
        kind = self._kind()
        self.folder.setVisible(kind is Kind.FOLDER and self.folder.count() > 1)
        self.words.setVisible(kind is Kind.NOTE)
        if kind is Kind.PICTURE:
            with QSignalBlocker(self.kind):
                self.kind.setCurrentIndex(0)
            self.folder.setVisible(self.folder.count() > 1)
            self.ask_clicked.emit()
            return
        self.look()

    def _found(self, answer: tuple[Enriched, ...] | tuple[Oddities, ...]) -> None:
        self._answer = answer
        self._show()

    def _show(self) -> None:
        rows = self._rows()
        self.wall.show_units([ref for ref, _ in rows], [words for _, words in rows])
        self._stack.setCurrentWidget(self.wall if rows else self.empty)
        self._count.setText(self._sentence(len(rows)))
        self.empty.set_texts(self._nothing(), "")

    def _rows(self) -> list[tuple[UnitRef, str]]:
        kind = self._kind()
        if kind is Kind.NOTE:
            layers = set(self._layers())
            found = self._notebook.find(self._findings.network, self.words.text())
            return [
                (ref, f"{ref.caption}   {text.splitlines()[0]}") for ref, text in found if ref.layer in layers
            ]
        if not self._answer:
            return []
        rows: list[tuple[UnitRef, str]] = []
        for one in self._answer:
            if isinstance(one, Enriched):
                ref = UnitRef(one.layer, one.unit)
                rows.append((ref, f"{ref.caption}   {one.found} / {one.looked_at}   {one.ratio:.1f} ×"))
            else:
                rows += _odd_rows(one, kind)
        return rows

    def _sentence(self, count: int) -> str:
        match self._kind():
            case Kind.FOLDER if count:
                words = self.tr(
                    "How many of a unit's strongest pictures lie in {folder}, and how many times more than "
                    "by chance; the least likely first"
                )
                return words.format(folder=self.folder.currentText())
            case Kind.ALWAYS if count:
                return self.tr("Their weakest picture reaches half of their strongest.")
            case Kind.DEAD if count:
                return self.tr("No picture of this folder excites them.")
            case Kind.TWICE if count:
                return self.tr("They respond alike, at the same places.")
        return ""

    def _nothing(self) -> str:
        if self._findings.index is None:
            return self.tr("Scan a folder first.")
        if self._watcher.running:
            return self.tr("Looking…")
        match self._kind():
            case Kind.FOLDER:
                if len(self._findings.index.classes) < 2:
                    return self.tr("Scan a folder with sub-folders: each of them counts as a class.")
                return self.tr("No unit prefers this folder.")
            case Kind.NOTE:
                return self.tr("No note holds these words. Write notes on a unit's page.")
        return self.tr("There are none.")


def _odd_rows(found: Oddities, kind: Kind) -> list[tuple[UnitRef, str]]:
    if kind is Kind.TWICE:
        rows = []
        for group in found.duplicates:
            for unit in group:
                ref = UnitRef(found.layer, unit)
                others = ", ".join(str(other) for other in group if other != unit)
                rows.append((ref, f"{ref.caption}  =  {others}"))
        return rows
    units = found.dead if kind is Kind.DEAD else found.always_on
    refs = [UnitRef(found.layer, unit) for unit in units]
    return [(ref, ref.caption) for ref in refs]


def _fill(choice: QComboBox, items: Sequence[tuple[str, str]]) -> None:
    """Offer other items without telling anybody; the choice stays where it can."""
    if [name for name, _ in items] == [choice.itemText(row) for row in range(choice.count())]:
        return
    before = choice.currentData()
    with QSignalBlocker(choice):
        choice.clear()
        for name, data in items:
            choice.addItem(name, data)
        choice.setCurrentIndex(max(0, choice.findData(before)))
