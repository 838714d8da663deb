"""A desk whose disk is full, locked or read-only: no welcome without a record, and the desk goes on."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.camera import Frame
from engine.errors import EngineError
from engine.faces.desk import tasks
from engine.faces.desk.policy import Band, Phase, Reason
from engine.faces.desk.rules import DeskRules
from engine.faces.desk.tasks import DeskView, Orders, run_desk
from engine.faces.gallery import Gallery
from engine.faces.liveness.passive import PassiveLook
from engine.faces.matching import Thresholds
from engine.faces.store import audit, database
from engine.faces.store.roles import set_pin
from engine.faces.tasks import Register, enrol
from engine.faces.visits import inside
from engine.images import read_picture
from engine.jobs import WAIT, run
from engine.latest import Latest
from engine.models import Models


class Living:
    """A passive check that takes everybody for living."""

    def look(self, rgb: object, box: object) -> PassiveLook:
        return PassiveLook(0.99, True)


@dataclass
class Stand:
    """A desk under way on one picture, with the gallery that it writes into."""

    task: Iterator[object]
    frames: Latest[Frame]
    orders: Orders
    picture: object
    opened: list[Gallery]
    now: float = 1000.0
    index: int = 0
    views: list[DeskView] = field(default_factory=list)

    @property
    def writing(self) -> Gallery:
        return self.opened[-1]

    def clock(self) -> float:
        return self.now

    def step(self, times: int) -> list[DeskView]:
        shown: list[DeskView] = []
        for _ in range(times):
            self.now, self.index = self.now + 0.1, self.index + 1
            picture = self.picture.copy()  # type: ignore[attr-defined]
            picture[0, 0] = self.index % 256
            self.frames.put(Frame(picture, self.index, self.now - 0.02))
            for view in self.task:
                if isinstance(view, DeskView):
                    shown.append(view)
                if view is WAIT:
                    break
        self.views += shown
        return shown


@pytest.fixture
def stand(
    models: Models, people: dict[str, list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stand]:
    path = tmp_path / "gallery.sqlite"
    run(enrol(models, Register(path, "Barack Obama", Thresholds()), people["Barack Obama"][:1]))
    with Gallery(path) as gallery:
        set_pin(gallery, gallery.person("Barack Obama").id, "80417")
    opened: list[Gallery] = []

    class Seen(Gallery):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            opened.append(self)

    monkeypatch.setattr("engine.faces.liveness.passive.load_passive", lambda _models: Living())
    monkeypatch.setattr(tasks, "Gallery", Seen)
    monkeypatch.setattr(database, "BUSY_S", 0.01)
    frames: Latest[Frame] = Latest()
    orders = Orders()
    rules = DeskRules(retry_after=0.5)
    made = Stand(iter(()), frames, orders, read_picture(people["Barack Obama"][1]).rgb, opened)
    made.task = run_desk(models, path, frames, Thresholds(), rules, orders, 1, clock=made.clock)
    yield made
    made.task.close()  # type: ignore[attr-defined]


def fill(gallery: Gallery) -> Callable[[], None]:
    """Let the file not grow any more, and use up what room it has."""
    pages = gallery.database.pragma("page_count")
    gallery.database.execute(f"PRAGMA max_page_count = {pages}")
    for size in (500, 0):
        with contextlib.suppress(EngineError):
            for _ in range(10_000):
                gallery.record("filling", detail={"with": "x" * size})
    return lambda: gallery.database.execute("PRAGMA max_page_count = 1000000") and None


def lock(gallery: Gallery) -> Callable[[], None]:
    gallery.database.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(gallery.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def forbid(gallery: Gallery) -> Callable[[], None]:
    gallery.database.execute("PRAGMA query_only = ON")
    return lambda: gallery.database.execute("PRAGMA query_only = OFF") and None


@pytest.mark.parametrize("breaks", [fill, lock, forbid])
def test_what_cannot_be_written_is_no_welcome_and_the_desk_goes_on(
    stand: Stand, breaks: Callable[[Gallery], Callable[[], None]]
) -> None:
    stand.step(1)
    mend = breaks(stand.writing)
    shown = stand.step(12)
    assert Phase.WELCOME not in {view.state.phase for view in shown}
    refused = [view for view in shown if view.state.phase is Phase.REFUSED]
    assert refused
    assert refused[0].state.reasons == (Reason.NOT_WRITTEN,)
    assert refused[0].state.band is Band.REFUSE
    assert any(view.problem for view in shown)
    stand.orders.claim("Barack Obama", "80417")
    stand.orders.call_host()
    assert Phase.WELCOME not in {view.state.phase for view in stand.step(2)}, "a PIN is no way round it"
    assert inside(stand.writing) == ()
    mend()
    shown = stand.step(16)
    assert Phase.WELCOME in {view.state.phase for view in shown}, "and it goes on when the disk is back"
    assert [visit.name for visit in inside(stand.writing)] == ["Barack Obama"]
    assert audit.check(stand.writing.database, stand.writing.vault).problem is None


def test_the_host_is_called_and_staff_let_in_and_both_are_written_down(stand: Stand) -> None:
    stand.step(1)
    stand.orders.call_host()
    assert any(view.called for view in stand.step(1))
    stand.orders.check_in("nobody")
    assert any(view.unknown == "nobody" for view in stand.step(1))
    stand.orders.check_in(stand.writing.person("Barack Obama").id)
    (view, *_) = [view for view in stand.step(1) if view.state.phase is Phase.WELCOME]
    assert view.state.reasons == (Reason.MANUAL,)
    assert view.greeting == "full"
    assert [visit.came_how for visit in inside(stand.writing)] == ["manual"]
    stand.now += 600.0
    stand.orders.check_in(stand.writing.person("Barack Obama").id)
    stand.step(1)
    assert len(inside(stand.writing)) == 1, "who is let in by hand is never written out by it"
    actions = [entry.action for entry in audit.entries(stand.writing.database)]
    assert "desk: host called" in actions
    assert "desk: welcome" in actions


def test_a_rehearsed_attack_pauses_nothing_and_a_rehearsed_welcome_opens_nothing(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.orders.rehearse(True)
    assert Phase.WELCOME in {view.state.phase for view in stand.step(10)}
    assert inside(stand.writing) == ()
    actions = [entry.action for entry in audit.entries(stand.writing.database)]
    assert "attack test: welcome" in actions
    assert "desk: welcome" not in actions
    monkeypatch.setattr(Living, "look", lambda *_: PassiveLook(0.01, True))
    stand.now += 60.0
    stand.step(40)
    attacked = [view for view in stand.views if Reason.PASSIVE_ATTACK in view.state.reasons]
    assert attacked
    assert attacked[-1].paused == 0.0
    stand.orders.rehearse(False)
    stand.now += 60.0
    stand.step(40)
    assert any(view.paused > 0.0 for view in stand.views), "and afterwards it counts again"
