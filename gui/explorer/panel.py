"""ExplainPanel: scan pictures with a network, look at the wall of its units, follow one to the photo."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.explorer.index import Index
from engine.explorer.patches import Patch, PatchReader
from engine.explorer.preprocess import IMAGENET
from engine.explorer.records import (
    Entry,
    Layer,
    LiveLayer,
    ScanOptions,
    ScanResult,
    ScanStep,
    Skipped,
    Wish,
)
from engine.explorer.tasks import (
    Opened,
    Tiles,
    cut_tiles,
    draw_figure,
    entries_of_live,
    networks,
    reader_of,
    reopen,
    scan_folder,
    show_photo,
)
from engine.jobs import Priority
from engine.paths import SAMPLES
from gui.explorer.choices import Choices, network_name
from gui.explorer.unit_page import UnitPage
from gui.explorer.wall import Wall
from gui.explorer.welcome import Welcome
from gui.panel import Panel
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.job_bar import JobBar

LEFT, RIGHT = 288, 360
FIGURE_UNITS = 36
EXAMPLE_UNIT = 17


class ExplainPanel(Panel):
    """What every unit of a ConvNet looks for, on the person's own pictures."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._network = "alexnet"
        self._folder: Path | None = None
        self._layer = ""
        self._index: Index | None = None
        self._live: LiveLayer | None = None
        self._unit_to_open: int | None = None
        self._reader: PatchReader | None = None
        self._skipped: tuple[Skipped, ...] = ()
        self._layers: tuple[Layer, ...] = ()
        self._wish = Wish()
        self._scan, self._opener, self._cutter, self._photos, self._filer = (
            session.watcher(self) for _ in range(5)
        )
        self.choices = Choices(networks(session.models))
        self.wall = Wall(session)
        self.page = UnitPage()
        self.welcome = Welcome()
        self.job = JobBar()
        self.figure_button = button("save", "quiet")
        self._title, self._facts = label("title"), label("subtitle", wrap=True)
        self._skipped_note = label("warn")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_state()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self.choices.setFixedWidth(LEFT)
        self.choices.set_network(self._network)
        for words in (self._title, self._facts):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._title)
        lines.addWidget(self._facts)
        head.addLayout(lines, 1)
        head.addWidget(self._skipped_note)
        head.addWidget(self.figure_button)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_m)
        column.addLayout(head)
        column.addWidget(self.wall, 1)
        self._right = Card()
        self._right.setFixedWidth(RIGHT)
        self._right.body.addWidget(self.page)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(middle)
        content = QVBoxLayout()
        content.setSpacing(theme.space_m)
        content.addWidget(self._stack, 1)
        content.addWidget(self.job)
        around = QHBoxLayout(self)
        around.setContentsMargins(theme.space_xl, theme.space_xl, theme.space_xl, theme.space_xl)
        around.setSpacing(theme.space_xl)
        around.addWidget(self.choices)
        around.addLayout(content, 1)
        around.addWidget(self._right)

    def _connect(self) -> None:
        self.choices.network_changed.connect(self._choose_network)
        self.choices.folder_chosen.connect(self.choose_folder)
        self.choices.samples_clicked.connect(lambda: self.choose_folder(SAMPLES))
        self.choices.scan_clicked.connect(self.start_scan)
        self.choices.layer_changed.connect(self.choose_layer)
        self.welcome.sample_clicked.connect(self.show_example)
        self.wall.chosen.connect(self._choose_unit)
        self.wall.failed.connect(self.report)
        self.page.patch_chosen.connect(self._choose_patch)
        self.figure_button.clicked.connect(self._ask_where)
        self.job.cancel_clicked.connect(self._scan.cancel)
        self.job.pause_clicked.connect(lambda on: self._scan.pause() if on else self._scan.resume())
        self._scan.updated.connect(self._stepped)
        self._scan.finished.connect(self._scanned)
        self._scan.cancelled.connect(self._stopped)
        self._scan.failed.connect(self._failed)
        self._opener.finished.connect(self._opened)
        self._opener.failed.connect(self._not_opened)
        self._cutter.finished.connect(self._unit_cut)
        self._photos.finished.connect(self.page.show_photo)
        for watcher in (self._cutter, self._photos, self._filer):
            watcher.failed.connect(self.report)
        self._filer.finished.connect(
            lambda path: self.told.emit(self.tr("Saved {name}.").format(name=Path(path).name))
        )

    def choose_folder(self, folder: Path) -> None:
        """Take a folder of pictures; a scan of it that was made before is shown again."""
        self._folder = folder
        self._forget()
        self._look_for_index()

    def choose_layer(self, name: str) -> None:
        """Show a layer's units."""
        self._layer = self._wish.layer = name
        self._live = None
        self._show_state()

    def start_scan(self) -> None:
        """Scan the chosen folder with the chosen network; pictures scanned before are not read again."""
        if self._folder is None:
            return
        self._opener.stop()
        self._index, self._skipped = None, ()
        self._reader = PatchReader(self._folder.absolute(), IMAGENET)
        self._wish.layer = self._layer
        task = scan_folder(
            self._session.models,
            self._network,
            self._folder,
            self._index_folder(),
            options=ScanOptions(shuffle=True),
            resume=True,
            wish=self._wish,
        )
        self.job.start(self._scan_words(), pausable=True)
        self._scan.start(task, Priority.BATCH)
        self._show_state()

    def show_example(self) -> None:
        """Scan the pictures on board, then open a unit that likes dogs."""
        self._folder = SAMPLES
        self._forget()
        self._unit_to_open = EXAMPLE_UNIT
        self.start_scan()

    def is_busy(self) -> bool:
        """Whether a scan is under way, or tiles or a photo for the screen are still being cut."""
        watchers = (self._scan, self._opener, self._cutter, self._photos)
        return any(watcher.running for watcher in watchers) or not self.wall.settled

    def shut_down(self) -> None:
        """Stop all work; what was scanned so far is stored as the task ends."""
        for watcher in (self._scan, self._opener, self._cutter, self._photos, self._filer):
            watcher.stop()
        self.wall.stop()

    def save_state(self, store: QSettings) -> None:
        """Remember network, folder and layer."""
        store.setValue("network", self._network)
        store.setValue("layer", self._layer)
        store.setValue("folder", str(self._folder) if self._folder else "")

    def restore_state(self, store: QSettings) -> None:
        """Choose them again and show the stored scan, if there is one."""
        self._network = str(store.value("network", self._network))
        self._layer = str(store.value("layer", ""))
        self.choices.set_network(self._network)
        folder = str(store.value("folder", ""))
        if folder and Path(folder).is_dir():
            self._folder = Path(folder)
            self._look_for_index()
        self._show_state()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self.figure_button.setText(self.tr("Save figure…"))
        self.choices.retranslate()
        self.page.retranslate()
        self.welcome.retranslate()
        self._show_state()

    def _choose_network(self, network: str) -> None:
        self._network, self._layer = network, ""
        self._forget()
        self._look_for_index()

    def _forget(self) -> None:
        self._scan.stop()
        self._opener.stop()
        self._index = self._live = self._reader = None
        self._skipped, self._layers = (), ()
        self._unit_to_open = None
        self.wall.clear()
        self.job.finish("")
        self._show_state()

    def _index_folder(self) -> Path:
        name = hashlib.sha256(str(self._folder).encode(errors="surrogateescape")).hexdigest()[:16]
        return self._session.paths.indexes / f"{self._network}-{name}"

    def _look_for_index(self) -> None:
        if self._folder is not None and self._index_folder().is_dir():
            self._opener.start(reopen(self._index_folder(), self._session.models))
        self._show_state()

    def _stepped(self, step: ScanStep) -> None:
        self.job.show_progress(step.progress, self._scan_words(step.progress.done, step.progress.total))
        if step.layers and not self._layer:
            self._layer = self._wish.layer = step.layers[-1].name
        self._layers = step.layers
        self.choices.set_layers(step.layers, self._layer)
        if step.live is not None and step.live.layer.name == self._layer:
            self._live = step.live
            self._show_state()

    def _scanned(self, result: ScanResult) -> None:
        self.job.finish("")
        sentence = self.tr("{images} pictures scanned, {units} units.")
        self.told.emit(sentence.format(images=result.images, units=result.units))
        self._opener.start(reopen(result.index, self._session.models))
        self._show_state()

    def _stopped(self) -> None:
        self.job.finish("")
        self.told.emit(self.tr("The scan was stopped. What was scanned so far is kept."))
        self._look_for_index()

    def _failed(self, error: BaseException) -> None:
        self.job.finish("")
        self._show_state()
        self.report(error)

    def _opened(self, opened: Opened) -> None:
        self._index, self._live = opened.index, None
        self._skipped = opened.index.skipped
        if self._reader is None or self._reader.root != Path(opened.index.root):
            self._reader = reader_of(opened.index)
        names = [layer.name for layer in opened.index.layers]
        if self._layer not in names:
            self._layer = names[-1]
        self._layers = opened.index.layers
        if opened.gone:
            words = self.tr("{count} of the scanned pictures are no longer in the folder. Scan again.")
            self.told.emit(words.format(count=opened.gone))
        self._show_state()
        if self._unit_to_open is not None:
            self._choose_unit(self._unit_to_open)
            self._unit_to_open = None

    def _not_opened(self, error: BaseException) -> None:
        if not isinstance(error, EngineError):
            raise error
        self.told.emit(self.tr("The stored scan does not fit any more. Scan the pictures again."))
        self._show_state()

    def _current_layer(self) -> Layer | None:
        if self._index is not None:
            return next((one for one in self._index.layers if one.name == self._layer), None)
        return self._live.layer if self._live is not None else None

    def _entries(self, unit: int) -> tuple[Entry, ...]:
        if self._index is not None:
            return self._index.entries(self._layer, unit)
        return entries_of_live(self._live, unit) if self._live is not None else ()

    def _show_state(self) -> None:
        layer = self._current_layer()
        self.choices.set_folder(self._folder, on_board=self._folder == SAMPLES)
        self.choices.set_layers(self._layers, self._layer)
        self.choices.set_busy(self._scan.running)
        self.welcome.set_waiting(self._scan.running or self._opener.running)
        shown = layer is not None and self._reader is not None
        self._stack.setCurrentIndex(1 if shown else 0)
        self._right.setVisible(shown and self.page.unit is not None)
        self.figure_button.setVisible(self._index is not None)
        self._show_skipped()
        if layer is None or self._reader is None:
            return
        self._title.setText(f"{network_name(self._network)} {layer.name}")
        self._facts.setText(self._facts_of(layer))
        self.wall.show_layer(layer, self._entries, self._reader)

    def _facts_of(self, layer: Layer) -> str:
        words = self.tr("{units} units, each with the nine patches that excite it most")
        if self._index is None:
            return words.format(units=layer.units)
        seen = self.tr("{count} pictures").format(count=len(self._index.pictures))
        rest = "" if self._index.complete else "  ·  " + self.tr("scan not finished")
        return f"{words.format(units=layer.units)}  ·  {seen}{rest}"

    def _show_skipped(self) -> None:
        self._skipped_note.setVisible(bool(self._skipped))
        self._skipped_note.setText(self.tr("{count} files skipped").format(count=len(self._skipped)))
        self._skipped_note.setToolTip("\n".join(f"{one.file}: {one.reason}" for one in self._skipped[:30]))

    def _scan_words(self, done: int = 0, total: int = 0) -> str:
        name = network_name(self._network)
        if not total:
            return self.tr("{network}: getting ready…").format(network=name)
        words = self.tr("{network}: {done} of {total} pictures seen")
        return words.format(
            network=name, done=f"{done:,}".replace(",", " "), total=f"{total:,}".replace(",", " ")
        )

    def _choose_unit(self, unit: int) -> None:
        layer = self._current_layer()
        if layer is not None and self._reader is not None:
            self._cutter.start(cut_tiles(self._reader, layer.name, [(unit, self._entries(unit))]))

    def _unit_cut(self, tiles: Tiles) -> None:
        layer = self._current_layer()
        if layer is None or layer.name != tiles.layer:
            return
        self._right.show()
        self.page.show_unit(layer, tiles.tiles[0].unit, tiles.tiles[0].patches)

    def _choose_patch(self, patch: Patch) -> None:
        if self._reader is not None:
            self._photos.start(show_photo(self._reader, patch.entry))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save figure"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["PNG (*.png)", "PDF (*.pdf)", "HTML (*.html)"])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{self._network}-{self._layer}.png")
        dialog.fileSelected.connect(lambda name: self.save_figure(Path(name)))
        dialog.open()

    def save_figure(self, path: Path) -> None:
        """Write the units on screen as a figure; the file's ending chooses the format."""
        if self._index is not None:
            units = list(self.wall.grid.visible())[:FIGURE_UNITS]
            self._filer.start(draw_figure(self._index, self._layer, units, path))
