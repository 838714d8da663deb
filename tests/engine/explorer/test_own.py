"""A person's own network file: read without running code, refused in a sentence."""

from __future__ import annotations

import json
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision.models as zoo
from safetensors.torch import save_file
from torch import nn

from engine.errors import EngineError, ErrorCode
from engine.explorer.exported import read_exported
from engine.explorer.fields import Exactness
from engine.explorer.loading import load_network
from engine.explorer.records import ScanOptions
from engine.explorer.tasks import open_index, replay_index, scan_folder
from engine.jobs import run
from engine.models import Models
from tests.engine.explorer.nets import write_pictures


class Branches(nn.Module):
    """Two branches, an addition, rectifiers in place: what an exported graph has to keep apart."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 5, stride=2, padding=2, bias=False)
        self.norm = nn.BatchNorm2d(6)
        self.relu = nn.ReLU(inplace=True)
        self.left = nn.Conv2d(6, 6, 3, padding=1)
        self.right = nn.Conv2d(6, 6, 3, padding=2, dilation=2)
        self.pool = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.last = nn.Conv2d(12, 4, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool(self.relu(self.norm(self.stem(x))))
        y = self.left(x)
        y += x
        both = torch.cat([self.relu(y), self.right(x)], 1)
        result: torch.Tensor = self.last(both)
        return result


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, nn.Module]:
    torch.manual_seed(0)
    network = Branches().eval()
    network.norm.running_mean.uniform_(-1, 1)  # type: ignore[union-attr]
    path = tmp_path_factory.mktemp("models") / "branches.pt2"
    torch.export.save(torch.export.export(network, (torch.zeros(1, 3, 64, 64),)), str(path))
    return path, network


def test_an_exported_program_computes_the_same(program: tuple[Path, nn.Module], tmp_path: Path) -> None:
    path, network = program
    explained = load_network(Models(tmp_path), str(path))
    x = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        expected = network(explained.normalise(x))
        *_, (_, result) = explained.graph.walk(explained.normalise(x), [explained.tap("last").node])
    assert torch.allclose(result, expected, atol=1e-5)
    fields = {tap.layer: (tap.field.size[0], tap.field.exactness) for tap in explained.taps()}
    assert fields == {
        "stem": (5, Exactness.EXACT),
        "left": (17, Exactness.EXACT),
        "right": (25, Exactness.EXACT),
        "last": (33, Exactness.EXACT),
    }


def test_an_own_network_is_scanned_and_replayed(program: tuple[Path, nn.Module], tmp_path: Path) -> None:
    write_pictures(tmp_path / "in", 5)
    models = Models(tmp_path)
    name = str(program[0])
    run(scan_folder(models, name, tmp_path / "in", tmp_path / "out", options=ScanOptions(top=3)))
    index = open_index(tmp_path / "out", models)
    assert index.network == name
    assert run(replay_index(models, index, sample=20)).max_abs_difference == 0
    explained = load_network(models, name)
    shown = [
        explained.inputs.cut(
            explained.inputs.decode((tmp_path / "in" / one.file).read_bytes(), one.file)[0], one.file
        )
        for one in index.pictures
    ]
    given = explained.normalise(torch.from_numpy(np.stack(shown)).permute(0, 3, 1, 2).float() / 255)
    with torch.no_grad():
        best = program[1](given).flatten(2).amax(dim=2).numpy()
    assert np.allclose(index.tops["last"].values, -np.sort(-best, axis=0)[:3].T, atol=1e-4)
    program[0].touch()
    open_index(tmp_path / "out", models)


def test_state_dicts_for_a_known_architecture(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = zoo.resnet18(num_classes=3).eval()
    save_file(network.state_dict(), tmp_path / "flowers.safetensors")
    wrapped = {f"module.{key}": value for key, value in network.state_dict().items()}
    torch.save({"state_dict": wrapped, "epoch": 3}, tmp_path / "flowers.pth")
    models = Models(tmp_path)
    one, other = (
        load_network(models, f"resnet18@{tmp_path / file}") for file in ("flowers.safetensors", "flowers.pth")
    )
    assert [tap.layer for tap in one.taps()] == [tap.layer for tap in other.taps()]
    weights = [found.graph.modules.get_submodule("layer4.1.conv2").weight for found in (one, other)]
    assert torch.equal(weights[0], network.layer4[1].conv2.weight)
    assert torch.equal(weights[0], weights[1])


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch harmed",)


def test_what_is_no_network_is_refused_and_nothing_runs(
    program: tuple[Path, nn.Module], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    models = Models(tmp_path)
    (tmp_path / "harm.pth").write_bytes(pickle.dumps(Harm()))
    torch.save({"state_dict": Harm()}, tmp_path / "harm2.pth")
    (tmp_path / "text.safetensors").write_text("hello")
    (tmp_path / "text.pt2").write_text("hello")
    save_file({"a": torch.zeros(2)}, tmp_path / "other.safetensors")
    for name in (
        "resnet18@harm.pth",
        "resnet18@harm2.pth",
        "resnet18@text.safetensors",
        "text.pt2",
        "resnet18@other.safetensors",
    ):
        with pytest.raises(EngineError) as refused:
            load_network(models, name)
        assert refused.value.code is ErrorCode.MODEL_DAMAGED, name
        assert refused.value.detail.endswith(".")
    assert not (tmp_path / "harmed").exists()
    for name in ("resnet19@other.safetensors", "resnet19"):
        with pytest.raises(EngineError) as unknown:
            load_network(models, name)
        assert unknown.value.code is ErrorCode.MODEL_UNKNOWN
    with pytest.raises(EngineError) as missing:
        load_network(models, "nowhere.pt2")
    assert missing.value.code is ErrorCode.FILE_MISSING


@pytest.mark.parametrize("change", ["operator", "pickled", "truncated", "expression"])
def test_a_program_that_was_tampered_with_is_refused(
    program: tuple[Path, nn.Module], tmp_path: Path, change: str
) -> None:
    changed = tmp_path / "changed.pt2"
    with zipfile.ZipFile(program[0]) as archive, zipfile.ZipFile(changed, "w") as copy:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename.endswith("models/model.json") and change == "operator":
                data = data.replace(b"torch.ops.aten.relu_.default", b"torch.ops.aten.from_file.default")
            if info.filename.endswith("models/model.json") and change == "expression":
                model = json.loads(data)
                node = model["graph_module"]["graph"]["nodes"][0]
                node["inputs"][3]["arg"] = {"as_sym_ints": [{"as_expr": {"expr_str": "__import__('os')"}}]}
                data = json.dumps(model).encode()
            if info.filename.endswith("model_weights_config.json") and change == "pickled":
                data = data.replace(b'"use_pickle": false', b'"use_pickle": true')
            if info.filename.endswith("weights/weight_0") and change == "truncated":
                data = data[:-8]
            copy.writestr(info.filename, data)
    with pytest.raises(EngineError) as refused:
        read_exported(changed)
    assert refused.value.code is ErrorCode.MODEL_DAMAGED
    assert np.all([program[0].exists()])
