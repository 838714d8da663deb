"""PatchGrid: a wall of square tiles with captions. Only what is on screen is ever asked for or painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.theme import theme_of
from gui.widgets.outside import paint_outside

Index = QModelIndex | QPersistentModelIndex

TILE = 174
CAPTION = 24
AROUND = 7
GAP = 2
"""Between the nine patches of a tile, as in engine/explorer/thumbnails.py."""
KEPT = 800
"""Tiles kept in memory, some 120 kB each."""
SETTLE_MS = 25
"""How long scrolling must rest before tiles are asked for."""


class TileModel(QAbstractListModel):
    """A number of tiles; their pictures come one by one, and the oldest unseen ones are dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._captions: tuple[str, ...] = ()
        self._images: OrderedDict[int, tuple[QImage, int]] = OrderedDict()

    def reset(self, captions: Sequence[str]) -> None:
        """Begin anew with tiles without pictures."""
        self.beginResetModel()
        self._captions = tuple(captions)
        self._images.clear()
        self.endResetModel()

    def rename(self, captions: Sequence[str]) -> None:
        """Say something else above the tiles that there are."""
        self._captions = tuple(captions)
        if captions:
            last = self.index(len(captions) - 1)
            self.dataChanged.emit(self.index(0), last, [Qt.ItemDataRole.DisplayRole])

    def put(self, number: int, image: QImage, patches: int) -> None:
        """Give a tile its picture, and say how many of its nine places hold a patch."""
        self._images[number] = image, patches
        self._images.move_to_end(number)
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        where = self.index(number)
        self.dataChanged.emit(where, where, [Qt.ItemDataRole.DecorationRole])

    def image(self, number: int) -> QImage | None:
        """Return a tile's picture, if it is there."""
        found = self._images.get(number)
        return found[0] if found is not None else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of tiles."""
        return 0 if parent.isValid() else len(self._captions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a tile's caption (also what a screen reader says), or its picture with its patches."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._captions[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._images.get(index.row())
        return None


class TileDelegate(QStyledItemDelegate):
    """Paints one tile: its caption, its picture, and a frame when it is pointed at or chosen.

    ``side`` is the width of the picture in device-independent pixels.
    """

    side = TILE

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the same size for every tile."""
        return QSize(self.side + 2 * AROUND, self.side + CAPTION + 2 * AROUND)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint with the theme in force."""
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        theme = theme_of()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), theme.radius_m, theme.radius_m)
        font = painter.font()
        font.setPixelSize(theme.font_small)
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if chosen else "muted"))
        line = QRect(area.left() + AROUND + 2, area.top() + AROUND - 2, self.side - 2, CAPTION)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
        place = QRect(area.left() + AROUND, area.top() + AROUND + CAPTION, self.side, self.side)
        self._paint_picture(painter, place, index.data(Qt.ItemDataRole.DecorationRole))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), theme.radius_m, theme.radius_m)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, shown: tuple[QImage, int] | None) -> None:
        """Paint nine places, hatched where a patch reaches beyond its picture, plain where none is there."""
        theme = theme_of()
        image, patches = shown if shown is not None else (None, 0)
        rounded = QPainterPath()
        rounded.addRoundedRect(place, theme.radius_s, theme.radius_s)
        painter.setClipPath(rounded)
        cell = (self.side - 2 * GAP) / 3
        for number in range(9):
            x, y = (number % 3) * (cell + GAP), (number // 3) * (cell + GAP)
            square = QRectF(place.left() + x, place.top() + y, cell, cell)
            if number < patches:
                paint_outside(painter, square)
            else:
                painter.fillRect(square, theme.color("sunken"))
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        painter.setClipping(False)


class PatchGrid(QListView):
    """A wall of tiles that scrolls smoothly however many there are.

    Arrow keys move between the tiles; Enter and a click open one.

    Args:
        smallest: a tile's picture is at least so wide; it grows until whole columns fill the width.
        one_row: a single row that scrolls sideways, every tile as small as allowed.

    Signals:
        view_changed: other tiles came into view; ask :meth:`visible` which, and give them pictures
            with :meth:`set_tile`.
        opened: the number of the tile that the person clicked or pressed Enter on.
    """

    view_changed = Signal()
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, smallest: int = TILE, one_row: bool = False) -> None:
        super().__init__(parent)
        self._model = TileModel(self)
        self._delegate = TileDelegate(self)
        self._smallest, self._one_row = smallest, one_row
        self._delegate.side = _whole_cells(smallest)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.view_changed)
        self._set_scrolling()
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def _set_scrolling(self) -> None:
        never, always = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        if self._one_row:
            self.setWrapping(False)
            self.setVerticalScrollBarPolicy(never)
            self.setFixedHeight(self._cell().height() + 14)
        else:
            self.setVerticalScrollBarPolicy(always)
            self.setHorizontalScrollBarPolicy(never)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(36)
            bar.valueChanged.connect(self._moved)

    def set_tiles(self, captions: Sequence[str]) -> None:
        """Show empty tiles with these captions."""
        self._model.reset(captions)
        self.scrollToTop()
        self._settle.start()

    def set_captions(self, captions: Sequence[str]) -> None:
        """Say something else above the tiles, as after a change of language."""
        self._model.rename(captions)

    def set_smallest(self, smallest: int) -> None:
        """Draw the tiles smaller or larger from now on."""
        if smallest != self._smallest:
            self._smallest = smallest
            self._fill_width()

    @property
    def count(self) -> int:
        """How many tiles there are."""
        return self._model.rowCount()

    def set_tile(self, number: int, image: QImage, patches: int = 9) -> None:
        """Give a tile its picture, square; transparent parts of a patch lie outside the photo.

        Args:
            patches: how many there are; the places of the others stay plain.
        """
        self._model.put(number, image, patches)

    def tile(self, number: int) -> QImage | None:
        """Return a tile's picture, if it has one."""
        return self._model.image(number)

    @property
    def current(self) -> int:
        """The tile that the arrow keys start from; -1 before any was chosen."""
        return self.currentIndex().row()

    def choose(self, number: int) -> None:
        """Select a tile and bring it into view, as arrow keys do."""
        where = self._model.index(number)
        self.setCurrentIndex(where)
        self.scrollTo(where)

    @property
    def tile_side(self) -> int:
        """How wide a tile's picture is drawn now, in device-independent pixels."""
        return self._delegate.side

    def visible(self) -> range:
        """Return the tiles on screen and one row beyond."""
        cell = self._cell()
        if self._one_row:
            first = self.horizontalScrollBar().value() // cell.width()
            seen = self.viewport().width() // cell.width() + 2
            return range(min(self.count, first), min(self.count, first + seen))
        columns = self._columns()
        first = self.verticalScrollBar().value() // cell.height()
        rows = self.viewport().height() // cell.height() + 2
        return range(min(self.count, first * columns), min(self.count, (first + rows) * columns))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a tile with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current)
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width with whole columns; other tiles may come into view."""
        self._fill_width()
        super().resizeEvent(event)
        self._settle.start()

    def _fill_width(self) -> None:
        if self._one_row:
            return
        side = (self.viewport().width() - 1) // self._columns() - 2 * AROUND  # QListView wraps at equality
        side = _whole_cells(max(self._smallest // 2, side))
        if side != self._delegate.side:
            self._delegate.side = side
            self.scheduleDelayedItemsLayout()

    def _cell(self) -> QSize:
        return self._delegate.sizeHint(QStyleOptionViewItem(), QModelIndex())

    def _columns(self) -> int:
        return max(1, self.viewport().width() // (self._smallest + 2 * AROUND))

    def _moved(self) -> None:
        self._settle.start()


def _whole_cells(side: int) -> int:
    """Return the largest width up to ``side`` in which nine patches are drawn without a rest."""
    return side - (side - 2 * GAP) % 3
