"""Choices: the left column, where a person says which network, which pictures, and which layer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.explorer.kinds import kind_of
from engine.explorer.records import Layer
from engine.explorer.tasks import networks
from engine.models import Models
from gui.explorer.names import field_words, layer_facts, network_name, short_layer
from gui.theme import theme_of
from gui.widgets.card import Card, button, label
from gui.widgets.drop_zone import DropZone

FACE_ENCODER = "sface"
LONG_NAME = 12
"""Letters of a layer's name beside which there is no room for its type."""
PUBLISHED, OWN_FILE = "*published", "*file"
"""Entries of the list that are no network."""


class Choices(QWidget):
    """The left column.

    Signals:
        network_changed: the name of the chosen network, whose file is here.
        fetch_wanted: the name of a network that has to be downloaded first.
        published_wanted, file_wanted: a network that is not on the list is wanted.
        folder_chosen: the :class:`pathlib.Path` of a folder of pictures.
        samples_clicked: the pictures on board, or generated recordings, are wanted.
        scan_clicked: the scan should begin.
        layer_changed: the name of the chosen layer.
    """

    network_changed = Signal(str)
    fetch_wanted = Signal(str)
    published_wanted = Signal()
    file_wanted = Signal()
    folder_chosen = Signal(object)
    samples_clicked = Signal()
    scan_clicked = Signal()
    layer_changed = Signal(str)

    def __init__(self, models: Models, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._layers: tuple[Layer, ...] = ()
        self._folder: tuple[Path, bool] | None = None
        self._network_label = label("caption")
        self.network = QComboBox()
        self._models = models
        self._current, self.kind = "", "pictures"
        self.network.activated.connect(self._network_picked)
        self.zone = DropZone("folder")
        self.zone.setFixedHeight(132)
        self.zone.dropped.connect(lambda paths: self.folder_chosen.emit(paths[0]))
        self.samples = button("sample", "quiet")
        self.samples.clicked.connect(self.samples_clicked)
        self.faces = QCheckBox()
        self.faces.setChecked(True)
        self.scan = button("search", "primary")
        self.scan.clicked.connect(self.scan_clicked)
        self.layers = QListWidget()
        self.layers.setUniformItemSizes(True)
        self.layers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.layers.setStyleSheet("QListWidget { border: 0; background: transparent; padding: 0; }")
        self.layers.currentRowChanged.connect(self._layer_picked)
        self._above, self._below = Card(), Card()
        for widget in (self._network_label, self.network, self.zone, self.samples, self.faces, self.scan):
            self._above.body.addWidget(widget)
        self._above.body.setSpacing(theme.space_s)
        self._above.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._below.body.addWidget(self.layers, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space_l)
        layout.addWidget(self._above)
        layout.addWidget(self._below, 1)
        layout.addStretch(0)
        self._below.hide()
        self.retranslate()

    def set_network(self, network: str) -> None:
        """Choose a network without telling anybody; one that is not on the list is added to it."""
        self._current, self.kind = network, kind_of(self._models, network)
        self.retranslate()

    def _list_networks(self) -> None:
        """List what is on board and downloaded, then what can be had."""
        listed = sorted((card for card in networks(self._models)), key=lambda card: card.id)
        self.network.clear()
        for card in listed:
            absent = not self._models.present(card)
            name = network_name(card.id)
            self.network.addItem(
                self.tr("{name}, to download").format(name=name) if absent else name, card.id
            )
        if self._current and self.network.findData(self._current) < 0:
            self.network.addItem(network_name(self._current), self._current)
        self.network.insertSeparator(self.network.count())
        self.network.addItem(self.tr("Another network…"), PUBLISHED)
        self.network.addItem(self.tr("Open a model file…"), OWN_FILE)
        self.network.setCurrentIndex(self.network.findData(self._current))

    def set_folder(self, folder: Path | None, *, on_board: bool) -> None:
        """Show which pictures are chosen."""
        self._folder = None if folder is None else (folder, on_board)
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """While a scan runs, its settings stay as they are."""
        for widget in (self.network, self.zone, self.samples, self.faces):
            widget.setEnabled(not busy)
        self.scan.setEnabled(not busy and self._folder is not None and self.network.count() > 0)

    def set_layers(self, layers: tuple[Layer, ...], chosen: str) -> None:
        """List the layers and choose one without telling anybody."""
        if layers != self._layers:
            self._layers = layers
            with QSignalBlocker(self.layers):
                self.layers.clear()
                for layer in layers:
                    item = QListWidgetItem(self._layer_words(layer))
                    item.setSizeHint(QSize(0, 52))
                    item.setToolTip(f"{layer.name}: {layer_facts(layer)}")
                    item.setData(Qt.ItemDataRole.UserRole, layer.name)
                    self.layers.addItem(item)
        names = [layer.name for layer in layers]
        with QSignalBlocker(self.layers):
            self.layers.setCurrentRow(names.index(chosen) if chosen in names else -1)
        self._below.setVisible(bool(layers))
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen layer in view in a lower window."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_chosen)

    def _show_chosen(self) -> None:
        chosen = self.layers.currentItem()
        if chosen is not None:
            self.layers.scrollToItem(chosen)

    def retranslate(self) -> None:
        """Set every visible text again."""
        self._network_label.setText(self.tr("Network"))
        self._list_networks()
        self.network.setAccessibleName(self.tr("Network"))
        if self._folder is None:
            folders = {
                "pictures": self.tr("A folder of pictures"),
                "signals": self.tr("A folder of recordings"),
                "volumes": self.tr("A folder of volumes"),
            }
            self.zone.set_texts(folders[self.kind], self.tr("Drop it here, or click to choose."))
        else:
            folder, on_board = self._folder
            title = self.tr("Pictures on board") if on_board else folder.name or str(folder)
            self.zone.set_texts(title, self.tr("Drop another folder here, or click to choose."))
        samples = {
            "pictures": self.tr("Use the pictures on board"),
            "signals": self.tr("Use generated recordings"),
            "volumes": self.tr("Use generated volumes"),
        }
        self.samples.setText(samples[self.kind])
        self.faces.setText(self.tr("Cut out and align the faces"))
        self.faces.setToolTip(
            self.tr(
                "The face encoder was trained on upright faces of 112 × 112 pixels. Without this it is shown "
                "the middle of every photo."
            )
        )
        self.faces.setVisible(self._current == FACE_ENCODER)
        self.scan.setText(self.tr("Scan"))
        self._below.set_title(self.tr("Layers"))
        self.layers.setAccessibleName(self.tr("Layers"))
        for row, layer in enumerate(self._layers):
            self.layers.item(row).setText(self._layer_words(layer))
            self.layers.item(row).setToolTip(f"{layer.name}: {layer_facts(layer)}")

    def _layer_words(self, layer: Layer) -> str:
        count = self.tr("{units} units").format(units=layer.units)
        facts = self.tr("sees {size}, stride {stride}").format(
            size=field_words(layer), stride=layer.field.stride[-1]
        )
        name = short_layer(layer.name)
        if len(name) > LONG_NAME:
            return f"{name} · {count}\n{facts}"
        return f"{name}  ·  Conv{len(layer.field.size)}d  ·  {count}\n{facts}"

    def _network_picked(self) -> None:
        wanted = str(self.network.currentData())
        if wanted == self._current:
            return
        listed = next((card for card in networks(self._models) if card.id == wanted), None)
        self.network.setCurrentIndex(self.network.findData(self._current))
        if wanted == PUBLISHED:
            self.published_wanted.emit()
        elif wanted == OWN_FILE:
            self.file_wanted.emit()
        elif listed is not None and not self._models.present(listed):
            self.fetch_wanted.emit(wanted)
        else:
            self.network_changed.emit(wanted)

    def _layer_picked(self, row: int) -> None:
        if 0 <= row < len(self._layers):
            self.layer_changed.emit(self._layers[row].name)
