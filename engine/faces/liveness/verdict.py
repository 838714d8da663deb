"""What several passive looks at one face add up to. No torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from engine.faces.liveness.passive import PassiveLook

LOOKS: Final = 5
"""Looks that a verdict needs: one frame alone may be a lucky or an unlucky one."""

LIVE: Final = 0.5
"""Mean probability from which "live" is more likely than both kinds of attack together."""

SURE: Final = 2.0 / 3.0
"""Mean probability from which "live" is twice as likely as both kinds of attack together."""

ATTACK: Final = 1.0 / 3.0
"""Mean probability up to which "live" is less likely than drawing one of the three classes blindly."""


class Context(StrEnum):
    """What a verdict of "live" needs to see around a face.

    WHOLE: the largest crop inside the frame. CLOSE: that, or a face that surely looks living also without its
    surroundings. SHRUNK: whatever is visible.
    """

    WHOLE = "whole"
    CLOSE = "close"
    SHRUNK = "shrunk"


class Passive(StrEnum):
    """The passive verdict. MISSING: no network, or not every look was answered with a number."""

    LIVE = "live"
    ATTACK = "attack"
    UNSURE = "unsure"
    CONTEXT = "context"
    MISSING = "missing"


def passive_verdict(looks: Sequence[PassiveLook | None], context: str = Context.CLOSE) -> Passive:
    """Add up the looks at one face; None stands for a look without an answer.

    An attack may be told from looks whose surroundings are cut off; a living face may not, or only with more
    certainty and closer looks.

    Args:
        context: a :class:`Context`; anything else counts as WHOLE.
    """
    answered = [look for look in looks if look is not None and 0.0 <= look.live <= 1.0]
    if len(answered) < max(1, len(looks)) or not looks:
        return Passive.MISSING
    live = _mean([look.live for look in answered])
    if live <= ATTACK:
        return Passive.ATTACK
    if live < LIVE:
        return Passive.UNSURE
    if context == Context.SHRUNK or 2 * sum(look.inside for look in answered) > len(answered):
        return Passive.LIVE
    sure = context == Context.CLOSE and live >= SURE and _looks_living_alone(answered)
    return Passive.LIVE if sure else Passive.CONTEXT


def _looks_living_alone(looks: Sequence[PassiveLook]) -> bool:
    """Whether the closer crops look living, each by itself; False where a look has none or no number."""
    close = [look.close for look in looks if not look.inside]
    sizes = {len(crops) for crops in close}
    if len(sizes) != 1 or 0 in sizes:
        return False
    return all(SURE <= _mean(column) <= 1.0 for column in zip(*close, strict=True))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
