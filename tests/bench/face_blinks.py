"""How well blinks are seen, and what else is taken for one: ``python -m tests.bench.face_blinks``.

Recordings: ``TRIPTYCH_DATA`` (``faces/video/franck.mp4``, ``faces/liveness``). Prints what share of the
marked blinks is found, by size of the face and frames a second; how often somebody who was not asked blinks
once, twice, and as the desk asks; what prints and screens seem to do; how often eyes that are covered seem to
blink, with the look at what is about them and without; and what a look at the lids costs.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from engine.faces.align import SIZE
from engine.faces.detect import Detector
from engine.faces.face import Face
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
from engine.faces.liveness.covering import surroundings
from engine.faces.liveness.statistics import Share, clopper_pearson
from engine.faces.recordings import recording
from engine.images import Rgb, read_picture
from engine.models import Models
from engine.samples import samples
from tests.conftest import DATA
from tests.engine.faces.covers import COVERS, FAST, SLOW, covered
from tests.engine.faces.moving import WAYS, moving, placed
from tests.golden import franck_blinks as marked

SIZES = (1.0, 2 / 3, 1 / 2, 2 / 5)
"""Shares of the recording's own size: eyes 60, 40, 30 and 24 pixels apart."""

SAME = surroundings(np.random.default_rng(0).integers(0, 256, (SIZE, SIZE, 3), np.uint8))
"""Surroundings that stay as they are: with them nothing is found that lies over the eyes."""

PRINTS = ("0003", "0009", "0015")
"""People of NUAA whose prints have their eyes covered; what is alike was decided on others."""


def worse(rgb: Rgb, light: float, noise: float) -> Rgb:
    """Show a picture in so much of its light, with noise (standard deviation, of 255)."""
    shown = rgb * light + np.random.default_rng(0).normal(0.0, noise, rgb.shape)
    return shown.clip(0, 255).astype(np.uint8)


def packed(rgb: Rgb) -> Rgb:
    """Show a picture after a JPEG of quality 25."""
    _, file = cv2.imencode(".jpg", rgb[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 25])
    return np.ascontiguousarray(cv2.imdecode(file, cv2.IMREAD_COLOR)[:, :, ::-1], np.uint8)


WORSE: dict[str, Callable[[Rgb], Rgb]] = {
    "as it is": lambda rgb: rgb,
    "noise": lambda rgb: worse(rgb, 1.0, 12.0),
    "dark": lambda rgb: worse(rgb, 0.3, 5.0),
    "jpeg": packed,
}


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
    parser.add_argument("--picture", choices=WORSE, default="as it is", help="of the marked recording")
    parser.add_argument("--attacks", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--covers", nargs="*", choices=COVERS, default=COVERS)
    options = parser.parse_args()
    cv2.setNumThreads(options.threads)
    eyes = Eyes()
    seen = look_at_marked(eyes, options.sizes, options.seconds, WORSE[options.picture])
    for poses in seen:
        tell_marked(poses)
    for poses in seen[:1]:
        tell_unasked(poses, options.seconds)
    if options.attacks:
        tell_attacks(eyes)
    tell_covers(eyes, options.covers)
    cost = statistics.median(eyes.costs)
    print(f"a look at the lids: {cost * 1e3:.1f} ms of processor time (median of {len(eyes.costs)})")


def look_at_marked(
    eyes: Eyes, sizes: Sequence[float], seconds: float, picture: Callable[[Rgb], Rgb]
) -> list[list[Pose | None]]:
    """Return, for every size, what is seen in each frame of the marked recording after ``picture``."""
    seen: list[list[Pose | None]] = [[] for _ in sizes]
    for frame in recording(DATA / marked.CLIP, 1000.0):
        if frame.time >= seconds or not sizes:
            break
        for poses, size in zip(seen, sizes, strict=True):
            small = cv2.resize(frame.rgb, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
            poses.append(eyes.pose(picture(small.astype(np.uint8, copy=False)), frame.time))
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
    half = marked.FRAMES // 2
    for name, part in (("first", poses[:half]), ("second", poses[half:])):
        seen, anyway = len(blinks_of(part).done), len(blinks_of(unguarded(part)).done)
        print(f"{name} half: {seen} blinks, {anyway} whatever lies over the eyes")


def unguarded(poses: Iterable[Pose | None]) -> list[Pose | None]:
    """Return the poses with surroundings in which nothing is found."""
    return [pose and replace(pose, lids=pose.lids and replace(pose.lids, around=SAME)) for pose in poses]


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


def tell_covers(eyes: Eyes, covers: Collection[str]) -> None:
    """Print for every cover how many photographs answer whose eyes it covers, at 12.5 frames/s."""
    photos = photographs(eyes) if covers else []
    for how in covers:
        courses = [
            course(eyes, itertools.islice(covered(photo, face, how, period), None, None, 2))
            for (photo, face), period in zip(photos, itertools.cycle((FAST, SLOW)), strict=False)
        ]
        seen, anyway = (
            sum(blinks_of(poses).twice(0.0) for poses in some)
            for some in (courses, [unguarded(poses) for poses in courses])
        )
        print(
            f"{how}: {seen} of {len(courses)} photographs answer; {anyway} whatever lies over the eyes",
            flush=True,
        )


def photographs(eyes: Eyes) -> list[tuple[Rgb, Face]]:
    """Return photographs that are held before a camera, each with its face."""
    folder = DATA / "faces" / "liveness" / "nuaa" / "print_attack"
    shown = [read_picture(min((folder / person).iterdir())).rgb for person in PRINTS]
    people = {sample.person: sample.path for sample in samples("face") if sample.person}
    shown += [placed(read_picture(path).rgb, 0.0, 0.0) for path in people.values()]
    cuts = [about(photo, faces[0]) for photo in shown if (faces := eyes.find(photo))]
    return [(cut, faces[0]) for cut in cuts if (faces := eyes.find(cut))]


def about(photo: Rgb, face: Face) -> Rgb:
    """Cut a face out with what is about it: the less there is to look at, the sooner it is done."""
    x, y, width, height = face.box
    rows = slice(max(0, round(y - 0.3 * height)), round(y + 1.3 * height))
    return np.ascontiguousarray(photo[rows, max(0, round(x - 0.4 * width)) : round(x + 1.4 * width)])


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
