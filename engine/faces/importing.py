"""Import of many people: a folder (a sub-folder or a photo each) or a CSV, tried first, undone in one
step.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.faces.answers import HINTS
from engine.faces.enrolling import new_encoding
from engine.faces.gallery import Gallery
from engine.faces.import_list import Line, read_lines
from engine.faces.loading import load_recogniser
from engine.faces.matching import Encodings, Known, Thresholds, distances
from engine.faces.people import Person, clean_name, same_name
from engine.faces.quality import Hint
from engine.faces.spread import spread
from engine.faces.store.cards import by_code
from engine.faces.store.consent import demand_for
from engine.faces.store.likeness import Likeness, mark, nearest_other
from engine.faces.store.records import Details, Limits, NewEncoding
from engine.images import read_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from engine.faces.recogniser import AlignedFace, Recogniser


class Verdict(StrEnum):
    """What becomes of one photo. Only GOOD, POOR and ALIKE are enrolled."""

    GOOD = "good"
    POOR = "poor"
    ALIKE = "alike"
    DUPLICATE = "duplicate"
    UNLIKE = "unlike"
    NO_FACE = "no-face"
    SEVERAL = "several-faces"
    UNREADABLE = "unreadable"
    NAME = "name-invalid"


ENROLLED: Final = frozenset({Verdict.GOOD, Verdict.POOR, Verdict.ALIKE})


@dataclass(frozen=True)
class Judged:
    """A photo with its verdict, and a sentence why; ``other`` is who looks alike. ``hint`` is for POOR."""

    line: Line
    verdict: Verdict
    sentence: str = ""
    other: str = ""
    hint: Hint | None = None


@dataclass(frozen=True)
class Imported:
    """What an import did, or (``batch`` empty: a dry run) would do."""

    judged: tuple[Judged, ...]
    people: tuple[str, ...]
    batch: str = ""

    def count(self, verdict: Verdict) -> int:
        """Return how many photos got a verdict."""
        return sum(one.verdict is verdict for one in self.judged)


def import_people(
    models: Models,
    database: Path,
    source: Path,
    thresholds: Thresholds,
    *,
    dry_run: bool,
    keep_photos: bool = False,
    details: Details = Details(),  # noqa: B008 - frozen
    limits: Limits = Limits(),  # noqa: B008 - frozen
    actor: str = "desk",
) -> Task[Progress, Imported]:
    """Judge every photo of a folder or CSV and, unless it is a dry run, enrol the usable ones in one
    transaction.

    A photo that most likely shows somebody who is enrolled under another name is left out; one that only
    looks alike is enrolled, and the pair is never welcomed by 1:N alone.

    Args:
        details, limits: purpose, consent and end of keeping for everybody whose own line says nothing of it.

    Raises:
        EngineError: CONSENT_MISSING or CODE_TAKEN before any photo is opened; what :func:`read_lines`, the
            networks and :class:`Gallery` raise.
    """
    lines = tuple(_filled(line, details, limits) for line in read_lines(source))
    if database.exists():
        with Gallery(database, actor) as gallery:
            _demand_consent(gallery, lines)
            _demand_free_codes(gallery, lines)
    recogniser = load_recogniser(models)
    yield None
    with Gallery(database, actor) as gallery:
        judge = _Judge(recogniser.model, gallery.known(recogniser.model), thresholds, keep_photos)
        pace = Pace(len(lines))
        for looked in spread(partial(_look, recogniser), lines, recogniser.workers):
            if looked is None:
                yield None
                continue
            judge.add(looked)
            yield pace.at(len(judge.judged))
        people = tuple(dict.fromkeys(one.line.name for one in judge.judged if one.verdict in ENROLLED))
        if dry_run or not judge.rows:
            return Imported(tuple(judge.judged), people)
        batch = uuid.uuid4().hex[:12]
        with gallery.database.transaction():
            for line, row in judge.rows:
                gallery.add(line.name, [row], details=line.details, limits=line.limits, batch=batch)
            for one in judge.judged:
                if one.verdict is Verdict.ALIKE:
                    mark(gallery, one.line.name, one.other)
            gallery.record("people imported", detail={"batch": batch, "photos": len(judge.rows)})
    return Imported(tuple(judge.judged), people, batch)


def undo_import(database: Path, batch: str, actor: str = "desk") -> Task[None, tuple[Person, ...]]:
    """Take an import back: its encodings, and the people who have nothing else; return those people.

    Raises:
        EngineError: BAD_VALUE when there is no such import; what :class:`Gallery` raises.
    """
    yield None
    with Gallery(database, actor) as gallery:
        rows = gallery.database.rows("SELECT DISTINCT person FROM encoding WHERE batch = ?", (batch,))
        if not rows:
            detail = f"There is no import {batch} to take back. The import printed its number."
            raise EngineError(ErrorCode.BAD_VALUE, detail, batch)
        gone = []
        with gallery.database.transaction():
            gallery.database.execute("DELETE FROM encoding WHERE batch = ?", (batch,))
            for (person_id,) in rows:
                person = gallery.person_by_id(person_id)
                if person is not None and person.encodings == 0:
                    gallery.database.execute("DELETE FROM person WHERE id = ?", (person.id,))
                    gone.append(person)
            gallery.record("import undone", detail={"batch": batch, "people": len(gone)})
        gallery.database.overwrite_freed()
    return tuple(gone)


def _filled(line: Line, details: Details, limits: Limits) -> Line:
    """Return a line with what holds for the whole import where it says nothing itself."""
    own = line.details
    agreed = replace(own, purpose=own.purpose or details.purpose, consent=own.consent or details.consent)
    return replace(line, details=agreed, limits=line.limits if line.limits.retain_until else limits)


def _demand_consent(gallery: Gallery, lines: Sequence[Line]) -> None:
    """Refuse before any photo is opened; the error says where in the list something is missing."""
    for line in lines:
        try:
            demand_for(gallery, line.name, line.details, line.limits)
        except EngineError as error:
            if error.code is not ErrorCode.CONSENT_MISSING:
                continue  # a name that is none gets its verdict later
            raise EngineError(error.code, f"{line.place}: {error.detail}", error.subject) from error


def _demand_free_codes(gallery: Gallery, lines: Sequence[Line]) -> None:
    """Refuse a number or badge that somebody else who is enrolled has, before any photo is opened."""
    for line in lines:
        for kind, code in (("number", line.details.number), ("badge", line.details.badge)):
            owner = by_code(gallery, kind, code) if code else None
            if owner is not None and not same_name(owner.name, line.name):
                detail = f"{line.place}: the {kind} {code} belongs to {owner.name}, who is enrolled."
                raise EngineError(ErrorCode.CODE_TAKEN, f"{detail} Correct the list.", code)


@dataclass(frozen=True, eq=False)
class _Looked:
    """A photo's face and encoding (1 × 128), on a line with the person's tidy name; or why there are none."""

    line: Line
    found: tuple[AlignedFace, Encodings] | EngineError


def _look(recogniser: Recogniser, line: Line) -> _Looked:
    try:
        line = replace(line, name=clean_name(line.name))
        face = recogniser.find_one(read_picture(line.photo).rgb, line.photo.name)
    except EngineError as error:
        return _Looked(line, error)
    return _Looked(line, (face, recogniser.encode([face])))


class _Judge:
    """Judges photos one after another; what it accepted counts as known for the next ones."""

    def __init__(self, model: str, known: Known, thresholds: Thresholds, keep_photos: bool) -> None:
        self._model, self._thresholds = model, thresholds
        self._keep_photos = keep_photos
        self._people = list(known.people)
        self._owners = known.owners.tolist()
        self._vectors: list[Encodings] = [known.vectors]
        self.judged: list[Judged] = []
        self.rows: list[tuple[Line, NewEncoding]] = []

    def add(self, looked: _Looked) -> None:
        """Judge one photo."""
        line, found = looked.line, looked.found
        if isinstance(found, EngineError):
            verdict = _REFUSALS.get(found.code, Verdict.UNREADABLE)
            self.judged.append(Judged(line, verdict, found.detail))
            return
        face, vector = found
        judged = self._compare(line, vector)
        if judged.verdict is Verdict.GOOD and face.quality.hint is not None:
            hint = face.quality.hint
            judged = Judged(line, Verdict.POOR, HINTS[hint], hint=hint)
        self.judged.append(judged)
        if judged.verdict in ENROLLED:
            row = new_encoding(
                *(vector[0], self._model, "photo", line.photo.name, face),
                keep_photos=self._keep_photos,
            )
            self.rows.append((line, row))
            self._remember(line.name, vector)

    def _compare(self, line: Line, vector: Encodings) -> Judged:
        name = line.name
        known = self._known()
        mine = [index for index, owner in enumerate(known.owners) if known.people[owner].name == name]
        if mine:
            apart = float(distances(vector, known.vectors[mine]).min())
            if apart > self._thresholds.verify:
                sentence = f"Does not look like the other photos of {name} (squared distance {apart:.2f})."
                return Judged(line, Verdict.UNLIKE, sentence)
        alike = nearest_other(vector, known, name, self._thresholds)
        if alike is None:
            return Judged(line, Verdict.GOOD)
        other = alike.person.name
        if alike.likeness is Likeness.DUPLICATE:
            sentence = f"Most likely shows {other}, who is enrolled (squared distance {alike.distance:.2f})."
            return Judged(line, Verdict.DUPLICATE, sentence, other)
        sentence = f"Looks like {other} (squared distance {alike.distance:.2f}): both will be verified 1:1."
        return Judged(line, Verdict.ALIKE, sentence, other)

    def _known(self) -> Known:
        return Known(tuple(self._people), np.array(self._owners, np.intp), np.concatenate(self._vectors))

    def _remember(self, name: str, vector: Encodings) -> None:
        names = [person.name for person in self._people]
        if name not in names:
            self._people.append(Person(f"new-{len(names)}", name))
            names.append(name)
        self._owners.append(names.index(name))
        self._vectors = [np.concatenate([*self._vectors, vector])]


_REFUSALS: Final = {
    ErrorCode.NAME_INVALID: Verdict.NAME,
    ErrorCode.NO_FACE: Verdict.NO_FACE,
    ErrorCode.SEVERAL_FACES: Verdict.SEVERAL,
}
