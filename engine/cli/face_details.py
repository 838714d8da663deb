"""What ``face enrol``, ``face visitor`` and ``face change`` say of a person, and how an enrolment is told."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from engine.cli.console import Console
from engine.cli.face_common import count
from engine.faces.answers import HINTS, Enrolment, SelfTest, SelfTestOutcome
from engine.faces.quality import Quality
from engine.faces.store.records import Details, Greeting, Limits, end_of

TEXTS = {
    "number": "personal number, for a claim",
    "badge": "code on the badge, for a claim",
    "purpose": "what the encodings are for",
    "consent": "day of the consent",
    "host": "whom a visitor comes to see",
    "note": "anything else",
}


def add_details(command: argparse.ArgumentParser, *, dates: bool = True) -> None:
    """Add what is known of a person beside the name, and until when; ``dates`` False: without the latter."""
    for name, help in TEXTS.items():
        command.add_argument(f"--{name}", metavar="TEXT", help=help)
    command.add_argument(
        "--greeting", choices=[one.value for one in Greeting], help="what the desk says aloud"
    )
    if dates:
        command.add_argument("--retain-until", metavar="DATE", help="erase everything after this day")
        command.add_argument("--recognise-until", metavar="DATE", help="delete the encodings after this day")


def given_details(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the details that were given, as plain texts."""
    given = {name: getattr(arguments, name) for name in (*TEXTS, "greeting")}
    return {name: value for name, value in given.items() if value is not None}


def details_of(arguments: argparse.Namespace) -> Details:
    """Return the details of a new person."""
    return Details.read(given_details(arguments))


def limits_of(arguments: argparse.Namespace) -> Limits:
    """Return the dates of a new person.

    Raises:
        EngineError: BAD_VALUE.
    """
    return Limits(end_of(arguments.recognise_until or ""), end_of(arguments.retain_until or ""))


def tell_enrolled(done: Enrolment, console: Console) -> None:
    """Answer with an enrolment, its warnings and its self-test."""
    warnings = [remark.sentence for remark in done.remarks]
    if not console.as_json:
        for warning in warnings:
            console.note(warning)
    document = {
        "person": done.person.id,
        "name": done.person.name,
        "kind": done.person.kind,
        "encodings": done.person.encodings,
        "added": done.added,
        "quality": quality_document(done.quality),
        "warnings": warnings,
        "self_test": _self_test(done.self_test),
    }
    text = f"{done.person.name} is enrolled with {count(done.person)}; quality {done.quality.score:.2f}."
    console.answer(document, f"{text} {_SENTENCES[done.self_test.outcome]}" if done.self_test else text)


def quality_document(quality: Quality) -> dict[str, Any]:
    """Return a quality as JSON shows one."""
    return asdict(quality) | {"hint": quality.hint and HINTS[quality.hint]}


def _self_test(test: SelfTest | None) -> dict[str, Any] | None:
    if test is None:
        return None
    return asdict(test) | {"outcome": test.outcome.value, "picture": test.picture.value}


_SENTENCES = {
    SelfTestOutcome.PASSED: "Self-test: recognised.",
    SelfTestOutcome.STEP_UP: "Self-test: recognised, but somebody is so alike that a badge will be asked.",
    SelfTestOutcome.FAILED: "Self-test: NOT recognised. Enrol a better photo.",
    SelfTestOutcome.NOT_DONE: "Self-test: not done, no further look was good enough.",
}
