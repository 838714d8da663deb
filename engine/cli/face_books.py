"""``main.py face``: visits, who is inside, the audit log, roles, the key, backup and restore."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.cli.face_common import ACTOR, action, database, given_pin, silent, with_gallery
from engine.cli.face_people import first_line
from engine.errors import EngineError, ErrorCode
from engine.faces import visits
from engine.faces.backup import back_up, restore
from engine.faces.desk.reception import check_in_by_hand, check_out_by_hand
from engine.faces.gallery import Gallery
from engine.faces.rescue import find_backups
from engine.faces.store import audit, protection, roles
from engine.faces.store.keys import KeyPlace
from engine.faces.store.records import MOST_DAYS
from engine.faces.store.roles import Right
from engine.faces.visits import Visit
from engine.files import check_writable, writing

MOST_ENTRIES = 1_000_000


def add_actions(actions: Any) -> None:
    """Add these actions."""
    command = action(
        *(actions, "visits", _visits, "visits of today, or of the last days"),
        needs=lambda given: Right.CHECK_IN if given.check_in or given.check_out else Right.SEE_VISITS,
    )
    command.add_argument(
        "--days", metavar="N", type=int, default=1, help="how many days back (default 1: today)"
    )
    command.add_argument("--inside", action="store_true", help="only who is inside: the roll-call")
    command.add_argument("--csv", metavar="FILE", type=Path, help="write them as CSV")
    command.add_argument("--check-in", metavar="NAME", help="write by hand that somebody came")
    command.add_argument("--check-out", metavar="NAME", help="write by hand that somebody left")
    command = action(
        *(actions, "audit", _audit, "the audit log, and whether it is whole (status 1: it is not)"),
        needs=Right.SEE_AUDIT,
    )
    command.add_argument("--head", metavar="HEAD", help="a head that was kept, to compare with")
    command.add_argument("--newest", metavar="N", type=int, default=20, help="entries shown (default 20)")
    command = action(
        *(actions, "key", _key, "where the gallery's key is kept; move it"),
        needs=lambda given: Right.PROTECT if given.to else None,
    )
    command.add_argument(
        "--to", choices=[place.value for place in KeyPlace], help="keep it there from now on"
    )
    command.add_argument(
        "--passphrase-file", metavar="FILE", type=Path, help="its first line is the new passphrase"
    )
    command = action(actions, "pin", _pin, "set or remove the PIN of a role", needs=Right.PROTECT)
    command.add_argument("role", choices=[role.value for role in roles.Role if role is not roles.Role.KIOSK])
    command.add_argument("--pin-file", metavar="FILE", type=Path, help="its first line is the PIN")
    command.add_argument("--remove", action="store_true", help="the role needs no PIN any more")
    command = action(
        *(actions, "backup", _backup, "copy the gallery, also while in use, and verify the copy"),
        needs=Right.BACK_UP,
    )
    command.add_argument("file", metavar="FILE", type=Path)
    command = action(
        *(actions, "restore", _restore, "put a backup in place of the gallery"), needs=_restoring
    )
    command.add_argument("file", metavar="FILE", type=Path, nargs="?")
    command.add_argument(
        "--list", action="store_true", help="name the backups that are whole, the newest first"
    )


def _restoring(arguments: argparse.Namespace) -> Right | None:
    """Restoring takes the gallery's PIN; where it is damaged, the engine asks for that of the backup."""
    path = database(arguments)
    if arguments.list or not path.exists():
        return None
    try:
        Gallery(path, ACTOR).close()
    except EngineError as error:
        if error.code is not ErrorCode.GALLERY_DAMAGED:
            raise
        return None
    return Right.BACK_UP


def _visits(arguments: argparse.Namespace, console: Console) -> int:
    if not 1 <= arguments.days <= MOST_DAYS:
        raise EngineError(ErrorCode.BAD_VALUE, f"--days lies between 1 and {MOST_DAYS}.", "days")
    if arguments.csv is not None:
        check_writable(arguments.csv)

    def work(gallery: Gallery) -> tuple[Visit, ...]:
        if arguments.inside:
            return visits.inside(gallery)
        if arguments.days == 1:
            return visits.today(gallery)
        now = datetime.now(UTC)
        return visits.between(gallery, now - timedelta(days=arguments.days), now + timedelta(minutes=1))

    gallery = database(arguments)
    if arguments.check_in:
        console.follow(check_in_by_hand(gallery, arguments.check_in, ACTOR, ACTOR), silent)
    if arguments.check_out:
        console.follow(check_out_by_hand(gallery, arguments.check_out, ACTOR, ACTOR), silent)
    found = console.follow(with_gallery(arguments, work), silent)
    if arguments.csv is not None:
        with writing(arguments.csv) as file:
            file.write(b"\xef\xbb\xbf" + visits.as_csv(found).encode())
    inside = sum(visit.gone is None for visit in found)
    lines = [f"{visit.name}  {visit.came} – {visit.gone or 'inside'}  ({visit.came_how})" for visit in found]
    document = {"visits": [asdict(visit) for visit in found], "inside": inside}
    console.answer(document, "\n".join([*lines, f"{inside} inside."]))
    return 0


