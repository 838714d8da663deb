"""Writing files so that a crash or a full disk never leaves half of one."""

from __future__ import annotations

import errno
import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.errors import EngineError, ErrorCode


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside ``path``; on success it replaces ``path``, else it vanishes.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE; whatever stood at ``path`` before is untouched. BAD_VALUE for
            a device or pipe, which must not be replaced.
    """
    _refuse_devices(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.parent / f".{path.name[:40]}.{uuid.uuid4().hex}.part"
        try:
            with part.open("xb") as file:  # unlike tempfile's, readable for whom the umask allows it
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(path, error) from error


def check_writable(path: Path) -> None:
    """Find out before long work that its result can most likely be written to ``path``; write nothing.

    Raises:
        EngineError: BAD_VALUE when ``path`` is a folder or device, or would lie inside a file; NOT_WRITABLE
            when the nearest folder that exists may not be written to.
    """
    if path.is_dir():
        raise EngineError(ErrorCode.BAD_VALUE, f"{path} is a folder. Name a file in it.", str(path))
    _refuse_devices(path)
    above = next(parent for parent in path.absolute().parents if os.path.lexists(parent))
    if not above.is_dir():
        raise EngineError(
            ErrorCode.BAD_VALUE, f"{path} cannot be written: {above} is not a folder.", str(path)
        )
    if not os.access(above, os.W_OK | os.X_OK):
        raise write_error(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def _refuse_devices(path: Path) -> None:
    if path.exists() and not path.is_file() and not path.is_dir():
        detail = f"{path} is a device or a pipe, not a file. Name a file."
        raise EngineError(ErrorCode.BAD_VALUE, detail, str(path))


def write_error(path: Path, error: OSError) -> EngineError:
    """Turn an operating-system error while writing ``path`` into one that says what to do."""
    where = str(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        detail = f"The disk is full: {path} was not written. Make room and try again."
        return EngineError(ErrorCode.DISK_FULL, detail, where)
    detail = f"{path} cannot be written ({error.strerror}). Choose another place."
    return EngineError(ErrorCode.NOT_WRITABLE, detail, where)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
