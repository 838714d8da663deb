"""How many photos a second: ``python -m tests.bench.face_photos [--images DIR] [--most N] [--rounds N]``.

Reading, finding, aligning and encoding of the most prominent face, as ``face pairs``, ``face openset``,
``face import`` and the lab do it (a photo of its own for every core), against the same one photo after
another, and against the two bare model calls on what was read and aligned before, one photo after another.
All in turn in one process; medians. Without ``--images`` it takes the photos on board, over and over.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch

from engine.faces.detect import first_scale
from engine.faces.encode import one_thread
from engine.faces.measuring import encode_photos
from engine.faces.recogniser import Recogniser
from engine.folders import picture_files
from engine.images import Rgb, read_picture
from engine.jobs import run
from engine.models import Models
from engine.samples import samples


def main() -> None:
    """Print photos per second, and what they are of the bare model calls."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", metavar="DIR", type=Path)
    parser.add_argument("--most", metavar="N", type=int, default=48)
    parser.add_argument("--rounds", metavar="N", type=int, default=5)
    options = parser.parse_args()
    if options.images is None:
        board = [sample.path for sample in samples("face")]
        photos = [board[number % len(board)] for number in range(options.most)]
    else:
        photos = list(picture_files(options.images))[: options.most]
    models = Models(Path(tempfile.gettempdir()))
    recogniser = Recogniser(models)
    work: dict[str, Callable[[], object]] = {
        "bare model calls": bare(models, recogniser, photos),
        "one after another": lambda: [look(recogniser, photo) for photo in photos],
        "one for every core": lambda: run(encode_photos(recogniser, photos, recogniser.encode)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(options.rounds + 1):  # the first warms up
        for name, part in work.items():
            start = time.perf_counter()
            part()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    print(f"{len(photos)} photos, {recogniser.workers} threads, medians of {options.rounds}")
    middle = {name: statistics.median(taken) for name, taken in seconds.items()}
    for name, taken in middle.items():
        print(f"  {name:20}{len(photos) / taken:7.1f} photos/s {taken / middle['bare model calls']:7.2f} ×")


def look(recogniser: Recogniser, photo: Path) -> object:
    """Read a photo and encode its most prominent face."""
    return recogniser.encode(recogniser.find(read_picture(photo).rgb)[:1])


def bare(models: Models, recogniser: Recogniser, photos: Sequence[Path]) -> Callable[[], None]:
    """Return the two model calls for all photos: YuNet at the size that is searched, SFace on a crop."""
    yunet = cv2.FaceDetectorYN.create(str(models.file("yunet")), "", (320, 320), 0.75, 0.3, 100)
    sface = models.network("sface")
    ready: list[tuple[Rgb, torch.Tensor | None]] = []
    for photo in photos:
        rgb = read_picture(photo).rgb
        faces = recogniser.find(rgb)[:1]
        crops = [torch.from_numpy(face.crop)[None].permute(0, 3, 1, 2).float() for face in faces]
        scale = first_scale(rgb.shape[1], rgb.shape[0])
        searched = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        ready.append((np.ascontiguousarray(searched[:, :, ::-1], np.uint8), crops[0] if crops else None))

    def call() -> None:
        for bgr, pixels in ready:
            yunet.setInputSize((bgr.shape[1], bgr.shape[0]))
            yunet.detect(bgr)
            if pixels is not None:
                with torch.inference_mode(), one_thread():
                    sface(pixels)

    return call


if __name__ == "__main__":
    main()
