"""How recorded people and attacks fare: every clip is decided on its own frames, then APCER and BPCER.

The decisions are those of the desk's liveness part alone, without anybody's identity: accept (it would count
as living), refuse (an attack), step-up (in doubt: at a desk a challenge would be asked).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.camera import Frame
from engine.errors import EngineError, ErrorCode
from engine.faces.liveness.challenge import Pose, pose_of, swings
from engine.faces.liveness.labels import Labels, species_of, told
from engine.faces.liveness.passive import PassiveCheck, PassiveLook, load_passive
from engine.faces.liveness.statistics import AttackReport, Presentation, attack_report
from engine.faces.liveness.verdict import LOOKS, Context, Passive, passive_verdict
from engine.faces.loading import load_recogniser
from engine.images import SUFFIXES, size_of
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from engine.faces.recogniser import Recogniser

VIDEOS: Final = frozenset({".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv"})

MOST_FRAMES: Final = 60
"""Frames with a face that are looked at in one clip."""


class Pictures(StrEnum):
    """What the pictures of one folder are whose names differ only in the last number."""

    AUTO = "auto"
    FRAMES = "frames"
    SINGLE = "single"


UNREADABLE: Final = ("unreadable",)
"""The reasons of a clip of which no frame can be read."""


class Verdict(StrEnum):
    """What is decided on a clip."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    STEP_UP = "step-up"


@dataclass(frozen=True)
class Clip:
    """A recording: one video, or the pictures of one sequence. ``name`` is told, ``species`` may be ""."""

    name: str
    species: str
    files: tuple[Path, ...]


@dataclass(frozen=True)
class ClipVerdict:
    """``live`` is the mean passive probability over ``frames`` frames with a face; None without an answer.

    ``shrunk`` is what were decided if the visible part of a face's surroundings were enough.
    """

    clip: Clip
    decision: Verdict
    reasons: tuple[str, ...]
    frames: int
    live: float | None
    shrunk: Verdict
    progress: Progress


@dataclass(frozen=True)
class ClipsReport:
    """All clips, and the error rates of those that can be read and whose species is known.

    A file that cannot be read was presented to nobody: counted as refused it would flatter one rate and spoil
    the other.
    """

    clips: tuple[ClipVerdict, ...]
    rates: AttackReport
    rates_shrunk: AttackReport
    unlabelled: int
    unreadable: int


def measure_clips(
    models: Models,
    place: Path,
    labels: Labels = Labels(),  # noqa: B008 - frozen
    *,
    pictures: Pictures = Pictures.AUTO,
    context: str = Context.CLOSE,
    rate: float = 6.0,
) -> Task[ClipVerdict, ClipsReport]:
    """Decide every clip below a folder, or one file, and count.

    Args:
        labels: what clips show; what it leaves open is read from the names.
        context: as in :func:`passive_verdict`.
        rate: frames a second that are looked at in a video.

    Raises:
        EngineError: FILE_MISSING, NO_PICTURES, FILE_UNREADABLE when no clip can be read, or what the networks
            raise.
    """
    clips = find_clips(place, labels, pictures)
    recogniser, passive = load_recogniser(models), load_passive(models)
    yield None
    pace, verdicts = Pace(len(clips)), []
    for done, clip in enumerate(clips, start=1):
        looks: list[PassiveLook | None] = []
        poses: list[Pose] = []
        frames = 0
        for frame in _readable(clip, rate):
            frames += 1
            if frame.fresh and frame.fault is None:
                _look(recogniser, passive, frame, looks, poses)
            yield None
            if len(looks) >= MOST_FRAMES:
                break
        decision, reasons = decide(looks, poses, frames, context)
        shrunk, _ = decide(looks, poses, frames, Context.SHRUNK)
        shares = [look.live for look in looks if look is not None]
        mean = sum(shares) / len(shares) if shares else None
        verdicts.append(ClipVerdict(clip, decision, reasons, len(looks), mean, shrunk, pace.at(done)))
        yield verdicts[-1]
    read = [verdict for verdict in verdicts if verdict.reasons != UNREADABLE]
    if not read:
        detail = f"Nothing in {place} can be read. Convert videos to MP4 (H.264) first."
        raise EngineError(ErrorCode.FILE_UNREADABLE, detail, str(place))
    rates = attack_report([_shown(verdict, verdict.decision) for verdict in read])
    rates_shrunk = attack_report([_shown(verdict, verdict.shrunk) for verdict in read])
    unlabelled = sum(not verdict.clip.species for verdict in read)
    return ClipsReport(tuple(verdicts), rates, rates_shrunk, unlabelled, len(verdicts) - len(read))


