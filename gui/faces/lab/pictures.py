"""PictureRow: a few faces side by side with a caption below; rows of them wrap into a grid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.images import Rgb
from gui.imaging import to_pixmap
from gui.theme import theme_of
from gui.widgets.card import label


class PictureRow(QWidget):
    """Two or three faces and what is said about them."""

    def __init__(self, side: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._side = side
        self._pictures = [QLabel() for _ in range(count)]
        self.caption = label("caption", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.space_xs)
        for picture in self._pictures:
            picture.setFixedSize(QSize(side, side))
            picture.setScaledContents(True)
            row.addWidget(picture)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_xs)
        layout.addLayout(row)
        layout.addWidget(self.caption)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFixedWidth(count * side + (count - 1) * theme.space_xs)

    def show_pictures(self, pictures: Sequence[Rgb], caption: str) -> None:
        """Show these; their number is that given at first."""
        for place, rgb in zip(self._pictures, pictures, strict=True):
            place.setPixmap(_smooth(to_pixmap(rgb), self._side, self.devicePixelRatioF()))
        self.caption.setText(caption)


class PictureWall(QWidget):
    """A fixed number of rows, as many side by side as there is room for; unused ones are hidden."""

    def __init__(self, rows: int, side: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._rows = [PictureRow(side, count) for _ in range(rows)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._grid.setHorizontalSpacing(theme.space_l)
        self._grid.setVerticalSpacing(theme.space_m)
        self._columns = 0
        self._lay_out(1)
        for row in self._rows:
            row.hide()

    def show_rows(self, rows: Sequence[tuple[Sequence[Rgb], str]]) -> None:
        """Show pictures with their captions."""
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(rows))
            if place < len(rows):
                row.show_pictures(*rows[place])

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of one row only: more of them are a matter of room."""
        return QSize(self._rows[0].width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many rows side by side as fit."""
        wide, gap = self._rows[0].width(), self._grid.horizontalSpacing()
        self._lay_out(min(len(self._rows), max(1, (event.size().width() + gap) // (wide + gap))))

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._grid.setColumnStretch(self._columns, 0)
        for row in self._rows:
            self._grid.removeWidget(row)
        for place, row in enumerate(self._rows):
            self._grid.addWidget(row, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(columns, 1)
        self._columns = columns


def _smooth(pixmap: QPixmap, side: int, ratio: float) -> QPixmap:
    scaled = pixmap.scaledToWidth(round(side * ratio), Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    return scaled
