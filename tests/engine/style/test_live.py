"""Controls that act while a painting grows, scales, and runs that go on another day."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.convnets import ConvNet
from engine.errors import EngineError, ErrorCode
from engine.jobs import run
from engine.models import Models
from engine.style.controls import Controls
from engine.style.live import Live
from engine.style.pictures import Inputs, read_inputs
from engine.style.recipe import Recipe
from engine.style.runstate import RunState, load_state, save_state
from engine.style.save import read_painting, save_painting
from engine.style.scales import scale_sizes, share_iterations
from engine.style.steps import PaintResult, PaintStep
from engine.style.stylise import stylise
from engine.style.tasks import paint


@pytest.fixture(autouse=True)
def small_scales(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pyramid begin at 49 pixels, so that two scales take little time."""
    monkeypatch.setattr("engine.style.scales.SMALLEST", 40)


@pytest.fixture(scope="module")
def wanted(pair: tuple[Path, Path]) -> Recipe:
    return Recipe(content=str(pair[0]), styles=(str(pair[1]),), size=70, iterations=8, init="noise")


@pytest.fixture(scope="module")
def inputs(wanted: Recipe) -> Inputs:
    return read_inputs(wanted)


def follow(
    network: ConvNet, recipe: Recipe, inputs: Inputs, changes: dict[int, dict[str, Any]], **more: Any
) -> tuple[list[PaintStep], PaintResult]:
    """Paint; after the iterations named, change controls."""
    live = more.pop("live", Live(recipe))
    task = stylise(network, recipe, inputs, live=live, **more)
    steps: list[PaintStep] = []
    while True:
        try:
            step = next(task)
        except StopIteration as stop:
            return steps, stop.value
        if isinstance(step, PaintStep):
            steps.append(step)
            if step.iteration in changes:
                live.change(dataclasses.replace(step.controls, **changes[step.iteration]))


def stop_after(network: ConvNet, recipe: Recipe, inputs: Inputs, count: int, parts: int = 0) -> RunState:
    """Paint ``count`` iterations and ``parts`` checkpoints of the next one, then close the generator."""
    live = Live(recipe)
    task = stylise(network, recipe, inputs, live=live)
    while (step := next(task)) is None or not isinstance(step, PaintStep) or step.iteration < count:
        pass
    for _ in range(parts):
        assert next(task) is None
    task.close()
    state = live.state.take()
    assert state is not None
    return state


