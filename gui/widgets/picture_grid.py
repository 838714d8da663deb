"""PictureGrid: a few pictures in rows and columns, each with a caption, one of them to be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from gui.theme import theme_of

CAPTION = 22


@dataclass(frozen=True)
class Tile:
    """One picture of the grid; ``image`` is None until it is there."""

    row: int
    column: int
    caption: str
    image: QImage | None = None
    busy: bool = False


class PictureTile(QAbstractButton):
    """One picture as a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile = Tile(0, 0, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(80, 80)

    def set_tile(self, tile: Tile) -> None:
        """Show another picture."""
        self._tile = tile
        self.setAccessibleName(tile.caption)
        self.setEnabled(tile.image is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(200, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        around = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        outline = QPainterPath()
        outline.addRoundedRect(around, theme.radius_m, theme.radius_m)
        hovered = self.underMouse() and self.isEnabled()
        painter.fillPath(outline, theme.color("hover" if hovered else "mat"))
        room = around.adjusted(6, 6, -6, -CAPTION)
        image = self._tile.image
        if image is not None:
            size = image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(room.center())
            painter.drawImage(place, image)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if self._tile.busy else "muted"))
        line = QRectF(around.left() + 6, around.bottom() - CAPTION, around.width() - 12, CAPTION)
        words = painter.fontMetrics().elidedText(
            self._tile.caption, Qt.TextElideMode.ElideMiddle, int(line.width())
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus() or hovered or self._tile.busy:
            painter.strokePath(outline, QPen(theme.color("focus" if self.hasFocus() else "accent"), 2))
        painter.end()


class PictureGrid(QWidget):
    """Arrow keys move, Enter or a click chooses.

    Signals:
        chosen: the number of the picture, in the order of :meth:`set_tiles`.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme_of(self).space_s)
        self._tiles: list[PictureTile] = []
        self._places: list[tuple[int, int]] = []

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these pictures instead of the ones before."""
        places = [(tile.row, tile.column) for tile in tiles]
        if places != self._places:
            self._rebuild(places)
        for made, tile in zip(self._tiles, tiles, strict=True):
            made.set_tile(tile)

    def tiles(self) -> tuple[PictureTile, ...]:
        """Return the buttons, in order."""
        return tuple(self._tiles)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the focus in rows and columns; a button alone would move it to the next one in order."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        here = next((index for index, made in enumerate(self._tiles) if made is watched), None)
        if here is None:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tiles[here].click()
            return True
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            return False
        wanted = (self._places[here][0] + move[0], self._places[here][1] + move[1])
        if wanted in self._places:
            self._tiles[self._places.index(wanted)].setFocus()
        return True

    def _rebuild(self, places: list[tuple[int, int]]) -> None:
        for made in self._tiles:
            self._grid.removeWidget(made)
            made.deleteLater()
        self._tiles, self._places = [], places
        for number, (row, column) in enumerate(places):
            made = PictureTile()
            made.clicked.connect(self._teller(number))
            made.installEventFilter(self)
            self._grid.addWidget(made, row, column)
            self._tiles.append(made)

    def _teller(self, number: int) -> object:
        return lambda: self.chosen.emit(number)
