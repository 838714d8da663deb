"""Studio, sheet, batch, textures, matrices: with the real network, small."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from engine.convnets import ConvNet
from engine.errors import ErrorCode
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from engine.style import textures
from engine.style.batch import orders, paint_batch
from engine.style.finish import Finish
from engine.style.masks import keep_mask, read_masks
from engine.style.mathematics import GramLens, gram_matrix, gram_view
from engine.style.recipe import Recipe
from engine.style.save import read_painting
from engine.style.sheet import draw_sheet, sheet_cells
from engine.style.studio import Studio, StudioStep, new_timeline, paint_in_studio
from engine.style.textures import layer_textures

SMALL = {"size": 64, "iterations": 3, "pyramid": False}


@pytest.fixture
def recipe(pair: tuple[Path, Path]) -> Recipe:
    return Recipe(content=str(pair[0]), styles=(str(pair[1]),), **SMALL)  # type: ignore[arg-type]


def test_colours_change_while_painting_and_the_iterate_does_not(
    models: Models, recipe: Recipe, tmp_path: Path
) -> None:
    plain = run(paint_in_studio(models, Studio(recipe, new_timeline(recipe, tmp_path / "a"))))
    studio = Studio(recipe, new_timeline(recipe, tmp_path / "b"))
    seen: list[StudioStep] = []
    task = paint_in_studio(models, studio)
    while True:
        try:
            step = next(task)
        except StopIteration as stop:
            result = stop.value
            break
        if isinstance(step, StudioStep):
            seen.append(step)
            studio.finisher.wish = Finish("photo")
    assert (seen[0].shown == seen[0].painted.picture).all()
    assert (seen[1].shown != seen[1].painted.picture).any()
    assert (result.rgb == plain.rgb).all(), "looking at other colours changes nothing"
    assert [each.iteration for each in studio.timeline.moments] == [1, 2, 3]
    assert (studio.timeline.read(studio.timeline.moments[1]) == seen[1].painted.picture).all()
    assert result.deep is not None
    assert np.abs(result.deep / 257 - result.rgb).max() <= 0.51
    assert seen[-1].memory_bytes > 0


def test_a_sheet_has_nine_different_recipes_for_any_number_of_styles(recipe: Recipe) -> None:
    for count in (1, 2, 3, 5):
        cells = sheet_cells(Recipe(content="c", styles=tuple("abcde"[:count]), style_weights=(1.0,) * count))
        assert [(cell.row, cell.column) for cell in cells] == [(i, j) for i in range(3) for j in range(3)]
        assert len({(cell.recipe.strength, cell.recipe.styles) for cell in cells}) == 9
        for cell in cells:
            cell.recipe.check()
    assert sheet_cells(recipe)[0].recipe.strength < sheet_cells(recipe)[8].recipe.strength


def test_a_sheet_is_drawn_in_rows_and_columns(recipe: Recipe) -> None:
    rng = np.random.default_rng(2)
    cells = [
        dataclasses.replace(cell, picture=rng.integers(0, 256, (43, 64, 3), dtype=np.uint8))
        for cell in sheet_cells(recipe)
    ]
    sheet = draw_sheet(cells)
    assert sheet.shape == (3 * 51 + 8, 3 * 72 + 8, 3)
    assert cells[5].picture is not None
    assert (sheet[59:102, 152:216] == cells[5].picture).all()


def test_a_batch_paints_every_pair_once_and_names_what_it_could_not(
    models: Models, pair: tuple[Path, Path], recipe: Recipe, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    wanted = orders(recipe, [pair[0], broken], [pair[1]], tmp_path / "out")
    task = paint_batch(models, wanted)
    first = run(task)
    assert [path.name for path in first.painted] == [f"{pair[0].stem}--{pair[1].stem}.png"]
    assert first.refused[0].reason.code is ErrorCode.NOT_A_PICTURE
    found = read_painting(first.painted[0])
    assert found is not None
    assert found[1].recipe == wanted[0].recipe
    again = run(paint_batch(models, wanted))
    assert again.painted == ()
    assert again.kept == first.painted
    other = orders(Recipe(**{**SMALL, "size": 66}), [pair[0]], [pair[1]], tmp_path / "out")  # type: ignore[arg-type]
    assert run(paint_batch(models, other)).painted == first.painted, "another recipe is painted anew"


def test_pictures_of_one_name_do_not_overwrite_each_other(recipe: Recipe, tmp_path: Path) -> None:
    names = [
        order.output.name
        for order in orders(recipe, [Path("a/x.jpg"), Path("b/x.jpg")], [Path("s.png")], tmp_path)
    ]
    assert names == ["x--s.png", "x-2--s.png"]


def test_a_layers_texture_comes_from_that_layer_and_is_kept(
    models: Models, vgg16: ConvNet, pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textures, "ITERATIONS", 3)
    found = {each.layer: each.rgb for each in run(layer_textures(models, pair[1], tmp_path))}
    assert list(found) == ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]
    assert len({rgb.tobytes() for rgb in found.values()}) == 5
    style = read_picture(pair[1]).rgb
    wanted = gram_matrix(vgg16, style, "relu1_1")
    distances = {
        layer: np.linalg.norm(gram_matrix(vgg16, rgb, "relu1_1") - wanted) for layer, rgb in found.items()
    }
    assert min(distances, key=lambda layer: distances[layer]) == "relu1_1"

    def forbidden(*_: object) -> None:
        raise AssertionError("a texture was made twice")

    monkeypatch.setattr(textures, "_synthesised", forbidden)
    again = run(layer_textures(models, pair[1], tmp_path))
    assert all((each.rgb == found[each.layer]).all() for each in again)


def test_textures_start_soft_and_in_the_styles_colour(pair: tuple[Path, Path]) -> None:
    style = read_picture(pair[1]).rgb
    start = textures.soft_noise(style).astype(float)
    assert np.abs(start.mean(axis=(0, 1)) - style.mean(axis=(0, 1))).max() < 3
    assert start.std(axis=(0, 1)) == pytest.approx(textures.DEVIATION, rel=0.1)
    step = np.diff(start, axis=1).std()
    assert step < textures.DEVIATION / 2  # white noise has 1.4 times its deviation


def test_the_matrices_agree_with_numpy_and_converge(
    models: Models, vgg16: ConvNet, recipe: Recipe, pair: tuple[Path, Path]
) -> None:
    import torch

    from engine.tensors import to_tensor

    rgb = read_picture(pair[0]).rgb[:40, :50]
    activation = vgg16.normalise(to_tensor(rgb))
    with torch.no_grad():
        for _, layer in vgg16.chain("relu2_1"):
            activation = layer(activation)
    flat = activation.numpy()[0].reshape(128, -1)
    np.testing.assert_allclose(
        gram_matrix(vgg16, rgb, "relu2_1"),
        np.einsum("ik,jk->ij", flat, flat) / flat.shape[1],
        rtol=1e-3,
        atol=1e-3,
    )
    lens = GramLens(recipe)
    style = read_picture(pair[1]).rgb
    assert run(gram_view(models, lens, style, "relu3_1")).distance == pytest.approx(0, abs=1e-5)
    far = run(gram_view(models, lens, read_picture(pair[0]).rgb, "relu3_1"))
    assert far.distance > 0.1
    assert far.style.shape == far.painting.shape == (48, 48)
    assert far.style.max() == pytest.approx(1)
    assert far.units_in_layer == 256


def test_a_mask_is_one_file_and_comes_back(tmp_path: Path) -> None:
    mask = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
    path = keep_mask(tmp_path, mask)
    assert keep_mask(tmp_path, mask) == path
    assert (run(read_masks({"a": path}))["a"] == mask).all()


def test_the_commands_paint_film_and_go_on(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from engine.cli.app import run_command

    content, style = map(str, pair)
    small = ["--size", "64", "--iterations", "2", "--device", "cpu", "--json"]
    batch = ["style-batch", "--contents", content, "--styles", style, "--output", str(tmp_path / "b"), *small]
    assert run_command(batch) == 0
    assert len(json.loads(capsys.readouterr().out)["painted"]) == 1
    assert run_command(batch) == 0
    assert len(json.loads(capsys.readouterr().out)["kept"]) == 1
    lapse = [
        "style-timelapse",
        "--content",
        content,
        "--style",
        style,
        "--output",
        str(tmp_path / "film.gif"),
    ]
    assert run_command([*lapse, "--picture", str(tmp_path / "p.tif"), "--every", "1", *small]) == 0
    assert json.loads(capsys.readouterr().out)["frames"] == 2
    assert (tmp_path / "p.tif").is_file()
    sheet = ["style-sheet", "--content", content, "--style", style, "--output", str(tmp_path / "sheet.png")]
    assert run_command([*sheet, *small[:3], "1", *small[4:]]) == 0
    assert len(json.loads(capsys.readouterr().out)["cells"]) == 9
    assert run_command([*lapse[:-1], str(tmp_path / "film.avi"), *small]) == 2
    assert ".mp4 or .gif" in capsys.readouterr().err
    assert run_command([*sheet[:-1], content, *small]) == 2
