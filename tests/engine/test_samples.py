"""The pictures on board are there, readable, small, and each has a stated licence."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.folders import picture_files
from engine.images import read_picture
from engine.paths import SAMPLES
from engine.samples import Role, samples

ROLES: tuple[Role, ...] = ("content", "style", "explain", "face")


@pytest.mark.parametrize(("role", "least"), [("content", 2), ("style", 3), ("explain", 40), ("face", 3)])
def test_there_are_enough_for_each_panel(role: Role, least: int) -> None:
    assert len(samples(role)) >= least


def test_every_sample_opens_and_has_a_licence_and_an_author() -> None:
    page = (SAMPLES / "LICENSES.md").read_text(encoding="utf-8")
    for role in ROLES:
        for sample in samples(role):
            picture = read_picture(sample.path)
            assert min(picture.size) >= 160
            assert max(picture.size) <= 640
            assert sample.license
            assert sample.author
            assert f"| {sample.path.name} |" in page


def test_no_picture_is_there_without_an_entry() -> None:
    listed = {sample.path for role in ROLES for sample in samples(role)}
    assert set(picture_files(SAMPLES)) == listed


def test_together_they_are_small() -> None:
    assert sum(path.stat().st_size for path in picture_files(SAMPLES)) <= 4_000_000


def test_one_person_has_two_photos_and_there_are_others() -> None:
    people = [sample.person for sample in samples("face")]
    assert all(people)
    assert max(people.count(person) for person in people) >= 2
    assert len(set(people)) >= 3


@pytest.mark.parametrize("text", [None, "not [toml", "[[sample]]\nfile = 'a.jpg'\nroles = ['face']", "x = 1"])
def test_a_damaged_list_is_said(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "samples.toml").write_text(text)
    with pytest.raises(EngineError) as caught:
        samples("face", tmp_path)
    assert caught.value.code is ErrorCode.FILE_UNREADABLE
