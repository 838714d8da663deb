"""What tests of the lab share: waiting, and taking a data set."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from engine.faces.training.records import FaceSet
from gui.faces.lab.page import LabPage

PATIENCE_MS = 90_000


def settle(qtbot: QtBot, ready: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(ready()), timeout=PATIENCE_MS)


def take(page: LabPage, faces: FaceSet) -> None:
    page.lab._finished(faces)  # as when a folder has been read
    page.form.set_value({"epochs": 2, "people": 3, "photos": 3})
