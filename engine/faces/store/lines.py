"""The calibration in force: kept in the gallery, and carried over to the number of people of the moment."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from engine.faces.matching import Thresholds, identification_threshold
from engine.faces.store.vault import SealBrokenError, context

if TYPE_CHECKING:
    from engine.faces.calibrate import Calibration
    from engine.faces.gallery import Gallery

_NOTE = "calibration"


def put_in_force(gallery: Gallery, model: str, calibration: Calibration | None) -> None:
    """Keep a calibration for a model; None goes back to the lines measured on LFW."""
    sealed = None
    if calibration is not None:
        values = {"people": calibration.people, "rate": calibration.rate, "tau": calibration.tau}
        sealed = gallery.vault.own.close(json.dumps(values).encode(), context(_NOTE, model))
    with gallery.database.transaction():
        gallery.database.set_note(f"{_NOTE}:{model}", sealed)
        gallery.record("calibrated" if sealed else "calibration removed", detail={"model": model})


def calibrated(gallery: Gallery, model: str, base: Thresholds) -> Thresholds:
    """Return the lines with the gallery's calibration, moved along as people joined or left.

    The measured line holds for the people and the rate of then; how far it moves for those of now is taken
    from the tail of LFW.

    Raises:
        EngineError: GALLERY_DAMAGED when the stored calibration was changed.
    """
    from engine.faces.store.database import damaged

    sealed = gallery.database.note(f"{_NOTE}:{model}")
    if sealed is None:
        return base
    try:
        values = json.loads(gallery.vault.own.open(sealed, context(_NOTE, model)))
    except SealBrokenError as error:
        raise damaged(gallery.path, "the calibration was changed outside the program") from error
    query = "SELECT count(DISTINCT person) FROM encoding WHERE model = ?"
    row = gallery.database.row(query, (model,))
    people = max(1, int(row[0]) if row else 1)
    moved = identification_threshold(people, base.strangers_accepted) - identification_threshold(
        values["people"], values["rate"]
    )
    return dataclasses.replace(base, ceiling=max(0.0, values["tau"] + moved))
