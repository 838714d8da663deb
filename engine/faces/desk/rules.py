"""The settings of a desk: what is asked before somebody is welcomed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.options import option
from engine.words import translate


@dataclass(frozen=True)
class DeskRules:
    """What a desk asks for. Times in seconds.

    ``can_ask`` is False for a recording, which cannot answer: what a challenge would have settled is then
    settled by a head turn that happens to be in it, or not at all.
    """

    liveness: str = option(
        "standard",
        label=translate("Option", "Liveness"),
        help=translate(
            "Option", "Ask for a movement when the passive check is in doubt or missing, or always."
        ),
        choices={
            "standard": translate("Option", "When in doubt"),
            "always": translate("Option", "Always ask"),
            "passive": translate("Option", "Never ask: step up when in doubt"),
        },
    )
    context: str = option(
        "close",
        label=translate("Option", "Surroundings"),
        help=translate(
            "Option",
            "What the passive check must see: all the surroundings of a face (whole), or else a face that "
            "surely looks living also without them (close), or only what the picture shows (shrunk): a "
            "screen that fills the picture may then pass.",
        ),
        choices={
            "close": translate("Option", "All of them, or a closer look"),
            "whole": translate("Option", "All of them"),
            "shrunk": translate("Option", "What is visible"),
        },
        advanced=True,
    )
    flash: bool = option(
        True,
        label=translate("Option", "Colour flash"),
        help=translate(
            "Option",
            "Let the screen change its colour slowly (2.5 times a second) during a movement check: a screen "
            "that is held to the camera does not reflect it.",
        ),
        advanced=True,
    )
    blink: bool = option(
        True,
        label=translate("Option", "Blink"),
        help=translate(
            "Option",
            "Ask now and then to blink twice, instead of a second turn or coming nearer. Switch it off where "
            "people cannot do it or wear dark glasses.",
        ),
        advanced=True,
    )
    lockout: float = option(
        10.0,
        label=translate("Option", "Pause after an attack"),
        help=translate(
            "Option",
            "After a suspected attack no face is looked at for so many seconds, twice as long after each "
            "further one in a row. Badge, PIN and host stay.",
        ),
        between=(0.0, 600.0),
        advanced=True,
    )
    frames: int = 5
    span: float = 0.4
    stale: float = 0.3
    between: float = 1.5
    stranger: float = 2.0
    give_up: float = 9.0
    gone: float = 1.0
    reads: float = 2.5
    retries: int = 2
    retry_after: float = 4.0
    can_ask: bool = True

    @property
    def policy(self) -> str:
        """What decides whether an attack passes: an attack test under another policy proves nothing."""
        asked = [name for name, on in (("flash", self.flash), ("blink", self.blink)) if on]
        return ", ".join([self.liveness, self.context, *asked])
