"""Enrolment as tasks: from photos, or from the best of a burst of frames; each ends with a self-test."""

from __future__ import annotations

import dataclasses
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.camera import Frame
from engine.errors import EngineError
from engine.faces.answers import Burst, Enrolment, LookedAt, Remark, SelfTest, SelfTestOutcome
from engine.faces.burst import best_of_burst
from engine.faces.enrolling import new_encoding, remarks_on, skipped
from engine.faces.gallery import Gallery
from engine.faces.loading import load_recogniser
from engine.faces.matching import Decision, Encodings, Thresholds, distances, identify, nearest_people
from engine.faces.people import Person, clean_name
from engine.faces.store.consent import demand_for
from engine.faces.store.likeness import Likeness, mark, nearest_other
from engine.faces.store.lines import calibrated
from engine.faces.store.records import Details, Kind, Limits
from engine.images import Rgb, read_picture
from engine.jobs import Task
from engine.latest import Latest
from engine.models import Models
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from engine.faces.recogniser import AlignedFace, Recogniser

TEST_S: Final = 3.0
"""How long the self-test waits for a fresh frame with a good face."""

_POLL_S: Final = 0.005


@dataclass(frozen=True)
class Register:
    """Where and as what somebody is enrolled; the person is created when nobody has this name.

    ``details``, ``limits`` and ``kind`` are those of a new person and leave an enrolled one alone. ``actor``
    is who acts, for the audit log.
    """

    database: Path
    name: str
    thresholds: Thresholds
    keep_photos: bool = False
    details: Details | None = None
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    kind: Kind = Kind.STAFF
    actor: str = "desk"


def enrol(models: Models, register: Register, photos: Sequence[Path]) -> Task[Progress, Enrolment]:
    """Add an encoding of each photo to a person.

    Photos without one clear face are passed over with a remark as long as one photo is good. The self-test
    compares each photo with the others as stored; a single one with its mirror image.

    Raises:
        EngineError: CONSENT_MISSING before any photo is opened; NAME_INVALID; NO_FACE, SEVERAL_FACES or what
            :func:`read_picture` raises when no photo is usable; what :class:`Gallery` raises.
    """
    register = dataclasses.replace(register, name=clean_name(register.name))
    _demand_consent(register)
    recogniser = load_recogniser(models)
    yield None
    pace, refusals = Pace(len(photos)), []
    faces: list[tuple[AlignedFace, str]] = []
    for done, photo in enumerate(photos, start=1):
        try:
            rgb = read_picture(photo).rgb
            faces.append((recogniser.find_one(rgb, photo.name), photo.name))
            newest = rgb
        except EngineError as error:
            refusals.append(error)
        yield pace.at(done)
    if not faces:
        raise refusals[0]
    enrolled, vectors = _store(
        recogniser, register, faces, "photo", tuple(skipped(error) for error in refusals)
    )
    yield None
    if len(faces) > 1:
        return _with_test(register, recogniser.model, enrolled, vectors, LookedAt.PHOTO)
    look = _look(recogniser, np.ascontiguousarray(newest[:, ::-1]))
    return _with_test(register, recogniser.model, enrolled, look, LookedAt.MIRRORED)


def enrol_from_camera(models: Models, register: Register, frames: Latest[Frame]) -> Task[Burst, Enrolment]:
    """Enrol the person before the camera from the best of a few frames; waits for ``frames``.

    The self-test looks at a fresh frame, grabbed after the encoding was stored.

    Raises:
        EngineError: CONSENT_MISSING before any frame is looked at; NAME_INVALID; NO_FACE or SEVERAL_FACES
            after ten seconds; what :class:`Gallery` raises.
    """
    register = dataclasses.replace(register, name=clean_name(register.name))
    _demand_consent(register)
    recogniser = load_recogniser(models)
    best = yield from best_of_burst(recogniser, frames, register.thresholds.verify)
    enrolled, _ = _store(recogniser, register, [(best, "")], "camera", ())
    look = yield from _fresh_look(recogniser, frames)
    return _with_test(register, recogniser.model, enrolled, look, LookedAt.FRAME)


def _demand_consent(register: Register) -> None:
    """Refuse before anything is captured. A gallery that does not exist yet asks for nothing."""
    if register.database.exists():
        with Gallery(register.database, register.actor) as gallery:
            demand_for(gallery, register.name, register.details, register.limits)


