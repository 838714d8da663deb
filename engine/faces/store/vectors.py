"""Encodings as the bytes that are sealed: 128 little-endian float32 each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.faces.matching import Encodings
from engine.faces.store.database import damaged

ENCODING_LENGTH: Final = 128


def to_bytes(vector: NDArray[np.float32]) -> bytes:
    """Return an encoding as bytes."""
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def from_bytes(blobs: Sequence[bytes], path: Path) -> Encodings:
    """Return N × 128 encodings of the gallery at ``path``.

    Raises:
        EngineError: GALLERY_DAMAGED when one has another length or holds something that is not a number.
    """
    if any(len(blob) != 4 * ENCODING_LENGTH for blob in blobs):
        raise damaged(path, f"an encoding does not hold {ENCODING_LENGTH} numbers")
    vectors = np.frombuffer(b"".join(blobs), dtype="<f4").reshape(-1, ENCODING_LENGTH).astype(np.float32)
    if not np.isfinite(vectors).all():
        raise damaged(path, "an encoding holds something that is not a number")
    return vectors
