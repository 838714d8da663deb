"""The real VGG16 on board and two real pictures, small."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from engine.convnets import ConvNet
from engine.models import Models
from engine.style.samples import sample_pairs


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="session")
def vgg16(models: Models) -> ConvNet:
    return cast("ConvNet", models.network("vgg16"))


@pytest.fixture(scope="session")
def pair() -> tuple[Path, Path]:
    return sample_pairs()[0]
