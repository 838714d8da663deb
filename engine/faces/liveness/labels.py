"""What a recording shows, a living person or an attack of which species, read from names or told by patterns.

The words are those of the layouts in use: Replay-Attack, MSU-MFSD, SiW, NUAA, CelebA-Spoof, LCC-FASD and
ISO/IEC 30107-3. Layouts by bare numbers (CASIA-FASD, OULU-NPU) say nothing to a reader: they need patterns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path
from typing import Final

from engine.errors import EngineError, ErrorCode

LIVE: Final = "live"
ATTACK: Final = "attack"
"""An attack of which no name says what it is made of."""

INSTRUMENTS: Final = {
    "print": "print",
    "printed": "print",
    "printout": "print",
    "paper": "print",
    "poster": "print",
    "mask": "mask",
    "silicone": "mask",
    "mannequin": "mask",
    "tablet": "tablet",
    "ipad": "tablet",
    "phone": "phone",
    "iphone": "phone",
    "mobile": "phone",
    "smartphone": "phone",
    "laptop": "laptop",
    "notebook": "laptop",
    "replay": "screen",
    "screen": "screen",
    "monitor": "screen",
    "display": "screen",
    "highdef": "screen",
    "photo": "print",
}
"""What an attack is made with. Of several in one name the first here counts: a replayed photo is a screen."""

LIVING: Final = frozenset(
    ("live", "living", "real", "true", "genuine", "bonafide", "authentic", "client", "alive")
)
ATTACKING: Final = frozenset(
    ("attack", "fake", "false", "spoof", "spoofed", "spoofing", "imposter", "impostor")
)
SPECIES: Final = (LIVE, ATTACK, *sorted(set(INSTRUMENTS.values())))

_DENIED: Final = frozenset(("notlive", "nonlive", "notreal"))

_WEAK: Final = frozenset(("client",))
"""Living only where nothing else is said: Replay-Attack numbers its people client001 in attacks as well."""

_VAGUE: Final = "photo"
"""Says what an attack is made of, but makes no attack of a clip unless a folder has no other name."""


@dataclass(frozen=True)
class Pattern:
    """A species for every clip whose path below the folder fits a shell pattern (``*`` crosses folders)."""

    species: str
    glob: str

    def fits(self, clip: str) -> bool:
        """Whether a path below the folder, or a folder above it, fits; upper and lower case are one.

        A pattern without a slash is for single names: those of the file and of the folders.
        """
        parts, wanted = clip.lower().split("/"), self.glob.lower().strip("/")
        above = ("/".join(parts[: end + 1]) for end in range(len(parts)))
        return any(fnmatchcase(name, wanted) for name in (above if "/" in wanted else parts))


@dataclass(frozen=True)
class Labels:
    """What was said of clips: the first pattern that fits, else ``label``; "" leaves it to the names."""

    label: str = ""
    patterns: tuple[Pattern, ...] = ()


def attack_pattern(text: str) -> Pattern:
    """Read ``SPECIES=PATTERN``, or a bare pattern of attacks that are made of nobody says what.

    Raises:
        EngineError: BAD_VALUE for a species that is not one of :data:`SPECIES`, or an empty pattern.
    """
    species, equals, glob = text.partition("=")
    if not equals:
        species, glob = ATTACK, text
    species = INSTRUMENTS.get(species.strip().lower(), species.strip().lower())
    if species == LIVE or species not in SPECIES or not glob.strip():
        known = ", ".join(one for one in SPECIES if one != LIVE)
        detail = f"{text!r} names no attack. Write SPECIES=PATTERN, such as print=paper/*; known are {known}."
        raise EngineError(ErrorCode.BAD_VALUE, detail, text)
    return Pattern(species, glob.strip())


def told(clip: str, patterns: Sequence[Pattern]) -> str | None:
    """Return the species that the first fitting pattern says, or None."""
    return next((pattern.species for pattern in patterns if pattern.fits(clip)), None)


def species_of(clip: Path, root: str = "") -> str:
    """Return the species that names tell; "" when they do not.

    The nearest name that says living or attack decides; of what an attack is made, the folders up to there
    say before the file. Where neither is said, an instrument means an attack with it; but
    ``live/phone_1.mp4`` was recorded with a telephone. A name that says both (``live_or_attack``) says
    nothing.

    Args:
        clip: the path of the file below the folder that was given.
        root: the name of that folder, which counts only where nothing below it says anything.
    """
    found = _told_by([clip.stem, *reversed(clip.parts[:-1])])
    return found or _told_by([root])


def _told_by(names: Sequence[str]) -> str:
    """Return what names say, that of the file first, then those of its folders upwards."""
    words = [_words(name) for name in names]
    for index, one in enumerate(words):
        says = _class_of(one)
        if says == LIVE:
            return LIVE
        if says:
            nearer = (*words[1 : index + 1], words[0], *words[index + 1 :])
            return _instrument(nearer if index else words) or ATTACK
    plain = [
        one if names[index].lower() == _VAGUE and index else one - {_VAGUE} for index, one in enumerate(words)
    ]
    made = _instrument((*plain[1:], plain[0]))
    return made or (LIVE if any(one & _WEAK for one in words) else "")


def _class_of(words: frozenset[str]) -> str:
    if words & _DENIED:
        return ATTACK
    living, attacking = bool(words & (LIVING - _WEAK)), bool(words & ATTACKING)
    if living == attacking:
        return ""
    return ATTACK if attacking else LIVE


def _instrument(names: Sequence[frozenset[str]]) -> str:
    """Return what the first name that names an instrument names."""
    found = (species for words in names for word, species in INSTRUMENTS.items() if word in words)
    return next(found, "")


def _words(name: str) -> frozenset[str]:
    """Return the words of a name in lower case, CamelCase taken apart, plurals as singulars.

    Neighbours are joined as well, so that bona_fide and smart-phone are found.
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = [word for word in re.split(r"[^a-z]+", parted.lower()) if word]
    words += ["".join(pair) for pair in pairwise(words)]
    return frozenset(words) | {word.removesuffix("s") for word in words}