def _audit(arguments: argparse.Namespace, console: Console) -> int:
    kept = None if arguments.head is None else audit.parse_head(arguments.head)
    if not 0 <= arguments.newest <= MOST_ENTRIES:
        raise EngineError(ErrorCode.BAD_VALUE, f"--newest lies between 0 and {MOST_ENTRIES}.", "newest")

    def work(gallery: Gallery) -> tuple[audit.Checked, tuple[audit.Entry, ...]]:
        checked = audit.check(gallery.database, gallery.vault, kept)
        return checked, audit.entries(gallery.database, arguments.newest)

    checked, entries = console.follow(with_gallery(arguments, work), silent)
    document = {
        "ok": checked.problem is None,
        "entries": checked.head.number,
        "head": str(checked.head),
        "problem": checked.problem,
        "place": checked.place,
        "newest": [asdict(entry) for entry in entries],
    }
    rows = [f"{one.number:6}  {one.at}  {one.actor}  {one.action}  {one.subject}" for one in entries]
    verdict = checked.problem or "The log is whole. Keep this head in a safe place:"
    console.answer(document, "\n".join([*rows, verdict, str(checked.head)]))
    return 0 if checked.problem is None else 1


def _key(arguments: argparse.Namespace, console: Console) -> int:
    def work(gallery: Gallery) -> tuple[KeyPlace, str]:
        if arguments.to:
            passphrase = first_line(arguments.passphrase_file) if arguments.passphrase_file else None
            protection.protect(gallery, KeyPlace(arguments.to), passphrase)
        record = gallery.key_record
        return record.place, protection.sentence(record.place, record.id)

    place, sentence = console.follow(with_gallery(arguments, work), silent)
    console.answer({"key_kept_in": place.value, "sentence": sentence}, sentence)
    return 0


def _pin(arguments: argparse.Namespace, console: Console) -> int:
    if (arguments.pin_file is None) == (not arguments.remove):
        raise EngineError(ErrorCode.BAD_VALUE, "Name a file with --pin-file, or --remove.")
    pin = None if arguments.remove else first_line(arguments.pin_file)
    holder = roles.holder_of(roles.Role(arguments.role))
    console.follow(with_gallery(arguments, lambda gallery: roles.set_pin(gallery, holder, pin)), silent)
    done = "has no PIN any more" if arguments.remove else "has a new PIN"
    console.answer({"role": arguments.role, "has_pin": pin is not None}, f"The role {arguments.role} {done}.")
    return 0


def _backup(arguments: argparse.Namespace, console: Console) -> int:
    saved = console.follow(back_up(database(arguments), arguments.file, ACTOR), silent)
    document = {**asdict(saved), "file": str(saved.file), "key_kept_in": saved.key.value, "verified": True}
    del document["key"]
    if saved.key is not KeyPlace.PASSPHRASE:
        console.note(
            "The key is not in the backup: another computer or user opens it only with the same key "
            "(or move the key to a passphrase first: main.py face key --to passphrase)."
        )
    text = f"{saved.people} people, {saved.encodings} encodings in {saved.file}, verified."
    console.answer(document, f"{text} SHA-256 {saved.sha256}")
    return 0


def _restore(arguments: argparse.Namespace, console: Console) -> int:
    if (arguments.file is None) == (not arguments.list):
        raise EngineError(ErrorCode.BAD_VALUE, "Name a backup to restore, or --list to see which there are.")
    if arguments.list:
        return _list_backups(arguments, console)
    task = restore(database(arguments), arguments.file, ACTOR, pin=given_pin(arguments), device=ACTOR)
    done = console.follow(task, silent)
    text = f"{done.people} people with {done.encodings} encodings are back"
    again = f"; {done.erased_again} were erased again." if done.erased_again else "."
    console.answer(asdict(done), text + again)
    return 0


def _list_backups(arguments: argparse.Namespace, console: Console) -> int:
    found = console.follow(
        find_backups(database(arguments)), lambda progress: console.bar(progress, "backups")
    )
    document = [asdict(one) | {"file": str(one.file)} for one in found]
    lines = [f"{one.at}  {one.people:5} people  {one.encodings:6} encodings  {one.file}" for one in found]
    console.answer({"backups": document}, "\n".join(lines) or "No backup that can be restored was found.")
    return 0 if found else 1
