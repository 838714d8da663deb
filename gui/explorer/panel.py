"""ExplainPanel: scan pictures with a network, look at the wall of its units, follow one to the photo."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.explorer.records import ScanStep
from engine.explorer.tasks import draw_figure, networks
from engine.paths import SAMPLES
from gui.explorer.choices import Choices
from gui.explorer.findings import UnitRef
from gui.explorer.names import network_name
from gui.explorer.notebook import Notebook
from gui.explorer.notes_tab import NotesTab
from gui.explorer.patches_tab import PatchesTab
from gui.explorer.scanning import Scanning
from gui.explorer.unit_page import UnitPage
from gui.explorer.walls_page import WallsPage
from gui.explorer.welcome import Welcome
from gui.panel import Panel
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.job_bar import JobBar

LEFT = 288
FIGURE_UNITS = 36
EXAMPLE = UnitRef("conv5", 17)


class Page(IntEnum):
    """What the middle shows."""

    WELCOME = 0
    WALLS = 1
    UNIT = 2


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
        self._filer = session.watcher(self)
        self.choices = Choices(networks(session.models))
        self.welcome = Welcome()
        self.walls = WallsPage(session, self.findings)
        self.patches = PatchesTab(session, self.findings)
        self.notes = NotesTab(self.notebook, self.findings)
        self.page = UnitPage(self.findings, (self.patches, self.notes))
        self.search = QLineEdit()
        self.job = JobBar()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_state()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self.choices.setFixedWidth(LEFT)
        self.choices.set_network(self.findings.network)
        self._stack = QStackedWidget()
        for page in (self.welcome, self.walls, self.page):
            self._stack.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(theme.space_s)
        top.addStretch(1)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(300)
        top.addWidget(self.search, 2)
        content = QVBoxLayout()
        content.setSpacing(theme.space_m)
        content.addLayout(top)
        content.addWidget(self._stack, 1)
        content.addWidget(self.job)
        around = QHBoxLayout(self)
        around.setContentsMargins(theme.space_xl, theme.space_xl, theme.space_xl, theme.space_xl)
        around.setSpacing(theme.space_xl)
        around.addWidget(self.choices)
        around.addLayout(content, 1)

    def _connect(self) -> None:
        self.choices.network_changed.connect(self._choose_network)
        self.choices.folder_chosen.connect(self.choose_folder)
        self.choices.samples_clicked.connect(lambda: self.choose_folder(SAMPLES))
        self.choices.scan_clicked.connect(self.start_scan)
        self.choices.layer_changed.connect(self.choose_layer)
        self.welcome.sample_clicked.connect(self.show_example)
        self.walls.opened.connect(self.open_unit)
        self.walls.layers_shown.connect(self.scanning.look_at)
        self.walls.figure_clicked.connect(self._ask_where)
        self.page.back_clicked.connect(self.go_back)
        self.page.opened.connect(self.open_unit)
        self.page.told.connect(self.told)
        self.page.paint_clicked.connect(self._offer_to_paint)
        self.search.returnPressed.connect(lambda: self.search_for(self.search.text()))
        self.job.cancel_clicked.connect(self.scanning.cancel)
        self.job.pause_clicked.connect(self.scanning.pause)
        self.scanning.changed.connect(self._findings_changed)
        self.scanning.progressed.connect(self._progressed)
        self.scanning.ended.connect(self._scan_ended)
        self.scanning.told.connect(self.told)
        for source in (self.scanning, self.walls, self.page, self.notebook, self._filer):
            source.failed.connect(self.report)
        self._filer.finished.connect(
            lambda path: self.told.emit(self.tr("Saved {name}.").format(name=Path(path).name))
        )
        for keys, act in ((Qt.Key.Key_Slash, self._start_search), (Qt.Key.Key_Escape, self.go_back)):
            shortcut = QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(act)

    def choose_folder(self, folder: Path) -> None:
        """Take a folder of pictures; a scan of it that was made before is shown again."""
        self._begin_anew(self.findings.network, folder)

    def choose_layer(self, name: str) -> None:
        """Show a layer's units."""
        self._layer = name
        self.walls.show_layer(name)
        self._open_page(Page.WALLS)
        self._show_state()

    def open_layer(self, network: str, layer: str) -> None:
        """Show a layer of a network, as soon as there is a scan of it."""
        if network != self.findings.network:
            self._begin_anew(network, self.findings.folder)
            self.choices.set_network(network)
        self._layer_to_open = layer
        self._findings_changed()

    def open_unit(self, ref: UnitRef) -> None:
        """Show everything about a unit."""
        if not self.findings.has(ref):
            return
        if self._stack.currentIndex() != Page.UNIT:
            self._came_from = Page(self._stack.currentIndex())
        self.walls.first.wall.choose(ref)
        self.walls.second.wall.choose(ref)
        self._open_page(Page.UNIT)
        self.page.show_unit(ref, pinned=False)
        self.page.tabs.setFocus()

    def go_back(self) -> None:
        """Leave a unit's page for the page that it was opened from."""
        if self._stack.currentIndex() == Page.UNIT:
            self.page.stop()
            self._open_page(self._came_from)
            self.walls.first.wall.grid.setFocus()

    def search_for(self, words: str) -> None:
        """Open the unit that was named, as in "conv5 17", or list the units whose notes hold the words."""
        ref = self._named(words)
        if ref is not None:
            self.open_unit(ref)

    def start_scan(self) -> None:
        """Scan the chosen folder with the chosen network; pictures scanned before are not read again."""
        if self.findings.folder is None:
            return
        self.job.start(self._scan_words(), pausable=True)
        self.scanning.start()

    def show_example(self) -> None:
        """Scan the pictures on board, then open a unit that likes dogs."""
        self._begin_anew("alexnet", SAMPLES)
        self.choices.set_network("alexnet")
        self._unit_to_open = EXAMPLE
        self.start_scan()

    def is_busy(self) -> bool:
        """Whether a scan is under way, or tiles or a photo for the screen are still being cut."""
        return self.scanning.scanning or self.scanning.opening or self.page.busy or not self.walls.settled

    def shut_down(self) -> None:
        """Stop all work; what was scanned so far is stored as the task ends."""
        self.scanning.stop()
        self._filer.stop()
        self.page.stop()
        self.walls.stop()

    def save_state(self, store: QSettings) -> None:
        """Remember network, folder and layer."""
        store.setValue("network", self.findings.network)
        store.setValue("layer", self._layer)
        store.setValue("folder", str(self.findings.folder) if self.findings.folder else "")

    def restore_state(self, store: QSettings) -> None:
        """Choose them again and show the stored scan, if there is one."""
        network = str(store.value("network", self.findings.network))
        folder = str(store.value("folder", ""))
        there = Path(folder) if folder and Path(folder).is_dir() else None
        self._begin_anew(network, there)
        self._layer = str(store.value("layer", ""))
        self.choices.set_network(network)

    def save_figure(self, path: Path) -> None:
        """Write the units on screen as a figure; the file's ending chooses the format."""
        index = self.findings.index
        if index is not None:
            layer, units = self.walls.on_screen()[0]
            self._filer.start(draw_figure(index, layer, units[:FIGURE_UNITS], path))

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.search.setPlaceholderText(self.tr("Search: conv5 17, or your notes   ( / )"))
        self.search.setAccessibleName(self.tr("Search"))
        self.choices.retranslate()
        self.walls.retranslate()
        self.page.retranslate()
        self.welcome.retranslate()
        self._show_state()

    def _choose_network(self, network: str) -> None:
        self._begin_anew(network, self.findings.folder)

    def _begin_anew(self, network: str, folder: Path | None) -> None:
        self._layer, self._layer_to_open, self._unit_to_open = "", "", None
        self.page.stop()
        self.job.finish("")
        self._open_page(Page.WELCOME)
        self.scanning.choose(network, folder)

    def _findings_changed(self) -> None:
        findings = self.findings
        names = [layer.name for layer in findings.layers]
        if names and self._layer not in names:
            self._layer = names[-1]
        if self._layer_to_open in names:
            self._layer, self._layer_to_open = self._layer_to_open, ""
        if findings.layers:
            self.walls.show_layer(self._layer)
        current = Page(self._stack.currentIndex())
        if findings.shows(self._layer) and current is Page.WELCOME:
            self._open_page(Page.WALLS)
        ref = self.page.ref
        if current is Page.UNIT and ref is not None:
            self.page.show_unit(ref, pinned=False)
        if findings.index is not None and self._unit_to_open is not None:
            wanted, self._unit_to_open = self._unit_to_open, None
            self.open_unit(wanted)
        self._show_state()

    def _progressed(self, step: ScanStep) -> None:
        self.job.show_progress(step.progress, self._scan_words(step.progress.done, step.progress.total))

    def _scan_ended(self) -> None:
        self.job.finish("")
        self._show_state()

    def _open_page(self, page: Page) -> None:
        self._stack.setCurrentIndex(page)

    def _show_state(self) -> None:
        self.choices.set_folder(self.findings.folder, on_board=self.findings.folder == SAMPLES)
        self.choices.set_layers(self.findings.layers, self._layer)
        self.choices.set_busy(self.scanning.scanning)
        self.welcome.set_waiting(self.scanning.scanning or self.scanning.opening)
        self.search.setEnabled(bool(self.findings.layers))
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

    def _start_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _offer_to_paint(self, ref: UnitRef) -> None:
        self.unit_for_paint.emit(self.findings.network, ref.layer, ref.unit)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save figure"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["PNG (*.png)", "PDF (*.pdf)", "HTML (*.html)"])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{self.findings.network}-{'-'.join(self.walls.layers)}.png")
        dialog.fileSelected.connect(lambda name: self.save_figure(Path(name)))
        dialog.open()
