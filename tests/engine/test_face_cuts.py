"""Aligned faces for Explain: cut as Recognise cuts them, kept while the photos stay, and scanned."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli.app import run_command
from engine.errors import EngineError, ErrorCode
from engine.explorer.tasks import open_index, scan_folder
from engine.face_cuts import RECORD, cut_faces
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
        rgb = read_picture(photos / cut.photo).rgb
        faces = Detector(models.file("yunet")).detect(rgb)
        face = next(one for one in faces if one.box == cut.box)
        assert np.array_equal(np.asarray(Image.open(out / cut.file)), align(rgb, face.landmarks))
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.png")}
    (photos / "people" / "obama-2.jpg").unlink()
    again = run(cut_faces(models, photos, out))
    assert {one.photo for one in again.faces} == {"people/obama-1.jpg"}
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
