"""Taking a trained encoder into use at the desk: who is encoded again, who must come by, the way back.

Encodings of two encoders are never compared: each carries its encoder's id, and the desk reads only those of
the one in use. Adopting adds encodings beside the old ones, so that going back costs nothing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import EngineError, ErrorCode
from engine.faces.calibrate import calibrate
from engine.faces.gallery import Gallery, NewEncoding
from engine.faces.matching import Thresholds
from engine.faces.people import Person
from engine.faces.store.cards import coverage, photos
from engine.faces.store.lines import put_in_force
from engine.faces.training.trained import card_path, read_card
from engine.files import writing
from engine.images import read_picture
from engine.jobs import Task
from engine.models import ModelCard, Models
from engine.progress import Pace, Progress

ON_BOARD: Final = "sface"


@dataclass(frozen=True)
class InUse:
    """Which encoder the desk uses, τ of 1:1 for it, and the pair that was in use before (None: none)."""

    model: str = ON_BOARD
    threshold: float | None = None
    before: tuple[str, float | None] | None = None


@dataclass(frozen=True)
class Plan:
    """What adopting a model means for everybody enrolled."""

    model: str
    ready: tuple[Person, ...]
    from_photos: tuple[Person, ...]
    must_come: tuple[Person, ...]


@dataclass(frozen=True)
class Adopted:
    """What was done: the encoder in use now, and the plan that was carried out."""

    in_use: InUse
    plan: Plan
    encodings: int


def read_in_use(file: Path) -> InUse:
    """Return the encoder in use; the one on board when nothing (or nothing readable) is written."""
    try:
        fields: Mapping[str, object] = json.loads(file.read_text(encoding="utf-8"))
        before = fields.get("before")
        pair = (str(before[0]), _number(before[1])) if isinstance(before, list) and len(before) == 2 else None
        return InUse(str(fields["model"]), _number(fields.get("threshold")), pair)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return InUse()


def plan_adoption(database: Path, encoder: Path) -> Task[None, Plan]:
    """Say who is ready for an encoder, who can be encoded again from kept photos, and who must come by.

    Raises:
        EngineError: what :func:`read_card` and :class:`Gallery` raise.
    """
    model = read_card(encoder).id
    yield None
    with Gallery(database) as gallery:
        return _plan(gallery, model)


def adopt(
    models: Models, database: Path, encoder: Path, folder: Path, file: Path, thresholds: Thresholds
) -> Task[Progress, Adopted]:
    """Encode everybody of whom photos are kept, then take the encoder into use.

    Args:
        encoder: the file of a trained encoder; it is copied.
        folder: where encoders in use are kept.
        file: where is written which one is in use.
        thresholds: as they are now, for the way back, and for calibrating 1:N on the new encodings.

    Raises:
        EngineError: MODEL_NOT_ENCODER for an encoder with a pairwise classifier, which compares in another
            way than the desk; what :func:`read_card`, :class:`Gallery` and the networks raise; DISK_FULL or
            NOT_WRITABLE. Until the end the encoder in use before stays in use.
    """
    from engine.faces.training.encoders import file_encoder

    card = read_card(encoder)
    if card.head:
        raise EngineError(
            ErrorCode.MODEL_NOT_ENCODER,
            f"{encoder.name} compares two encodings with a classifier; the desk compares by distance. "
            "Adopt an encoder that was trained with the triplet or softmax loss.",
            encoder.name,
        )
    ready = file_encoder(encoder, models)
    yield None
    with Gallery(database) as gallery:
        plan, count = _plan(gallery, card.id), 0
        pace = Pace(len(plan.from_photos))
        for done, person in enumerate(plan.from_photos, start=1):
            kept = photos(gallery, person.name)
            crops = np.stack([read_picture(photo, name=person.name).rgb for photo in kept])
            vectors = ready.encode(crops)
            rows = [
                NewEncoding(vector, card.id, "photo", "", 1.0, photo)
                for vector, photo in zip(vectors, kept, strict=True)
            ]
            gallery.add(person.name, rows, captured=False)
            count += len(rows)
            yield pace.at(done)
        _calibrate(gallery, card.id, thresholds.strangers_accepted)
    _install(encoder, folder, card.id)
    was = read_in_use(file)
    again = was.model == card.id  # adopting what is in use must not make it its own way back
    now = InUse(card.id, card.threshold, was.before if again else (was.model, thresholds.verify))
    _write(file, now)
    return Adopted(now, plan, count)


def go_back(file: Path) -> Task[None, InUse]:
    """Undo the last adoption: the encoder before is in use again; its encodings were never touched.

    Raises:
        EngineError: BAD_VALUE when there is nothing to undo; DISK_FULL or NOT_WRITABLE.
    """
    yield None
    was = read_in_use(file)
    if was.before is None:
        raise EngineError(ErrorCode.BAD_VALUE, "No encoder has been adopted, so there is nothing to undo.")
    now = InUse(*was.before)
    _write(file, now)
    return now


def take_into_use(models: Models, folder: Path, in_use: InUse) -> None:
    """Let ``models`` use the encoder that the desk has adopted.

    Raises:
        EngineError: what :func:`read_card` raises; the encoder before stays in use.
    """
    if in_use.model == ON_BOARD:
        models.face_encoder = ON_BOARD
        return
    path = folder / f"{in_use.model}.safetensors"
    card = read_card(path)
    models.use_face_encoder(
        ModelCard(
            id=card.id,
            task="face encoding",
            architecture=card.architecture,
            file=path.name,
            sha256=card.sha256,
            bytes=path.stat().st_size,
            precision="float32",
            license="trained here, on photos of your own",
            source="the lab of this program",
            paper="",
            preprocessing={"colour": "RGB", "range": [0, 255], "mean": [0, 0, 0], "std": [1, 1, 1]},
            url="lab:",
        )
    )


def _plan(gallery: Gallery, model: str) -> Plan:
    found = coverage(gallery, model)
    shown = {person.id for person in found.with_photos}
    return Plan(
        model,
        found.have,
        tuple(person for person in found.lack if person.id in shown),
        tuple(person for person in found.lack if person.id not in shown),
    )


def _calibrate(gallery: Gallery, model: str, rate: float) -> None:
    """Draw the 1:N line from the new encodings; with too few people the line of 1:1 has to do."""
    try:
        put_in_force(gallery, model, calibrate(gallery.known(model), rate))
    except EngineError as error:
        if error.code is not ErrorCode.NOT_ENOUGH_PEOPLE:
            raise


def _install(encoder: Path, folder: Path, model: str) -> None:
    target = folder / f"{model}.safetensors"
    for source, copy in ((encoder, target), (card_path(encoder), card_path(target))):
        if source.resolve() != copy.resolve():
            with writing(copy) as out, source.open("rb") as data:
                shutil.copyfileobj(data, out)


def _write(file: Path, in_use: InUse) -> None:
    with writing(file) as out:
        out.write(json.dumps(asdict(in_use)).encode())


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
