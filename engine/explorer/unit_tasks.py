"""What can be asked about a unit, and about a picture, as tasks. Importing this module imports no torch."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.explorer.aligned import DETECTOR
from engine.explorer.answers import (
    Answer,
    Formed,
    LayerAnswer,
    LiveUnits,
    Meter,
    Projection,
    Projections,
)
from engine.explorer.drawing import picture_of
from engine.explorer.freshness import check_inputs
from engine.explorer.index import Index
from engine.explorer.kinds import inputs_from
from engine.explorer.patches import PatchReader, slices
from engine.explorer.records import Entry, SynthesisOptions, UnitName
from engine.explorer.statistics import share_below
from engine.images import Rgb, read_bytes
from engine.jobs import WAIT, Task
from engine.latest import Latest
from engine.models import Models
from engine.progress import Pace

if TYPE_CHECKING:
    from engine.explorer.networks import Explained
    from engine.explorer.patches import Patch


def project_entries(
    models: Models, index: Index, layer: str, unit: int, entries: Sequence[Entry]
) -> Task[Projections, Projections]:
    """Project a unit's activation on each of its pictures back to pixels, in both ways.

    The snapshots grow by one picture each.

    Raises:
        EngineError: UNIT_UNKNOWN, FILE_MISSING, INDEX_STALE or MODEL_*.
    """
    network = yield from explained_for(models, index)
    tap = network.tap(layer, unit)
    reader, pace = PatchReader(Path(index.root), network.inputs), Pace(len(entries))
    name, done = UnitName(index.network, layer, unit), list[Projection]()
    from engine.explorer.project import project

    for number, entry in enumerate(entries, start=1):
        item, patch = reader.shown(entry.file), reader.patch(entry)
        yield None
        deconv = yield from project(network, tap, unit, entry.position, item.numbers, "deconv")
        guided = yield from project(network, tap, unit, entry.position, item.numbers, "guided")
        done.append(_projection(patch, deconv, guided))
        yield Projections(name, tuple(done), pace.at(number))
    return Projections(name, tuple(done), pace.at(len(entries)))


def _projection(patch: Patch, deconv: np.ndarray, guided: np.ndarray) -> Projection:
    from engine.explorer.drawing import draw_signed
    from engine.explorer.fields import clip

    size = tuple(reversed(deconv.shape[:-1]))
    inner = clip(patch.box, size)
    parts = [whole[slices(inner)] for whole in (deconv, guided)]
    pictures = [draw_signed(part, patch.box, inner).rgb for part in parts]
    largest = [float(np.abs(part).max(initial=0.0)) for part in parts]
    return Projection(patch, pictures[0], pictures[1], (largest[0], largest[1]))


def synthesise_unit(
    models: Models, network: str, layer: str, unit: int, options: SynthesisOptions | None = None
) -> Task[Formed, Formed]:
    """Optimise a picture for a unit; the snapshots show it as it forms.

    Raises:
        EngineError: UNIT_UNKNOWN, BAD_VALUE, OUT_OF_MEMORY or MODEL_*.
    """
    options = options or SynthesisOptions()
    yield None
    from engine.explorer.loading import load_network
    from engine.explorer.synthesise import synthesise

    explained = load_network(models, network)
    tap = explained.tap(layer, unit)
    yield None
    name, pace = UnitName(network, layer, unit), Pace(options.steps)
    forming = synthesise(explained, tap, unit, options)
    while True:
        try:
            step = next(forming)
        except StopIteration as end:
            step = end.value
            return Formed(name, picture_of(step.numbers), step.activation, pace.at(step.step))
        if step is None:
            yield None
        else:
            yield Formed(name, picture_of(step.numbers), step.activation, pace.at(step.step))


def ask_picture(
    models: Models,
    index: Index,
    rgb: Rgb,
    spot: tuple[float, float, float, float],
    *,
    layers: Sequence[str] = (),
    count: int = 8,
) -> Task[Answer, Answer]:
    """Say which units fire at a spot of any picture, layer by layer; the answer grows.

    Args:
        rgb: the picture, upright.
        spot: (x0, y0, x1, y1) in its pixels; a click is a box without extent, the whole picture says which
            units are strongest on it.

    Raises:
        EngineError: INDEX_STALE, MODEL_* or UNIT_UNKNOWN.
    """
    network = yield from explained_for(models, index)
    from engine.explorer.ask import ask_units

    return (yield from ask_units(network, index, rgb, spot, layers=layers, count=count))


def ask_item(
    models: Models,
    index: Index,
    item: str,
    spot: tuple[float, ...] | None = None,
    *,
    folder: Path | None = None,
    layers: Sequence[str] = (),
    count: int = 8,
) -> Task[Answer, Answer]:
    """Say which units fire at a spot of a picture, recording or volume (anywhere without a spot).

    Args:
        item: its path below the index's root (or below ``folder``), with ``@`` and the first sample of the
            window to look at: any window, not only those that were scanned.
        spot: in the file's own pixels or samples: (x0, …, x1, …).

    Raises:
        EngineError: FILE_MISSING, FILE_UNREADABLE, INDEX_STALE, MODEL_* or UNIT_UNKNOWN.
    """
    network = yield from explained_for(models, index)
    file = network.inputs.file_of(item)
    path = index.path(item) if folder is None else folder / file
    decoded, _ = network.inputs.decode(read_bytes(path), item)
    yield None
    size = tuple(reversed(network.inputs.size))
    whole = network.inputs.on_source((0,) * len(size) + size, decoded.shape[:-1], item)
    from engine.explorer.ask import ask_units

    return (
        yield from ask_units(network, index, decoded, spot or whole, item=item, layers=layers, count=count)
    )


@dataclass
class LiveWish:
    """What a person looks at on the live camera; set from any thread."""

    pinned: tuple[UnitName, ...] = ()
    layer: str = ""
    count: int = field(default=8)


def watch_units(models: Models, index: Index, frames: Latest[Rgb], wish: LiveWish) -> Task[LiveUnits, None]:
    """Run every newest frame through the network: meters of the pinned units, the layer's most unusual ones.

    It yields WAIT while there is no frame; whoever puts one wakes the job.

    Raises:
        EngineError: INDEX_STALE or MODEL_*.
    """
    network = yield from explained_for(models, index)
    number = 0
    while True:
        rgb = frames.take()
        if rgb is None:
            yield WAIT
            continue
        yield (yield from _live(network, index, rgb, wish, number))
        number += 1


def _live(network: Explained, index: Index, rgb: Rgb, wish: LiveWish, number: int) -> Task[None, LiveUnits]:
    from engine.explorer.activations import Responses
    from engine.explorer.ask import ask_units

    began = time.perf_counter()
    height, width = rgb.shape[:2]
    top: LayerAnswer | None = None
    if wish.layer:
        spot = (0.0, 0.0, float(width), float(height))
        asked = ask_units(network, index, rgb, spot, layers=[wish.layer], count=wish.count)
        while True:
            try:
                next(asked)
            except StopIteration as end:
                top = end.value.layers[0]
                break
            yield None
    meters: list[Meter] = []
    taps = network.taps(sorted({one.layer for one in wish.pinned})) if wish.pinned else ()
    if taps:
        maxima = yield from Responses(network, taps, 1).maxima(network.inputs.cut(rgb, "")[None])
        for name in wish.pinned:
            values, tap = maxima[name.layer].values[0], network.tap(name.layer, name.unit)
            place = np.unravel_index(int(maxima[name.layer].positions[0, name.unit]), tap.shape)
            box = tap.field.box(tuple(int(one) for one in place))
            share = share_below(index, name.layer, values)[name.unit]
            meters.append(Meter(name, float(values[name.unit]), float(share), box))
    return LiveUnits(number, rgb, tuple(meters), top, (time.perf_counter() - began) * 1000)


def explained_for(models: Models, index: Index) -> Task[None, Explained]:
    """Return the network of an index, after making sure that it is the one that was scanned with.

    Raises:
        EngineError: INDEX_STALE or MODEL_*.
    """
    inputs_from(index.preprocessing)
    yield None
    from engine.explorer.freshness import check_alignment, check_weights
    from engine.explorer.loading import load_network

    network = load_network(models, index.network)
    check_weights(index, network.weights)
    check_inputs(index, network.inputs)
    check_alignment(index, models.card(DETECTOR).sha256)
    yield None
    return network
