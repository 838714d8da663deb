"""The sample pictures on board: to try each panel in one click. No torch."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from engine.errors import EngineError, ErrorCode
from engine.paths import SAMPLES

Role: TypeAlias = Literal["content", "style", "explain", "face"]
"""What a sample is good for: Paint's two pictures, Explain's folder, Recognise's people."""


@dataclass(frozen=True)
class Sample:
    """One picture on board. ``person`` is the name of whom a face photo shows, else empty."""

    path: Path
    title: str
    roles: tuple[Role, ...]
    license: str
    author: str
    person: str = ""


def samples(role: Role, folder: Path = SAMPLES) -> tuple[Sample, ...]:
    """Return the pictures for one role, in the order of ``samples.toml``.

    Raises:
        EngineError: FILE_UNREADABLE when the list on board is missing or damaged.
    """
    file = folder / "samples.toml"
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["sample"]
        return tuple(
            Sample(
                path=folder / table["file"],
                title=table["title"],
                roles=tuple(table["roles"]),
                license=table["license"],
                author=table["author"],
                person=table.get("person", ""),
            )
            for table in tables
            if role in table["roles"]
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE,
            f"The list of sample pictures {file} cannot be read ({error}). Install the program again.",
            str(file),
        ) from error
