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
    """Return a name as it is stored: NFC, inner white space collapsed, none around it, nothing invisible.

    Joiners that shape what is read (emoji sequences, Persian) are kept. What cannot be seen is left out, so
    that two names that look the same to the last dot are one; an override of direction is refused.

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
    tidy = " ".join(_visible(normal).split())
    if not tidy:
        raise EngineError(ErrorCode.NAME_INVALID, "The name is empty. Type the person's name.", name)
    if len(tidy) > LONGEST_NAME:
        raise EngineError(
            ErrorCode.NAME_INVALID,
            f"The name has {len(tidy)} characters; at most {LONGEST_NAME} are kept. Shorten it.",
            f"{tidy[:40]}…",
        )
    return tidy


def same_name(one: str, other: str) -> bool:
    """Whether two names are stored as one; a name that is none is like itself only."""
    try:
        return clean_name(one) == clean_name(other)
    except EngineError:
        return one == other


_JOINERS: Final = "\u200c\u200d"
_FLAG: Final = "\N{WAVING BLACK FLAG}"
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
"""Letters and marks by their category, and yet nothing is drawn."""

_UNJOINED: Final = ("LATIN", "CYRILLIC", "GREEK", "CJK", "HANGUL", "HIRAGANA", "KATAKANA", "DIGIT")
"""Scripts (and digits) that a joiner does not change."""


def _visible(name: str) -> str:
    """Return a name without what nobody sees: fillers, soft hyphens, joiners that join nothing."""
    shown = [
        character
        for before, character, after in zip(f" {name}", name, f"{name} "[1:], strict=False)
        if not _is_invisible(before, character, after, flag=_FLAG in name)
    ]
    return "".join(shown)


def _is_invisible(before: str, character: str, after: str, *, flag: bool) -> bool:
    if character in _JOINERS:
        ends = before.isspace() or after.isspace()
        return ends or any(unicodedata.name(one, "").startswith(_UNJOINED) for one in (before, after))
    if flag and "\U000e0020" <= character <= "\U000e007f":  # spells the region of a flag, as of Scotland
        return False
    return character in _BLANK or unicodedata.category(character) == "Cf"


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
