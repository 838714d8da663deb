"""PatchButton: one patch with its value and its file's name."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from engine.explorer.patches import Patch
from engine.explorer.records import Entry
from gui.explorer.tiles import draw_patch
from gui.theme import theme_of

LINES = 36


class PatchButton(QAbstractButton):
    """Shows an entry's words at once, and its picture as soon as it is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self.patch: Patch | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(72, 72 + LINES)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_entry(self, entry: Entry | None) -> None:
        """Show an entry whose picture is still to come; None leaves the place empty."""
        if entry != self.entry:
            self.patch = None
        self.entry = entry
        self.setEnabled(entry is not None)
        words = f"{entry.file}  {entry.value:.4g}" if entry is not None else ""
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def set_patch(self, patch: Patch) -> None:
        """Show the picture of the entry."""
        self.patch = patch
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square and two lines of text."""
        return QSize(132, 132 + LINES)

    def hasHeightForWidth(self) -> bool:
        """Stay square however wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return a square's height and two lines of text."""
        return width + LINES

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height() - LINES) - 4.0
        place = QRectF((self.width() - side) / 2, 2, side, side)
        rounded = QPainterPath()
        rounded.addRoundedRect(place, theme.radius_s, theme.radius_s)
        painter.setClipPath(rounded)
        painter.fillRect(place, theme.color("sunken"))
        if self.patch is not None:
            draw_patch(painter, self.patch, place)
        painter.setClipping(False)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            chosen = self.isChecked() or self.hasFocus()
            painter.setPen(QPen(theme.color("accent" if chosen else "border_strong"), 2.5 if chosen else 1.5))
            painter.drawPath(rounded)
        if self.entry is not None:
            self._paint_words(painter, self.entry, place)
        painter.end()

    def _paint_words(self, painter: QPainter, entry: Entry, place: QRectF) -> None:
        theme = theme_of(self)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        line = QRectF(place.left(), place.bottom() + 3, place.width(), 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, f"{entry.value:.2f}")
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        name = QFontMetrics(font).elidedText(
            PurePosixPath(entry.file).name, Qt.TextElideMode.ElideMiddle, int(place.width())
        )
        painter.drawText(line.translated(0, 15), Qt.AlignmentFlag.AlignLeft, name)
