"""What has to be given before anybody's face is captured: consent, purpose, and how long it is kept.

Kept sealed in the gallery; one that was changed outside the program asks for everything.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.store.records import MOST_DAYS
from engine.faces.store.vault import SealBrokenError, context

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery
    from engine.faces.store.records import Details, Limits

_NOTE: Final = "enrolment policy"

_CURES: Final = {
    "consent": "the day of the consent (--consent, the person's card)",
    "purpose": "what the encodings are for (--purpose, the person's card)",
    "retention": "until when everything is kept (--retain-until, the person's card)",
}


@dataclass(frozen=True)
class Policy:
    """What an enrolment needs. ``longest_days``: nobody is kept longer from today (0: as long as wanted)."""

    consent: bool = False
    purpose: bool = False
    retention: bool = False
    longest_days: int = 0


def policy_of(gallery: Gallery) -> Policy:
    """Return what this gallery asks for; without a policy, nothing."""
    sealed = gallery.database.note(_NOTE)
    if sealed is None:
        return Policy()
    try:
        return Policy(**json.loads(gallery.vault.own.open(sealed, context(_NOTE))))
    except SealBrokenError:
        return Policy(consent=True, purpose=True, retention=True)


def set_policy(gallery: Gallery, policy: Policy) -> None:
    """Keep a policy; it holds for every capture from now on.

    Raises:
        EngineError: BAD_VALUE for a number of days below 0 or above :data:`MOST_DAYS`.
    """
    if not 0 <= policy.longest_days <= MOST_DAYS:
        detail = f"The days of keeping lie between 0 (no limit) and {MOST_DAYS}."
        raise EngineError(ErrorCode.BAD_VALUE, detail, "longest_days")
    sealed = gallery.vault.own.close(json.dumps(asdict(policy)).encode(), context(_NOTE))
    with gallery.database.transaction():
        gallery.database.set_note(_NOTE, sealed)
        gallery.record("enrolment policy set", detail=asdict(policy))


def missing(policy: Policy, details: Details, limits: Limits, now: datetime | None = None) -> str | None:
    """Return what is still to be given: "consent", "purpose", "retention", or None."""
    if policy.consent and not details.consent.strip():
        return "consent"
    if policy.purpose and not details.purpose.strip():
        return "purpose"
    if not limits.retain_until:
        return "retention" if policy.retention or policy.longest_days else None
    if policy.longest_days:
        latest = (now or datetime.now(UTC)) + timedelta(days=policy.longest_days + 1)
        return "retention" if datetime.fromisoformat(limits.retain_until) > latest else None
    return None


def demand(policy: Policy, name: str, details: Details, limits: Limits) -> None:
    """Refuse to capture a face before everything was given.

    Raises:
        EngineError: CONSENT_MISSING with what is missing as its subject.
    """
    lacking = missing(policy, details, limits)
    if lacking is not None:
        longest = f", at most {policy.longest_days} days" if policy.longest_days else ""
        detail = (
            f"Nothing was captured of {name}: this gallery wants first {_CURES[lacking]}"
            f"{longest if lacking == 'retention' else ''}."
        )
        raise EngineError(ErrorCode.CONSENT_MISSING, detail, lacking)


def demand_for(gallery: Gallery, name: str, details: Details | None, limits: Limits) -> None:
    """As :func:`demand`, by the policy of a gallery; who is enrolled already brings the card along.

    Raises:
        EngineError: CONSENT_MISSING, NAME_INVALID, or what opening the card raises.
    """
    from engine.faces.people import clean_name
    from engine.faces.store.cards import details_of
    from engine.faces.store.records import Details as Given
    from engine.faces.store.records import Limits as Until

    policy = policy_of(gallery)
    if policy == Policy():
        return
    tidy = clean_name(name)
    row = gallery.database.row("SELECT id, recognise_until, retain_until FROM person WHERE name = ?", (tidy,))
    if row is not None:
        details, limits = details_of(gallery, row[0]), Until(row[1] or "", row[2] or "")
    demand(policy, tidy, details or Given(), limits)
