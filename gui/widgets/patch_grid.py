"""PatchGrid: a wall of numbered square tiles. Only what is on screen is ever asked for or painted."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.theme import theme_of

Index = QModelIndex | QPersistentModelIndex

TILE = 174
CAPTION = 24
AROUND = 7
KEPT = 800
"""Tiles kept in memory, some 120 kB each."""
SETTLE_MS = 25
"""How long scrolling must rest before tiles are asked for."""


class TileModel(QAbstractListModel):
    """A number of tiles; their pictures come one by one, and the oldest unseen ones are dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._caption = "{number}"
        self._images: OrderedDict[int, QImage] = OrderedDict()

    def reset(self, count: int, caption: str) -> None:
        """Begin anew with ``count`` tiles without pictures."""
        self.beginResetModel()
        self._count, self._caption = count, caption
        self._images.clear()
        self.endResetModel()

    def rename(self, caption: str) -> None:
        """Say something else above the tiles that there are."""
        self._caption = caption
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1), [Qt.ItemDataRole.DisplayRole])

    def put(self, number: int, image: QImage) -> None:
        """Give a tile its picture."""
        self._images[number] = image
        self._images.move_to_end(number)
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        where = self.index(number)
        self.dataChanged.emit(where, where, [Qt.ItemDataRole.DecorationRole])

    def image(self, number: int) -> QImage | None:
        """Return a tile's picture, if it is there."""
        return self._images.get(number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of tiles."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a tile's caption (also what a screen reader says) or its picture."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._caption.format(number=index.row())
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
        line = QRect(area.left() + AROUND + 2, area.top() + AROUND - 2, self.side, CAPTION)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        place = QRect(area.left() + AROUND, area.top() + AROUND + CAPTION, self.side, self.side)
        rounded = QPainterPath()
        rounded.addRoundedRect(place, theme.radius_s, theme.radius_s)
        painter.setClipPath(rounded)
        painter.fillRect(place, theme.color("sunken"))
        image = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(image, QImage):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        painter.setClipping(False)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), theme.radius_m, theme.radius_m)
        painter.restore()


class PatchGrid(QListView):
    """A wall of tiles that scrolls smoothly however many there are.

    Signals:
        view_changed: other tiles came into view; ask :meth:`visible` which, and give them pictures
            with :meth:`set_tile`.
        chosen: the number of the tile that the person clicked or moved to by keyboard.
    """

    view_changed = Signal()
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TileModel(self)
        self._delegate = TileDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(36)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.view_changed)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._count = 0

    def set_units(self, count: int, caption: str) -> None:
        """Show ``count`` empty tiles; ``caption`` holds ``{number}``."""
        self._count = count
        self._model.reset(count, caption)
        self.scrollToTop()
        self._settle.start()

    def set_caption(self, caption: str) -> None:
        """Say something else above the tiles, as after a change of language."""
        self._model.rename(caption)

    def set_tile(self, number: int, image: QImage) -> None:
        """Give a tile its picture, square; transparent parts show the theme."""
        self._model.put(number, image)

    def tile(self, number: int) -> QImage | None:
        """Return a tile's picture, if it has one."""
        return self._model.image(number)

    def choose(self, number: int) -> None:
        """Select a tile as a click does."""
        self.setCurrentIndex(self._model.index(number))

    @property
    def tile_side(self) -> int:
        """How wide a tile's picture is drawn now, in device-independent pixels."""
        return self._delegate.side

    def visible(self) -> range:
        """Return the tiles on screen and one row beyond."""
        if self._count == 0:
            return range(0)
        cell = self._delegate.sizeHint(QStyleOptionViewItem(), QModelIndex())
        columns = self._columns()
        first = self.verticalScrollBar().value() // cell.height()
        rows = self.viewport().height() // cell.height() + 2
        return range(min(self._count, first * columns), min(self._count, (first + rows) * columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width with whole columns; other tiles may come into view."""
        side = (self.viewport().width() - 1) // self._columns() - 2 * AROUND  # QListView wraps at equality
        if side != self._delegate.side:
            self._delegate.side = max(TILE // 2, side)
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)
        self._settle.start()

    def _columns(self) -> int:
        return max(1, self.viewport().width() // (TILE + 2 * AROUND))

    def _moved(self) -> None:
        self._settle.start()

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())
