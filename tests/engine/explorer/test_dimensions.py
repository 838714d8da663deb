"""Signals and volumes: the same scan, top-9, fields and projections as for pictures."""

from __future__ import annotations

import gzip
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from engine.errors import EngineError, ErrorCode
from engine.explorer.fields import clip
from engine.explorer.formats import SIGNAL_SUFFIXES
from engine.explorer.index import Index
from engine.explorer.patches import slices
from engine.explorer.project import project
from engine.explorer.recordings import Windows, start_of, starts
from engine.explorer.records import ScanOptions, SynthesisOptions
from engine.explorer.tasks import draw_figure, inputs_of, open_index, reader_of, replay_index, scan_folder
from engine.explorer.unit_tasks import ask_item, project_entries, synthesise_unit
from engine.jobs import run
from engine.models import Models
from resources.models import planted
from tests.engine.explorer.nets import explained

EACH = 14
"""Windows of every motif, and as many without any."""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tmp_path_factory.mktemp("downloads"))


def scanned(models: Models, network: str, root: Path, windows: dict[str, NDArray[np.float64]]) -> Index:
    for name, numbers in windows.items():
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        np.save(root / name, numbers)
    run(scan_folder(models, network, root, root / "index", options=ScanOptions(top=12)))
    return open_index(root / "index", models)


@pytest.fixture(scope="module")
def signals(models: Models, tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, dict[str, int]]:
    """New signals, other seeds than in training: five windows to a file, one of them with the motif."""
    rng = np.random.default_rng(77)
    files, places = {}, {}
    for motif in (*planted.MOTIFS, None):
        for number in range(EACH):
            numbers, start = planted.signal(motif, rng)
            name = f"{motif or 'nothing'}/{number:02d}.npy"
            files[name], places[name] = numbers, start
    return scanned(models, "planted-1d", tmp_path_factory.mktemp("signals"), files), places


@pytest.fixture(scope="module")
def volumes(
    models: Models, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Index, dict[str, tuple[int, ...]]]:
    rng = np.random.default_rng(78)
    files, places = {}, {}
    for shape in (*planted.SHAPES, None):
        for number in range(EACH):
            numbers, corner = planted.volume(shape, rng)
            name = f"{shape or 'nothing'}/{number:02d}.npy"
            files[name], places[name] = numbers, corner
    return scanned(models, "planted-3d", tmp_path_factory.mktemp("volumes"), files), places


def test_planted_motifs_come_out_as_the_top_nine(signals: tuple[Index, dict[str, int]]) -> None:
    index, places = signals
    for unit, motif in enumerate(planted.MOTIFS):
        entries = index.entries("conv3", unit)
        right = 0
        for entry in entries:
            file = entry.file.rpartition("@")[0]
            middle = places[file] + planted.MOTIF_LENGTH / 2
            right += file.startswith(motif) and entry.box[0] <= middle < entry.box[1]
        assert right >= 8, (motif, [entry.file for entry in entries])
    assert index.layer("conv3").field.size == (60,)


def test_planted_shapes_come_out_as_the_top_nine(
    volumes: tuple[Index, dict[str, tuple[int, ...]]],
) -> None:
    index, places = volumes
    for unit, shape in enumerate(planted.SHAPES):
        entries = index.entries("conv3", unit)
        right = 0
        for entry in entries:
            file = entry.file.rpartition("@")[0]
            middle = [corner + planted.SHAPE_SIDE / 2 for corner in reversed(places[file])]
            inside = all(
                low <= m < high for low, m, high in zip(entry.box[:3], middle, entry.box[3:], strict=True)
            )
            right += file.startswith(shape) and inside
        assert right >= 8, (shape, [entry.file for entry in entries])
    assert index.layer("conv3").field.size == (14, 14, 14)


