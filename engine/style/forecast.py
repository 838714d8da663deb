"""What a run will take, said before it begins: size, scales, tiles, memory, time. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from engine.style.pictures import SHORTEST
from engine.style.plan import choose_tile, predict_bytes, predict_seconds
from engine.style.recipe import WHOLE_LOSSES, Recipe
from engine.style.scales import scale_sizes, share_iterations
from engine.style.speed import Speed


@dataclass(frozen=True)
class Forecast:
    """``width`` and ``height`` of the painting; the longer side of each scale in ``scales`` and its
    ``iterations``; ``tile`` at full size, 0 for none; ``peak_bytes`` of the process; ``seconds`` for the
    whole run, None while the machine's speed is not known."""

    width: int
    height: int
    scales: tuple[int, ...]
    iterations: tuple[int, ...]
    tile: int
    peak_bytes: int
    seconds: float | None


def forecast(
    recipe: Recipe, content: tuple[int, int], *, speed: Speed | None = None, free_bytes: int = 0
) -> Forecast:
    """Return what a recipe will take.

    Args:
        recipe: what will be painted.
        content: width and height of the content picture as it is.
        speed: of this machine, from :func:`engine.style.speed.measure_speed`.
        free_bytes: memory that the device could give; 0 where it is unknown.
    """
    longer, shorter = max(content), min(content)
    width, height = (max(1, round(side * recipe.size / longer)) for side in content)
    scales = scale_sizes(recipe.size, pyramid=recipe.pyramid, elongation=longer / shorter, shortest=SHORTEST)
    counts = share_iterations(recipe.iterations, len(scales))
    tile = choose_tile(width, height, free_bytes, wish=recipe.tile, can_tile=recipe.loss not in WHOLE_LOSSES)
    seconds = None
    if speed is not None:
        pixels = [side * side * shorter / longer for side in scales]
        preparing = 0.5 * (1 + len(recipe.styles)) + 2.0 * (recipe.weighting == "strength")
        seconds = predict_seconds(
            pixels, [count + preparing * (count > 0) for count in counts], speed, tile=tile
        )
    return Forecast(width, height, scales, counts, tile, predict_bytes(width, height, tile), seconds)
