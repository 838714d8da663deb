"""Pages: what the middle of the Explain panel can show, and the way from one page to another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.images import Rgb
from gui.explorer.ask_page import AskPage
from gui.explorer.find_page import FindPage
from gui.explorer.findings import Findings, UnitRef
from gui.explorer.like_tab import LikeTab
from gui.explorer.live_page import LivePage
from gui.explorer.navigation import Navigation, Page
from gui.explorer.notebook import Notebook
from gui.explorer.notes_tab import NotesTab
from gui.explorer.optimised_tab import OptimisedTab
from gui.explorer.patches_tab import PatchesTab
from gui.explorer.projections_tab import ProjectionsTab
from gui.explorer.unit_page import UnitPage
from gui.explorer.walls_page import WallsPage
from gui.explorer.welcome import Welcome
from gui.session import Session
from gui.theme import theme_of


class Pages(QWidget):
    """Units (the walls, or the welcome before there are any), Find, Point and ask, Live, and one unit's page.

    Signals:
        failed: a task failed, with its error.
        told: a sentence for the status bar.
        paint_wanted: the :class:`UnitRef` that a painting should use.
    """

    failed = Signal(object)
    told = Signal(str)
    paint_wanted = Signal(object)

    def __init__(self, session: Session, findings: Findings, notebook: Notebook, example: Path) -> None:
        super().__init__()
        self._findings = findings
        self._came_from = Page.WALLS
        self._layer = ""
        self.navigation, self.welcome = Navigation(), Welcome()
        self.walls = WallsPage(session, findings)
        self.finder = FindPage(session, findings, notebook)
        self.asker = AskPage(session, findings, example)
        self.live = LivePage(session, findings)
        self.patches = PatchesTab(session, findings)
        self.projections = ProjectionsTab(session, findings)
        self.optimised = OptimisedTab(session, findings)
        self.like = LikeTab(session, findings)
        self.notes = NotesTab(notebook, findings)
        tabs = (self.patches, self.projections, self.optimised, self.like, self.notes)
        self.unit = UnitPage(findings, tabs)
        self._all = (self.walls, self.finder, self.asker, self.live, self.unit)
        self._units, self._stack = QStackedWidget(), QStackedWidget()
        self._units.addWidget(self.welcome)
        self._units.addWidget(self.walls)
        for page in (self._units, self.finder, self.asker, self.live, self.unit):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme_of(self).space_m)
        column.addWidget(self.navigation)
        column.addWidget(self._stack, 1)
        self.navigation.check(Page.WALLS)
        self._connect()

    def _connect(self) -> None:
        self.navigation.chosen.connect(lambda page: self.open_page(Page(page)))
        self.navigation.searched.connect(self.search_for)
        self.navigation.search.left.connect(self.focus_page)
        self.finder.ask_clicked.connect(lambda: self.open_page(Page.ASK))
        self.live.ask_clicked.connect(self._ask_about_frame)
        self.live.pins_changed.connect(self._show_pin)
        self.unit.back_clicked.connect(self.go_back)
        self.unit.pin_toggled.connect(self.live.pin)
        self.unit.paint_clicked.connect(self.paint_wanted)
        for page in self._all:
            page.opened.connect(self.open_unit)
            page.failed.connect(self.failed)
        for teller in (self.asker, self.unit):
            teller.told.connect(self.told)

    def add_shortcuts(self, to: QWidget) -> None:
        """Let the keyboard go from page to page wherever in a widget it is."""
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Slash), self.navigation.start_search),
            (QKeySequence(Qt.Key.Key_Escape), self.go_back),
            (QKeySequence("Alt+Left"), lambda: self.unit.step(-1)),
            (QKeySequence("Alt+Right"), lambda: self.unit.step(1)),
        ):
            QShortcut(keys, to, context=here).activated.connect(act)

    @property
    def current(self) -> Page:
        """The page in front."""
        return Page(self._stack.currentIndex())

    @property
    def busy(self) -> bool:
        """Whether something on screen is still to come."""
        pages = (self.finder, self.asker)
        return (
            self.unit.busy or not self.walls.settled or any(page.isVisible() and page.busy for page in pages)
        )

    def show_layer(self, name: str) -> None:
        """Show a layer's units where units are shown, or the welcome as long as there are none."""
        self._layer = name
        if self._findings.layers:
            self.walls.show_layer(name)

    def show_welcome(self) -> None:
        """Show the walls as soon as there is anything on them."""
        shown = self._findings.shows(self._layer)
        self._units.setCurrentWidget(self.walls if shown else self.welcome)

    def findings_changed(self, *, scanning: bool) -> None:
        """Follow what is known: the unit that is shown at once, pages that need a whole scan after it."""
        ref = self.unit.ref
        if self.current is Page.UNIT and ref is not None:
            self._show_unit(ref)
        if not scanning:
            for page in (self.finder, self.asker, self.live):
                page.findings_changed()

    def open_page(self, page: Page) -> None:
        """Show a page."""
        if self.current is Page.UNIT and page is not Page.UNIT:
            self.unit.stop()
        self._stack.setCurrentIndex(page)
        self.navigation.check(page)

    def open_unit(self, ref: UnitRef) -> None:
        """Show everything about a unit."""
        if not self._findings.has(ref):
            return
        if self.current is not Page.UNIT:
            self._came_from = self.current
        for one in (self.walls.first, self.walls.second):
            one.wall.choose(ref)
        self.open_page(Page.UNIT)
        self._show_unit(ref)
        self.unit.tabs.tabBar().setFocus()

    def leave_unit(self) -> None:
        """Go to the walls when a unit's page is open: it may not be there any more."""
        if self.current is Page.UNIT:
            self.open_page(Page.WALLS)

    def go_back(self) -> None:
        """Leave a unit's page for the page that it was opened from."""
        if self.current is Page.UNIT:
            self.open_page(self._came_from)
            self.focus_page()

    def search_for(self, words: str) -> None:
        """Open the unit that was named, as in "conv5 17", or list the units whose notes hold the words."""
        ref = self._named(words)
        if ref is not None:
            self.open_unit(ref)
        elif words.strip():
            self.finder.find_notes(words)
            self.open_page(Page.FIND)

    def focus_page(self) -> None:
        """Put the keyboard to where a page is used."""
        places = {
            Page.WALLS: self.walls.first.wall.grid,
            Page.FIND: self.finder.wall.grid,
            Page.ASK: self.asker.subject.view,
            Page.LIVE: self.live.bar.go,
            Page.UNIT: self.unit.tabs.tabBar(),
        }
        places[self.current].setFocus()

    def stop(self) -> None:
        """End all work for good."""
        for page in self._all:
            page.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        for part in (self.navigation, self.welcome, *self._all):
            part.retranslate()

    def _named(self, words: str) -> UnitRef | None:
        """Return the unit that "conv5 17" names, or "17" in the layer on screen."""
        *layer, unit = words.replace(":", " ").replace("·", " ").split() or [""]
        if not unit.isdecimal() or len(layer) > 1:
            return None
        ref = UnitRef(layer[0] if layer else self._layer, int(unit))
        return ref if self._findings.has(ref) else None

    def _show_unit(self, ref: UnitRef) -> None:
        self.unit.show_unit(ref, pinned=ref in self.live.pinned)

    def _show_pin(self) -> None:
        if self.unit.ref is not None:
            self.unit.pin.setChecked(self.unit.ref in self.live.pinned)

    def _ask_about_frame(self, rgb: Rgb) -> None:
        self.asker.open_frame(rgb, self.tr("A frame of the camera"))
        self.open_page(Page.ASK)
