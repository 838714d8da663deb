"""Point and ask: the units that fire at a spot of any picture, strongly and unusually for them."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.explorer.activations import Responses
from engine.explorer.answers import Answer, Fired, LayerAnswer
from engine.explorer.fields import Field
from engine.explorer.index import Index
from engine.explorer.inputs import Inputs, Numbers
from engine.explorer.networks import Explained, Tap
from engine.explorer.statistics import share_below


def ask_units(
    network: Explained,
    index: Index,
    decoded: Numbers,
    spot: tuple[float, ...],
    *,
    item: str = "",
    layers: Sequence[str] = (),
    count: int = 8,
) -> Generator[Answer | None, None, Answer]:
    """Return, layer by layer, the units that fire most at a spot, and most unusually for them.

    The answer grows while the layers are computed.

    Args:
        decoded: the picture (H × W × 3 uint8), recording or volume, as :meth:`Inputs.decode` gives it.
        spot: a box in its own pixels, (x0, y0, …, x1, y1, …); a point is a box without extent.
        item: which window of a recording or volume.
        layers: of the index, all when empty.
    """
    wanted = [layer.name for layer in index.layers if not layers or layer.name in layers]
    taps = {tap.layer: tap for tap in network.taps(wanted)}
    inputs = network.inputs
    given = to_input(inputs, spot, decoded.shape[:-1], item)
    responses = Responses(network, tuple(taps.values()), 1)
    found: dict[str, LayerAnswer] = {}
    for layer, activation in responses.through(inputs.cut(decoded, item)[None]):
        if layer:
            maps = activation[0].float().cpu().numpy()
            found[layer] = _look(index, taps[layer], maps, given, count)
            yield Answer(tuple(found[name] for name in wanted if name in found))
        else:
            yield None
    return Answer(tuple(found[name] for name in wanted))


def to_input(inputs: Inputs, spot: tuple[float, ...], shape: tuple[int, ...], item: str) -> tuple[float, ...]:
    """Map a box from a photo's (recording's, volume's) own pixels to those of the network's input."""
    n = len(spot) // 2
    unit = inputs.on_source((0,) * n + (1,) * n, shape, item)
    starts, steps = unit[:n], [unit[n + axis] - unit[axis] for axis in range(n)]
    return tuple((value - starts[i % n]) / steps[i % n] for i, value in enumerate(spot))


def positions_at(field: Field, shape: tuple[int, ...], spot: tuple[float, ...]) -> tuple[slice, ...]:
    """Return the positions of a map whose fields' centres lie in a box of the input.

    When there is none (a point), it is the position whose centre is nearest to the box's middle.
    """
    n = len(shape)
    found = []
    for axis in range(n):  # array order; the spot is in the order people draw in
        low, high = spot[n - 1 - axis], spot[2 * n - 1 - axis]
        if not field.stride[axis]:
            found.append(slice(0, shape[axis]))
            continue
        centre_of_first = (field.size[axis] - 1) / 2 - field.padding[axis] + 0.5
        first = int(np.ceil((low - centre_of_first) / field.stride[axis]))
        last = int(np.floor((high - centre_of_first) / field.stride[axis]))
        if last < first:
            first = last = round(((low + high) / 2 - centre_of_first) / field.stride[axis])
        first, last = (min(max(0, place), shape[axis] - 1) for place in (first, last))
        found.append(slice(first, last + 1))
    return tuple(found)


def _look(
    index: Index, tap: Tap, maps: NDArray[np.float32], spot: tuple[float, ...], count: int
) -> LayerAnswer:
    places = positions_at(tap.field, tap.shape, spot)
    part = maps[(slice(None), *places)]
    flat = part.reshape(len(maps), -1)
    best = flat.argmax(axis=1)
    values = flat[np.arange(len(maps)), best]
    shares = share_below(index, tap.layer, values)
    offsets = np.stack(np.unravel_index(best, part.shape[1:]), axis=1)
    starts = np.array([place.start for place in places])
    record = index.tops[tap.layer].values[:, 0]

    def fired(unit: int) -> Fired:
        position = tuple(int(place) for place in offsets[unit] + starts)
        return Fired(unit, float(values[unit]), float(shares[unit]), position, tap.field.box(position))

    lit = values > 0
    strongest = np.argsort(-values, kind="stable")[:count]
    relative = values / np.where(record > 0, record, np.inf)
    unusual = np.lexsort((np.arange(len(values)), -relative, -shares))
    return LayerAnswer(
        tap.layer,
        tuple(fired(int(unit)) for unit in strongest if lit[unit]),
        tuple(fired(int(unit)) for unit in unusual if lit[unit])[:count],
    )
