"""The demo does the real job of each panel; small here, so that it takes seconds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from engine.demo import DemoOptions, DemoResult, default_folder, demo, to_json
from engine.demo_page import loss_curve
from engine.errors import EngineError, ErrorCode
from engine.faces.matching import Decision, Thresholds
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from engine.samples import samples


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    folder = tmp_path_factory.mktemp("demo")
    pictures = folder / "pictures"
    pictures.mkdir()
    for sample in samples("explain")[:4]:
        shutil.copy(sample.path, pictures)
    options = DemoOptions(size=64, iterations=3, pictures=pictures)
    return run(demo(Models(folder / "none"), folder / "out", Thresholds(), options))


def test_the_same_person_is_accepted_and_another_refused(made: DemoResult) -> None:
    answers = {(claim.shows == claim.answer.name): claim.answer.decision for claim in made.claims}
    assert answers == {True: Decision.ACCEPT, False: Decision.REFUSE}


def test_everybody_is_identified_or_a_stranger(made: DemoResult) -> None:
    enrolled = {"Barack Obama", "Eileen Collins"}
    for one in made.identified:
        (face,) = one.faces
        if one.shows in enrolled:
            assert face.decision is Decision.ACCEPT
            assert face.match.person is not None
            assert face.match.person.name == one.shows
        else:
            assert face.decision is Decision.STRANGER


def test_the_painting_is_there_and_its_loss_fell(made: DemoResult) -> None:
    assert max(read_picture(made.folder / "painting.png").size) == 64
    totals = [losses.total for losses in made.painting.losses]
    assert len(totals) == 3
    assert totals[-1] < totals[0]


def test_the_page_names_only_files_that_are_there(made: DemoResult) -> None:
    page = made.page.read_text(encoding="utf-8")
    shown = re.findall(r'<img src="([^"]+)"', page)
    assert len(shown) >= 9
    assert all((made.folder / file).is_file() for file in shown)
    assert "http" not in page
    assert "<script" not in page


def test_no_encoding_stays_behind(made: DemoResult) -> None:
    assert not list(made.folder.rglob("*.sqlite*"))


def test_the_document_says_what_was_made(made: DemoResult) -> None:
    document = to_json(made)
    assert document["page"] == str(made.page)
    assert [one["decision"] for one in document["verify"]] == ["accept", "refuse"]
    assert [figure["layer"] for figure in document["explore"]["figures"]] == ["conv1", "conv5"]


def test_the_curve_goes_down_where_the_loss_does() -> None:
    points = re.search(r'points="([^"]+)"', loss_curve([100.0, 10.0, 1.0]))
    assert points is not None
    heights = [float(pair.split(",")[1]) for pair in points[1].split()]
    assert heights[0] < heights[1] < heights[2]
    assert heights[1] == pytest.approx((heights[0] + heights[2]) / 2, abs=0.1)
    assert loss_curve([1.0]) == ""


def test_the_folder_is_here_or_with_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert default_folder(tmp_path / "data") == here / "triptych-demo"
    (here / "triptych-demo").rmdir()
    (here / "triptych-demo").write_text("in the way")
    assert default_folder(tmp_path / "data") == tmp_path / "data" / "triptych-demo"
    (tmp_path / "blocked").write_text("")
    with pytest.raises(EngineError) as caught:
        default_folder(tmp_path / "blocked")
    assert caught.value.code is ErrorCode.NOT_WRITABLE
