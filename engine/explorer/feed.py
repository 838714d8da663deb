"""Decodes pictures in worker threads, ahead of the network. No torch.

Memory does not grow with the number of pictures: at most ``ahead`` of them are in flight.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.explorer.preprocess import Preprocessing
from engine.explorer.records import PictureFile, Skipped
from engine.images import Rgb, read_picture

WORKERS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Prepared:
    """A picture ready for the network: its number in the scan, its file, and its pixels."""

    number: int
    file: PictureFile
    pixels: Rgb


Load = Callable[[int], Prepared | Skipped]


def relative_names(root: Path, files: Sequence[Path]) -> tuple[str, ...]:
    """Return the paths below ``root`` with forward slashes, sorted: the numbering of a scan."""
    return tuple(sorted(file.relative_to(root).as_posix() for file in files))


def prepare(root: Path, name: str, number: int, preprocessing: Preprocessing) -> Prepared | Skipped:
    """Read one picture; a fault becomes a :class:`Skipped` with the reason in a sentence."""
    path = root / name
    try:
        status = path.stat()
        data = path.read_bytes()
    except OSError as error:
        return Skipped(name, f"The file cannot be read ({error.strerror}).")
    try:
        pixels = preprocessing.apply(read_picture(data, name=name).rgb)
    except EngineError as error:
        return Skipped(name, error.detail)
    except MemoryError:
        return Skipped(name, "The picture does not fit into the memory.")
    digest = hashlib.sha256(data).hexdigest()
    return Prepared(number, PictureFile(name, digest, len(data), status.st_mtime_ns), pixels)


def feed(numbers: Sequence[int], load: Load, *, ahead: int) -> Iterator[Prepared | Skipped]:
    """Yield what ``load`` makes of each number, in order, working up to ``ahead`` numbers in advance.

    Closing the iterator waits only for the pictures being decoded at that moment.
    """
    remaining = iter(numbers)
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="decode")
    under_way: deque[Future[Prepared | Skipped]] = deque()
    try:
        under_way.extend(pool.submit(load, number) for number in islice(remaining, ahead))
        while under_way:
            ready = under_way.popleft().result()
            under_way.extend(pool.submit(load, number) for number in islice(remaining, 1))
            yield ready
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def no_pictures(root: Path, skipped: Sequence[Skipped]) -> EngineError:
    """Return the error for a folder in which not one file could be scanned."""
    first = f" The first: {skipped[0].file}: {skipped[0].reason}" if skipped else ""
    return EngineError(
        ErrorCode.NO_PICTURES,
        f"Not one of the {len(skipped)} files in {root} could be scanned.{first}",
        str(root),
    )
