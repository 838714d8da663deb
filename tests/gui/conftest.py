"""For tests of the window: an application with the program's looks, sessions that end, plain panels."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from engine.jobs import Priority, Task
from engine.paths import user_paths
from gui.guide import Guide
from gui.main_window import MainWindow
from gui.panel import Panel
from gui.panel_page import PanelEntry
from gui.session import Session
from gui.theme import apply_theme


class PlainPanel(Panel):
    """A panel with one line of text to remember and one job that never ends by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)
        self.watcher = session.watcher(self)
        self.started = self.ended = False
        self.retranslated = 0

    def work(self) -> Task[int, None]:
        try:
            self.started = True
            while True:
                yield 1
        finally:
            self.ended = True

    def start(self) -> None:
        self.watcher.start(self.work(), Priority.BATCH)

    def retranslate(self) -> None:
        self.retranslated += 1

    def is_busy(self) -> bool:
        return self.watcher.running

    def shut_down(self) -> None:
        self.watcher.stop()

    def save_state(self, store: QSettings) -> None:
        store.setValue("line", self.line.text())

    def restore_state(self, store: QSettings) -> None:
        self.line.setText(str(store.value("line", "")))


NO_GUIDE = Guide("Panel", "About", ("First",), ())
PLAIN = tuple(PanelEntry(key, key, PlainPanel, NO_GUIDE) for key in ("recognise", "paint", "explain"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Collect garbage between tests only, never on an engine's thread or while Qt goes through all widgets.

    The program has gui.garbage for this.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture(autouse=True)
def looks(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    apply_theme(qapp, "light")


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    session = Session(user_paths())
    yield session
    assert session.close(), "the engine thread did not end"


@pytest.fixture
def window(session: Session) -> Iterator[MainWindow]:
    window = MainWindow(session, PLAIN, lambda _session: QWidget())
    yield window
    window.close()
    window.deleteLater()
