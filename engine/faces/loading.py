"""Loads the face networks when a task needs them, so that importing tasks stays cheap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.models import Models

if TYPE_CHECKING:
    from engine.faces.recogniser import Recogniser


def load_recogniser(models: Models) -> Recogniser:
    """Return detector and encoder on the device of ``models``; the first call imports torch and OpenCV.

    Raises:
        EngineError: what :meth:`Models.file` and :meth:`Models.network` raise.
    """
    from engine.faces.recogniser import Recogniser

    return Recogniser(models)