@pytest.mark.parametrize(("network", "shape"), [("planted-1d", (3000,)), ("planted-3d", (40, 37, 33))])
def test_a_whole_file_equals_brute_force(
    models: Models, tmp_path: Path, network: str, shape: tuple[int, ...]
) -> None:
    """All windows of one recording or volume through the bare network, everything stored and sorted."""
    root = tmp_path / "data"
    root.mkdir()
    np.save(root / "whole.npy", np.random.default_rng(9).normal(size=shape).astype(np.float32))
    run(scan_folder(models, network, root, tmp_path / "index", options=ScanOptions(top=9)))
    index = open_index(tmp_path / "index", models)
    inputs = inputs_of(index)
    items = inputs.items(root)
    assert len(index.pictures) == len(items) > 9
    decoded, _ = inputs.decode((root / "whole.npy").read_bytes(), items[0])
    windows = np.stack([inputs.cut(decoded, item) for item in items])
    with torch.no_grad():
        maps = models.network(network)(torch.from_numpy(windows).movedim(-1, 1)).flatten(2).numpy()
    best = maps.max(axis=2)
    for unit in range(best.shape[1]):
        order = np.lexsort((np.arange(len(items)), -best[:, unit]))[:9]
        entries = index.entries("conv3", unit)
        values = [entry.value for entry in entries]
        assert values == pytest.approx(list(best[order, unit]), abs=1e-5)
        for entry, number in zip(entries, order, strict=True):
            if entry.value > 0:
                assert entry.file == items[number]
                place = np.ravel_multi_index(entry.position, index.layer("conv3").shape)
                assert int(place) == int(maps[number, unit].argmax())


def test_a_signals_unit_has_all_that_a_pictures_has(
    models: Models, signals: tuple[Index, dict[str, int]], tmp_path: Path
) -> None:
    index, _ = signals
    entries = index.entries("conv3", 0, 2)
    assert run(replay_index(models, index, sample=30)).max_abs_difference == 0
    patch = reader_of(index).patch(entries[0])
    inner = clip(entries[0].box, (256,))
    assert patch.numbers.shape == (inner[1] - inner[0], 1)
    assert patch.frame == (192, 192)
    assert patch.photo_box == tuple(float(one) for one in inner)
    projections = run(project_entries(models, index, "conv3", 0, entries))
    assert all(min(one.strength) > 0 for one in projections.done)
    answer = run(ask_item(models, index, entries[0].file, layers=["conv3"], count=6))
    assert answer.layers[0].unusual[0].unit == 0
    formed = run(synthesise_unit(models, "planted-1d", "conv3", 0, SynthesisOptions(steps=128)))
    assert formed.activation > 0
    assert run(draw_figure(index, "conv3", range(6), tmp_path / "f.png")).stat().st_size > 10_000


def test_a_volumes_unit_has_all_that_a_pictures_has(
    models: Models, volumes: tuple[Index, dict[str, tuple[int, ...]]], tmp_path: Path
) -> None:
    index, _ = volumes
    entries = index.entries("conv3", 0, 2)
    assert run(replay_index(models, index, sample=30)).max_abs_difference == 0
    patch = reader_of(index).patch(entries[0])
    assert patch.numbers.ndim == 4
    assert patch.frame == (14, 14)
    assert len(patch.photo_box) == 6
    projections = run(project_entries(models, index, "conv3", 0, entries))
    assert all(min(one.strength) > 0 for one in projections.done)
    formed = run(synthesise_unit(models, "planted-3d", "conv3", 0, SynthesisOptions(steps=6)))
    assert formed.rgb.shape == (16, 16, 3)
    assert run(draw_figure(index, "conv3", range(4), tmp_path / "f.html")).stat().st_size > 2000


@pytest.mark.parametrize(
    ("dimensions", "conv", "pool"), [(1, nn.Conv1d, nn.AvgPool1d), (3, nn.Conv3d, nn.AvgPool3d)]
)
@pytest.mark.parametrize("way", ["deconv", "guided"])
def test_adjoint_of_the_linear_parts(
    dimensions: int, conv: type[nn.Conv1d], pool: type[nn.AvgPool1d], way: str
) -> None:
    torch.manual_seed(dimensions)
    chain = nn.Sequential(conv(1, 3, 3, padding=1, bias=False), pool(2), conv(3, 2, 3, bias=False)).eval()
    whole = explained(chain, Windows("test", (12,) * dimensions))
    tap, place = whole.tap("2"), (1,) * dimensions
    rng = np.random.default_rng(0)
    one, other = (rng.normal(size=(*whole.inputs.size, 1)).astype(np.float32) for _ in range(2))
    with torch.no_grad():
        start, end = (
            chain(torch.from_numpy(x).movedim(-1, 0)[None])[(0, 1, *place)].item() for x in (one, other)
        )
    back = run(project(whole, tap, 1, place, one, way))
    assert float((back * other).sum()) == pytest.approx(start * end, rel=1e-4)
    outside = np.ones(whole.inputs.size, dtype=bool)
    outside[slices(clip(tap.field.box(place), whole.inputs.size))] = False
    assert not back[outside].any()


