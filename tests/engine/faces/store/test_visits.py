"""Visits: once a track, no toggling of people who linger, a roll-call that needs no key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.faces import visits
from engine.faces.gallery import Gallery
from engine.faces.store import keys
from engine.faces.visits import Attendance, How, Way

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_two_desks_on_one_gallery_do_not_toggle_somebody_between_them(path: Path) -> None:
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", []).id
        door, stairs = Attendance(cool_down=60), Attendance(cool_down=60)
        assert stairs.observe(gallery, ada, 1, at(0), "stairs") is not None
        assert door.observe(gallery, ada, 1, at(100), "door") is not None
        assert stairs.observe(gallery, ada, 2, at(130), "stairs") is None, "left the door half a minute ago"
        assert stairs.observe(gallery, ada, 3, at(191), "stairs") is not None


def test_people_who_linger_are_not_toggled(path: Path) -> None:
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", []).id
        book = Attendance(cool_down=60)
        came = book.observe(gallery, ada, 1, at(0), "desk")
        assert came is not None
        assert came.gone is None
        assert book.observe(gallery, ada, 1, at(200), "desk") is None, "the same track"
        for second in range(210, 600, 30):
            assert book.observe(gallery, ada, second, at(second), "desk") is None, (
                "never out of sight for long"
            )
        left = book.observe(gallery, ada, 999, at(700), "desk")
        assert left is not None
        assert left.gone == "2026-03-02T08:11:40+00:00"
        assert visits.inside(gallery) == ()


def test_after_a_restart_the_last_step_still_counts(path: Path) -> None:
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", []).id
        assert Attendance(cool_down=60).observe(gallery, ada, 1, at(0), "desk") is not None
        assert Attendance(cool_down=60).observe(gallery, ada, 1, at(30), "desk") is None
        assert Attendance(cool_down=60).observe(gallery, ada, 1, at(90), "desk") is not None


def test_one_way_desks_only_go_their_way(path: Path) -> None:
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", []).id
        enter, leave = Attendance(Way.IN, 0), Attendance(Way.OUT, 0)
        assert leave.observe(gallery, ada, 1, at(0), "out") is None
        assert enter.observe(gallery, ada, 1, at(1), "in") is not None
        assert enter.observe(gallery, ada, 2, at(2), "in") is None
        assert leave.observe(gallery, ada, 2, at(3), "out") is not None


def test_not_me_takes_the_last_step_back(path: Path) -> None:
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", []).id
        visit = visits.check_in(gallery, ada, How.FACE, "desk", at(0))
        assert visit is not None
        assert visits.check_in(gallery, ada, How.FACE, "desk", at(1)) is None
        visits.check_out(gallery, ada, How.FACE, "desk", at(2))
        visits.undo(gallery, visit.id)
        assert [one.name for one in visits.inside(gallery)] == ["Ada"]
        visits.undo(gallery, visit.id)
        assert visits.today(gallery, at(5)) == ()


def test_the_roll_call_needs_no_key(path: Path) -> None:
    with Gallery(path) as gallery:
        for name in ("Ben", "Ada"):
            visits.check_in(gallery, gallery.add(name, []).id, How.MANUAL, "desk", at(0))
        keys.key_file(gallery.key_record.id).unlink()
    with Gallery(path) as gallery:
        assert [visit.name for visit in visits.inside(gallery)] == ["Ada", "Ben"]
        assert [visit.name for visit in visits.today(gallery, at(86_400 * 3))] == ["Ada", "Ben"]


def test_csv_holds_no_formulas(path: Path) -> None:
    with Gallery(path) as gallery:
        for name in ("=1+1", "Ada, Countess", "＝1+1"):
            visits.check_in(gallery, gallery.add(name, []).id, How.MANUAL, "desk", at(0))
        lines = visits.as_csv(visits.inside(gallery)).splitlines()
    assert lines[1].startswith("'=1+1,staff,2026-03-02T08:00:00+00:00,manual,,")
    assert lines[2].startswith('"Ada, Countess",')
    assert lines[3].startswith("'＝1+1,"), "what East Asian spreadsheets take for one"
