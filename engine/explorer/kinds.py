"""Which inputs belong to a network's card, and to an index. No torch."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from engine.errors import EngineError, ErrorCode
from engine.explorer.inputs import Inputs
from engine.explorer.preprocess import IMAGENET, Preprocessing
from engine.explorer.recordings import Windows
from engine.files import sha256_of
from engine.models import CLASSIFIER, ModelCard, Models

_OTHERS = ("sface", "planted-1d", "planted-3d")

KINDS: Mapping[str, type[Any]] = {"pictures": Preprocessing, "signals": Windows, "volumes": Windows}


def explainable(card: ModelCard) -> bool:
    """Whether a network on the list of models is a ConvNet whose units can be explained."""
    listed = card.architecture.endswith("-features") or card.architecture in _OTHERS
    return listed or card.architecture.startswith(CLASSIFIER)


def is_own(name: str) -> bool:
    """Whether a network's name says a person's own file: ``FILE.pt2`` or ``ARCHITECTURE@FILE``."""
    return name.endswith(".pt2") or "@" in name


def own_file(name: str) -> Path:
    """Return the file of a person's own network."""
    return Path(name if name.endswith(".pt2") else name.partition("@")[2])


def absolute(name: str) -> str:
    """Return a network's name with the path of an own file made absolute, as an index stores it."""
    if not is_own(name):
        return name
    path = os.path.abspath(own_file(name))  # noqa: PTH100 - resolve() would follow links
    return path if name.endswith(".pt2") else f"{name.partition('@')[0]}@{path}"


def weights_of(models: Models, name: str) -> str:
    """Return the SHA-256 that an index of a network must have been made with, or its first digits.

    Raises:
        EngineError: MODEL_UNKNOWN; FILE_MISSING when a person's own file is gone.
    """
    if not is_own(name):
        return models.card(name).sha256
    try:
        return sha256_of(own_file(name))
    except OSError as error:
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file {own_file(name)}.", name) from error


def kind_of(models: Models, name: str) -> str:
    """Return what a network looks at: ``pictures``, ``signals`` or ``volumes``.

    Raises:
        EngineError: MODEL_UNKNOWN.
    """
    return "pictures" if is_own(name) else inputs_of_card(models.card(name)).kind


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
