"""The LFW protocol as a task: from a folder of photos to a report. Importing it loads no torch."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.answers import PairsResult
from engine.faces.loading import load_recogniser
from engine.faces.matching import Encodings
from engine.faces.pairs import evaluate, read_pairs
from engine.faces.spread import spread
from engine.images import read_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from engine.faces.recogniser import AlignedFace, Recogniser


def measure_pairs(
    models: Models, images: Path, pairs_file: Path, encoder: Path | None = None
) -> Task[Progress, PairsResult]:
    """Run the LFW protocol on photos ``images/Name/Name_0001.jpg`` and so on, used as they are.

    Of several faces the most prominent counts. A photo without a face is refused whatever it is compared
    with.

    Args:
        encoder: the file of a trained encoder; None takes the one on board.

    Raises:
        EngineError: PAIRS_INVALID, also when the folder lacks photos that the pairs name; or what
            :func:`read_picture` and the networks raise.
    """
    pairs = read_pairs(pairs_file)
    wanted = sorted({photo for pair in pairs for photo in (pair.first, pair.second)})
    _check_present(images, wanted, pairs_file)
    recogniser = load_recogniser(models)
    encode = _encoding_by(encoder, models)
    yield None
    start = time.monotonic()
    rows = yield from encode_photos(recogniser, [_photo_path(images, photo) for photo in wanted], encode)
    found = {photo: row for photo, row in zip(wanted, rows, strict=True) if row is not None}
    no_face = tuple(f"{name}_{number:04d}" for name, number in wanted if (name, number) not in found)
    apart = np.array(
        [
            2.0 - 2.0 * float(found[pair.first] @ found[pair.second])
            if pair.first in found and pair.second in found
            else np.inf
            for pair in pairs
        ]
    )
    same = np.array([pair.same for pair in pairs])
    report = evaluate(apart, same, np.array([pair.fold for pair in pairs]))
    return PairsResult(pairs, apart, report, no_face, len(wanted), time.monotonic() - start)


def encode_photos(
    recogniser: Recogniser, photos: Sequence[Path], encode: Callable[[list[AlignedFace]], Encodings]
) -> Task[Progress, list[NDArray[np.float32] | None]]:
    """Return for each photo the encoding (128) of its most prominent face, None where there is no face.

    Raises:
        EngineError: what :func:`read_picture` and ``encode`` raise.
    """

    def look(photo: Path) -> Encodings:
        faces = recogniser.find(read_picture(photo).rgb)
        return encode([faces[0]]) if faces else np.empty((0, 0), np.float32)

    pace = Pace(len(photos))
    rows: list[NDArray[np.float32] | None] = []
    for looked in spread(look, photos, recogniser.workers):
        if looked is None:
            yield None
            continue
        rows.append(looked[0] if len(looked) else None)
        yield pace.at(len(rows))
    return rows


def _encoding_by(encoder: Path | None, models: Models) -> Callable[[list[AlignedFace]], Encodings]:
    from engine.faces.encode import MODEL, Encoder
    from engine.faces.training.encoders import file_encoder

    if encoder is None:
        on_board = Encoder(models, MODEL)  # also while the desk uses another one
        return lambda faces: on_board.encode([face.crop for face in faces])
    encode = file_encoder(encoder, models).encode
    return lambda faces: encode(np.stack([face.crop for face in faces]))


def _check_present(images: Path, photos: list[tuple[str, int]], pairs_file: Path) -> None:
    missing = [photo for photo in photos if not _photo_path(images, photo).is_file()]
    if missing:
        name, number = missing[0]
        raise EngineError(
            ErrorCode.PAIRS_INVALID,
            f"{pairs_file} names {len(missing)} of {len(photos)} photos that are not in {images}, the first "
            f"one {name}/{name}_{number:04d}. Give the folder that the pairs were made for.",
            str(pairs_file),
        )


def _photo_path(images: Path, photo: tuple[str, int]) -> Path:
    name, number = photo
    path = images / name / f"{name}_{number:04d}.jpg"
    if path.is_file():
        return path
    return next(iter(sorted(path.parent.glob(f"{path.stem}.*"))), path)
