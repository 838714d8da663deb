"""A folder of contents × a folder of styles: every pair painted; it goes on where it was left. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from engine.errors import MACHINE_FAULTS, EngineError, ErrorCode
from engine.images import Rgb, read_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress
from engine.style.recipe import Recipe
from engine.style.save import recipe_in, save_painting
from engine.style.steps import PaintStep
from engine.style.tasks import paint


@dataclass(frozen=True)
class Order:
    """One painting of a batch: what to paint, and where it goes (a PNG, which carries its recipe)."""

    recipe: Recipe
    output: Path


@dataclass(frozen=True)
class Refused:
    """A pair that could not be painted, and why."""

    output: Path
    reason: EngineError


@dataclass(frozen=True)
class BatchStep:
    """How far a batch is: ``order`` is under way, ``picture`` its newest iterate (uint8 H × W × 3)."""

    order: Order
    picture: Rgb
    painted: int
    kept: int
    refused: int
    progress: Progress


@dataclass(frozen=True)
class BatchResult:
    """``painted`` are new; ``kept`` were there already, painted by the same recipe."""

    painted: tuple[Path, ...]
    kept: tuple[Path, ...]
    refused: tuple[Refused, ...]


def orders(
    recipe: Recipe, contents: Sequence[Path], styles: Sequence[Path], folder: Path
) -> tuple[Order, ...]:
    """Return one order for each pair, contents first; ``photo--painting.png`` names the result.

    Pictures of one name in several folders get a number, in the order given. Masks are left out: they
    belong to one content.
    """
    content_names, style_names = _names(contents), _names(styles)
    plain = replace(recipe, style_weights=(), mask="", regions=())
    return tuple(
        Order(
            replace(plain, content=str(content), styles=(str(style),)),
            folder / f"{content_names[content]}--{style_names[style]}.png",
        )
        for content, style in product(contents, styles)
    )


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    taken: dict[str, int] = {}
    names: dict[Path, str] = {}
    for path in paths:
        count = taken[path.stem] = taken.get(path.stem, 0) + 1
        names[path] = path.stem if count == 1 else f"{path.stem}-{count}"
    return names


def paint_batch(models: Models, wanted: Sequence[Order]) -> Task[BatchStep, BatchResult]:
    """Paint all orders one after the other; each is saved as soon as it is finished.

    A painting that is there already, whole and by the same recipe, is kept: a batch that was stopped goes
    on where it was. A pair that cannot be painted is passed over and told in the result.

    Raises:
        EngineError: what would stop every further pair too (disk full, no memory, a missing network).
    """
    painted: list[Path] = []
    kept = [order.output for order in wanted if is_painted(order)]
    yield None
    refused: list[Refused] = []
    left = [order for order in wanted if order.output not in set(kept)]
    pace = Pace(sum(order.recipe.iterations for order in left))
    before = 0
    for order in left:
        task = paint(models, order.recipe)
        try:
            newest = None
            for step in task:
                if not isinstance(step, PaintStep):
                    yield None
                    continue
                newest = step
                progress = pace.at(before + step.iteration)
                yield BatchStep(order, step.picture, len(painted), len(kept), len(refused), progress)
            if newest is not None:
                save_painting(order.output, newest.picture, newest.provenance)
                painted.append(order.output)
        except EngineError as error:
            if error.code in MACHINE_FAULTS and error.code is not ErrorCode.LOSS_NOT_FINITE:
                raise
            refused.append(Refused(order.output, error))
        finally:
            task.close()
        before += order.recipe.iterations
    return BatchResult(tuple(painted), tuple(kept), tuple(refused))


def is_painted(order: Order) -> bool:
    """Say whether the order's file is there, whole, and painted by the same recipe."""
    try:
        picture = read_picture(order.output)
        return recipe_in(picture.text) == order.recipe
    except EngineError:
        return False
