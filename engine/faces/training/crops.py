"""A cache of aligned faces: append only, so that a killed run loses at most the photo it was at."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import numpy as np
from numpy.typing import NDArray

from engine.faces.align import SIZE
from engine.files import write_error
from engine.images import Rgb

FORMAT: Final = 1
"""Part of the folder's name: caches of another format are not read."""

CROP_BYTES: Final = SIZE * SIZE * 3
DIMENSIONS: Final = 128
ENCODING_BYTES: Final = DIMENSIONS * 4


@dataclass(frozen=True)
class Seen:
    """What was found in one photo: a crop's row, or (row −1) a reason and a sentence for having none."""

    row: int
    digest: str
    reason: str = ""
    sentence: str = ""


class CropCache:
    """The crops of one data set's folder, in a folder of the program's cache; a context manager.

    A photo is known by path, size and time of change. Three files: ``crops.bin`` holds raw crops, and each
    line of ``index.jsonl`` names a photo; a line is written after its crop is. ``encodings.bin`` holds the
    encodings of the first crops by the encoder on board.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE, here and when adding.
    """

    def __init__(self, cache: Path, folder: Path) -> None:
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._home = cache / f"face-crops-{FORMAT}" / name
        self._crops, self._index = self._home / "crops.bin", self._home / "index.jsonl"
        self._encodings = self._home / "encodings.bin"
        self._known: dict[str, Seen] = {}
        self._rows = 0
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            whole = self._crops.stat().st_size // CROP_BYTES if self._crops.exists() else 0
            torn = self._read(whole)
            self._crop_file: BinaryIO = self._crops.open("ab")
            self._crop_file.truncate(self._rows * CROP_BYTES)
            self._index_file: BinaryIO = self._index.open("ab")
            if torn:
                self._index_file.write(b"\n")
            self._encoding_file: BinaryIO = self._encodings.open("ab")
            whole = min(self._rows, self._encodings.stat().st_size // ENCODING_BYTES)
            self._encoding_file.truncate(whole * ENCODING_BYTES)
        except OSError as error:
            raise write_error(self._home, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._crop_file.close()
        self._index_file.close()
        self._encoding_file.close()

    def seen(self, photo: Path, name: str) -> Seen | None:
        """Return what was found in an unchanged photo, or None when it has to be looked at."""
        return self._known.get(_key(photo, name))

    def add(self, photo: Path, name: str, digest: str, crop: Rgb) -> Seen:
        """Keep a photo's crop."""
        seen = Seen(self._rows, digest)
        try:
            self._crop_file.write(np.ascontiguousarray(crop).tobytes())
            self._crop_file.flush()
        except OSError as error:
            raise write_error(self._crops, error) from error
        self._rows += 1
        return self._keep(photo, name, seen)

    def refuse(self, photo: Path, name: str, digest: str, reason: str, sentence: str) -> Seen:
        """Keep that a photo has no usable face."""
        return self._keep(photo, name, Seen(-1, digest, reason, sentence))

    def store(self) -> NDArray[np.uint8]:
        """Return all crops as they lie on the disk, M × 112 × 112 × 3."""
        if not self._rows:
            return np.empty((0, SIZE, SIZE, 3), np.uint8)
        return np.memmap(self._crops, np.uint8, "r", shape=(self._rows, SIZE, SIZE, 3))

    def encoded(self) -> NDArray[np.float32]:
        """Return the encodings kept so far, those of the first crops, K × 128."""
        return np.fromfile(self._encodings, np.float32).reshape(-1, DIMENSIONS)

    def keep_encodings(self, encodings: NDArray[np.float32]) -> None:
        """Keep the encodings of the crops that follow those of :meth:`encoded`, N × 128."""
        try:
            self._encoding_file.write(np.ascontiguousarray(encodings, np.float32).tobytes())
            self._encoding_file.flush()
        except OSError as error:
            raise write_error(self._encodings, error) from error

    def _keep(self, photo: Path, name: str, seen: Seen) -> Seen:
        key = _key(photo, name)
        line = json.dumps({"key": key} | asdict(seen)) + "\n"
        try:
            self._index_file.write(line.encode())
            self._index_file.flush()
        except OSError as error:
            raise write_error(self._index, error) from error
        self._known[key] = seen
        return seen

    def _read(self, whole: int) -> bool:
        """Read what is known, with ``whole`` crops on the disk; say whether the last line broke off."""
        data = self._index.read_bytes() if self._index.exists() else b""
        for line in data.splitlines():
            try:
                fields = json.loads(line)
                key, seen = str(fields.pop("key")), Seen(**fields)
            except (ValueError, KeyError, TypeError):
                continue  # the last line of a run that was killed
            if seen.row < whole:
                self._known[key] = seen
                self._rows = max(self._rows, seen.row + 1)
        return bool(data) and not data.endswith(b"\n")


def _key(photo: Path, name: str) -> str:
    status = photo.stat()
    return f"{name}|{status.st_size}|{status.st_mtime_ns}"
