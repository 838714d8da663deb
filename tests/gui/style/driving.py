"""What a person does with the Paint panel: drop files, start, wait."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from engine.style.samples import sample_pairs
from gui.session import Session
from gui.style.panel import PaintPanel
from gui.style.run import Stage

SMALL = {"size": 64, "iterations": 5, "pyramid": False}

PATIENCE = 120_000


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(panel: PaintPanel, qtbot: QtBot, content: Path, *styles: Path) -> None:
    for slot, paths in ((panel.column.content, [content]), (panel.column.styles, list(styles))):
        with qtbot.waitSignal(slot.changed, timeout=PATIENCE):
            slot.zone.offer(files(*paths))


def until(panel: PaintPanel, qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: panel.run.stage is stage, timeout=PATIENCE)


def begin(panel: PaintPanel, session: Session, qtbot: QtBot, iterations: int = 10_000) -> None:
    """Paint for long, and wait until something is painted."""
    panel.column.set_values({"iterations": iterations})
    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    panel.start()
    qtbot.waitUntil(lambda: panel.run.iteration >= 2, timeout=PATIENCE)
