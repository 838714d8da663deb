"""Fetching the networks that are not on board: progress, cancel, resume, hash check.

The network is read by a thread of its own, because a slow server must not hold up the engine thread; the
file is written by the task alone. What has arrived stays in ``NAME.part`` until the whole file has the
published hash; only then does it get its name.
"""

from __future__ import annotations

import hashlib
import http.client
import importlib
import io
import os
import queue
import re
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

from engine.errors import EngineError, ErrorCode
from engine.files import write_error
from engine.jobs import Task
from engine.models import ModelCard, Models
from engine.progress import Pace, Progress

CHUNK = 64 * 1024
"""Bytes read from the network at once."""

AHEAD = 256
"""Chunks that the reading thread may be ahead of the file: 16 MB."""

PATIENCE_S = 0.01
"""How long one step waits for the network: the most that a download holds up other work."""


@dataclass(frozen=True)
class DownloadStep:
    """How far a download has come, in bytes; ``resumed_from`` were there already when it began."""

    progress: Progress
    resumed_from: int


def fetch_model(models: Models, model_id: str, url: str = "") -> Task[DownloadStep, Path]:
    """Download a model and return its verified file; at once when it is on board or was fetched before.

    Args:
        url: where to take it from instead of the published address: a mirror, or a file that was brought
            along (``file:``). The hash is checked all the same.

    Raises:
        EngineError: MODEL_UNKNOWN; MODEL_MISSING or MODEL_DAMAGED for one that should be on board; and what
            :func:`download` raises.
    """
    card = models.card(model_id)
    yield None
    if card.on_board or models.present(card):
        problem = yield from models.verify(card)
        if problem is None:
            return models.path(card)
        if card.on_board:
            raise problem
    path = yield from download(url or address(card), models.path(card), card.sha256, size=card.bytes)
    models.forget(model_id)
    return path


def address(card: ModelCard) -> str:
    """Return where a model is published; torchvision's own list is asked for its weights.

    Raises:
        EngineError: MODEL_UNKNOWN when the installed torchvision does not know these weights.
    """
    if not card.url.startswith("torchvision:"):
        return card.url
    enum_name, member = card.url.removeprefix("torchvision:").split(".")
    try:
        weights = getattr(importlib.import_module("torchvision.models"), enum_name)[member]
    except (AttributeError, KeyError) as error:
        detail = f"The installed torchvision does not know the weights {card.url}. Install a newer one."
        raise EngineError(ErrorCode.MODEL_UNKNOWN, detail, card.id) from error
    return str(weights.url)


