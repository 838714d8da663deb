"""Import: a verdict per photo before anything is stored, one transaction, one undo; bad lists are
sentences.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.faces.gallery import Gallery
from engine.faces.import_list import read_lines
from engine.faces.importing import Verdict, import_people, undo_import
from engine.faces.matching import Thresholds
from engine.faces.store import cards
from engine.faces.store.consent import Policy, set_policy
from engine.faces.store.records import Details, Greeting, Limits, end_of
from engine.images import Rgb, write_picture
from engine.jobs import run
from engine.models import Models


@pytest.fixture
def source(tmp_path: Path, people: dict[str, list[Path]], no_face: Rgb) -> Path:
    folder = tmp_path / "photos"
    for name in ("Barack Obama", "Joe Biden"):
        (folder / name.replace(" ", "_")).mkdir(parents=True)
        for number, photo in enumerate(people[name][:2]):
            (folder / name.replace(" ", "_") / f"{number}.jpg").write_bytes(photo.read_bytes())
    (folder / "Eileen.jpg").write_bytes(people["Eileen Collins"][0].read_bytes())
    (folder / "Not_Barack.jpg").write_bytes(people["Barack Obama"][1].read_bytes())
    (folder / "torn.jpg").write_text("no picture")
    write_picture(folder / "wall.png", no_face)
    (folder / "Joe_Biden" / "zz wrong.jpg").write_bytes(people["Eileen Collins"][0].read_bytes())
    (folder / "notes.txt").write_text("nothing to import")
    return folder


def test_a_dry_run_judges_everything_and_stores_nothing(models: Models, source: Path, tmp_path: Path) -> None:
    database = tmp_path / "g.sqlite"
    dry = run(import_people(models, database, source, Thresholds(), dry_run=True))
    verdicts = {one.line.photo.name: one.verdict for one in dry.judged}
    assert verdicts["torn.jpg"] is Verdict.UNREADABLE
    assert verdicts["wall.png"] is Verdict.NO_FACE
    assert verdicts["Not_Barack.jpg"] is Verdict.DUPLICATE
    assert verdicts["zz wrong.jpg"] is Verdict.UNLIKE
    assert set(dry.people) == {"Barack Obama", "Eileen", "Joe Biden"}
    assert all(one.sentence for one in dry.judged if one.verdict is not Verdict.GOOD)
    with Gallery(database) as gallery:
        assert gallery.people() == ()

    done = run(import_people(models, database, source, Thresholds(), dry_run=False))
    assert [one.verdict for one in done.judged] == [one.verdict for one in dry.judged]
    with Gallery(database) as gallery:
        assert {person.name for person in gallery.people()} == set(dry.people)
    gone = run(undo_import(database, done.batch))
    assert {person.name for person in gone} == set(dry.people)
    with Gallery(database) as gallery:
        assert gallery.people() == ()
    with pytest.raises(EngineError) as nothing:
        run(undo_import(database, done.batch))
    assert nothing.value.code is ErrorCode.BAD_VALUE


def test_an_undo_leaves_what_was_there_before(
    models: Models, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    database, listed = tmp_path / "g.sqlite", tmp_path / "people.csv"
    first, second = people["Barack Obama"][:2]
    listed.write_text(f"name;photo\nBarack;{first}\n".replace(";", ","), encoding="utf-8-sig")
    run(import_people(models, database, listed, Thresholds(), dry_run=False))
    listed.write_text(f"name,photo,number,purpose\nBarack,{second},44,door\n")
    batch = run(import_people(models, database, listed, Thresholds(), dry_run=False)).batch
    with Gallery(database) as gallery:
        assert gallery.person("Barack").encodings == 2
    assert run(undo_import(database, batch)) == ()
    with Gallery(database) as gallery:
        assert gallery.person("Barack").encodings == 1


def test_a_csv_brings_details_and_may_be_written_anywhere_in_the_world(
    models: Models, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(people["Barack Obama"][0].read_bytes())
    text = "Name, Photo, number, retain_until\n张伟,照片.jpg,007,2030-01-31\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        listed = tmp_path / f"{encoding}.csv"
        listed.write_bytes(text.encode(encoding))
        (line,) = read_lines(listed)
        assert (line.name, line.photo, line.details.number) == ("张伟", photo, "007")
    run(import_people(models, tmp_path / "g.sqlite", tmp_path / "utf-8.csv", Thresholds(), dry_run=False))
    with Gallery(tmp_path / "g.sqlite") as gallery:
        assert cards.card(gallery, "张伟").details.number == "007"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"who,picture\nAda,a.jpg\n",
        b"name,photo,shoe_size\nAda,a.jpg,40\n",
        b"name,photo\nAda\n",
        b"name,photo\nAda,a.jpg,extra\n",
        b"name,photo,retain_until\nAda,a.jpg,soon\n",
        b"name,photo,greeting\nAda,a.jpg,loudly\n",
        b"\x89PNG\r\n\x00\x00\x00",
        b"name,photo\n",
        b"name,name,photo\nAda,Ben,a.jpg\n",
        b"name,photo\n" + b"x" * 200_000 + b",a.jpg\n",
        b"name,photo,number\nAda,a.jpg,7\nBen,b.jpg,7\n",
        b"name,photo,badge\nAda,a.jpg,7\nBen,b.jpg,7\n",
    ],
)
def test_a_list_that_is_wrong_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    listed = tmp_path / "people.csv"
    listed.write_bytes(content)
    with pytest.raises(EngineError) as refused:
        read_lines(listed)
    assert refused.value.code in (
        ErrorCode.IMPORT_INVALID,
        ErrorCode.BAD_VALUE,
        ErrorCode.CODE_TAKEN,
    )
    assert "people.csv" in refused.value.detail


@pytest.mark.parametrize(
    "content",
    [
        b"name;photo;number\nAda;a.jpg;7\nAda;b.jpg;7\n",
        b"name\tphoto\tnumber\nAda\ta.jpg\t7\nAda\tb.jpg\t7\n",
        b"name,photo,number\rAda,a.jpg,7\rAda,b.jpg,7\r",
    ],
)
def test_a_csv_is_read_as_spreadsheets_of_other_countries_and_times_write_it(
    tmp_path: Path, content: bytes
) -> None:
    listed = tmp_path / "people.csv"
    listed.write_bytes(content)
    found = [(line.name, line.photo.name, line.details.number) for line in read_lines(listed)]
    assert found == [("Ada", "a.jpg", "7"), ("Ada", "b.jpg", "7")]


def test_a_number_of_somebody_who_is_enrolled_is_told_with_its_line_before_any_photo_is_opened(
    models: Models, tmp_path: Path
) -> None:
    listed, database = tmp_path / "people.csv", tmp_path / "g.sqlite"
    listed.write_text("name,photo,number\nBen,none.jpg,7\n", encoding="utf-8")
    with Gallery(database) as gallery:
        gallery.add("Ada", [], details=Details(number="7"))
    with pytest.raises(EngineError, match=r"people.csv, line 2: .* Ada") as refused:
        run(import_people(models, database, listed, Thresholds(), dry_run=True))
    assert refused.value.code is ErrorCode.CODE_TAKEN


def test_a_name_with_what_nobody_sees_in_it_has_its_own_number(models: Models, tmp_path: Path) -> None:
    listed, database = tmp_path / "people.csv", tmp_path / "g.sqlite"
    (tmp_path / "none.jpg").write_text("no picture")
    listed.write_text("name,photo,number\nA\u00adda,none.jpg,7\nAda,none.jpg,7\n", encoding="utf-8")
    with Gallery(database) as gallery:
        gallery.add("Ada", [], details=Details(number="7"))
    done = run(import_people(models, database, listed, Thresholds(), dry_run=True))
    assert [one.verdict for one in done.judged] == [Verdict.UNREADABLE] * 2


def test_one_name_in_two_forms_of_unicode_is_one_person(
    models: Models, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    listed = tmp_path / "people.csv"
    first, second = people["Barack Obama"][:2]
    listed.write_text(f"name,photo\nZoe\u0308,{first}\nZo\u00eb,{second}\n", encoding="utf-8")
    done = run(import_people(models, tmp_path / "g.sqlite", listed, Thresholds(), dry_run=True))
    assert done.people == ("Zo\u00eb",)


def test_a_folder_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no", ErrorCode.FILE_MISSING), (tmp_path, ErrorCode.IMPORT_INVALID)):
        with pytest.raises(EngineError) as refused:
            read_lines(path)
        assert refused.value.code is code


def test_what_was_agreed_for_all_fills_in_where_a_line_says_nothing(
    models: Models, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    database, listed = tmp_path / "g.sqlite", tmp_path / "people.csv"
    with Gallery(database) as gallery:
        set_policy(gallery, Policy(consent=True, purpose=True, retention=True))
    listed.write_text(
        "name,photo,purpose,consent,greeting,host\n"
        f"Barack,{people['Barack Obama'][0]},,,first,Ada\n"
        f"Joe,{people['Joe Biden'][0]},canteen,2026-01-02,,\n"
    )
    with pytest.raises(EngineError) as refused:
        run(import_people(models, database, listed, Thresholds(), dry_run=True))
    assert refused.value.code is ErrorCode.CONSENT_MISSING
    agreed = Details(purpose="door", consent="2026-03-04")
    until = Limits(retain_until=end_of("2027-01-01"))
    done = import_people(models, database, listed, Thresholds(), dry_run=False, details=agreed, limits=until)
    assert run(done).people == ("Barack", "Joe")
    with Gallery(database) as gallery:
        first, second = (cards.card(gallery, name) for name in ("Barack", "Joe"))
    assert (first.details.purpose, first.details.consent, first.details.host) == ("door", "2026-03-04", "Ada")
    assert first.details.greeting is Greeting.FIRST
    assert (second.details.purpose, second.details.consent) == ("canteen", "2026-01-02")
    assert second.details.greeting is Greeting.FULL
    assert first.limits.retain_until == second.limits.retain_until == until.retain_until
