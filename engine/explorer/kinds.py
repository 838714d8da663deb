"""Which inputs belong to a network's card, and to an index. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from engine.errors import EngineError, ErrorCode
from engine.explorer.inputs import Inputs
from engine.explorer.preprocess import IMAGENET, Preprocessing
from engine.models import ModelCard

KINDS: Mapping[str, type[Any]] = {"pictures": Preprocessing}


def explainable(card: ModelCard) -> bool:
    """Whether a network on the list of models is a ConvNet whose units can be explained."""
    return card.architecture.endswith("-features") or card.architecture in ("sface",)


def inputs_of_card(card: ModelCard) -> Inputs:
    """Return how a network's input is made, from its card's ``preprocessing``."""
    given = dict(card.preprocessing)
    if "kind" in given:
        return inputs_from(given)
    low, high = given.get("range", [0.0, 1.0])
    mean = tuple((float(one) - low) / (high - low) for one in given["mean"])
    std = tuple(float(one) / (high - low) for one in given["std"])
    crop = int(given.get("crop", IMAGENET.crop))
    resize = int(given.get("resize", crop))
    if (mean, std, crop, resize) == (IMAGENET.mean, IMAGENET.std, IMAGENET.crop, IMAGENET.resize):
        return IMAGENET
    interpolation = str(given.get("interpolation", "bilinear")).partition(",")[0]
    return Preprocessing(card.id, resize, crop, interpolation, True, mean, std)


def inputs_from(record: Mapping[str, Any]) -> Inputs:
    """Return the inputs that a record describes: that of an index, or of a card.

    Raises:
        EngineError: INDEX_STALE when this program does not know them.
    """
    kind = KINDS.get(str(record.get("kind")))
    names = {field.name for field in fields(kind)} if kind else set()
    if kind is None or set(record) - {"kind"} != names:
        raise EngineError(
            ErrorCode.INDEX_STALE,
            "The index was made with a preprocessing that this program does not know. Scan again.",
            str(record.get("name")),
        )
    inputs: Inputs = kind(
        **{
            key: tuple(value) if isinstance(value, list) else value
            for key, value in record.items()
            if key != "kind"
        }
    )
    return inputs
