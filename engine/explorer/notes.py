"""What a person wrote about units: one JSON file, readable without this program. No torch.

``{"format": "triptych-unit-notes", "notes": [{"network", "layer", "unit", "text"}]}``
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import EngineError, ErrorCode
from engine.files import writing

FORMAT = "triptych-unit-notes"

Key = tuple[str, str, int]
"""Network, layer, unit."""


@dataclass(frozen=True)
class Notes:
    """The notes of one user. :meth:`with_note` returns the notes after a change."""

    texts: Mapping[Key, str] = field(default_factory=dict)

    def of(self, network: str, layer: str, unit: int) -> str:
        """Return what was written about a unit, or an empty text."""
        return self.texts.get((network, layer, unit), "")

    def with_note(self, network: str, layer: str, unit: int, text: str) -> Notes:
        """Return the notes with one replaced; an empty text removes it."""
        texts = {key: one for key, one in self.texts.items() if key != (network, layer, unit)}
        if text.strip():
            texts[network, layer, unit] = text
        return Notes(texts)

    def about(self, network: str, words: str = "") -> Iterator[tuple[str, int, str]]:
        """Yield layer, unit and text of a network's notes in which every one of ``words`` occurs."""
        wanted = words.casefold().split()
        for (of, layer, unit), text in sorted(self.texts.items()):
            if of == network and all(word in text.casefold() for word in wanted):
                yield layer, unit, text


def read_notes(path: Path) -> Notes:
    """Read the notes; a file that is not there holds none.

    Raises:
        EngineError: FILE_UNREADABLE; the file is left as it is.
    """
    try:
        stored = json.loads(path.read_bytes())
        if stored["format"] != FORMAT:
            raise ValueError("it holds something else")
        rows = [(row["network"], row["layer"], row["unit"], row["text"]) for row in stored["notes"]]
    except FileNotFoundError:
        return Notes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(
            ErrorCode.FILE_UNREADABLE,
            f"The notes in {path} cannot be read ({error}). Put a backup in their place, or remove the file.",
            str(path),
        ) from error
    return Notes({(str(network), str(layer), int(unit)): str(text) for network, layer, unit, text in rows})


def write_notes(path: Path, notes: Notes) -> None:
    """Store the notes, whole or not at all.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    rows = [
        {"network": network, "layer": layer, "unit": unit, "text": text}
        for (network, layer, unit), text in sorted(notes.texts.items())
    ]
    with writing(path) as file:
        file.write(json.dumps({"format": FORMAT, "notes": rows}, indent=1, ensure_ascii=False).encode())
