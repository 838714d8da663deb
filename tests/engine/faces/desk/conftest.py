"""Fixtures of the desk's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.faces.tasks import Register, enrol
from engine.jobs import run
from engine.models import Models
from tests.engine.faces.desk.driving import LINES


@pytest.fixture
def enrolled(models: Models, people: dict[str, list[Path]], tmp_path: Path) -> Path:
    database = tmp_path / "gallery.sqlite"
    for name in ("Barack Obama", "Joe Biden"):
        run(enrol(models, Register(database, name, LINES), people[name][:1]))
    return database
