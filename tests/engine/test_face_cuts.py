"""Aligned faces for Explain: cut as Recognise cuts them, kept while the photos stay, and scanned."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli.app import run_command
from engine.errors import EngineError, ErrorCode
from engine.explorer.aligned import RECORD, FaceRecord, read_record, write_record
from engine.explorer.index import write_index
from engine.explorer.merge import merge_indexes
from engine.explorer.tasks import open_index, reopen, replay_index, scan_folder
from engine.face_cuts import cut_faces, photos_of
from engine.faces.align import align
from engine.faces.detect import Detector
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from engine.paths import SAMPLES


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "people").mkdir(parents=True)
    for name in ("obama-1", "obama-2"):
        shutil.copy(SAMPLES / f"{name}.jpg", folder / "people")
    shutil.copy(SAMPLES / "aloe.jpg", folder)
    (folder / "broken.jpg").write_text("not a picture")
    return folder


def test_faces_are_cut_as_recognise_cuts_them(photos: Path, tmp_path: Path) -> None:
    models, out = Models(tmp_path / "models"), tmp_path / "faces"
    found = run(cut_faces(models, photos, out))
    assert len(found.faces) >= 2
    assert found.without == 1
    assert [one.file for one in found.skipped] == ["broken.jpg"]
    for cut in found.faces:
        rgb = read_picture(photos / cut.photo.file).rgb
        faces = Detector(models.file("yunet")).detect(rgb)
        face = next(one for one in faces if one.box == cut.box)
        assert np.array_equal(np.asarray(Image.open(out / cut.file)), align(rgb, face.landmarks))
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.png")}
    (photos / "people" / "obama-2.jpg").unlink()
    again = run(cut_faces(models, photos, out))
    assert {one.photo.file for one in again.faces} == {"people/obama-1.jpg"}
    left = {path: path.stat().st_mtime_ns for path in out.rglob("*.png")}
    assert 0 < len(left) < len(before), "the faces of the photo that is gone are gone"
    assert all(before[path] == changed for path, changed in left.items()), "nothing was cut again"


def test_the_encoder_is_scanned_on_aligned_faces(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRIPTYCH_HOME", str(tmp_path / "home"))
    out = tmp_path / "faces"
    assert run_command(["explore", "faces", "--images", str(photos), "--output", str(out), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["without_face"] == 1
    models = Models(tmp_path / "models")
    run(scan_folder(models, "sface", out, tmp_path / "index"))
    index = open_index(tmp_path / "index", models)
    assert len(index.pictures) == document["faces"]
    recorded = {row["file"]: row for row in json.loads((out / RECORD).read_text())["faces"]}
    assert {picture.file for picture in index.pictures} == set(recorded)
    assert set(index.classes) == {"people"}


def test_a_folder_without_faces_or_with_something_else_is_refused(photos: Path, tmp_path: Path) -> None:
    shutil.rmtree(photos / "people")
    with pytest.raises(EngineError) as refused:
        run(cut_faces(Models(tmp_path / "models"), photos, tmp_path / "faces"))
    assert refused.value.code is ErrorCode.NO_FACE
    with pytest.raises(EngineError) as foreign:
        run(cut_faces(Models(tmp_path / "models"), photos, photos))
    assert foreign.value.code is ErrorCode.BAD_VALUE


@pytest.fixture(scope="module")
def scanned_faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with photos, the faces cut out of them, and an index of one layer of the encoder."""
    base = tmp_path_factory.mktemp("faces")
    (base / "photos").mkdir()
    for name in ("obama-1", "obama-2"):
        shutil.copy(SAMPLES / f"{name}.jpg", base / "photos")
    models = Models(base / "models")
    run(cut_faces(models, base / "photos", base / "faces"))
    run(scan_folder(models, "sface", base / "faces", base / "index", layers=["stem.convolution"]))
    return base


