"""What is stored when somebody is enrolled, and what the person at the desk is told about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.faces.answers import HINTS, Remark, RemarkKind
from engine.faces.gallery import NewEncoding
from engine.faces.matching import Encodings, Known, Thresholds, distances
from engine.faces.quality import Quality

if TYPE_CHECKING:
    from engine.faces.recogniser import AlignedFace


def new_encoding(
    vector: NDArray[np.float32], model: str, source: str, file: str, face: AlignedFace, *, keep_photos: bool
) -> NewEncoding:
    """Return the gallery's row for one face; its crop goes along only when photos are kept."""
    from engine.faces.recogniser import as_png

    photo = as_png(face.crop) if keep_photos else None
    return NewEncoding(vector, model, source, file, face.quality.score, photo)


def skipped(error: EngineError) -> Remark:
    """Return the remark on a photo that could not be used."""
    return Remark(RemarkKind.PHOTO_SKIPPED, error.subject, f"Passed over: {error.detail}")


def remarks_on(
    vectors: Encodings, known: Known, name: str, best: Quality, thresholds: Thresholds
) -> tuple[Remark, ...]:
    """Compare new encodings with those in the gallery before they are stored.

    Warned of: a photo of somebody enrolled under this name that is beyond τ of all of this person's
    encodings (two people with one name?); another person within τ (a duplicate or a lookalike?); and what
    would have made the best photo better.

    Args:
        vectors: M × 128, the new encodings of ``name``.
        known: the gallery as it was before.
    """
    remarks = []
    if best.hint is not None:
        remarks.append(Remark(RemarkKind.HINT, best.hint.value, HINTS[best.hint]))
    if not known.people:
        return tuple(remarks)
    apart = distances(vectors, known.vectors)
    mine = np.array([known.people[owner].name == name for owner in known.owners])
    if mine.any() and float(apart[:, mine].min(axis=1).max()) > thresholds.verify:
        sentence = (
            f"A new photo does not look like the {name} who is already enrolled "
            f"(squared distance {apart[:, mine].min(axis=1).max():.2f}). "
            "Two people of one name need two names."
        )
        remarks.append(Remark(RemarkKind.UNLIKE_SELF, name, sentence))
    others = np.where(mine, np.inf, apart.min(axis=0))
    nearest = int(np.argmin(others))
    if float(others[nearest]) <= thresholds.verify:
        other = known.people[known.owners[nearest]].name
        sentence = (
            f"{other} looks alike (squared distance {others[nearest]:.2f}): the same person under another "
            "name, or a lookalike who should be verified 1:1."
        )
        remarks.append(Remark(RemarkKind.LIKE_OTHER, other, sentence))
    return tuple(remarks)
