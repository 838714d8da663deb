"""NineView: up to nine patches in a square, with a line that says which nine these are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.explorer.patches import Patch
from gui.explorer.tiles import draw_patch
from gui.theme import theme_of

HEAD = 20
GAP = 3


class NineView(QWidget):
    """Paints a title and the nine below it, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._patches: tuple[Patch | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(96, 96 + HEAD)

    @property
    def patches(self) -> tuple[Patch | None, ...]:
        """The patches shown."""
        return self._patches

    def set_title(self, title: str) -> None:
        """Say which nine these are."""
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def set_patches(self, patches: Sequence[Patch | None]) -> None:
        """Show these patches."""
        self._patches = tuple(patches[:9])
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square and a line."""
        return QSize(200, 200 + HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        line = QRectF(0, 0, self.width(), HEAD)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._title)
        side = min(self.width(), self.height() - HEAD)
        cell = (side - 2 * GAP) / 3
        for place in range(9):
            x, y = (place % 3) * (cell + GAP), HEAD + (place // 3) * (cell + GAP)
            square = QRectF(x, y, cell, cell)
            patch = self._patches[place] if place < len(self._patches) else None
            if patch is None:
                painter.fillRect(square, theme.color("sunken"))
            else:
                draw_patch(painter, patch, square)
        painter.end()
