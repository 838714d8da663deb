"""A data set from a folder: one sub-folder a person; faces aligned and cached; what is left out, named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.people import clean_name
from engine.faces.spread import spread
from engine.faces.training.doubts import find_doubts
from engine.faces.training.records import FaceSet, Gathering, LeftOut, Reason
from engine.faces.training.twins import same_pictures
from engine.folders import picture_files
from engine.images import Rgb, read_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace

if TYPE_CHECKING:
    from engine.faces.recogniser import Recogniser
    from engine.faces.training.crops import CropCache, Seen

LEAST_PEOPLE: Final = 2
AT_ONCE: Final = 8
"""Photos encoded between two checkpoints of the task."""

_REASONS: Final = {
    ErrorCode.NO_FACE: Reason.NO_FACE,
    ErrorCode.SEVERAL_FACES: Reason.SEVERAL_FACES,
}


@dataclass(frozen=True)
class _Photo:
    """A photo with a face: its person's place, its path, its name below the folder, and where its crop is."""

    person: int
    name: str
    seen: Seen


def gather(models: Models, folder: Path, cache: Path) -> Task[Gathering, FaceSet]:
    """Read a folder with one sub-folder a person; photos looked at before come from the cache.

    Left out and named: photos that cannot be read, show no face or several, lie beside the people's folders,
    repeat another one of the same person; both of two that show one picture under two names; and a folder
    whose name is another's when white space and Unicode forms are tidied. Kept and named: photos that look
    like somebody else than the others of their folder (:mod:`engine.faces.training.doubts`).

    Raises:
        EngineError: FILE_MISSING, NO_PICTURES; DATA_SET_UNFIT with fewer than two people left; DISK_FULL or
            NOT_WRITABLE for the cache; what :func:`load_recogniser` raises.
    """
    from engine.faces.loading import load_recogniser
    from engine.faces.training.crops import CropCache, Seen

    files = picture_files(folder)
    people, owners, left_out = _people_of(folder, files)
    recogniser = load_recogniser(models)
    yield None
    pace, done, photos = Pace(len(owners)), 0, list[_Photo]()
    with CropCache(cache, folder) as crops:
        for looked in spread(partial(_look, crops, recogniser, folder), owners, recogniser.workers):
            if looked is None:
                yield None
                continue
            done += 1
            file, name, found = looked
            seen = found if isinstance(found, Seen) else _kept(crops, file, name, *found)
            if seen.row >= 0:
                photos.append(_Photo(owners[file], name, seen))
            else:
                left_out.append(LeftOut(name, Reason(seen.reason), seen.sentence))
            yield Gathering(pace.at(done), len(photos), len(left_out))
        store = crops.store()
        made = _face_set(folder, people, photos, store, left_out)
        _check_people(folder, made)
        encodings = yield from _encodings(crops, store, models, made)
    return replace(made, doubts=find_doubts(made, encodings[made.rows]))


def _encodings(
    crops: CropCache, store: NDArray[np.uint8], models: Models, made: FaceSet
) -> Task[Gathering, NDArray[np.float32]]:
    """Encode the crops that have not been encoded yet; return the encodings of all."""
    from engine.faces.encode import MODEL, Encoder

    encoder, done = Encoder(models, MODEL), len(crops.encoded())
    pace = Pace(len(store), done=done)
    parts = (list(store[start : start + AT_ONCE]) for start in range(done, len(store), AT_ONCE))
    for encodings in spread(encoder.encode, parts, encoder.workers):
        if encodings is None:
            yield None
            continue
        crops.keep_encodings(encodings)
        done += len(encodings)
        yield Gathering(pace.at(done), len(made), len(made.left_out), comparing=True)
    return crops.encoded()


