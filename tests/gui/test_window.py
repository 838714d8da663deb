"""The window: up before torch, remembers, follows settings, reports problems, closes cleanly."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.device import Device
from engine.errors import EngineError, ErrorCode
from engine.paths import user_paths
from engine.settings import load_settings
from gui import settings_page
from gui.application import Looks
from gui.faults import Faults
from gui.main_window import SMALLEST, MainWindow
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.notice import NoticeBar

ROOT = Path(__file__).resolve().parents[2]


def told(bar: NoticeBar) -> str:
    return "\n".join(notice.text() for notice in bar.notices())


def again(window: MainWindow) -> MainWindow:
    """Close a window and open the next one of the same person."""
    window.close()
    entries = [page.entry for page in window._pages]
    return MainWindow(Session(user_paths()), entries, lambda _session: QWidget())


def test_the_window_is_built_before_torch_is_imported() -> None:
    program = """
import sys
from engine.paths import user_paths
from gui.app import PANELS, MainWindow, Session, make_application, make_networks
app = make_application()
session = Session(user_paths())
window = MainWindow(session, PANELS, make_networks)
window.show()
window.complete()
app.processEvents()
heavy = [name for name in ("torch", "torchvision", "cv2") if name in sys.modules]
window.close()
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_keys_and_the_rail_change_the_page(window: MainWindow) -> None:
    shortcuts = {shortcut.key().toString(): shortcut for shortcut in window.findChildren(QShortcut)}
    for key, index in (("Ctrl+3", 2), ("Ctrl+2", 1), ("Ctrl+1", 0), ("Ctrl+,", 3)):
        assert shortcuts[key].context() is Qt.ShortcutContext.WindowShortcut
        shortcuts[key].activated.emit()
        assert window._stack.currentIndex() == index
        assert window._rail._group.checkedId() == index
    window._rail._group.button(1).click()
    assert window._stack.currentIndex() == 1


def test_it_fits_its_smallest_size(qtbot: QtBot, window: MainWindow) -> None:
    window.show()
    window.resize(SMALLEST)
    assert window.size() == SMALLEST
    assert QSize(1024, 680) == SMALLEST


def test_page_size_and_panels_are_remembered(qtbot: QtBot, window: MainWindow) -> None:
    window.show()
    window.resize(1100, 700)
    window.open_page(2)
    window.panels[1].line.setText("sunflowers")  # type: ignore[attr-defined]
    new = again(window)
    qtbot.addWidget(new)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert new.height() == 700
    assert new.width() == 1100 or room.width() < 1100
    assert new._stack.currentIndex() == 2
    assert new.panels[1].line.text() == "sunflowers"  # type: ignore[attr-defined]
    new.close()


def test_a_window_left_on_a_screen_that_is_gone_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    window.show()
    window.move(QPoint(9000, 9000))
    new = again(window)
    qtbot.addWidget(new)
    new.show()
    assert QGuiApplication.primaryScreen().availableGeometry().intersects(new.frameGeometry())
    new.close()


@pytest.mark.parametrize("content", [b"", b"[window]\ngeometry=rubbish\npage=banana\n", b"\x00\xff" * 50])
def test_a_damaged_window_file_is_no_obstacle(qtbot: QtBot, content: bytes) -> None:
    path = user_paths().window_file
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    window = MainWindow(Session(user_paths()), (), lambda _session: QWidget())
    qtbot.addWidget(window)
    window.show()
    window.close()


def test_bad_settings_are_named_and_never_fatal(qtbot: QtBot) -> None:
    path = user_paths().settings_file
    path.parent.mkdir(parents=True)
    path.write_text('theme = "purple"\nlanguage = "en"\n', encoding="utf-8")
    window = MainWindow(Session(user_paths()), (), lambda _session: QWidget())
    qtbot.addWidget(window)
    assert "theme" in told(window.notices)
    assert "purple" in told(window.notices)
    window.close()


