"""What the desk says in each phase: an icon, a word, a sentence and a tone. No numbers, no accusation."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from engine.camera_health import Fault
from engine.faces.desk.policy import DeskState, Phase, Reason
from engine.faces.desk.tasks import DeskView
from engine.faces.liveness.challenge import Ask
from engine.faces.liveness.record import Verified
from gui.faces.words import Verdict, hint_text

translate = QCoreApplication.translate


def verdict_of(view: DeskView) -> Verdict:
    """Return what a visitor reads."""
    match view.state.phase:
        case Phase.IDLE if view.claimed:
            return Verdict(
                "badge",
                translate("Kiosk", "Now look into the camera"),
                translate("Kiosk", "Badge or number was read."),
                "plain",
            )
        case Phase.HINT if view.hint is not None:
            return Verdict(
                "info", hint_text(view.hint).rstrip(".。"), "", "plain"
            )  # a headline, as all others
        case Phase.CHALLENGE if view.ask is not None:
            return _challenge(view.ask)
        case Phase.WELCOME:
            return _welcome(view.state, leaves=view.leaves)
        case Phase.FAULT:
            return Verdict("camera-off", *_fault(view.fault), "bad")
        case phase:
            return _plain(phase)


def _plain(phase: Phase) -> Verdict:
    words: dict[Phase, Verdict] = {
        Phase.IDLE: Verdict(
            "recognise",
            translate("Kiosk", "Welcome"),
            translate("Kiosk", "Please step in front of the camera."),
            "plain",
        ),
        Phase.NEARER: Verdict(
            "closer",
            translate("Kiosk", "Come a little closer"),
            translate("Kiosk", "Your face belongs in the oval."),
            "plain",
        ),
        Phase.CROWD: Verdict(
            "people",
            translate("Kiosk", "One person, please"),
            translate("Kiosk", "The others step back for a moment."),
            "warn",
        ),
        Phase.STEP_UP: Verdict(
            "badge",
            translate("Kiosk", "Please tap your badge"),
            translate("Kiosk", "Or hold its code to the camera, or type your number."),
            "warn",
        ),
        Phase.REFUSED: Verdict(
            "question",
            translate("Kiosk", "Not recognised"),
            translate("Kiosk", "Please choose how to go on."),
            "warn",
        ),
    }
    words[Phase.PAUSED] = Verdict(
        "clock",
        translate("Kiosk", "One moment, please"),
        translate("Kiosk", "Badge and number work meanwhile."),
        "warn",
    )
    look = Verdict(
        "eye", translate("Kiosk", "One moment"), translate("Kiosk", "Please look into the camera."), "plain"
    )
    return words.get(phase, look)


WHOLE = 24
"""A name of up to so many letters is never broken over two lines."""


def _welcome(state: DeskState, *, leaves: bool) -> Verdict:
    name = state.person.name if state.person is not None else ""
    if len(name) <= WHOLE:
        name = name.replace(" ", "\N{NO-BREAK SPACE}")
    if leaves:
        title, text = translate("Kiosk", "Goodbye, {name}"), translate("Kiosk", "You are checked out.")
    else:
        title, text = translate("Kiosk", "Welcome, {name}"), translate("Kiosk", "You are checked in.")
    return Verdict("check", title.format(name=name), text, "good")


def _challenge(ask: Ask) -> Verdict:
    words = {
        Ask.LEFT: ("turn-left", translate("Kiosk", "Turn your head to the left")),
        Ask.RIGHT: ("turn-right", translate("Kiosk", "Turn your head to the right")),
        Ask.NEARER: ("closer", translate("Kiosk", "Come nearer")),
        Ask.BLINK: ("blink", translate("Kiosk", "Blink twice")),
        Ask.FRONT: ("eye", translate("Kiosk", "Look straight ahead")),
    }
    icon, title = words[ask]
    return Verdict(icon, title, translate("Kiosk", "A short check that you are here in person."), "plain")


def _fault(fault: Fault | None) -> tuple[str, str]:
    words = {
        Fault.FROZEN: translate("Kiosk", "The picture stands still."),
        Fault.STALLED: translate("Kiosk", "The camera's clock stands still."),
        Fault.BLACK: translate("Kiosk", "The picture is black."),
        Fault.COVERED: translate("Kiosk", "The camera is covered."),
        Fault.OVEREXPOSED: translate("Kiosk", "The picture is too bright."),
        Fault.WRONG_SIZE: translate("Kiosk", "The picture has changed its size."),
        Fault.VANISHED: translate("Kiosk", "The camera is not connected."),
    }
    what = words[fault] if fault is not None else translate("Kiosk", "The picture cannot be read.")
    return translate("Kiosk", "Camera out of order"), what + " " + translate(
        "Kiosk", "Badge and PIN still work."
    )


def reason_text(reason: Reason) -> str:
    """Return a reason code in words, for staff."""
    words = {
        Reason.RECOGNISED: translate("Kiosk", "recognised"),
        Reason.PASSIVE_LIVE: translate("Kiosk", "looks alive"),
        Reason.CHALLENGE_PASSED: translate("Kiosk", "movement done"),
        Reason.HEAD_TURN_SEEN: translate("Kiosk", "head turn seen"),
        Reason.BETWEEN_LINES: translate("Kiosk", "between the 1:1 and the 1:N line"),
        Reason.TIE: translate("Kiosk", "two people about as near"),
        Reason.LOOKALIKE: translate("Kiosk", "has a lookalike"),
        Reason.STRANGER: translate("Kiosk", "nobody within the line"),
        Reason.PASSIVE_ATTACK: translate("Kiosk", "looks like a print or a screen"),
        Reason.PASSIVE_UNSURE: translate("Kiosk", "liveness unsure"),
        Reason.PASSIVE_CONTEXT: translate("Kiosk", "surroundings cut off"),
        Reason.PASSIVE_MISSING: translate("Kiosk", "no passive check"),
        Reason.FLASH_SHINES: translate("Kiosk", "shines like a screen"),
        Reason.WRONG_WAY: translate("Kiosk", "moved the other way"),
        Reason.TOO_SLOW: translate("Kiosk", "movement not done in time"),
        Reason.IDENTITY_CHANGED: translate("Kiosk", "face changed"),
        Reason.NO_GOOD_LOOK: translate("Kiosk", "no good look"),
        Reason.LATE: translate("Kiosk", "pictures came too late: the computer is busy"),
        Reason.LEFT: translate("Kiosk", "left"),
        Reason.FAULT: translate("Kiosk", "camera fault"),
        Reason.PIN: translate("Kiosk", "number and PIN"),
        Reason.NOT_ME: translate("Kiosk", "taken back"),
        Reason.MANUAL: translate("Kiosk", "by hand"),
        Reason.NOT_WRITTEN: translate("Kiosk", "could not be written down"),
        Reason.ATTACK_PAUSE: translate("Kiosk", "pause after a suspected attack"),
    }
    return words[reason]


def phase_text(phase: Phase) -> str:
    """Return a decision in one or two words, for staff."""
    words = {
        Phase.WELCOME: translate("Kiosk", "Welcomed"),
        Phase.STEP_UP: translate("Kiosk", "Badge asked"),
        Phase.REFUSED: translate("Kiosk", "Not recognised"),
        Phase.FAULT: translate("Kiosk", "Camera fault"),
        Phase.PAUSED: translate("Kiosk", "Paused"),
    }
    return words.get(phase, phase.value)


def species_text(species: str) -> tuple[str, str]:
    """Return the name of a kind of presentation and what to do for it."""
    words = {
        "live": (
            translate("Kiosk", "Yourself"),
            translate("Kiosk", "Step before the camera as a visitor would."),
        ),
        "print": (
            translate("Kiosk", "A print"),
            translate("Kiosk", "Hold a printed photo of yourself to the camera."),
        ),
        "phone": (
            translate("Kiosk", "A phone"),
            translate("Kiosk", "Hold a phone with a photo or video of yourself."),
        ),
        "tablet": (
            translate("Kiosk", "A tablet"),
            translate("Kiosk", "Hold a tablet with a photo or video of yourself."),
        ),
        "laptop": (
            translate("Kiosk", "A laptop"),
            translate("Kiosk", "Hold a laptop with a photo or video of yourself."),
        ),
    }
    return words[species]


def verified_text(verified: Verified) -> str:
    """Return what the attack test proved so far; empty when liveness is verified."""
    words = {
        Verified.NOT_RUN: translate("Kiosk", "Liveness not verified on this camera"),
        Verified.INCOMPLETE: translate(
            "Kiosk", "Liveness not verified on this camera: the attack test is not complete"
        ),
        Verified.FAILED: translate("Kiosk", "Liveness not verified on this camera: the attack test failed"),
    }
    return words.get(verified, "")


def call_verdict(since: datetime) -> Verdict:
    """Return what staff read while a visitor calls."""
    text = translate("Kiosk", "Since {time}, at the desk screen.").format(time=f"{since:%H:%M}")
    return Verdict("bell", translate("Kiosk", "A visitor calls"), text, "warn")


def by_hand_text(name: str, *, coming: bool, done: bool) -> str:
    """Return what came of a check-in (``coming``) or check-out by hand."""
    words = {
        (True, True): translate("Kiosk", "{name} is checked in."),
        (True, False): translate("Kiosk", "{name} is inside already."),
        (False, True): translate("Kiosk", "{name} is checked out."),
        (False, False): translate("Kiosk", "{name} is not inside."),
    }
    return words[coming, done].format(name=name)
