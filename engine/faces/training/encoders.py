"""Encoders by name: the one on board, or a file that the lab has written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.device import memory_guard
from engine.faces.encode import Encoder, one_thread
from engine.faces.training.adoption import ON_BOARD
from engine.faces.training.evaluation import Judge, squared_distance
from engine.faces.training.learner import judge_of
from engine.faces.training.trained import EncoderCard, load_encoder
from engine.models import Models


@dataclass(frozen=True, eq=False)
class ReadyEncoder:
    """How an encoder encodes crops (N × 112 × 112 × 3) and compares; its card unless on board."""

    encode: Callable[[NDArray[np.uint8]], NDArray[np.float32]]
    judge: Judge
    top: float
    card: EncoderCard | None


def encoder_by_name(name: str, models: Models) -> ReadyEncoder:
    """Return the encoder on board for "sface", else the one in the file of this name.

    Raises:
        EngineError: what :class:`Encoder` and :func:`load_encoder` raise.
    """
    if name == ON_BOARD:
        encoder = Encoder(models, ON_BOARD)
        return ReadyEncoder(lambda crops: encoder.encode(list(crops)), squared_distance, 4.0, None)
    return file_encoder(Path(name), models)


def file_encoder(path: Path, models: Models) -> ReadyEncoder:
    """Return a trained encoder.

    Raises:
        EngineError: what :func:`load_encoder` raises.
    """
    loaded = load_encoder(path, models.device)

    def encode(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        with memory_guard("Use fewer pictures at once."), torch.inference_mode(), one_thread():
            pixels = torch.from_numpy(crops).to(models.device).permute(0, 3, 1, 2).float()
            encodings: NDArray[np.float32] = loaded.encoder(pixels).cpu().numpy()
        return encodings

    return ReadyEncoder(encode, judge_of(loaded.head), 4.0 if loaded.head is None else 1.0, loaded.card)
