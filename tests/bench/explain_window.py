"""How long the Explain panel makes a person wait: ``python -m tests.bench.explain_window``.

On the pictures on board, with AlexNet: scans, then measures

* how long the first settled grid takes (promise: 5 s);
* the longest time that the window does not look for new events while the wall of all units is scrolled
  from end to end and its tiles are drawn on the engine's thread (promise: 33 ms);
* from opening a unit's page to its first paint, and to all nine patches being painted (promise: 100 ms);
* nine photos of 12 megapixels that were not decoded yet: until the first patch is shown, until all are, until
  they are exact; what their decoding alone takes; the same for a tile of the wall; and until the photo itself
  is shown, coarse and whole;
* how long a task that decodes them takes to end when it is closed in the middle.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEventLoop, QTimer

from engine.explorer.feed import decoders
from engine.explorer.patches import PatchReader
from engine.explorer.preprocess import IMAGENET
from engine.explorer.records import Entry
from engine.explorer.showing import show_source
from engine.explorer.tasks import reader_of
from engine.explorer.thumbnails import Wanted, cut_patches, draw_thumbnails
from engine.images import Rgb, read_picture, read_reduced, write_picture
from engine.jobs import Task
from engine.paths import SAMPLES, user_paths
from gui.application import make_application
from gui.explorer.findings import UnitRef
from gui.explorer.panel import ExplainPanel
from gui.explorer.wall import Wall
from gui.session import Session

FRAME_S = 0.016
OPENED = 24


class Busy:
    """Notes how long each turn of the event loop lasted, from waking up to waiting again."""

    def __init__(self) -> None:
        self.turns: list[float] = []
        self._since = time.perf_counter()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._awake)
        dispatcher.aboutToBlock.connect(self._rests)

    def _awake(self) -> None:
        self._since = time.perf_counter()

    def _rests(self) -> None:
        self.turns.append(time.perf_counter() - self._since)


def live(seconds: float) -> None:
    """Let the window live, as its own event loop would."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def wait(ready: Callable[[], bool], patience: float = 240.0) -> None:
    """Let the window live until something is so."""
    deadline = time.monotonic() + patience
    while not ready() and time.monotonic() < deadline:
        live(0.02)
    assert ready()


def scroll(session: Session, panel: ExplainPanel) -> list[float]:
    """Scroll through all units of all layers and return how long the turns of the event loop were."""
    wall = Wall(session, panel.findings)
    wall.resize(1000, 760)
    units = [UnitRef(layer.name, unit) for layer in panel.findings.layers for unit in range(layer.units)]
    wall.show()
    wall.show_units(units, [ref.caption for ref in units])
    live(0.5)
    busy, bar = Busy(), wall.grid.verticalScrollBar()
    for place in range(0, bar.maximum(), 60):
        bar.setValue(place)
        live(FRAME_S)
    wait(lambda: wall.settled)
    wall.stop()
    wall.hide()
    return busy.turns


def open_units(panel: ExplainPanel, *, known: bool) -> tuple[list[float], list[float]]:
    """Open pages of units; return seconds to the first paint, and to nine patches painted.

    ``known``: the pictures were on the wall before, as when a person clicks a tile; else they are decoded.
    """
    first, whole = [], []
    for unit in range(OPENED):
        panel.pages.go_back()
        live(0.1)
        if not known:
            assert panel.findings.index is not None
            panel.findings.reader = reader_of(panel.findings.index)
        started = time.perf_counter()
        panel.pages.open_unit(UnitRef("conv5", unit * 7))
        panel.pages.unit.repaint()
        first.append(time.perf_counter() - started)
        while any(made.entry is not None and made.patch is None for made in panel.pages.patches.buttons):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        panel.pages.unit.repaint()
        whole.append(time.perf_counter() - started)
        wait(lambda: not panel.pages.unit.busy)
    return first, whole