def test_windows_cover_everything() -> None:
    for shape, window in (((1000,), (256,)), ((256,), (256,)), ((40, 33, 17), (16, 16, 16))):
        seen = np.zeros(shape, dtype=int)
        for start in starts(shape, window):
            seen[tuple(slice(s, s + n) for s, n in zip(start, window, strict=True))] += 1
            assert all(s + n <= length for s, n, length in zip(start, window, shape, strict=True))
        assert (seen > 0).all()
    assert start_of("a@b/c@12,3", 2) == (12, 3)


def test_formats_are_read(tmp_path: Path) -> None:
    numbers = np.sin(np.arange(300) / 5) * 3000
    with wave.open(str(tmp_path / "two.wav"), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(np.stack([numbers, numbers], axis=1).astype("<i2").tobytes())
    rows = "\n".join(f"{i * 0.004},{value}" for i, value in enumerate(numbers))
    (tmp_path / "table.csv").write_text(f"time,lead\n{rows}\n")
    np.savez(tmp_path / "many.npz", signal=numbers, rate=np.array(360))
    inputs = Windows("test", (256,))
    for item in inputs.items(tmp_path):
        decoded, remark = inputs.decode((tmp_path / inputs.file_of(item)).read_bytes(), item)
        assert np.allclose(decoded[:, 0], numbers, atol=1)
        assert remark.endswith(".")
        assert inputs.cut(decoded, item).mean() == pytest.approx(0, abs=1e-5)
    (tmp_path / "evil.npy").write_bytes(
        b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
    )
    with pytest.raises(EngineError) as refused:
        inputs.decode((tmp_path / "evil.npy").read_bytes(), "evil.npy@0")
    assert refused.value.code is ErrorCode.FILE_UNREADABLE
    with pytest.raises(EngineError) as small:
        inputs.cut(np.zeros((20, 1), dtype=np.float32), "short.npy@0")
    assert small.value.code is ErrorCode.PICTURE_TOO_SMALL


def nifti(volume: NDArray[np.int16], slope: float, intercept: float) -> bytes:
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *reversed(volume.shape), 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, 4, 16)
    struct.pack_into("<3f", header, 108, 352.0, slope, intercept)
    header[344:348] = b"n+1\0"
    return bytes(header) + volume.astype("<i2").tobytes()


def test_nifti_is_read_and_its_faults_are_named() -> None:
    volume = np.arange(2 * 3 * 4, dtype=np.int16).reshape(2, 3, 4)
    inputs = Windows("test", (2, 2, 2))
    for data, name in (
        (nifti(volume, 2, -5), "a.nii@0,0,0"),
        (gzip.compress(nifti(volume, 2, -5)), "a.nii.gz@0,0,0"),
    ):
        decoded, _ = inputs.decode(data, name)
        assert np.array_equal(decoded[..., 0], volume * 2.0 - 5)
        for broken in (data[:20], data[:-9], b""):
            with pytest.raises(EngineError) as refused:
                inputs.decode(broken, name)
            assert refused.value.code is ErrorCode.FILE_UNREADABLE


@pytest.mark.parametrize("files", [1, pytest.param(None, marks=pytest.mark.slow)])
def test_real_recordings_and_volumes(data: Path, models: Models, tmp_path: Path, files: int | None) -> None:
    """Real signals go through; of the volumes the files are read and a few blocks cut. All: marked slow."""
    folder = tmp_path / "signals"
    folder.mkdir()
    recordings = [one for one in sorted((data / "signals_1d").rglob("*")) if one.suffix in SIGNAL_SUFFIXES]
    for path in recordings[:files]:
        (folder / path.name).symlink_to(path.resolve())
    result = run(scan_folder(models, "planted-1d", folder, tmp_path / "index", layers=["conv3"]))
    assert result.images > (10 if files else 500)
    assert not result.skipped
    inputs = Windows("planted-3d", (16, 16, 16))
    volumes = sorted((data / "volumes_3d").glob("*.nii.gz"), key=lambda path: path.stat().st_size)
    for path in volumes[: files or 2]:
        decoded, _ = inputs.decode(path.read_bytes(), f"{path.name}@")
        assert decoded.ndim == 4
        assert inputs.cut(decoded, f"{path.name}@64,64,64").std() == pytest.approx(1, abs=1e-3)