CHANGES = {
    "beta": {"beta": 5.0},
    "alpha to nothing": {"alpha": 0.0},
    "a layer switched off": {"lambda3": 0.0},
    "smoothing": {"smoothing": 50.0},
    "brush": {"brush": 0.6},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_control_acts_on_the_next_iteration_and_not_before(
    vgg16: ConvNet, wanted: Recipe, inputs: Inputs, change: dict[str, Any]
) -> None:
    recipe = dataclasses.replace(wanted, size=64, iterations=4)
    plain, _ = follow(vgg16, recipe, inputs, {})
    changed, _ = follow(vgg16, recipe, inputs, {2: change})
    again, _ = follow(vgg16, recipe, inputs, {2: change})
    for index in (0, 1):
        assert (changed[index].picture == plain[index].picture).all()
        assert changed[index].losses == plain[index].losses
    assert changed[2].losses.total != plain[2].losses.total
    assert changed[2].controls == dataclasses.replace(Controls.of(recipe), **change)
    assert changed[3].provenance.changes == ((2, changed[2].controls.to_json()),)
    assert [step.losses for step in again] == [step.losses for step in changed]
    assert (again[3].picture == changed[3].picture).all()


def test_a_layer_can_be_switched_on_and_styles_blended_anew(vgg16: ConvNet, inputs: Inputs) -> None:
    both = dataclasses.replace(inputs, styles=(inputs.styles[0], inputs.content))
    recipe = Recipe(
        content="c", styles=("s", "t"), style_weights=(1.0, 0.0), size=64, iterations=3, lambda5=0
    )
    steps, _ = follow(vgg16, recipe, both, {1: {"lambda5": 0.2}, 2: {"style_weights": (0.0, 1.0)}})
    assert [("relu5_1" in step.losses.style_layers) for step in steps] == [False, True, True]
    assert steps[2].losses.style < 0.5 * steps[1].losses.style  # the content in its own manner


def test_bad_controls_are_refused_before_they_reach_the_painting(wanted: Recipe) -> None:
    live = Live(wanted)
    with pytest.raises(EngineError) as caught:
        live.change(dataclasses.replace(Controls.of(wanted), beta=-1.0))
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert live.take_controls() is None


def test_adam_keeps_its_moments_and_lbfgs_forgets_its_history(
    vgg16: ConvNet, wanted: Recipe, inputs: Inputs
) -> None:
    found = {}
    for optimizer in ("adam", "lbfgs"):
        recipe = dataclasses.replace(wanted, size=64, iterations=5, optimizer=optimizer)
        live = Live(recipe)
        task = stylise(vgg16, recipe, inputs, live=live)
        for step in task:
            if isinstance(step, PaintStep) and step.iteration == 3:
                live.change(dataclasses.replace(step.controls, beta=1.0))
            if isinstance(step, PaintStep) and step.iteration == 4:
                break
        task.close()
        state = live.state.take()
        assert state is not None
        found[optimizer] = state.arrays
    assert found["adam"]["optimiser.count"] == 4
    assert found["lbfgs"]["optimiser.pairs"].size == 0


@pytest.mark.parametrize("optimizer", ["adam", "lbfgs"])
@pytest.mark.parametrize(("count", "parts"), [(2, 1), (4, 0), (6, 1)])
def test_a_run_resumed_from_a_file_equals_one_that_never_stopped(
    vgg16: ConvNet, wanted: Recipe, inputs: Inputs, optimizer: str, count: int, parts: int, tmp_path: Path
) -> None:
    """Stopped in the first scale, at its end, and in the second; between iterations and within one."""
    recipe = dataclasses.replace(wanted, optimizer=optimizer)
    steps, whole = follow(vgg16, recipe, inputs, {})
    assert [step.scale for step in steps] == [0] * 4 + [1] * 4
    save_state(tmp_path / "run", stop_after(vgg16, recipe, inputs, count, parts))
    _, resumed = follow(vgg16, recipe, inputs, {}, resume=load_state(tmp_path / "run"))
    assert (resumed.rgb == whole.rgb).all()
    assert [each.losses for each in resumed.log] == [each.losses for each in whole.log]


def test_changed_controls_survive_the_night(vgg16: ConvNet, wanted: Recipe, inputs: Inputs) -> None:
    change = {1: {"beta": 3.0, "smoothing": 4.0}}
    _, whole = follow(vgg16, wanted, inputs, change)
    live = Live(wanted)
    task = stylise(vgg16, wanted, inputs, live=live)
    for step in task:
        if isinstance(step, PaintStep):
            if step.iteration == 1:
                live.change(dataclasses.replace(step.controls, **change[1]))
            if step.iteration == 3:
                break
    task.close()
    _, resumed = follow(vgg16, wanted, inputs, {}, resume=live.state.take())
    assert (resumed.rgb == whole.rgb).all()
    assert resumed.provenance.changes == whole.provenance.changes


def test_the_state_can_be_asked_for_without_stopping(vgg16: ConvNet, wanted: Recipe, inputs: Inputs) -> None:
    live = Live(wanted)
    states: list[RunState] = []
    for step in stylise(vgg16, wanted, inputs, live=live):
        if isinstance(step, PaintStep):
            if (state := live.state.take()) is not None:
                states.append(state)
            if step.iteration == 2:
                live.ask_for_state()
            last = step.picture
    assert [state.iteration for state in states] == [3]
    _, resumed = follow(vgg16, wanted, inputs, {}, resume=states[0])
    assert (resumed.rgb == last).all()


def test_other_pictures_another_recipe_and_damage_are_refused(
    vgg16: ConvNet, wanted: Recipe, inputs: Inputs, tmp_path: Path
) -> None:
    state = stop_after(vgg16, wanted, inputs, 1)
    changed = dataclasses.replace(inputs.sources[1], sha256="0" * 64)
    cases: list[tuple[Recipe, Inputs, RunState, ErrorCode]] = [
        (
            wanted,
            dataclasses.replace(inputs, sources=(inputs.sources[0], changed)),
            state,
            ErrorCode.RUN_STALE,
        ),
        (dataclasses.replace(wanted, beta=7.0), inputs, state, ErrorCode.BAD_VALUE),
        (
            wanted,
            inputs,
            dataclasses.replace(state, values={**state.values, "log": []}),
            ErrorCode.RUN_DAMAGED,
        ),
        (
            wanted,
            inputs,
            dataclasses.replace(
                state, arrays={**state.arrays, "easel.iterate": np.zeros((1, 3, 5, 5), np.float32)}
            ),
            ErrorCode.RUN_DAMAGED,
        ),
    ]
    for recipe, pictures, kept, code in cases:
        with pytest.raises(EngineError) as caught:
            run(stylise(vgg16, recipe, pictures, resume=kept))
        assert caught.value.code is code
    (tmp_path / "broken").write_bytes(b"\0" * 40)
    with pytest.raises(EngineError) as caught:
        load_state(tmp_path / "broken")
    assert caught.value.code is ErrorCode.RUN_DAMAGED


def test_a_cancelled_job_keeps_its_run_as_a_file(models: Models, wanted: Recipe, tmp_path: Path) -> None:
    keep = tmp_path / "run.safetensors"
    task = paint(models, wanted, keep=keep)
    while not isinstance(step := next(task), PaintStep) or step.iteration < 3:
        pass
    task.close()
    state = load_state(keep)
    assert state.iteration == 3
    resumed = run(paint(models, state.recipe, resume=state, keep=keep))
    assert (resumed.rgb == run(paint(models, wanted)).rgb).all()
    assert not keep.exists()


def test_a_picture_stopped_at_a_small_scale_is_saved_at_the_size_asked_for(
    vgg16: ConvNet, wanted: Recipe, inputs: Inputs, tmp_path: Path
) -> None:
    step = next(step for step in stylise(vgg16, wanted, inputs) if isinstance(step, PaintStep))
    assert max(step.picture.shape) == step.scales[step.scale] == 49
    save_painting(tmp_path / "o.png", step.picture, step.provenance)
    found = read_painting(tmp_path / "o.png")
    assert found is not None
    assert max(found[0].shape) == 70


def test_a_painting_can_start_from_a_picture(vgg16: ConvNet, wanted: Recipe, inputs: Inputs) -> None:
    start = np.full((47, 70, 3), 200, np.uint8)
    steps, _ = follow(vgg16, dataclasses.replace(wanted, iterations=1), inputs, {}, start=start)
    assert steps[0].scales == (70,)
    assert np.abs(steps[0].picture.astype(int) - 200).mean() < 5


def test_scales_grow_by_the_root_of_two_up_to_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert scale_sizes(512, pyramid=True) == (128, 181, 256, 362, 512)
    assert scale_sizes(512, pyramid=False) == (512,)
    assert scale_sizes(100, pyramid=True) == (100,)
    assert scale_sizes(512, pyramid=True, elongation=8, shortest=32) == (256, 362, 512)
    for size in range(32, 3000, 37):
        sizes = scale_sizes(size, pyramid=True)
        assert sizes[-1] == size
        assert sizes[0] < 182 or size < 182
        assert all(b / a == pytest.approx(2**0.5, rel=0.01) for a, b in itertools.pairwise(sizes))


def test_every_iteration_is_given_to_a_scale() -> None:
    assert share_iterations(10, 4) == (2, 2, 3, 3)
    assert share_iterations(2, 5) == (0, 0, 0, 1, 1)
    assert share_iterations(7, 1) == (7,)
