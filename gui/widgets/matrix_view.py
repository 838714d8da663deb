"""MatrixView: a square matrix of numbers 0..1 as an image, with a name below."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.imaging import to_qimage
from gui.theme import theme_of

NAME_HEIGHT = 22


class MatrixView(QWidget):
    """Large values are in the accent colour, zero in that of the ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: NDArray[np.float32] | None = None
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_matrix(self, matrix: NDArray[np.float32] | None) -> None:
        """Show another matrix, values 0..1, or none."""
        self._matrix = matrix
        self.update()

    def set_name(self, name: str) -> None:
        """Say whose matrix this is."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a usable size when no layout decides."""
        return QSize(150, 150 + NAME_HEIGHT)

    def hasHeightForWidth(self) -> bool:
        """It is square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that keeps the matrix square."""
        return width + NAME_HEIGHT

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint with the theme in force."""
        theme = theme_of(self)
        painter = QPainter(self)
        side = min(self.width(), self.height() - NAME_HEIGHT)
        square = QRectF((self.width() - side) / 2, 0, side, side)
        painter.fillRect(square, theme.color("sunken"))
        if self._matrix is not None:
            ground, accent = (
                np.array([theme.color(token).red(), theme.color(token).green(), theme.color(token).blue()])
                for token in ("sunken", "accent")
            )
            share = self._matrix[..., None]
            rgb = np.round(ground + share * (accent - ground)).astype(np.uint8)
            painter.drawImage(square, to_qimage(rgb))
        font = painter.font()
        font.setPixelSize(theme.font_small)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        below = QRectF(0, side, self.width(), NAME_HEIGHT)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._name)
        painter.end()
