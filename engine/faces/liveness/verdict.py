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

ATTACK: Final = 1.0 / 3.0
"""Mean probability up to which "live" is less likely than drawing one of the three classes blindly."""


class Passive(StrEnum):
    """The passive verdict. MISSING: no network, or not every look was answered with a number."""

    LIVE = "live"
    ATTACK = "attack"
    UNSURE = "unsure"
    CONTEXT = "context"
    MISSING = "missing"


def passive_verdict(looks: Sequence[PassiveLook | None], *, whole_context: bool = True) -> Passive:
    """Add up the looks at one face; None stands for a look without an answer.

    An attack may be told from looks whose surroundings are cut off; a living face may not.

    Args:
        whole_context: whether "live" needs the whole crop inside the frame in most of the looks.
    """
    answered = [look for look in looks if look is not None and 0.0 <= look.live <= 1.0]
    if len(answered) < max(1, len(looks)) or not looks:
        return Passive.MISSING
    mean = math.fsum(look.live for look in answered) / len(answered)
    if mean <= ATTACK:
        return Passive.ATTACK
    if mean < LIVE:
        return Passive.UNSURE
    inside = sum(look.inside for look in answered)
    return Passive.LIVE if not whole_context or 2 * inside > len(answered) else Passive.CONTEXT
