"""Findings: what is known of a network's units now, from a stored index or from a scan that still runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.explorer.find import Lens, entries_under
from engine.explorer.index import Index
from engine.explorer.patches import PatchReader
from engine.explorer.records import Entry, Layer, LiveLayer
from engine.explorer.tasks import entries_of_live


@dataclass(frozen=True)
class UnitRef:
    """Names one unit of the network that is shown."""

    layer: str
    unit: int

    @property
    def caption(self) -> str:
        """The unit's name among units of several layers, the same in every language."""
        return f"{self.layer} · {self.unit}"


@dataclass
class Findings:
    """The panel keeps one and replaces its parts; the pages read it. An index outweighs live layers."""

    network: str = ""
    folder: Path | None = None
    index: Index | None = None
    lives: dict[str, LiveLayer] = field(default_factory=dict)
    reader: PatchReader | None = None
    layers: tuple[Layer, ...] = ()
    lens: Lens | None = None

    @property
    def pictures(self) -> bool:
        """Whether the network looks at pictures, not at signals or volumes."""
        return self.reader is None or self.reader.inputs.kind == "pictures"

    def layer(self, name: str) -> Layer | None:
        """Return a layer, if it is known by now."""
        return next((one for one in self.layers if one.name == name), None)

    def shows(self, name: str) -> bool:
        """Whether there is anything to show of a layer's units."""
        return self.reader is not None and (self.index is not None or name in self.lives)

    def has(self, ref: UnitRef) -> bool:
        """Whether there is such a unit."""
        layer = self.layer(ref.layer)
        return layer is not None and 0 <= ref.unit < layer.units

    def entries(self, ref: UnitRef) -> tuple[Entry, ...]:
        """Return a unit's nine strongest pictures, as far as they are known."""
        if not self.has(ref):
            return ()
        if self.index is not None:
            if self.lens is not None:
                return entries_under(self.index, ref.layer, ref.unit, self.lens).entries
            return self.index.entries(ref.layer, ref.unit)
        live = self.lives.get(ref.layer)
        return entries_of_live(live, ref.unit) if live is not None else ()