def _look(recogniser: Recogniser, rgb: Rgb) -> Encodings | None:
    """Return the encoding (1 × 128) of the one face of a picture, or None."""
    try:
        return recogniser.encode([recogniser.find_one(rgb, "the self-test's picture")])
    except EngineError:
        return None


def _fresh_look(recogniser: Recogniser, frames: Latest[Frame]) -> Task[Burst, Encodings | None]:
    """Return the encoding (1 × 128) of the next frame with one good face; None when none came in time."""
    began, pace = time.monotonic(), Pace(1)
    while time.monotonic() - began < TEST_S:
        frame = frames.take()
        if frame is None or not frame.fresh or frame.fault is not None or frame.time < began:
            time.sleep(_POLL_S)  # not WAIT: a camera that has ended wakes nobody, and the time has to run out
            yield None
            continue
        try:
            face = recogniser.find_one(frame.rgb, "the camera's picture")
        except EngineError:
            yield Burst(pace.at(0), None)
            continue
        if face.quality.hint is None:
            return recogniser.encode([face])
        yield Burst(pace.at(0), face.quality.hint)
    return None


def _with_test(
    register: Register, model: str, enrolled: Enrolment, looks: Encodings | None, picture: LookedAt
) -> Enrolment:
    """Compare looks (M × 128) with what the gallery holds now, sealed, written and read again."""
    line = register.thresholds.verify
    if looks is None:
        return dataclasses.replace(
            enrolled, self_test=SelfTest(SelfTestOutcome.NOT_DONE, picture, None, line)
        )
    with Gallery(register.database, register.actor) as gallery:
        known = gallery.known(model)
        lines = calibrated(gallery, model, register.thresholds)
    ids = [person.id for person in known.people]
    own = known.vectors[known.owners == ids.index(enrolled.person.id)] if enrolled.person.id in ids else None
    if own is None:
        test = SelfTest(SelfTestOutcome.FAILED, picture, None, line)
        return dataclasses.replace(enrolled, self_test=test)
    apart = distances(looks, own)
    if picture is LookedAt.PHOTO:  # each photo is stored itself: the nearest of the others counts
        apart = np.sort(apart, axis=1)[:, 1:]
    distance = float(apart.min(axis=1).max())
    decisions = {
        identify(match, lines, len(known.people))
        for match in nearest_people(looks, known)
        if match.person is not None and match.person.id == enrolled.person.id
    }
    outcome = SelfTestOutcome.FAILED
    if distance <= line:
        sure = decisions == {Decision.ACCEPT}
        outcome = SelfTestOutcome.PASSED if sure else SelfTestOutcome.STEP_UP
    return dataclasses.replace(enrolled, self_test=SelfTest(outcome, picture, distance, line))


def _store(
    recogniser: Recogniser,
    register: Register,
    faces: Sequence[tuple[AlignedFace, str]],
    source: str,
    notes: tuple[Remark, ...],
) -> tuple[Enrolment, Encodings]:
    """Store the faces; return what is told, and the new encodings (M × 128)."""
    vectors = recogniser.encode([face for face, _ in faces])
    rows = [
        new_encoding(vector, recogniser.model, source, file, face, keep_photos=register.keep_photos)
        for vector, (face, file) in zip(vectors, faces, strict=True)
    ]
    best = max((face.quality for face, _ in faces), key=lambda quality: quality.score)
    name = register.name
    with Gallery(register.database, register.actor) as gallery:
        known, batch = gallery.known(recogniser.model), uuid.uuid4().hex[:12]
        remarks = remarks_on(vectors, known, name, best, register.thresholds)
        alike = nearest_other(vectors, known, name, register.thresholds)
        duplicate = alike is not None and alike.likeness is Likeness.DUPLICATE
        with gallery.database.transaction():
            person: Person = gallery.add(
                name,
                rows,
                details=register.details,
                limits=register.limits,
                kind=register.kind,
                batch=batch,
            )
            if alike is not None and duplicate:
                # Until somebody decides, neither is welcomed by 1:N alone.
                mark(gallery, name, alike.person.name)
    like = alike.person.name if alike is not None and duplicate else ""
    return Enrolment(person, len(rows), best, (*notes, *remarks), batch, like), vectors
