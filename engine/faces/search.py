"""Finding a person by what somebody types: name, part of it, initials, and pinyin of Chinese names."""

from __future__ import annotations

import itertools
import unicodedata
from functools import lru_cache
from typing import Final

MOST_READINGS: Final = 16
"""Readings of one name that are tried, where characters can be read in several ways."""


def matches(query: str, name: str) -> int | None:
    """Return how well a query fits a name (0 is best), or None when it does not.

    0 the whole name, 1 its beginning, 2 the beginning of a word in it, 3 initials or their beginning,
    4 anywhere. Case, accents and spaces do not count.
    """
    wanted = _plain(query)
    if not wanted:
        return None
    best: int | None = None
    for words in spellings(name):
        rank = _rank(wanted, words)
        if rank is not None and (best is None or rank < best):
            best = rank
    return best


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name as words, plain; for Chinese characters also every usual reading in pinyin."""
    written = tuple(_plain(word) for word in name.split())
    if not any(_is_chinese(character) for character in name):
        return (written,)
    return (written, tuple(_plain(character) for character in name), *_readings(name))


def _rank(wanted: str, words: tuple[str, ...]) -> int | None:
    whole = "".join(words)
    if wanted == whole:
        return 0
    if whole.startswith(wanted):
        return 1
    if any("".join(words[start:]).startswith(wanted) for start in range(1, len(words))):
        return 2
    if len(words) > 1 and "".join(word[:1] for word in words).startswith(wanted):
        return 3
    return 4 if wanted in whole else None


def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    from pypinyin import Style, pinyin

    syllables = pinyin(name, style=Style.NORMAL, heteronym=True)
    choices = itertools.product(*(list(dict.fromkeys(_plain(one) for one in each)) for each in syllables))
    return tuple(itertools.islice(choices, MOST_READINGS))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter) and letter.isalnum())


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
