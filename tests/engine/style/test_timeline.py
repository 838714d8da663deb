"""The timeline is even, bounded, survives, and becomes a film."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.errors import EngineError, ErrorCode
from engine.jobs import run
from engine.progress import Progress
from engine.style.controls import Controls
from engine.style.recipe import Recipe
from engine.style.steps import Losses, PaintStep, Provenance
from engine.style.timelapse import film
from engine.style.timeline import Timeline, open_timeline, recorded, stride_for

RECIPE = Recipe(content="c", styles=("s",))


def step(iteration: int, iterations: int = 1000, side: int = 24) -> PaintStep:
    rgb = np.full((side, side + 7, 3), iteration % 256, np.uint8)
    losses = Losses(iteration + 0.5, 1.0, 2.0, {}, 0.0)
    progress = Progress(iteration, iterations, 1.0, 1.0)
    controls = Controls.of(RECIPE)
    return PaintStep(
        iteration, iterations, rgb, losses, progress, 0.1, Provenance(RECIPE), 0, (side + 7,), controls
    )


def paint(count: int) -> Generator[PaintStep | None, None, str]:
    for iteration in range(1, count + 1):
        yield None
        yield step(iteration, count)
    return "painted"


def test_every_nth_is_kept_and_comes_back_to_the_bit(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path / "run", stride=10)
    task = recorded(paint(45), timeline)
    assert run(task) == "painted"
    assert [each.iteration for each in timeline.moments] == [1, 10, 20, 30, 40, 45]
    assert (timeline.read(timeline.moments[2]) == 20).all()
    again = open_timeline(tmp_path / "run")
    assert again.moments == timeline.moments
    assert again.moments[2].total == 20.5


def test_it_stays_bounded_and_even_however_long_the_run(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path, stride=1, most_moments=16)
    run(recorded(paint(500), timeline))
    kept = [each.iteration for each in timeline.moments]
    assert len(kept) <= 16
    assert kept[0] == 1
    assert kept[-1] == 500
    assert max(np.diff(kept)) <= 2 * timeline.stride
    assert len(list(tmp_path.glob("*.png"))) == len(kept)


def test_bytes_are_bounded_too(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    timeline = Timeline(tmp_path, most_bytes=100_000)
    for iteration in range(1, 60):
        timeline.add(step(iteration), noise)
        assert sum(path.stat().st_size for path in tmp_path.glob("*.png")) <= 113_000
    assert timeline.moments[-1].iteration == 59


def test_a_full_disk_ends_the_recording_and_not_the_painting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    timeline = Timeline(tmp_path)
    task = recorded(paint(6), timeline)
    for _ in range(4):
        next(task)
    monkeypatch.setattr(os, "fsync", full)
    assert run(task) == "painted"
    assert [each.iteration for each in timeline.moments] == [1, 2]
    assert timeline.problem is not None
    assert timeline.problem.code is ErrorCode.DISK_FULL


def test_a_closed_recording_closes_the_painting(tmp_path: Path) -> None:
    closed = []

    def watched() -> Generator[PaintStep, None, None]:
        try:
            while True:
                yield step(1)
        finally:
            closed.append(True)

    task = recorded(watched(), Timeline(tmp_path))
    next(task)
    task.close()
    assert closed


def test_a_damaged_timeline_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        open_timeline(tmp_path)
    assert caught.value.code is ErrorCode.FILE_MISSING
    (tmp_path / "timeline.json").write_text('{"moments": [{"file": "../secret"}]}')
    with pytest.raises(EngineError) as caught:
        open_timeline(tmp_path)
    assert caught.value.code is ErrorCode.FILE_UNREADABLE


@pytest.mark.parametrize("suffix", [".mp4", ".gif"])
def test_a_film_shows_every_moment_in_order(tmp_path: Path, suffix: str) -> None:
    timeline = Timeline(tmp_path / "run")
    for iteration in (10, 90, 170, 250):
        timeline.add(step(iteration, side=31), step(iteration, side=31).picture)
    progress = list(film(timeline, tmp_path / f"film{suffix}"))
    assert len(progress) == 4
    levels = []
    if suffix == ".mp4":
        video = cv2.VideoCapture(str(tmp_path / "film.mp4"))
        assert int(video.get(cv2.CAP_PROP_FRAME_WIDTH)) == 38
        while True:
            there, frame = video.read()
            if not there:
                break
            levels.append(float(frame.mean()))
        assert len(levels) == 4 + 21  # the last one is held for 1.5 s
    else:
        seen = Image.open(tmp_path / "film.gif")
        for index in range(getattr(seen, "n_frames", 1)):
            seen.seek(index)
            levels.append(float(np.asarray(seen.convert("RGB")).mean()))
    assert levels[:4] == pytest.approx([10, 90, 170, 250], abs=12)
    assert {path.name for path in tmp_path.iterdir()} == {"run", f"film{suffix}"}


def test_a_film_of_nothing_and_a_wrong_ending_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="Nothing was kept"):
        run(film(Timeline(tmp_path), tmp_path / "a.gif"))
    with pytest.raises(EngineError, match=r"\.mp4 or \.gif"):
        run(film(Timeline(tmp_path), tmp_path / "a.avi"))


def test_a_run_has_about_sixty_moments() -> None:
    assert stride_for(Recipe(iterations=30)) == 1
    assert stride_for(Recipe(iterations=600)) == 10