def large_photos() -> Iterator[str]:
    """Measure patches, a tile and the source of photos of 12 megapixels."""
    with tempfile.TemporaryDirectory() as place:
        folder, entries = Path(place), []
        for number, photo in enumerate(sorted(SAMPLES.glob("*.jpg"))[:9]):
            write_picture(folder / f"{number}.jpg", large(read_picture(photo).rgb))
            entries.append(Entry(f"{number}.jpg", 1.0, (0, 0), (20, 20, 183, 183)))
        all_nine = tuple(entries)

        def reader() -> PatchReader:
            return PatchReader(folder, IMAGENET)

        times = until(
            cut_patches(reader(), entries), lambda cut: cut.patches[0], lambda cut: all(cut.patches)
        )
        yield f"nine photos of 12 megapixels, first patch, all, exact: {times}"
        yield f"the same files decoded at an eighth, and nothing else: {decoded(folder)}"
        for exact in (False, True):
            tile = draw_thumbnails(reader(), [Wanted(0, all_nine)], 174, exact=exact)
            yield f"a tile of them, {'exact' if exact else 'at once'}: {until(tile)}"
        times = until(show_source(reader(), entries[0]), lambda _photo: True)
        yield f"such a photo, coarse, whole: {times}"
        cutting = cut_patches(reader(), entries)
        while not all(next(cutting).patches):
            pass
        next(cutting)
        started = time.perf_counter()
        cutting.close()
        yield f"closed in the middle: ends after {(time.perf_counter() - started) * 1e3:.0f} ms"


def decoded(folder: Path) -> str:
    """Return the milliseconds that libjpeg takes for all files of a folder, on as many threads as patches."""
    started = time.perf_counter()
    with decoders("floor") as pool:
        list(pool.map(lambda file: read_reduced(file.read_bytes(), IMAGENET.resize), folder.iterdir()))
    return f"{(time.perf_counter() - started) * 1e3:.0f} ms"


def until(task: Task[Any, Any], *conditions: Callable[[Any], object]) -> str:
    """Run a task; return the milliseconds until each condition held for a snapshot, and until the end."""
    started, times, waiting = time.perf_counter(), list[float](), list(conditions)
    for snapshot in task:
        while waiting and snapshot is not None and waiting[0](snapshot):
            times.append(time.perf_counter() - started)
            waiting.pop(0)
    times.append(time.perf_counter() - started)
    return ", ".join(f"{seconds * 1e3:.0f} ms" for seconds in times)


def large(rgb: Rgb) -> Rgb:
    """Return a photo of 4000 × 3000 pixels."""
    return np.asarray(Image.fromarray(rgb).resize((4000, 3000), Image.Resampling.BICUBIC))


def told(name: str, seconds: list[float]) -> str:
    """Return median and longest in milliseconds."""
    return f"{name}: median {statistics.median(seconds) * 1e3:.1f} ms, longest {max(seconds) * 1e3:.1f} ms"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["TRIPTYCH_HOME"] = home
        os.environ["QT_NO_GLIB"] = "1"  # with GLib, Qt says "awake" after the work, not before
        app = make_application()
        session = Session(user_paths())
        panel = ExplainPanel(session)
        panel.resize(1330, 850)
        panel.show()
        session.load()
        wait(lambda: session.device is not None)
        panel.choose_folder(SAMPLES)
        started = time.monotonic()
        panel.start_scan()
        wait(lambda: panel.pages.walls.isVisible() and panel.pages.walls.settled)
        print(f"first settled grid: {time.monotonic() - started:.1f} s after Scan, the engine being loaded")
        wait(lambda: not panel.is_busy())
        turns = scroll(session, panel)
        print(told(f"scrolling 1152 units, {len(turns)} turns of the event loop", turns))
        first, whole = open_units(panel, known=True)
        print(told("unit page, first paint", first))
        print(told("unit page, nine patches, pictures on the wall before", whole))
        print(told("unit page, nine patches, pictures decoded anew", open_units(panel, known=False)[1]))
        for line in large_photos():
            print(line)
        panel.shut_down()
        session.close()
        panel.hide()
        app.quit()


if __name__ == "__main__":
    main()
