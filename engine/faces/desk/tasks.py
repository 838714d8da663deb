"""The desk as tasks: before a camera, and on a recording. Importing this loads neither torch nor OpenCV."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from engine.camera import Frame
from engine.camera_health import Fault
from engine.errors import EngineError, ErrorCode
from engine.faces.answers import Box
from engine.faces.desk.books import Books
from engine.faces.desk.policy import (
    Band,
    DeskState,
    Phase,
    Reason,
    admit,
    advance,
    finish,
    try_again,
    undo,
)
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.sight import Sight
from engine.faces.gallery import Gallery
from engine.faces.liveness.challenge import Ask
from engine.faces.liveness.flash import Flashing, FlashVerdict, face_colour
from engine.faces.loading import load_recogniser
from engine.faces.matching import Thresholds
from engine.faces.quality import Hint
from engine.faces.store.lines import calibrated
from engine.jobs import WAIT, Task
from engine.latest import Latest
from engine.models import Models

if TYPE_CHECKING:
    from engine.faces.desk.observer import Observer

log = logging.getLogger(__name__)

CODE_EVERY: Final = 5
"""Every fifth frame is searched for a badge: it takes about as long as finding faces."""

LOOKING: Final = frozenset({Phase.HINT, Phase.LOOK, Phase.CHALLENGE})
"""Phases in which every frame is needed for the face."""

SILENCE_S: Final = 1.0
"""So long without any frame, and the camera has vanished as far as the desk is concerned."""


@dataclass(frozen=True)
class DeskView:
    """What the desk shows now.

    ``box`` is the face looked at (pixels of a frame of ``size``). ``distance`` and ``second`` are squared
    distances, for staff. ``badge`` is the text of a code that was held to the camera. ``passive`` says
    whether the passive check is there. ``flash`` numbers the colour flash to be shown, with its ``colours``;
    ``gain`` is how strongly the face answered it, once it is over. ``unknown`` is a claim that nobody has.
    """

    state: DeskState
    hint: Hint | None = None
    ask: Ask | None = None
    fault: Fault | None = None
    box: Box | None = None
    size: tuple[int, int] = (0, 0)
    distance: float | None = None
    second: float | None = None
    badge: str | None = None
    passive: bool = False
    seconds: float = 0.0
    flash: int = -1
    colours: tuple[tuple[int, int, int], ...] = ()
    unknown: str = ""
    gain: float | None = None


@dataclass(frozen=True)
class DeskDecision:
    """One decision. ``t`` in seconds since the desk began (of a recording: in the recording)."""

    t: float
    state: Phase
    band: Band
    person: str | None
    reasons: tuple[Reason, ...]
    waited: float


class Orders:
    """What people press at a desk under way: thread-safe, taken at the next frame."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[str, str, str]] = SimpleQueue()

    def try_again(self) -> None:
        """Look again."""
        self._queue.put(("again", "", ""))

    def undo(self) -> None:
        """Take the welcome back: this is somebody else."""
        self._queue.put(("undo", "", ""))

    def claim(self, text: str, pin: str = "") -> None:
        """Somebody claims a badge, a number or a name: the face is compared 1:1 with this person only.

        With the person's PIN no face is needed: the lane that works with the camera dead.
        """
        self._queue.put(("claim", text, pin))

    def take(self) -> tuple[str, str, str] | None:
        """Return the next order, or None."""
        try:
            return self._queue.get_nowait()
        except Empty:
            return None


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
) -> Task[DeskView, None]:
    """Run a desk on the newest frames of a camera until cancelled.

    Whoever subscribes ``frames`` to a camera sets its ``on_put`` to the job's ``wake``.

    Args:
        seed: draws the challenges; ``secrets.randbits(64)``.
        expected_gain: how strongly living faces answer the colour flash at this desk; None: not known.

    Raises:
        EngineError: what :class:`Gallery` and the networks raise.
    """
    from engine.faces.desk.codes import CodeReader
    from engine.faces.desk.observer import Observer
    from engine.faces.liveness.passive import load_passive

    recogniser, passive = load_recogniser(models), load_passive(models)
    yield None
    codes, state, last = CodeReader(), DeskState(), clock()
    flashing = Flashing(seed, expected_gain)
    with Gallery(database) as gallery, closing(Books(gallery, camera)) as books:
        version, lines = gallery.change_count(), calibrated(gallery, recogniser.model, thresholds)
        observer = Observer(recogniser, passive, gallery.known(recogniser.model), lines)
        while True:
            state, unknown = _obey(orders, state, observer, books, clock())
            if unknown:
                yield DeskView(state, unknown=unknown, passive=passive is not None)
            frame = frames.take()
            if frame is None:
                if clock() - last > SILENCE_S and state.phase is not Phase.FAULT:
                    state = advance(state, Sight(clock(), clock(), fault=Fault.VANISHED), rules, seed)
                    yield DeskView(state, fault=Fault.VANISHED, passive=passive is not None)
                yield WAIT
                continue
            last = clock()
            if gallery.change_count() != version:
                version, lines = gallery.change_count(), calibrated(gallery, recogniser.model, thresholds)
                observer.use(gallery.known(recogniser.model), lines)
            sight = _sight(observer, frame, state, clock)
            if rules.flash and state.phase is Phase.CHALLENGE:
                sight = replace(sight, flash=_follow_flash(flashing, state, frame, observer))
            before, state = state, advance(state, sight, rules, seed)
            if decision_of(before, state, sight.time) is not None:
                books.decided(state, claimed=bool(observer.claim))
            seeks = frame.fault is None and frame.index % CODE_EVERY == 0 and state.phase not in LOOKING
            badge = codes.read(frame.rgb) if seeks else None
            view = _view(state, sight, observer, frame, clock() - last)
            view = replace(view, badge=badge, passive=passive is not None)
            yield replace(view, **_flash_of(flashing, frame.time))


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

    if not database.exists():
        raise EngineError(
            ErrorCode.GALLERY_EMPTY,
            f"Nobody is enrolled yet: there is no gallery {database}. Enrol somebody first.",
            str(database),
        )
    recogniser = load_recogniser(models)
    with Gallery(database) as gallery:
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
    ended = decision_of(state, finish(state, now), now)
    if ended is not None:
        made.append(ended)
        yield ended
    return tuple(made)


