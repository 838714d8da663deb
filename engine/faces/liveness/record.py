"""The attack test of a desk: what was held before its camera, and what came of it; a readable JSON file.

Until it was run to its end and nothing passed, liveness counts as not verified on that camera, and no door is
opened.
"""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from engine.faces.desk.policy import Band
from engine.faces.liveness.statistics import AttackReport, Presentation, attack_report
from engine.files import writing

LIVE: Final = "live"
SPECIES: Final = ("print", "phone", "tablet", "laptop")
"""The attacks to be tried, in this order, after the living person."""

TRIES: Final = 5
"""Presentations of each kind. None accepted in five still only proves an APCER below 52 % (95 % bound)."""

GAINS: Final = 3
"""Answers of living faces from which on a missing answer means something."""

FILE: Final = "attack-test.json"


class Verified(StrEnum):
    """Whether liveness counts as verified on a camera, and if not, why."""

    VERIFIED = "verified"
    NOT_RUN = "not-run"
    INCOMPLETE = "incomplete"
    FAILED = "failed"


@dataclass(frozen=True)
class Trial:
    """One presentation: ``species`` is "live" or one of :data:`SPECIES`; ``at`` is UTC, ISO 8601; ``gain`` is
    how strongly the face answered a colour flash, if there was one.
    """

    species: str
    band: Band
    at: str
    gain: float | None = None


@dataclass(frozen=True)
class AttackTest:
    """All presentations before one camera, under one liveness policy."""

    camera: str
    policy: str
    trials: tuple[Trial, ...] = ()

    def with_trial(self, species: str, band: Band, gain: float | None = None) -> AttackTest:
        """Return the test with one more presentation, made now."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return replace(self, trials=(*self.trials, Trial(species, band, at, gain)))

    def expected_gain(self) -> float | None:
        """Return how strongly living faces answered the colour flash here; None where too few did."""
        gains = [trial.gain for trial in self.trials if trial.species == LIVE and trial.gain is not None]
        return statistics.median(gains) if len(gains) >= GAINS else None

    def tried(self, species: str) -> int:
        """Return how often a species was presented."""
        return sum(trial.species == species for trial in self.trials)

    def next(self) -> str | None:
        """Return what to present next; None when the test is complete."""
        return next((kind for kind in (LIVE, *SPECIES) if self.tried(kind) < TRIES), None)

    def report(self) -> AttackReport:
        """Return APCER a species and BPCER; a living person who was not welcomed outright was in doubt."""
        return attack_report(
            [
                Presentation(trial.species, trial.band is Band.WELCOME, trial.band is Band.REFUSE)
                for trial in self.trials
            ]
        )

    def verified(self) -> Verified:
        """Say whether this test verifies liveness: complete, nothing passed, and living people mostly did."""
        if not self.trials:
            return Verified.NOT_RUN
        if any(trial.species != LIVE and trial.band is Band.WELCOME for trial in self.trials):
            return Verified.FAILED
        if self.next() is not None:
            return Verified.INCOMPLETE
        welcomed = sum(trial.species == LIVE and trial.band is Band.WELCOME for trial in self.trials)
        return Verified.VERIFIED if 2 * welcomed > self.tried(LIVE) else Verified.FAILED


def load_test(path: Path, camera: str, policy: str) -> AttackTest:
    """Return the test of a camera under a policy; an empty one when there is none or it cannot be read.

    A test made under another policy proves nothing about this one.
    """
    for test in _read(path):
        if (test.camera, test.policy) == (camera, policy):
            return test
    return AttackTest(camera, policy)


def save_test(path: Path, test: AttackTest) -> None:
    """Store a test beside those of other cameras.

    Raises:
        EngineError: DISK_FULL or NOT_WRITABLE.
    """
    others = [old for old in _read(path) if (old.camera, old.policy) != (test.camera, test.policy)]
    with writing(path) as file:
        file.write(json.dumps([asdict(each) for each in (*others, test)], indent=1).encode())


def _read(path: Path) -> list[AttackTest]:
    try:
        return [_test(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        return []  # a test that cannot be read was not run: everything stays off


def _test(entry: dict[str, Any]) -> AttackTest:
    trials = tuple(Trial(t["species"], Band(t["band"]), t["at"], t.get("gain")) for t in entry["trials"])
    return AttackTest(str(entry["camera"]), str(entry["policy"]), trials)
