"""Comeback: a recipe returns, with a painting of ours that was dropped, or from the last time."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError, ErrorCode
from engine.style.recipe import Recipe
from gui.style.column import RecipeColumn
from gui.style.masks import Masks

NAME = "recipe"


class Comeback(QObject):
    """Shows a recipe's settings, and fetches its pictures as far as they are still there.

    Signals:
        failed: a picture is gone, or the recipe cannot be read, with the error.
    """

    failed = Signal(object)

    def __init__(self, column: RecipeColumn, masks: Masks, parent: QWidget) -> None:
        super().__init__(parent)
        self._column, self._masks = column, masks

    def take(self, recipe: Recipe) -> None:
        """Show this recipe."""
        column = self._column
        column.show_recipe(recipe)
        self._masks.expect(recipe)
        content, styles = Path(recipe.content), [Path(path) for path in recipe.styles]
        lost = [path for path in (content, *styles) if str(path) != "." and not path.is_file()]
        if recipe.content and content.is_file():
            column.content.load([content])
        if styles and not any(path in lost for path in styles):
            column.pictures.expect_weights(recipe.style_weights)
            column.styles.load(styles)
        if lost:
            detail = f"{lost[0]} is not there any more; choose the picture again."
            self.failed.emit(EngineError(ErrorCode.FILE_MISSING, detail, str(lost[0])))

    def keep(self, store: QSettings, recipe: Recipe) -> None:
        """Remember a recipe for the next time."""
        store.setValue(NAME, json.dumps(recipe.to_json(), ensure_ascii=False))

    def bring_back(self, store: QSettings) -> None:
        """Show the recipe of the last time, if there was one."""
        remembered = store.value(NAME)
        if not isinstance(remembered, str):
            return
        try:
            recipe = Recipe.from_json(remembered)
        except EngineError as error:
            self.failed.emit(error)
        else:
            self.take(recipe)
