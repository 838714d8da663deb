"""ExplainPanel: scan pictures with a network, look at the wall of its units, follow one to the photo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.explorer.examples import make_examples
from engine.explorer.kinds import is_own, own_file
from engine.explorer.records import ScanStep
from engine.explorer.tasks import networks
from engine.paths import SAMPLES
from gui.explorer.choices import FACE_ENCODER, Choices
from gui.explorer.face_cutting import FaceCutting
from gui.explorer.figures import Figures
from gui.explorer.findings import UnitRef
from gui.explorer.names import network_name
from gui.explorer.navigation import Page
from gui.explorer.network_picker import NetworkPicker
from gui.explorer.notebook import Notebook
from gui.explorer.pages import Pages
from gui.explorer.scanning import Scanning
from gui.panel import Panel, Scene
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
        self._asked: tuple[str, str] | None = None
        self._scan_examples = False
        self._unit_to_open: UnitRef | None = None
        self.scanning = Scanning(session, self)
        self.findings = self.scanning.findings
        self.notebook = Notebook(session.paths.data / "unit-notes.json", self)
        self.figures = Figures(session, self)
        self.choices, self.picker = Choices(session.models), NetworkPicker(session, self)
        self._examples, self.faces = session.watcher(self), FaceCutting(session, self)
        self.pages, self.job = Pages(session, self.findings, self.notebook, EXAMPLE_PICTURE), JobBar()
        self._lay_out()
        self._connect()
        self.pages.add_shortcuts(self)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = theme_of(self)
        self.choices.setFixedWidth(LEFT)
        self.choices.set_network(self.findings.network)
        content = QVBoxLayout()
        content.setSpacing(theme.space_m)
        content.addWidget(self.pages, 1)
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
        self.choices.samples_clicked.connect(self.choose_samples)
        self.choices.scan_clicked.connect(self.start_scan)
        self.choices.layer_changed.connect(self.choose_layer)
        self.pages.welcome.sample_clicked.connect(self.show_example)
        self.pages.walls.layers_shown.connect(self.scanning.look_at)
        self.pages.walls.figure_clicked.connect(self._ask_for_figure)
        self.pages.paint_wanted.connect(self._offer_to_paint)
        self._examples.finished.connect(self._take_examples)
        self._examples.failed.connect(self.report)
        self.faces.cut.connect(self._take_faces)
        self.faces.progressed.connect(self.job.show_progress)
        self.faces.ended.connect(self._scan_ended)
        self.job.cancel_clicked.connect(self.faces.cancel)
        self.job.cancel_clicked.connect(self.scanning.cancel)
        self.job.cancel_clicked.connect(self.picker.cancel)
        self.job.pause_clicked.connect(self.scanning.pause)
        self.scanning.changed.connect(self._findings_changed)
        self.scanning.progressed.connect(self._progressed)
        self.scanning.ended.connect(self._scan_ended)
        for teller in (self.scanning, self.pages):
            teller.told.connect(self.told)
        for part in (self.pages, self.scanning, self.notebook, self.figures, self.picker, self.faces):
            part.failed.connect(self.report)
        self.figures.saved.connect(lambda name: self.told.emit(self.tr("Saved {name}.").format(name=name)))

    def choose_folder(self, folder: Path) -> None:
        """Take a folder of pictures; a scan of it that was made before is shown again."""
        self._begin_anew(self.findings.network, folder)

    def choose_samples(self) -> None:
        """Take the pictures on board; for a network that looks at no pictures, generated recordings."""
        if self.choices.kind == "pictures":
            self.choose_folder(SAMPLES)
        else:
            folder = self._session.paths.data / "examples" / self.choices.kind
            self._examples.start(make_examples(self.choices.kind, folder))

    def choose_network(self, network: str) -> None:
        """Take another network; a scan that it made of the folder before is shown again."""
        self._begin_anew(network, self.findings.folder)

    def choose_layer(self, name: str) -> None:
        """Show a layer's units."""
        self._layer = name
        self.pages.show_layer(name)
        self.pages.open_page(Page.WALLS)
        self._show_state()

    def open_layer(self, network: str, layer: str) -> None:
        """Show a layer of a network, once there is a scan by it.

        Without a folder it takes the pictures on board and offers to scan them; a network that is not here
        yet is downloaded first.

        Args:
            layer: a convolution's name, or that of the rectifier behind it: relu4_2 is where the units of
                conv4_2 are looked at.
        """
        if layer.startswith("relu"):
            layer = f"conv{layer.removeprefix('relu')}"
        self._asked = (network, layer)
        self.pages.open_page(Page.WALLS)
        card = next((one for one in networks(self._session.models) if one.id == network), None)
        if card is not None and not self._session.models.present(card):
            self.picker.fetch(network)
        elif network != self.findings.network or self.findings.folder is None:
            self._begin_anew(network, self.findings.folder or SAMPLES)
        else:
            self._findings_changed()

    def start_scan(self) -> None:
        """Scan the chosen folder with the chosen network; pictures scanned before are not read again.

        For the face encoder, faces are cut out first, if the person wants it; then these are scanned.
        """
        folder = self.findings.folder
        if folder is None:
            return
        if self.findings.network == FACE_ENCODER and self.choices.faces.isChecked():
            self.job.start(self.tr("Looking for faces"))
            self.faces.start(folder)
            self._show_state()
        else:
            self._scan()

    def _scan(self) -> None:
        self.pages.open_page(Page.WALLS)
        self.job.start(self._scan_words(), pausable=True)
        self.scanning.start()

    def show_example(self) -> None:
        """Scan the pictures on board; then open the layer that was asked for, or a unit that likes dogs."""
        if self.choices.kind != "pictures":
            self._scan_examples = True
            self.choose_samples()
            return
        asked = self._asked is not None and self._asked[0] == self.findings.network
        if asked or self.findings.network == FACE_ENCODER:
            self._begin_anew(self.findings.network, SAMPLES)
        else:
            self._begin_anew("alexnet", SAMPLES)
            self._unit_to_open = EXAMPLE
        self.start_scan()

    def scenes(self, window: QWidget) -> Sequence[Scene]:
        """The figure that the panel is about: an early layer beside a deep one."""

        def begin() -> None:
            self.pages.open_page(Page.WALLS)
            self.choose_layer("conv1")
            self.pages.walls.show_beside("conv5")

        return (Scene("explain-layers", begin, lambda: not self.is_busy(), lambda: window),)

    def is_busy(self) -> bool:
        """Whether a scan is under way, or something on screen is still to come."""
        preparing = self._examples.running or self.faces.running
        scanning = self.scanning.scanning or self.scanning.opening
        return preparing or scanning or self.figures.saving or self.pages.busy

    def shut_down(self) -> None:
        """Stop all work; what was scanned so far is stored as the task ends."""
        for part in (self._examples, self.faces, self.scanning, self.picker, self.figures, self.pages):
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
        self.choices.retranslate()
        self.pages.retranslate()
        self._show_state()

    def _begin_anew(self, network: str, folder: Path | None) -> None:
        self._layer, self._unit_to_open = "", None
        if self._asked is not None and self._asked[0] != network:
            self._asked = None
        self.job.finish("")
        self.pages.leave_unit()
        self.choices.set_network(network)
        self.scanning.choose(network, folder)

    def _take_faces(self, folder: Path, words: str) -> None:
        self.choose_folder(folder)
        self.told.emit(words)
        self._scan()

    def _take_examples(self, folder: Path) -> None:
        scan, self._scan_examples = self._scan_examples, False
        self.choose_folder(folder)
        if scan:
            self.start_scan()

    def _show_download(self, network: str) -> None:
        self.job.start(self.tr("Downloading {name}").format(name=network_name(network)))

    def _findings_changed(self) -> None:
        findings = self.findings
        names = [layer.name for layer in findings.layers]
        if names and self._layer not in names:
            self._layer = names[-1]
        if names and self._asked is not None:
            asked, self._asked = self._asked[1], None
            if asked in names:
                self._layer = asked
            else:
                words = self.tr("{network} has no layer {layer} whose units can be looked at.")
                name = network_name(findings.network)
                self.told.emit(words.format(network=name, layer=asked))
        self.pages.show_layer(self._layer)
        self.pages.findings_changed(scanning=self.scanning.scanning)
        if findings.index is not None and self._unit_to_open is not None:
            wanted, self._unit_to_open = self._unit_to_open, None
            self.pages.open_unit(wanted)
        self._show_state()

    def _progressed(self, step: ScanStep) -> None:
        self.job.show_progress(step.progress, self._scan_words(step.progress.done, step.progress.total))

    def _scan_ended(self) -> None:
        self.job.finish("")
        self._show_state()

    def _show_state(self) -> None:
        self.choices.set_folder(self.findings.folder, on_board=self.findings.folder == SAMPLES)
        self.choices.set_layers(self.findings.layers, self._layer)
        self.choices.set_busy(self.scanning.scanning or self.faces.running)
        wanted = f"{network_name(self._asked[0])} · {self._asked[1]}" if self._asked is not None else ""
        waiting = self.scanning.scanning or self.scanning.opening
        waiting = waiting or self._examples.running or self.faces.running
        self.pages.welcome.show_state(waiting=waiting, wanted=wanted, kind=self.choices.kind)
        self.pages.show_welcome()
        skipped, note = self.scanning.skipped, self.pages.walls.skipped_note
        note.setVisible(bool(skipped))
        words = self.tr("1 file skipped") if len(skipped) == 1 else self.tr("{count} files skipped")
        note.setText(words.format(count=len(skipped)))
        note.setToolTip("\n".join(f"{one.file}: {one.reason}" for one in skipped[:30]))

    def _scan_words(self, done: int = 0, total: int = 0) -> str:
        name = network_name(self.findings.network)
        if not total:
            return self.tr("{network}: getting ready…").format(network=name)
        words = self.tr("{network}: {done} of {total} pictures seen")
        return words.format(
            network=name, done=f"{done:,}".replace(",", " "), total=f"{total:,}".replace(",", " ")
        )

    def _offer_to_paint(self, ref: UnitRef) -> None:
        self.unit_for_paint.emit(self.findings.network, ref.layer, ref.unit)

    def _ask_for_figure(self) -> None:
        if self.findings.index is not None:
            self.figures.ask(self.findings.index, self.pages.walls.on_screen())
