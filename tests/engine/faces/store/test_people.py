"""Cards, codes, search, lookalikes, dates, erasure, and the export of one person."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.matching import Decision, Thresholds, identify, nearest_people
from engine.faces.search import matches
from engine.faces.store import audit, cards, erasure, likeness, roles
from engine.faces.store.likeness import Likeness
from engine.faces.store.records import Details, Greeting, Kind, Limits, end_of
from engine.faces.visits import How, check_in, check_out
from tests.engine.faces.store.made_up import encoding


def everything(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir() if "-shm" not in file.name)


def test_a_card_shows_details_provenance_and_dates_and_hides_them_in_the_file(path: Path) -> None:
    details = Details("4711", "BADGE-0815", "front door", "2026-11-01", Greeting.FIRST, note="allergic")
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1), encoding(1, 1, model="other")], details=details)
        cards.change(gallery, "Ada", details, Limits(retain_until=end_of("2030-01-31")))
        shown = cards.card(gallery, "Ada")
        gallery.database.overwrite_freed()
        stored = everything(path)
    assert shown.details == details
    assert [(one.model, one.file, one.has_photo) for one in shown.encodings] == [
        ("sface", "secret-1-0.jpg", False),
        ("other", "secret-1-1.jpg", False),
    ]
    assert shown.limits.retain_until.startswith("2030-0")
    for trace in (b"4711", b"BADGE-0815", b"front door", b"allergic", b"secret-1"):
        assert trace not in stored


def test_numbers_and_badges_find_one_person_only(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [], details=Details(number="7", badge="X"))
        gallery.add("Ben", [], details=Details(number="8"))
        found = cards.by_code(gallery, "number", " 7 ")
        assert found is not None
        assert found.name == "Ada"
        assert cards.by_code(gallery, "badge", "7") is None
        assert cards.by_code(gallery, "number", "") is None
        with pytest.raises(EngineError) as taken:
            cards.change(gallery, "Ben", Details(number="7"), Limits())
        assert taken.value.code is ErrorCode.CODE_TAKEN
        assert cards.card(gallery, "Ben").details.number == "8", "a refused change changes nothing"


@pytest.mark.parametrize(
    ("query", "name", "rank"),
    [
        ("ada lovelace", "Ada Lovelace", 0),
        ("ad", "Ada Lovelace", 1),
        ("love", "Ada Lovelace", 2),
        ("al", "Ada Lovelace", 3),
        ("elac", "Ada Lovelace", 4),
        ("jose", "José", 0),
        ("zhangwei", "张伟", 0),
        ("Zhang", "张伟", 1),
        ("zw", "张伟", 3),
        ("张", "张伟", 1),
        ("ceng", "曾毅", 1),
        ("zeng", "曾毅", 1),
        ("محم", "محمد", 1),
        ("xyz", "Ada Lovelace", None),
        ("  ", "Ada", None),
    ],
)
def test_people_are_found_by_name_initials_and_pinyin(query: str, name: str, rank: int | None) -> None:
    assert matches(query, name) == rank


def test_find_ranks_and_takes_codes(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("张伟", [], details=Details(number="1234"))
        gallery.add("Wei Zhang", [])
        gallery.add("Ben", [])
        assert [person.name for person in cards.find(gallery, "1234")] == ["张伟"]
        assert {person.name for person in cards.find(gallery, "zhang")} == {"张伟", "Wei Zhang"}
        assert cards.find(gallery, "nobody") == ()


def test_lookalikes_are_never_welcomed_by_one_to_many_alone(path: Path) -> None:
    with Gallery(path) as gallery:
        for name, seed in (("Ada", 1), ("Ben", 2), ("Cem", 3)):
            gallery.add(name, [encoding(seed)])

        def decided(seed: int) -> Decision:
            known = gallery.known("sface")
            (match,) = nearest_people(encoding(seed, 5).vector[None], known)
            return identify(match, Thresholds(), len(known.people))

        assert decided(1) is Decision.ACCEPT
        likeness.mark(gallery, "Ada", "Ben")
        assert (decided(1), decided(2), decided(3)) == (Decision.STEP_UP, Decision.STEP_UP, Decision.ACCEPT)
        assert cards.card(gallery, "Ben").lookalikes == ("Ada",)
        likeness.unmark(gallery, "Ben", "Ada")
        assert decided(1) is Decision.ACCEPT


def test_the_nearest_other_is_found_and_told_from_a_stranger(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        gallery.add("Ben", [encoding(2)])
        known = gallery.known("sface")
    again = encoding(1, 3).vector[None]
    alike = likeness.nearest_other(again, known, "Adele", Thresholds())
    assert alike is not None
    assert (alike.person.name, alike.likeness) == ("Ada", Likeness.DUPLICATE)
    strict = Thresholds(strangers_accepted=1e-12)
    middle = likeness.nearest_other(again, known, "Adele", strict)
    assert middle is None or middle.likeness is Likeness.LOOKALIKE
    assert likeness.nearest_other(again, known, "Ada", Thresholds()) is None
    assert likeness.nearest_other(encoding(9).vector[None], known, "Eve", Thresholds()) is None


def test_merging_gives_one_person_everything(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1)])
        ben = gallery.add("Ada L.", [encoding(1, 1, photo=b"png")])
        check_in(gallery, ben.id, How.MANUAL, "desk")
        assert likeness.merge(gallery, "Ada", "Ada L.").encodings == 2
        assert [person.name for person in gallery.people()] == ["Ada"]
        assert len(gallery.known("sface").vectors) == 2
        assert cards.photos(gallery, "Ada") == (b"png",)
        assert len(cards.export(gallery, "Ada")["visits"]) == 1


def test_the_export_has_all_and_reads_as_json(path: Path) -> None:
    with Gallery(path) as gallery:
        ada = gallery.add("Ada", [encoding(1, photo=b"png")], details=Details(purpose="door"))
        check_in(gallery, ada.id, How.FACE, "desk")
        document = json.loads(json.dumps(cards.export(gallery, "Ada")))
    assert document["purpose"] == "door"
    assert np.allclose(document["encodings"][0]["vector"], encoding(1).vector, atol=1e-6)
    assert document["encodings"][0]["photo_png"] == "cG5n"
    assert [entry["action"] for entry in document["log"]][:2] == ["person added", "encodings added"]
    assert document["visits"][0]["came_how"] == "face"


def test_coverage_tells_who_lacks_a_model(path: Path) -> None:
    with Gallery(path) as gallery:
        gallery.add("Ada", [encoding(1), encoding(1, model="new")])
        gallery.add("Ben", [encoding(2, photo=b"png")])
        cover = cards.coverage(gallery, "new")
        assert [person.name for person in cover.lack] == ["Ben"]
        assert [person.name for person in cover.with_photos] == ["Ben"]
        assert cards.drop_model(gallery, "sface") == 2
        assert [person.name for person in gallery.known("new").people] == ["Ada"]


def test_time_that_is_over_counts_at_once_and_is_erased_at_night(path: Path) -> None:
    now = datetime.now(UTC)
    past = (now - timedelta(minutes=1)).isoformat(timespec="seconds")
    later = (now + timedelta(days=1)).isoformat(timespec="seconds")
    with Gallery(path) as gallery:
        gallery.add("Gone", [encoding(1)], limits=Limits(retain_until=past))
        gallery.add("Guest", [encoding(2)], limits=Limits(recognise_until=past), kind=Kind.VISITOR)
        gallery.add("Stays", [encoding(3)], limits=Limits(later, later))
        assert [person.name for person in gallery.known("sface").people] == ["Stays"]
        receipts = erasure.expire(gallery)
        assert [receipt.person.name for receipt in receipts] == ["Gone"]
        assert [(person.name, person.encodings) for person in gallery.people()] == [
            ("Guest", 0),
            ("Stays", 1),
        ]
        assert erasure.expire(gallery) == ()


def test_a_visitor_s_face_ends_with_the_visit(path: Path) -> None:
    with Gallery(path) as gallery:
        guest = gallery.add("Guest", [encoding(1)], kind=Kind.VISITOR)
        staff = gallery.add("Ada", [encoding(2)])
        for person in (guest, staff):
            check_in(gallery, person.id, How.MANUAL, "desk")
            check_out(gallery, person.id, How.MANUAL, "desk")
        assert [(person.name, person.encodings) for person in gallery.people()] == [("Ada", 1), ("Guest", 0)]


def test_erasure_leaves_no_byte_in_any_file_and_gives_a_receipt(path: Path, home: Path) -> None:
    details = Details("4711", "BADGE", "door", note="only Ada")
    secret = encoding(1, photo=b"a face as png")
    with Gallery(path) as gallery:
        gallery.add("Ben", [encoding(2)])
        ada = gallery.add("Ada Lovelace", [secret, encoding(1, 1)], details=details)
        check_in(gallery, ada.id, How.MANUAL, "desk")
        roles.set_pin(gallery, ada.id, "2580")
        likeness.mark(gallery, "Ada Lovelace", "Ben")
        pieces = gallery.database.rows("SELECT vector, file, photo FROM encoding WHERE person = ?", (ada.id,))
        person = gallery.database.rows("SELECT key, details, number_tag FROM person WHERE id = ?", (ada.id,))
        traces = [bytes(piece)[:24] for row in (*pieces, *person) for piece in row if piece]
        gallery.database.overwrite_freed()
        before = everything(path)
        assert all(trace in before for trace in traces), "the scan would see them"
        receipt = gallery.erase("Ada Lovelace")
        after = everything(path)
    assert (receipt.encodings, receipt.visits, receipt.overwritten) == (2, 1, True)
    for trace in (*traces, b"Ada", ada.id.encode(), b"4711", secret.vector.tobytes()[:32]):
        assert trace not in after
    logs = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"Ada" not in logs
    with Gallery(path) as gallery:
        assert audit.entries(gallery.database)[0].action == "person erased"
        assert audit.check(gallery.database, gallery.vault).problem is None
        assert [person.name for person in gallery.known("sface").people] == ["Ben"]


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "31.12.2026"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(EngineError) as refused:
        end_of(text)
    assert refused.value.code is ErrorCode.BAD_VALUE
