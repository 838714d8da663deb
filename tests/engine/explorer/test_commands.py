"""The explore commands with the real AlexNet, as COMMANDS.md describes them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.transforms._presets import ImageClassification

from engine.cli.app import run_command
from engine.models import Models
from engine.paths import SAMPLES

PICTURES = 14


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of real photographs, in two sub-folders, with one broken file."""
    folder = tmp_path_factory.mktemp("photos")
    for number, photo in enumerate(sorted(SAMPLES.glob("*.jpg"))[:PICTURES]):
        target = folder / ("one" if number % 2 else "two") / photo.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(photo, target)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    return folder


@pytest.fixture(scope="module")
def index(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of that folder, made by the command."""
    out = tmp_path_factory.mktemp("index") / "photos"
    arguments = ["scan", "--network", "alexnet", "--images", str(folder), "--index", str(out), "--json"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRIPTYCH_HOME", str(tmp_path_factory.mktemp("home")))
        assert run_command(["explore", *arguments]) == 0
    return out


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    capsys.readouterr()
    status = run_command(["explore", *(str(one) for one in arguments), "--json"])
    out = capsys.readouterr().out
    return status, json.loads(out) if out else None


def test_scan_document(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = answer(
        capsys, "scan", "--network", "alexnet", "--images", folder, "--index", tmp_path / "i",
        "--layers", "conv1", "conv3", "--top", 3, "--batch", 4,
    )  # fmt: skip
    assert status == 0
    assert found["images"] == PICTURES
    assert found["layers"] == ["conv1", "conv3"]
    assert found["units"] == 64 + 384
    assert [one["file"] for one in found["skipped"]] == ["broken.jpg"]
    assert found["seconds"] > 0
    assert found["images_per_second"] > 0


def test_top_nine_equal_brute_force(
    folder: Path, index: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    """Everything stored and sorted, with torchvision's own transform and plain PyTorch."""
    network = Models(home).network("alexnet")
    files = sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.jpg"))
    transform = ImageClassification(crop_size=224, resize_size=256)
    maps: dict[str, list[torch.Tensor]] = {"relu1": [], "relu5": []}
    for file in files:
        with Image.open(folder / file) as photo:
            activation = transform(photo.convert("RGB"))[None]
        for name, module in network.layers.items():  # type: ignore[operator,union-attr]
            activation = module(activation)
            if name in maps:
                maps[name].append(activation[0])
    for layer, unit in (("conv1", 0), ("conv1", 63), ("conv5", 12), ("conv5", 200)):
        stored = torch.stack(maps[layer.replace("conv", "relu")])[:, unit]
        best = sorted((-float(one.max()), number) for number, one in enumerate(stored))[:9]
        status, found = answer(capsys, "top", "--index", index, "--layer", layer, "--unit", unit)
        assert status == 0
        assert len(found["top"]) == 9
        for entry, (value, number) in zip(found["top"], best, strict=True):
            assert entry["value"] == pytest.approx(-value, abs=1e-4)
            if -value > 0:
                assert entry["file"] == files[number]
                y, x = entry["position"]
                assert float(stored[number, y, x]) == pytest.approx(entry["value"], abs=1e-4)
            size, stride, padding = (found["field"][key] for key in ("size", "stride", "padding"))
            y, x = entry["position"]
            corner = [x * stride[1] - padding[1], y * stride[0] - padding[0]]
            assert entry["box"] == [*corner, corner[0] + size[1], corner[1] + size[0]]
        assert found["field"]["exactness"] == "EXACT"


def test_replay_finds_the_same(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = answer(capsys, "replay", "--index", index, "--sample", 25)
    assert status == 0
    assert found["checked"] == 25
    assert found["max_abs_difference"] == 0.0, "one machine, one block size: the same bits"


@pytest.mark.parametrize("ending", ["png", "pdf", "html"])
def test_figure(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    target = tmp_path / f"figure.{ending}"
    status, found = answer(
        capsys, "figure", "--index", index, "--layer", "conv1", "--units", "0-8", "--output", target
    )
    assert status == 0
    assert found["units"] == list(range(9))
    data = target.read_bytes()
    assert data.startswith({"png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!doctype html>"}[ending])
    if ending == "png":
        with Image.open(target) as drawn:
            assert len(np.unique(np.asarray(drawn.convert("RGB")).reshape(-1, 3), axis=0)) > 500
    if ending == "html":
        assert data.count(b"<img") == 81
        assert b"http" not in data


def test_merge_equals_one_scan(
    folder: Path, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shards = []
    for number in (1, 2):
        shards.append(tmp_path / f"shard{number}")
        status, _ = answer(
            capsys, "scan", "--network", "alexnet", "--images", folder, "--index", shards[-1],
            "--shard", f"{number}/2",
        )  # fmt: skip
        assert status == 0
    status, found = answer(capsys, "merge", *shards, "--index", tmp_path / "merged")
    assert status == 0
    assert found["images"] == PICTURES
    merged = {path.name: path.read_bytes() for path in (tmp_path / "merged").iterdir()}
    assert merged == {path.name: path.read_bytes() for path in index.iterdir()}


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Run a command that must be refused; return its one sentence."""
    capsys.readouterr()
    assert run_command(["explore", *(str(one) for one in arguments)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


def test_bad_input_is_one_sentence(
    folder: Path, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    scan = ["scan", "--network", "alexnet", "--index", tmp_path / "out", "--images"]
    assert "no pictures" in refused(capsys, *scan, tmp_path / "empty")
    assert "no folder" in refused(capsys, *scan, tmp_path / "nowhere")
    assert "conv1, conv2" in refused(capsys, *scan, folder, "--layers", "fc7")
    assert "alexnet" in refused(
        capsys, "scan", "--network", "yunet", "--index", tmp_path / "out", "--images", folder
    )
    assert not (tmp_path / "out").exists()
    top = ["top", "--index", index, "--layer"]
    assert "conv1, conv2" in refused(capsys, *top, "relu1", "--unit", 0)
    assert "0 to 255" in refused(capsys, *top, "conv5", "--unit", 256)
    assert "no index" in refused(capsys, "top", "--index", tmp_path, "--layer", "conv1", "--unit", 0)
    figure = ["figure", "--index", index, "--layer", "conv1", "--output"]
    assert ".png" in refused(capsys, *figure, tmp_path / "figure.docx")
    assert "0-8" in refused(capsys, *figure, tmp_path / "figure.png", "--units", "few")


def test_moved_pictures(
    folder: Path, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy of the index whose pictures went elsewhere: the cure is named, and works."""
    moved, away = tmp_path / "moved", tmp_path / "away"
    shutil.copytree(folder, moved)
    status, _ = answer(
        capsys, "scan", "--network", "alexnet", "--images", moved, "--index", tmp_path / "i",
        "--layers", "conv1",
    )  # fmt: skip
    assert status == 0
    moved.rename(away)
    assert "--images" in refused(capsys, "replay", "--index", tmp_path / "i", "--sample", 3)
    status, found = answer(capsys, "replay", "--index", tmp_path / "i", "--images", away, "--sample", 3)
    assert (status, found["checked"]) == (0, 3)
    status, found = answer(capsys, "top", "--index", tmp_path / "i", "--layer", "conv1", "--unit", 1)
    assert status == 0, "values need no photo"


def test_altered_record_is_found_by_replay(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Values changed before the index was stored: whole by its hashes, wrong by its numbers."""
    import dataclasses

    from engine.explorer.index import read_index, write_index
    from engine.explorer.topk import TopK

    honest = read_index(index)
    tops = {name: TopK(top.values + 1, top.pictures, top.positions) for name, top in honest.tops.items()}
    write_index(tmp_path / "false", dataclasses.replace(honest, tops=tops))
    status, found = answer(capsys, "replay", "--index", tmp_path / "false", "--sample", 5)
    assert status == 1
    assert found["max_abs_difference"] == pytest.approx(1.0, abs=1e-3)


def test_project_ask_find(
    folder: Path, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = ("--index", index, "--layer", "conv2")
    status, found = answer(capsys, "project", *unit, "--unit", 7, "--k", 2, "--output", tmp_path / "p.png")
    assert status == 0
    assert len(found["projections"]) == 2
    with Image.open(tmp_path / "p.png") as sheet:
        assert sheet.width > 400
    _, top = answer(capsys, "top", *unit, "--unit", 7, "--k", 1)
    photo = folder / top["top"][0]["file"]
    status, asked = answer(
        capsys, "ask", "--index", index, "--picture", photo, "--layers", "conv2", "--k", 192
    )
    assert status == 0
    fired = {one["unit"]: one for one in asked["layers"][0]["strongest"]}
    assert fired[7]["value"] == pytest.approx(top["top"][0]["value"], abs=1e-4)
    status, near = answer(capsys, "ask", "--index", index, "--picture", photo, "--at", "10,10", "--k", 3)
    assert status == 0
    assert [layer["layer"] for layer in near["layers"]] == ["conv1", "conv2", "conv3", "conv4", "conv5"]
    status, classes = answer(capsys, "find", *unit, "--class", "one", "--unit", 7, "--odd")
    assert status == 0
    assert classes["classes"] == {"one": 7, "two": 7}
    assert sum(classes["distribution"]["counts"]) == PICTURES
    assert len(classes["random"]) == 9
    assert all(one["ratio"] > 1 for one in classes["units"])
    for wrong in (["--class", "three"], ["--unit", "192"]):
        assert answer(capsys, "find", *unit, *wrong)[0] == 2
    for spot in ("10", "a,b", "0,0,99999,5", "nan,3"):
        assert answer(capsys, "ask", "--index", index, "--picture", photo, "--at", spot)[0] == 2


def test_synthesise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "unit.png"
    unit = ("--network", "alexnet", "--layer", "conv1", "--unit", 5)
    status, found = answer(capsys, "synthesise", *unit, "--steps", 3, "--output", out)
    assert status == 0
    assert found["steps"] == 3
    with Image.open(out) as picture:
        assert picture.size == (64, 64)
    assert answer(capsys, "synthesise", *unit[:5], 64, "--output", out)[0] == 2


def test_what_was_left_out_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(photos / "moving.gif", save_all=True, append_images=frames[1:])
    Image.new("RGBA", (40, 40), (9, 9, 9, 90)).save(photos / "glass.png")
    for name in ("same.png", "copy.png", "third.png"):
        Image.new("L", (1, 1), 7).save(photos / name)
    status, found = answer(
        capsys,
        "scan",
        "--network",
        "alexnet",
        "--layers",
        "conv1",
        "--images",
        photos,
        "--index",
        tmp_path / "i",
    )
    assert status == 0
    assert [one["file"] for one in found["remarks"]] == ["glass.png", "moving.gif"]
    assert found["duplicates"] == [["copy.png", "same.png", "third.png"]]
    assert found["images"] == 5
