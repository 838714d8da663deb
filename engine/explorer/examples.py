"""Recordings and volumes to try the small networks on, to which photos say nothing. No torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.files import writing
from engine.jobs import Task
from resources.models import planted

EACH = 14
"""Files of every motif, and as many of noise alone."""
SEED = 77
"""Another one than in training: the networks have seen none of these."""


def make_examples(kind: str, folder: Path) -> Task[None, Path]:
    """Write generated recordings or volumes into a folder, a sub-folder a motif, and return the folder.

    The same numbers every time: a scan of them that is stored stays valid.

    Args:
        kind: ``signals`` or ``volumes``.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    rng = np.random.default_rng(SEED)
    names = planted.MOTIFS if kind == "signals" else planted.SHAPES
    for name in (*names, None):
        for number in range(EACH):
            numbers = planted.signal(name, rng)[0] if kind == "signals" else planted.volume(name, rng)[0]
            path = folder / (name or "nothing") / f"{number:02d}.npy"
            if not path.exists():
                with writing(path) as file:
                    np.save(file, numbers.astype(np.float32))
        yield None
    return folder
