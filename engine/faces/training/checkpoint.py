"""Checkpoints: everything that the next step depends on, one file an epoch, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.training.recipe import TrainRecipe
from engine.faces.training.records import EpochRecord, FaceSet, StepRecord
from engine.files import writing

if TYPE_CHECKING:
    from torch import Tensor

MOST: Final = 20
"""Checkpoints kept of one run, and bytes of all together; the newest two and the best always stay."""
MOST_BYTES: Final = 512 * 1024 * 1024
ALWAYS: Final = 2

_NAME: Final = "epoch-{epoch:05d}.safetensors"
_PATTERN: Final = re.compile(r"epoch-(\d{5,})\.safetensors")


@dataclass(frozen=True)
class Journal:
    """What a run has behind it after ``epoch`` epochs: all steps and epochs, and which was the best."""

    recipe: TrainRecipe
    data: str
    epoch: int
    best_epoch: int
    steps: tuple[StepRecord, ...]
    epochs: tuple[EpochRecord, ...]


def data_identity(faces: FaceSet) -> str:
    """Return a digest of a data set's photos and of whose they are; not of where it lies."""
    digest = hashlib.sha256()
    for owner, photo in zip(faces.owners.tolist(), faces.digests, strict=True):
        digest.update(f"{faces.people[owner]}\n{photo}\n".encode())
    return digest.hexdigest()


def list_checkpoints(folder: Path) -> tuple[tuple[int, Path], ...]:
    """Return (epoch, file) of every checkpoint in a folder, the oldest first."""
    if not folder.is_dir():
        return ()
    found = ((_PATTERN.fullmatch(path.name), path) for path in folder.iterdir())
    return tuple(sorted((int(match[1]), path) for match, path in found if match))


def write_checkpoint(folder: Path, state: Mapping[str, Tensor], journal: Journal) -> Path:
    """Write a checkpoint and drop old ones beyond :data:`MOST` and :data:`MOST_BYTES`.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE; the checkpoints before are untouched.
    """
    from safetensors.torch import save

    path = folder / _NAME.format(epoch=journal.epoch)
    with writing(path) as file:
        file.write(save(dict(state), {"journal": json.dumps(asdict(journal))}))
    total = 0
    for place, (epoch, old) in enumerate(reversed(list_checkpoints(folder))):
        total += old.stat().st_size
        if place >= ALWAYS and epoch != journal.best_epoch and (place >= MOST or total > MOST_BYTES):
            old.unlink(missing_ok=True)
    return path


def read_journal(path: Path) -> Journal:
    """Read what a checkpoint has behind it, without its tensors.

    Raises:
        EngineError: CHECKPOINT_OTHER when the file is none.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as file:
            return _journal(json.loads((file.metadata() or {})["journal"]))
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.CHECKPOINT_OTHER,
            f"{path} is no checkpoint of a training run ({error}). Delete it, or choose another folder.",
            str(path),
        ) from error


def read_checkpoint(path: Path, recipe: TrainRecipe, data: str) -> tuple[dict[str, Tensor], Journal]:
    """Read a checkpoint of this very run.

    Raises:
        EngineError: CHECKPOINT_OTHER when it is of another recipe or data set, or no checkpoint.
    """
    from safetensors.torch import load_file

    journal = read_journal(path)
    if journal.recipe != recipe or journal.data != data:
        what = "other settings" if journal.recipe != recipe else "other photos"
        raise EngineError(
            ErrorCode.CHECKPOINT_OTHER,
            f"{path} was made with {what}. Choose an empty folder for the checkpoints of this run.",
            str(path),
        )
    return load_file(path), journal


def _journal(fields: dict[str, Any]) -> Journal:
    return Journal(
        TrainRecipe(**fields["recipe"]),
        str(fields["data"]),
        int(fields["epoch"]),
        int(fields["best_epoch"]),
        tuple(StepRecord(**step) for step in fields["steps"]),
        tuple(EpochRecord(**epoch) for epoch in fields["epochs"]),
    )
