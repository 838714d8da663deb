"""Loads a network by its name and takes out the part that is explained."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn

from engine.convnets import ConvNet
from engine.device import memory_guard
from engine.errors import EngineError, ErrorCode
from engine.explorer.kinds import absolute, explainable, inputs_of_card, is_own, weights_of
from engine.explorer.networks import Explained
from engine.explorer.own import load_own
from engine.files import sha256_of
from engine.models import ModelCard, Models

WHOLE_HASH = 64


def load_network(models: Models, name: str) -> Explained:
    """Return a network ready to be explained, on the device of ``models``; the second time at once.

    Args:
        name: on the list of models, of a torchvision classifier, or of a person's own file (see ``own``).

    Raises:
        EngineError: MODEL_UNKNOWN naming those there are; MODEL_MISSING or MODEL_DAMAGED; FILE_MISSING.
    """
    if is_own(name):
        return models.kept(f"explained {absolute(name)}", lambda: _own(models, absolute(name)))
    try:
        card = models.card(name)
    except EngineError as error:
        raise _unknown(models, name) from error
    if not explainable(card):
        raise _unknown(models, name)
    return models.kept(f"explained {name}", lambda: _listed(models, card))


def _unknown(models: Models, name: str) -> EngineError:
    known = ", ".join(card.id for card in models.cards if explainable(card))
    detail = (
        f"There is no network {name!r} to explain; there is {known}, every classifier of torchvision by its "
        "name once it is downloaded, and your own as FILE.pt2 or ARCHITECTURE@FILE."
    )
    return EngineError(ErrorCode.MODEL_UNKNOWN, detail, name)


def _listed(models: Models, card: ModelCard) -> Explained:
    module = models.network(card.id)
    whole = len(card.sha256) == WHOLE_HASH
    weights = card.sha256 if whole else sha256_of(models.file(card.id))
    return Explained(card.id, weights, body_of(module), inputs_of_card(card))


def _own(models: Models, name: str) -> Explained:
    module, inputs = load_own(models, name)
    with memory_guard("Choose the CPU in the settings, or close other programs."):
        return Explained(name, weights_of(models, name), module.to(models.device).eval(), inputs)


def body_of(module: nn.Module) -> nn.Module:
    """Return a network without its own normalisation and, for the face encoder, without its dense end."""
    if isinstance(module, ConvNet):
        return nn.Sequential(OrderedDict(module.layers.items()))
    parts = dict(module.named_children())
    if "stem" in parts and "blocks" in parts:
        return nn.Sequential(OrderedDict(stem=parts["stem"], blocks=parts["blocks"]))
    return module