def download(
    url: str, target: Path, sha256: str, *, size: int = 0, timeout: float = 20.0
) -> Task[DownloadStep, Path]:
    """Download ``url`` to ``target`` and return it.

    A download that was cancelled or broke off goes on where it stopped (HTTP Range, RFC 9110 section 14;
    a server that knows no ranges sends everything again).

    Args:
        url: ``http:``, ``https:`` or ``file:``.
        sha256: the hash, or its first digits (at least 8).
        size: the file's bytes when known; 0 takes the server's word.
        timeout: seconds without an answer after which the server counts as unreachable.

    Raises:
        EngineError: BAD_VALUE for another kind of address; OFFLINE when the server cannot be reached,
            refuses, or breaks off; DOWNLOAD_DAMAGED when the hash is wrong; DISK_FULL or NOT_WRITABLE.
    """
    if urlsplit(url).scheme not in ("http", "https", "file") or len(sha256) < 8:
        detail = f"{url} cannot be downloaded: an address begins with https:, http: or file:."
        raise EngineError(ErrorCode.BAD_VALUE, detail, url)
    part = target.with_name(f"{target.name}.part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("ab") as file:
            arrived = yield from _fill(file, part, url, size, timeout)
        yield from _require_hash(part, arrived, sha256, url)
        part.replace(target)
    except OSError as error:
        raise write_error(target, error) from error
    return target


def _fill(file: IO[bytes], part: Path, url: str, size: int, timeout: float) -> Task[DownloadStep, str]:
    """Append what is missing and return the SHA-256 of the whole."""
    digest = hashlib.sha256()
    already = file.tell()
    with part.open("rb") as begun:
        while begun.tell() < already:
            digest.update(begun.read(min(CHUNK * 64, already - begun.tell())))
            yield None
    reader = _Reader(url, already, timeout)
    try:
        opened = yield from reader.opened()
        if already and opened.start == 0:
            file.truncate(0)
            digest = hashlib.sha256()
        total = opened.total or size
        _require_room(part, total - opened.start)
        done = opened.start
        pace = Pace(total, done=done)
        yield DownloadStep(pace.at(done), opened.start)
        while (chunks := reader.take()) is not None:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                done += len(chunk)
            yield DownloadStep(pace.at(done), opened.start) if chunks else None
        file.flush()
        os.fsync(file.fileno())
        if total and done < total:
            raise _unreachable(url, f"the connection broke off after {done} of {total} bytes")
    finally:
        reader.stop()
    return digest.hexdigest()


def _require_hash(part: Path, found: str, expected: str, url: str) -> Generator[None, None, None]:
    yield None
    if not found.startswith(expected.lower()):
        part.unlink()
        detail = (
            f"{url} did not bring the file that was published: its SHA-256 begins with "
            f"{found[: len(expected)]} instead of {expected}. It was thrown away; try again."
        )
        raise EngineError(ErrorCode.DOWNLOAD_DAMAGED, detail, url)


def _require_room(part: Path, missing: int) -> None:
    if missing > shutil.disk_usage(part.parent).free:
        detail = (
            f"The disk has no room for {missing / 1e6:.0f} MB more in {part.parent}. Make room and try again."
        )
        raise EngineError(ErrorCode.DISK_FULL, detail, str(part.parent))


def _unreachable(url: str, reason: str) -> EngineError:
    place = urlsplit(url).netloc or url
    detail = (
        f"{place} cannot be reached: {reason}. Check the connection and try again, the download goes on "
        "where it stopped; the networks on board work without it."
    )
    return EngineError(ErrorCode.OFFLINE, detail, place)


@dataclass(frozen=True)
class _Opened:
    """What the server agreed to send: from byte ``start`` on; ``total`` is 0 when it does not say."""

    start: int
    total: int


class _Stream(Protocol):
    def read(self, amount: int, /) -> bytes: ...
    def close(self) -> None: ...


class _Reader:
    """Reads an address in a thread of its own, at most ``AHEAD`` chunks ahead."""

    def __init__(self, url: str, offset: int, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        self._opened: _Opened | None = None
        self._arrived: queue.Queue[_Opened | bytes | EngineError | None] = queue.Queue(AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._read, args=(offset,), name="download", daemon=True)
        self._thread.start()

    def opened(self) -> Generator[None, None, _Opened]:
        """Wait until the server has answered."""
        while True:
            with suppress(queue.Empty):
                first = self._arrived.get(timeout=PATIENCE_S)
                if isinstance(first, EngineError):
                    raise first
                assert isinstance(first, _Opened)
                return first
            yield None

    def take(self) -> list[bytes] | None:
        """Return the chunks that have arrived, perhaps none; None after the last one.

        Raises:
            EngineError: OFFLINE.
        """
        chunks: list[bytes] = []
        try:
            while len(chunks) < AHEAD:
                arrived = self._arrived.get(timeout=0 if chunks else PATIENCE_S)
                if not isinstance(arrived, bytes):
                    if chunks:
                        self._arrived.put(arrived)
                        return chunks
                    if isinstance(arrived, EngineError):
                        raise arrived
                    return None
                chunks.append(arrived)
        except queue.Empty:
            pass
        return chunks

    def stop(self) -> None:
        """Let the thread end; it never touches the file, so nobody has to wait for it."""
        self._stopped.set()

    def _read(self, offset: int) -> None:
        try:
            stream, opened = _open(self._url, offset, self._timeout)
            try:
                self._put(opened)
                while not self._stopped.is_set() and (chunk := stream.read(CHUNK)):
                    self._put(chunk)
            finally:
                stream.close()
            self._put(None)
        except urllib.error.HTTPError as error:
            self._put(_unreachable(self._url, f"the server answered {error.code} {error.reason}"))
        except urllib.error.URLError as error:
            reason = error.reason.strerror if isinstance(error.reason, OSError) else None
            self._put(_unreachable(self._url, reason or str(error.reason)))
        except OSError as error:
            self._put(_unreachable(self._url, error.strerror or str(error)))
        except http.client.HTTPException as error:
            self._put(_unreachable(self._url, str(error) or type(error).__name__))

    def _put(self, item: _Opened | bytes | EngineError | None) -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._arrived.put(item, timeout=0.1)
                return


def _open(url: str, offset: int, timeout: float) -> tuple[_Stream, _Opened]:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _open_file(Path(urllib.request.url2pathname(parts.path)), offset)
    headers = {"Range": f"bytes={offset}-"} if offset else {}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - download() allows three schemes
    try:
        answer = urllib.request.urlopen(request, timeout=timeout)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or not offset:
            raise
        error.close()
        if error.headers.get("Content-Range") == f"bytes */{offset}":
            return io.BytesIO(), _Opened(offset, offset)
        return _open(url, 0, timeout)
    return answer, _agreed(answer, offset)


def _agreed(answer: http.client.HTTPResponse, offset: int) -> _Opened:
    """Read what a server says it sends; one that ignores the range, or sends another, starts at 0."""
    if answer.status == HTTPStatus.PARTIAL_CONTENT:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
        if found is None or int(found[1]) != offset:
            raise http.client.HTTPException("the server sent another part than it was asked for")
        return _Opened(offset, 0 if found[2] == "*" else int(found[2]))
    return _Opened(0, int(answer.headers.get("Content-Length") or 0))


def _open_file(path: Path, offset: int) -> tuple[_Stream, _Opened]:
    size = path.stat().st_size
    start = offset if offset <= size else 0
    file = path.open("rb")
    file.seek(start)
    return file, _Opened(start, size)
