"""What a camera frame costs: ``python -m tests.bench.face_frame [--rounds N] [--threads N] [--clock cpu]``.

Detect, align and encode as the desk does it, against the two bare model calls (YuNet on the same frame in
OpenCV's order of colours, SFace on the same crop as a ready tensor), all measured in turn in one process;
medians. The bare SFace runs on one thread, as the desk runs it beside camera and window; what it takes on all
threads is printed too. Judging (the quality of the crop) is part of the whole and also shown by itself. The
frame is a sample photo at 640 × 480. ``--clock cpu --threads 1`` counts the processor's time instead of the
wall's: beside other programs it still tells how much more is computed.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image

from engine.faces.encode import one_thread
from engine.faces.quality import measure as measure_quality
from engine.faces.recogniser import Recogniser
from engine.images import Rgb, read_picture
from engine.models import Models
from engine.samples import samples

SIZE = (640, 480)


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(options.threads)
    models = Models(Path(tempfile.gettempdir()))
    recogniser = Recogniser(models)
    frame = camera_frame()
    face = recogniser.find(frame)[0]
    seconds = measure(work_on(models, recogniser, frame, face.crop), options.rounds, options.clock)
    middle = {name: statistics.median(taken) for name, taken in seconds.items()}
    print(
        f"{SIZE[0]} × {SIZE[1]}, {options.threads} threads, {options.clock} time, medians of {options.rounds}"
    )
    for name, taken in middle.items():
        print(f"  {name:28}{taken * 1e3:8.1f} ms")
    whole = middle["find (detect, align, judge)"] + middle["encode"]
    bare = middle["bare YuNet"] + middle["bare SFace, one thread"]
    print(f"  whole / bare model calls    {whole / bare:8.3f} ×")
    print(f"  without judging             {(whole - middle['judge']) / bare:8.3f} ×")
    wide = middle["bare YuNet"] + middle["bare SFace, all threads"]
    print(f"  whole / bare on all threads {whole / wide:8.3f} ×")


def camera_frame() -> Rgb:
    """Return the first face on board as a camera would see it: the photo at the middle of a grey frame."""
    photo = Image.fromarray(read_picture(samples("face")[0].path).rgb)
    photo.thumbnail(SIZE)
    frame = Image.new("RGB", SIZE, (128, 128, 128))
    frame.paste(photo, ((SIZE[0] - photo.width) // 2, (SIZE[1] - photo.height) // 2))
    return np.array(frame)


def work_on(models: Models, recogniser: Recogniser, frame: Rgb, crop: Rgb) -> dict[str, Callable[[], object]]:
    """Return what is measured."""
    yunet = cv2.FaceDetectorYN.create(str(models.file("yunet")), "", SIZE, 0.75, 0.3, 100)
    bgr = np.ascontiguousarray(frame[:, :, ::-1])
    sface = models.network("sface")
    pixels = torch.from_numpy(crop)[None].permute(0, 3, 1, 2).float()
    face = recogniser.find(frame)[:1]

    def bare_encoder() -> None:
        with torch.inference_mode():
            sface(pixels)

    def on_one_thread() -> None:
        with one_thread():
            bare_encoder()

    return {
        "bare YuNet": lambda: yunet.detect(bgr),
        "find (detect, align, judge)": lambda: recogniser.find(frame),
        "judge": lambda: measure_quality(face[0].face, face[0].crop),
        "bare SFace, one thread": on_one_thread,
        "encode": lambda: recogniser.encode(face),
        "bare SFace, all threads": bare_encoder,
    }


def measure(work: dict[str, Callable[[], object]], rounds: int, clock: str) -> dict[str, list[float]]:
    """Run everything in turn, three rounds to warm up."""
    now = time.process_time if clock == "cpu" else time.perf_counter
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(rounds + 3):
        for name, part in work.items():
            start = now()
            part()
            if turn >= 3:
                seconds[name].append(now() - start)
    return seconds


if __name__ == "__main__":
    main()
