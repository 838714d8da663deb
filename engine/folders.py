"""Which files of a folder are meant: pictures, or what else a task reads. No torch."""

from __future__ import annotations

from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.images import SUFFIXES


def picture_files(folder: Path) -> tuple[Path, ...]:
    """List the picture files below a folder (by their ending), sorted by path; hidden ones are left out.

    Raises:
        EngineError: as :func:`data_files`.
    """
    return data_files(folder, SUFFIXES, "pictures")


def data_files(folder: Path, suffixes: frozenset[str], kind: str) -> tuple[Path, ...]:
    """List the files below a folder whose names end in one of ``suffixes``, sorted; hidden ones are left out.

    Args:
        kind: what they are called in the error, in the plural.

    Raises:
        EngineError: FILE_MISSING for a folder that is not there, FILE_UNREADABLE for one that may not be
            entered, NO_PICTURES for one without any, and for a file.
    """
    try:
        if folder.is_file():
            raise EngineError(
                ErrorCode.NO_PICTURES, f"{folder} is a file. Choose the folder that it lies in.", str(folder)
            )
        if not folder.is_dir():
            raise EngineError(ErrorCode.FILE_MISSING, f"There is no folder {folder}.", str(folder))
        found = sorted(
            path
            for path in folder.rglob("*")
            if path.name.lower().endswith(tuple(suffixes))
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
            and path.is_file()
        )
    except OSError as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE, f"{folder} cannot be read ({error.strerror}).", str(folder)
        ) from error
    if not found:
        raise EngineError(
            ErrorCode.NO_PICTURES,
            f"There are no {kind} in {folder}. Choose a folder with {_examples(suffixes)} files.",
            str(folder),
        )
    return tuple(found)


def _examples(suffixes: frozenset[str]) -> str:
    if suffixes is SUFFIXES:
        return "JPEG, PNG, WebP, TIFF or BMP"
    return ", ".join(sorted(suffixes))
