"""How well blinks are seen, and what else is taken for one: ``python -m tests.bench.face_blinks``.

Recordings: ``TRIPTYCH_DATA`` (``faces/video/franck.mp4``, ``faces/liveness``). Prints what share of the
marked blinks is found, by size of the face and frames a second; how often somebody who was not asked blinks
once, twice, and as the desk asks; what prints and screens seem to do; and what a look at the lids costs.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np

from engine.faces.detect import Detector
from engine.faces.lids import LidFinder
from engine.faces.liveness.blink import Blinks, watch
from engine.faces.liveness.challenge import (
    BLINK_S,
    FRAMES,
    Ask,
    Outcome,
    Pose,
    begin,
    follow,
    pose_of,
)
from engine.faces.liveness.clips import find_clips, frames_of
from engine.faces.liveness.statistics import Share, clopper_pearson
from engine.faces.recordings import recording
from engine.images import Rgb, read_picture
from engine.models import Models
from engine.samples import samples
from tests.conftest import DATA
from tests.engine.faces.moving import WAYS, moving
from tests.golden import franck_blinks as marked

SIZES = (1.0, 2 / 3, 1 / 2, 2 / 5)
"""Shares of the recording's own size: eyes 60, 40, 30 and 24 pixels apart."""


class Eyes:
    """Detector and lids, as at the desk."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            models = Models(Path(folder))
            self.find = Detector(models.file("yunet")).detect
            self.lids = LidFinder(models.file("iris"))
        self.costs: list[float] = []

    def pose(self, rgb: Rgb, now: float) -> Pose | None:
        """Return the pose of the nearest face, with its lids."""
        faces = self.find(rgb)
        if not faces:
            return None
        nearest = max(faces, key=lambda face: face.eye_distance)
        begun = time.thread_time()
        lids = self.lids.look(rgb, nearest)
        self.costs.append(time.thread_time() - begun)
        return pose_of(nearest.landmarks, now, lids)


def main() -> None:
    """Run what was chosen and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=200.0, help="of the marked recording")
    parser.add_argument("--sizes", type=float, nargs="*", default=SIZES, help="shares of its own size")
    parser.add_argument("--attacks", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    cv2.setNumThreads(options.threads)
    eyes = Eyes()
    seen = look_at_marked(eyes, options.sizes, options.seconds)
    for poses in seen:
        tell_marked(poses)
    for poses in seen[:1]:
        tell_unasked(poses, options.seconds)
    if options.attacks:
        tell_attacks(eyes)
    cost = statistics.median(eyes.costs)
    print(f"a look at the lids: {cost * 1e3:.1f} ms of processor time (median of {len(eyes.costs)})")


def look_at_marked(eyes: Eyes, sizes: Sequence[float], seconds: float) -> list[list[Pose | None]]:
    """Return, for every size, what is seen in each frame of the marked recording."""
    seen: list[list[Pose | None]] = [[] for _ in sizes]
    for frame in recording(DATA / marked.CLIP, 1000.0):
        if frame.time >= seconds or not sizes:
            break
        for poses, size in zip(seen, sizes, strict=True):
            small = cv2.resize(frame.rgb, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
            poses.append(eyes.pose(small.astype(np.uint8, copy=False), frame.time))
    return seen


def tell_marked(poses: Sequence[Pose | None]) -> None:
    """Print how many of the marked blinks are found, at several rates, and what is found beside them."""
    blinks = [blink for blink in marked.BLINKS if blink < len(poses)]
    size = statistics.median(pose.size for pose in poses if pose is not None)
    for every in (1, 2, 3):
        hits = falses = 0
        for start in range(every):
            found = [at * marked.RATE for at in blinks_of(poses[start::every]).done]
            hits += sum(any(abs(at - blink) <= marked.NEAR for at in found) for blink in blinks)
            falses += sum(all(abs(at - blink) > marked.NEAR for blink in blinks) for at in found)
        share = clopper_pearson(round(hits / every), len(blinks))
        minutes = len(poses) / marked.RATE / 60.0
        print(
            f"eyes {size:3.0f} pixels apart, {marked.RATE / every:4.1f} frames/s: {told(share)} of the "
            f"blinks, {falses / every:.1f} others in {minutes:.1f} minutes"
        )


def blinks_of(poses: Iterable[Pose | None]) -> Blinks:
    """Return the blinks of a course of poses, by the lids alone."""
    blinks = Blinks()
    for pose in poses:
        blinks = blinks if pose is None else watch(blinks, pose.time, pose.lids)
    return blinks


def tell_unasked(poses: Sequence[Pose | None], seconds: float) -> None:
    """Print how often somebody who was not asked seems to answer: what a replay passes by chance."""
    times = np.array(marked.BLINKS) / marked.RATE
    for span in (3.0, BLINK_S, 6.0):
        starts = np.arange(0.0, marked.FRAMES / marked.RATE - span, 1.0 / marked.RATE)
        counts = np.array([((times >= at) & (times < at + span)).sum() for at in starts])
        once, twice = (float((counts >= least).mean()) for least in (1, 2))
        print(f"marked blinks in {span:.0f} s: at least one {once:.0%}, at least two {twice:.0%}")
    starts = np.arange(1.0, seconds - BLINK_S - 1.0, 0.5)
    passed = sum(answers(poses, float(at)) for at in starts)
    print(f"'blink twice' is answered by chance: {passed} of {len(starts)} moments")


def answers(poses: Sequence[Pose | None], asked: float) -> bool:
    """Whether what is seen after ``asked`` passes for the answer to "blink twice"."""
    before = [pose for pose in poses if pose is not None and asked - 0.6 <= pose.time < asked]
    after = [pose for pose in poses if pose is not None and pose.time >= asked]
    if len(before) < FRAMES:
        return False
    challenge = begin((Ask.BLINK,), before, asked)
    for pose in after:
        challenge = follow(challenge, pose)
        if challenge.returning or challenge.outcome is not Outcome.OPEN:
            break
    return challenge.returning


def tell_attacks(eyes: Eyes) -> None:
    """Print what recorded attacks and photographs that are moved by hand seem to do."""
    for clip in find_clips(DATA / "faces" / "liveness"):
        frames = [(frame.time, frame.rgb) for frame in frames_of(clip, 25.0)]
        if len(frames) > 1:
            tell_course(f"{clip.species or 'unknown'} {clip.name}", course(eyes, frames))
    photos = [sample.path for sample in samples("face") if sample.person][:2]
    for how in WAYS:
        for photo in photos:
            frames = list(moving(read_picture(photo).rgb, how, eyes.find))
            tell_course(f"photo, {how}", course(eyes, frames))


def course(eyes: Eyes, frames: Iterable[tuple[float, Rgb]]) -> list[Pose | None]:
    """Return what is seen in some frames."""
    return [eyes.pose(rgb, now) for now, rgb in frames]


def tell_course(name: str, poses: Sequence[Pose | None]) -> None:
    """Print how often a course of poses blinks, and whether it would pass for an answer."""
    begun = next((pose.time for pose in poses if pose is not None), 0.0)
    moments = np.arange(begun + 0.5, max(begun + 0.6, poses_end(poses) - BLINK_S + 1.0), 0.5)
    passed = sum(answers(poses, float(at)) for at in moments)
    blinks = len(blinks_of(poses).done)
    print(f"{name}: {blinks} blinks in {poses_end(poses) - begun:.1f} s; passes {passed} of {len(moments)}")


def poses_end(poses: Sequence[Pose | None]) -> float:
    """Return the time of the last pose."""
    return max((pose.time for pose in poses if pose is not None), default=0.0)


def told(share: Share) -> str:
    """Return a share in words, with its 95 % bounds."""
    return f"{share.count} of {share.trials} ({share.low:.0%} to {share.high:.0%})"


if __name__ == "__main__":
    main()
