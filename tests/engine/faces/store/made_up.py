"""For tests of the gallery: made-up people, each around a point of its own on the sphere."""

from __future__ import annotations

import numpy as np

from engine.faces.store.records import NewEncoding


def encoding(
    seed: int, look: int = 0, *, model: str = "sface", spread: float = 0.5, photo: bytes | None = None
) -> NewEncoding:
    """Return look number ``look`` of person ``seed``; ``spread`` is how far looks of one person lie apart."""
    centre = np.random.default_rng(seed).normal(size=128)
    noise = np.random.default_rng((seed, look + 1)).normal(size=128) * spread
    vector = (centre + noise).astype(np.float32)
    return NewEncoding(
        vector / np.linalg.norm(vector), model, "photo", f"secret-{seed}-{look}.jpg", 0.8, photo
    )
