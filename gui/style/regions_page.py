"""RegionsPage: with which brush a person says "this style here" and "leave this alone"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSlider, QWidget

from gui.style.page import Page
from gui.theme import theme_of
from gui.widgets.brush_canvas import Brush, BrushCanvas
from gui.widgets.card import button, label

PROTECT = "protect"
FIRST_COLOR = 1


def style_region(index: int) -> str:
    """Return the name of the region of a style, counted from 0."""
    return f"style{index}"


class RegionsPage(Page):
    """The tools for a :class:`BrushCanvas`.

    Signals:
        load_clicked: the active region should come from a picture file.
    """

    load_clicked = Signal()

    def __init__(self, canvas: BrushCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._styles: tuple[Path, ...] = ()
        self._region_label, self._size_label, self._soft_label = label(), label(), label()
        self.region = QComboBox()
        self.region.activated.connect(self._region_chosen)
        self.diameter, self.softness = (QSlider(Qt.Orientation.Horizontal) for _ in range(2))
        self.diameter.setRange(1, 100)
        self.softness.setRange(0, 100)
        self.erase, self.undo = button("eraser"), button("undo")
        self.erase.setCheckable(True)
        self.clear, self.invert, self.load = button("trash"), button("invert"), button("folder-open")
        self._keys = label("caption", wrap=True)
        self._note = label("caption", wrap=True)
        self._lay_out()
        for slider in (self.diameter, self.softness):
            slider.valueChanged.connect(self._brush_set)
        self.erase.toggled.connect(self._brush_set)
        self.undo.clicked.connect(canvas.undo)
        self.clear.clicked.connect(canvas.clear_region)
        self.invert.clicked.connect(canvas.invert_region)
        self.load.clicked.connect(self.load_clicked)
        canvas.edited.connect(self._enable)
        canvas.brush_changed.connect(self._show_brush)
        self._show_brush(canvas.brush)
        self.set_styles(())

    def _lay_out(self) -> None:
        self.body.addWidget(self._region_label)
        self.body.addWidget(self.region)
        for words, slider in ((self._size_label, self.diameter), (self._soft_label, self.softness)):
            self.body.addWidget(words)
            self.body.addWidget(slider)
        first = QHBoxLayout()
        for made in (self.erase, self.undo):
            first.addWidget(made, 1)
        second = QGridLayout()
        second.setSpacing(theme_of(self).space_s)
        for column, made in enumerate((self.clear, self.invert)):
            second.addWidget(made, 0, column)
        self.body.addLayout(first)
        self.body.addLayout(second)
        self.body.addWidget(self.load)
        self.body.addWidget(self._keys)
        self.body.addWidget(self._note)
        self.body.addStretch(1)

    @property
    def active(self) -> str:
        """The region that is painted on."""
        return str(self.region.currentData())

    def set_styles(self, styles: Sequence[Path]) -> None:
        """Offer one region a style where there are several, and the one to leave alone."""
        before = self.active
        self._styles = tuple(styles) if len(styles) > 1 else ()
        names = [PROTECT, *(style_region(index) for index in range(len(self._styles)))]
        with QSignalBlocker(self.region):
            self.region.clear()
            for name in names:
                self.region.addItem("", name)
            self.region.setCurrentIndex(max(0, self.region.findData(before)))
        self._canvas.set_regions({name: FIRST_COLOR + index for index, name in enumerate(names)})
        self._canvas.set_active(self.active)
        self._name_regions()
        self._enable()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_lead(self.tr("Paint on the photo what should happen where."))
        self._region_label.setText(self.tr("Paint"))
        self.region.setAccessibleName(self.tr("Paint"))
        self._size_label.setText(self.tr("Brush"))
        self.diameter.setAccessibleName(self.tr("Brush"))
        self._soft_label.setText(self.tr("Soft edge"))
        self.softness.setAccessibleName(self.tr("Soft edge"))
        self.erase.setText(self.tr("Erase"))
        self.undo.setText(self.tr("Undo"))
        self.clear.setText(self.tr("Empty"))
        self.invert.setText(self.tr("Invert"))
        self.load.setText(self.tr("From a picture…"))
        self.load.setToolTip(self.tr("White in the picture belongs to the region"))
        self._keys.setText(
            self.tr("By keyboard: arrows move, Space paints, Delete erases, [ and ] size, Ctrl+Z undoes.")
        )
        self._note.setText(self.tr("Regions act from the next start on."))
        self._name_regions()

    def _name_regions(self) -> None:
        self.region.setItemText(0, self.tr("Leave this alone"))
        for index, path in enumerate(self._styles):
            words = self.tr("{style} here").format(style=path.stem)
            self.region.setItemText(index + 1, words)

    def _region_chosen(self) -> None:
        self._canvas.set_active(self.active)
        self._canvas.setFocus()

    def _brush_set(self) -> None:
        self._canvas.brush = Brush(
            self.diameter.value() / 100, self.softness.value() / 100, self.erase.isChecked()
        )
        self._canvas.update()

    def _show_brush(self, brush: Brush) -> None:
        for slider, value in ((self.diameter, brush.size), (self.softness, brush.softness)):
            with QSignalBlocker(slider):
                slider.setValue(round(100 * value))

    def _enable(self) -> None:
        self.undo.setEnabled(self._canvas.can_undo)
