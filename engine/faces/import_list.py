"""What an import is asked to bring: a folder (a sub-folder or a photo each) or a CSV, as lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.errors import EngineError, ErrorCode
from engine.faces.people import same_name
from engine.faces.store.records import Details, Greeting, Limits, end_of
from engine.images import SUFFIXES

COLUMNS: Final = (
    *("name", "photo", "number", "badge", "purpose", "consent", "retain_until", "greeting", "host", "note"),
)
REQUIRED: Final = ("name", "photo")
LARGEST_CSV: Final = 20_000_000


@dataclass(frozen=True)
class Line:
    """One photo to be imported and whose it is; ``place`` says where that stands, for messages."""

    name: str
    photo: Path
    place: str
    details: Details = field(default=Details())
    limits: Limits = field(default=Limits())


def read_lines(source: Path) -> tuple[Line, ...]:
    """Return what a folder or a CSV asks to import, in order.

    A folder holds one sub-folder a person (its name is the person's) or one photo a person (the file's name
    is; ``_`` stands for a space). A CSV has a header with at least ``name`` and ``photo``.

    Raises:
        EngineError: FILE_MISSING, IMPORT_INVALID, BAD_VALUE, or CODE_TAKEN for a number of two people.
    """
    if source.is_dir():
        lines = _from_folder(source)
    elif source.is_file():
        lines = _from_csv(source)
    else:
        detail = f"{source} is not there. Name a folder of photos or a CSV file."
        raise EngineError(ErrorCode.FILE_MISSING, detail, str(source))
    if not lines:
        detail = f"{source} holds no photos. Put one sub-folder, or one photo, a person into it."
        raise EngineError(ErrorCode.IMPORT_INVALID, detail, str(source))
    return tuple(lines)


def _from_folder(folder: Path) -> list[Line]:
    lines = []
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            found = [file for file in sorted(entry.iterdir()) if file.suffix.lower() in SUFFIXES]
            lines += [Line(_as_name(entry.name), photo, f"{entry.name}/{photo.name}") for photo in found]
        elif entry.suffix.lower() in SUFFIXES:
            lines.append(Line(_as_name(entry.stem), entry, entry.name))
    return lines


def _as_name(text: str) -> str:
    return text.replace("_", " ")


def _from_csv(file: Path) -> list[Line]:
    try:
        return _parsed(file)
    except csv.Error as error:
        raise _invalid(file, f"it is no CSV ({error})") from error


def _parsed(file: Path) -> list[Line]:
    text = io.StringIO(_decoded(file), newline=None)
    reader = csv.DictReader(text, skipinitialspace=True, delimiter=_delimiter(text.getvalue()))
    columns = [(column or "").strip().lower() for column in reader.fieldnames or ()]
    missing = [column for column in REQUIRED if column not in columns]
    unknown = [column for column in columns if column not in COLUMNS]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if missing or unknown or twice:
        wrong = (
            f"lacks {', '.join(missing)}"
            if missing
            else f"has {', '.join(twice)} more than once"
            if twice
            else f"has unknown columns: {', '.join(unknown)}"
        )
        raise _invalid(file, f"the header {wrong}. Known columns are {', '.join(COLUMNS)}")
    reader.fieldnames = columns
    lines = []
    for row in reader:
        if None in row or None in row.values():
            raise _invalid(
                file, f"line {reader.line_num} has {_columns(row)} cells, the header {len(columns)}"
            )
        cells = {column: value.strip() for column, value in row.items()}
        if not any(cells.values()):
            continue
        place = f"{file.name}, line {reader.line_num}"
        lines.append(_line(file, cells, place))
    _refuse_shared_codes(lines)
    return lines


def _delimiter(text: str) -> str:
    """Return what parts the columns: spreadsheets write semicolons where the comma is the decimal mark."""
    header = text.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


def _refuse_shared_codes(lines: Sequence[Line]) -> None:
    """Refuse a number or badge that two people of the list would have: each is one person's."""
    for kind in ("number", "badge"):
        first: dict[str, Line] = {}
        for line in lines:
            code = getattr(line.details, kind)
            before = first.setdefault(code, line)
            if code and not same_name(before.name, line.name):
                detail = (
                    f"{line.place}: the {kind} {code} is that of {before.name} already ({before.place}). "
                    "Each is one person's: correct the list."
                )
                raise EngineError(ErrorCode.CODE_TAKEN, detail, code)


def _line(file: Path, cells: dict[str, str], place: str) -> Line:
    try:
        limits = Limits(retain_until=end_of(cells.get("retain_until", "")))
    except EngineError as error:
        raise EngineError(error.code, f"{place}: {error.detail}", error.subject) from error
    greeting = cells.get("greeting", "") or Greeting.FULL.value
    if greeting not in set(Greeting):
        detail = f"{place}: the greeting {greeting!r} is none. Use {', '.join(Greeting)}, or leave it empty."
        raise EngineError(ErrorCode.BAD_VALUE, detail, greeting)
    details = Details.read(cells | {"greeting": greeting})
    return Line(cells["name"], file.parent / cells["photo"], place, details, limits)


def _columns(row: dict[str | None, object]) -> int:
    extra = row.get(None)
    return sum(value is not None for key, value in row.items() if key is not None) + (
        len(extra) if isinstance(extra, Sequence) else 0
    )


def _decoded(file: Path) -> str:
    if file.stat().st_size > LARGEST_CSV:
        raise _invalid(file, "it is too large for a list of people")
    data = file.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = [] if b"\x00" in data else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _invalid(file, "it is no text in UTF-8, UTF-16 or GB 18030. Save it as “CSV UTF-8”")


def _invalid(file: Path, why: str) -> EngineError:
    return EngineError(ErrorCode.IMPORT_INVALID, f"{file.name} cannot be imported: {why}.", str(file))