def _people_of(folder: Path, files: Sequence[Path]) -> tuple[list[str], dict[Path, int], list[LeftOut]]:
    """Return the people's names, whose each photo is, and what belongs to nobody."""
    names: dict[str, tuple[int, str]] = {}
    people: list[str] = []
    owners: dict[Path, int] = {}
    left_out: list[LeftOut] = []
    refused: set[str] = set()
    for file in files:
        parts = file.relative_to(folder).parts
        if len(parts) == 1:
            sentence = f"{parts[0]} lies beside the folders of the people. Move it into one of them."
            left_out.append(LeftOut(parts[0], Reason.NO_PERSON, sentence))
            continue
        own = parts[0]
        name = clean_name(own.replace("_", " "))
        place, first = names.setdefault(name.casefold(), (len(people), own))
        if first != own:
            if own not in refused:
                refused.add(own)
                sentence = (
                    f"The folders {first} and {own} have one name. If they are one person, put the photos "
                    "together; if they are two, give one of them another name."
                )
                left_out.append(LeftOut(own, Reason.NAME_TAKEN, sentence))
            continue
        if place == len(people):
            people.append(name)
        owners[file] = place
    return people, owners, left_out


def _look(
    crops: CropCache, recogniser: Recogniser, folder: Path, file: Path
) -> tuple[Path, str, Seen | tuple[str, Rgb | EngineError]]:
    """Return a photo, its name and what the cache knows of it; else its digest and its crop, or why none."""
    from engine.faces.training.crops import Seen

    name = file.relative_to(folder).as_posix()
    try:
        known = crops.seen(file, name)
        if known is not None:
            return file, name, known
        data = file.read_bytes()
    except OSError as error:
        return file, name, Seen(-1, "", Reason.UNREADABLE, f"{name} cannot be read ({error.strerror}).")
    digest = hashlib.sha256(data).hexdigest()
    try:
        return file, name, (digest, recogniser.find_one(read_picture(data, name=name).rgb, name).crop)
    except EngineError as error:
        return file, name, (digest, error)


def _kept(crops: CropCache, file: Path, name: str, digest: str, found: Rgb | EngineError) -> Seen:
    if isinstance(found, EngineError):
        reason = _REASONS.get(found.code, Reason.UNREADABLE)
        return crops.refuse(file, name, digest, reason, found.detail)
    return crops.add(file, name, digest, found)


def _face_set(
    folder: Path, names: list[str], photos: list[_Photo], store: NDArray[np.uint8], left_out: list[LeftOut]
) -> FaceSet:
    twins = same_pictures([photo.seen.digest for photo in photos], store[[p.seen.row for p in photos]])
    dropped: set[int] = set()
    for first, second in twins:
        a, b = photos[first], photos[second]
        if a.person == b.person:
            dropped.add(second)
            left_out.append(LeftOut(b.name, Reason.REPEATED, f"{b.name} is the same picture as {a.name}."))
            continue
        dropped |= {first, second}
        sentence = (
            f"{a.name} and {b.name} are the same picture under two names. Delete the wrong one; until then "
            "neither is used."
        )
        left_out += [LeftOut(photo.name, Reason.TWO_NAMES, sentence) for photo in (a, b)]
    kept = [photo for index, photo in enumerate(photos) if index not in dropped]
    order = sorted({photo.person for photo in kept})
    places = {person: place for place, person in enumerate(order)}
    kept.sort(key=lambda photo: photo.person)
    return FaceSet(
        folder=str(folder),
        people=tuple(names[person] for person in order),
        owners=np.array([places[photo.person] for photo in kept], dtype=np.intp),
        files=tuple(photo.name for photo in kept),
        digests=tuple(photo.seen.digest for photo in kept),
        rows=np.array([photo.seen.row for photo in kept], dtype=np.intp),
        store=store,
        left_out=tuple(sorted(left_out, key=lambda each: (each.reason, each.file))),
    )


def _check_people(folder: Path, made: FaceSet) -> None:
    if len(made.people) < LEAST_PEOPLE:
        raise EngineError(
            ErrorCode.DATA_SET_UNFIT,
            f"{folder} holds usable photos of {_counted(len(made.people))}. Telling people apart needs at "
            f"least two: one sub-folder a person.{_main_reason(made.left_out)}",
            str(folder),
        )


def _counted(people: int) -> str:
    return {0: "nobody", 1: "one person"}.get(people, f"{people} people")


def _main_reason(left_out: tuple[LeftOut, ...]) -> str:
    return f" For example: {left_out[0].sentence}" if left_out else ""
