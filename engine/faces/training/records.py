"""What the lab's tasks yield and return: frozen records without torch or OpenCV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.faces.openset import Point
from engine.faces.pairs import PairsReport
from engine.images import Rgb
from engine.progress import Progress


class Reason(StrEnum):
    """Why a photo is not part of a data set."""

    UNREADABLE = "unreadable"
    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    TWO_NAMES = "two-names"
    REPEATED = "repeated"
    NAME_TAKEN = "name-taken"
    NO_PERSON = "no-person"


@dataclass(frozen=True)
class LeftOut:
    """A photo (or folder) that is not used: where it is below the data set's folder, and why, in English."""

    file: str
    reason: Reason
    sentence: str


@dataclass(frozen=True)
class Doubt:
    """A photo that looks like somebody else than the other photos of ``person``; it is used all the same.

    ``like`` is whom it resembles more, or empty. ``undecided``: the folder has no larger group of photos
    that look like one person, so that any of them may be the wrong one.
    """

    file: str
    person: str
    like: str
    undecided: bool
    sentence: str


@dataclass(frozen=True)
class Gathering:
    """A data set being read: how far it is, and the counts so far; ``comparing`` photos comes last."""

    progress: Progress
    faces: int
    left_out: int
    comparing: bool = False


@dataclass(frozen=True, eq=False)
class FaceSet:
    """Aligned faces of several people, one sub-folder of ``folder`` a person.

    ``owners[i]`` is the index in ``people`` of photo i, never decreasing; ``files[i]`` is its path below
    ``folder``; ``digests[i]`` the SHA-256 of its file. ``store`` holds uint8 crops, M × 112 × 112 × 3, most
    likely on the disk; photo i is ``store[rows[i]]``.
    """

    folder: str
    people: tuple[str, ...]
    owners: NDArray[np.intp]
    files: tuple[str, ...]
    digests: tuple[str, ...]
    rows: NDArray[np.intp]
    store: NDArray[np.uint8]
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def __len__(self) -> int:
        return len(self.owners)

    def crops(self, photos: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Return the crops of some photos as fresh memory, n × 112 × 112 × 3."""
        return np.ascontiguousarray(self.store[self.rows[photos]])

    def crop(self, photo: int) -> Rgb:
        """Return one crop as fresh memory, 112 × 112 × 3."""
        return np.array(self.store[self.rows[photo]])

    def photos_of(self, people: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the photos of some people, in order."""
        return np.flatnonzero(np.isin(self.owners, people))

    @property
    def photo_counts(self) -> NDArray[np.intp]:
        """How many photos each person has."""
        return np.bincount(self.owners, minlength=len(self.people))


@dataclass(frozen=True, eq=False)
class Split:
    """People (indices) for learning, for choosing and for the final measurement; nobody is in two."""

    train: NDArray[np.intp]
    validation: NDArray[np.intp]
    test: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class HeldOutPairs:
    """Pairs of photos of one data set, always the same for one seed; all are of held-out people."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    same: NDArray[np.bool_]


@dataclass(frozen=True)
class StepRecord:
    """One step of learning in numbers.

    ``active_fraction`` is the share of triplets (of pairs: those on the wrong side of ½) that still teach;
    ``positive`` and ``negative`` are the means of d(A, P) and d(A, N) over all pairs of the batch; ``spread``
    is the mean distance of an encoding of the batch from their mean, 0 when all are equal.
    """

    step: int
    epoch: int
    loss: float
    active_fraction: float
    positive: float
    negative: float
    spread: float


@dataclass(frozen=True)
class EpochRecord:
    """After an epoch, on the validation people: area under the ROC, equal error rate, τ.

    ``separation`` is d′, the distance of the two means in standard deviations; it decides between epochs of
    equal area, for an encoder that tells a few people apart without an error.
    """

    epoch: int
    auc: float
    eer: float
    threshold: float
    separation: float = 0.0


@dataclass(frozen=True, eq=False)
class ShownTriplet:
    """A triplet as pictures (112 × 112 × 3) with its two squared distances."""

    anchor: Rgb
    positive: Rgb
    negative: Rgb
    names: tuple[str, str]
    positive_distance: float
    negative_distance: float


@dataclass(frozen=True, eq=False)
class Histograms:
    """How often each squared distance occurs: counts over equal bins of 0..4, and the threshold between."""

    same: NDArray[np.int64]
    different: NDArray[np.int64]
    threshold: float


@dataclass(frozen=True)
class Collapse:
    """All encodings have become nearly equal: since which step, how small the spread is, what helps."""

    step: int
    spread: float
    sentence: str


@dataclass(frozen=True, eq=False)
class Training:
    """A training run as it stands; ``idle``: hardly anything is left to learn from these triplets."""

    progress: Progress
    steps: tuple[StepRecord, ...]
    epochs: tuple[EpochRecord, ...]
    histograms: Histograms | None
    hardest: tuple[ShownTriplet, ...]
    collapse: Collapse | None
    stage: str = "training"
    idle: bool = False


@dataclass(frozen=True, eq=False)
class ErrorCase:
    """A pair that a verifier gets most wrong: its pictures, whose they are, and the squared distance."""

    first: Rgb
    second: Rgb
    names: tuple[str, str]
    same: bool
    distance: float


@dataclass(frozen=True)
class OpenSetResult:
    """Open-set identification: ``enrolled`` people with one photo each, their other photos, strangers.

    ``points`` has FNIR with bounds and τ by wanted false positive identification rate.
    """

    enrolled: int
    probes: int
    strangers: int
    points: Mapping[float, Point]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How well an encoder tells held-out people apart.

    ``report`` holds the ROC over all pairs; ``accuracy`` and its standard error come from ten folds of
    equally many same and different pairs, the threshold chosen on nine and tested on the tenth.
    ``open_set`` is None without enough people, and for a pairwise classifier, which is no distance.
    """

    auc: float
    report: PairsReport
    accuracy: float
    accuracy_se: float
    same_pairs: int
    different_pairs: int
    people: int
    histograms: Histograms
    false_accepts: tuple[ErrorCase, ...] = ()
    false_rejects: tuple[ErrorCase, ...] = ()
    open_set: OpenSetResult | None = None
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Trained:
    """The outcome of a training run: before and after on the same held-out pairs.

    ``plain`` is the plain distance of the same encodings where pairwise classification was learned.
    """

    before: Evaluation
    after: Evaluation
    plain: Evaluation | None
    steps: tuple[StepRecord, ...]
    epochs: tuple[EpochRecord, ...]
    people: tuple[int, int, int]
    photos: int
    best_epoch: int
    collapse: Collapse | None
    model: str
    seconds: float
    data_seconds: float = field(default=0.0)
