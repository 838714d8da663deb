"""For tests of faces: the real networks, the people on board, and pictures made from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.faces.liveness.passive import NETWORKS
from engine.faces.recogniser import Recogniser
from engine.images import Rgb, read_picture
from engine.models import Models
from engine.samples import samples


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="session")
def passive_models(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Models:
    """Models with the passive liveness networks, which are not on board."""
    folder = tmp_path_factory.mktemp("with-passive")
    models = Models(folder)
    for name, _ in NETWORKS:
        given = data / "models" / "minifasnet" / models.card(name).file
        if not given.is_file():
            pytest.skip(f"no passive liveness networks at {given}")
        (folder / given.name).symlink_to(given)
    return models


@pytest.fixture(scope="session")
def recogniser(models: Models) -> Recogniser:
    return Recogniser(models)


@pytest.fixture(scope="session")
def people() -> dict[str, list[Path]]:
    """The photos on board, by the person they show."""
    found: dict[str, list[Path]] = {}
    for sample in samples("face"):
        if sample.person:
            found.setdefault(sample.person, []).append(sample.path)
    return found


@pytest.fixture(scope="session")
def portrait(people: dict[str, list[Path]]) -> Rgb:
    return read_picture(people["Barack Obama"][0]).rgb


@pytest.fixture(scope="session")
def no_face() -> Rgb:
    """Soft noise: a picture in which nobody is."""
    coarse = np.random.default_rng(0).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    return np.ascontiguousarray(np.repeat(np.repeat(coarse, 20, axis=0), 20, axis=1))
