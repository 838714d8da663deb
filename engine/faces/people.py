"""The people of a gallery and their names. No database, no torch."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from engine.errors import EngineError, ErrorCode

LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class Person:
    """Somebody enrolled. ``created`` is UTC, ISO 8601; ``encodings`` counts those of all models.

    ``claim_only``: somebody looks so much alike that 1:N alone never welcomes this person. ``kind`` is
    "staff" or "visitor".
    """

    id: str
    name: str
    created: str = ""
    encodings: int = 0
    claim_only: bool = False
    kind: str = "staff"


def clean_name(name: str) -> str:
    """Return a name as it is stored: NFC, inner white space collapsed, none around it.

    Joiners inside a name (emoji sequences, Persian) are kept; direction marks are not, because an
    override could make one name look like another.

    Raises:
        EngineError: NAME_INVALID for an empty name, control characters, or more than 200 characters.
    """
    normal = unicodedata.normalize("NFC", name)
    if any(_is_control(character) for character in normal):
        raise EngineError(
            ErrorCode.NAME_INVALID,
            "The name holds control characters. Type it again instead of pasting it.",
            name[:40],
        )
    tidy = " ".join(normal.split())
    if not tidy:
        raise EngineError(ErrorCode.NAME_INVALID, "The name is empty. Type the person's name.", name)
    if len(tidy) > LONGEST_NAME:
        raise EngineError(
            ErrorCode.NAME_INVALID,
            f"The name has {len(tidy)} characters; at most {LONGEST_NAME} are kept. Shorten it.",
            f"{tidy[:40]}…",
        )
    return tidy


def _is_control(character: str) -> bool:
    if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
        return True
    return unicodedata.bidirectional(character) in (
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    )
