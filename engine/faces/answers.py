"""What the face tasks yield and return: frozen records without torch, OpenCV or a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.faces.matching import Decision, Match
from engine.faces.pairs import Pair, PairsReport
from engine.faces.people import Person
from engine.faces.quality import Hint, Quality
from engine.images import Rgb
from engine.progress import Progress

Box = tuple[float, float, float, float]
"""x, y, width, height in the picture's pixels."""


class RemarkKind(StrEnum):
    """What an enrolment may be told beside its success."""

    HINT = "hint"
    UNLIKE_SELF = "unlike-self"
    LIKE_OTHER = "like-other"
    PHOTO_SKIPPED = "photo-skipped"


@dataclass(frozen=True)
class Remark:
    """A warning: the kind (the window has the words), what it is about, and an English sentence."""

    kind: RemarkKind
    subject: str
    sentence: str


class SelfTestOutcome(StrEnum):
    """Whether somebody just enrolled is recognised.

    STEP_UP: 1:1 accepts, but 1:N asks for another proof (a tie or a lookalike). NOT_DONE: no fresh look came.
    """

    PASSED = "passed"
    STEP_UP = "step-up"
    FAILED = "failed"
    NOT_DONE = "not-done"


class LookedAt(StrEnum):
    """What the self-test looked at: a fresh frame, another photo of the same enrolment, or, where there was
    only one photo, its mirror image (which proves the way through the program rather than the likeness).
    """

    FRAME = "frame"
    PHOTO = "photo"
    MIRRORED = "mirrored"


@dataclass(frozen=True)
class SelfTest:
    """The self-test of an enrolment: ``distance`` of the look to what the gallery now holds, against τ of
    1:1.
    """

    outcome: SelfTestOutcome
    picture: LookedAt
    distance: float | None
    threshold: float


@dataclass(frozen=True)
class Enrolment:
    """A person as enrolled now, the best quality of what was added, and warnings.

    ``batch`` is what undoes it; ``duplicate_of`` names who most likely is the same person, or is empty.
    ``self_test`` tells whether the person is recognised now.
    """

    person: Person
    added: int
    quality: Quality
    remarks: tuple[Remark, ...]
    batch: str = ""
    duplicate_of: str = ""
    self_test: SelfTest | None = None


@dataclass(frozen=True)
class Verification:
    """The answer to a claim: the nearest of the person's encodings against τ."""

    name: str
    distance: float
    threshold: float
    decision: Decision
    reason: str
    quality: Quality


@dataclass(frozen=True)
class SeenFace:
    """One face of a picture and who it is."""

    box: Box
    decision: Decision
    match: Match
    quality: Quality


@dataclass(frozen=True)
class FacesSeen:
    """All faces of one picture.

    ``size`` is its width and height, ``threshold`` τ of 1:N for the ``people`` enrolled, ``seconds`` what
    finding and encoding took, ``frame`` the camera's frame index (−1: not from a camera). ``hint`` is what
    the most prominent face should do, or NO_FACE.
    """

    faces: tuple[SeenFace, ...]
    size: tuple[int, int]
    people: int
    threshold: float
    seconds: float
    hint: Hint | None
    frame: int = -1
    frozen: bool = False


@dataclass(frozen=True, eq=False)
class PhotoSeen:
    """A picture as shown, and who is in it (None: not known yet)."""

    rgb: Rgb
    seen: FacesSeen | None


@dataclass(frozen=True)
class Burst:
    """Choosing the best of several frames: how many are in, and what would help."""

    progress: Progress
    hint: Hint | None


@dataclass(frozen=True, eq=False)
class PairsResult:
    """The LFW protocol on a folder of photos.

    ``distances`` has one squared distance a pair, infinity where ``no_face`` (names of photos) had none.
    """

    pairs: tuple[Pair, ...]
    distances: NDArray[np.float64]
    report: PairsReport
    no_face: tuple[str, ...]
    photos: int
    seconds: float


HINTS = {
    Hint.NO_FACE: "There is no face.",
    Hint.ONE_PERSON: "Only one person should be in the picture.",
    Hint.NEARER: "The face is small: come nearer or use a larger picture.",
    Hint.FACE_CAMERA: "The face is turned away: look straight into the camera.",
    Hint.MORE_LIGHT: "The face is dark: more light from the front helps.",
    Hint.LESS_LIGHT: "The face is too bright: less light helps.",
    Hint.EVEN_LIGHT: "One half of the face is in shadow: light from the front helps.",
    Hint.HOLD_STILL: "The face is blurred: hold still or use a sharper picture.",
}
"""English sentences for the command line; the window has its own, translated."""
