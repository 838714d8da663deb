"""The recipe: every setting of one painting, declared once, kept as JSON in the saved picture. No torch."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import EngineError, ErrorCode
from engine.options import options_of, read_options, validate
from engine.style.paint_options import PaintOptions
from engine.style.unit_term import parse_unit

VERSION = 4
"""Version 1 knew one size only. What an older recipe left out has its default of then: :data:`_BEFORE_2`,
:data:`_BEFORE_3`, :data:`_BEFORE_4`."""

_BEFORE_2 = {"pyramid": False}
_BEFORE_3 = {"averaging": 0.0} | {f"lambda{index}": 0.2 for index in range(1, 6)}
"""What had another default before version 3."""
_BEFORE_4 = {"edges": "zeros"}
"""What had another default before version 4."""

CONTENT_LAYER = "relu4_2"
WHOLE_LOSSES = ("sliced", "remd")
"""The style losses that compare all positions with each other, and cannot be computed in tiles."""

STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
"""The layers of Gatys et al. 2015, fig. 2; VGG16 and VGG19 both have them under these names."""


GATYS = {
    "weighting": "weights",
    "pyramid": False,
    "brush": 1.0,
    "init": "noise",
    "color": "painting",
    "loss": "gram",
    "smoothing": 0.0,
    "averaging": 0.0,
    "edges": "zeros",
    "unit": "",
    **{f"lambda{index}": 0.2 for index in range(1, 6)},
}
"""The settings that make a recipe the formulation of 2015; α, β and the optimiser are free, and the λ_l
where they are given."""


@dataclass(frozen=True)
class Recipe(PaintOptions):
    """All settings of a run: the same recipe and the same pictures give the same painting.

    ``content``, ``styles`` and ``mask`` are paths as the person gave them; ``style_weights`` (one for
    each style, or none for equal shares) blend several styles; ``mask`` is "" for no mask;
    ``regions`` are masks too, one for each style (white where it paints, "" for everywhere), or none.
    """

    content: str = ""
    styles: tuple[str, ...] = ()
    style_weights: tuple[float, ...] = ()
    mask: str = ""
    regions: tuple[str, ...] = ()

    @property
    def layer_weights(self) -> dict[str, float]:
        """λ_l of each style layer."""
        weights = (self.lambda1, self.lambda2, self.lambda3, self.lambda4, self.lambda5)
        return dict(zip(STYLE_LAYERS, weights, strict=True))

    @property
    def style_shares(self) -> tuple[float, ...]:
        """The weight of each style, adding up to 1."""
        weights = self.style_weights or (1.0,) * len(self.styles)
        return tuple(weight / sum(weights) for weight in weights)

    @property
    def styled(self) -> bool:
        """Whether the style pulls at all."""
        pull = self.strength if self.weighting == "strength" else self.beta
        return pull > 0 and any(self.layer_weights.values())

    @property
    def pulled_by_unit(self) -> bool:
        """Whether a unit pulls at all."""
        return bool(self.unit) and self.unit_weight > 0

    def check(self) -> None:
        """Make sure that the recipe can be painted.

        Raises:
            EngineError: BAD_VALUE naming the setting.
        """
        validate(self)
        if not self.styles:
            raise _bad("styles", "Give at least one style picture.")
        if self.style_weights and len(self.style_weights) != len(self.styles):
            raise _bad(
                "style_weights",
                f"There are {len(self.styles)} styles but {len(self.style_weights)} weights. "
                "Give one weight for each style, or none.",
            )
        if any(not math.isfinite(weight) or weight < 0 for weight in self.style_weights):
            raise _bad("style_weights", "The weights of the styles must be 0 or more.")
        if self.style_weights and sum(self.style_weights) == 0:
            raise _bad("style_weights", "At least one style needs a weight above 0.")
        if self.regions and len(self.regions) != len(self.styles):
            raise _bad(
                "regions",
                f"There are {len(self.styles)} styles but {len(self.regions)} regions. "
                "Give one mask for each style, or none.",
            )
        if self.tile and self.loss in WHOLE_LOSSES:
            raise _bad(
                "tile",
                "This style loss needs the whole picture at once; set tile to 0 or loss to gram or w2.",
            )
        try:
            parse_unit(self.unit)
        except ValueError as error:
            raise _bad("unit", str(error)) from error
        aimless = not self.styled and self.alpha == 0 and self.weighting == "weights"
        if aimless and not self.pulled_by_unit:
            raise _bad("beta", "α and β (or all λ) are 0: there is nothing to paint towards.")

    def to_json(self) -> dict[str, Any]:
        """Return the recipe as a JSON object; :meth:`from_json` reads it back."""
        return {
            "version": VERSION,
            "content": self.content,
            "styles": list(self.styles),
            "style_weights": list(self.style_weights),
            "mask": self.mask,
            "regions": list(self.regions),
            **{declared.name: getattr(self, declared.name) for declared in options_of(self)},
        }

    @classmethod
    def from_json(cls, document: str | Mapping[str, Any]) -> Recipe:
        """Read what :meth:`to_json` gave; what is missing has its default.

        Raises:
            EngineError: BAD_VALUE naming every unknown or bad value, or saying that a newer version
                of the program wrote the recipe.
        """
        values = _parse(document)
        version = values.pop("version", None)
        if not isinstance(version, int) or version < 1:
            raise _bad("version", "This is not a recipe: its version is missing.")
        if version > VERSION:
            raise _bad(
                "version",
                f"This recipe has version {version}; this program reads up to {VERSION}. "
                "Install a newer Triptych.",
            )
        if version < 2:
            values = _BEFORE_2 | values
        if version < 3:
            values = _BEFORE_3 | values
        if version < 4:
            values = _BEFORE_4 | values
        content = _typed(values, "content", str, "")
        mask = _typed(values, "mask", str, "")
        styles = _sequence(values, "styles", str)
        regions = _sequence(values, "regions", str)
        weights = _sequence(values, "style_weights", int | float)
        settings, problems = read_options(cls, values)
        if problems:
            raise _bad("recipe", "The recipe cannot be used: " + " ".join(problems))
        return replace(
            settings,
            content=content,
            styles=styles,
            style_weights=tuple(float(weight) for weight in weights),
            mask=mask,
            regions=regions,
        )


def _bad(setting: str, sentence: str) -> EngineError:
    return EngineError(ErrorCode.BAD_VALUE, sentence, setting)


def _parse(document: str | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(document, Mapping):
        return dict(document)
    try:
        values = json.loads(document)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _bad("recipe", f"The recipe is not valid JSON ({error}).") from error
    if not isinstance(values, dict):
        raise _bad("recipe", "The recipe is not a JSON object.")
    return values


def _typed(values: dict[str, Any], name: str, kind: type, default: Any) -> Any:
    value = values.pop(name, default)
    if not isinstance(value, kind):
        raise _bad(name, f"{name} must be a text, not {value!r}.")
    return value


def _sequence(values: dict[str, Any], name: str, kind: Any) -> tuple[Any, ...]:
    value = values.pop(name, [])
    whole = isinstance(value, Sequence) and not isinstance(value, str)
    if not whole or any(not isinstance(item, kind) or isinstance(item, bool) for item in value):
        raise _bad(name, f"{name} is not a list of the right kind: {value!r}.")
    return tuple(value)
