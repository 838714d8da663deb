"""The passive check without surroundings: ``python -m tests.bench.face_closeups [--clips DIR]``.

Every clip (``TRIPTYCH_DATA``: ``faces/liveness``) is cut to so many sides of the face box about the face, as
if print or screen filled the picture, and decided as ``face liveness`` decides, by each rule about
surroundings (``--context``). Prints how many attacks were accepted, and of how many living people more was
asked.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from engine.camera import Frame
from engine.faces.face import Face
from engine.faces.liveness.clips import Clip, Verdict, decide, find_clips, frames_of
from engine.faces.liveness.labels import LIVE
from engine.faces.liveness.passive import MiniFasNetCheck, PassiveLook
from engine.faces.liveness.verdict import Context
from engine.faces.recogniser import Recogniser
from engine.models import Models

SIDES = (1.15, 1.4, 1.7, 2.0, 2.5)
MOST = 8
"""Frames of a clip that are looked at."""
DATA = Path(os.environ.get("TRIPTYCH_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))


def main() -> None:
    """Print a line for every cut and rule."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clips", type=Path, default=DATA / "faces" / "liveness")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        for given in (DATA / "models" / "minifasnet").glob("*.pth"):
            (Path(folder) / given.name).symlink_to(given)
        models = Models(Path(folder))
        recogniser, check = Recogniser(models), MiniFasNetCheck(models)
        clips = [clip for clip in find_clips(options.clips) if clip.species]
        looks = [looks_at(clip, recogniser, check) for clip in clips]
    for number, side in enumerate(SIDES):
        for rule in Context:
            made = [
                (clip.species, decide(seen[number], [], len(seen[number]), rule)[0])
                for clip, seen in zip(clips, looks, strict=True)
                if seen[number]
            ]
            attacks = [verdict for species, verdict in made if species != LIVE]
            living = [verdict for species, verdict in made if species == LIVE]
            print(
                f"× {side:4} {rule.value:7} attacks accepted {attacks.count(Verdict.ACCEPT):3} of "
                f"{len(attacks)}; living accepted {living.count(Verdict.ACCEPT):3}, asked "
                f"{living.count(Verdict.STEP_UP):3}, refused {living.count(Verdict.REFUSE):3} "
                f"of {len(living)}"
            )


def looks_at(clip: Clip, recogniser: Recogniser, check: MiniFasNetCheck) -> list[list[PassiveLook]]:
    """Return the looks at a clip for every cut."""
    seen: list[list[PassiveLook]] = [[] for _ in SIDES]
    for frame in frames_of(clip, 6.0):
        faces = recogniser.locate(frame.rgb) if frame.fresh and frame.fault is None else ()
        if not faces:
            continue
        nearest = max(faces, key=lambda face: face.eye_distance)
        for looks, side in zip(seen, SIDES, strict=True):
            cut, box = closer(frame, nearest, side)
            looks.append(check.look(cut.rgb, box))
        if len(seen[0]) >= MOST:
            break
    return seen


def closer(frame: Frame, face: Face, side: float) -> tuple[Frame, tuple[float, float, float, float]]:
    """Cut a frame to ``side`` sides of the face box; the second value is the box in what is left."""
    x, y, w, h = face.box
    height, width = frame.rgb.shape[:2]
    left, right = max(0, int(x + w / 2 - side * w / 2)), min(width, int(x + w / 2 + side * w / 2))
    top, bottom = max(0, int(y + h / 2 - side * h / 2)), min(height, int(y + h / 2 + side * h / 2))
    rgb = np.ascontiguousarray(frame.rgb[top:bottom, left:right])
    box = (max(0.0, x - left), max(0.0, y - top), min(w, right - left), min(h, bottom - top))
    return replace(frame, rgb=rgb), box


if __name__ == "__main__":
    main()
