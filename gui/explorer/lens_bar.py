"""LensBar: look at the pictures of one folder only, or at all but those."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from engine.explorer.find import Lens
from gui.theme import theme_of

ALL, ONLY, WITHOUT = "all", "only", "without"


class LensBar(QWidget):
    """Shown when the scanned folder has sub-folders: each of them is a class.

    Signals:
        changed: with a :class:`Lens`, or None to look at all pictures.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way, self.folder = QComboBox(), QComboBox()
        for way in (ALL, ONLY, WITHOUT):
            self.way.addItem("", way)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).space_xs)
        for choice in (self.way, self.folder):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMaximumWidth(190)
            row.addWidget(choice)
            choice.currentIndexChanged.connect(self._tell)
        self.hide()
        self.retranslate()

    def set_folders(self, folders: tuple[str, ...]) -> None:
        """Offer these folders; fewer than two need no lens."""
        if folders != tuple(self.folder.itemText(row) for row in range(self.folder.count())):
            with QSignalBlocker(self.folder), QSignalBlocker(self.way):
                self.folder.clear()
                self.folder.addItems(folders)
                self.way.setCurrentIndex(0)
        self.setVisible(len(folders) > 1)
        self.folder.setVisible(self.way.currentData() != ALL)

    def retranslate(self) -> None:
        """Set every visible text again."""
        words = (self.tr("All folders"), self.tr("Only"), self.tr("All but"))
        for row, text in enumerate(words):
            self.way.setItemText(row, text)
        self.way.setAccessibleName(self.tr("Which pictures count"))
        self.folder.setAccessibleName(self.tr("Folder"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a live change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tell(self) -> None:
        way, name = self.way.currentData(), self.folder.currentText()
        self.folder.setVisible(way != ALL)
        if way == ALL or not name:
            self.changed.emit(None)
        else:
            chosen = frozenset({name})
            self.changed.emit(Lens(only=chosen) if way == ONLY else Lens(without=chosen))