def decision_of(before: DeskState, after: DeskState, t: float) -> DeskDecision | None:
    """Return the decision that was made between two states, if one was."""
    band = after.band
    if band is None or (before.phase is after.phase and before.since == after.since):
        return None
    person = after.person.name if after.person is not None and band is Band.WELCOME else None
    return DeskDecision(t, after.phase, band, person, after.reasons, after.since - after.began)


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


def _obey(
    orders: Orders, state: DeskState, observer: Observer, books: Books, now: float
) -> tuple[DeskState, str]:
    """Do what was pressed; the second value is a claim that nobody has."""
    unknown = ""
    while (order := orders.take()) is not None:
        match order:
            case ("again", _, _):
                observer.claim = ""
                state = try_again(state, now)
            case ("undo", _, _) if state.phase is Phase.WELCOME:
                state = undo(state, now)
                books.take_back()
            case ("claim", text, pin):
                person = books.claimed(text)
                if person is None or (pin and not books.knows_pin(person.id, pin)):
                    unknown = text
                elif pin:
                    state = admit(state, person, now)
                    books.decided(state, claimed=True)
                else:
                    observer.claim = person.id
                    state = DeskState(Phase.IDLE, now, look=state.look + 1)
    return state, unknown


def _view(state: DeskState, sight: Sight, observer: Observer, frame: Frame, seconds: float) -> DeskView:
    judged = sight.judged
    return DeskView(
        state,
        sight.hint,
        state.challenge.ask if state.challenge is not None and state.phase is Phase.CHALLENGE else None,
        sight.fault,
        observer.face.box if observer.face is not None else None,
        (frame.rgb.shape[1], frame.rgb.shape[0]),
        judged.distance if judged is not None else None,
        judged.second if judged is not None else None,
        seconds=seconds,
    )
