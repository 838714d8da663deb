"""Reads and decodes items, from any thread. No torch."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.explorer.inputs import Inputs, Numbers
from engine.explorer.records import PictureFile, Skipped

WORKERS = min(4, os.cpu_count() or 1)


@contextmanager
def decoders(name: str) -> Iterator[ThreadPoolExecutor]:
    """Threads that decode. When the task is closed in the middle, what was not begun is dropped.

    So a person who leaves a page of large photos does not wait for those that nobody looks at any more.
    """
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix=name)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


FILES_KEPT = 4
"""Decoded recordings and volumes kept while their windows are read; of pictures, each is one item."""


@dataclass(frozen=True)
class Prepared:
    """An item ready for the network: its number in the scan, its file, and its numbers."""

    number: int
    file: PictureFile
    pixels: Numbers


@dataclass(frozen=True)
class _Decoded:
    numbers: Numbers
    remark: str
    sha256: str
    bytes: int
    changed_ns: int


class Loader:
    """Reads the items below one folder. Safe to use from threads.

    Args:
        root: the folder that the items' names start from.
    """

    def __init__(self, root: Path, inputs: Inputs) -> None:
        self._root, self._inputs = root, inputs
        self._kept: OrderedDict[str, _Decoded] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, item: str, number: int = 0) -> Prepared | Skipped:
        """Read one item; a fault becomes a :class:`Skipped` with the reason in a sentence."""
        try:
            decoded = self._decoded(item)
            numbers = self._inputs.cut(decoded.numbers, item)
        except OSError as error:
            return Skipped(item, f"The file cannot be read ({error.strerror}).")
        except EngineError as error:
            return Skipped(item, error.detail)
        except MemoryError:
            return Skipped(item, "It does not fit into the memory.")
        file = PictureFile(item, decoded.sha256, decoded.bytes, decoded.changed_ns, decoded.remark)
        return Prepared(number, file, numbers)

    def _decoded(self, item: str) -> _Decoded:
        file = self._inputs.file_of(item)
        with self._lock:
            if file in self._kept:
                self._kept.move_to_end(file)
                return self._kept[file]
        path = self._root / file
        status = path.stat()
        data = path.read_bytes()
        numbers, remark = self._inputs.decode(data, item)
        digest = hashlib.sha256(data).hexdigest()
        decoded = _Decoded(numbers, remark, digest, len(data), status.st_mtime_ns)
        if file != item:
            with self._lock:
                self._kept[file] = decoded
                while len(self._kept) > FILES_KEPT:
                    self._kept.popitem(last=False)
        return decoded


def no_pictures(root: Path, skipped: Sequence[Skipped]) -> EngineError:
    """Return the error for a folder in which not one file could be scanned."""
    first = f" The first: {skipped[0].file}: {skipped[0].reason}" if skipped else ""
    return EngineError(
        ErrorCode.NO_PICTURES,
        f"Not one of the {len(skipped)} files in {root} could be scanned.{first}",
        str(root),
    )
