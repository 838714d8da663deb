"""What a painting will take: memory, tiles and time, predicted before the start."""

from __future__ import annotations

from collections.abc import Sequence

from engine.style.speed import Speed

BYTES_PER_PIXEL = 3000
"""What an iteration allocates for each pixel that the network sees at once, in 32 bits: the activations of
VGG16 up to relu5_1 and their gradients. Measured by tests/bench/style_memory.py."""

BYTES_PER_OWN_PIXEL = 500
"""What stays for each pixel of the whole picture: the iterate, L-BFGS's history of ten pairs, the pictures,
the content's activation."""

BASE_BYTES = 850 << 20
"""The program, torch and the network."""

SPARE = 0.8
"""The share of the free memory that a painting may plan with."""

LARGEST_TILE, SMALLEST_TILE, HALO = 1024, 64, 64


def predict_bytes(width: int, height: int, tile: int) -> int:
    """Return the expected peak in bytes of a painting of this size; ``tile`` 0 is the whole picture."""
    seen = width * height
    if tile:
        seen = min(width, tile + 2 * HALO) * min(height, tile + 2 * HALO)
    return BASE_BYTES + BYTES_PER_PIXEL * seen + BYTES_PER_OWN_PIXEL * width * height


def choose_tile(width: int, height: int, free_bytes: int, *, wish: int = 0, can_tile: bool = True) -> int:
    """Return the largest tile whose prediction fits into the free memory, 0 for the whole picture.

    A wish for a tile size is followed, rounded down to a multiple of 16. Where nothing fits, the smallest
    tile is tried: the prediction may be too high. ``free_bytes`` 0 means unknown.
    """
    if not can_tile:
        return 0
    if wish:
        wished = max(SMALLEST_TILE, wish // 16 * 16)
        return wished if wished < max(width, height) else 0
    if not free_bytes or predict_bytes(width, height, 0) <= SPARE * free_bytes:
        return 0
    for tile in range(LARGEST_TILE, SMALLEST_TILE, -64):
        if predict_bytes(width, height, tile) <= SPARE * free_bytes:
            return tile
    return SMALLEST_TILE


def predict_seconds(
    pixels: Sequence[float], iterations: Sequence[float], speed: Speed, *, tile: int = 0
) -> float:
    """Return how long a run takes, all scales together.

    Args:
        pixels: of each scale.
        iterations: of each scale.
        speed: of iterations without tiles.
        tile: of the last scale; a tile computes its halo too, and the forward pass twice.
    """
    more = 4 / 3 * ((tile + 2 * HALO) / tile) ** 2 if tile else 1.0
    factors = [1.0] * (len(pixels) - 1) + [more]
    work = zip(pixels, iterations, factors, strict=True)
    return sum(factor * count * speed.iteration(size) for size, count, factor in work)
