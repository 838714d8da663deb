"""The contact sheet: strengths × styles, each painted small, to choose from by eye. No torch."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from PIL import Image

from engine.images import Rgb, write_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress
from engine.style.finish import Finish, Finisher
from engine.style.pictures import Inputs, read_inputs
from engine.style.recipe import Recipe
from engine.style.steps import PaintStep

if TYPE_CHECKING:
    from engine.convnets import ConvNet

SIDE = 3
STRENGTHS = (25.0, 50.0, 75.0)
MANY_STRENGTHS = (10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0)
SIZE = 192
ITERATIONS = 24
GAP = 8


@dataclass(frozen=True)
class Cell:
    """One picture of the sheet: the recipe that would paint it, how far it is, and the picture so far.

    ``row`` and ``column`` count from 0; ``picture`` is uint8 H × W × 3, None before its turn.
    """

    row: int
    column: int
    recipe: Recipe
    picture: Rgb | None = None
    done: bool = False


@dataclass(frozen=True)
class SheetStep:
    """The sheet as it is; ``newest`` is the index of the cell that changed."""

    cells: tuple[Cell, ...]
    newest: int
    progress: Progress


def sheet_cells(recipe: Recipe) -> tuple[Cell, ...]:
    """Return the nine recipes of a sheet, at the recipe's own size.

    Rows are strengths and columns are styles. With one style all nine are strengths of it; with two, the
    middle column is the blend of both; of more than three, the first three.
    """
    if len(recipe.styles) == 1:
        return tuple(
            Cell(index // SIDE, index % SIDE, replace(recipe, weighting="strength", strength=strength))
            for index, strength in enumerate(MANY_STRENGTHS)
        )
    return tuple(
        Cell(row, column, replace(styled, weighting="strength", strength=strength))
        for (row, strength), (column, styled) in product(enumerate(STRENGTHS), enumerate(_columns(recipe)))
    )


def _columns(recipe: Recipe) -> list[Recipe]:
    styles = recipe.styles[:SIDE]
    alone = [_only(recipe, [index]) for index in range(len(styles))]
    return [alone[0], _only(recipe, [0, 1]), alone[1]] if len(styles) == 2 else alone


def _only(recipe: Recipe, kept: Sequence[int]) -> Recipe:
    weights = tuple(1.0 for _ in kept) if len(kept) > 1 else ()
    return replace(
        recipe,
        styles=tuple(recipe.styles[index] for index in kept),
        style_weights=weights,
        regions=tuple(recipe.regions[index] for index in kept) if recipe.regions else (),
    )


def contact_sheet(
    models: Models, recipe: Recipe, *, size: int = SIZE, iterations: int = ITERATIONS
) -> Task[SheetStep, tuple[Cell, ...]]:
    """Paint the nine small; a :class:`SheetStep` whenever one of them changed.

    Raises:
        EngineError: of reading the pictures, or of painting the first one of them that cannot be.
    """
    recipe.check()
    cells = list(sheet_cells(recipe))
    inputs = read_inputs(recipe)
    yield None
    from engine.style.stylise import stylise

    network = cast("ConvNet", models.network(recipe.network))
    pace = Pace(len(cells) * iterations)
    finisher = Finisher(recipe, Finish(recipe.color, recipe.color_amount))
    for index, cell in enumerate(cells):
        small = replace(cell.recipe, size=size, iterations=iterations)
        steps = stylise(network, small, _inputs_of(inputs, recipe, small))
        yield from _painted(steps, cells, index, iterations, pace, finisher)
    return tuple(cells)


def _painted(
    steps: Generator[object, None, object],
    cells: list[Cell],
    index: int,
    iterations: int,
    pace: Pace,
    finisher: Finisher,
) -> Generator[SheetStep | None, None, None]:
    try:
        for step in steps:
            if not isinstance(step, PaintStep):
                yield None
                continue
            done = step.iteration == step.iterations
            cells[index] = replace(cells[index], picture=finisher(step.picture), done=done)
            yield SheetStep(tuple(cells), index, pace.at(index * iterations + step.iteration))
    finally:
        steps.close()


def _inputs_of(inputs: Inputs, recipe: Recipe, cell: Recipe) -> Inputs:
    """Choose the cell's styles among the pictures that were read once for all."""
    kept = [recipe.styles.index(style) for style in cell.styles]
    return replace(
        inputs,
        styles=tuple(inputs.styles[index] for index in kept),
        regions=tuple(inputs.regions[index] for index in kept) if inputs.regions else (),
        sources=tuple(
            source for source in inputs.sources if source.role != "style" or source.file in cell.styles
        ),
    )


def draw_sheet(cells: Sequence[Cell], background: tuple[int, int, int] = (245, 244, 241)) -> Rgb:
    """Return one picture with all cells in their places, as it can be saved or printed."""
    pictures = [cell.picture for cell in cells if cell.picture is not None]
    height = max((picture.shape[0] for picture in pictures), default=1)
    width = max((picture.shape[1] for picture in pictures), default=1)
    rows, columns = (1 + max(getattr(cell, axis) for cell in cells) for axis in ("row", "column"))
    sheet = np.full(
        (rows * (height + GAP) + GAP, columns * (width + GAP) + GAP, 3), background, dtype=np.uint8
    )
    for cell in cells:
        if cell.picture is not None:
            top, left = GAP + cell.row * (height + GAP), GAP + cell.column * (width + GAP)
            fitted = np.array(Image.fromarray(cell.picture).resize((width, height)))
            sheet[top : top + height, left : left + width] = fitted
    return sheet


def style_words(recipe: Recipe) -> str:
    """Return the names of a recipe's style files, for a caption."""
    return " + ".join(Path(style).stem for style in recipe.styles)


def save_sheet(path: Path, cells: Sequence[Cell]) -> Task[None, Path]:
    """Write the sheet as one picture.

    Raises:
        EngineError: BAD_VALUE for an unknown ending; DISK_FULL or NOT_WRITABLE.
    """
    yield None
    write_picture(path, draw_sheet(cells))
    return path
