"""``main.py face``: what an enrolment needs, and the hooks for the door and for telling somebody."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from engine.cli.console import Console
from engine.cli.face_common import ACTOR, action, database, silent, with_gallery
from engine.cli.face_people import first_line
from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.hooks import Hooks, hooks_of, set_hooks
from engine.faces.registry import opened, read_policy
from engine.faces.store import consent
from engine.faces.store.consent import Policy
from engine.faces.store.roles import Right

ASKED = ("consent", "purpose", "retention")


def add_actions(actions: Any) -> None:
    """Add these actions."""
    command = action(
        *(actions, "policy", _policy, "what has to be given before a face is captured"),
        needs=lambda given: Right.PROTECT if _changes_policy(given) else None,
    )
    command.add_argument(
        "--require", choices=ASKED, nargs="*", help="what an enrolment needs; without a word: nothing"
    )
    command.add_argument("--longest-days", metavar="N", type=int, help="nobody is kept longer (0: no limit)")
    command = action(
        *(actions, "hooks", _hooks, "where events go: for the door, and to tell somebody"),
        needs=Right.PROTECT,
    )
    add_hooks(command)
    command.add_argument("--off", action="store_true", help="take all of them away")


def add_hooks(command: argparse.ArgumentParser) -> None:
    """Add the options that say where events go."""
    command.add_argument("--webhook", metavar="URL", help="the door's, signed; needs --secret-file")
    command.add_argument("--hook", metavar="COMMAND", help="the door's local command; gets JSON on its input")
    command.add_argument(
        "--notify-webhook", metavar="URL", help="told when the host is called, a visitor comes"
    )
    command.add_argument("--notify-hook", metavar="COMMAND", help="the same, a local command")
    command.add_argument(
        "--secret-file", metavar="FILE", type=Path, help="its first line signs the webhooks (HMAC-SHA256)"
    )


def given_hooks(arguments: argparse.Namespace, before: Hooks) -> Hooks:
    """Return hooks with what was given put in their place."""
    given = {
        "url": arguments.webhook,
        "command": arguments.hook,
        "notify_url": arguments.notify_webhook,
        "notify_command": arguments.notify_hook,
        "secret": first_line(arguments.secret_file) if arguments.secret_file else None,
    }
    return replace(before, **{name: value for name, value in given.items() if value is not None})


def _changes_policy(arguments: argparse.Namespace) -> bool:
    return arguments.require is not None or arguments.longest_days is not None


def _policy(arguments: argparse.Namespace, console: Console) -> int:
    def work(gallery: Gallery) -> Policy:
        policy = consent.policy_of(gallery)
        if arguments.require is not None:
            policy = replace(policy, **{name: name in arguments.require for name in ASKED})
        if arguments.longest_days is not None:
            policy = replace(policy, longest_days=arguments.longest_days)
        if _changes_policy(arguments):
            consent.set_policy(gallery, policy)
        return policy

    path = database(arguments)
    task = opened(path, work, ACTOR) if _changes_policy(arguments) else read_policy(path)
    policy = console.follow(task, silent)
    asked = [name for name in ASKED if getattr(policy, name)]
    text = (
        f"Before a face is captured: {', '.join(asked)}."
        if asked
        else "An enrolment needs nothing but a name."
    )
    if policy.longest_days:
        text += f" Nobody is kept longer than {policy.longest_days} days."
    console.answer(asdict(policy), text)
    return 0


def _hooks(arguments: argparse.Namespace, console: Console) -> int:
    changes = given_hooks(arguments, Hooks()) != Hooks()
    if arguments.off and changes:
        raise EngineError(ErrorCode.BAD_VALUE, "Either set hooks, or take them away with --off.")

    def work(gallery: Gallery) -> tuple[Hooks, tuple[str, ...]]:
        if arguments.off or changes:
            set_hooks(gallery, Hooks() if arguments.off else given_hooks(arguments, hooks_of(gallery)))
        cameras = gallery.database.rows("SELECT camera FROM camera_liveness ORDER BY camera")
        return hooks_of(gallery), tuple(camera for (camera,) in cameras)

    to_set = arguments.off or changes
    task = opened(database(arguments), work, ACTOR) if to_set else with_gallery(arguments, work)
    hooks, cameras = console.follow(task, silent)
    document = {
        "webhook": hooks.url or None,
        "hook": hooks.command or None,
        "notify_webhook": hooks.notify_url or None,
        "notify_hook": hooks.notify_command or None,
        "signed": bool(hooks.secret),
        "verified_cameras": list(cameras),
    }
    lines = [f"{name.replace('_', '-')}: {value or 'off'}" for name, value in list(document.items())[:4]]
    door = (
        f"The door's hooks speak on: {', '.join(cameras)}."
        if cameras
        else "The door's hooks are silent: liveness is not verified on any camera."
    )
    console.answer(document, "\n".join([*lines, door]))
    return 0
