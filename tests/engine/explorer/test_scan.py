"""A scan against brute force; order, batches, interruption, resumption, merging."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from engine.convnets import ConvNet
from engine.errors import EngineError, ErrorCode
from engine.explorer.activations import Responses, _strongest, choose_block
from engine.explorer.index import Index, read_index, write_index
from engine.explorer.merge import merge_indexes
from engine.explorer.networks import hash_of
from engine.explorer.preprocess import Preprocessing
from engine.explorer.records import ScanOptions, Wish
from engine.explorer.scan import Scan
from engine.jobs import run
from tests.engine.explorer.nets import SMALL, brute_force, explained, small_network, write_pictures


def scan(
    root: Path, names: list[str], network: ConvNet, inputs: Preprocessing = SMALL, **options: object
) -> Index:
    settings = ScanOptions(**{"top": 5, **options})  # type: ignore[arg-type]
    under_way = Scan(explained(network, inputs), root, names, options=settings)
    run(under_way.steps())
    return under_way.index(complete=True)


def stored_bytes(index: Index, folder: Path) -> dict[str, bytes]:
    write_index(folder, index)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_equals_storing_everything(tmp_path: Path) -> None:
    """Brute force computes whole activation maps with the plain network, one picture at a time."""
    names = write_pictures(tmp_path, 23)
    network = small_network()
    index = scan(tmp_path, names, network)
    whole = explained(network)
    blocks = Responses(whole, whole.taps())
    for tap in whole.taps():
        maps = []
        for name in names:
            with Image.open(tmp_path / name) as image:
                pixels = SMALL.apply(np.array(image.convert("RGB")))
            found = dict(blocks.through(pixels[None]))
            maps.append(found[tap.layer][0].flatten(1).numpy())
        top = index.tops[tap.layer]
        expected = brute_force(np.stack(maps), 5)
        for unit in range(tap.units):
            got = [
                (float(top.values[unit, rank]), int(top.pictures[unit, rank]), int(top.positions[unit, rank]))
                for rank in range(5)
            ]
            assert got == expected[unit]


def test_blocks_agree_with_the_plain_network() -> None:
    network = small_network()
    pixels = np.random.default_rng(1).integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)
    whole = explained(network)
    responses = Responses(whole, whole.taps())
    with torch.inference_mode():
        plain = torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div(255)
        assert torch.equal(responses._input(pixels)[:3], network.normalise(plain))
        activation = network.normalise(plain)
        for name, module in network.layers.items():
            activation = module(activation)
            if name == "relu2":
                mine = dict(responses.through(pixels))["conv2"]
                assert torch.allclose(mine, activation, atol=1e-5)
    assert not network.layers["relu1"].inplace, "the shared network is left as it was"


def test_a_picture_gets_the_same_bits_in_every_place_of_a_block() -> None:
    network = small_network()
    whole = explained(network)
    block = run(choose_block(whole, whole.taps()))
    responses = Responses(whole, whole.taps(), block)
    pixels = np.random.default_rng(5).integers(0, 256, (block, 32, 32, 3), dtype=np.uint8)
    forwards, backwards = run(responses.maxima(pixels)), run(responses.maxima(pixels[::-1].copy()))
    alone = run(responses.maxima(pixels[:1]))
    for layer, found in forwards.items():
        assert np.array_equal(found.values, backwards[layer].values[::-1])
        assert np.array_equal(found.values[:1], alone[layer].values)


@pytest.mark.parametrize("layout", [torch.channels_last, torch.contiguous_format])
def test_of_equal_values_the_first_position_counts(layout: torch.memory_format) -> None:
    activation = torch.randint(0, 3, (4, 6, 5, 7)).float().contiguous(memory_format=layout)
    found = _strongest(activation, "any")
    flat = activation.flatten(2).numpy()
    assert np.array_equal(found.values, flat.max(axis=2))
    assert np.array_equal(found.positions, (flat == flat.max(axis=2, keepdims=True)).argmax(axis=2))
    assert found.positions.dtype == np.int32


def test_negative_maxima_are_kept(tmp_path: Path) -> None:
    """conv3 has no ReLU behind it; a bias of −100 makes all its activations negative."""
    names = write_pictures(tmp_path, 6)
    network = small_network()
    last = network.layers["conv3"]
    assert isinstance(last, nn.Conv2d)
    assert last.bias is not None
    last.bias.sub_(100)
    top = scan(tmp_path, names, network).tops["conv3"]
    assert (top.values < -50).all()
    assert np.isfinite(top.values).all()


@pytest.mark.parametrize("options", [{"batch": 1}, {"batch": 7}, {"batch": 100}, {"shuffle": True}])
def test_result_does_not_depend_on_batch_or_order(tmp_path: Path, options: dict[str, object]) -> None:
    names = write_pictures(tmp_path / "in", 21)
    network = small_network()
    usual = stored_bytes(scan(tmp_path / "in", names, network), tmp_path / "one")
    other = stored_bytes(scan(tmp_path / "in", names, network, **options), tmp_path / "two")
    assert usual == other


def test_merged_shards_are_one_scan(tmp_path: Path) -> None:
    names = write_pictures(tmp_path / "in", 20)
    network = small_network()
    whole = stored_bytes(scan(tmp_path / "in", names, network), tmp_path / "whole")
    shards = [scan(tmp_path / "in", names[start::3], network) for start in range(3)]
    assert stored_bytes(merge_indexes(shards), tmp_path / "flat") == whole
    nested = merge_indexes([shards[2], merge_indexes([shards[1], shards[0]])])
    assert stored_bytes(nested, tmp_path / "nested") == whole
    below = [
        scan(tmp_path / "in" / part, [name[2:] for name in names if name[0] == part], network)
        for part in ("a", "b")
    ]
    assert stored_bytes(merge_indexes(below), tmp_path / "below") == whole


def test_merge_refuses_what_does_not_belong_together(tmp_path: Path) -> None:
    names = write_pictures(tmp_path, 4)
    network = small_network()
    one, other = scan(tmp_path, names, network), scan(tmp_path, names, network, top=3)
    with pytest.raises(EngineError, match="number of pictures per unit") as refused:
        merge_indexes([one, other])
    assert refused.value.code is ErrorCode.INDEX_STALE


def test_interrupted_and_resumed_equals_one_scan(tmp_path: Path) -> None:
    names = write_pictures(tmp_path / "in", 30)
    network = small_network()
    whole = stored_bytes(scan(tmp_path / "in", names, network), tmp_path / "whole")
    settings = ScanOptions(top=5, shuffle=True)
    first = Scan(explained(network), tmp_path / "in", names, options=settings)
    steps = first.steps()
    while first.scanned < 10:
        next(steps)
    steps.close()
    part = first.index(complete=False)
    assert 0 < len(part.pictures) < 30
    write_index(tmp_path / "part", part)
    second = Scan(
        explained(network), tmp_path / "in", names, options=settings, before=read_index(tmp_path / "part")
    )
    run(second.steps())
    assert second.scanned == 30 - len(part.pictures)
    assert stored_bytes(second.index(complete=True), tmp_path / "part") == whole


def test_bad_pictures_are_named_and_the_scan_goes_on(tmp_path: Path) -> None:
    names = write_pictures(tmp_path, 5)
    (tmp_path / "a" / "text.jpg").write_text("not a picture")
    whole = (tmp_path / names[0]).read_bytes()
    (tmp_path / "b" / "cut.png").write_bytes(whole[: len(whole) // 2])
    Image.new("L", (1, 1), 128).save(tmp_path / "grey.png")
    Image.new("RGBA", (2, 90_000)).save(tmp_path / "thin.png")
    bad = ["a/text.jpg", "b/cut.png", "gone.png", "thin.png"]
    index = scan(tmp_path, sorted([*names, *bad, "grey.png"]), small_network())
    assert [one.file for one in index.skipped] == bad
    assert all(one.reason.endswith(".") for one in index.skipped)
    assert "grey.png" in index.files
    with pytest.raises(EngineError, match="Not one of the 2 files") as refused:
        scan(tmp_path, ["a/text.jpg", "gone.png"], small_network())
    assert refused.value.code is ErrorCode.NO_PICTURES


def test_unknown_layer_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="conv1, conv2, conv3"):
        Scan(explained(small_network()), tmp_path, [], layers=["conv9"])


def test_live_layer_is_light_and_current(tmp_path: Path) -> None:
    names = write_pictures(tmp_path, 20)
    under_way = Scan(explained(small_network()), tmp_path, names, wish=Wish("conv2"))
    live = [step.live for step in under_way.steps() if step is not None and step.live is not None]
    assert live
    assert live[0].layer.name == "conv2"
    assert live[0].top.values.shape == (12, 9)


def test_planted_network_finds_the_planted_patches(tmp_path: Path) -> None:
    """Hand-made detectors of red, of a vertical edge and of a corner; one picture in five has each."""
    network = ConvNet("planted", {"conv1": nn.Conv2d(3, 3, 4), "relu1": nn.ReLU()}).eval()
    weight = torch.zeros(3, 3, 4, 4)
    weight[0, 0], weight[0, 1:] = 1, -1
    weight[1, :, :, :2], weight[1, :, :, 2:] = 1, -1
    weight[2] = -1
    weight[2, :, :2, :2] = 3
    conv = network.layers["conv1"]
    assert isinstance(conv, nn.Conv2d)
    with torch.no_grad():
        conv.weight.copy_(weight)
        assert conv.bias is not None
        conv.bias.zero_()
    rng = np.random.default_rng(3)
    planted: dict[int, set[str]] = {0: set(), 1: set(), 2: set()}
    places: dict[str, tuple[int, int]] = {}
    names = []
    for number in range(45):
        pixels = rng.integers(100, 116, (32, 32, 3), dtype=np.uint8)
        name, kind = f"{number:02d}.png", number % 5
        y, x = (int(v) for v in rng.integers(4, 24, 2))
        if kind == 0:
            pixels[y : y + 4, x : x + 4] = (255, 0, 0)
        elif kind == 1:
            pixels[y : y + 4, x : x + 2], pixels[y : y + 4, x + 2 : x + 4] = 255, 0
        elif kind == 2:
            pixels[y : y + 4, x : x + 4] = 0
            pixels[y : y + 2, x : x + 2] = 255
        if kind < 3:
            planted[kind].add(name)
            places[name] = (y, x)
        canvas = np.full((40, 40, 3), 108, dtype=np.uint8)
        canvas[4:36, 4:36] = pixels
        Image.fromarray(canvas).save(tmp_path / name)
        names.append(name)
    plain = replace(SMALL, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))
    index = scan(tmp_path, names, network.requires_grad_(False), plain, top=9)
    for unit, expected in planted.items():
        entries = index.entries("conv1", unit)
        assert {entry.file for entry in entries} == expected, "recall 1.0"
        if unit != 2:
            assert all(entry.position == places[entry.file] for entry in entries)


def test_weights_hash_sees_every_number() -> None:
    one, other = small_network(), small_network()
    assert hash_of(one) == hash_of(other)
    other.layers["conv2"].bias[3] += 1e-3  # type: ignore[index]
    assert hash_of(one) != hash_of(other)
