"""Entrance: whatever is pasted or dropped anywhere in the panel goes to where it is missing."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.style.column import RecipeColumn
from gui.style.overlay import DropOverlay
from gui.widgets.drop_zone import DropZone


class Entrance(QObject):
    """Two large places while something is dragged, and the rule where a drop beside them belongs.

    Args:
        panel: takes drops and pastes.
        column: has the zones.
        easel: the places appear above it.

    Signals:
        told: why something was refused.
    """

    told = Signal(str)

    def __init__(self, panel: QWidget, column: RecipeColumn, easel: QWidget) -> None:
        super().__init__(panel)
        self._panel, self._column = panel, column
        self.overlay = DropOverlay(easel)
        self.overlay.content_dropped.connect(column.content.load)
        self.overlay.styles_dropped.connect(column.styles.load)
        self.overlay.refused.connect(self.told)
        panel.setAcceptDrops(True)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), panel)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(lambda: self.offer(QGuiApplication.clipboard().mimeData()))

    def offer(self, mime: QMimeData | None) -> None:
        """Take it to the zone that has the keyboard, or to the one that is still empty."""
        if mime is None:
            return
        zone: DropZone = self._column.content.zone
        focused = self._panel.focusWidget()
        if isinstance(focused, DropZone):
            zone = focused
        elif len(mime.urls()) > 1 or (self._column.content.paths and not self._column.styles.paths):
            zone = self._column.styles.zone
        zone.offer(mime)
        if zone.reason():
            self.told.emit(zone.reason())
