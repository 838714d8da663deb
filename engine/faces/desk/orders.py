"""What people press at a desk under way: try again, not me, a claim, the host, check-in by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from engine.faces.desk.policy import admit, expect, try_again, undo
from engine.faces.desk.state import DeskState, Guard, Phase, Reason
from engine.faces.visits import How

if TYPE_CHECKING:
    from engine.faces.desk.books import Books
    from engine.faces.desk.observer import Observer

Order = tuple[str, str, str]
"""What is wanted, of whom, and with which PIN."""


class Orders:
    """What people press at a desk under way: thread-safe, taken at the next frame."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Order] = SimpleQueue()

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

    def call_host(self) -> None:
        """Somebody at the desk asks for a person."""
        self._queue.put(("host", "", ""))

    def check_in(self, person: str) -> None:
        """Staff let somebody (by id) in by hand: seen in person, no face and no PIN needed."""
        self._queue.put(("admit", person, ""))

    def rehearse(self, on: bool) -> None:
        """Staff hold attacks to their own desk (on), or are done with it.

        Meanwhile nobody is checked in, no event leaves for the door, and no attack makes the desk pause.
        """
        self._queue.put(("rehearse", "on" if on else "", ""))

    def take(self) -> Order | None:
        """Return the next order, or None."""
        try:
            return self._queue.get_nowait()
        except Empty:
            return None


@dataclass(frozen=True)
class Obeyed:
    """What orders led to: the state, a claim that nobody has, whether the host was called, and whether
    attacks are rehearsed.
    """

    state: DeskState
    unknown: str = ""
    called: bool = False
    rehearsing: bool = False


def obey(
    orders: Orders, state: DeskState, observer: Observer, books: Books, now: float, *, rehearsing: bool
) -> Obeyed:
    """Do what was pressed since the last frame.

    Raises:
        EngineError: what writing it down raises.
    """
    done = Obeyed(state, rehearsing=rehearsing)
    while (order := orders.take()) is not None:
        done = _obey_one(done, order, observer, books, now)
    return done


def _obey_one(done: Obeyed, order: Order, observer: Observer, books: Books, now: float) -> Obeyed:
    state = done.state
    match order:
        case ("again", _, _):
            observer.claim = ""
            return replace(done, state=try_again(state, now))
        case ("undo", _, _) if state.phase is Phase.WELCOME:
            books.take_back()
            return replace(done, state=undo(state, now))
        case ("host", _, _):
            books.call_host(state)
            return replace(done, called=True)
        case ("rehearse", on, _):
            return replace(done, rehearsing=bool(on), state=replace(state, guard=Guard()))
        case ("admit", person, _):
            name = books.known(person)
            if name is None:
                return replace(done, unknown=person)
            state = admit(state, name, now, Reason.MANUAL)
            books.decided(state, How.MANUAL, rehearsed=done.rehearsing)
            return replace(done, state=state)
        case ("claim", text, pin):
            return _claimed(done, text, pin, observer, books, now)
    return done


def _claimed(done: Obeyed, text: str, pin: str, observer: Observer, books: Books, now: float) -> Obeyed:
    """A claim with the right PIN is enough; one without is compared with the face from now on."""
    person = books.claimed(text)
    if person is None or (pin and not books.knows_pin(person.id, pin)):
        return replace(done, unknown=text)
    if not pin:
        observer.claim = person.id
        return replace(done, state=expect(done.state, now))
    state = admit(done.state, person, now)
    books.decided(state, How.CLAIM, rehearsed=done.rehearsing)
    return replace(done, state=state)
