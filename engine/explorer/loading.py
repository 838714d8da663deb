"""Loads a network by its name and takes out the part that is explained."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn

from engine.convnets import ConvNet
from engine.errors import EngineError, ErrorCode
from engine.explorer.kinds import explainable, inputs_of_card
from engine.explorer.networks import Explained
from engine.models import Models


def load_network(models: Models, name: str) -> Explained:
    """Return a network ready to be explained, on the device of ``models``; the second time at once.

    Raises:
        EngineError: MODEL_UNKNOWN naming those there are; MODEL_MISSING or MODEL_DAMAGED.
    """
    known = [card.id for card in models.cards if explainable(card)]
    if name not in known:
        raise EngineError(
            ErrorCode.MODEL_UNKNOWN,
            f"There is no network {name!r} to explain; there is {', '.join(known)}.",
            name,
        )
    card = models.card(name)

    def explained(module: nn.Module) -> Explained:
        return Explained(card.id, card.sha256, body_of(module), inputs_of_card(card))

    return models.derived(name, explained)


def body_of(module: nn.Module) -> nn.Module:
    """Return a network without its own normalisation and, for the face encoder, without its dense end."""
    if isinstance(module, ConvNet):
        return nn.Sequential(OrderedDict(module.layers.items()))
    parts = dict(module.named_children())
    if "stem" in parts and "blocks" in parts:
        return nn.Sequential(OrderedDict(stem=parts["stem"], blocks=parts["blocks"]))
    return module
