"""The recipe: every setting of one painting, declared once, kept as JSON in the saved picture. No torch."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import EngineError, ErrorCode
from engine.options import option, options_of, read_options, validate
from engine.words import translate

VERSION = 2
"""Version 1 knew one size only; what it left out has the default, apart from :data:`_BEFORE_2`."""

_BEFORE_2 = {"pyramid": False}

CONTENT_LAYER = "relu4_2"
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
}
"""The settings that make a recipe the formulation of 2015; α, β, the λ_l and the optimiser are free."""


@dataclass(frozen=True)
class Recipe:
    """All settings of a run: the same recipe and the same pictures give the same painting.

    ``content``, ``styles`` and ``mask`` are paths as the person gave them; ``style_weights`` (one for
    each style, or none for equal shares) blend several styles; ``mask`` is "" for no mask;
    ``regions`` are masks too, one for each style (white where it paints, "" for everywhere), or none. The
    rest is declared with range, label and help.
    """

    content: str = ""
    styles: tuple[str, ...] = ()
    style_weights: tuple[float, ...] = ()
    mask: str = ""
    regions: tuple[str, ...] = ()
    size: int = option(
        512,
        label=translate("Option", "Size"),
        help=translate("Option", "Longer side of the painting, in pixels. The style is scaled along."),
        between=(32, 8192),
        slider=(128, 2048),
        logarithmic=True,
    )
    iterations: int = option(
        150,
        label=translate("Option", "Iterations"),
        help=translate("Option", "How many steps the optimiser takes."),
        between=(1, 100_000),
        slider=(20, 1000),
        logarithmic=True,
    )
    weighting: str = option(
        "weights",
        label=translate("Option", "Balance"),
        help=translate(
            "Option",
            "By strength, which means the same for any pair of pictures, or by α and β as in the paper.",
        ),
        choices={
            "strength": translate("Option", "By strength"),
            "weights": translate("Option", "By α and β"),
        },
        advanced=True,
    )
    strength: float = option(
        50.0,
        label=translate("Option", "Strength"),
        help=translate("Option", "From the photo (0) to the painting (100); the same for any pair."),
        between=(0.0, 100.0),
    )
    brush: float = option(
        1.0,
        label=translate("Option", "Brush size"),
        help=translate("Option", "Longer side of the style as a fraction of the painting's."),
        between=(0.1, 4.0),
        slider=(0.25, 2.0),
        logarithmic=True,
    )
    beta: float = option(
        100.0,
        label=translate("Option", "Style strength β"),
        help=translate("Option", "Weight of the style loss. Ten times more is clearly more painterly."),
        between=(0.0, 1e6),
        slider=(1.0, 1e4),
        logarithmic=True,
    )
    pyramid: bool = option(
        True,
        label=translate("Option", "From small to large"),
        help=translate("Option", "Paint a small picture first and enlarge it: larger strokes, much quicker."),
    )
    init: str = option(
        "content",
        label=translate("Option", "Start from"),
        help=translate("Option", "The photo, or white noise as in the paper (needs more iterations)."),
        choices={
            "content": translate("Option", "The content picture"),
            "noise": translate("Option", "White noise"),
        },
    )
    color: str = option(
        "painting",
        label=translate("Option", "Colours"),
        help=translate("Option", "Of the painting, of the photo, or the style matched to the photo first."),
        choices={
            "painting": translate("Option", "Of the painting"),
            "photo": translate("Option", "Of the photo"),
            "match": translate("Option", "Palette matched to the photo"),
        },
    )
    color_amount: float = option(
        1.0,
        label=translate("Option", "Amount of colour"),
        help=translate("Option", "How much of the photo's colours, from 0 (as painted) to 1."),
        between=(0.0, 1.0),
    )
    optimizer: str = option(
        "lbfgs",
        label=translate("Option", "Optimiser"),
        help=translate("Option", "L-BFGS needs about a third of Adam's iterations."),
        choices={"lbfgs": "L-BFGS", "adam": "Adam"},
    )
    learning_rate: float = option(
        0.02,
        label=translate("Option", "Learning rate"),
        help=translate("Option", "Length of Adam's steps; L-BFGS finds its own."),
        between=(1e-4, 1.0),
        logarithmic=True,
        advanced=True,
    )
    loss: str = option(
        "gram",
        label=translate("Option", "Style loss"),
        help=translate(
            "Option", "Gram matrices as in the paper, or a Wasserstein distance, which wants a tenth of β."
        ),
        choices={
            "gram": translate("Option", "Gram matrices"),
            "w2": translate("Option", "Wasserstein-2 of Gaussians"),
            "sliced": translate("Option", "Sliced Wasserstein"),
        },
        advanced=True,
    )
    alpha: float = option(
        1.0,
        label=translate("Option", "Content weight α"),
        help=translate("Option", "Weight of the content loss. Only its ratio to β matters."),
        between=(0.0, 1e6),
        slider=(1e-3, 1e3),
        logarithmic=True,
        advanced=True,
    )
    lambda1: float = option(
        0.2,
        label=translate("Option", "λ relu1_1 · grain"),
        help=translate("Option", "Share of this layer in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda2: float = option(
        0.2,
        label=translate("Option", "λ relu2_1 · texture"),
        help=translate("Option", "Share of this layer in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda3: float = option(
        0.2,
        label=translate("Option", "λ relu3_1 · strokes"),
        help=translate("Option", "Share of this layer in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda4: float = option(
        0.2,
        label=translate("Option", "λ relu4_1 · shapes"),
        help=translate("Option", "Share of this layer in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    lambda5: float = option(
        0.2,
        label=translate("Option", "λ relu5_1 · composition"),
        help=translate("Option", "Share of this layer in the style loss (λ)."),
        between=(0.0, 1e6),
        slider=(0.0, 1.0),
        advanced=True,
    )
    smoothing: float = option(
        0.0,
        label=translate("Option", "Smoothing"),
        help=translate("Option", "Weight of the total variation: more is smoother."),
        between=(0.0, 1e6),
        slider=(0.0, 100.0),
        advanced=True,
    )
    network: str = option(
        "vgg16",
        label=translate("Option", "Network"),
        help=translate("Option", "VGG16 is on board; VGG19 has to be downloaded once."),
        choices={"vgg16": "VGG16", "vgg19": "VGG19"},
        advanced=True,
    )
    averaging: float = option(
        0.0,
        label=translate("Option", "Averaging"),
        help=translate("Option", "Shows the mean of the last iterates; nearer 1 is longer. Calms Adam."),
        between=(0.0, 0.999),
        advanced=True,
    )
    precision: str = option(
        "fp32",
        label=translate("Option", "Precision"),
        help=translate(
            "Option", "Of the network. 16 bits are quicker where the processor has them; losses keep 32."
        ),
        choices={
            "fp32": translate("Option", "32 bits"),
            "bf16": translate("Option", "16 bits"),
            "auto": translate("Option", "16 bits where they are quicker"),
        },
        advanced=True,
    )
    tile: int = option(
        0,
        label=translate("Option", "Tile"),
        help=translate("Option", "Side of the tiles in pixels; 0 tiles only what does not fit into memory."),
        between=(0, 8192),
        advanced=True,
    )
    seed: int = option(
        0,
        label=translate("Option", "Seed"),
        help=translate("Option", "Chooses the noise. The same seed gives the same painting."),
        between=(0, 2**31 - 1),
        advanced=True,
    )

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
        if not self.styled and self.alpha == 0 and self.weighting == "weights":
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
