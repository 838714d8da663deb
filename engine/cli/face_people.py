"""``main.py face``: import, card, change, find, alike, export, expire."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.cli.face_common import (
    ACTOR,
    action,
    database,
    models,
    person_document,
    read_settings,
    silent,
    tell_protection,
    thresholds,
    with_gallery,
)
from engine.cli.face_details import add_details, given_details
from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.importing import ENROLLED, Imported, import_people, undo_import
from engine.faces.store import cards, erasure, likeness, roles
from engine.faces.store.records import Card, Details, Limits, end_of
from engine.faces.store.roles import Right
from engine.files import check_writable, writing


def add_actions(actions: Any) -> None:
    """Add these actions."""
    command = action(
        actions, "import", _import, "enrol many people from a folder or a CSV", needs=Right.IMPORT
    )
    command.add_argument("source", metavar="SOURCE", type=Path, nargs="?")
    command.add_argument("--dry-run", action="store_true", help="judge every photo, store nothing")
    command.add_argument("--undo", metavar="BATCH", help="take an import back, by the number it printed")
    command = action(
        *(actions, "card", _card, "everything about a person but the encodings themselves"),
        needs=Right.SEE_PEOPLE,
    )
    command.add_argument("name", metavar="NAME")
    command = action(
        actions, "change", _change, "change what is known of a person", needs=Right.CHANGE_PEOPLE
    )
    command.add_argument("name", metavar="NAME")
    add_details(command)
    command.add_argument(
        "--pin-file", metavar="FILE", type=Path, help="set the PIN on the first line of FILE"
    )
    command = action(
        *(actions, "find", _find, "people by name, pinyin, initials, number or badge"),
        needs=Right.SEE_PEOPLE,
    )
    command.add_argument("query", metavar="TEXT")
    command = action(
        *(actions, "alike", _alike, "people who look alike: list, mark, unmark or merge"),
        needs=lambda given: (
            Right.CHANGE_PEOPLE if given.mark or given.unmark or given.merge else Right.SEE_PEOPLE
        ),
    )
    command.add_argument("--mark", metavar="NAME", nargs=2, help="never welcome these two by 1:N alone")
    command.add_argument("--unmark", metavar="NAME", nargs=2, help="take that back")
    command.add_argument("--merge", metavar="NAME", nargs=2, help="the second is the first: join them")
    command = action(
        actions, "export", _export, "everything that is kept of one person", needs=Right.CHANGE_PEOPLE
    )
    command.add_argument("name", metavar="NAME")
    command.add_argument("--out", metavar="FILE", type=Path, help="write it here instead of printing it")
    action(
        *(actions, "expire", _expire, "erase whoever's time is over (the window does it every night)"),
        needs=Right.ERASE,
    )


def _import(arguments: argparse.Namespace, console: Console) -> int:
    if (arguments.source is None) == (arguments.undo is None):
        raise EngineError(ErrorCode.BAD_VALUE, "Name a folder or CSV to import, or --undo with a number.")
    if arguments.undo is not None:
        gone = console.follow(undo_import(database(arguments), arguments.undo, ACTOR), silent)
        document = {"undone": arguments.undo, "people_removed": [person.name for person in gone]}
        console.answer(document, f"The import was taken back; {len(gone)} people are gone with it.")
        return 0
    settings = read_settings(console)
    task = import_people(
        *(models(), database(arguments), arguments.source, thresholds(settings)),
        dry_run=arguments.dry_run,
        keep_photos=settings.keep_photos,
        actor=ACTOR,
    )
    done = console.follow(task, lambda progress: console.bar(progress, "photos"))
    if not arguments.dry_run:
        tell_protection(console, database(arguments))
    console.answer(_imported(done), _imported_text(done))
    return 0 if done.people else 1


def _imported(done: Imported) -> dict[str, Any]:
    return {
        "dry_run": not done.batch,
        "batch": done.batch or None,
        "people": list(done.people),
        "enrolled": sum(one.verdict in ENROLLED for one in done.judged) if done.batch else 0,
        "photos": [
            {
                "name": one.line.name,
                "photo": str(one.line.photo),
                "verdict": one.verdict.value,
                "sentence": one.sentence,
            }
            for one in done.judged
        ],
    }


def _imported_text(done: Imported) -> str:
    lines = [f"{one.verdict:14} {one.line.place}  {one.sentence}".rstrip() for one in done.judged]
    usable = sum(one.verdict in ENROLLED for one in done.judged)
    end = (
        f"{usable} photos of {len(done.people)} people were enrolled; undo: --undo {done.batch}"
        if done.batch
        else f"{usable} of {len(done.judged)} photos can be enrolled. Nothing was stored."
    )
    return "\n".join([*lines, end])


def _card(arguments: argparse.Namespace, console: Console) -> int:
    shown = console.follow(with_gallery(arguments, lambda g: cards.card(g, arguments.name)), silent)
    console.answer(_card_document(shown), _card_text(shown))
    return 0


def _card_document(shown: Card) -> dict[str, Any]:
    return {
        **person_document(shown.person),
        **shown.details.values(),
        **asdict(shown.limits),
        "lookalikes": list(shown.lookalikes),
        "has_pin": shown.has_pin,
        "encoding_list": [asdict(encoding) for encoding in shown.encodings],
    }


def _card_text(shown: Card) -> str:
    known = [f"{name}: {value}" for name, value in shown.details.values().items() if value]
    dates = [f"{name.replace('_', ' ')}: {value}" for name, value in asdict(shown.limits).items() if value]
    rows = [
        f"  {one.created[:10]}  {one.model}  {one.source} {one.file}  quality {one.quality:.2f}"
        for one in shown.encodings
    ]
    alike = [f"looks like: {', '.join(shown.lookalikes)}"] if shown.lookalikes else []
    return "\n".join([shown.person.name, *known, *dates, *alike, *rows])


def _change(arguments: argparse.Namespace, console: Console) -> int:
    def work(gallery: Gallery) -> Card:
        before = cards.card(gallery, arguments.name)
        details = Details.read(before.details.values() | given_details(arguments))
        limits = Limits(
            before.limits.recognise_until
            if arguments.recognise_until is None
            else end_of(arguments.recognise_until),
            before.limits.retain_until if arguments.retain_until is None else end_of(arguments.retain_until),
        )
        if arguments.pin_file is not None:
            roles.set_pin(gallery, before.person.id, first_line(arguments.pin_file))
        return cards.change(gallery, arguments.name, details, limits)

    shown = console.follow(with_gallery(arguments, work), silent)
    console.answer(_card_document(shown), _card_text(shown))
    return 0


def first_line(path: Path) -> str:
    """Return the first line of a file that holds a PIN or a passphrase."""
    from engine.faces.store.keys import read_passphrase

    return read_passphrase(path)


def _find(arguments: argparse.Namespace, console: Console) -> int:
    found = console.follow(with_gallery(arguments, lambda g: cards.find(g, arguments.query)), silent)
    document = [person_document(person) for person in found]
    console.answer(document, "\n".join(person.name for person in found) or "Nobody fits.")
    return 0 if found else 1


def _alike(arguments: argparse.Namespace, console: Console) -> int:
    def work(gallery: Gallery) -> tuple[tuple[str, str], ...]:
        if arguments.merge:
            likeness.merge(gallery, *arguments.merge)
        if arguments.mark:
            likeness.mark(gallery, *arguments.mark)
        if arguments.unmark:
            likeness.unmark(gallery, *arguments.unmark)
        return likeness.pairs(gallery)

    pairs = console.follow(with_gallery(arguments, work), silent)
    text = "\n".join(f"{first}  ~  {second}" for first, second in pairs)
    console.answer({"pairs": [list(pair) for pair in pairs]}, text or "Nobody is marked as looking alike.")
    return 0


def _export(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.out is not None:
        check_writable(arguments.out)
    document = console.follow(with_gallery(arguments, lambda g: cards.export(g, arguments.name)), silent)
    if arguments.out is None:
        console.answer(document, json.dumps(document, ensure_ascii=False, indent=2))
        return 0
    with writing(arguments.out) as file:
        file.write(json.dumps(document, ensure_ascii=False, indent=2).encode())
    answer = {"name": document["name"], "out": str(arguments.out), "encodings": len(document["encodings"])}
    console.answer(answer, f"Everything that is kept of {document['name']} is in {arguments.out}.")
    return 0


def _expire(arguments: argparse.Namespace, console: Console) -> int:
    receipts = console.follow(with_gallery(arguments, erasure.expire), silent)
    document = {"erased": [{"pseudonym": one.pseudonym, "at": one.at} for one in receipts]}
    console.answer(document, f"{len(receipts)} people were erased because their time was over.")
    return 0
