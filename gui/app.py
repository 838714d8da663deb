"""Opens the window: application, language, appearance, fault hooks; wires the engine to the window."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from engine.logs import log_to
from engine.paths import UserPaths, user_paths
from gui.application import Looks, close_on_interrupt, make_application
from gui.explorer.guide import GUIDE as EXPLAIN_GUIDE
from gui.faces.guide import GUIDE as RECOGNISE_GUIDE
from gui.faults import Faults
from gui.garbage import Collector
from gui.main_window import MainWindow, after_first_paint
from gui.panel import Panel
from gui.panel_page import PanelEntry
from gui.screenshots import NAMES, run_at_double_density, take_dense_screenshot, take_screenshots
from gui.session import Session
from gui.style.guide import GUIDE as PAINT_GUIDE


def make_recognise(session: Session, parent: QWidget) -> Panel:
    """Return the Recognise panel; imported here, so that the window need not wait for it."""
    from gui.faces.panel import RecognisePanel

    return RecognisePanel(session, parent)


def make_paint(session: Session, parent: QWidget) -> Panel:
    """Return the Paint panel."""
    from gui.style.panel import PaintPanel

    return PaintPanel(session, parent)


def make_explain(session: Session, parent: QWidget) -> Panel:
    """Return the Explain panel."""
    from gui.explorer.panel import ExplainPanel

    return ExplainPanel(session, parent)


def join_panels(window: MainWindow) -> None:
    """Let Paint and Explain send layers and units to each other: panels know nothing of one another."""

    def made(key: str, panel: Panel) -> None:
        if key == "explain":
            panel.unit_for_paint.connect(to_paint)  # type: ignore[attr-defined]
        elif key == "paint":
            panel.layer_for_explain.connect(to_explain)  # type: ignore[attr-defined]

    def to_paint(network: str, layer: str, unit: int) -> None:
        window.open_panel("paint").take_unit(network, layer, unit)  # type: ignore[attr-defined]

    def to_explain(network: str, layer: str) -> None:
        window.open_panel("explain").open_layer(network, layer)  # type: ignore[attr-defined]

    window.panel_made.connect(made)


def make_networks(session: Session) -> QWidget:
    """Return the page of the networks."""
    from gui.models_page import ModelsPage

    return ModelsPage(session)


PANELS = (
    PanelEntry("recognise", "recognise", make_recognise, RECOGNISE_GUIDE),
    PanelEntry("paint", "paint", make_paint, PAINT_GUIDE),
    PanelEntry("explain", "explain", make_explain, EXPLAIN_GUIDE),
)


def run_window(arguments: Sequence[str]) -> int:
    """Open the window and return the exit status when it is closed.

    With ``--screenshots DIR``, save a picture of every panel in every language and appearance and end.
    """
    options = _parse(arguments)
    if options.screenshots is None:
        return _run(user_paths(), None)
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="triptych-") as home:
        os.environ["TRIPTYCH_HOME"] = home  # nobody's own people and pictures get into a screenshot
        status = _run(user_paths(), options.screenshots, dense=options.dense, only=options.only)
    if options.dense or options.only not in (None, "explain"):
        return status
    return max(status, run_at_double_density(options.screenshots))


def _run(paths: UserPaths, screenshots: Path | None, *, dense: bool = False, only: str | None = None) -> int:
    handler = log_to(paths.log_file)
    faults = Faults()
    faults.install()
    app = make_application()
    collector, session = Collector(app), Session(paths)
    session.device_changed.connect(lambda _: collector.spare())
    looks = Looks(app, session)
    window = MainWindow(session, PANELS, make_networks)
    join_panels(window)
    faults.happened.connect(window.show_fault)
    stop_listening = close_on_interrupt(window.close)
    try:
        if screenshots is not None:
            if dense:
                return take_dense_screenshot(window, session, looks.follow, screenshots)
            return take_screenshots(window, session, looks.follow, screenshots, only)
        if not window.closed:
            window.show()
        after_first_paint(lambda: _go_on(window, session))
        return app.exec()
    finally:
        window.close()
        stop_listening()
        collector.stop()
        faults.uninstall()
        logging.getLogger().removeHandler(handler)
        handler.close()


def _go_on(window: MainWindow, session: Session) -> None:
    """Do what the window could be shown without: panels, and torch on the engine thread."""
    if window.closed:
        return
    window.make_current()
    session.load()
    after_first_paint(window.complete)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py", description="Open the window.")
    parser.add_argument(
        "--screenshots", type=Path, metavar="DIR", help="save a picture of every panel into DIR and end"
    )
    parser.add_argument("--only", choices=NAMES, help="with --screenshots: the pictures of one page only")
    parser.add_argument("--dense", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(list(arguments))


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
