"""The record beside aligned faces: which photo each was cut from. So an index knows of the cutting. No torch.

A scan of such a folder depends on more than the files in it: on the detector and on the photos. The record
names them; an index keeps which detector it was, and is refused when record, faces and photos do not belong
together any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.errors import EngineError, ErrorCode
from engine.explorer.records import PictureFile
from engine.files import sha256_of, writing

RECORD = "faces.json"
"""The record's name, in the folder of faces."""

FORMAT = "triptych-aligned-faces-2"
"""Changes whenever the same photo and detector would give other faces."""

DETECTOR = "yunet"


@dataclass(frozen=True)
class FaceCut:
    """A face that was cut out: its own file, the photo that it comes from, and its box (x, y, w, h) there."""

    file: str
    sha256: str
    photo: PictureFile
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class FaceRecord:
    """What was cut out of the photos below one folder, by the detector whose weights have this SHA-256."""

    photos: Path
    detector: str
    faces: tuple[FaceCut, ...]

    @cached_property
    def cuts(self) -> dict[str, FaceCut]:
        """The faces by their files."""
        return {face.file: face for face in self.faces}

    @property
    def method(self) -> str:
        """How the faces were made, in one word: it is part of the key of an index."""
        return f"{FORMAT} {self.detector}"


def write_record(folder: Path, record: FaceRecord) -> None:
    """Store the record beside its faces.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    document = {
        "format": FORMAT,
        "photos": str(record.photos),
        "detector": record.detector,
        "faces": [asdict(face) for face in record.faces],
    }
    with writing(folder / RECORD) as file:
        file.write(json.dumps(document | {"checksum": _checksum(document)}, indent=1).encode())


def read_record(folder: Path) -> FaceRecord | None:
    """Return the record in a folder, or None where there is none.

    Raises:
        EngineError: INDEX_STALE for one that was edited, is damaged, or is of another version.
    """
    try:
        document = json.loads((folder / RECORD).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _stale(folder / RECORD, "cannot be read") from error
    try:
        if document.pop("checksum") != _checksum(document) or document["format"] != FORMAT:
            raise _stale(folder / RECORD, "is not what was written")
        faces = tuple(_face(row) for row in document["faces"])
        return FaceRecord(Path(document["photos"]), document["detector"], faces)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _stale(folder / RECORD, "is not a record of faces") from error


def check_faces(folder: Path, method: str, pictures: Iterable[PictureFile]) -> None:
    """Make sure that scanned faces are still those that were cut, and their photos those they came from.

    Photos that are gone do no harm: the faces are here.

    Args:
        method: that of the scan.

    Raises:
        EngineError: INDEX_STALE.
    """
    records: dict[Path, FaceRecord] = {}
    seen = set[Path]()
    for picture in pictures:
        home = _home(folder, picture.file)
        if home not in records:
            records[home] = _demand_record(home, method)
        record = records[home]
        cut = record.cuts.get((folder / picture.file).relative_to(home).as_posix())
        if cut is None or cut.sha256 != picture.sha256:
            raise _stale(folder / picture.file, "is not the face that was scanned")
        photo = record.photos / cut.photo.file
        if photo not in seen and photo_changed(record, cut.photo):
            raise _stale(photo, "was changed after its faces were cut out")
        seen.add(photo)


def _home(folder: Path, file: str) -> Path:
    """Return the folder whose record tells of a face: below ``folder``, where several were merged."""
    for parent in (folder / file).parents:
        if parent == folder or (parent / RECORD).is_file():
            return parent
    return folder


def _demand_record(home: Path, method: str) -> FaceRecord:
    record = read_record(home)
    if record is None:
        raise _stale(home / RECORD, "is gone")
    if record.method != method:
        raise _stale(home / RECORD, "names another detector than that of the scan")
    return record


def photo_changed(record: FaceRecord, photo: PictureFile) -> bool:
    """Whether another picture stands now where a photo was."""
    path = record.photos / photo.file
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (photo.bytes, photo.changed_ns):
            return False
        return status.st_size != photo.bytes or sha256_of(path) != photo.sha256
    except OSError:
        return False


def _face(row: dict[str, Any]) -> FaceCut:
    x, y, w, h = row["box"]
    return FaceCut(row["file"], row["sha256"], PictureFile(**row["photo"]), (x, y, w, h))


def _checksum(document: dict[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _stale(path: Path, what: str) -> EngineError:
    return EngineError(
        ErrorCode.INDEX_STALE, f"{path} {what}. Cut out the faces again, then scan again.", str(path)
    )
