"""``main.py face``: fields, exit statuses and sentences as the contract has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.cli.app import run_command
from engine.images import Rgb, write_picture
from engine.models import Models


@pytest.fixture
def face(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, models: Models) -> Any:
    monkeypatch.setattr("engine.cli.face._models", lambda: models)  # the real ones, loaded once for all tests

    def call(*arguments: object) -> tuple[int, Any, str]:
        status = run_command(["face", *map(str, arguments), "--json"])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return call


def test_enrol_verify_identify_list_rename_erase(
    face: Any, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    first, second = people["Barack Obama"]
    database = ("--db", tmp_path / "people.sqlite")
    status, done, _ = face("enrol", "Barack", first, *database)
    assert status == 0
    assert {"person", "name", "encodings", "quality", "warnings"} <= done.keys()
    assert (done["name"], done["encodings"], done["warnings"]) == ("Barack", 1, [])

    status, done, _ = face("verify", "Barack", second, *database)
    assert (status, done["decision"]) == (0, "accept")
    assert {"name", "distance", "threshold", "decision", "reason"} <= done.keys()
    status, strict, _ = face("verify", "Barack", second, "--threshold", done["distance"] / 2, *database)
    assert (status, strict["decision"]) == (1, "refuse")
    status, done, _ = face("verify", "Barack", people["Joe Biden"][0], *database)
    assert (status, done["decision"]) == (1, "refuse")

    status, done, _ = face("identify", second, *database)
    (seen,) = done["faces"]
    assert (status, seen["decision"], seen["name"], seen["second_distance"]) == (0, "accept", "Barack", None)
    assert len(seen["box"]) == 4
    status, done, _ = face("identify", people["Eileen Collins"][0], *database)
    assert (done["faces"][0]["decision"], done["faces"][0]["name"]) == ("stranger", None)

    assert face("rename", "Barack", "Barack Obama", *database)[0] == 0
    assert [person["name"] for person in face("list", *database)[1]] == ["Barack Obama"]
    assert face("erase", "Barack Obama", *database)[0] == 0
    assert face("list", *database)[1] == []


def test_bad_input_is_one_sentence_and_status_two(
    face: Any, people: dict[str, list[Path]], tmp_path: Path, no_face: Rgb
) -> None:
    nobody, text, photo = tmp_path / "nobody.png", tmp_path / "text.jpg", people["Joe Biden"][0]
    write_picture(nobody, no_face)
    text.write_text("not a picture")
    for arguments in (
        ("enrol", "Ada", nobody),
        ("enrol", "Ada", text),
        ("enrol", "Ada", tmp_path / "missing.jpg"),
        ("enrol", " ", photo),
        ("enrol", "x" * 500, photo),
        ("verify", "Ada", photo),
        ("identify", photo),
        ("erase", "Ada"),
        ("list", "--db", text),
        ("pairs", "--images", tmp_path, "--pairs", text),
    ):
        status, document, err = face(*arguments)
        assert (status, document) == (2, None), arguments
        assert err.count("\n") == 1, err
        assert "Traceback" not in err


def test_a_picture_without_faces_is_an_answer(
    face: Any, people: dict[str, list[Path]], tmp_path: Path, no_face: Rgb
) -> None:
    nobody = tmp_path / "nobody.png"
    write_picture(nobody, no_face)
    assert face("enrol", "Joe", people["Joe Biden"][0])[0] == 0
    status, document, err = face("identify", nobody)
    assert (status, document["faces"]) == (0, [])
    assert "No face" in err


def test_pairs_writes_scores_and_report(face: Any, people: dict[str, list[Path]], tmp_path: Path) -> None:
    for person, photo in {"A": people["Barack Obama"][0], "B": people["Joe Biden"][0]}.items():
        (tmp_path / person).mkdir()
        for number in (1, 2):
            (tmp_path / person / f"{person}_{number:04d}.jpg").write_bytes(photo.read_bytes())
    pairs, scores, report = tmp_path / "pairs.txt", tmp_path / "scores.csv", tmp_path / "report.json"
    pairs.write_text("2\t1\nA\t1\t2\nA\t1\tB\t1\nB\t1\t2\nB\t1\tA\t2\n")
    status, done, _ = face(
        "pairs", "--images", tmp_path, "--pairs", pairs, "--scores", scores, "--report", report
    )
    assert status == 0
    assert {"pairs", "accuracy_mean", "accuracy_se", "folds", "eer", "tar_at_far", "no_face"} <= done.keys()
    assert (done["pairs"], done["accuracy_mean"], done["no_face"]) == (4, 1.0, 0)
    assert set(done["tar_at_far"]) == {"0.01", "0.001"}
    assert set(done["folds"][0]) == {"accuracy", "threshold"}
    lines = scores.read_text().splitlines()
    assert lines[0] == "index,same,distance"
    assert [line.split(",")[:2] for line in lines[1:]] == [["0", "1"], ["1", "0"], ["2", "1"], ["3", "0"]]
    assert json.loads(report.read_text())["roc"]
