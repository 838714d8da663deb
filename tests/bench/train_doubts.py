"""Photos in the wrong folder, on LFW: ``python -m tests.bench.train_doubts``.

How many photos of LFW are called doubtful as they lie, and how many are found that were put into another
person's folder on purpose (one photo in each of 300 folders, its encoding exchanged).
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from engine.faces.training.crops import CropCache
from engine.faces.training.dataset import gather
from engine.faces.training.doubts import LINE, find_doubts
from engine.jobs import run
from engine.models import Models
from engine.paths import ROOT, user_paths

DATA = Path(os.environ.get("TRIPTYCH_DATA", ROOT.parent / "shared" / "data"))
MOVED = 300


def main() -> None:
    images = DATA / "faces" / "lfw" / "images"
    if not images.is_dir():
        print(f"no LFW at {images}: set TRIPTYCH_DATA")
        return
    models = Models(user_paths().models)
    faces = run(gather(models, images, user_paths().cache))
    paired = np.flatnonzero(faces.photo_counts >= 2)
    print(
        f"line {LINE}: {len(faces.doubts)} of {int(faces.photo_counts[paired].sum())} photos of "
        f"{len(paired)} people doubtful as they lie"
    )
    with CropCache(user_paths().cache, images) as crops:
        encodings = crops.encoded()[faces.rows]
    rng = np.random.default_rng(0)
    moved = encodings.copy()
    wrong: list[str] = []
    for person in rng.permutation(paired)[:MOVED]:
        place = rng.choice(np.flatnonzero(faces.owners == person))
        moved[place] = encodings[rng.choice(np.flatnonzero(faces.owners != person))]
        wrong.append(faces.files[place])
    found = {doubt.file for doubt in find_doubts(faces, moved)}
    print(f"{sum(file in found for file in wrong)} of {len(wrong)} photos put into a wrong folder are found")
    for doubt in faces.doubts:
        print(f"  {doubt.sentence}")


if __name__ == "__main__":
    main()
