"""The timeline of a run: every n-th iterate as a file, bounded on disk however long the run. No torch."""

from __future__ import annotations

import io
import json
import shutil
import threading
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.files import writing
from engine.images import Rgb, read_picture
from engine.style.recipe import Recipe
from engine.style.steps import PaintStep

MOST_MOMENTS = 120
"""More than this and every second one is dropped: a strip of this many can still be scrubbed finely."""

MOST_BYTES = 512 << 20
"""What the moments of one run take on disk at most."""

_INDEX = "timeline.json"
_VERSION = 1

R = TypeVar("R")


@dataclass(frozen=True)
class Moment:
    """One kept iterate: ``file`` lies in the timeline's folder; losses as in :class:`Losses`."""

    iteration: int
    file: str
    bytes: int
    total: float
    content: float
    style: float


class Timeline:
    """Writes and lists the moments of one run; one thread adds, any thread reads.

    Moments are kept every :attr:`stride` iterations. When there are too many, or they take too many
    bytes, every second one is deleted and the stride doubles, so that a long run is covered evenly. The
    first and the newest one always stay. ``problem`` is what ended the recording early, such as a full
    disk; the painting itself goes on.

    Args:
        folder: where the moments lie; made when the first one is added.
        stride: keep every n-th iterate.
    """

    def __init__(
        self,
        folder: Path,
        stride: int = 1,
        *,
        most_moments: int = MOST_MOMENTS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.folder = folder
        self.stride = max(1, stride)
        self._most_moments, self._most_bytes = most_moments, most_bytes
        self._lock = threading.Lock()
        self._moments: tuple[Moment, ...] = ()
        self.problem: EngineError | None = None

    @property
    def moments(self) -> tuple[Moment, ...]:
        """What is kept, from the first to the newest."""
        return self._moments

    def wants(self, iteration: int, iterations: int) -> bool:
        """Say whether this iterate is one to keep: the first, every n-th, the last."""
        return iteration in (1, iterations) or iteration % self.stride == 0

    def add(self, step: PaintStep, rgb: Rgb) -> None:
        """Keep a picture as that of a step.

        Raises:
            EngineError: DISK_FULL or NOT_WRITABLE; what was kept before stays.
        """
        name = f"{step.iteration:06d}.png"
        encoded = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(rgb)).save(encoded, "PNG", compress_level=1)
        with writing(self.folder / name) as file:
            file.write(encoded.getbuffer())
        losses = step.losses
        made = Moment(step.iteration, name, encoded.tell(), losses.total, losses.content, losses.style)
        with self._lock:
            kept = [each for each in self._moments if each.iteration < step.iteration]
            self._moments = tuple(self._thinned([*kept, made]))
            self._write_index()

    def read(self, moment: Moment) -> Rgb:
        """Return a kept picture.

        Raises:
            EngineError: FILE_MISSING or FILE_UNREADABLE.
        """
        return read_picture(self.folder / moment.file).rgb

    def clear(self) -> None:
        """Forget everything and delete the folder."""
        with self._lock:
            self._moments = ()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _thinned(self, moments: list[Moment]) -> list[Moment]:
        while len(moments) > 2 and (
            len(moments) > self._most_moments or sum(each.bytes for each in moments) > self._most_bytes
        ):
            dropped = moments[1:-1:2]
            for each in dropped:
                (self.folder / each.file).unlink(missing_ok=True)
            moments = [each for each in moments if each not in dropped]
            self.stride *= 2
        return moments

    def _write_index(self) -> None:
        document = {
            "version": _VERSION,
            "stride": self.stride,
            "moments": [asdict(moment) for moment in self._moments],
        }
        with writing(self.folder / _INDEX) as file:
            file.write(json.dumps(document).encode())


def open_timeline(folder: Path) -> Timeline:
    """Read the timeline of an earlier run; moments whose file is gone are left out.

    Raises:
        EngineError: FILE_MISSING, or FILE_UNREADABLE for a damaged list.
    """
    path = folder / _INDEX
    if not path.is_file():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no timeline in {folder}.", str(folder))
    try:
        document: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        moments = tuple(Moment(**entry) for entry in document["moments"])
        timeline = Timeline(folder, int(document["stride"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE, f"The timeline in {folder} is damaged ({error}).", str(folder)
        ) from error
    names = {each.file for each in moments if Path(each.file).name == each.file}
    timeline._moments = tuple(
        each for each in moments if each.file in names and (folder / each.file).is_file()
    )
    return timeline


def stride_for(recipe: Recipe) -> int:
    """Return an n that gives a run about 60 moments."""
    return max(1, recipe.iterations // 60)


def recorded(task: Generator[Any, None, R], timeline: Timeline) -> Generator[Any, None, R]:
    """Drive a painting and keep its moments; everything that it yields is passed on.

    A disk that is full ends the recording, never the painting.
    """
    try:
        while True:
            try:
                snapshot = next(task)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]
            if timeline.problem is None and isinstance(snapshot, PaintStep):
                _keep(timeline, snapshot)
            yield snapshot
    finally:
        task.close()


def _keep(timeline: Timeline, step: PaintStep) -> None:
    if timeline.wants(step.iteration, step.iterations):
        try:
            timeline.add(step, step.picture)
        except EngineError as error:
            timeline.problem = error
