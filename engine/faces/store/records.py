"""What goes into the gallery and comes out of it: frozen records without a database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, ErrorCode
from engine.faces.people import Person

MOST_DAYS: Final = 36_525
"""A century: what is wanted for longer is a slip of the keyboard."""


class Kind(StrEnum):
    """Who a person is to the desk. What is kept of a visitor's face ends with the visit."""

    STAFF = "staff"
    VISITOR = "visitor"


class Greeting(StrEnum):
    """What the desk says aloud to a person."""

    OFF = "off"
    FIRST = "first"
    FULL = "full"


@dataclass(frozen=True, eq=False)
class NewEncoding:
    """An encoding to be stored and where it came from.

    ``vector`` is 128 float32 of length 1; ``source`` is "photo" or "camera"; ``file`` the photo's name or
    empty; ``photo`` a PNG of the aligned crop, or None when photos are not kept.
    """

    vector: NDArray[np.float32]
    model: str
    source: str
    file: str
    quality: float
    photo: bytes | None = None


@dataclass(frozen=True)
class StoredEncoding:
    """Where an encoding of a person came from and how old it is; the vector stays in the gallery."""

    id: str
    model: str
    source: str
    file: str
    quality: float
    created: str
    has_photo: bool


@dataclass(frozen=True)
class Details:
    """What is known of a person beside the name; sealed in the file.

    ``number`` and ``badge`` identify the person in a claim; ``consent`` is the day of the consent (ISO 8601)
    or empty; ``purpose`` says what the encodings are for; ``host`` whom a visitor comes to see.
    """

    number: str = ""
    badge: str = ""
    purpose: str = ""
    consent: str = ""
    greeting: Greeting = Greeting.FULL
    host: str = ""
    note: str = ""

    @classmethod
    def read(cls, values: dict[str, Any]) -> Details:
        """Return details from what :meth:`values` gave; names of later versions are passed over."""
        known = {name: str(values[name]) for name in cls.__dataclass_fields__ if name in values}
        greeting = Greeting(known.pop("greeting", Greeting.FULL))
        return replace(cls(**known), greeting=greeting)  # type: ignore[arg-type]

    def values(self) -> dict[str, str]:
        """Return the details as plain texts."""
        return {name: str(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Limits:
    """Until when, UTC, ISO 8601; empty: no end. Recognising ends first, then everything is erased."""

    recognise_until: str = ""
    retain_until: str = ""


@dataclass(frozen=True)
class Card:
    """Everything the gallery holds of one person, without the encodings themselves."""

    person: Person
    details: Details
    limits: Limits
    encodings: tuple[StoredEncoding, ...]
    lookalikes: tuple[str, ...]
    has_pin: bool


@dataclass(frozen=True)
class Receipt:
    """Proof of an erasure.

    ``pseudonym`` is what the audit log called the person; ``overwritten`` False means that another program
    still read the file, and freed space is emptied when it closes. ``head`` is the audit log's.
    """

    person: Person
    pseudonym: str
    at: str
    encodings: int
    visits: int
    overwritten: bool
    head: str


@dataclass(frozen=True)
class Coverage:
    """Who has encodings of a model and who has none, for changing from one model to another."""

    model: str
    have: tuple[Person, ...]
    lack: tuple[Person, ...]
    with_photos: tuple[Person, ...] = field(default=())


def end_of(text: str) -> str:
    """Return a date as the end of that day here, or a time, as the gallery writes it; empty stays empty.

    Raises:
        EngineError: BAD_VALUE.
    """
    if not text.strip():
        return ""
    try:
        if len(text.strip()) == 10:
            moment = datetime.combine(date.fromisoformat(text.strip()), time(23, 59, 59)).astimezone(UTC)
        else:
            moment = datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        detail = f"{text!r} is not a date. Write it as year-month-day, for example 2027-01-31."
        raise EngineError(ErrorCode.BAD_VALUE, detail, text) from error
    return moment.isoformat(timespec="seconds")
