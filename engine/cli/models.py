"""The command ``main.py models``: what networks there are, whether they are whole, and fetching more."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.cli.app import Status
from engine.cli.console import Console
from engine.download import DownloadStep, fetch_model
from engine.errors import EngineError, ErrorCode
from engine.models import Checked, ModelCard, Models
from engine.paths import user_paths


def add_commands(commands: Any) -> None:
    """Add ``models list|check|download|add`` to the parser."""
    parser = commands.add_parser("models", help="the networks: list, check, download, add")
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    listing = actions.add_parser("list", help="show the networks and whether they are here")
    listing.set_defaults(command=list_models)

    checking = actions.add_parser("check", help="compare every file with its published hash")
    checking.set_defaults(command=check_models)

    fetching = actions.add_parser("download", help="fetch a network that is not on board")
    fetching.add_argument("id", metavar="ID", help="as `models list` shows it")
    fetching.add_argument(
        "--from",
        dest="url",
        default="",
        metavar="URL",
        help="take it from a mirror, or from a file that was brought along (file:///…); "
        "the hash is checked all the same",
    )
    fetching.set_defaults(command=download_model)

    adding = actions.add_parser("add", help="take a network's file that was brought along")
    adding.add_argument("id", metavar="ID", help="as `models list` shows it")
    adding.add_argument("given", metavar="FILE", type=Path, help="is copied once its hash is right")
    adding.set_defaults(command=add_model)

    for leaf in (listing, checking, fetching, adding):
        leaf.add_argument("--json", action="store_true", help="print one JSON document")


def open_models() -> Models:
    """Return the models of this user."""
    return Models(user_paths().models)


def list_models(arguments: argparse.Namespace, console: Console) -> int:
    """Show the manifest and what of it is here."""
    models = open_models()
    document = [_entry(card, models.present(card)) for card in models.cards]
    rows = [(card.id, card.task, _size(card), card.license, _place(card, models)) for card in models.cards]
    console.answer(document, _table(("NETWORK", "TASK", "SIZE", "LICENCE", "FILE"), rows))
    return Status.DONE


def check_models(arguments: argparse.Namespace, console: Console) -> int:
    """Read every file through; the answer is no when one is missing or damaged."""

    def show(checked: Checked) -> None:
        console.bar(checked.progress, checked.card.id)

    verdicts = console.follow(open_models().check(), show)
    ok = all(verdict.problem is None for verdict in verdicts)
    document = {"ok": ok, "models": [_verdict(verdict) for verdict in verdicts]}
    lines = [f"{verdict.card.id:18}{_words(verdict)}" for verdict in verdicts]
    lines.append("All networks are as published." if ok else "Not all networks are as published.")
    console.answer(document, "\n".join(lines))
    return Status.DONE if ok else Status.NO


def download_model(arguments: argparse.Namespace, console: Console) -> int:
    """Fetch one network; Ctrl-C keeps what has arrived, and the next try goes on from there."""
    models = open_models()
    card = models.card(arguments.id)

    def show(step: DownloadStep) -> None:
        console.bar(step.progress, card.file)

    path = console.follow(fetch_model(models, card.id, arguments.url), show)
    console.answer(
        {"id": card.id, "file": str(path), "bytes": path.stat().st_size, "on_board": card.on_board},
        f"{card.id} is here: {path}",
    )
    return Status.DONE


def add_model(arguments: argparse.Namespace, console: Console) -> int:
    """Copy a file that was brought along to where the program looks for it; the hash is checked first."""
    if not arguments.given.is_file():
        detail = f"There is no file {arguments.given}."
        raise EngineError(ErrorCode.FILE_MISSING, detail, str(arguments.given))
    arguments.url = arguments.given.resolve().as_uri()
    return download_model(arguments, console)


def _entry(card: ModelCard, present: bool) -> dict[str, Any]:
    return {
        "id": card.id,
        "task": card.task,
        "architecture": card.architecture,
        "file": card.file,
        "bytes": card.bytes,
        "sha256": card.sha256,
        "license": card.license,
        "on_board": card.on_board,
        "present": present,
        "precision": card.precision,
        "source": card.source,
        "paper": card.paper,
        "preprocessing": dict(card.preprocessing),
    }


def _verdict(verdict: Checked) -> dict[str, Any]:
    problem = verdict.problem
    return {
        "id": verdict.card.id,
        "ok": problem is None,
        "problem": None if problem is None else problem.detail,
        "present": verdict.present,
    }


def _words(verdict: Checked) -> str:
    if verdict.problem is not None:
        return verdict.problem.detail
    return "whole" if verdict.present else "not downloaded"


def _size(card: ModelCard) -> str:
    return f"{card.bytes / 1e6:.1f} MB" if card.bytes else "?"


def _place(card: ModelCard, models: Models) -> str:
    if models.present(card):
        return str(models.path(card))
    return "missing" if card.on_board else f"not here; models download {card.id}"


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    ]
    return "\n".join(lines)
