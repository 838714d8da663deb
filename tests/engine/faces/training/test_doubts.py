"""Photos in the wrong folder: groups by hand, and real photos of two people in one folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.faces.training.dataset import gather
from engine.faces.training.doubts import find_doubts, groups
from engine.faces.training.records import FaceSet
from engine.images import read_picture
from engine.jobs import run
from engine.models import Models
from tests.engine.faces.training.patterns import patterns
from tests.engine.faces.training.test_dataset import put


def on_a_circle(*degrees: float) -> np.ndarray:
    """Unit vectors; d = 2 − 2 cos of the angle between."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def faces_of(*counts: int) -> FaceSet:
    owners = np.repeat(np.arange(len(counts)), counts)
    made = patterns(1, len(owners))
    names = tuple("ABCDEF"[: len(counts)])
    files = tuple(f"{names[owner]}/{place}.png" for place, owner in enumerate(owners))
    return replace(made, people=names, owners=owners, files=files)


def test_groups_are_chains_of_near_photos() -> None:
    # 20° apart is d = 0.12, 40° is 0.47: at 0.2 neighbours touch, and a chain is one group.
    assert groups(on_a_circle(0, 20, 40, 60, 120, 140), 0.2).tolist() == [0, 0, 0, 0, 4, 4]
    assert groups(on_a_circle(0, 90), 0.2).tolist() == [0, 1]


def test_the_smaller_group_is_doubtful_and_a_draw_puts_all_in_doubt() -> None:
    faces = faces_of(3, 2, 1)
    vectors = on_a_circle(0, 10, 95, 90, 200, 300)
    found = {doubt.file: doubt for doubt in find_doubts(faces, vectors, 0.2)}
    assert set(found) == {"A/2.png", "B/3.png", "B/4.png"}
    assert found["A/2.png"].like == "B"
    assert not found["A/2.png"].undecided
    assert found["B/3.png"].undecided
    assert found["B/3.png"].like == "A"
    assert found["B/4.png"].like == ""


def test_two_people_in_one_folder_are_found_by_the_encoder_on_board(
    people: dict[str, list[Path]], models: Models, tmp_path: Path
) -> None:
    folder = tmp_path / "people"
    one, *_ = people["Joe Biden"]
    other = people["Eileen Collins"][0]
    for number, photo in enumerate([*people["Barack Obama"], one]):
        put(folder, f"Barack/{number}.png", read_picture(photo).rgb)
    put(folder, "Eileen/0.png", read_picture(other).rgb)
    found = run(gather(models, folder, tmp_path / "cache")).doubts
    assert [doubt.file for doubt in found] == ["Barack/2.png"]
    assert "other photos of Barack" in found[0].sentence


def test_a_folder_of_one_photo_is_never_doubtful() -> None:
    assert find_doubts(faces_of(1, 1), on_a_circle(0, 0)) == ()
