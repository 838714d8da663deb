"""The stored index: what comes back, and what is refused."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.explorer.freshness import check_weights, demand_pictures, missing_pictures
from engine.explorer.index import Index, read_index, write_index
from engine.explorer.records import ScanOptions
from engine.explorer.scan import Scan
from engine.jobs import run
from tests.engine.explorer.nets import SMALL, explained, small_network, write_pictures


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root = tmp_path_factory.mktemp("pictures")
    names = write_pictures(root, 6)
    scan = Scan(explained(small_network(), SMALL, "w" * 64), root, names, options=ScanOptions(top=4))
    run(scan.steps())
    return scan.index(complete=True)


@pytest.fixture
def folder(scanned: Index, tmp_path: Path) -> Path:
    write_index(tmp_path / "index", scanned)
    return tmp_path / "index"


def refusal(folder: Path) -> ErrorCode:
    with pytest.raises(EngineError) as refused:
        read_index(folder)
    assert str(folder) in refused.value.detail
    return refused.value.code


def test_comes_back_whole(scanned: Index, folder: Path) -> None:
    back = read_index(folder)
    assert back.key == scanned.key
    assert back.pictures == scanned.pictures
    assert back.layers == scanned.layers
    assert back.entries("conv2", 3) == scanned.entries("conv2", 3)
    assert {path.suffix for path in folder.iterdir()} == {".json", ".safetensors"}


def test_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing") is ErrorCode.INDEX_MISSING


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.999])
def test_truncated_is_refused(folder: Path, keep: float) -> None:
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * keep)])
        assert refusal(folder) is ErrorCode.INDEX_DAMAGED
        path.write_bytes(whole)
    read_index(folder)


def test_one_changed_byte_is_refused(folder: Path) -> None:
    arrays = next(folder.glob("*.safetensors"))
    whole = bytearray(arrays.read_bytes())
    for place in (8, len(whole) // 2, len(whole) - 1):
        whole[place] ^= 1
        arrays.write_bytes(whole)
        assert refusal(folder) is ErrorCode.INDEX_DAMAGED
        whole[place] ^= 1


@pytest.mark.parametrize("field", ["weights", "k", "pictures", "complete", "root", "arrays"])
def test_changed_header_is_refused(folder: Path, field: str) -> None:
    header = json.loads((folder / "index.json").read_text())
    header[field] = [] if field == "pictures" else "other"
    (folder / "index.json").write_text(json.dumps(header))
    assert refusal(folder) is ErrorCode.INDEX_DAMAGED


@pytest.mark.parametrize("field", ["arrays", "layers", "pictures"])
def test_a_header_that_was_forged_with_its_checksum_is_refused(folder: Path, field: str) -> None:
    header = json.loads((folder / "index.json").read_text())
    del header["checksum"]
    header[field] = None
    canonical = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    forged = header | {"checksum": hashlib.sha256(canonical).hexdigest()}
    (folder / "index.json").write_text(json.dumps(forged))
    assert refusal(folder) is ErrorCode.INDEX_DAMAGED


def test_missing_arrays_are_refused(folder: Path) -> None:
    next(folder.glob("*.safetensors")).unlink()
    assert refusal(folder) is ErrorCode.INDEX_DAMAGED


def test_other_code_version_is_stale(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.explorer.index.CODE_VERSION", 99)
    assert refusal(folder) is ErrorCode.INDEX_STALE


def test_key_depends_on_weights_preprocessing_and_pictures(scanned: Index) -> None:
    other_picture = dataclasses.replace(scanned.pictures[0], sha256="0" * 64)
    others = [
        dataclasses.replace(scanned, weights="x" * 64),
        dataclasses.replace(scanned, preprocessing={**scanned.preprocessing, "crop": 33}),
        dataclasses.replace(scanned, pictures=(other_picture, *scanned.pictures[1:])),
    ]
    assert len({scanned.key, *(other.key for other in others)}) == 4
    moved = dataclasses.replace(scanned, root="elsewhere")
    assert moved.key == scanned.key


def test_other_weights_are_stale(scanned: Index) -> None:
    check_weights(scanned, "w" * 64)
    with pytest.raises(EngineError) as refused:
        check_weights(scanned, "x" * 64)
    assert refused.value.code is ErrorCode.INDEX_STALE


def test_a_moved_picture_is_named_and_a_changed_one_refused(tmp_path: Path) -> None:
    names = write_pictures(tmp_path, 4)
    scan = Scan(explained(small_network()), tmp_path, names)
    run(scan.steps())
    index = scan.index(complete=True)
    os.utime(tmp_path / names[0])
    assert missing_pictures(index, names) == (), "a touched file is still the same picture"
    (tmp_path / names[1]).unlink()
    assert missing_pictures(index, names) == (names[1],)
    with pytest.raises(EngineError, match="--images") as refused:
        demand_pictures(index, names)
    assert refused.value.code is ErrorCode.FILE_MISSING
    (tmp_path / names[2]).write_bytes((tmp_path / names[3]).read_bytes())
    with pytest.raises(EngineError, match="changed") as refused:
        missing_pictures(index, names)
    assert refused.value.code is ErrorCode.INDEX_STALE


def test_never_written_over_something_else(scanned: Index, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(EngineError) as refused:
        write_index(tmp_path, scanned)
    assert refused.value.code is ErrorCode.BAD_VALUE


def test_a_second_write_replaces_the_first(scanned: Index, folder: Path) -> None:
    write_index(folder, dataclasses.replace(scanned, complete=False))
    assert not read_index(folder).complete
    assert len(list(folder.iterdir())) == 2


def test_unknown_names_say_what_there_is(scanned: Index) -> None:
    with pytest.raises(EngineError, match="conv1, conv2, conv3"):
        scanned.entries("conv9", 0)
    with pytest.raises(EngineError, match="0 to 11"):
        scanned.entries("conv2", 12)
