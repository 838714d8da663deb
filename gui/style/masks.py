"""Masks: the painted regions between canvas, files and recipe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from engine.jobs import Priority
from engine.style.masks import keep_mask, read_masks
from engine.style.recipe import Recipe
from gui.session import Session
from gui.style.column import RecipeColumn
from gui.style.regions_page import PROTECT, style_region
from gui.widgets.brush_canvas import BrushCanvas


class Masks(QObject):
    """Keeps painted masks as files when a recipe is wanted, and paints the masks of a recipe.

    Signals:
        failed: with the error.
    """

    failed = Signal(object)

    def __init__(self, session: Session, column: RecipeColumn, canvas: BrushCanvas) -> None:
        super().__init__(column)
        self._column, self._canvas = column, canvas
        self._folder = session.paths.data / "paintings" / "masks"
        self._expected: dict[str, Path] = {}
        self._reader = session.watcher(self)
        self._reader.finished.connect(self._read)
        self._reader.failed.connect(self.failed)
        column.regions.load_clicked.connect(self._ask)

    def files(self) -> dict[str, Any]:
        """Return the recipe's fields that name masks; painted ones are written first.

        Raises:
            EngineError: DISK_FULL or NOT_WRITABLE.
        """
        count = len(self._column.styles.paths)
        regions = [self._file(style_region(index)) for index in range(count)] if count > 1 else []
        return {"mask": self._file(PROTECT), "regions": tuple(regions) if any(regions) else ()}

    def expect(self, recipe: Recipe) -> None:
        """Paint the masks of a recipe once its content is on the canvas."""
        named = {PROTECT: recipe.mask}
        named |= {style_region(index): name for index, name in enumerate(recipe.regions)}
        self._expected = {region: Path(name) for region, name in named.items() if name}
        if not Path(recipe.content).is_file():
            self.picture_changed()

    def picture_changed(self) -> None:
        """Other pictures lie in the zones now."""
        if self._expected and self._column.complete and not self._reader.running:
            there = {region: path for region, path in self._expected.items() if path.is_file()}
            self._expected = {}
            self._reader.start(read_masks(there), Priority.USER)

    def load(self, path: Path) -> None:
        """Take the active region from a picture file."""
        self._reader.start(read_masks({self._column.regions.active: path}), Priority.USER)

    def stop(self) -> None:
        """Read no more."""
        self._reader.stop()

    def _file(self, region: str) -> str:
        mask = self._canvas.region(region)
        return "" if mask is None else str(keep_mask(self._folder, mask))

    def _read(self, found: dict[str, NDArray[np.uint8]]) -> None:
        for region, mask in found.items():
            self._canvas.set_region(region, mask)

    def _ask(self) -> None:
        dialog = QFileDialog(self._canvas, self.tr("Choose a picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.load(Path(chosen)))
        dialog.open()
