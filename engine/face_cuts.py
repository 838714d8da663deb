"""Aligned faces of a folder of photos, so that Explain can show the face encoder what it was trained on.

The encoder looks at faces of 112 × 112 pixels whose eyes and mouth lie at fixed places. The central square of
a photo tells it nothing; so faces are found and aligned first, as Recognise does it, and written as a
folder of pictures that a scan can take. This module joins two subjects of the engine that know nothing of
each other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError, ErrorCode
from engine.explorer.aligned import DETECTOR, RECORD, FaceCut, FaceRecord, read_record, write_record
from engine.explorer.records import PictureFile, Skipped
from engine.files import sha256_of
from engine.folders import picture_files
from engine.images import Rgb, read_bytes, read_picture, write_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress

if TYPE_CHECKING:
    from engine.faces.detect import Detector


@dataclass(frozen=True)
class FaceCuts:
    """The folder of faces; ``without`` counts photos in which none was found."""

    folder: Path
    faces: tuple[FaceCut, ...]
    without: int
    skipped: tuple[Skipped, ...]


def cut_faces(models: Models, photos: Path, out: Path) -> Task[Progress, FaceCuts]:
    """Find the faces of all photos below a folder, align them, and write them as PNG files below another.

    Sub-folders stay: they count as classes. Faces of photos that are the same as the last time are not
    looked for again. Files of faces whose photo is gone are removed.

    Raises:
        EngineError: FILE_MISSING, NO_PICTURES; NO_FACE when there is not one; BAD_VALUE when ``out`` holds
            something else; DISK_FULL, NOT_WRITABLE or MODEL_*.
    """
    files = picture_files(photos)
    digest = models.card(DETECTOR).sha256
    before = _before(out)
    known = _by_photo(before) if before is not None and before.detector == digest else {}
    yield None
    from engine.faces.detect import Detector

    detector = Detector(models.file(DETECTOR))
    pace, cuts, without, skipped = Pace(len(files)), list[FaceCut](), 0, list[Skipped]()
    for number, path in enumerate(files, start=1):
        photo = path.relative_to(photos).as_posix()
        yield pace.at(number - 1)
        try:
            data = read_bytes(path)
            read = PictureFile(photo, hashlib.sha256(data).hexdigest(), len(data), path.stat().st_mtime_ns)
            found = _kept(out, known.get((photo, read.sha256)), read)
            if found is None:
                found = _cut(detector, read, read_picture(data, name=photo).rgb, out)
        except OSError as error:
            skipped.append(Skipped(photo, f"The file cannot be read ({error.strerror})."))
            continue
        except EngineError as error:
            if error.code in (ErrorCode.DISK_FULL, ErrorCode.NOT_WRITABLE):
                raise
            skipped.append(Skipped(photo, error.detail))
            continue
        without += not found
        cuts += found
    _remove_others(out, before, cuts)
    if not cuts:
        detail = (
            f"There is no face in the {len(files)} pictures of {photos}. Choose others, or scan them whole."
        )
        raise EngineError(ErrorCode.NO_FACE, detail, str(photos))
    write_record(out, FaceRecord(photos.absolute(), digest, tuple(cuts)))
    return FaceCuts(out, tuple(cuts), without, tuple(skipped))


def photos_of(folder: Path) -> Path | None:
    """Return the folder of photos that a folder of faces was cut from, if both are what they were."""
    try:
        record = read_record(folder)
    except EngineError:
        return None
    return record.photos if record is not None and record.photos.is_dir() else None


def _cut(detector: Detector, photo: PictureFile, rgb: Rgb, out: Path) -> list[FaceCut]:
    """Write the faces of one photo."""
    from engine.faces.align import align

    found = []
    for place, face in enumerate(detector.detect(rgb), start=1):
        file = f"{photo.file}-face{place}.png"
        write_picture(out / file, align(rgb, face.landmarks))
        x, y, w, h = face.box
        found.append(FaceCut(file, sha256_of(out / file), photo, (x, y, w, h)))
    return found


def _kept(out: Path, faces: list[FaceCut] | None, photo: PictureFile) -> list[FaceCut] | None:
    """Return the faces that were cut out of the same photo before, if all are still what they were."""
    try:
        if faces is None or any(sha256_of(out / one.file) != one.sha256 for one in faces):
            return None
    except OSError:
        return None
    return [replace(one, photo=photo) for one in faces]


def _before(out: Path) -> FaceRecord | None:
    """Return what was cut before; a damaged record counts as none, and all are cut again."""
    if out.is_dir() and any(out.iterdir()) and not (out / RECORD).is_file():
        detail = f"{out} already holds something else than faces. Choose a new or empty folder."
        raise EngineError(ErrorCode.BAD_VALUE, detail, str(out))
    try:
        return read_record(out)
    except EngineError:
        return None


def _by_photo(record: FaceRecord) -> dict[tuple[str, str], list[FaceCut]]:
    known: dict[tuple[str, str], list[FaceCut]] = {}
    for one in record.faces:
        known.setdefault((one.photo.file, one.photo.sha256), []).append(one)
    return known


def _remove_others(out: Path, before: FaceRecord | None, cuts: list[FaceCut]) -> None:
    """Remove faces of the record before that are none any more; they would be scanned with the others."""
    kept = {one.file for one in cuts}
    for one in before.faces if before is not None else ():
        path = out / one.file
        if one.file not in kept and path.resolve().is_relative_to(out.resolve()):
            path.unlink(missing_ok=True)
