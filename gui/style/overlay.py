"""DropOverlay: while something is dragged over the painting, two places to drop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.theme import theme_of
from gui.widgets.drop_zone import DropZone

GRACE_MS = 120
"""Between leaving one place and entering the next nothing is under the pointer."""


class DropOverlay(QWidget):
    """Lies over another widget; shown only during a drag.

    Signals:
        content_dropped, styles_dropped: the list of paths, as of :class:`DropZone`.
        refused: why a drop cannot be used.
    """

    content_dropped = Signal(list)
    styles_dropped = Signal(list)
    refused = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.content, self.styles = DropZone("picture", folders=True), DropZone("pictures", folders=True)
        self.content.dropped.connect(self.content_dropped)
        self.styles.dropped.connect(self.styles_dropped)
        row = QHBoxLayout(self)
        row.setSpacing(theme_of(self).space_m)
        for zone in (self.content, self.styles):
            zone.refused.connect(self.refused)
            zone.installEventFilter(self)
            row.addWidget(zone, 1)
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(GRACE_MS)
        self._leaving.timeout.connect(self.hide)
        self.setAutoFillBackground(True)
        over.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        """Cover the widget below."""
        self._leaving.stop()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Go away soon, unless the drag comes back."""
        self._leaving.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the drag, and the size of the widget below."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        elif event.type() is QEvent.Type.DragEnter:
            self._leaving.stop()
        elif event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._leaving.start()
        return False

    def retranslate(self) -> None:
        """Set every text again."""
        self.content.set_texts(self.tr("As content"), self.tr("The photo to be painted."))
        self.styles.set_texts(self.tr("As style"), self.tr("One painting, or several."))
