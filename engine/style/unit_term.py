"""A unit of the network that the painting should excite: parsing its name, and checking it. No torch.

``conv4_1:12`` is unit 12 of layer conv4_1, ``conv4_1`` the whole layer; layers and units have the names that
the Explain panel shows. ``relu4_1`` means the same as ``conv4_1``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CHANNELS = (64, 128, 256, 512, 512)
"""Units in the layers of VGG's five blocks."""

_NAME = re.compile(r"(?:conv|relu)([1-5])_([1-4])(?::(\d{1,3}))?")


@dataclass(frozen=True)
class UnitName:
    """A layer such as ``conv4_1`` and one of its units, counted from 0; None for the whole layer."""

    layer: str
    unit: int | None = None

    @property
    def activation(self) -> str:
        """The network's layer to look at: a single unit before its ReLU, because one that is silent
        everywhere would have no gradient behind it; a whole layer behind it."""
        return self.layer if self.unit is not None else self.layer.replace("conv", "relu")

    def __str__(self) -> str:
        return self.layer if self.unit is None else f"{self.layer}:{self.unit}"


def parse_unit(text: str) -> UnitName | None:
    """Return what a recipe's ``unit`` names, None for ""; :class:`ValueError` when it cannot be one."""
    if not text:
        return None
    found = _NAME.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no unit; write it like conv4_1:12, or conv4_1 for the whole layer.")
    block, index, unit = found.groups()
    units = CHANNELS[int(block) - 1]
    if unit is not None and int(unit) >= units:
        raise ValueError(f"conv{block}_{index} has the units 0 to {units - 1}, not {unit}.")
    return UnitName(f"conv{block}_{index}", None if unit is None else int(unit))
