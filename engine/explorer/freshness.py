"""Whether an index still belongs to the weights and the pictures at hand. No torch."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.explorer.aligned import FORMAT, check_faces
from engine.explorer.index import Index
from engine.explorer.inputs import Inputs
from engine.files import sha256_of


def check_weights(index: Index, weights: str) -> None:
    """Refuse an index that was made with other weights than those at hand.

    Args:
        weights: their SHA-256, or its first digits where no more are published.

    Raises:
        EngineError: INDEX_STALE.
    """
    if not index.weights.startswith(weights):
        raise EngineError(
            ErrorCode.INDEX_STALE,
            f"The index was made with other weights of {index.network}. Scan the pictures again.",
            index.network,
        )


def check_inputs(index: Index, inputs: Inputs) -> None:
    """Refuse an index whose pictures were prepared in another way than the network's now.

    Raises:
        EngineError: INDEX_STALE.
    """
    if dict(index.preprocessing) != inputs.record():
        raise EngineError(
            ErrorCode.INDEX_STALE,
            f"The index was made with another preprocessing than {index.network} has now. Scan again.",
            index.network,
        )


def check_alignment(index: Index, detector: str) -> None:
    """Refuse an index of faces that were cut out in another way than they are now.

    Args:
        detector: the SHA-256 of the detector's weights at hand.

    Raises:
        EngineError: INDEX_STALE.
    """
    if index.aligned and index.aligned != f"{FORMAT} {detector}":
        raise EngineError(
            ErrorCode.INDEX_STALE,
            "The index was made of faces that another detector found. Cut them out again, then scan again.",
            index.root,
        )


def missing_pictures(index: Index, files: Iterable[str]) -> tuple[str, ...]:
    """Return which of the files are no longer where they were scanned, after checking the others.

    Raises:
        EngineError: INDEX_STALE when one of them holds another picture now, or was cut out of a photo that
            does.
    """
    known = {picture.file: picture for picture in index.pictures}
    asked = tuple(dict.fromkeys(files))
    if index.aligned:
        check_faces(Path(index.root), index.aligned, (known[file] for file in asked))
    missing = []
    for file in asked:
        path, recorded = index.path(file), known[file]
        try:
            status = path.stat()
            if (status.st_size, status.st_mtime_ns) == (recorded.bytes, recorded.changed_ns):
                continue
            same = status.st_size == recorded.bytes and sha256_of(path) == recorded.sha256
        except OSError:
            missing.append(file)
            continue
        if not same:
            raise EngineError(
                ErrorCode.INDEX_STALE,
                f"{path} was changed after it was scanned. Scan the pictures again.",
                str(path),
            )
    return tuple(missing)


def demand_pictures(index: Index, files: Iterable[str]) -> None:
    """Make sure that the files are where they were scanned, unchanged.

    Raises:
        EngineError: FILE_MISSING or INDEX_STALE.
    """
    missing = missing_pictures(index, files)
    if missing:
        raise EngineError(
            ErrorCode.FILE_MISSING,
            f"{missing[0]} is no longer in {index.root}. Give the folder where the pictures are now "
            "with --images, or scan again.",
            missing[0],
        )