@pytest.fixture
def base(scanned_faces: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may spoil; the record and the index name its own folders."""
    shutil.copytree(scanned_faces, tmp_path / "own")
    base = tmp_path / "own"
    record = read_record(base / "faces")
    assert record is not None
    write_record(base / "faces", replace(record, photos=base / "photos"))
    index = open_index(base / "index", images=base / "faces")
    write_index(base / "index", index)
    assert run(replay_index(Models(base / "models"), index, sample=5)).agrees
    return base


def refusal(base: Path) -> EngineError:
    """Open the index as the window does, replay it, and demand that both say the same."""
    models, found = Models(base / "models"), []
    for attempt in (
        lambda: run(reopen(base / "index", models)),
        lambda: run(replay_index(models, open_index(base / "index"), sample=10_000)),
    ):
        with pytest.raises(EngineError) as refused:
            attempt()
        found.append(refused.value)
    assert [one.code for one in found] == [ErrorCode.INDEX_STALE] * 2
    return found[0]


def test_a_photo_changed_after_its_face_was_cut_out_makes_the_index_stale(base: Path) -> None:
    photo = base / "photos" / "obama-1.jpg"
    photo.touch()
    run(reopen(base / "index", Models(base / "models")))  # another time, the same picture
    shutil.copy(SAMPLES / "obama-2.jpg", photo)
    assert "obama-1.jpg was changed after its faces were cut out" in refusal(base).detail
    photo.unlink()
    run(reopen(base / "index", Models(base / "models")))  # the faces are here all the same


def test_an_edited_or_missing_record_is_refused(base: Path) -> None:
    path = base / "faces" / RECORD
    document = json.loads(path.read_text())
    document["faces"][0]["box"][0] += 1
    path.write_text(json.dumps(document))
    assert "faces.json is not what was written" in refusal(base).detail
    assert photos_of(base / "faces") is None
    with pytest.raises(EngineError, match="not what was written"):
        run(scan_folder(Models(base / "models"), "sface", base / "faces", base / "other"))
    path.write_text("[]")
    assert "not a record" in refusal(base).detail
    path.unlink()
    assert "faces.json is gone" in refusal(base).detail


def test_another_detector_or_another_face_is_refused(base: Path) -> None:
    record = read_record(base / "faces")
    assert record is not None
    write_record(base / "faces", replace(record, detector="0" * 64))
    assert "another detector" in refusal(base).detail
    write_record(base / "faces", replace(record, faces=record.faces[1:]))
    assert "is not the face that was scanned" in refusal(base).detail
    write_record(base / "faces", record)
    index = open_index(base / "index")
    write_index(base / "index", replace(index, aligned=index.aligned[:-1] + "x"))
    with pytest.raises(EngineError, match="another detector found"):
        open_index(base / "index", Models(base / "models"))


def test_the_cutting_is_part_of_the_key_and_survives_a_merge(base: Path) -> None:
    index = open_index(base / "index")
    assert index.aligned
    assert replace(index, aligned="").key != index.key
    for name in ("one", "two"):
        shutil.copytree(base / "faces", base / "all" / name)
    moved = [replace(index, root=str(base / "all" / name)) for name in ("one", "two")]
    merged = merge_indexes(moved)
    write_index(base / "merged", merged)
    assert run(reopen(base / "merged", Models(base / "models"))).gone == 0
    (base / "all" / "two" / RECORD).unlink()
    with pytest.raises(EngineError, match="is gone"):
        run(reopen(base / "merged", Models(base / "models")))
    with pytest.raises(EngineError, match="detector of faces"):
        merge_indexes([moved[0], replace(moved[1], aligned="")])


def test_faces_that_another_detector_found_do_not_stay_behind(base: Path) -> None:
    record = read_record(base / "faces")
    assert record is not None
    more = replace(record.faces[0], file="obama-1.jpg-face9.png")
    shutil.copy(base / "faces" / record.faces[0].file, base / "faces" / more.file)
    write_record(base / "faces", FaceRecord(record.photos, "another", (*record.faces, more)))
    found = run(cut_faces(Models(base / "models"), base / "photos", base / "faces"))
    assert {one.file for one in found.faces} == {path.name for path in (base / "faces").glob("*.png")}
