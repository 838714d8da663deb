"""WallsPage: the units of one layer, or of two layers side by side."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.explorer.find import Lens
from engine.explorer.records import Layer
from gui.explorer.findings import Findings, UnitRef
from gui.explorer.lens_bar import LensBar
from gui.explorer.names import layer_facts, network_name
from gui.explorer.wall import Wall
from gui.session import Session
from gui.theme import theme_of
from gui.widgets.card import button, label, tool_button
from gui.widgets.patch_grid import TILE

HEAD_HEIGHT = 36
SMALL_TILE = 108
"""Beside another layer the tiles are smaller, so that both show a good number."""
NARROW = 760
"""Below this width two buttons are left with their icons, and the lens has a row of its own."""


class LayerWall(QWidget):
    """One layer's name, facts and wall. A second one lets the person choose its layer, and can be closed.

    Signals:
        layer_picked: the name of the layer that the person wants to see here.
        closed: the person wants this wall away.
    """

    layer_picked = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, findings: Findings, *, second: bool = False) -> None:
        super().__init__()
        theme = theme_of(self)
        self._findings = findings
        self.layer = ""
        self.wall = Wall(session, findings)
        self._title, self._facts = label("heading"), label("caption")
        self.choice, self._close = QComboBox(), tool_button("close")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for words in (self._title, self._facts):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top = QWidget()
        top.setFixedHeight(HEAD_HEIGHT)
        head = QHBoxLayout(top)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.space_s)
        if second:
            head.addWidget(self.choice)
            head.addStretch(1)
            head.addWidget(self._close)
        else:
            head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_xs)
        column.addWidget(top)
        column.addWidget(self._facts)
        column.addSpacing(theme.space_xs)
        column.addWidget(self.wall, 1)
        self.choice.currentTextChanged.connect(self.layer_picked)
        self._close.clicked.connect(self.closed)

    def show_layer(self, layer: Layer) -> None:
        """Show a layer's units; the one that is here already is brought up to date."""
        self.layer = layer.name
        names = [one.name for one in self._findings.layers]
        with QSignalBlocker(self.choice):
            if names != [self.choice.itemText(row) for row in range(self.choice.count())]:
                self.choice.clear()
                self.choice.addItems(names)
            self.choice.setCurrentText(layer.name)
        self._title.setText(layer.name)
        self._facts.setText(layer_facts(layer))
        self.choice.setAccessibleName(self.tr("Layer"))
        self._close.setToolTip(self.tr("Close this layer"))
        self._close.setAccessibleName(self._close.toolTip())
        units = [UnitRef(layer.name, unit) for unit in range(layer.units)]
        captions = [self.tr("Unit {number}").format(number=unit) for unit in range(layer.units)]
        self.wall.show_units(units, captions)