def decide(
    looks: Sequence[PassiveLook | None], poses: Sequence[Pose], frames: int, context: str
) -> tuple[Verdict, tuple[str, ...]]:
    """Return the decision on one clip of ``frames`` frames and why."""
    if not frames:
        return Verdict.REFUSE, UNREADABLE
    if not looks:
        return Verdict.REFUSE, ("no-face",)
    if frames > 1 and len(looks) < LOOKS:
        return Verdict.REFUSE, ("too-few-fresh-frames",)
    passive = passive_verdict(looks, context)
    turned = swings(poses)
    reasons = (f"passive-{passive.value}", *(("head-turn-seen",) if turned else ()))
    match passive:
        case Passive.LIVE:
            return Verdict.ACCEPT, reasons
        case Passive.CONTEXT if turned:
            return Verdict.ACCEPT, reasons
        case Passive.ATTACK:
            return Verdict.REFUSE, reasons
        case _:
            return Verdict.STEP_UP, reasons


def find_clips(
    place: Path,
    labels: Labels = Labels(),  # noqa: B008 - frozen
    pictures: Pictures = Pictures.AUTO,
) -> tuple[Clip, ...]:
    """Return the clips below a folder, or the one that a file is, in order of their names.

    Every video is a clip. Pictures of one folder whose names differ only in the last number are the frames of
    one clip when there are at least five of them, all of one size, or ``pictures`` says so; every other
    picture is a single look.

    Raises:
        EngineError: FILE_MISSING, or NO_PICTURES where there is neither video nor picture.
    """
    if not place.exists():
        raise EngineError(ErrorCode.FILE_MISSING, f"There is no file or folder {place}.", str(place))
    files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    root = place.parent if place.is_file() else place
    clips = [_clip(group, root, labels) for group in (*_videos(files), *_sequences(files, pictures))]
    if not clips:
        raise EngineError(
            ErrorCode.NO_PICTURES, f"There are neither videos nor pictures in {place}.", str(place)
        )
    return tuple(sorted(clips, key=lambda clip: clip.name))


def _videos(files: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    return ((path,) for path in files if path.suffix.lower() in VIDEOS)


def _sequences(files: Iterable[Path], pictures: Pictures) -> Iterator[tuple[Path, ...]]:
    groups: dict[tuple[Path, str], list[Path]] = {}
    for path in files:
        if path.suffix.lower() in SUFFIXES:
            groups.setdefault((path.parent, re.sub(r"\d+$", "", path.stem)), []).append(path)
    for group in groups.values():
        if pictures is Pictures.FRAMES or (pictures is Pictures.AUTO and _one_camera(group)):
            yield tuple(group)
        else:
            yield from ((path,) for path in group)


def _one_camera(group: Sequence[Path]) -> bool:
    """Whether pictures may be the frames of one recording: enough of them, and all of one size."""
    return len(group) >= LOOKS and len({size_of(path) for path in group}) == 1


def _clip(files: tuple[Path, ...], root: Path, labels: Labels) -> Clip:
    first = files[0]
    shown = first if len(files) == 1 else first.with_name(re.sub(r"\d+$", "", first.stem) + "*")
    name = shown.relative_to(root)
    named = told(name.as_posix(), labels.patterns) or labels.label
    return Clip(name.as_posix(), named or species_of(name, root.resolve().name), files)


def frames_of(clip: Clip, rate: float) -> Iterator[Frame]:
    """Yield the frames of a clip, of a video at most ``rate`` a second."""
    from engine.faces.recordings import in_order, recording, stills

    if clip.files[0].suffix.lower() in VIDEOS:
        return recording(clip.files[0], rate)
    return stills(in_order(clip.files))


def _readable(clip: Clip, rate: float) -> Iterator[Frame]:
    """Yield the frames of a clip; none of one that is damaged: the others are to be measured all the same."""
    try:
        yield from frames_of(clip, rate)
    except EngineError as error:
        if error.code is not ErrorCode.FILE_UNREADABLE:
            raise


def _look(
    recogniser: Recogniser,
    passive: PassiveCheck | None,
    frame: Frame,
    looks: list[PassiveLook | None],
    poses: list[Pose],
) -> None:
    faces = recogniser.locate(frame.rgb)
    if not faces:
        return
    nearest = max(faces, key=lambda face: face.eye_distance)
    poses.append(pose_of(nearest.landmarks, frame.time))
    looks.append(passive.look(frame.rgb, nearest.box) if passive is not None else None)


def _shown(verdict: ClipVerdict, decision: Verdict) -> Presentation:
    return Presentation(verdict.clip.species, decision is Verdict.ACCEPT, decision is Verdict.REFUSE)
