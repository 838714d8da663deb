"""ExplainPanel: scan pictures with a network, look at the wall of its units, follow one to the photo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMetaMethod, QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.explorer.kinds import is_own, own_file
from engine.explorer.records import ScanStep
from engine.images import Rgb
from engine.paths import SAMPLES
from gui.explorer.ask_page import AskPage
from gui.explorer.choices import Choices
from gui.explorer.figures import Figures
from gui.explorer.find_page import FindPage
from gui.explorer.findings import UnitRef
from gui.explorer.like_tab import LikeTab
from gui.explorer.live_page import LivePage
from gui.explorer.names import network_name
from gui.explorer.navigation import Navigation, Page
from gui.explorer.network_picker import NetworkPicker
from gui.explorer.notebook import Notebook
from gui.explorer.notes_tab import NotesTab
from gui.explorer.optimised_tab import OptimisedTab
from gui.explorer.patches_tab import PatchesTab
from gui.explorer.projections_tab import ProjectionsTab
from gui.explorer.scanning import Scanning
from gui.explorer.unit_page import UnitPage
from gui.explorer.walls_page import WallsPage
from gui.explorer.welcome import Welcome
from gui.panel import Panel
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.job_bar import JobBar

LEFT = 288
EXAMPLE = UnitRef("conv5", 17)
EXAMPLE_PICTURE = SAMPLES / "dog.jpg"


class ExplainPanel(Panel):
    """What every unit of a ConvNet looks for, on the person's own pictures.

    Signals:
        unit_for_paint: network, layer and unit (-1: the whole layer) that a painting should use.
    """

    unit_for_paint = Signal(str, str, int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._layer = ""
        self._layer_to_open = ""
        self._unit_to_open: UnitRef | None = None
        self._came_from = Page.WALLS
        self.scanning = Scanning(session, self)
        self.findings = self.scanning.findings
        self.notebook = Notebook(session.paths.data / "unit-notes.json", self)
        self.figures = Figures(session, self)
        self.choices, self.picker = Choices(session.models), NetworkPicker(session, self)
        self.navigation, self.welcome, self.job = Navigation(), Welcome(), JobBar()
        self.walls = WallsPage(session, self.findings)
        self.finder = FindPage(session, self.findings, self.notebook)
        self.asker = AskPage(session, self.findings, EXAMPLE_PICTURE)
        self.live = LivePage(session, self.findings)
        self.patches = PatchesTab(session, self.findings)
        self.projections = ProjectionsTab(session, self.findings)
        self.optimised = OptimisedTab(session, self.findings)
        self.like = LikeTab(session, self.findings)
        self.notes = NotesTab(self.notebook, self.findings)
        tabs = (self.patches, self.projections, self.optimised, self.like, self.notes)
        self.page = UnitPage(self.findings, tabs)
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self.choices.setFixedWidth(LEFT)
        self.choices.set_network(self.findings.network)
        self._units = QStackedWidget()
        self._units.addWidget(self.welcome)
        self._units.addWidget(self.walls)
        self._stack = QStackedWidget()
        for page in (self._units, self.finder, self.asker, self.live, self.page):
            self._stack.addWidget(page)
        content = QVBoxLayout()
        content.setSpacing(theme.space_m)
        content.addWidget(self.navigation)
        content.addWidget(self._stack, 1)
        content.addWidget(self.job)
        around = QHBoxLayout(self)
        around.setContentsMargins(theme.space_xl, theme.space_xl, theme.space_xl, theme.space_xl)
        around.setSpacing(theme.space_xl)
        around.addWidget(self.choices)
        around.addLayout(content, 1)

    def _connect(self) -> None:
        self.choices.network_changed.connect(self.choose_network)
        self.choices.fetch_wanted.connect(self.picker.fetch)
        self.choices.published_wanted.connect(self.picker.ask_published)
        self.choices.file_wanted.connect(self.picker.ask_file)
        self.picker.chosen.connect(self.choose_network)
        self.picker.fetching.connect(self._show_download)
        self.picker.progressed.connect(lambda step: self.job.show_progress(step.progress))
        self.picker.ended.connect(lambda: self.job.finish(""))
        self.choices.folder_chosen.connect(self.choose_folder)
        self.choices.samples_clicked.connect(lambda: self.choose_folder(SAMPLES))
        self.choices.scan_clicked.connect(self.start_scan)
        self.choices.layer_changed.connect(self.choose_layer)
        self.navigation.chosen.connect(lambda page: self.open_page(Page(page)))
        self.navigation.searched.connect(self.search_for)
        self.navigation.search.left.connect(self._focus_page)
        self.welcome.sample_clicked.connect(self.show_example)
        self.walls.layers_shown.connect(self.scanning.look_at)
        self.walls.figure_clicked.connect(self._ask_for_figure)
        self.finder.ask_clicked.connect(lambda: self.open_page(Page.ASK))
        self.live.ask_clicked.connect(self._ask_about_frame)
        self.live.pins_changed.connect(self._show_pin)
        self.page.back_clicked.connect(self.go_back)
        self.page.pin_toggled.connect(self.live.pin)
        self.page.paint_clicked.connect(self._offer_to_paint)
        self.job.cancel_clicked.connect(self.scanning.cancel)
        self.job.cancel_clicked.connect(self.picker.cancel)
        self.job.pause_clicked.connect(self.scanning.pause)
        self.scanning.changed.connect(self._findings_changed)
        self.scanning.progressed.connect(self._progressed)
        self.scanning.ended.connect(self._scan_ended)
        for teller in (self.scanning, self.asker, self.page):
            teller.told.connect(self.told)
        for page in (self.walls, self.finder, self.asker, self.live, self.page):
            page.opened.connect(self.open_unit)
            page.failed.connect(self.report)
        for part in (self.scanning, self.notebook, self.figures, self.picker):
            part.failed.connect(self.report)
        self.figures.saved.connect(lambda name: self.told.emit(self.tr("Saved {name}.").format(name=name)))

    def _add_shortcuts(self) -> None:
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Slash), self.navigation.start_search),
            (QKeySequence(Qt.Key.Key_Escape), self.go_back),
            (QKeySequence("Alt+Left"), lambda: self.page.step(-1)),
            (QKeySequence("Alt+Right"), lambda: self.page.step(1)),
        ):
            QShortcut(keys, self, context=here).activated.connect(act)

    def choose_folder(self, folder: Path) -> None:
        """Take a folder of pictures; a scan of it that was made before is shown again."""
        self._begin_anew(self.findings.network, folder)

    def choose_network(self, network: str) -> None:
        """Take another network; a scan that it made of the folder before is shown again."""
        self._begin_anew(network, self.findings.folder)

    def choose_layer(self, name: str) -> None:
        """Show a layer's units."""
        self._layer = name
        self.walls.show_layer(name)
        self.open_page(Page.WALLS)
        self._show_state()

    def open_layer(self, network: str, layer: str) -> None:
        """Show a layer of a network; when there is no scan of it yet, as soon as there is one."""
        if network != self.findings.network:
            self._begin_anew(network, self.findings.folder or SAMPLES)
        self._layer_to_open = layer
        self.open_page(Page.WALLS)
        self._findings_changed()

    def open_page(self, page: Page) -> None:
        """Show a page."""
        if self._stack.currentIndex() == Page.UNIT and page is not Page.UNIT:
            self.page.stop()
        self._stack.setCurrentIndex(page)
        self.navigation.check(page)

    def open_unit(self, ref: UnitRef) -> None:
        """Show everything about a unit."""
        if not self.findings.has(ref):
            return
        if self._stack.currentIndex() != Page.UNIT:
            self._came_from = Page(self._stack.currentIndex())
        for one in (self.walls.first, self.walls.second):
            one.wall.choose(ref)
        self.open_page(Page.UNIT)
        self._show_unit(ref)
        self.page.tabs.tabBar().setFocus()

    def go_back(self) -> None:
        """Leave a unit's page for the page that it was opened from."""
        if self._stack.currentIndex() == Page.UNIT:
            self.open_page(self._came_from)
            self._focus_page()

    def search_for(self, words: str) -> None:
        """Open the unit that was named, as in "conv5 17", or list the units whose notes hold the words."""
        ref = self._named(words)
        if ref is not None:
            self.open_unit(ref)
        elif words.strip():
            self.finder.find_notes(words)
            self.open_page(Page.FIND)

    def start_scan(self) -> None:
        """Scan the chosen folder with the chosen network; pictures scanned before are not read again."""
        if self.findings.folder is None:
            return
        self.open_page(Page.WALLS)
        self.job.start(self._scan_words(), pausable=True)
        self.scanning.start()

    def show_example(self) -> None:
        """Scan the pictures on board, then open a unit that likes dogs."""
        self._begin_anew("alexnet", SAMPLES)
        self._unit_to_open = EXAMPLE
        self.start_scan()

    def is_busy(self) -> bool:
        """Whether a scan is under way, or something on screen is still to come."""
        pages = (self.finder, self.asker)
        return (
            self.scanning.scanning
            or self.scanning.opening
            or self.figures.saving
            or self.page.busy
            or not self.walls.settled
            or any(page.isVisible() and page.busy for page in pages)
        )

    def shut_down(self) -> None:
        """Stop all work; what was scanned so far is stored as the task ends."""
        pages = (self.page, self.walls, self.finder, self.asker, self.live)
        for part in (self.scanning, self.picker, self.figures, *pages):
            part.stop()

    def save_state(self, store: QSettings) -> None:
        """Remember network, folder and layer."""
        store.setValue("network", self.findings.network)
        store.setValue("layer", self._layer)
        store.setValue("folder", str(self.findings.folder) if self.findings.folder else "")

    def restore_state(self, store: QSettings) -> None:
        """Choose them again and show the stored scan, if there is one."""
        network = str(store.value("network", self.findings.network))
        folder = str(store.value("folder", ""))
        if is_own(network) and not own_file(network).is_file():
            network = self.findings.network
        self._begin_anew(network, Path(folder) if folder and Path(folder).is_dir() else None)
        self._layer = str(store.value("layer", ""))

    def retranslate(self) -> None:
        """Set every visible text again."""
        for part in (
            self.navigation,
            self.choices,
            self.walls,
            self.finder,
            self.asker,
            self.live,
            self.page,
        ):
            part.retranslate()
        self.welcome.retranslate()
        self._show_state()

    def _begin_anew(self, network: str, folder: Path | None) -> None:
        self._layer, self._layer_to_open, self._unit_to_open = "", "", None
        self.job.finish("")
        if self._stack.currentIndex() == Page.UNIT:
            self.open_page(Page.WALLS)
        self.choices.set_network(network)
        self.scanning.choose(network, folder)

    def _show_download(self, network: str) -> None:
        self.job.start(self.tr("Downloading {name}").format(name=network_name(network)))

    def _findings_changed(self) -> None:
        findings = self.findings
        names = [layer.name for layer in findings.layers]
        if names and self._layer not in names:
            self._layer = names[-1]
        if self._layer_to_open in names:
            self._layer, self._layer_to_open = self._layer_to_open, ""
        if findings.layers:
            self.walls.show_layer(self._layer)
        ref = self.page.ref
        if self._stack.currentIndex() == Page.UNIT and ref is not None:
            self._show_unit(ref)
        if not self.scanning.scanning:
            for page in (self.finder, self.asker, self.live):
                page.findings_changed()
        if findings.index is not None and self._unit_to_open is not None:
            wanted, self._unit_to_open = self._unit_to_open, None
            self.open_unit(wanted)
        self._show_state()

    def _progressed(self, step: ScanStep) -> None:
        self.job.show_progress(step.progress, self._scan_words(step.progress.done, step.progress.total))

    def _scan_ended(self) -> None:
        self.job.finish("")
        self._show_state()

    def _show_state(self) -> None:
        self.choices.set_folder(self.findings.folder, on_board=self.findings.folder == SAMPLES)
        self.choices.set_layers(self.findings.layers, self._layer)
        self.choices.set_busy(self.scanning.scanning)
        self.welcome.set_waiting(self.scanning.scanning or self.scanning.opening)
        self._units.setCurrentWidget(self.walls if self.findings.shows(self._layer) else self.welcome)
        skipped, note = self.scanning.skipped, self.walls.skipped_note
        note.setVisible(bool(skipped))
        note.setText(self.tr("{count} files skipped").format(count=len(skipped)))
        note.setToolTip("\n".join(f"{one.file}: {one.reason}" for one in skipped[:30]))

    def _scan_words(self, done: int = 0, total: int = 0) -> str:
        name = network_name(self.findings.network)
        if not total:
            return self.tr("{network}: getting ready…").format(network=name)
        words = self.tr("{network}: {done} of {total} pictures seen")
        return words.format(
            network=name, done=f"{done:,}".replace(",", " "), total=f"{total:,}".replace(",", " ")
        )

    def _named(self, words: str) -> UnitRef | None:
        """Return the unit that "conv5 17" names, or "17" in the layer on screen."""
        *layer, unit = words.replace(":", " ").replace("·", " ").split() or [""]
        if not unit.isdecimal() or len(layer) > 1:
            return None
        ref = UnitRef(layer[0] if layer else self._layer, int(unit))
        return ref if self.findings.has(ref) else None

    def _focus_page(self) -> None:
        page = Page(self._stack.currentIndex())
        places = {
            Page.WALLS: self.walls.first.wall.grid,
            Page.FIND: self.finder.wall.grid,
            Page.ASK: self.asker.view,
            Page.LIVE: self.live.bar.go,
            Page.UNIT: self.page.tabs.tabBar(),
        }
        places[page].setFocus()

    def _show_unit(self, ref: UnitRef) -> None:
        listened_to = self.isSignalConnected(QMetaMethod.fromSignal(self.unit_for_paint))
        self.page.show_unit(ref, pinned=ref in self.live.pinned, paintable=listened_to)

    def _show_pin(self) -> None:
        if self.page.ref is not None:
            self.page.pin.setChecked(self.page.ref in self.live.pinned)

    def _ask_about_frame(self, rgb: Rgb) -> None:
        self.asker.open_frame(rgb, self.tr("A frame of the camera"))
        self.open_page(Page.ASK)

    def _offer_to_paint(self, ref: UnitRef) -> None:
        self.unit_for_paint.emit(self.findings.network, ref.layer, ref.unit)

    def _ask_for_figure(self) -> None:
        if self.findings.index is not None:
            self.figures.ask(self.findings.index, self.walls.on_screen())
