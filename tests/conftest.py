"""Shared by all tests: a home of their own, and where the evaluation data is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # on a busy machine any example may take long
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("TRIPTYCH_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test user folders of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("TRIPTYCH_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder of real evaluation data, or skip with a reason."""
    if not DATA.is_dir():
        pytest.skip(f"no evaluation data at {DATA} (set TRIPTYCH_DATA)")
    return DATA
