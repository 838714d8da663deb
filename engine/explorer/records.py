"""What a scan reports and stores: plain records, no torch, so that the window can import them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.explorer.fields import Box, Field
from engine.explorer.topk import TopK
from engine.options import option
from engine.progress import Progress
from engine.words import translate


@dataclass(frozen=True)
class Layer:
    """One convolution layer whose units are explained.

    ``shape`` is the size of its activation map (height, width; for signals its length) for the recorded
    preprocessing.
    """

    name: str
    units: int
    field: Field
    shape: tuple[int, ...]


@dataclass(frozen=True)
class PictureFile:
    """A scanned picture. ``file`` is its path below the index's root, with forward slashes.

    Size and time of change are only a quick way to see that a file is unchanged; SHA-256 decides.
    ``remark`` says in a sentence what of the file was left out, else it is empty.
    """

    file: str
    sha256: str
    bytes: int
    changed_ns: int
    remark: str = ""


def class_of(item: str) -> str:
    """Return an item's class: the folder it lies in, below the root; empty for one that lies in none."""
    return item.rpartition("/")[0]


@dataclass(frozen=True)
class Skipped:
    """A file that could not be scanned, or only in part, and why, in a sentence."""

    file: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """One of a unit's strongest pictures.

    ``position`` is (y, x) in the activation map; ``box`` the receptive field (x0, y0, x1, y1) in
    network-input pixels, before clipping to the picture.
    """

    file: str
    value: float
    position: tuple[int, ...]
    box: Box


@dataclass(frozen=True)
class ScanOptions:
    """Settings of a scan."""

    top: int = option(
        100,
        label=translate("Option", "Pictures kept per unit"),
        help=translate("Option", "How many of the strongest pictures of every unit are stored."),
        between=(1, 10_000),
        advanced=True,
    )
    batch: int = option(
        32,
        label=translate("Option", "Pictures per step"),
        help=translate("Option", "How many pictures are held at a time. It does not change the result."),
        between=(1, 4096),
        advanced=True,
    )
    shuffle: bool = option(
        True,
        label=translate("Option", "Random order"),
        help=translate("Option", "Go through the pictures in random order; the grids settle sooner."),
        advanced=True,
    )


@dataclass(frozen=True)
class SynthesisOptions:
    """Settings of activation maximisation."""

    steps: int = option(
        128,
        label=translate("Option", "Steps"),
        help=translate("Option", "How many steps the optimiser takes."),
        between=(1, 4096),
    )
    rate: float = option(
        0.05,
        label=translate("Option", "Length of the steps"),
        help=translate("Option", "Learning rate of the optimiser (Adam)."),
        between=(0.001, 1.0),
        logarithmic=True,
        advanced=True,
    )
    seed: int = option(
        0,
        label=translate("Option", "Seed"),
        help=translate("Option", "Chooses the noise at the start; the same seed gives the same picture."),
        between=(0, 2**31 - 1),
        advanced=True,
    )
    shown_every: int = option(
        4,
        label=translate("Option", "Shown every"),
        help=translate("Option", "After how many steps the picture under way is shown."),
        between=(1, 4096),
        advanced=True,
    )


@dataclass(frozen=True)
class UnitName:
    """One unit of one network: what is handed from panel to panel, for instance to be painted with."""

    network: str
    layer: str
    unit: int


@dataclass(frozen=True)
class LiveLayer:
    """The current strongest nine of one layer in the middle of a scan; picture i is ``files[i]``."""

    layer: Layer
    top: TopK
    files: tuple[str, ...]


@dataclass(frozen=True)
class ScanStep:
    """A snapshot of a scan. ``layers`` is empty until the first pictures went through the network."""

    progress: Progress
    skipped: int
    layers: tuple[Layer, ...]
    live: LiveLayer | None


@dataclass
class Wish:
    """Which layer the person looks at; set from any thread while a scan runs."""

    layer: str = ""


@dataclass(frozen=True)
class ScanResult:
    """What a scan achieved. ``images`` counts what the index holds, ``scanned`` what this run added.

    ``remarks`` names what was scanned in part only, ``duplicates`` groups of files with the same contents.
    """

    index: Path
    images: int
    scanned: int
    skipped: tuple[Skipped, ...]
    layers: tuple[Layer, ...]
    seconds: float
    images_per_second: float
    remarks: tuple[Skipped, ...] = ()
    duplicates: tuple[tuple[str, ...], ...] = ()

    @property
    def units(self) -> int:
        """The number of units of all layers."""
        return sum(layer.units for layer in self.layers)
