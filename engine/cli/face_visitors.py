"""``main.py face``: visitors before they come, and the host who is called."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.cli.face_common import (
    ACTOR,
    action,
    database,
    models,
    read_settings,
    silent,
    tell_protection,
    thresholds,
    with_gallery,
)
from engine.cli.face_details import add_details, details_of, tell_enrolled
from engine.faces.desk.reception import call_host
from engine.faces.store.roles import Right
from engine.faces.visitors import KEPT_DAYS, expected, pre_register


def add_actions(actions: Any) -> None:
    """Add these actions."""
    command = action(
        *(actions, "visitor", _visitor, "register a visitor for one day; the encodings end with the visit"),
        needs=Right.ENROL,
    )
    command.add_argument("name", metavar="NAME")
    command.add_argument("photos", metavar="PHOTO", type=Path, nargs="+")
    command.add_argument("--day", metavar="DATE", required=True, help="day of the visit, year-month-day")
    command.add_argument(
        "--kept-days",
        metavar="N",
        type=int,
        default=KEPT_DAYS,
        help=f"days after which everything is erased (default {KEPT_DAYS})",
    )
    add_details(command, dates=False)
    command = action(
        *(actions, "visitors", _visitors, "the visitors who are expected"), needs=Right.SEE_VISITS
    )
    command.add_argument("--day", metavar="DATE", default="", help="of this day (default: all to come)")
    command = action(
        *(actions, "call", _call, "call the host: write it down and tell who is to be told"),
        needs=Right.CHECK_IN,
    )
    command.add_argument("--name", metavar="NAME", default="", help="an enrolled person who waits")
    command.add_argument("--host", metavar="TEXT", default="", help="who is to come (default: the person's)")
    command.add_argument("--desk", metavar="TEXT", default=ACTOR, help="where")


def _visitor(arguments: argparse.Namespace, console: Console) -> int:
    settings = read_settings(console)
    task = pre_register(
        *(models(), database(arguments), arguments.name, arguments.photos, thresholds(settings)),
        arguments.day,
        details=details_of(arguments),
        kept_days=arguments.kept_days,
        keep_photos=settings.keep_photos,
        actor=ACTOR,
    )
    done = console.follow(task, lambda progress: console.bar(progress, arguments.name))
    tell_enrolled(done, console)
    tell_protection(console, database(arguments))
    return 0


def _visitors(arguments: argparse.Namespace, console: Console) -> int:
    found = console.follow(with_gallery(arguments, lambda gallery: expected(gallery, arguments.day)), silent)
    document = [
        {
            "person": one.person.id,
            "name": one.person.name,
            "host": one.host,
            "until": one.until,
            "arrived": one.arrived,
            "encodings": one.person.encodings,
        }
        for one in found
    ]
    lines = [
        f"{one.until[:10]}  {one.person.name}{f', to see {one.host}' if one.host else ''}"
        f"{'  (arrived)' if one.arrived else ''}"
        for one in found
    ]
    console.answer({"visitors": document}, "\n".join(lines) or "Nobody is expected.")
    return 0


def _call(arguments: argparse.Namespace, console: Console) -> int:
    task = call_host(
        database(arguments), arguments.desk, name=arguments.name, host=arguments.host, actor=ACTOR
    )
    told = console.follow(task, silent)
    text = "The call is written down" + (" and was sent." if told else "; nobody is set to be told.")
    console.answer({"called": True, "sent": told}, text)
    return 0
