"""Enrol, verify and identify with the real networks and real photos; live recognition from mailboxes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.camera import Frame
from engine.errors import EngineError, ErrorCode
from engine.faces.answers import FacesSeen, RemarkKind
from engine.faces.examples import enrol_examples
from engine.faces.matching import Decision, Thresholds
from engine.faces.measuring import measure_pairs
from engine.faces.tasks import (
    Register,
    enrol,
    enrol_from_camera,
    erase,
    identify_photo,
    list_people,
    verify_photo,
    watch_faces,
)
from engine.images import Rgb, read_picture, write_picture
from engine.jobs import WAIT, run
from engine.latest import Latest
from engine.models import Models

LINES = Thresholds()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "gallery.sqlite"


@pytest.fixture
def enrolled(models: Models, database: Path, people: dict[str, list[Path]]) -> Path:
    for name in ("Barack Obama", "Joe Biden"):
        run(enrol(models, Register(database, name, LINES), people[name][:1]))
    return database


def test_importing_the_tasks_loads_neither_torch_nor_opencv() -> None:
    modules = "engine.faces.tasks, engine.faces.measuring, engine.faces.examples, engine.sources"
    code = f"import sys, {modules}; assert not {{'torch', 'cv2'}} & {{*sys.modules}}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_same_person_is_accepted_and_a_different_one_refused(
    models: Models, enrolled: Path, people: dict[str, list[Path]]
) -> None:
    other_photo = people["Barack Obama"][1]
    assert run(verify_photo(models, enrolled, "Barack Obama", other_photo, 1.274)).decision is Decision.ACCEPT
    refused = run(verify_photo(models, enrolled, "Joe Biden", other_photo, 1.274))
    assert refused.decision is Decision.REFUSE
    assert refused.distance > 1.274


def test_people_of_lfw(models: Models, database: Path, data: Path) -> None:
    """Six people enrolled with one photo: other photos of them are accepted, of others refused."""
    folders = sorted((data / "faces" / "lfw" / "images").iterdir())
    several = [folder for folder in folders if len(list(folder.iterdir())) >= 4][::24][:6]
    for folder in several:
        run(enrol(models, Register(database, folder.name, LINES), sorted(folder.iterdir())[:1]))
    same = different = 0
    for index, folder in enumerate(several):
        photo = sorted(folder.iterdir())[1]
        other = several[index - 1].name
        same += run(verify_photo(models, database, folder.name, photo, 1.274)).decision is Decision.ACCEPT
        different += run(verify_photo(models, database, other, photo, 1.274)).decision is Decision.REFUSE
    assert same >= len(several) - 1
    assert different == len(several)


def test_identifies_a_group_and_says_stranger(
    models: Models, enrolled: Path, people: dict[str, list[Path]], tmp_path: Path
) -> None:
    photos = [read_picture(people[name][-1]).rgb for name in ("Barack Obama", "Joe Biden", "Eileen Collins")]
    row = np.hstack(
        [cv2.resize(photo, (int(photo.shape[1] * 400 / photo.shape[0]), 400)) for photo in photos]
    )
    group = tmp_path / "group.png"
    write_picture(group, row)
    seen = run(identify_photo(models, enrolled, group, LINES))
    by_place = sorted(seen.faces, key=lambda face: face.box[0])
    assert [face.decision for face in by_place] == [Decision.ACCEPT, Decision.ACCEPT, Decision.STRANGER]
    assert [face.match.person.name for face in by_place[:2] if face.match.person] == [
        "Barack Obama",
        "Joe Biden",
    ]


def test_enrolment_passes_over_bad_photos_and_warns(
    models: Models, database: Path, people: dict[str, list[Path]], tmp_path: Path, no_face: Rgb
) -> None:
    nobody = tmp_path / "nobody.png"
    write_picture(nobody, no_face)
    done = run(enrol(models, Register(database, " Joe  Biden ", LINES), [nobody, people["Joe Biden"][0]]))
    assert (done.person.name, done.added) == ("Joe Biden", 1)
    assert RemarkKind.PHOTO_SKIPPED in {remark.kind for remark in done.remarks}
    done = run(enrol(models, Register(database, "Joe Biden", LINES), people["Eileen Collins"][:1]))
    assert RemarkKind.UNLIKE_SELF in {remark.kind for remark in done.remarks}
    done = run(enrol(models, Register(database, "Somebody else", LINES), people["Joe Biden"][:1]))
    assert RemarkKind.LIKE_OTHER in {remark.kind for remark in done.remarks}
    with pytest.raises(EngineError) as refused:
        run(enrol(models, Register(database, "Nobody", LINES), [nobody]))
    assert refused.value.code is ErrorCode.NO_FACE
    assert "Nobody" not in {person.name for person in run(list_people(database))}


def test_reading_never_makes_a_gallery(models: Models, database: Path, people: dict[str, list[Path]]) -> None:
    assert run(list_people(database)) == ()
    for task in (
        verify_photo(models, database, "Ada", people["Joe Biden"][0], 1.274),
        identify_photo(models, database, people["Joe Biden"][0], LINES),
        erase(database, "Ada"),
    ):
        with pytest.raises(EngineError) as refused:
            run(task)  # type: ignore[arg-type]
        assert refused.value.code is ErrorCode.GALLERY_EMPTY
    assert not database.exists()


def test_examples_leave_one_stranger(models: Models, database: Path) -> None:
    examples = run(enrol_examples(models, database))
    decisions = [
        run(identify_photo(models, database, photo, LINES)).faces[0].decision for photo in examples.photos
    ]
    assert Decision.ACCEPT in decisions
    assert Decision.STRANGER in decisions
    assert {person.name for person in run(list_people(database))} == set(examples.names)


def frame_of(rgb: Rgb, index: int) -> Frame:
    return Frame(rgb, index, time.monotonic())


def test_watching_parks_without_frames_and_follows_the_gallery(
    models: Models, database: Path, people: dict[str, list[Path]]
) -> None:
    rgb = read_picture(people["Barack Obama"][1]).rgb
    frames: Latest[Frame] = Latest()
    task = watch_faces(models, database, frames, LINES)

    def seen() -> FacesSeen:
        frames.put(frame_of(rgb, 3))
        return next(step for step in task if isinstance(step, FacesSeen))

    assert next(task) is None
    assert next(task) is WAIT
    before = seen()
    assert (before.people, before.faces[0].decision, before.frame) == (0, Decision.STRANGER, 3)
    run(enrol(models, Register(database, "Barack Obama", LINES), people["Barack Obama"][:1]))
    after = seen()
    assert (after.people, after.faces[0].decision) == (1, Decision.ACCEPT)
    assert next(task) is WAIT
    task.close()


def test_a_burst_of_two_people_is_refused(
    models: Models, database: Path, people: dict[str, list[Path]]
) -> None:
    pictures = [read_picture(people[name][0]).rgb for name in ("Barack Obama", "Joe Biden")]
    frames: Latest[Frame] = Latest()
    task = enrol_from_camera(models, Register(database, "Ada", LINES), frames)

    def feed() -> None:
        for index in range(20):
            frames.put(frame_of(pictures[index % 2], index))
            next(task)

    with pytest.raises(EngineError) as refused:
        feed()
    assert refused.value.code is ErrorCode.SEVERAL_FACES
    assert not database.exists()


def test_pairs_end_to_end_counts_a_photo_without_a_face(
    models: Models, people: dict[str, list[Path]], tmp_path: Path, no_face: Rgb
) -> None:
    for person, photos in {"O": people["Barack Obama"], "B": people["Joe Biden"] * 2}.items():
        (tmp_path / person).mkdir()
        for number, photo in enumerate(photos, start=1):
            write_picture(tmp_path / person / f"{person}_{number:04d}.jpg", read_picture(photo).rgb)
    (tmp_path / "N").mkdir()
    write_picture(tmp_path / "N" / "N_0001.jpg", no_face)
    pairs = tmp_path / "pairs.txt"
    pairs.write_text("2\t1\nO\t1\t2\nO\t1\tB\t1\nB\t1\t2\nB\t1\tN\t1\n")
    result = run(measure_pairs(models, tmp_path, pairs))
    assert result.no_face == ("N_0001",)
    assert np.isinf(result.distances[3])
    assert (result.distances[[0, 2]] < 1.0).all()
    assert result.distances[1] > 1.274
    # The fold of B, of whom both photos are equal, teaches a threshold of nearly zero: O is then refused.
    assert [fold.accuracy for fold in result.report.folds] == [0.5, 1.0]
