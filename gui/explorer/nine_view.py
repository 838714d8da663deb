"""NineView: up to nine patches in a square, with a line that says which nine these are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from engine.explorer.patches import Patch
from gui.explorer.tiles import draw_patch
from gui.theme import Theme
from gui.widgets.drawing import Drawing

HEAD = 20
GAP = 3


class NineView(Drawing):
    """Paints a title and the nine below it, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._patches: tuple[Patch | None, ...] = ()
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

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the title and the nine."""
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
