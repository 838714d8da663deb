"""Choosing a network: which there are, and what a chosen one is shown. Importing this imports no torch."""

from __future__ import annotations

from engine.explorer.inputs import Inputs
from engine.explorer.kinds import explainable
from engine.jobs import Task
from engine.models import Models


def known_networks(models: Models) -> Task[None, tuple[str, ...]]:
    """Return the names of all networks that can be explained: those listed, and torchvision's classifiers."""
    listed = tuple(card.id for card in models.cards if explainable(card))
    yield None
    from engine.classifiers import classifier_names

    yield None
    return (*listed, *(name for name in classifier_names() if name not in listed))


def read_inputs(models: Models, network: str) -> Task[None, Inputs]:
    """Load a network and return how its input is made.

    Raises:
        EngineError: MODEL_UNKNOWN, MODEL_MISSING, MODEL_DAMAGED or FILE_MISSING.
    """
    yield None
    from engine.explorer.loading import load_network

    yield None
    return load_network(models, network).inputs
