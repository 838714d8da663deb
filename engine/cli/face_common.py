"""What the commands of ``main.py face`` share."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from engine.cli.console import Console
from engine.faces.gallery import Gallery
from engine.faces.matching import Thresholds
from engine.faces.people import Person
from engine.faces.store import roles
from engine.faces.store.keys import KeyPlace
from engine.faces.store.protection import sentence
from engine.faces.store.roles import Right
from engine.faces.tasks import on_gallery
from engine.faces.training.adoption import read_in_use, take_into_use
from engine.jobs import Task
from engine.models import Models
from engine.paths import user_paths
from engine.settings import Settings, load_settings

ACTOR = "command line"
PIN_VARIABLE = "TRIPTYCH_PIN"
FROM_INPUT = "-"
R = TypeVar("R")

Command = Callable[[argparse.Namespace, Console], int]
Needs = Callable[[argparse.Namespace], Right | None]
"""The right that an action takes with these arguments."""


def action(
    actions: Any,
    name: str,
    run: Command,
    help: str,
    *,
    database: bool = True,
    needs: Right | Needs | None = None,
) -> argparse.ArgumentParser:
    """Add one action with what all have.

    Args:
        needs: the right that the action takes, also by its arguments; None: what a kiosk may do.
    """
    command: argparse.ArgumentParser = actions.add_parser(name, help=help, description=help)
    command.set_defaults(command=run if needs is None else _guarded(run, needs))
    command.add_argument("--json", action="store_true", help="one JSON document on standard output")
    if database:
        command.add_argument(
            "--db", metavar="FILE", type=Path, help="the gallery (default: the program's own)"
        )
    if needs is not None:
        command.add_argument(
            "--pin",
            metavar="PIN",
            help=f"PIN of the role that may do this, where one is set (else {PIN_VARIABLE}, or asked for); "
            "- reads it from standard input. Written here it is seen by whoever lists the processes",
        )
    return command


def _guarded(run: Command, needs: Right | Needs) -> Command:
    """Return a command that first asks for the PIN of a role, where the gallery has one."""

    def guarded(arguments: argparse.Namespace, console: Console) -> int:
        right = needs if isinstance(needs, Right) else needs(arguments)
        if right is not None:
            demand(arguments, right)
        return run(arguments, console)

    return guarded


def demand(arguments: argparse.Namespace, right: Right) -> None:
    """Refuse what needs a PIN that was not given, or was wrong.

    Raises:
        EngineError: ROLE_LACKING, PIN_REFUSED, PIN_WAIT; what :class:`Gallery` raises.
    """
    path = database(arguments)
    if not path.exists():
        return
    with Gallery(path, ACTOR) as gallery:
        if roles.needs_pin(gallery, right):
            roles.check_right(gallery, right, given_pin(arguments) or _asked(right), ACTOR)


def given_pin(arguments: argparse.Namespace) -> str:
    """Return the PIN that came with the command, or an empty text."""
    if arguments.pin == FROM_INPUT:
        arguments.pin = sys.stdin.readline().strip() if sys.stdin else ""
    return arguments.pin or os.environ.get(PIN_VARIABLE, "")


def _asked(right: Right) -> str:
    """Ask whoever sits at a terminal; nobody elsewhere."""
    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    try:
        return getpass.getpass(f"PIN ({right}): ")
    except EOFError:
        return ""


def database(arguments: argparse.Namespace) -> Path:
    """Return the gallery that is meant."""
    return arguments.db or user_paths().gallery_file


def read_settings(console: Console) -> Settings:
    """Return the settings, and say what is wrong with them."""
    settings, problems = load_settings(user_paths().settings_file)
    for problem in problems:
        console.note(problem)
    return settings


def models() -> Models:
    """Return the networks of this user; the face encoder is the one that the desk has adopted."""
    paths = user_paths()
    made = Models(paths.models)
    take_into_use(made, paths.models, read_in_use(paths.encoder_file))
    return made


def thresholds(settings: Settings) -> Thresholds:
    """Return the lines as the settings have them."""
    return Thresholds(settings.verify_threshold, settings.strangers_accepted)


def tell_protection(console: Console, path: Path) -> str | None:
    """Return where the gallery's key is kept; say it aloud when that is a plain file."""
    if not path.exists():
        return None
    with Gallery(path, ACTOR) as gallery:
        record = gallery.key_record
    if record.place is KeyPlace.FILE:
        console.note(sentence(record.place, record.id))
    return record.place.value


def with_gallery(arguments: argparse.Namespace, work: Callable[[Gallery], R]) -> Task[None, R]:
    """Do something short with the gallery, as a task."""
    return on_gallery(database(arguments), work, ACTOR)


def silent(_: object) -> None:
    """Show nothing of a task's snapshots."""


def person_document(person: Person) -> dict[str, Any]:
    """Return a person as JSON shows one."""
    return {
        "person": person.id,
        "name": person.name,
        "encodings": person.encodings,
        "created": person.created,
        "kind": person.kind,
        "claim_only": person.claim_only,
    }


def count(person: Person) -> str:
    """Return how many encodings a person has, in words."""
    return "1 encoding" if person.encodings == 1 else f"{person.encodings} encodings"
