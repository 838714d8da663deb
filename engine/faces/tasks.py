"""The tasks of Recognise. Importing this loads neither torch nor OpenCV: the window does it at start."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.camera import Frame
from engine.errors import EngineError, ErrorCode
from engine.faces.answers import Burst, FacesSeen, PhotoSeen, SeenFace, Verification
from engine.faces.burst import best_of_burst
from engine.faces.enrolment import Register, enrol, enrol_from_camera
from engine.faces.face import RIVAL
from engine.faces.gallery import Gallery
from engine.faces.loading import load_recogniser
from engine.faces.matching import Decision, Known, Thresholds, distances, identify, nearest_people, verify
from engine.faces.people import Person
from engine.faces.quality import Hint
from engine.faces.registry import erase, existing, list_people, on_gallery, rename
from engine.faces.store.lines import calibrated
from engine.images import Rgb, fit_within, read_picture
from engine.jobs import WAIT, Task
from engine.latest import Latest
from engine.models import Models
from engine.progress import Progress

__all__ = [
    "MOST_FACES",
    "Register",
    "enrol",
    "enrol_from_camera",
    "erase",
    "existing",
    "identify_photo",
    "list_people",
    "look_at_photo",
    "on_gallery",
    "rename",
    "verify_from_camera",
    "verify_photo",
    "watch_faces",
]

if TYPE_CHECKING:
    from engine.faces.recogniser import AlignedFace, Recogniser

MOST_FACES: Final = 6
"""Faces encoded in one live frame, the most prominent first, so that a crowd does not stall the picture."""


def verify_photo(
    models: Models, database: Path, name: str, photo: Path, threshold: float
) -> Task[Progress, Verification]:
    """Compare the face of a photo with the person who it is claimed to be.

    Raises:
        EngineError: PERSON_UNKNOWN, NAME_INVALID, GALLERY_EMPTY; NO_FACE, SEVERAL_FACES or what
            :func:`read_picture` and :class:`Gallery` raise.
    """
    person, claimed = _claimed(database, name, models.face_encoder)
    recogniser = load_recogniser(models)
    yield None
    face = recogniser.find_one(read_picture(photo).rgb, photo.name)
    yield None
    return _verification(recogniser, face, person, claimed, threshold)


def verify_from_camera(
    models: Models, database: Path, name: str, frames: Latest[Frame], threshold: float
) -> Task[Burst, Verification]:
    """Compare the best of a few camera frames with the person who somebody claims to be.

    Raises:
        EngineError: as :func:`verify_photo`; NO_FACE or SEVERAL_FACES after ten seconds.
    """
    person, claimed = _claimed(database, name, models.face_encoder)
    recogniser = load_recogniser(models)
    best = yield from best_of_burst(recogniser, frames, threshold)
    return _verification(recogniser, best, person, claimed, threshold)


def identify_photo(
    models: Models, database: Path, photo: Path, thresholds: Thresholds
) -> Task[None, FacesSeen]:
    """Say of every face in a picture who it is; in a picture without faces there is nobody.

    Raises:
        EngineError: GALLERY_EMPTY, or what :func:`read_picture` and :class:`Gallery` raise.
    """
    with existing(database) as gallery:
        known = gallery.known(models.face_encoder)
        thresholds = calibrated(gallery, models.face_encoder, thresholds)
    return (yield from _identify(models, known, read_picture(photo).rgb, thresholds))


def look_at_photo(
    models: Models, database: Path, photo: Path, thresholds: Thresholds, longest: int = 2048
) -> Task[PhotoSeen, PhotoSeen]:
    """Show a picture, at most ``longest`` pixels long, then who is in it; without a gallery, strangers.

    Raises:
        EngineError: what :func:`read_picture`, the networks and :class:`Gallery` raise.
    """
    rgb = fit_within(read_picture(photo).rgb, longest)
    yield PhotoSeen(rgb, None)
    with Gallery(database) as gallery:
        known = gallery.known(models.face_encoder)
        thresholds = calibrated(gallery, models.face_encoder, thresholds)
    seen = yield from _identify(models, known, rgb, thresholds)
    return PhotoSeen(rgb, seen)


def watch_faces(
    models: Models, database: Path, frames: Latest[Frame], thresholds: Thresholds
) -> Task[FacesSeen, None]:
    """Identify the faces of the newest frame, over and over, until cancelled.

    Whoever subscribes ``frames`` to a camera sets its ``on_put`` to the job's ``wake``. People who are
    enrolled or erased meanwhile count from the next frame on.

    Raises:
        EngineError: what :class:`Gallery` and the networks raise.
    """
    recogniser = load_recogniser(models)
    yield None
    with Gallery(database) as gallery:
        known, version = gallery.known(recogniser.model), gallery.change_count()
        lines = calibrated(gallery, recogniser.model, thresholds)
        while True:
            frame = frames.take()
            if frame is None:
                yield WAIT
                continue
            start = time.monotonic()
            faces = recogniser.find(frame.rgb)
            found = time.monotonic() - start
            yield None
            if gallery.change_count() != version:
                known, version = gallery.known(recogniser.model), gallery.change_count()
                lines = calibrated(gallery, recogniser.model, thresholds)
            start = time.monotonic()
            seen = _seen(recogniser, faces[:MOST_FACES], known, lines)
            seconds = found + time.monotonic() - start
            yield _faces_seen(seen, faces, frame.rgb, known, lines, seconds, frame)


def _identify(models: Models, known: Known, rgb: Rgb, thresholds: Thresholds) -> Task[None, FacesSeen]:
    recogniser = load_recogniser(models)
    yield None
    start = time.monotonic()
    faces = recogniser.find(rgb)
    yield None
    seen = _seen(recogniser, faces, known, thresholds)
    seconds = time.monotonic() - start
    return _faces_seen(seen, faces, rgb, known, thresholds, seconds)


def _claimed(database: Path, name: str, model: str) -> tuple[Person, Known]:
    """Return a person and a gallery of nobody else."""
    with existing(database) as gallery:
        person, known = gallery.person(name), gallery.known(model)
    ids = [other.id for other in known.people]
    mine = known.owners == ids.index(person.id) if person.id in ids else np.zeros(len(known.owners), bool)
    if not mine.any():
        raise EngineError(
            ErrorCode.PERSON_UNKNOWN,
            f"{person.name} has no encoding of the model in use ({model}). Enrol this person again.",
            person.name,
        )
    return person, Known((person,), np.zeros(int(mine.sum()), np.intp), known.vectors[mine])


def _verification(
    recogniser: Recogniser, face: AlignedFace, person: Person, claimed: Known, threshold: float
) -> Verification:
    distance = float(distances(recogniser.encode([face]), claimed.vectors).min())
    decision = verify(distance, threshold)
    relation = "at most" if decision is Decision.ACCEPT else "above"
    reason = f"The squared distance {distance:.3f} is {relation} the threshold {threshold:.3f}."
    return Verification(person.name, distance, threshold, decision, reason, face.quality)


def _seen(
    recogniser: Recogniser, faces: tuple[AlignedFace, ...], known: Known, thresholds: Thresholds
) -> tuple[SeenFace, ...]:
    matches = nearest_people(recogniser.encode(faces), known)
    return tuple(
        SeenFace(face.face.box, identify(match, thresholds, len(known.people)), match, face.quality)
        for face, match in zip(faces, matches, strict=True)
    )


def _faces_seen(
    seen: tuple[SeenFace, ...],
    faces: tuple[AlignedFace, ...],
    rgb: Rgb,
    known: Known,
    thresholds: Thresholds,
    seconds: float,
    frame: Frame | None = None,
) -> FacesSeen:
    return FacesSeen(
        seen,
        (rgb.shape[1], rgb.shape[0]),
        len(known.people),
        thresholds.identify(len(known.people)),
        seconds,
        _hint(faces, rgb),
        frame.index if frame is not None else -1,
        frozen=frame is not None and frame.frozen,
    )


def _hint(faces: Sequence[AlignedFace], rgb: Rgb) -> Hint | None:
    if not faces:
        return Hint.NO_FACE
    if len(faces) > 1:
        first, second = (face.face.prominence(rgb.shape[1], rgb.shape[0]) for face in faces[:2])
        if second >= RIVAL * first:
            return Hint.ONE_PERSON
    return faces[0].quality.hint