def test_the_foot_tells_of_the_engine(
    monkeypatch: pytest.MonkeyPatch, window: MainWindow, session: Session
) -> None:
    monkeypatch.setattr(settings_page, "available", lambda: (Device("cpu", "A processor", 0),))

    def words() -> str:
        return " ".join(label.text() for label in window.statusBar().findChildren(QLabel))

    assert "Loading" in words()
    session.device_changed.emit(Device("cuda:0", "Fast GPU", 1))
    assert "Fast GPU" in words()


def test_an_engine_that_does_not_load_is_a_notice(window: MainWindow, session: Session) -> None:
    session.problem.emit(EngineError(ErrorCode.TORCH_MISMATCH, "They do not match."))
    assert "torchvision" in told(window.notices)
    assert "did not load" in window._device_name.text()


def test_a_panels_problem_is_a_notice_above_it(window: MainWindow) -> None:
    window.panels[1].problem.emit(EngineError(ErrorCode.DISK_FULL, "Full.", "/pictures/x.png"))
    assert "/pictures/x.png" in told(window._pages[1].notices)
    assert told(window._pages[0].notices) == ""
    window.panels[0].told.emit("Saved.")
    assert window.statusBar().currentMessage() == "Saved."
    window.panels[0].receipt_given.emit("Receipt 12.")
    assert "Receipt 12." in told(window._pages[0].notices), "a receipt stays until somebody has taken it"


def test_a_choice_in_the_settings_holds_at_once_and_is_saved(
    qapp: QApplication, window: MainWindow, session: Session
) -> None:
    looks = Looks(qapp, session)
    combo = window.settings_page.findChild(QComboBox, "theme")
    combo.setCurrentIndex(combo.findData("dark"))
    combo.activated.emit(combo.currentIndex())
    assert theme_of().name == "dark"
    assert load_settings(user_paths().settings_file)[0].theme == "dark"
    looks.deleteLater()


def test_settings_that_cannot_be_saved_are_a_notice(window: MainWindow) -> None:
    user_paths().config.write_text("a file where the folder should be")
    combo = window.settings_page.findChild(QComboBox, "theme")
    combo.setCurrentIndex(combo.findData("dark"))
    combo.activated.emit(combo.currentIndex())
    assert str(user_paths().settings_file) in told(window.notices)


def test_closing_stops_the_panels_work(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    window.show()
    for panel in window.panels:
        panel.start()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: all(panel.started for panel in window.panels))  # type: ignore[attr-defined]
    window.close()
    assert all(panel.ended for panel in window.panels)  # type: ignore[attr-defined]
    assert QSettings(str(user_paths().window_file), QSettings.Format.IniFormat).contains("window/geometry")


@pytest.mark.parametrize("thread", [False, True])
def test_an_uncaught_exception_is_shown_and_logged_and_not_swallowed(
    qtbot: QtBot,
    window: MainWindow,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    thread: bool,
) -> None:
    faults = Faults()
    faults.happened.connect(window.show_fault)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    faults.install()

    def break_down() -> None:
        raise ZeroDivisionError("broken on purpose")

    try:
        if thread:
            worker = threading.Thread(target=break_down)
            worker.start()
            worker.join()
        else:
            try:
                break_down()
            except ZeroDivisionError:
                sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: "broken on purpose" in told(window.notices))
    finally:
        faults.uninstall()
    assert "Traceback" in told(window.notices)
    assert "broken on purpose" in capsys.readouterr().err
    assert "broken on purpose" in caplog.text


def test_a_damaged_list_of_models_still_opens_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui import session as session_module

    class Damaged(session_module.Models):
        def __init__(self, downloads: Path, cards: tuple[()] | None = None) -> None:
            if cards is None:
                raise EngineError(ErrorCode.MODEL_DAMAGED, "The list cannot be read.", "models.toml")
            super().__init__(downloads, cards=cards)

    monkeypatch.setattr(session_module, "Models", Damaged)
    window = MainWindow(Session(user_paths()), (), lambda _session: QWidget())
    qtbot.addWidget(window)
    assert "models.toml" in told(window.notices)
    window.close()
