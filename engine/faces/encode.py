"""From an aligned face to its encoding: a point on the unit sphere in 128 dimensions.

SFace (Zhong et al., SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition, IEEE TIP 2021).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray

from engine.device import memory_guard
from engine.images import Rgb
from engine.models import Models

MODEL = "sface"
"""The id of the encoder; stored beside every encoding, because those of two models cannot be compared."""

BATCH = 8
"""Crops a forward pass: what more of them pass from layer to layer does not stay in a processor's cache."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute on one CPU thread.

    The layers are so short that threads mostly wait for each other: beside a busy window and camera on two
    cores, two threads took 240 ms a face where one took 32.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Encoder:
    """Encodes aligned crops on the device of ``models``.

    Args:
        model: the encoder's id; None takes the one that the desk uses.

    Raises:
        EngineError: what :meth:`Models.network` raises.
    """

    def __init__(self, models: Models, model: str | None = None) -> None:
        self.model = models.face_encoder if model is None else model
        self._network = models.network(self.model)
        self._device = models.device
        self.workers = torch.get_num_threads() if self._device == "cpu" else 1
        """How many threads may encode at once to the good of all (:mod:`engine.faces.spread`)."""

    def encode(self, crops: Sequence[Rgb]) -> NDArray[np.float32]:
        """Return N × 128 unit encodings of N crops (uint8, 112 × 112 × 3, RGB).

        Raises:
            EngineError: OUT_OF_MEMORY.
        """
        if not crops:
            return np.empty((0, 128), np.float32)
        with memory_guard("Use fewer pictures at once."), torch.inference_mode(), one_thread():
            parts = [
                self._network(self._batch(crops[start : start + BATCH])).float().cpu().numpy()
                for start in range(0, len(crops), BATCH)
            ]
        encodings: NDArray[np.float32] = np.concatenate(parts)
        return encodings

    def _batch(self, crops: Sequence[Rgb]) -> torch.Tensor:
        pixels = torch.from_numpy(np.stack(crops)).to(self._device)
        return pixels.permute(0, 3, 1, 2).to(torch.float32)
