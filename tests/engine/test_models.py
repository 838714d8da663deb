"""The manifest, verified files, and the cache of networks."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import pickle
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine.errors import EngineError, ErrorCode
from engine.jobs import run
from engine.models import BUILDERS, ModelCard, Models, read_manifest, read_tensors
from engine.paths import MODELS_ON_BOARD
from tests.conftest import ROOT


def card(**changes: object) -> ModelCard:
    """Return the card of AlexNet's file on board, changed."""
    found = next(entry for entry in read_manifest() if entry.id == "alexnet")
    return dataclasses.replace(found, **changes)  # type: ignore[arg-type]


@pytest.fixture
def on_board(tmp_path: Path) -> Path:
    """A folder of models of its own, holding AlexNet."""
    shutil.copy(MODELS_ON_BOARD / "alexnet.safetensors", tmp_path)
    return tmp_path


def models_with(entry: ModelCard, on_board: Path) -> Models:
    return Models(on_board / "downloads", cards=(entry,), on_board=on_board)


def test_every_model_on_board_is_whole_and_together_they_stay_small(home: Path) -> None:
    verdicts = run(Models(home).check())
    ids = {verdict.card.id for verdict in verdicts}
    assert ids >= {"vgg16", "alexnet", "yunet", "sface", "iris", "vgg19"}
    assert all(verdict.problem is None for verdict in verdicts)
    assert all(verdict.present == verdict.card.on_board for verdict in verdicts)
    everything = sum(path.stat().st_size for path in MODELS_ON_BOARD.iterdir() if path.is_file())
    assert everything <= 50_000_000


def test_the_manifest_states_what_an_input_needs() -> None:
    for entry in read_manifest():
        given = {"kind", "window"} if "kind" in entry.preprocessing else {"colour", "range"}
        assert given | {"mean", "std"} <= entry.preprocessing.keys(), entry.id
        assert entry.license, entry.id
        assert entry.source, entry.id
        assert entry.paper, entry.id
        assert len(entry.sha256) == 64 or not entry.on_board


def test_every_licence_on_board_is_written_out() -> None:
    text = (MODELS_ON_BOARD / "LICENSES.md").read_text(encoding="utf-8")
    for entry in read_manifest():
        if entry.on_board:
            assert entry.file in text
            assert entry.license in text


def test_every_file_on_board_is_packed_when_the_program_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["setuptools"]["package-data"]["*"]
    for entry in read_manifest():
        assert not entry.on_board or any(fnmatch(entry.file, pattern) for pattern in packed), entry.file


def test_importing_it_loads_neither_torch_nor_qt() -> None:
    script = (
        "import sys, engine.models, engine.download\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'torchvision', 'cv2', 'PySide6')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("fault", ["missing", "truncated", "changed"])
def test_a_file_that_is_not_whole_is_named_with_its_cure(on_board: Path, fault: str) -> None:
    path = on_board / "alexnet.safetensors"
    data = path.read_bytes()
    match fault:
        case "missing":
            path.unlink()
        case "truncated":
            path.write_bytes(data[:-1000])
        case "changed":
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    models = models_with(card(), on_board)
    with pytest.raises(EngineError) as caught:
        models.network("alexnet")
    expected = ErrorCode.MODEL_MISSING if fault == "missing" else ErrorCode.MODEL_DAMAGED
    assert caught.value.code is expected
    assert str(path) in caught.value.detail
    assert "Install the program again." in caught.value.detail
    assert caught.value.subject == "alexnet"


def test_a_folder_in_the_place_of_a_file_is_a_missing_file(on_board: Path) -> None:
    (on_board / "alexnet.safetensors").unlink()
    (on_board / "alexnet.safetensors").mkdir()
    problem = models_with(card(), on_board).problem(card())
    assert problem is not None
    assert problem.code is ErrorCode.MODEL_MISSING


def test_the_first_digits_of_a_hash_and_no_size_are_enough_for_a_download(tmp_path: Path) -> None:
    data = b"weights"
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "w.pth").write_bytes(data)
    good = card(file="w.pth", sha256=digest[:8], bytes=0, url="https://example.org/w.pth")
    assert models_with(good, tmp_path).problem(good) is None
    bad = dataclasses.replace(good, sha256="0123abcd")
    problem = models_with(bad, tmp_path).problem(bad)
    assert problem is not None
    assert "models download" in problem.detail


@pytest.mark.parametrize(
    "changes", [{"sha256": "dcbb9e9d"}, {"sha256": "x" * 64}, {"file": "../a.safetensors"}, {"file": ""}]
)
def test_a_card_that_cannot_be_trusted_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="alexnet"):
        card(**changes)


@pytest.mark.parametrize(
    "text", ["", "[[model]]\nid = 'a'", "not toml [", "[[model]]\nid = 'a'\nfile = 'b'\nwhat = 1"]
)
def test_a_broken_manifest_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "models.toml"
    path.write_text(text)
    with pytest.raises(EngineError, match=r"models\.toml") as caught:
        read_manifest(path)
    assert caught.value.code is ErrorCode.MODEL_DAMAGED


def test_an_unknown_id_names_those_there_are(home: Path) -> None:
    with pytest.raises(EngineError, match="vgg16") as caught:
        Models(home).network("vgg61")
    assert caught.value.code is ErrorCode.MODEL_UNKNOWN


def test_networks_are_cached_frozen_float32_and_follow_the_device(home: Path) -> None:
    models = Models(home)
    network = models.network("alexnet")
    assert models.network("alexnet") is network
    assert not network.training
    assert all(p.dtype is torch.float32 and not p.requires_grad for p in network.parameters())
    models.move_to("meta")
    assert models.network("alexnet") is not network
    assert {p.device.type for p in models.network("alexnet").parameters()} == {"meta"}


def test_a_model_that_torch_does_not_run_is_not_a_network(home: Path) -> None:
    models = Models(home)
    assert models.file("yunet") == MODELS_ON_BOARD / "yunet.onnx"
    with pytest.raises(TypeError, match="yunet"):
        models.network("yunet")


def test_weights_of_another_network_are_refused(on_board: Path) -> None:
    path = on_board / "alexnet.safetensors"
    save_file({"features.0.weight": torch.zeros(1)}, path)
    entry = card(sha256=hashlib.sha256(path.read_bytes()).hexdigest(), bytes=path.stat().st_size)
    with pytest.raises(EngineError, match="does not hold the weights of alexnet") as caught:
        models_with(entry, on_board).network("alexnet")
    assert caught.value.code is ErrorCode.MODEL_DAMAGED


class Hostile:
    """Would write a file when unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.write_text, (self.target, "harm"))


@pytest.mark.filterwarnings("ignore:Detected pickle protocol")
@pytest.mark.parametrize("form", ["torch", "pickle", "noise", "empty"])
def test_a_weight_file_cannot_run_code(tmp_path: Path, form: str) -> None:
    harm, path = tmp_path / "harm", tmp_path / "w.pth"
    match form:
        case "torch":
            torch.save({"features.0.weight": Hostile(harm)}, path)
        case "pickle":
            path.write_bytes(pickle.dumps(Hostile(harm)))
        case "noise":
            path.write_bytes(bytes(range(256)))
        case "empty":
            path.touch()
    with pytest.raises(EngineError) as caught:
        read_tensors(path)
    assert caught.value.code is ErrorCode.MODEL_DAMAGED
    assert not harm.exists()


def test_every_builder_can_be_found() -> None:
    for place in BUILDERS.values():
        module, function = place.split(":")
        assert callable(getattr(importlib.import_module(module), function))
