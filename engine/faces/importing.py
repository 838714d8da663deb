"""Import of many people: a folder (a sub-folder or a photo each) or a CSV, tried first, undone in one
step.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.faces.answers import HINTS
from engine.faces.enrolling import new_encoding
from engine.faces.gallery import Gallery
from engine.faces.loading import load_recogniser
from engine.faces.matching import Encodings, Known, Thresholds, distances
from engine.faces.people import Person, clean_name
from engine.faces.quality import Hint
from engine.faces.store.consent import demand_for
from engine.faces.store.likeness import Likeness, mark, nearest_other
from engine.faces.store.records import Details, Limits, NewEncoding, end_of
from engine.images import SUFFIXES, read_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from engine.faces.recogniser import Recogniser

COLUMNS: Final = ("name", "photo", "number", "badge", "purpose", "consent", "retain_until", "note")
REQUIRED: Final = ("name", "photo")
LARGEST_CSV: Final = 20_000_000


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
class Line:
    """One photo to be imported and whose it is; ``place`` says where that stands, for messages."""

    name: str
    photo: Path
    place: str
    details: Details = field(default=Details())
    limits: Limits = field(default=Limits())


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


def read_lines(source: Path) -> tuple[Line, ...]:
    """Return what a folder or a CSV asks to import, in order.

    A folder holds one sub-folder a person (its name is the person's) or one photo a person (the file's name
    is; ``_`` stands for a space). A CSV has a header with at least ``name`` and ``photo``.

    Raises:
        EngineError: FILE_MISSING, IMPORT_INVALID or BAD_VALUE.
    """
    if source.is_dir():
        lines = _from_folder(source)
    elif source.is_file():
        lines = _from_csv(source)
    else:
        detail = f"{source} is not there. Name a folder of photos or a CSV file."
        raise EngineError(ErrorCode.FILE_MISSING, detail, str(source))
    if not lines:
        detail = f"{source} holds no photos. Put one sub-folder, or one photo, a person into it."
        raise EngineError(ErrorCode.IMPORT_INVALID, detail, str(source))
    return tuple(lines)


def import_people(
    models: Models,
    database: Path,
    source: Path,
    thresholds: Thresholds,
    *,
    dry_run: bool,
    keep_photos: bool = False,
    actor: str = "desk",
) -> Task[Progress, Imported]:
    """Judge every photo of a folder or CSV and, unless it is a dry run, enrol the usable ones in one
    transaction.

    A photo that most likely shows somebody who is enrolled under another name is left out; one that only
    looks alike is enrolled, and the pair is never welcomed by 1:N alone.

    Raises:
        EngineError: CONSENT_MISSING before any photo is opened; what :func:`read_lines`, the networks and
            :class:`Gallery` raise.
    """
    lines = read_lines(source)
    if database.exists():
        with Gallery(database, actor) as gallery:
            _demand_consent(gallery, lines)
    recogniser = load_recogniser(models)
    yield None
    with Gallery(database, actor) as gallery:
        judge = _Judge(recogniser, gallery.known(recogniser.model), thresholds, keep_photos)
        pace = Pace(len(lines))
        for done, line in enumerate(lines, start=1):
            judge.look_at(line)
            yield pace.at(done)
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


def _demand_consent(gallery: Gallery, lines: Sequence[Line]) -> None:
    """Refuse before any photo is opened; the error says where in the list something is missing."""
    for line in lines:
        try:
            demand_for(gallery, line.name, line.details, line.limits)
        except EngineError as error:
            if error.code is not ErrorCode.CONSENT_MISSING:
                continue  # a name that is none gets its verdict later
            raise EngineError(error.code, f"{line.place}: {error.detail}", error.subject) from error


class _Judge:
    """Judges photos one after another; what it accepted counts as known for the next ones."""

    def __init__(
        self, recogniser: Recogniser, known: Known, thresholds: Thresholds, keep_photos: bool
    ) -> None:
        self._recogniser, self._thresholds = recogniser, thresholds
        self._keep_photos = keep_photos
        self._people = list(known.people)
        self._owners = known.owners.tolist()
        self._vectors: list[Encodings] = [known.vectors]
        self.judged: list[Judged] = []
        self.rows: list[tuple[Line, NewEncoding]] = []

    def look_at(self, line: Line) -> None:
        """Judge one photo."""
        try:
            name = clean_name(line.name)
            face = self._recogniser.find_one(read_picture(line.photo).rgb, line.photo.name)
        except EngineError as error:
            verdict = _REFUSALS.get(error.code, Verdict.UNREADABLE)
            self.judged.append(Judged(line, verdict, error.detail))
            return
        vector = self._recogniser.encode([face])
        judged = self._compare(line, name, vector)
        if judged.verdict is Verdict.GOOD and face.quality.hint is not None:
            hint = face.quality.hint
            judged = Judged(line, Verdict.POOR, HINTS[hint], hint=hint)
        self.judged.append(judged)
        if judged.verdict in ENROLLED:
            row = new_encoding(
                vector[0],
                self._recogniser.model,
                "photo",
                line.photo.name,
                face,
                keep_photos=self._keep_photos,
            )
            self.rows.append((line, row))
            self._remember(name, vector)

    def _compare(self, line: Line, name: str, vector: Encodings) -> Judged:
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


def _from_folder(folder: Path) -> list[Line]:
    lines = []
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            found = [file for file in sorted(entry.iterdir()) if file.suffix.lower() in SUFFIXES]
            lines += [Line(_as_name(entry.name), photo, f"{entry.name}/{photo.name}") for photo in found]
        elif entry.suffix.lower() in SUFFIXES:
            lines.append(Line(_as_name(entry.stem), entry, entry.name))
    return lines


def _as_name(text: str) -> str:
    return text.replace("_", " ")


def _from_csv(file: Path) -> list[Line]:
    reader = csv.DictReader(io.StringIO(_decoded(file)), skipinitialspace=True)
    columns = [(column or "").strip().lower() for column in reader.fieldnames or ()]
    missing = [column for column in REQUIRED if column not in columns]
    unknown = [column for column in columns if column not in COLUMNS]
    if missing or unknown:
        wrong = f"lacks {', '.join(missing)}" if missing else f"has unknown columns: {', '.join(unknown)}"
        raise _invalid(file, f"the header {wrong}. Known columns are {', '.join(COLUMNS)}")
    reader.fieldnames = columns
    lines = []
    for row in reader:
        if None in row or None in row.values():
            raise _invalid(
                file, f"line {reader.line_num} has {_columns(row)} cells, the header {len(columns)}"
            )
        cells = {column: value.strip() for column, value in row.items()}
        if not any(cells.values()):
            continue
        place = f"{file.name}, line {reader.line_num}"
        lines.append(_line(file, cells, place))
    return lines


def _line(file: Path, cells: dict[str, str], place: str) -> Line:
    try:
        limits = Limits(retain_until=end_of(cells.get("retain_until", "")))
    except EngineError as error:
        raise EngineError(error.code, f"{place}: {error.detail}", error.subject) from error
    details = Details.read(cells)
    return Line(cells["name"], file.parent / cells["photo"], place, details, limits)


def _columns(row: dict[str | None, object]) -> int:
    extra = row.get(None)
    return sum(value is not None for key, value in row.items() if key is not None) + (
        len(extra) if isinstance(extra, Sequence) else 0
    )


def _decoded(file: Path) -> str:
    if file.stat().st_size > LARGEST_CSV:
        raise _invalid(file, "it is too large for a list of people")
    data = file.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = [] if b"\x00" in data else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _invalid(file, "it is no text in UTF-8, UTF-16 or GB 18030. Save it as “CSV UTF-8”")


def _invalid(file: Path, why: str) -> EngineError:
    return EngineError(ErrorCode.IMPORT_INVALID, f"{file.name} cannot be imported: {why}.", str(file))
