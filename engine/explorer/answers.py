"""What the tasks of a unit's page report: plain records, no torch, so that the window can import them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.explorer.fields import Box
from engine.explorer.patches import Patch
from engine.explorer.records import UnitName
from engine.images import Rgb
from engine.progress import Progress


@dataclass(frozen=True)
class Projection:
    """One of a unit's pictures, projected: deconvnet and guided backpropagation beside the patch.

    Both pictures cover what ``patch.rgb`` covers: grey is 0, and each has its own scale. ``strength`` is
    the largest magnitude of each projection, in the network's normalised units.
    """

    patch: Patch
    deconv: Rgb
    guided: Rgb
    strength: tuple[float, float]


@dataclass(frozen=True)
class Projections:
    """The projections made so far, in the order asked for."""

    of: UnitName
    done: tuple[Projection, ...]
    progress: Progress


@dataclass(frozen=True)
class Formed:
    """An optimised picture under way: ``rgb`` for display, the unit's activation on it, and how far."""

    of: UnitName
    rgb: Rgb
    activation: float
    progress: Progress


@dataclass(frozen=True)
class Fired:
    """A unit that fires at a spot.

    ``share`` of the scanned pictures do not reach ``value`` anywhere; ``position`` is in the activation map,
    ``box`` the receptive field in network-input pixels, before clipping.
    """

    unit: int
    value: float
    share: float
    position: tuple[int, ...]
    box: Box


@dataclass(frozen=True)
class LayerAnswer:
    """One layer's units at a spot: with the largest activations, and with the most unusual ones."""

    layer: str
    strongest: tuple[Fired, ...]
    unusual: tuple[Fired, ...]


@dataclass(frozen=True)
class Answer:
    """What fires at a spot, layer by layer, as far as it is computed."""

    layers: tuple[LayerAnswer, ...]


@dataclass(frozen=True)
class Meter:
    """A pinned unit on a live picture: its maximum, the share of scanned pictures below, and where."""

    unit: UnitName
    value: float
    share: float
    box: Box


@dataclass(frozen=True)
class LiveUnits:
    """What a live picture does to the pinned units, and the most unusual units of the chosen layer."""

    number: int
    rgb: Rgb
    meters: tuple[Meter, ...]
    top: LayerAnswer | None
    milliseconds: float
