"""Aligned faces of a folder of photos, so that Explain can show the face encoder what it was trained on.

The encoder looks at faces of 112 × 112 pixels whose eyes and mouth lie at fixed places. The central square of
a photo tells it nothing; so faces are found and aligned first, as Recognise does it, and written as a
folder of pictures that a scan can take. This module joins two subjects of the engine that know nothing of
each other.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.explorer.records import Skipped
from engine.files import writing
from engine.images import picture_files, read_bytes, read_picture, write_picture
from engine.jobs import Task
from engine.models import Models
from engine.progress import Pace, Progress

RECORD = "faces.json"
"""Says of every face which photo it was cut from, and where; beside the faces."""

FORMAT = "triptych-aligned-faces-1"
DETECTOR = "yunet"


@dataclass(frozen=True)
class FaceCut:
    """A face that was cut: its file, its photo, and its box (x, y, w, h) in the photo's pixels."""

    file: str
    photo: str
    sha256: str
    box: tuple[float, float, float, float]


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
    known = _known(out, models.card(DETECTOR).sha256)
    yield None
    from engine.faces.align import align
    from engine.faces.detect import Detector

    detector = Detector(models.file(DETECTOR))
    pace, cuts, without, skipped = Pace(len(files)), list[FaceCut](), 0, list[Skipped]()
    for number, path in enumerate(files, start=1):
        photo = path.relative_to(photos).as_posix()
        yield pace.at(number - 1)
        try:
            data = read_bytes(path)
            digest = hashlib.sha256(data).hexdigest()
            found = known.get((photo, digest))
            if found is None or not all((out / one.file).is_file() for one in found):
                rgb = read_picture(data, name=photo).rgb
                found = []
                for place, face in enumerate(detector.detect(rgb)):
                    file = f"{photo}-face{place + 1}.png"
                    write_picture(out / file, align(rgb, face.landmarks))
                    x, y, w, h = face.box
                    found.append(FaceCut(file, photo, digest, (x, y, w, h)))
        except EngineError as error:
            if error.code in (ErrorCode.DISK_FULL, ErrorCode.NOT_WRITABLE):
                raise
            skipped.append(Skipped(photo, error.detail))
            continue
        without += not found
        cuts += found
    _remove_others(out, known, cuts)
    if not cuts:
        detail = (
            f"There is no face in the {len(files)} pictures of {photos}. Choose others, or scan them whole."
        )
        raise EngineError(ErrorCode.NO_FACE, detail, str(photos))
    record = {
        "format": FORMAT,
        "photos": str(photos.absolute()),
        "detector": models.card(DETECTOR).sha256,
        "faces": [asdict(one) for one in cuts],
    }
    with writing(out / RECORD) as stream:
        stream.write(json.dumps(record, indent=1).encode())
    return FaceCuts(out, tuple(cuts), without, tuple(skipped))


def photos_of(folder: Path) -> Path | None:
    """Return the folder of photos that a folder of faces was cut from, if both are what they were."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
        photos = Path(record["photos"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return photos if photos.is_dir() else None


def _known(out: Path, detector: str) -> dict[tuple[str, str], list[FaceCut]]:
    """Return the faces that were cut before, by photo and its contents."""
    if out.is_dir() and any(out.iterdir()) and not (out / RECORD).is_file():
        detail = f"{out} already holds something else than faces. Choose a new or empty folder."
        raise EngineError(ErrorCode.BAD_VALUE, detail, str(out))
    known: dict[tuple[str, str], list[FaceCut]] = {}
    try:
        record = json.loads((out / RECORD).read_bytes())
        if record["format"] != FORMAT or record["detector"] != detector:
            return {}
        for row in record["faces"]:
            x, y, w, h = row["box"]
            cut = FaceCut(row["file"], row["photo"], row["sha256"], (x, y, w, h))
            known.setdefault((cut.photo, cut.sha256), []).append(cut)
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # then all are cut again
    return known


def _remove_others(out: Path, known: dict[tuple[str, str], list[FaceCut]], cuts: list[FaceCut]) -> None:
    kept = {one.file for one in cuts}
    for faces in known.values():
        for one in faces:
            path = out / one.file
            if one.file not in kept and path.resolve().is_relative_to(out.resolve()):
                path.unlink(missing_ok=True)
