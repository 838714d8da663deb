"""The desk as tasks: before a camera, and on a recording. Importing this loads neither torch nor OpenCV."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.camera import Frame
from engine.camera_health import Fault
from engine.errors import EngineError
from engine.faces.desk.books import Books
from engine.faces.desk.orders import Orders, obey
from engine.faces.desk.policy import DECIDED, advance, finish, unwritten
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.sight import Sight
from engine.faces.desk.state import DeskState, Phase
from engine.faces.desk.views import DeskDecision, DeskView, decision_of
from engine.faces.gallery import Gallery
from engine.faces.hooks import Hooks
from engine.faces.liveness.flash import Flashing, FlashVerdict, face_colour
from engine.faces.loading import load_recogniser
from engine.faces.matching import Thresholds
from engine.faces.registry import existing
from engine.faces.store.lines import calibrated
from engine.faces.store.records import Greeting
from engine.faces.visits import How
from engine.jobs import WAIT, Task
from engine.latest import Latest
from engine.models import Models

__all__ = ["DeskDecision", "DeskView", "Orders", "decision_of", "replay_clip", "run_desk"]

if TYPE_CHECKING:
    from engine.faces.desk.observer import Observer

log = logging.getLogger(__name__)

CODE_EVERY: Final = 5
"""Every fifth frame is searched for a badge: it takes about as long as finding faces."""

LOOKING: Final = frozenset({Phase.HINT, Phase.LOOK, Phase.CHALLENGE})
"""Phases in which every frame is needed for the face."""

CLAIM_S: Final = 20.0
"""So long a badge or number waits for a face. The next visitor must not be compared with it."""

SILENCE_S: Final = 1.0
"""So long without any frame, and the camera has vanished as far as the desk is concerned."""


def run_desk(
    models: Models,
    database: Path,
    frames: Latest[Frame],
    thresholds: Thresholds,
    rules: DeskRules,
    orders: Orders,
    seed: int,
    camera: str = "",
    expected_gain: float | None = None,
    clock: Callable[[], float] = time.monotonic,
    hooks: Hooks | None = None,
) -> Task[DeskView, None]:
    """Run a desk on the newest frames of a camera until cancelled.

    Whoever subscribes ``frames`` to a camera sets its ``on_put`` to the job's ``wake``. What cannot be
    written down (a full disk, a file that another program holds) is no welcome: the desk says so and goes on.

    Args:
        seed: draws the challenges; ``secrets.randbits(64)``.
        expected_gain: how strongly living faces answer the colour flash at this desk; None: not known.
        hooks: where events of this desk go; None: where the gallery says.

    Raises:
        EngineError: what reading the :class:`Gallery` and the networks raise.
    """
    from engine.faces.desk.codes import CodeReader
    from engine.faces.desk.observer import Observer
    from engine.faces.lids import load_lids
    from engine.faces.liveness.passive import load_passive

    recogniser, passive, lids = load_recogniser(models), load_passive(models), load_lids(models)
    rules = replace(rules, blink=rules.blink and lids is not None)
    yield None
    codes, last = CodeReader(), clock()
    flashing = Flashing(seed, expected_gain)
    with Gallery(database) as gallery, closing(Books(gallery, camera, rules.policy, hooks)) as books:
        version, lines = gallery.change_count(), calibrated(gallery, recogniser.model, thresholds)
        observer = Observer(recogniser, passive, gallery.known(recogniser.model), lines, lids)
        course = _Course(orders, observer, books)
        while True:
            course.obey(clock())
            if course.told:
                yield replace(course.view(clock()), passive=passive is not None)
            frame = frames.take()
            if frame is None:
                if clock() - last > SILENCE_S and course.state.phase is not Phase.FAULT:
                    now = clock()
                    course.state = advance(course.state, Sight(now, now, fault=Fault.VANISHED), rules, seed)
                    yield replace(course.view(now), fault=Fault.VANISHED, passive=passive is not None)
                yield WAIT
                continue
            last = clock()
            if gallery.change_count() != version:
                version, lines = gallery.change_count(), calibrated(gallery, recogniser.model, thresholds)
                observer.use(gallery.known(recogniser.model), lines)
            sight = _sight(observer, frame, course.state, clock)
            if rules.flash and course.state.phase is Phase.CHALLENGE:
                sight = replace(sight, flash=_follow_flash(flashing, course.state, frame, observer))
            asked = replace(rules, lockout=0.0) if course.rehearsing else rules
            course.decide(advance(course.state, sight, asked, seed), sight.time)
            seeks = frame.fault is None and frame.index % CODE_EVERY == 0
            badge = codes.read(frame.rgb) if seeks and course.state.phase not in LOOKING else None
            view = _seen(course.view(sight.time), sight, observer, frame, clock() - last)
            yield replace(view, badge=badge, passive=passive is not None, **_flash_of(flashing, frame.time))


@dataclass
class _Course:
    """The course of one desk: its state, and what orders and decisions lead to."""

    orders: Orders
    observer: Observer
    books: Books
    state: DeskState = field(default_factory=DeskState)
    greeting: Greeting | None = None
    leaves: bool = False
    unknown: str = ""
    called: bool = False
    problem: str = ""
    rehearsing: bool = False

    @property
    def told(self) -> bool:
        """Whether there is something to say at once, without waiting for a frame."""
        return bool(self.unknown or self.called or self.problem)

    def obey(self, now: float) -> None:
        """Do what was pressed. The words of the last time are forgotten."""
        self.unknown, self.called, self.problem = "", False, ""
        before = self.state
        try:
            done = obey(
                *(self.orders, self.state, self.observer, self.books, now), rehearsing=self.rehearsing
            )
        except EngineError as error:
            self._fail(error, now)
            return
        self.state, self.unknown, self.called = done.state, done.unknown, done.called
        self.rehearsing = done.rehearsing
        if self.state is not before and self.state.phase is Phase.WELCOME:
            self._address()

    def decide(self, after: DeskState, now: float) -> None:
        """Take the next state; a decision counts only once it is written down."""
        decision = decision_of(self.state, after, now)
        if self.observer.claim and _claim_is_over(self.state, after, now):
            self.observer.forget_claim()
        self.state = after
        if decision is None:
            return
        try:
            how = How.CLAIM if self.observer.claim else How.FACE
            self.books.decided(after, how, rehearsed=self.rehearsing)
            self._address()
        except EngineError as error:
            self._fail(error, now)

    def view(self, now: float) -> DeskView:
        """Return what is known without a frame."""
        return DeskView(
            self.state,
            unknown=self.unknown,
            greeting=self.greeting if self.state.phase is Phase.WELCOME else None,
            paused=self.state.paused(now),
            called=self.called,
            problem=self.problem,
            claimed=bool(self.observer.claim),
            leaves=self.leaves and self.state.phase is Phase.WELCOME,
        )

    def _address(self) -> None:
        """Find out how whoever is welcomed wants to be greeted, and whether they come or go."""
        self.greeting = self.books.greeting(self.state)
        self.leaves = not self.rehearsing and self.books.leaves(self.state)

    def _fail(self, error: EngineError, now: float) -> None:
        log.error("the desk could not write: %s", error.code)
        self.problem, self.greeting = error.detail, None
        self.state = unwritten(self.state, now)


def _claim_is_over(before: DeskState, after: DeskState, now: float) -> bool:
    """Whether whoever claimed to be somebody was answered (a guided retry is no end), or has left."""
    answered = before.phase in DECIDED and after.phase not in DECIDED and after.retries <= before.retries
    left = after.phase is Phase.IDLE and (before.phase is not Phase.IDLE or now - after.since > CLAIM_S)
    return answered or left


def replay_clip(
    models: Models,
    database: Path,
    clip: Path,
    thresholds: Thresholds,
    rules: DeskRules,
    seed: int = 0,
    rate: float = 12.5,
) -> Task[DeskDecision, tuple[DeskDecision, ...]]:
    """Decide on a recording by its own clock: the same clip always gives the same decisions.

    A recording cannot answer a challenge. So where a desk would ask, a face is welcomed only if the passive
    check takes it for living and an unasked head turn shows that it is not flat; otherwise it steps up.

    Args:
        rate: frames a second that are looked at, about as many as a desk manages live.

    Raises:
        EngineError: GALLERY_EMPTY, FILE_MISSING, FILE_UNREADABLE, or what the networks raise.
    """
    from engine.faces.desk.observer import Observer
    from engine.faces.liveness.passive import load_passive
    from engine.faces.recordings import recording

    existing(database).close()
    recogniser = load_recogniser(models)
    with existing(database) as gallery:
        known = gallery.known(recogniser.model)
        thresholds = calibrated(gallery, recogniser.model, thresholds)
    observer = Observer(recogniser, load_passive(models), known, thresholds)
    yield None
    rules, state, made = replace(rules, can_ask=False), DeskState(), []
    now = 0.0
    for frame in recording(clip, rate):
        now = frame.time
        before = state
        state = advance(state, _sight(observer, frame, state, lambda: now), rules, seed)  # noqa: B023
        yield None
        decision = decision_of(before, state, now)
        if decision is not None:
            made.append(decision)
            yield decision
    ended = decision_of(state, finish(state, now, rules), now)
    if ended is not None:
        made.append(ended)
        yield ended
    return tuple(made)


def _sight(observer: Observer, frame: Frame, state: DeskState, clock: Callable[[], float]) -> Sight:
    """Look at a frame; whatever goes wrong, nothing is known of it, and nobody is welcomed on it."""
    try:
        sight = observer.observe(frame, state, frame.time)
    except Exception:  # any fault must end in a refusal, not in a desk that stands open or still
        log.exception("a frame could not be looked at")
        return Sight(clock(), frame.time, broken=True)
    return replace(sight, time=clock())


def _follow_flash(flashing: Flashing, state: DeskState, frame: Frame, observer: Observer) -> FlashVerdict:
    """Begin a flash with a challenge, then measure how the face answers it."""
    if flashing.number != state.look:
        flashing.begin(state.look, frame.time)
    if observer.face is not None:
        flashing.add(frame.time, face_colour(frame.rgb, observer.face.box))
    return flashing.verdict(frame.time)


def _flash_of(flashing: Flashing, time: float) -> dict[str, Any]:
    gain = flashing.answer().gain if flashing.is_over(time) else None
    return {"flash": flashing.number, "colours": flashing.colours, "gain": gain}


def _seen(view: DeskView, sight: Sight, observer: Observer, frame: Frame, seconds: float) -> DeskView:
    """Return a view with what one frame adds."""
    judged, state = sight.judged, view.state
    return replace(
        view,
        hint=sight.hint,
        ask=state.challenge.ask if state.challenge is not None and state.phase is Phase.CHALLENGE else None,
        fault=sight.fault,
        box=observer.face.box if observer.face is not None else None,
        size=(frame.rgb.shape[1], frame.rgb.shape[0]),
        distance=judged.distance if judged is not None else None,
        second=judged.second if judged is not None else None,
        seconds=seconds,
    )