class WallsPage(QWidget):
    """The page that opens after a scan.

    Signals:
        opened: the :class:`UnitRef` to be looked at.
        layers_shown: the names of the layers on screen changed.
        figure_clicked: the units on screen are wanted as a figure.
        failed: a task failed, with its error.
    """

    opened = Signal(object)
    layers_shown = Signal(tuple)
    figure_clicked = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__()
        theme = theme_of(self)
        self._findings = findings
        self.first = LayerWall(session, findings)
        self.second = LayerWall(session, findings, second=True)
        self.second.hide()
        self._title, self._facts, self.skipped_note = label("title"), label("subtitle"), label("warn")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.lens = LensBar()
        self.beside, self.figure = button("layers", "quiet"), button("save", "quiet")
        self.beside.setCheckable(True)
        self._narrow = False
        self._head, self._below = QHBoxLayout(), QHBoxLayout()
        for line in (self._head, self._below):
            line.setSpacing(theme.space_s)
        self._head.addWidget(self._title)
        self._head.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignBottom)
        for widget in (self.skipped_note, self.lens, self.beside, self.figure):
            self._head.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(theme.space_l)
        row.addWidget(self.first, 1)
        row.addWidget(self.second, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space_s)
        column.addLayout(self._head)
        column.addLayout(self._below)
        column.addLayout(row, 1)
        for one in (self.first, self.second):
            one.wall.opened.connect(self.opened)
            one.wall.failed.connect(self.failed)
        self.beside.toggled.connect(self._toggle)
        self.second.closed.connect(lambda: self.beside.setChecked(False))
        self.second.layer_picked.connect(self.show_beside)
        self.figure.clicked.connect(self.figure_clicked)
        self.lens.changed.connect(self._look_through)
        self.retranslate()

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers on screen, from left to right."""
        both = (self.first.layer, self.second.layer) if self.beside.isChecked() else (self.first.layer,)
        return tuple(name for name in both if name)

    @property
    def settled(self) -> bool:
        """Whether every tile on screen shows what it should."""
        return self.first.wall.settled and self.second.wall.settled

    def show_layer(self, name: str) -> None:
        """Show a layer at the left, or bring everything on screen up to date."""
        layer = self._findings.layer(name)
        if layer is not None:
            self.first.show_layer(layer)
        if self.beside.isChecked():
            other = self._findings.layer(self.second.layer) or self._partner(name)
            if other is not None:
                self.second.show_layer(other)
        self._show_facts()
        self.layers_shown.emit(self.layers)

    def show_beside(self, name: str) -> None:
        """Show a second layer beside the first."""
        self.second.layer = name
        self.beside.setChecked(True)
        self.show_layer(self.first.layer)

    def on_screen(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return the layers and their units that are in view."""
        walls = (self.first, self.second) if self.beside.isChecked() else (self.first,)
        return tuple((one.layer, tuple(ref.unit for ref in one.wall.on_screen())) for one in walls)

    def stop(self) -> None:
        """End all work for good."""
        self.first.wall.stop()
        self.second.wall.stop()

    def retranslate(self) -> None:
        """Set every visible text again."""
        self._name_buttons()
        self.beside.setToolTip(self.tr("Show a second layer beside this one"))
        self.figure.setToolTip(self.tr("Saves the units on screen as a picture or a page"))
        self.show_layer(self.first.layer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name of the network enough room."""
        narrow = event.size().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            for place, widget in enumerate((self.skipped_note, self.lens)):
                if narrow:
                    side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
                    self._below.addWidget(widget, place, side)
                else:
                    self._head.insertWidget(2 + place, widget)
            self._name_buttons()
        super().resizeEvent(event)

    def _name_buttons(self) -> None:
        words = (self.beside, self.tr("Two layers")), (self.figure, self.tr("Save figure…"))
        for made, name in words:
            made.setText("" if self._narrow else name)
            made.setAccessibleName(name)

    def _partner(self, name: str) -> Layer | None:
        """Return the layer that differs most: the last one beside the first, else the first one."""
        layers = self._findings.layers
        if not layers:
            return None
        return layers[-1] if layers[0].name == name else layers[0]

    def _toggle(self, on: bool) -> None:
        self.second.setVisible(on)
        for one in (self.first, self.second):
            one.wall.grid.set_smallest(SMALL_TILE if on else TILE)
        self.show_layer(self.first.layer)

    def _look_through(self, lens: Lens | None) -> None:
        self._findings.lens = lens
        self.show_layer(self.first.layer)

    def _show_facts(self) -> None:
        index = self._findings.index
        self._title.setText(network_name(self._findings.network))
        self.figure.setVisible(index is not None)
        self.lens.set_folders(tuple(sorted(index.classes)) if index is not None else ())
        self._facts.setToolTip(self.tr("Every unit is shown with the nine patches that excite it most."))
        if index is None:
            self._facts.setText(self.tr("settling…"))
            return
        kind = self.tr("{count} pictures") if self._findings.pictures else self.tr("{count} windows")
        words = kind.format(count=f"{len(index.pictures):,}".replace(",", " "))
        if self._findings.lens is not None and index.k < len(index.pictures):
            words += "  ·  " + self.tr("among each unit's {k} strongest").format(k=index.k)
        self._facts.setText(words if index.complete else f"{words}  ·  {self.tr('scan not finished')}")
