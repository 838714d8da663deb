"""SheetPage: nine small paintings in place of the large one, to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.style.sheet import Cell, SheetStep, style_words
from gui.imaging import to_qimage
from gui.theme import theme_of
from gui.widgets.card import button, label
from gui.widgets.job_bar import JobBar
from gui.widgets.picture_grid import PictureGrid, Tile


class SheetPage(QWidget):
    """Shows the sheet as it grows.

    Signals:
        chosen: the :class:`Recipe` of the picture that the person wants large.
        closed: back to the painting; a sheet under way is no longer wanted.
        save_clicked: the whole sheet as one picture.
    """

    chosen = Signal(object)
    closed = Signal()
    save_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: tuple[Cell, ...] = ()
        self._title = label("heading")
        self.save, self.close_button = button("save", "quiet"), button("close", "quiet")
        self.grid, self.bar = PictureGrid(), JobBar()
        self.grid.chosen.connect(self._choose)
        self.save.clicked.connect(self.save_clicked)
        self.close_button.clicked.connect(self.closed)
        self.bar.cancel_clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.save)
        head.addWidget(self.close_button)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(theme_of(self).space_m)
        around.addLayout(head)
        around.addWidget(self.grid, 1)
        around.addWidget(self.bar)

    def start(self, cells: Sequence[Cell]) -> None:
        """Show empty places."""
        self._show(cells, None)
        self.save.setEnabled(False)
        self.bar.start(self.tr("Painting nine small pictures"))

    def show_step(self, step: SheetStep) -> None:
        """Show the sheet as it is."""
        self._show(step.cells, step.newest)
        self.bar.show_progress(step.progress)

    def finish(self) -> None:
        """Nothing more is coming."""
        self._show(self.cells, None)
        self.save.setEnabled(any(cell.picture is not None for cell in self.cells))
        self.bar.finish("")

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Click the one to paint large"))
        self.save.setText(self.tr("Save sheet…"))
        self.close_button.setText(self.tr("Close"))
        self._show(self.cells, None)

    def _show(self, cells: Sequence[Cell], newest: int | None) -> None:
        self.cells = tuple(cells)
        words = self.tr("{strength} · {style}")
        self.grid.set_tiles(
            [
                Tile(
                    cell.row,
                    cell.column,
                    words.format(strength=f"{cell.recipe.strength:.0f}", style=style_words(cell.recipe)),
                    None if cell.picture is None else to_qimage(cell.picture),
                    index == newest,
                )
                for index, cell in enumerate(self.cells)
            ]
        )

    def _choose(self, number: int) -> None:
        self.chosen.emit(self.cells[number].recipe)
